//! Checks of what a policy page is: advice instead of a policy, a stub, another kind of notice, hard to read.

use std::ops::Range;

use super::form::finds;
use super::readability::{Reading as Ease, hardest};
use super::sharing::Strength;
use crate::evidence::page_role;
use crate::rule::check::{Answer, Hit, Inquiry};
use crate::rule::format::{BuiltinCall, PatternSpec};
use crate::text::Passage;

/// `advice-share`: more than `most` (0 to 1) of the text tells somebody else what to write. Underlines where it begins.
pub(super) fn advice_share(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let most = call.number("most").unwrap_or(1.0);
    each(inquiry, |subject, passage| {
        let advisory = inquiry.reader.advisory(passage);
        let fault = advisory.share(passage.folded().text().len()) > most;
        let first = advisory.parts().first().filter(|_| fault)?;
        Some(Hit::words(subject, passage, std::slice::from_ref(first)))
    })
}

/// `thin-page`: an HTML page with fewer than `least` words outside header, menu and footer; `with_contact` words are enough where a
/// way to reach the business (`contact`) stands on the page.
pub(super) fn thin_page(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let least = call.number("least").unwrap_or(0.0);
    let mut hits = Vec::new();
    for subject in &inquiry.rule.file.subjects {
        let Some(page) = page_role(subject).and_then(|role| inquiry.evidence.page(role)) else { continue };
        let is_html = !page.title.is_empty() || !page.links.is_empty() || !page.headings.is_empty();
        let enough = call.number("with_contact").filter(|_| finds(inquiry, &page.text, call.patterns("contact")));
        if is_html && page.frames.is_empty() && (page.words as f64) < enough.unwrap_or(least) {
            hits.push(Hit::missing(subject).found("words", page.words));
        }
    }
    Answer { hits, unread: inquiry.unread() }
}

/// `fingerprint`: at least `least` of the `marks` stand in a text that has none of the `excuses`. Underlines the first.
pub(super) fn fingerprint(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let least = call.number("least").unwrap_or(1.0);
    each(inquiry, |subject, passage| {
        let find = |pattern: &PatternSpec| inquiry.reader.find(passage, pattern).into_iter().next();
        let marks: Vec<Range<usize>> = call.patterns("marks").iter().filter_map(find).collect();
        let excused = || call.patterns("excuses").iter().any(|pattern| find(pattern).is_some());
        if (marks.len() as f64) < least || excused() {
            return None;
        }
        let first = marks.into_iter().min_by_key(|mark| mark.start)?;
        Some(Hit::words(subject, passage, &[first]))
    })
}

/// `plain-language`: an English text (one word in fifteen is one of the patterns `english`) of at least `words` words needs
/// more than `grade` years of school. Underlines the hardest sentence.
pub(super) fn plain_language(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let grade = call.number("grade").unwrap_or(f64::INFINITY);
    let words = call.number("words").unwrap_or(0.0);
    each(inquiry, |subject, passage| {
        let ease = Ease::of(passage);
        let english = inquiry.reader.find_any(passage, call.patterns("english")).len();
        if (ease.words as f64) < words || english * 15 < ease.words || ease.grade() <= grade {
            return None;
        }
        let hit = Hit::words(subject, passage, &[hardest(passage)?]);
        Some(hit.found("grade", format!("{:.0}", ease.grade())).found("wanted", format!("{grade:.0}")))
    })
}

/// `sharing`: what a policy says about sharing mobile data. `fault` says which of these counts: `shares` underlines each
/// permission; `no-promise` and `generic-promise` tell a policy without a promise about mobile data from one that only
/// speaks of data in general; `doubtful` and `conditional` underline where no promise about mobile data stands against it.
pub(super) fn sharing(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    each(inquiry, |subject, passage| {
        let verdict = inquiry.reader.sharing(passage);
        let underline = |ranges: &[Range<usize>]| (!ranges.is_empty()).then(|| Hit::words(subject, passage, ranges));
        let promise = verdict.strongest_promise();
        let unpromised = promise != Some(Strength::Mobile);
        match call.text("fault")? {
            "shares" => underline(&verdict.permissions),
            "no-promise" => promise.is_none().then(|| Hit::missing(subject)),
            "generic-promise" if promise == Some(Strength::Generic) => {
                let promises: Vec<_> = verdict.promises.iter().map(|promise| promise.range.clone()).collect();
                underline(&promises)
            }
            "doubtful" if verdict.permissions.is_empty() && unpromised => underline(&verdict.doubtful),
            "conditional" if unpromised => underline(&verdict.conditional),
            _ => None,
        }
    })
}

/// The faults of each passage that the rule reads.
fn each(inquiry: &Inquiry<'_>, fault: impl Fn(&str, &Passage) -> Option<Hit>) -> Answer {
    let hits = inquiry.passages().into_iter().filter_map(|(subject, passage)| fault(subject, passage)).collect();
    Answer { hits, unread: inquiry.unread() }
}
