//! The campaigns of one manifest beside one another.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use super::Registration;

/// What a campaign of the manifest says of itself, to compare it with the others.
#[derive(Debug, Clone)]
pub struct Sibling {
    /// The number of the campaign in its manifest, from 0.
    pub campaign: usize,
    /// The words of its description as numbers, in order of size.
    words: Vec<u64>,
}

impl Sibling {
    /// That of a registration; none where it has no description.
    pub(super) fn of(registration: &Registration) -> Option<Self> {
        let text = registration.text("campaign.description").to_lowercase();
        let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        let mut words: Vec<u64> = words.map(number).collect();
        words.sort_unstable();
        (!words.is_empty()).then_some(Self { campaign: registration.campaign, words })
    }

    /// How many words the description has.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// True where it has none, which no description that was read has.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Shared words by all words, from 0 to 1.
    pub fn likeness(&self, other: &Self) -> f64 {
        let (mut one, mut two, mut shared) = (self.words.iter().peekable(), other.words.iter().peekable(), 0);
        while let (Some(a), Some(b)) = (one.peek(), two.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => one.next(),
                std::cmp::Ordering::Greater => two.next(),
                std::cmp::Ordering::Equal => {
                    shared += 1;
                    one.next();
                    two.next()
                }
            };
        }
        shared as f64 / (self.len() + other.len() - shared).max(1) as f64
    }
}

fn number(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sibling(text: &str) -> Sibling {
        let mut words: Vec<u64> = text.split_whitespace().map(number).collect();
        words.sort_unstable();
        Sibling { campaign: 0, words }
    }

    #[test]
    fn likeness_is_the_share_of_shared_words() {
        let one = sibling("we text a reminder the day before");
        for (other, wanted) in [
            ("the day before we text a reminder", 1.0),
            ("we text a reminder the day after", 6.0 / 8.0),
            ("we we text a reminder the day before", 7.0 / 8.0),
            ("nothing of this", 0.0),
        ] {
            assert!((one.likeness(&sibling(other)) - wanted).abs() < 1e-9, "{other}");
        }
    }
}
