//! From bytes of a decoded scalar to bytes of its source.

mod reading;

use std::ops::Range;

use reading::{Reading, Style};

/// Maps byte offsets of a decoded text to byte ranges of the source that it was decoded from.
#[derive(Debug, Clone)]
pub struct ScalarMap {
    runs: Vec<Run>,
    whole: Vec<Range<usize>>,
}

/// A stretch of decoded bytes and the source bytes that it stands for.
#[derive(Debug, Clone)]
struct Run {
    decoded: Range<usize>,
    source: Range<usize>,
    kind: RunKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RunKind {
    /// Byte for byte the same in the source.
    Verbatim,
    /// An escape such as `\n` or `''`: indivisible, within a line.
    Escape,
    /// A line break of the source with the indentation after it: ends a piece.
    Break,
}

impl ScalarMap {
    /// The map of a text that stands in its source unchanged from `start` on.
    pub fn verbatim(start: usize, text: &str) -> Self {
        let mut runs = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let content = line.trim_end_matches(['\n', '\r']).len();
            for (range, kind) in
                [(at..at + content, RunKind::Verbatim), (at + content..at + line.len(), RunKind::Break)]
            {
                if !range.is_empty() {
                    let source = start + range.start..start + range.end;
                    runs.push(Run { decoded: range, source, kind });
                }
            }
            at += line.len();
        }
        Self { runs, whole: lines(text, start, 0..text.len()) }
    }

    /// The map of a text that stands for the whole of `span`: every range of it is all of that place.
    pub fn whole(source: &str, span: Range<usize>) -> Self {
        Self { runs: Vec::new(), whole: lines(source, 0, span) }
    }

    /// The map of a YAML scalar that stands at `span` of `source` and that the parser decoded to `decoded`.
    ///
    /// The slice is read again in each style that it can have; a reading counts only if it yields `decoded` byte for byte.
    /// If none does, every range maps to the whole scalar: never to a wrong word.
    pub fn read(source: &str, span: Range<usize>, decoded: &str) -> Self {
        let styles: &[Style] = match source.get(span.clone()).and_then(|slice| slice.chars().next()) {
            Some('"') => &[Style::Double, Style::Plain, Style::Block],
            Some('\'') => &[Style::Single, Style::Plain, Style::Block],
            Some(_) => &[Style::Plain, Style::Block],
            None => &[],
        };
        let readings = styles.iter().find_map(|style| Reading::runs(source, span.clone(), decoded, *style));
        Self { runs: readings.unwrap_or_default(), whole: lines(source, 0, span) }
    }

    /// The map of a part of the decoded text.
    pub fn part(&self, range: Range<usize>) -> Self {
        let Some(_) = self.runs.first() else { return self.clone() };
        let first = self.runs.partition_point(|run| run.decoded.end <= range.start);
        let inside = self.runs[first..].iter().take_while(|run| run.decoded.start < range.end);
        let runs = inside.filter_map(|run| run.cut(&range)).collect();
        Self { runs, whole: self.pieces(range) }
    }

    /// True where single words have their own place; false where every range is the whole scalar.
    pub fn is_exact(&self) -> bool {
        !self.runs.is_empty()
    }

    /// The source ranges of `range`, one for each physical line, without indentation.
    ///
    /// An empty range, or one that holds only a line break, gives a caret: an empty range where it stands.
    pub fn pieces(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let Some(last) = self.runs.last() else { return self.whole.clone() };
        let first = self.runs.partition_point(|run| run.decoded.end <= range.start);
        let mut pieces: Vec<Range<usize>> = Vec::new();
        for run in self.runs[first..].iter().take_while(|run| run.decoded.start < range.end) {
            let Some(part) = run.part(&range) else { continue };
            match pieces.last_mut() {
                Some(piece) if piece.end == part.start => piece.end = part.end,
                _ => pieces.push(part),
            }
        }
        if pieces.is_empty() {
            let caret = self.runs.get(first).map_or(last.source.end, |run| run.caret(range.start));
            pieces.push(caret..caret);
        }
        pieces
    }
}

impl Run {
    /// The source of the bytes that the run shares with `range`; none for a line break.
    fn part(&self, range: &Range<usize>) -> Option<Range<usize>> {
        match self.kind {
            RunKind::Break => None,
            RunKind::Escape => (range.start < range.end).then(|| self.source.clone()),
            RunKind::Verbatim => {
                let start = range.start.max(self.decoded.start) - self.decoded.start;
                let end = range.end.min(self.decoded.end) - self.decoded.start;
                (start < end).then(|| self.source.start + start..self.source.start + end)
            }
        }
    }

    /// The bytes that the run shares with `range`, counted from the start of `range`.
    fn cut(&self, range: &Range<usize>) -> Option<Run> {
        let (start, end) = (range.start.max(self.decoded.start), range.end.min(self.decoded.end));
        let source = match self.kind {
            RunKind::Verbatim => self.part(range)?,
            RunKind::Escape | RunKind::Break => self.source.clone(),
        };
        Some(Run { decoded: start - range.start..end - range.start, source, kind: self.kind })
    }

    fn caret(&self, decoded: usize) -> usize {
        match self.kind {
            RunKind::Verbatim => self.source.start + decoded.saturating_sub(self.decoded.start),
            RunKind::Escape | RunKind::Break => self.source.start,
        }
    }
}

/// The physical lines of a range of `text`, without indentation, trailing blanks and blank lines, moved by `offset`.
fn lines(text: &str, offset: usize, range: Range<usize>) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut at = range.start;
    for line in text.get(range.clone()).unwrap_or_default().split_inclusive(['\n', '\r']) {
        let content = line.trim();
        let start = offset + at + (line.len() - line.trim_start().len());
        if !content.is_empty() {
            lines.push(start..start + content.len());
        }
        at += line.len();
    }
    if lines.is_empty() {
        let caret = offset + range.start;
        lines.push(caret..caret);
    }
    lines
}
