//! The replies to STOP, HELP and START, and the lists of words that bring them.

use std::sync::OnceLock;

use regex::Regex;
use serde::Deserialize;

use crate::evidence::Reading;
use crate::rule::check::{Answer, Hit, Inquiry, registrable};
use crate::rule::format::BuiltinCall;
use crate::rule::word_list;
use crate::text::Passage;

/// The words of `rules/registry/keywords.yaml`.
#[derive(Debug, Default, Deserialize)]
struct Keywords {
    opt_out: KeywordGroup,
    help: KeywordGroup,
}

/// The words for one wish.
#[derive(Debug, Default, Deserialize)]
struct KeywordGroup {
    required: Vec<String>,
    usual: Vec<String>,
    also: Vec<String>,
}

impl Keywords {
    fn get() -> &'static Self {
        static KEYWORDS: OnceLock<Keywords> = OnceLock::new();
        KEYWORDS.get_or_init(|| {
            let json = include_str!(concat!(env!("OUT_DIR"), "/registry/keywords.json"));
            serde_json::from_str(json).unwrap_or_default()
        })
    }

    fn group(&self, name: &str) -> &KeywordGroup {
        if name == "help" { &self.help } else { &self.opt_out }
    }
}

impl KeywordGroup {
    fn knows(&self, word: &str) -> bool {
        self.required.iter().chain(&self.usual).chain(&self.also).any(|known| bare(known) == word)
    }
}

/// A keyword as platforms compare it: capitals, without blanks and punctuation.
fn bare(word: &str) -> String {
    word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// A field that the manifest gives but leaves empty; one that is left out is the business of the required fields.
pub fn left_empty(inquiry: &Inquiry<'_>, _: &BuiltinCall) -> Answer {
    let fields = &inquiry.evidence.registration.fields;
    let empty = |subject: &&String| fields.get(*subject).is_some_and(|field| field.is_empty());
    Answer::fail(inquiry.rule.file.subjects.iter().filter(empty).map(|subject| Hit::missing(subject)).collect())
}

/// A keyword list that is given and lacks the words it cannot do without. `group`: `opt_out` or `help`.
pub fn keyword_missing(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let group = Keywords::get().group(call.text("group").unwrap_or_default());
    let fields = &inquiry.evidence.registration.fields;
    let mut hits = Vec::new();
    for subject in &inquiry.rule.file.subjects {
        let Some(field) = fields.get(subject) else { continue };
        let given: Vec<String> = field.values.iter().map(|value| bare(&value.text)).collect();
        let lacks = |word: &&String| !given.contains(&bare(word));
        if let Some(word) = group.required.iter().find(lacks) {
            hits.push(Hit::missing(subject).found("keyword", word));
        }
    }
    Answer::fail(hits)
}

/// A keyword that is no single word of letters and digits; the spellings of the registry are fine. `fault`: `blank` for words with nothing
/// but blanks between them, else `sign`.
pub fn keyword_form(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let known = |word: &str| {
        let groups = [&Keywords::get().opt_out, &Keywords::get().help];
        groups.iter().any(|group| group.also.iter().any(|also| also.eq_ignore_ascii_case(word)))
    };
    let odd = inquiry.passages().into_iter().filter(|(_, passage)| {
        let word = passage.text.trim();
        let is_one_word = word.chars().all(char::is_alphanumeric);
        let has_sign = !word.chars().all(|letter| letter.is_alphanumeric() || letter == ' ');
        !is_one_word && !known(word) && has_sign != (call.text("fault") == Some("blank"))
    });
    Answer::fail(odd.map(|(subject, word)| Hit::whole(subject, word).found("keyword", word.text.trim())).collect())
}

/// A keyword that stands in two lists, or a word that always opts out in the list for signing up. The first subject is searched.
pub fn keyword_clash(inquiry: &Inquiry<'_>, _: &BuiltinCall) -> Answer {
    let Some((first, others)) = inquiry.rule.file.subjects.split_first() else { return Answer::pass() };
    let Reading::Text(words) = inquiry.evidence.read(first) else { return Answer::pass() };
    let elsewhere = |word: &str| {
        others.iter().any(|other| {
            let Reading::Text(list) = inquiry.evidence.read(other) else { return false };
            list.iter().any(|known| bare(&known.text) == word)
        })
    };
    let always = Keywords::get();
    let hits = words.iter().filter_map(|word| {
        let plain = bare(&word.text);
        let reserved = first.contains("opt_in") && (always.opt_out.knows(&plain) || always.help.knows(&plain));
        let clash = !plain.is_empty() && (elsewhere(&plain) || reserved);
        clash.then(|| Hit::whole(first, word).found("keyword", word.text.trim()))
    });
    Answer::fail(hits.collect())
}

/// Contacts in a reply that are not the brand's own. `kind`: `email` or `phone`.
pub fn contact_agrees(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let registration = inquiry.evidence.registration;
    let phone = call.text("kind") == Some("phone");
    let own: Vec<String> = if phone {
        [digits(registration.text("brand.phone"))].into_iter().filter(|number| number.len() == 10).collect()
    } else {
        ["brand.email", "brand.website"].iter().filter_map(|field| registrable(registration.text(field))).collect()
    };
    if own.is_empty() {
        return Answer::pass();
    }
    let mut hits = Vec::new();
    for (subject, passage) in inquiry.passages() {
        let contacts = contacts(passage, phone);
        let foreign = |(_, value): &&(std::ops::Range<usize>, String)| {
            !own.contains(value) && word_list::free_mail().kind_of_host(value).is_none()
        };
        let any_own = contacts.iter().any(|(_, value)| own.contains(value));
        if let Some((range, value)) = contacts.iter().find(foreign).filter(|_| !any_own) {
            let hit = Hit::words(subject, passage, std::slice::from_ref(range));
            hits.push(hit.found("contact", value).found("own", &own[0]));
        }
    }
    Answer::fail(hits)
}

/// The e-mail addresses (with their registrable domain) or the telephone numbers (ten digits) of a passage.
fn contacts(passage: &Passage, phone: bool) -> Vec<(std::ops::Range<usize>, String)> {
    static FORMS: OnceLock<Option<[Regex; 2]>> = OnceLock::new();
    let forms = FORMS.get_or_init(|| {
        let email = Regex::new(r"[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}").ok()?;
        let number = Regex::new(r"(?:\+?1[ .-]?)?(?:\(\d{3}\)|\d{3})[ .-]?\d{3}[ .-]?\d{4}\b").ok()?;
        Some([email, number])
    });
    let Some([email, number]) = forms else { return Vec::new() };
    let form = if phone { number } else { email };
    let found = form.find_iter(passage.folded().text());
    found
        .filter_map(|found| {
            let value = if phone { Some(digits(found.as_str())) } else { registrable(found.as_str()) };
            Some((found.range(), value?))
        })
        .collect()
}

/// The ten digits of a US number, without its country code.
fn digits(text: &str) -> String {
    let all: String = text.chars().filter(char::is_ascii_digit).collect();
    all.strip_prefix('1').filter(|rest| rest.len() == 10).map_or(all.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_compared_without_blanks_and_case() {
        for (word, plain) in [("Stop.", "STOP"), ("opt out", "OPTOUT"), ("OPT-OUT", "OPTOUT"), ("", "")] {
            assert_eq!(bare(word), plain);
        }
        assert!(Keywords::get().opt_out.knows("UNSUBSCRIBE"));
    }

    #[test]
    fn numbers_are_ten_digits() {
        assert_eq!(digits("+1 (512) 555-0123"), "5125550123");
        assert_eq!(digits("512.555.0123"), "5125550123");
    }
}
