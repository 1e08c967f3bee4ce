use super::carve_out::{self, CarveOut};
use super::permission::Permission;
use super::policy::{Actor, Policy};
use super::words::{Concept, Concepts, Mark};
use super::{Promise, SharingVerdict, Strength};
use crate::text::clause::{Clause, Link};

/// What stands after `except`, `unless` or `without` in a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tail {
    /// Nothing, or those who work for us and the law.
    Harmless,
    /// Something said elsewhere.
    Unclear,
    /// The person's consent.
    Conditional,
    /// Partners, affiliates, advertisers.
    Violation,
}

/// Notes the clause if it promises not to share.
pub(super) fn read(
    policy: &Policy<'_>,
    number: usize,
    at: usize,
    carve_outs: &mut Vec<CarveOut>,
    permissions: &mut Vec<Permission>,
    verdict: &mut SharingVerdict,
) {
    let clause = policy.clause(number, at);
    let Some(strength) = strength(policy, number, at) else { return };
    let (tail, tail_range) = tail(policy, number, at);
    match tail {
        Tail::Violation => {
            permissions.push(Permission { range: tail_range.unwrap_or(clause.range.clone()), sentence: number })
        }
        Tail::Conditional => {
            let sentence = &policy.sentences[number].range;
            verdict.promises.retain(|promise| !sentence.contains(&promise.range.start));
            verdict.conditional.push(sentence.clone());
        }
        Tail::Unclear => verdict.promises.push(Promise { range: clause.range.clone(), strength: Strength::Generic }),
        Tail::Harmless => {
            verdict.promises.push(Promise { range: clause.range.clone(), strength });
            if let Some(scope) = carve_out::scope(policy, number).filter(|_| strength == Strength::Mobile) {
                carve_outs.push(CarveOut { range: clause.range.clone(), sentence: number, scope });
            }
        }
    }
}

/// What the clause promises, if it does.
fn strength(policy: &Policy<'_>, number: usize, at: usize) -> Option<Strength> {
    let clause = policy.clause(number, at);
    let own = policy.concepts(&clause.range);
    if !clause.negated {
        return only_vendors(policy, clause, own).then_some(Strength::Mobile);
    }
    let context = policy.context(number, at);
    if clause.exception
        || clause.link == Link::Detached
        || is_request(policy, number, clause)
        || denies_late(policy, clause)
    {
        return None;
    }
    let outside = context.has_any(&OUTSIDE);
    let shares = context.has(Concept::Share);
    let hands = outside && (context.has(Concept::Hand) || reaches(policy, clause));
    let object = object(policy, number, at, outside);
    if shares || hands {
        return match object {
            Some(Strength::Mobile) if own.has(Concept::Narrowed) => Some(Strength::Generic),
            Some(Strength::Generic) if !outside => None,
            None if shares && outside && !own.has(Concept::Other) => Some(Strength::Generic),
            object => object,
        };
    }
    (context.has(Concept::Sell) && object == Some(Strength::Mobile)).then_some(Strength::Generic)
}

/// Whoever is not us and does not work for us.
const OUTSIDE: [Concept; 4] = [Concept::Third, Concept::Near, Concept::Marketer, Concept::Narrowed];

/// `No third party receives your number`, `not used for the marketing of affiliates`.
fn reaches(policy: &Policy<'_>, clause: &Clause) -> bool {
    let Some(verb) = policy.first(&clause.range, &[Concept::Reach]) else { return false };
    let own = policy.concepts(&clause.range);
    policy.first(&(clause.range.start..verb.range.start), &OUTSIDE).is_some()
        || policy.text[verb.range.clone()].starts_with("use") && own.has(Concept::Marketing)
}

/// What the clause speaks of handing over.
fn object(policy: &Policy<'_>, number: usize, at: usize, outside: bool) -> Option<Strength> {
    let clause = policy.clause(number, at);
    let own = policy.concepts(&clause.range);
    let personal = own.has(Concept::Personal);
    if own.has(Concept::Other) && !personal {
        return None;
    }
    let direct =
        policy.marks(&clause.range).iter().any(|mark| mark.concepts.has(Concept::Texting) && !is_channel(policy, mark));
    let anywhere = own.with(policy.concepts(&policy.sentences[number].range)).has(Concept::Texting);
    let mobile = direct
        || outside && personal && own.has(Concept::Texting)
        || policy.intros(number).has(Concept::Texting)
        || own.has(Concept::Pointing) && policy.points_to_texting(number, at)
        || outside && !personal && anywhere
        || outside
            && policy.heading(number).has(Concept::Texting)
            && own.has_any(&[Concept::Personal, Concept::Pointing]);
    if mobile {
        return Some(Strength::Mobile);
    }
    policy.context(number, at).has(Concept::Personal).then_some(Strength::Generic)
}

/// `by text message`, `via SMS`: the way something is sent, not what is sent.
fn is_channel(policy: &Policy<'_>, mark: &Mark) -> bool {
    let before = policy.text[..mark.range.start].trim_end().rsplit(' ').next().unwrap_or("");
    matches!(before, "by" | "via" | "through" | "over" | "in" | "using" | "per" | "por")
}

/// `We share your number only with our text vendor.`
fn only_vendors(policy: &Policy<'_>, clause: &Clause, own: Concepts) -> bool {
    let text = &policy.text[clause.range.clone()];
    let only = ["only", "solely", "exclusively", "únicamente", "solo", "sólo"]
        .iter()
        .any(|word| text.split(' ').any(|part| part == *word));
    let harmful = own.has_any(&[Concept::Marketer, Concept::Near, Concept::Third, Concept::Marketing, Concept::Leave]);
    let vendor =
        policy.first(&clause.range, &[Concept::Vendor]).map_or(clause.range.start, |vendor| vendor.range.start);
    let texting = policy.first(&(clause.range.start..vendor), &[Concept::Texting]);
    only && !harmful && own.has(Concept::Share) && texting.is_some()
}

/// `Do not share your code with anyone`: a request to the reader, or what the reader promises.
fn is_request(policy: &Policy<'_>, number: usize, clause: &Clause) -> bool {
    let verbs = [Concept::Share, Concept::Sell, Concept::Hand, Concept::Reach];
    if policy.sentences[number].question {
        return false;
    }
    if let Some(verb) = policy.first(&clause.range, &verbs)
        && policy.actor(clause, verb.range.start) == Actor::Others
        && !verb.concepts.has(Concept::Reach)
    {
        return true;
    }
    let text = policy.text[clause.range.clone()].trim_start_matches(['-', '*', ' ']);
    clause.link == Link::First
        && policy.sentences[number].intros.is_empty()
        && ["do not ", "don't ", "never ", "please "].iter().any(|start| text.starts_with(start))
}

/// `We share what you did not hide`: the verb stands before what is denied.
fn denies_late(policy: &Policy<'_>, clause: &Clause) -> bool {
    let Some(negation) = clause.negation.as_ref().filter(|negation| clause.range.contains(&negation.start)) else {
        return false;
    };
    let word = &policy.text[negation.clone()];
    let verb = policy.first(&clause.range, &[Concept::Share, Concept::Sell, Concept::Hand]);
    (matches!(word, "not" | "nowhere") || word.ends_with("n't"))
        && verb.is_some_and(|verb| verb.range.end <= negation.start)
}

/// What is excepted from a promise, and where.
fn tail(policy: &Policy<'_>, number: usize, at: usize) -> (Tail, Option<std::ops::Range<usize>>) {
    let sentence = &policy.sentences[number];
    let after = sentence.clauses.iter().skip(at + 1).take_while(|clause| clause.exception);
    let before = at.checked_sub(1).map(|before| &sentence.clauses[before]).filter(|before| before.exception);
    let mut worst = (Tail::Harmless, None);
    for clause in after.chain(before) {
        let mut concepts = policy.concepts(&clause.range);
        if policy.text[..clause.range.end].trim_end().ends_with(':') {
            let items = policy.sentences[number + 1..].iter().take_while(|item| item.intros.contains(&sentence.range));
            concepts = items.fold(concepts, |all, item| all.with(policy.concepts(&item.range)));
        }
        let tail = classify(concepts);
        if tail > worst.0 {
            worst = (tail, Some(clause.range.clone()));
        }
    }
    worst
}

fn classify(tail: Concepts) -> Tail {
    let for_us = tail.has_any(&[Concept::Vendor, Concept::Ours]);
    if tail.has_any(&[Concept::Marketer, Concept::Near])
        || tail.has(Concept::Third) && tail.has(Concept::Marketing) && !for_us
    {
        Tail::Violation
    } else if for_us {
        Tail::Harmless
    } else if tail.has(Concept::Leave) {
        Tail::Conditional
    } else if tail.has_any(&[Concept::Elsewhere, Concept::Third]) {
        Tail::Unclear
    } else {
        Tail::Harmless
    }
}
