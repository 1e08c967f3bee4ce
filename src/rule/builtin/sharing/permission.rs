use std::ops::Range;

use super::SharingVerdict;
use super::policy::{Actor, Policy};
use super::words::{Concept, Concepts, Mark};
use crate::text::clause::{Clause, Link};

/// Between leads and the verb of trading in them lie at most this many bytes.
const OBJECT_REACH: usize = 60;

/// The answer to a line of a table follows within so many words.
const ANSWER: usize = 16;

/// A clause that permits sharing for the marketing of others.
pub(super) struct Permission {
    pub range: Range<usize>,
    /// The number of its sentence.
    pub sentence: usize,
}

/// How bad a permission is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grade {
    None,
    Doubtful,
    Clear,
}

/// Notes the clause if it permits sharing for the marketing of others.
pub(super) fn read(
    policy: &Policy<'_>,
    number: usize,
    at: usize,
    permissions: &mut Vec<Permission>,
    verdict: &mut SharingVerdict,
) {
    let clause = policy.clause(number, at);
    match grade(policy, number, at) {
        Grade::Clear => permissions.push(Permission { range: clause.range.clone(), sentence: number }),
        Grade::Doubtful => verdict.doubtful.push(clause.range.clone()),
        Grade::None => {}
    }
}

fn grade(policy: &Policy<'_>, number: usize, at: usize) -> Grade {
    let clause = policy.clause(number, at);
    let own = policy.concepts(&clause.range);
    if says_yes_to_joint_marketing(policy, number, clause) {
        return Grade::Clear;
    }
    if clause.negated || clause.exception || clause.link == Link::Detached || own.has(Concept::Choice) {
        return Grade::None;
    }
    if own.has(Concept::Permits)
        || trades_leads(policy, clause)
        || sells_data(policy, clause, own)
        || is_received(policy, clause)
    {
        return Grade::Clear;
    }
    let context = own.with(policy.intros(number));
    if !hands_over(policy, number, clause, own) {
        return Grade::None;
    }
    let only_other = own.has(Concept::Other) && !own.has_any(&[Concept::Personal, Concept::Texting]);
    let of_cookies = policy.heading(number).has(Concept::Other) && !own.has(Concept::Texting);
    if only_other || of_cookies {
        return Grade::None;
    }
    recipients(own.with(policy.pointed_recipients(number, at)), context.with(policy.purpose_after(number, at)))
}

/// True where we hand something over in the clause, or in the intro of the list that it belongs to.
fn hands_over(policy: &Policy<'_>, number: usize, clause: &Clause, own: Concepts) -> bool {
    let sentence = &policy.sentences[number];
    if is_recipient_in_list(policy, number, clause) {
        return true;
    }
    let verbs: &[Concept] = &[Concept::Share, Concept::Sell, Concept::Hand];
    let Some(verb) = policy.first(&clause.range, verbs) else {
        return policy.intros(number).has(Concept::Share) || policy.is_after_colon(number, clause, Concept::Share);
    };
    let finite = !sentence.heading || own.has_any(&[Concept::WeAct, Concept::Passive]);
    let goods = [Concept::Personal, Concept::Texting];
    let pointed = own.has(Concept::Pointing) && policy.sentence(number).has_any(&goods);
    let what = verb.concepts.has(Concept::Share) || own.has_any(&goods) || pointed;
    let after = policy.text[verb.range.end..clause.range.end].trim_start();
    let inward = ["with us", "with me", "to us", "you "].iter().any(|start| after.starts_with(start));
    finite && what && !inward && !is_supposed(policy, clause, verb) && policy.actor(clause, verb) == Actor::Us
}

/// `With our marketing partners …` as an item or line under `How we share your data`.
fn is_recipient_in_list(policy: &Policy<'_>, number: usize, clause: &Clause) -> bool {
    let line = policy.text[clause.range.clone()].trim_start_matches(['-', '*', ' ']);
    let shares = policy.intros(number).has(Concept::Share) || policy.affirms_under_heading(number, Concept::Share);
    let listed = policy.intros(number).has(Concept::Share) && line.starts_with("to ");
    clause.link == Link::First && (line.starts_with("with ") && shares || listed)
}

/// `Sponsors may receive your contact details.`
fn is_received(policy: &Policy<'_>, clause: &Clause) -> bool {
    let receives = |mark: &&Mark| matches!(&policy.text[mark.range.clone()], "receive" | "receives" | "get" | "obtain");
    let Some(verb) = policy.marks(&clause.range).iter().find(receives) else { return false };
    let before = clause.range.start..verb.range.start;
    let goods = policy.first(&(verb.range.end..clause.range.end), &[Concept::Personal, Concept::Texting]);
    policy.first(&before, &[Concept::Marketer]).is_some()
        && policy.first(&before, &[Concept::WeAct, Concept::OthersAct]).is_none()
        && goods.is_some_and(|goods| is_object(policy, verb, goods))
}

/// `If we ever share …`, `whether we sell …`.
fn is_supposed(policy: &Policy<'_>, clause: &Clause, verb: &Mark) -> bool {
    let before = &policy.text[clause.range.start..verb.range.start];
    before.split(' ').any(|word| matches!(word, "if" | "whether" | "si")) || before.trim_start().starts_with("should ")
}

/// How bad it is to share with the recipients that the clause names.
fn recipients(own: Concepts, context: Concepts) -> Grade {
    let names_none =
        !own.has_any(&[Concept::Marketer, Concept::Near, Concept::Third, Concept::Narrowed, Concept::Vendor]);
    let own = if names_none && own.has(Concept::Marketing) { context } else { own };
    let for_us = own.has_any(&[Concept::Vendor, Concept::Ours]);
    let for_them = context.has(Concept::Marketing) && !own.has(Concept::Ours);
    if own.has(Concept::Marketer) {
        return if own.has(Concept::Vendor) && !for_them { Grade::None } else { Grade::Clear };
    }
    if context.has(Concept::Theirs) && !own.has(Concept::Ours) {
        return Grade::Clear;
    }
    if own.has(Concept::Near) {
        let clear = !for_us && (for_them || context.has(Concept::Texting));
        return if clear {
            Grade::Clear
        } else if for_us {
            Grade::None
        } else {
            Grade::Doubtful
        };
    }
    if own.has_any(&[Concept::Third, Concept::Narrowed]) && for_them && !for_us { Grade::Clear } else { Grade::None }
}

/// `We may sell your data`, `your data may be sold`.
fn sells_data(policy: &Policy<'_>, clause: &Clause, own: Concepts) -> bool {
    let Some(sell) = policy.first(&clause.range, &[Concept::Sell]) else { return false };
    let goods = [Concept::Personal, Concept::Texting];
    let before = clause.range.start..sell.range.start;
    let last = policy.text[before.clone()].trim_end().rsplit(' ').next().unwrap_or("");
    let passive = matches!(last, "be" | "is" | "are" | "been" | "or") && policy.first(&before, &goods).is_some();
    let active = !policy.text[sell.range.clone()].ends_with("ing")
        && policy.first(&(sell.range.end..clause.range.end), &goods).is_some_and(|mark| is_object(policy, sell, mark));
    (active || passive)
        && !own.has(Concept::Vendor)
        && !is_supposed(policy, clause, sell)
        && policy.actor(clause, sell) == Actor::Us
}

/// True where nothing but `or rent some of the` stands between a verb and what it is about.
fn is_object(policy: &Policy<'_>, verb: &Mark, object: &Mark) -> bool {
    let between = verb.range.end..object.range.start;
    let verbs: usize =
        policy.marks(&between).iter().map(|mark| policy.text[mark.range.clone()].split(' ').count()).sum();
    let filler = |word: &&str| {
        matches!(
            word.trim_matches(','),
            "" | "or" | "and" | "any" | "some" | "all" | "of" | "the" | "certain" | "also" | "even" | "your"
        )
    };
    let words = policy.text[between].split(' ').filter(|word| !filler(word)).count();
    words <= verbs + 1
}

/// A marketplace of leads: `companies that buy those leads`.
fn trades_leads(policy: &Policy<'_>, clause: &Clause) -> bool {
    let mut leads = policy.marks(&clause.range).iter().filter(|mark| mark.concepts.has(Concept::Leads));
    leads.any(|leads| {
        let start = leads.range.start.saturating_sub(OBJECT_REACH).max(clause.range.start);
        let near = start..(leads.range.end + OBJECT_REACH).min(clause.range.end);
        policy.first(&near, &[Concept::TradeIn]).is_some()
    })
}

/// The table of a financial privacy notice: `For joint marketing with other financial companies: Yes`.
fn says_yes_to_joint_marketing(policy: &Policy<'_>, number: usize, clause: &Clause) -> bool {
    let is_joint = |mark: &&Mark| policy.text[mark.range.clone()].starts_with("joint marketing");
    let Some(joint) = policy.marks(&clause.range).iter().find(is_joint) else { return false };
    let rest = &policy.text[joint.range.start..policy.sentences[number].range.end];
    rest.split(' ').take(ANSWER).any(|word| word.trim_matches('.') == "yes")
}
