use std::collections::HashSet;

use serde::Deserialize;

/// A set of words that tells most other words from its own without hashing them.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<String>")]
pub(super) struct WordSet {
    pub words: HashSet<String>,
    /// For each first byte the lengths of the words that begin with it, one bit a length.
    lengths: [u32; 256],
}

impl WordSet {
    /// True where the word is in the set.
    pub(super) fn contains(&self, word: &str) -> bool {
        let Some(&first) = word.as_bytes().first() else { return false };
        self.lengths[usize::from(first)] & length_bit(word) != 0 && self.words.contains(word)
    }
}

impl From<Vec<String>> for WordSet {
    fn from(words: Vec<String>) -> Self {
        let mut lengths = [0; 256];
        for word in &words {
            if let Some(&first) = word.as_bytes().first() {
                lengths[usize::from(first)] |= length_bit(word);
            }
        }
        Self { words: words.into_iter().collect(), lengths }
    }
}

/// Words of more than 31 bytes share a bit.
fn length_bit(word: &str) -> u32 {
    1 << word.len().min(31)
}
