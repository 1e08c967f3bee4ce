//! Sentences, list items and clauses: the units that negation and exceptions hold for.
//!
//! The method is data: the words are in `rules/registry/clauses.yaml`. A text is cut into blocks, blocks into sentences, sentences
//! into clauses; a clause is denied by a word of its own, or by the list intro, question or clause that it continues.

mod answer;
mod block;
mod boundary;
mod polarity;
mod sentence;
mod word;
mod word_set;
mod wording;

use std::ops::Range;

use wording::Wording;

/// A sentence or list item of a folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its bytes in the folded text, the mark of a list item included.
    pub range: Range<usize>,
    /// The sentences that introduce the lists this item is in (`We may share your data with:`), outermost first.
    pub intros: Vec<Range<usize>>,
    /// The heading it stands under, if any.
    pub under: Option<Range<usize>>,
    /// True where it is a heading itself.
    pub heading: bool,
    /// True where it is an item of a list, marked or not.
    pub item: bool,
    /// True where it ends with a question mark.
    pub question: bool,
    /// Its clauses, in order; they cover the sentence.
    pub clauses: Vec<Clause>,
}

/// A part of a sentence within which a negation holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Its bytes in the folded text.
    pub range: Range<usize>,
    /// True where the clause, or what it continues or answers, denies or forbids what it speaks of.
    pub negated: bool,
    /// The words that deny it; they may stand in a list intro, in the clause before or in the answer to a question.
    pub negation: Option<Range<usize>>,
    /// True where the clause is the tail of an exception: `except …`, `other than …`, `unless …`, `not … without …`.
    pub exception: bool,
    /// How it hangs on the clause before it.
    pub link: Link,
}

/// How a clause hangs on the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// The first clause of its sentence.
    First,
    /// After `but`, `however`, `although`, or a comma and `not`.
    Contrast,
    /// After `except`, `other than`, `excluding`.
    Exception,
    /// After `unless`, `provided that`, or a comma and `only`.
    Condition,
    /// After `if`, `when`, `because`.
    Subordinate,
    /// After `without`.
    Without,
    /// A subject and a verb of its own after a comma or `and`.
    Independent,
    /// From a relative pronoun on: `partners who never share it`.
    Relative,
    /// After a semicolon.
    Semicolon,
    /// After a colon.
    Colon,
    /// What we are `not responsible for`.
    Detached,
    /// Goes on with an earlier clause of the sentence, by its number, after an aside.
    Resumed(usize),
}

impl Sentence {
    /// The clause that byte `at` of the folded text lies in.
    pub fn clause_at(&self, at: usize) -> Option<&Clause> {
        let next = self.clauses.partition_point(|clause| clause.range.end <= at);
        self.clauses.get(next).filter(|clause| clause.range.contains(&at))
    }

    /// The line that introduces the innermost list this item is in.
    pub fn intro(&self) -> Option<&Range<usize>> {
        self.intros.last()
    }
}

/// Splits a folded text.
pub fn sentences(folded: &str) -> Vec<Sentence> {
    let wording = Wording::get();
    let mut sentences = block::sentences(folded, wording);
    for number in 0..sentences.len() {
        let intro = sentences[number].intro().cloned();
        let intro = intro.and_then(|intro| last_clause(&sentences[..number], &intro));
        let starts = boundary::find(folded, &sentences[number].range, wording);
        sentences[number].clauses = polarity::clauses(&sentences[number].range, &starts, intro.as_ref());
    }
    answer::carry(folded, &mut sentences, wording);
    sentences
}

fn last_clause(sentences: &[Sentence], intro: &Range<usize>) -> Option<Clause> {
    let number = sentences.binary_search_by_key(&intro.start, |sentence| sentence.range.start).ok()?;
    sentences[number].clauses.last().cloned()
}
