use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
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
}

/// A set of concepts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Concepts(u32);

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
    phrases: AhoCorasick,
    concepts: Vec<Concepts>,
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

    fn read(json: &str) -> Result<Self, Box<dyn std::error::Error>> {
        let lists: BTreeMap<Concept, Vec<String>> = serde_json::from_str(json)?;
        let mut concepts: BTreeMap<&str, Concepts> = BTreeMap::new();
        for (&concept, phrases) in &lists {
            for phrase in phrases {
                let known = concepts.entry(phrase).or_default();
                *known = known.with(Concepts::of(concept));
            }
        }
        let phrases = AhoCorasick::new(concepts.keys())?;
        Ok(Self { phrases, concepts: concepts.into_values().collect() })
    }

    /// The phrases in a folded text, in order. None overlaps another: the longer one counts.
    pub(super) fn marks(&self, text: &str) -> Vec<Mark> {
        let found = self.phrases.find_overlapping_iter(text).filter(|found| is_whole(text, &found.range()));
        let mark = |found: aho_corasick::Match| Mark {
            range: found.range(),
            concepts: self.concepts[found.pattern().as_usize()],
        };
        let mut marks: Vec<Mark> = found.map(mark).collect();
        marks.sort_by_key(|mark| (std::cmp::Reverse(mark.range.len()), mark.range.start));
        let mut taken = vec![false; text.len()];
        marks.retain(|mark| {
            let free = !taken[mark.range.start] && !taken[mark.range.end - 1];
            if free {
                taken[mark.range.clone()].fill(true);
            }
            free
        });
        marks.sort_by_key(|mark| mark.range.start);
        marks
    }
}

/// True where no letter or digit touches the phrase.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    !text[..range.start].ends_with(char::is_alphanumeric) && !text[range.end..].starts_with(char::is_alphanumeric)
}
