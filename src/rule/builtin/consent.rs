//! Checks of the message flow that patterns alone cannot say.

use std::ops::Range;

use super::super::check::{Answer, Hit, Inquiry};
use super::super::format::{BuiltinCall, Polarity, Unit};
use crate::evidence::Reading;
use crate::text::Passage;

/// The fewest words that make a quotation a script and not a label.
const SCRIPT_WORDS: usize = 4;

/// How many bytes before a quotation can say that somebody speaks it.
const REACH: usize = 90;

/// The message flow sends people to a page (`place`), and no address leads to it: none at all, or only those of policies.
pub fn sign_up_address_missing(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    if matches!(inquiry.evidence.read("campaign.opt_in_url"), Reading::Text(_)) {
        return Answer::pass();
    }
    let passages = inquiry.passages();
    let leads_there = |passage: &Passage| {
        let policies = inquiry.reader.find_any(passage, call.patterns("policy"));
        let addresses = inquiry.reader.find_any(passage, call.patterns("address"));
        let text = passage.folded().text();
        let is_page = |address: &Range<usize>| !text[..address.start].ends_with('@');
        addresses.iter().any(|address| is_page(address) && !policies.iter().any(|policy| overlaps(policy, address)))
    };
    if passages.iter().any(|(_, passage)| leads_there(passage)) {
        return Answer::pass();
    }
    let hits = passages.into_iter().filter_map(|(subject, passage)| {
        let places =
            inquiry.reader.find_counting(passage, call.patterns("place"), &[], Unit::Clause, Polarity::Affirmed);
        (!places.is_empty()).then(|| Hit::words(subject, passage, &places[..1]))
    });
    Answer::fail(hits.collect())
}

/// People agree by word of mouth (`spoken`), and no quotation or question gives the words with the brand's name.
pub fn spoken_script_missing(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let mut hits = Vec::new();
    for (subject, passage) in inquiry.passages() {
        let spoken =
            inquiry.reader.find_counting(passage, call.patterns("spoken"), &[], Unit::Clause, Polarity::Affirmed);
        let Some(first) = spoken.first() else { continue };
        let scripts = scripts(inquiry, call, passage);
        let brands = inquiry.reader.find_any(passage, call.patterns("brand"));
        let names_brand = |script: &Range<usize>| brands.iter().any(|brand| overlaps(brand, script));
        if scripts.iter().any(names_brand) {
            continue;
        }
        let mut marked: Vec<Range<usize>> = scripts.into_iter().take(1).collect();
        marked.push(first.clone());
        marked.sort_by_key(|range| range.start);
        marked.dedup_by(|next, before| overlaps(next, before));
        hits.push(Hit::words(subject, passage, &marked));
    }
    Answer::fail(hits)
}

/// People agree on paper (`paper`), and no address of a copy is given: of the places where a copy and an address stand together
/// (`copy`), none has an `address` that is not one of a `policy`.
pub fn paper_copy_missing(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let mut hits = Vec::new();
    for (subject, passage) in inquiry.passages() {
        let papers =
            inquiry.reader.find_counting(passage, call.patterns("paper"), &[], Unit::Clause, Polarity::Affirmed);
        if papers.is_empty() {
            continue;
        }
        let addresses = inquiry.reader.find_any(passage, call.patterns("address"));
        let policies = inquiry.reader.find_any(passage, call.patterns("policy"));
        let is_page = |address: &Range<usize>| !policies.iter().any(|policy| overlaps(policy, address));
        let shows = |copy: &Range<usize>| {
            let inside_address = addresses.iter().any(|address| address.start < copy.start && copy.start < address.end);
            !inside_address && addresses.iter().any(|address| overlaps(address, copy) && is_page(address))
        };
        let mut copies =
            call.patterns("copy").iter().flat_map(|copy| inquiry.reader.find_any(passage, std::slice::from_ref(copy)));
        if !copies.any(|copy| shows(&copy)) {
            hits.push(Hit::words(subject, passage, &papers));
        }
    }
    Answer::fail(hits)
}

/// Nothing says which kinds of messages come: no words for them (`kind`), and before `texts from us` (`compound`) stands
/// nothing but a word that tells no kind (`general`).
pub fn message_kind_missing(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let passages = inquiry.passages();
    let tells = |passage: &Passage| {
        let general = inquiry.reader.find_any(passage, call.patterns("general"));
        let compounds = inquiry.reader.find_any(passage, call.patterns("compound"));
        inquiry.reader.stands(passage, call.patterns("kind"))
            || compounds.iter().any(|compound| !general.iter().any(|general| overlaps(general, compound)))
    };
    let missing = passages.first().filter(|_| !passages.iter().any(|(_, passage)| tells(passage)));
    match missing {
        Some((subject, _)) => Answer::fail(vec![Hit::missing(subject)]),
        None if passages.is_empty() => Answer { hits: Vec::new(), unread: inquiry.unread() },
        None => Answer::pass(),
    }
}

/// The message flow names several ways to agree, and one of them is no more than named: the patterns of that way (`NAME`) are
/// found, those of its description (`NAME-described`) are not. A way without patterns of a description only counts as another.
pub fn undescribed_methods(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let mut hits = Vec::new();
    for (subject, passage) in inquiry.passages() {
        let named = |way: &str| {
            inquiry.reader.find_counting(passage, call.patterns(way), &[], Unit::Clause, Polarity::Affirmed)
        };
        let description = |way: &str| call.patterns(&format!("{way}-described"));
        let ways = call.pattern_names().filter(|name| !name.ends_with("-described"));
        let ways: Vec<_> = ways.map(|way| (way, named(way))).filter(|(_, named)| !named.is_empty()).collect();
        if ways.len() < 2 {
            continue;
        }
        let lacking = ways.into_iter().filter(|(way, _)| {
            let description = description(way);
            !description.is_empty() && !inquiry.reader.stands(passage, description)
        });
        let mut marked: Vec<Range<usize>> = lacking.filter_map(|(_, named)| named.into_iter().next()).collect();
        marked.sort_by_key(|range| range.start);
        marked.dedup_by(|next, before| overlaps(next, before));
        if !marked.is_empty() {
            hits.push(Hit::words(subject, passage, &marked));
        }
    }
    Answer::fail(hits)
}

/// What somebody says: quotations that are introduced as speech or hold a question, else questions without quotation marks.
fn scripts(inquiry: &Inquiry<'_>, call: &BuiltinCall, passage: &Passage) -> Vec<Range<usize>> {
    let text = passage.folded().text();
    let before = |range: &Range<usize>, words: &[Range<usize>]| {
        words.iter().any(|word| word.end <= range.start && range.start - word.end < REACH)
    };
    let speakers = inquiry.reader.find_any(passage, call.patterns("speaker"));
    let labels = inquiry.reader.find_any(passage, call.patterns("label"));
    let said =
        |range: &Range<usize>| text[range.clone()].contains('?') || before(range, &speakers) && !before(range, &labels);
    let quoted: Vec<Range<usize>> = quotations(text).into_iter().filter(said).collect();
    if !quoted.is_empty() {
        return quoted;
    }
    let questions = passage.sentences().iter().filter(|sentence| sentence.question);
    questions.map(|sentence| sentence.range.clone()).collect()
}

/// Texts between double quotation marks, marks included, of some length.
pub fn quotations(text: &str) -> Vec<Range<usize>> {
    let marks: Vec<usize> = text.match_indices('"').map(|(at, _)| at).collect();
    let pairs = marks.chunks_exact(2).map(|pair| pair[0]..pair[1] + 1);
    pairs.filter(|range| text[range.clone()].split_whitespace().count() >= SCRIPT_WORDS).collect()
}

fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_pairs_of_marks_with_some_words_between() {
        for (text, wanted) in [
            (r#"she says "may we text you today?" and waits"#, vec![r#""may we text you today?""#]),
            (r#"text "join" to us"#, vec![]),
            (
                r#""one two three four" and "five six seven eight""#,
                vec![r#""one two three four""#, r#""five six seven eight""#],
            ),
            (r#"an open " mark that never ends here"#, vec![]),
            ("", vec![]),
        ] {
            let found: Vec<&str> = quotations(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }
}
