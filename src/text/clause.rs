//! Sentences, list items and clauses: the units that negation and exceptions hold for.

use std::ops::Range;

/// A sentence or list item of a folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its bytes in the folded text.
    pub range: Range<usize>,
    /// The line that introduces the list this item is in (`We may share your data with:`), if it is a list item.
    pub intro: Option<Range<usize>>,
    /// Its clauses, in order; they cover the sentence.
    pub clauses: Vec<Clause>,
}

/// A part of a sentence within which a negation holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Its bytes in the folded text.
    pub range: Range<usize>,
    /// True where the clause, or the list intro that it continues, denies or forbids what it speaks of.
    pub negated: bool,
    /// True where the clause is the tail of an exception: `except …`, `other than …`, `unless …`.
    pub exception: bool,
}

/// Splits a folded text.
pub fn sentences(folded: &str) -> Vec<Sentence> {
    let range = 0..folded.len();
    vec![Sentence {
        range: range.clone(),
        intro: None,
        clauses: vec![Clause { range, negated: false, exception: false }],
    }]
}
