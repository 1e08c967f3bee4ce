//! How much the description of a campaign tells.

use std::collections::BTreeSet;

use crate::rule::check::{Answer, Hit, Inquiry};
use crate::rule::format::{BuiltinCall, Unit};
use crate::rule::pattern::unit_at;
use crate::rule::word_list;
use crate::text::Passage;

/// Texts that tell too little: without any of the patterns `enough`, and with fewer than `least` telling words in their sentences
/// about texting (patterns `texting`). What stands inside a pattern `aside` (names, addresses) tells nothing.
pub(super) fn tells_little(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let least = call.number("least").unwrap_or(1.0);
    let find = |passage: &Passage, part: &str| inquiry.reader.find_any(passage, call.patterns(part));
    let subjects = &inquiry.rule.file.subjects;
    let passages = inquiry.passages();
    let tells = |passage: &Passage| {
        if !find(passage, "enough").is_empty() {
            return true;
        }
        let sentences: BTreeSet<(usize, usize)> = find(passage, "texting")
            .iter()
            .map(|found| unit_at(passage, found.start, Unit::Sentence))
            .map(|sentence| (sentence.start, sentence.end))
            .collect();
        let asides = find(passage, "aside");
        let text = passage.folded().text();
        let mut telling = BTreeSet::new();
        for (start, end) in sentences {
            let mut at = start;
            for word in text[start..end].split_inclusive(|c: char| c.is_whitespace() || c == '/' || c == '-') {
                let here = at..at + word.len();
                at = here.end;
                let is_aside = asides.iter().any(|aside| aside.start < here.end && here.start < aside.end);
                telling.extend((!is_aside).then(|| telling_word(word)).flatten());
            }
        }
        telling.len() as f64 >= least
    };
    if passages.is_empty() || passages.iter().any(|(_, passage)| tells(passage)) {
        return Answer::pass();
    }
    Answer::fail(subjects.first().map(|subject| Hit::missing(subject)).into_iter().collect())
}

/// The word in the singular, where it is one of its own and no word that any business would use.
fn telling_word(word: &str) -> Option<String> {
    let letters: String = word.chars().filter(|letter| letter.is_alphabetic()).collect();
    let singular = letters.strip_suffix('s').unwrap_or(&letters);
    let generic = word_list::generic_words();
    (singular.chars().count() > 2 && !generic.has(singular) && !generic.has(&letters)).then(|| singular.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybodys_words_tell_nothing() {
        for word in ["customers,", "the", "Businesses".to_lowercase().as_str(), "texting.", "24", "updates", "us"] {
            assert_eq!(telling_word(word), None, "{word}");
        }
        for (word, telling) in [("lessons.", "lesson"), ("glasses", "glasse"), ("eye", "eye"), ("(tenants)", "tenant")]
        {
            assert_eq!(telling_word(word).as_deref(), Some(telling));
        }
    }
}
