use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::OnceLock;

use serde::Deserialize;

/// What a phrase speaks of: a list of `rules/registry/sharing.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Concept {
    Share,
    Sell,
    Hand,
    Reach,
    Texting,
    Personal,
    Other,
    Marketer,
    Near,
    Third,
    Narrowed,
    Vendor,
    Marketing,
    Ours,
    Leave,
    Exclude,
    Everything,
    Above,
    Pointing,
    Leads,
    TradeIn,
    Permits,
    OthersAct,
    WeAct,
    Passive,
    Advisory,
    Asking,
    Ignore,
    Choice,
    Elsewhere,
    Apart,
    Extends,
    Theirs,
}

/// A set of concepts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Concepts(u64);

impl Concepts {
    pub(super) fn of(concept: Concept) -> Self {
        Self(1 << concept as u32)
    }

    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn has(self, concept: Concept) -> bool {
        self.0 & Self::of(concept).0 != 0
    }

    pub(super) fn has_any(self, concepts: &[Concept]) -> bool {
        concepts.iter().any(|&concept| self.has(concept))
    }
}

/// A phrase found in a text.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub range: Range<usize>,
    pub concepts: Concepts,
}

/// The words of `rules/registry/sharing.yaml`, ready to be looked for.
#[derive(Debug)]
pub struct SharingWords {
    /// By the first word of the phrase.
    phrases: HashMap<String, Vec<Phrase>>,
}

#[derive(Debug)]
struct Phrase {
    text: String,
    concepts: Concepts,
}

impl SharingWords {
    /// The words that the program carries.
    pub fn get() -> &'static Self {
        static WORDS: OnceLock<SharingWords> = OnceLock::new();
        WORDS.get_or_init(|| {
            let json = include_str!(concat!(env!("OUT_DIR"), "/registry/sharing.json"));
            match Self::read(json) {
                Ok(words) => words,
                Err(error) => unreachable!("rules/registry/sharing.yaml is checked by the tests: {error}"),
            }
        })
    }

    fn read(json: &str) -> serde_json::Result<Self> {
        let lists: BTreeMap<Concept, Vec<String>> = serde_json::from_str(json)?;
        let mut phrases: HashMap<String, Vec<Phrase>> = HashMap::new();
        for (concept, texts) in lists {
            for text in texts {
                let first = &text[..word_length(&text)];
                let alike = match phrases.get_mut(first) {
                    Some(alike) => alike,
                    None => phrases.entry(first.to_owned()).or_default(),
                };
                match alike.iter_mut().find(|phrase| phrase.text == text) {
                    Some(known) => known.concepts = known.concepts.with(Concepts::of(concept)),
                    None => alike.push(Phrase { text, concepts: Concepts::of(concept) }),
                }
            }
        }
        Ok(Self { phrases })
    }

    /// The phrases in a folded text, in order. None overlaps another: the longer one counts.
    pub(super) fn marks(&self, text: &str) -> Vec<Mark> {
        let mut marks = Vec::new();
        let mut overlapping: Vec<Mark> = Vec::new();
        let mut end = 0;
        let mut at = 0;
        while let Some(letter) = text[at..].chars().next() {
            if !letter.is_alphanumeric() {
                at += letter.len_utf8();
                continue;
            }
            let length = word_length(&text[at..]);
            for phrase in self.phrases.get(&text[at..at + length]).into_iter().flatten() {
                if !stands_at(&text[at..], phrase) {
                    continue;
                }
                if at >= end {
                    keep_longest(&mut overlapping, &mut marks);
                }
                end = end.max(at + phrase.text.len());
                overlapping.push(Mark { range: at..at + phrase.text.len(), concepts: phrase.concepts });
            }
            at += length;
        }
        keep_longest(&mut overlapping, &mut marks);
        marks
    }
}

/// How many bytes of the text are letters and digits before anything else.
fn word_length(text: &str) -> usize {
    let plain = text.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(text.len());
    if text[plain..].starts_with(|letter: char| letter.is_alphanumeric()) {
        return text.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(text.len());
    }
    plain
}

/// True where the text begins with the phrase and neither letter nor digit follows it.
fn stands_at(text: &str, phrase: &Phrase) -> bool {
    text.strip_prefix(&phrase.text).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Moves marks that overlap each other to `marks`: the longest, and those that do not touch a longer one.
fn keep_longest(overlapping: &mut Vec<Mark>, marks: &mut Vec<Mark>) {
    let first = marks.len();
    overlapping.sort_by_key(|mark| (Reverse(mark.range.len()), mark.range.start));
    for mark in overlapping.drain(..) {
        let apart = |kept: &Mark| mark.range.end <= kept.range.start || kept.range.end <= mark.range.start;
        if marks[first..].iter().all(apart) {
            marks.push(mark);
        }
    }
    marks[first..].sort_by_key(|mark| mark.range.start);
}
