//! Text that knows where it came from: sources, places in them, and the passages that rules read.

pub mod clause;
pub mod fold;
pub mod scalar;

use std::ops::Range;
use std::sync::OnceLock;

pub use clause::{Clause, Sentence};
pub use fold::Folded;
pub use scalar::ScalarMap;

/// A text that places point into: a manifest as written, or a page as a visitor sees it.
#[derive(Debug, Clone)]
pub struct Source {
    /// What a person calls it: a file path, `<stdin>` or a URL.
    pub name: String,
    /// The whole text; every [`Span`] counts its bytes.
    pub text: String,
    /// True for a page of the website, false for a file of the user's.
    pub is_page: bool,
}

impl Source {
    /// The line and the column of a byte, both from 1, the column in characters.
    pub fn line_and_column(&self, at: usize) -> (usize, usize) {
        let before = self.text.get(..at).unwrap_or(&self.text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

/// The number of a [`Source`] in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(usize);

/// Every source of a run.
#[derive(Debug, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// Keeps a source and gives its number.
    pub fn add(&mut self, source: Source) -> SourceId {
        self.0.push(source);
        SourceId(self.0.len() - 1)
    }

    /// The source of that number.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.0[id.0]
    }
}

/// A place in a source: one byte range for each physical line it covers, in order, never covering indentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Where the place is.
    pub source: SourceId,
    /// Byte ranges, one a line; never empty.
    pub pieces: Vec<Range<usize>>,
}

impl Span {
    /// A place of one piece.
    pub fn new(source: SourceId, range: Range<usize>) -> Self {
        Self { source, pieces: vec![range] }
    }

    /// From the first byte of the place to its last.
    pub fn hull(&self) -> Range<usize> {
        let start = self.pieces.first().map_or(0, |piece| piece.start);
        start..self.pieces.last().map_or(start, |piece| piece.end)
    }
}

/// A text that rules read: decoded from its source, with the place of every byte.
#[derive(Debug, Clone)]
pub struct Passage {
    /// The decoded text.
    pub text: String,
    source: SourceId,
    map: ScalarMap,
    folded: OnceLock<Folded>,
    sentences: OnceLock<Vec<Sentence>>,
}

impl Passage {
    /// A passage decoded from `source` as `map` says.
    pub fn new(text: String, source: SourceId, map: ScalarMap) -> Self {
        Self { text, source, map, folded: OnceLock::new(), sentences: OnceLock::new() }
    }

    /// A passage that stands in its source as it is, from byte `start` on.
    pub fn verbatim(text: String, source: SourceId, start: usize) -> Self {
        let map = ScalarMap::verbatim(start, &text);
        Self::new(text, source, map)
    }

    /// The text as patterns see it: lower case, plain quotes and dashes, single blanks.
    pub fn folded(&self) -> &Folded {
        self.folded.get_or_init(|| Folded::new(&self.text))
    }

    /// The sentences and list items of the folded text, each with its clauses.
    pub fn sentences(&self) -> &[Sentence] {
        self.sentences.get_or_init(|| clause::sentences(self.folded().text()))
    }

    /// The place of a byte range of the decoded text.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span { source: self.source, pieces: self.map.pieces(range) }
    }

    /// The place of a byte range of the folded text.
    pub fn folded_span(&self, range: Range<usize>) -> Span {
        self.span(self.folded().original(range))
    }

    /// The place of the whole passage.
    pub fn whole(&self) -> Span {
        self.span(0..self.text.len())
    }
}
