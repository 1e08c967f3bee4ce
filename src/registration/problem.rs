//! Collects what is wrong with a manifest.

use std::ops::Range;

use super::Problem;
use super::tree::Fault;
use crate::text::{ScalarMap, SourceId, Span};

/// Problems are kept up to this number; then one more says how many there were.
const MOST: usize = 200;

/// The problems found so far in one manifest.
pub(super) struct Problems<'a> {
    source: SourceId,
    text: &'a str,
    found: Vec<Problem>,
    kept: usize,
    dropped: usize,
}

impl<'a> Problems<'a> {
    pub(super) fn new(source: SourceId, text: &'a str) -> Self {
        Self { source, text, found: Vec::new(), kept: 0, dropped: 0 }
    }

    /// The place of a byte range, one piece for each line.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span { source: self.source, pieces: ScalarMap::whole(self.text, range).pieces(0..0) }
    }

    /// The place of the first line of a byte range: enough to show a list or a group of keys.
    pub(super) fn first_line(&self, range: Range<usize>) -> Span {
        let mut span = self.span(range);
        span.pieces.truncate(1);
        span
    }

    /// True while more problems are kept.
    pub(super) fn wants_more(&self) -> bool {
        self.kept < MOST
    }

    /// Keeps a problem and gives it to be told more about.
    pub(super) fn add(&mut self, kind: &'static str, at: Span, message: String, help: Option<String>) {
        self.add_with(Problem { kind, message, at, also: None, help });
    }

    pub(super) fn add_with(&mut self, problem: Problem) {
        if self.wants_more() {
            self.kept += 1;
            self.found.push(problem);
        } else {
            self.dropped += 1;
        }
    }

    /// Adds what the tree found.
    pub(super) fn add_fault(&mut self, fault: &Fault) {
        match fault {
            Fault::Duplicate { key, at, first } => self.add_with(Problem {
                kind: "duplicate-key",
                message: format!("`{}` is given twice; only the first is read", shown(key)),
                at: self.span(at.clone()),
                also: Some((self.span(first.clone()), "first given here".to_string())),
                help: Some("Remove one of the two".to_string()),
            }),
            Fault::UnknownAlias { name, at } => self.add(
                "alias-unknown",
                self.span(at.clone()),
                format!("`*{}` refers to nothing before it", shown(name)),
                Some(format!(
                    "Put the text in quotes if it begins with a star, or mark the text meant with `&{}`",
                    shown(name)
                )),
            ),
            Fault::BadMerge { at } => self.add(
                "wrong-type",
                self.first_line(at.clone()),
                "`<<` takes over a group of keys, and this is none".to_string(),
                Some("Refer to a group of keys: `<<: *name`".to_string()),
            ),
            Fault::SecondDocument { at } => self.add(
                "second-document",
                self.first_line(at.clone()),
                "a second document begins here; it is not read".to_string(),
                Some("Put it in a file of its own, or several campaigns under `campaigns:`".to_string()),
            ),
        }
    }

    /// Takes the problems found since the last time.
    pub(super) fn take(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.found)
    }

    /// One more problem if some were dropped: that there are more.
    pub(super) fn remainder(&self) -> Option<Problem> {
        (self.dropped > 0).then(|| Problem {
            kind: "more-problems",
            message: format!("the file has {} more problems that are not shown", self.dropped),
            at: self.first_line(0..self.text.len()),
            also: None,
            help: Some("Correct those that are shown, then run again".to_string()),
        })
    }
}

/// A key or value of the file, short and clean enough for a message.
pub(super) fn shown(text: &str) -> String {
    const MOST_CHARS: usize = 60;
    let clean = text.chars().map(|char| if char.is_control() || char == '`' { ' ' } else { char });
    let mut short: String = clean.take(MOST_CHARS + 1).collect();
    if short.chars().count() > MOST_CHARS {
        short.pop();
        short.push('…');
    }
    short
}
