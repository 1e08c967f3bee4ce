//! The lines around places, cropped to the screen and fit to be shown, for miette.
//!
//! miette crops no line, counts columns in bytes and prints control characters as they are; so it is given a text of
//! its own in which all that is done, with the true name, line and column of every place.

mod crop;

use std::ops::Range;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use unicode_width::UnicodeWidthStr;

use super::clean;
use crate::text::Source;
use crop::Line;

/// How many lines of one place are shown.
const MOST_PIECES: usize = 4;

/// A place to be shown: pieces of one source, each on one line.
#[derive(Debug, Clone)]
pub struct Place<'s> {
    /// The text it is in.
    pub source: &'s Source,
    /// Byte ranges in the order of the text.
    pub pieces: Vec<Range<usize>>,
}

/// Excerpts from one or more sources, one after the other.
#[derive(Debug, Default)]
pub struct Excerpts {
    text: String,
    fragments: Vec<Fragment>,
}

/// Lines of one source that stand together.
#[derive(Debug)]
struct Fragment {
    name: String,
    /// The bytes in the text of the excerpts.
    range: Range<usize>,
    /// The number of the first line, from 0.
    first_line: usize,
    /// Where pieces begin in the text of the excerpts, with their line and column from 0.
    starts: Vec<(usize, usize, usize)>,
}

impl Excerpts {
    /// Excerpts that show these places, with `context` lines around each, in at most `width` columns.
    /// Gives for each place the ranges to underline.
    pub fn new(places: &[Place<'_>], context: usize, width: usize) -> (Self, Vec<Vec<Range<usize>>>) {
        let mut excerpts = Self::default();
        let mut shown: Vec<Vec<Range<usize>>> = vec![Vec::new(); places.len()];
        let mut order: Vec<usize> = (0..places.len()).filter(|index| !places[*index].pieces.is_empty()).collect();
        order.sort_by_key(|index| {
            let place = &places[*index];
            (place.source.is_page, place.source.name.as_str(), place.pieces[0].start)
        });
        let mut rest = order.as_slice();
        while let Some(&first) = rest.first() {
            let lines = LineIndex::new(&places[first].source.text);
            let mut window = lines.window(&places[first], context);
            let mut together = 1;
            for &next in &rest[1..] {
                let same = std::ptr::eq(places[next].source, places[first].source);
                let more = lines.window(&places[next], context);
                if !same || more.start > window.end {
                    break;
                }
                window.end = window.end.max(more.end);
                together += 1;
            }
            let members: Vec<(usize, &Place<'_>)> =
                rest[..together].iter().map(|index| (*index, &places[*index])).collect();
            excerpts.add(&lines, window, &members, width, &mut shown);
            rest = &rest[together..];
        }
        (excerpts, shown)
    }

    fn add(
        &mut self,
        lines: &LineIndex<'_>,
        mut window: Range<usize>,
        members: &[(usize, &Place<'_>)],
        width: usize,
        shown: &mut [Vec<Range<usize>>],
    ) {
        let busy = |number: usize| members.iter().any(|(_, place)| lines.holds(number, place));
        while lines.body(window.start).trim().is_empty() && !busy(window.start) && window.len() > 1 {
            window.start += 1;
        }
        while lines.body(window.end - 1).trim().is_empty() && !busy(window.end - 1) && window.len() > 1 {
            window.end -= 1;
        }
        let begin = self.text.len();
        let mut starts = Vec::new();
        for number in window.clone() {
            let at = lines.start(number);
            let body = lines.body(number);
            let mut pieces: Vec<(usize, Range<usize>)> = Vec::new();
            for (index, place) in members {
                let inside = place.pieces.iter().take(MOST_PIECES).filter(|piece| lines.number(piece.start) == number);
                pieces.extend(inside.map(|piece| (*index, clamp(piece, at, body))));
            }
            pieces.sort_by_key(|(_, piece)| (piece.start, piece.end));
            let ranges: Vec<Range<usize>> = pieces.iter().map(|(_, piece)| piece.clone()).collect();
            let line = Line::crop(body, &ranges, width);
            for ((index, piece), drawn) in pieces.iter().zip(&line.ranges) {
                let range = self.text.len() + drawn.start..self.text.len() + drawn.end;
                starts.push((range.start, number, body[..piece.start].chars().count()));
                shown[*index].push(range);
            }
            self.text.push_str(&line.text);
            self.text.push('\n');
        }
        let name = members.first().map_or_else(String::new, |(_, place)| name(place.source, width));
        self.fragments.push(Fragment { name, range: begin..self.text.len(), first_line: window.start, starts });
    }

    /// The column, from 0, of the middle of a range that [`Excerpts::new`] gave.
    pub fn column(&self, range: &Range<usize>) -> usize {
        let before = self.text.get(..range.start).unwrap_or_default();
        let line = before.rfind('\n').map_or(before, |newline| &before[newline + 1..]);
        line.width() + self.words(range).width() / 2
    }

    /// The text of a range that [`Excerpts::new`] gave.
    pub fn words(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }
}

impl SourceCode for Excerpts {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let asked = span.offset()..span.offset() + span.len();
        let inside = |fragment: &&Fragment| fragment.range.start <= asked.start && asked.end <= fragment.range.end;
        let fragment = self.fragments.iter().find(inside).ok_or(MietteError::OutOfBounds)?;
        let whole = before > 0 || after > 0;
        let start = fragment.starts.iter().find(|(at, ..)| *at == asked.start);
        let (line, column) = match start {
            Some((_, line, column)) if !whole => (*line, *column),
            _ => (fragment.first_line, 0),
        };
        let range = if whole { fragment.range.clone() } else { asked };
        let data = self.text.get(range.clone()).ok_or(MietteError::OutOfBounds)?;
        let count = data.matches('\n').count();
        Ok(Box::new(MietteSpanContents::new_named(
            fragment.name.clone(),
            data.as_bytes(),
            range.into(),
            line,
            column,
            count,
        )))
    }
}

/// A piece in bytes of its line, held inside the line.
fn clamp(piece: &Range<usize>, line_start: usize, body: &str) -> Range<usize> {
    let inside = |at: usize| {
        let mut at = at.saturating_sub(line_start).min(body.len());
        while !body.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    inside(piece.start)..inside(piece.end).max(inside(piece.start))
}

/// Where the lines of a text begin.
struct LineIndex<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> LineIndex<'t> {
    fn new(text: &'t str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self { text, starts: std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect() }
    }

    fn number(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    fn start(&self, number: usize) -> usize {
        self.starts.get(number).copied().unwrap_or(self.text.len())
    }

    fn body(&self, number: usize) -> &'t str {
        let line = &self.text[self.start(number)..self.start(number + 1)];
        line.trim_end_matches(['\n', '\r'])
    }

    fn holds(&self, number: usize, place: &Place<'_>) -> bool {
        place.pieces.iter().take(MOST_PIECES).any(|piece| self.number(piece.start) == number)
    }

    /// The lines to show of a place.
    fn window(&self, place: &Place<'_>, context: usize) -> Range<usize> {
        let numbers = place.pieces.iter().take(MOST_PIECES).map(|piece| self.number(piece.start));
        let (mut first, mut last) = (usize::MAX, 0);
        for number in numbers {
            (first, last) = (first.min(number), last.max(number));
        }
        first.saturating_sub(context)..(last + context + 1).min(self.starts.len())
    }
}

/// What to call a source in about `width` columns: the start of an address, the end of a path.
fn name(source: &Source, width: usize) -> String {
    let (line, most) = (clean::line(&source.name), width.saturating_sub(8).max(16));
    let length = line.chars().count();
    if source.is_page || length <= most {
        return clean::short(&line, most);
    }
    format!("…{}", line.chars().skip(length - most + 1).collect::<String>())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
