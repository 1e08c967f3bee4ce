//! Checks of what the message flow claims of the opt-in page, as far as the page as served can tell.

use std::collections::HashSet;
use std::ops::Range;

use super::super::check::{Answer, Hit, Inquiry};
use super::super::format::{BuiltinCall, PatternSpec, Polarity, Unit};
use super::consent::quotations;
use super::form::{answer, finds, page, text_boxes};
use crate::page::{Control, Page};
use crate::text::Passage;

/// Where the claims stand.
const FLOW: &str = "campaign.message_flow";

/// How many of the quoted runs of three words the page must share.
const SHARED: f64 = 0.4;

/// The words of the message flow that claim something, the first of them only. What is itself a denial ("not ticked in advance")
/// is claimed with any polarity.
fn claim(inquiry: &Inquiry<'_>, patterns: &[PatternSpec], polarity: Polarity) -> Option<Hit> {
    let flow = inquiry.evidence.registration.fields.get(FLOW)?;
    flow.values.iter().find_map(|passage| {
        let found = inquiry.reader.find_counting(passage, patterns, &[], Unit::Clause, polarity);
        found.first().map(|range| Hit::words(FLOW, passage, std::slice::from_ref(range)))
    })
}

/// The message flow speaks of a box for texts (`claim`), and the forms of the page have none; or it calls the box empty (`empty`)
/// or optional (`optional`), and the one on the page is ticked or must be ticked.
pub fn claimed_box_missing(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let Some((_, page)) = page(inquiry) else { return answer(inquiry, Vec::new()) };
    if !page.forms.iter().any(|form| !form.controls.is_empty()) {
        return answer(inquiry, Vec::new());
    }
    let boxes = text_boxes(inquiry, call, page);
    let all = |state: fn(&Control) -> bool| boxes.iter().all(|control| state(control));
    let hit = if boxes.is_empty() {
        claim(inquiry, call.patterns("claim"), Polarity::Affirmed)
            .map(|hit| hit.found("fault", "no form there has a box for texts"))
    } else if all(|control| control.checked) {
        claim(inquiry, call.patterns("empty"), Polarity::Any)
            .map(|hit| hit.found("fault", "the box there is ticked in advance"))
    } else if all(|control| control.required) {
        claim(inquiry, call.patterns("optional"), Polarity::Any)
            .map(|hit| hit.found("fault", "the box there must be ticked"))
    } else {
        None
    };
    answer(inquiry, hit.into_iter().collect())
}

/// The message flow quotes what people agree to (a quotation with `agree`, not introduced as speech by `speech`), the page has a
/// box for texts, and little of the quotation stands on the page.
pub fn claimed_words_missing(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let Some((_, page)) = page(inquiry) else { return answer(inquiry, Vec::new()) };
    let flow = inquiry.evidence.registration.fields.get(FLOW);
    let Some(passage) = flow.and_then(|flow| flow.values.first()) else { return answer(inquiry, Vec::new()) };
    if text_boxes(inquiry, call, page).is_empty() {
        return answer(inquiry, Vec::new());
    }
    let shown = runs(page.text.folded().text());
    let mut best: Option<(f64, Range<usize>)> = None;
    for quotation in consents(inquiry, call, passage) {
        let quoted = runs(&passage.folded().text()[quotation.clone()]);
        let shared = quoted.intersection(&shown).count() as f64 / quoted.len().max(1) as f64;
        if best.as_ref().is_none_or(|(known, _)| shared > *known) {
            best = Some((shared, quotation));
        }
    }
    let hit = best.filter(|(shared, _)| *shared < SHARED).map(|(_, quotation)| Hit::words(FLOW, passage, &[quotation]));
    answer(inquiry, hit.into_iter().collect())
}

/// The quotations of a flow that are consents.
fn consents(inquiry: &Inquiry<'_>, call: &BuiltinCall, passage: &Passage) -> Vec<Range<usize>> {
    let agreeing = inquiry.reader.find_any(passage, call.patterns("agree"));
    let folded = passage.folded().text();
    let consents = |range: &Range<usize>| {
        let mut inside = agreeing.iter().filter(|word| range.start <= word.start && word.end <= range.end);
        inside.next().is_some_and(|word| !is_asked(&folded[word.end..range.end]))
    };
    quotations(folded).into_iter().filter(consents).collect()
}

/// True where the sentence that goes on with this text is a question.
fn is_asked(rest: &str) -> bool {
    rest.find(['.', '!', '?']).is_some_and(|end| rest[end..].starts_with('?'))
}

/// Every run of three words of a text.
fn runs(folded: &str) -> HashSet<[&str; 3]> {
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(3).map(|run| [run[0], run[1], run[2]]).collect()
}

/// The message flow says that the page links a document (`claim`), and no link of the page leads to one (`link`).
pub fn claimed_link_missing(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let Some((_, page)) = page(inquiry) else { return answer(inquiry, Vec::new()) };
    let leads = |page: &Page| {
        page.links.iter().any(|link| {
            [&link.name, &link.href].into_iter().any(|text| inquiry.reader.says(text, call.patterns("link")))
        })
    };
    let fault = !leads(page) && !finds(inquiry, &page.text, call.patterns("address"));
    let hit = if fault { claim(inquiry, call.patterns("claim"), Polarity::Affirmed) } else { None };
    answer(inquiry, hit.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_ignore_punctuation() {
        assert_eq!(runs("reply stop to end."), runs("reply \"stop\", to end"));
        assert!(runs("two words").is_empty());
    }
}
