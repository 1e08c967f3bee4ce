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
    if extends_promise(policy, number, clause, verdict) {
        return verdict.promises.push(Promise { range: clause.range.clone(), strength: Strength::Mobile });
    }
    let Some(strength) = strength(policy, number, at) else { return };
    let (tail, tail_range) = tail(policy, number, at);
    match tail {
        Tail::Violation => {
            permissions.push(Permission { range: tail_range.unwrap_or(clause.range.clone()), sentence: number })
        }
        Tail::Conditional => {
            let sentence = &policy.sentences[number].range;
            while verdict.promises.pop_if(|promise| sentence.contains(&promise.range.start)).is_some() {}
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

/// `The same goes for mobile numbers`, right after a promise.
fn extends_promise(policy: &Policy<'_>, number: usize, clause: &Clause, verdict: &SharingVerdict) -> bool {
    let Some(before) = number.checked_sub(1).map(|before| &policy.sentences[before].range) else { return false };
    let promised = verdict.promises.last().is_some_and(|promise| before.contains(&promise.range.start));
    let own = policy.concepts(&clause.range);
    promised && !clause.negated && clause.link == Link::First && own.has(Concept::Extends) && own.has(Concept::Texting)
}

/// What the clause promises, if it does.
fn strength(policy: &Policy<'_>, number: usize, at: usize) -> Option<Strength> {
    let clause = policy.clause(number, at);
    let own = policy.concepts(&clause.range);
    if !clause.negated {
        return only_vendors(policy, clause, own).then_some(Strength::Mobile);
    }
    let context = policy.context(number, at);
    let aside = clause.exception || matches!(clause.link, Link::Detached | Link::Without);
    let not_for_all = own.has_any(&[Concept::Choice, Concept::Apart]);
    if aside || not_for_all || is_request(policy, number, clause) || denies_another_verb(policy, clause) {
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
    let moves = matches!(&policy.text[verb.range.clone()], "go" | "go to" | "goes" | "leave" | "leaves");
    moves
        || policy.first(&(clause.range.start..verb.range.start), &OUTSIDE).is_some()
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
    if own.has(Concept::Other) && !personal && !direct {
        return None;
    }
    let anywhere = own.with(policy.sentence(number)).has(Concept::Texting);
    let mobile = direct
        || outside && personal && own.has(Concept::Texting) && !is_sent(policy, clause)
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

/// `share records by text message`: texting is only the way, unless the data was `collected via SMS`.
fn is_sent(policy: &Policy<'_>, clause: &Clause) -> bool {
    let Some(verb) = policy.first(&clause.range, &[Concept::Share, Concept::Sell, Concept::Hand]) else { return false };
    let Some(texting) = policy.first(&(verb.range.end..clause.range.end), &[Concept::Texting]) else { return false };
    let collected = |word: &str| COLLECTED.iter().any(|start| word.starts_with(start));
    is_channel(policy, texting) && !policy.text[verb.range.end..texting.range.start].split(' ').any(collected)
}

/// How words begin that say where data comes from.
const COLLECTED: [&str; 9] =
    ["collect", "obtain", "gather", "captur", "receiv", "provid", "submit", "given", "recopil"];

/// `by text message`, `via SMS`: the way something is sent, not what is sent.
fn is_channel(policy: &Policy<'_>, mark: &Mark) -> bool {
    let before = policy.text[..mark.range.start].trim_end().rsplit(' ').next().unwrap_or("");
    matches!(before, "by" | "via" | "through" | "over" | "in" | "using" | "per" | "por")
}

/// `We share your number only with our text vendor.`
fn only_vendors(policy: &Policy<'_>, clause: &Clause, own: Concepts) -> bool {
    let harmful = own.has_any(&[Concept::Marketer, Concept::Near, Concept::Third, Concept::Marketing, Concept::Leave]);
    if harmful || !own.has(Concept::Share) {
        return false;
    }
    let limits = |word: &str| matches!(word, "only" | "solely" | "exclusively" | "únicamente" | "solo" | "sólo");
    let vendor =
        policy.first(&clause.range, &[Concept::Vendor]).map_or(clause.range.start, |vendor| vendor.range.start);
    let texting = policy.first(&(clause.range.start..vendor), &[Concept::Texting]);
    texting.is_some() && policy.text[clause.range.clone()].split(' ').any(limits)
}

/// `Do not share your code with anyone`: a request to the reader, or what the reader promises.
fn is_request(policy: &Policy<'_>, number: usize, clause: &Clause) -> bool {
    let verbs = [Concept::Share, Concept::Sell, Concept::Hand];
    if policy.sentences[number].question {
        return false;
    }
    let mut acts = policy.marks(&clause.range).iter().filter(|mark| mark.concepts.has_any(&verbs)).peekable();
    if acts.peek().is_some() && acts.all(|verb| policy.actor(clause, verb) == Actor::Others) {
        return true;
    }
    let text = policy.text[clause.range.clone()].trim_start_matches(['-', '*', ' ']);
    clause.link == Link::First
        && policy.sentences[number].intros.is_empty()
        && [
            "do not ",
            "don't ",
            "never share ",
            "never give ",
            "never disclose ",
            "please do ",
            "please don't ",
            "please never ",
        ]
        .iter()
        .any(|start| text.starts_with(start))
}

/// `We share what you did not hide`, `texts do not hold data that could be shared`: the denial is of another verb.
fn denies_another_verb(policy: &Policy<'_>, clause: &Clause) -> bool {
    let Some(negation) = clause.negation.as_ref().filter(|negation| clause.range.contains(&negation.start)) else {
        return false;
    };
    let word = &policy.text[negation.clone()];
    if !matches!(word, "not" | "cannot" | "nowhere") && !word.ends_with("n't") {
        return false;
    }
    let verbs = [Concept::Share, Concept::Sell, Concept::Hand];
    let Some(verb) = policy.first(&(negation.end..clause.range.end), &verbs) else {
        let before = policy.first(&(clause.range.start..negation.start), &verbs);
        return before.is_some_and(|verb| !policy.text[verb.range.clone()].ends_with("ing"));
    };
    let between = policy.text.get(negation.end..verb.range.start).unwrap_or("");
    between.split(' ').any(|word| matches!(word, "that" | "which" | "who" | "que"))
}

/// What is excepted from a promise, and where.
fn tail(policy: &Policy<'_>, number: usize, at: usize) -> (Tail, Option<std::ops::Range<usize>>) {
    let sentence = &policy.sentences[number];
    let after = sentence.clauses.iter().skip(at + 1).take_while(|clause| clause.exception);
    let before = sentence.clauses.first().filter(|first| at == 1 && first.exception);
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
