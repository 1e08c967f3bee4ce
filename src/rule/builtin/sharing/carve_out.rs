use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::permission::Permission;
use super::policy::Policy;
use super::words::Concept;
use super::{Promise, SharingVerdict, Strength};

/// A clause that takes mobile data out of what is permitted.
pub(super) struct CarveOut {
    pub range: Range<usize>,
    /// The number of its sentence.
    pub sentence: usize,
    pub scope: Scope,
}

/// What mobile data is taken out of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Everything, wherever it stands.
    Everything,
    /// What was said before it in its section.
    Above,
    /// Its own sentence.
    Sentence,
}

/// What the carve-outs of a policy reach.
pub(super) struct Cover {
    everything: bool,
    /// By the start of a section's heading: the last sentence there that takes out what was said above.
    above: BTreeMap<Option<usize>, usize>,
    /// The sentences that hold a carve-out of their own.
    sentences: BTreeSet<usize>,
}

impl Cover {
    pub(super) fn of(carve_outs: &[CarveOut], policy: &Policy<'_>) -> Self {
        let mut cover = Self { everything: false, above: BTreeMap::new(), sentences: BTreeSet::new() };
        for carve_out in carve_outs {
            cover.sentences.insert(carve_out.sentence);
            match carve_out.scope {
                Scope::Everything => cover.everything = true,
                Scope::Above => {
                    let last = cover.above.entry(policy.section(carve_out.sentence)).or_default();
                    *last = carve_out.sentence.max(*last);
                }
                Scope::Sentence => {}
            }
        }
        cover
    }

    /// True where the permission does not reach mobile data because of a carve-out.
    pub(super) fn covers(&self, permission: &Permission, policy: &Policy<'_>) -> bool {
        let above = || self.above.get(&policy.section(permission.sentence));
        self.everything
            || self.sentences.contains(&permission.sentence)
            || above().is_some_and(|&last| permission.sentence < last)
    }
}

/// Notes the clause if it takes mobile data out of sharing: `the above excludes …`, `all other categories exclude …`.
pub(super) fn read(
    policy: &Policy<'_>,
    number: usize,
    at: usize,
    carve_outs: &mut Vec<CarveOut>,
    verdict: &mut SharingVerdict,
) {
    let clause = policy.clause(number, at);
    let own = policy.concepts(&clause.range);
    let of_promise = clause.exception && (!clause.negated || at > 0 && policy.clause(number, at - 1).negated);
    if of_promise || !own.has(Concept::Exclude) || !own.has(Concept::Texting) {
        return;
    }
    let sentence = policy.sentence(number);
    let shares = sentence.has_any(&[Concept::Share, Concept::Sell]);
    let Some(scope) = scope(policy, number).or(shares.then_some(Scope::Sentence)) else { return };
    verdict.promises.push(Promise { range: clause.range.clone(), strength: Strength::Mobile });
    carve_outs.push(CarveOut { range: clause.range.clone(), sentence: number, scope });
}

/// How far a sentence reaches that speaks of everything, or of what was said above.
pub(super) fn scope(policy: &Policy<'_>, number: usize) -> Option<Scope> {
    let sentence = policy.sentence(number);
    if sentence.has(Concept::Everything) {
        return Some(Scope::Everything);
    }
    sentence.has(Concept::Above).then_some(Scope::Above)
}
