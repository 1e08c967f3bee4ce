//! Reads the source of a YAML scalar again, noting where each decoded byte comes from.

use std::ops::Range;

use super::{Run, RunKind};

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Single,
    Double,
    /// `|` or `>`: which one does not matter, the decoded text tells how lines were joined.
    Block,
}

/// One pass over the source of a scalar. Every step returns `None` as soon as it would not yield the decoded text.
pub(super) struct Reading<'a> {
    source: &'a str,
    decoded: &'a str,
    runs: Vec<Run>,
    at: usize,
    done: usize,
}

impl<'a> Reading<'a> {
    /// The runs that rebuild `decoded` from the source at `span` in that style, if they do.
    pub(super) fn runs(source: &'a str, span: Range<usize>, decoded: &'a str, style: Style) -> Option<Vec<Run>> {
        let mut reading = Reading { source, decoded, runs: Vec::new(), at: span.start, done: 0 };
        match style {
            Style::Plain => reading.flow(span.end, style)?,
            Style::Single | Style::Double => {
                let quote = if style == Style::Double { '"' } else { '\'' };
                if span.len() < 2 || !source[span.clone()].ends_with(quote) {
                    return None;
                }
                reading.at += 1;
                reading.flow(span.end - 1, style)?;
            }
            Style::Block => reading.block(span)?,
        }
        (reading.done == decoded.len()).then_some(reading.runs)
    }

    fn rest(&self) -> &'a str {
        &self.decoded[self.done..]
    }

    fn peek(&self) -> Option<char> {
        self.source.get(self.at..)?.chars().next()
    }

    /// Notes that the decoded text goes on with `text`, which comes from `source`.
    fn put(&mut self, text: &str, source: Range<usize>, kind: RunKind) -> Option<()> {
        if !self.rest().starts_with(text) {
            return None;
        }
        let decoded = self.done..self.done + text.len();
        self.done = decoded.end;
        match self.runs.last_mut() {
            _ if decoded.is_empty() => {}
            Some(run) if kind == RunKind::Verbatim && run.kind == kind && run.source.end == source.start => {
                run.source.end = source.end;
                run.decoded.end = decoded.end;
            }
            _ => self.runs.push(Run { decoded, source, kind }),
        }
        Some(())
    }

    fn verbatim(&mut self, end: usize) -> Option<()> {
        let (source, start) = (self.source, self.at);
        self.at = end;
        self.put(source.get(start..end)?, start..end, RunKind::Verbatim)
    }

    /// Plain and quoted text: blanks around a line break fold into one space, blank lines into newlines.
    fn flow(&mut self, end: usize, style: Style) -> Option<()> {
        while self.at < end {
            let char = self.peek()?;
            let after_blanks = self.after_blanks(end);
            if style == Style::Double && char == '\\' {
                self.escape(end)?;
            } else if is_break(self.source.as_bytes().get(after_blanks)) && after_blanks < end {
                self.fold(self.at, end, false)?;
            } else if after_blanks > self.at {
                self.verbatim(after_blanks)?;
            } else if style == Style::Single && self.source[self.at..end].starts_with("''") {
                self.put("'", self.at..self.at + 2, RunKind::Escape)?;
                self.at += 2;
            } else {
                self.verbatim(self.after_word(end, char))?;
            }
        }
        Some(())
    }

    fn after_blanks(&self, end: usize) -> usize {
        let rest = self.source.as_bytes().get(self.at..end).unwrap_or_default();
        self.at + rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
    }

    /// Where the next blank, break, quote or backslash stands, after at least one character.
    fn after_word(&self, end: usize, first: char) -> usize {
        let start = self.at + first.len_utf8();
        let rest = self.source.as_bytes().get(start..end).unwrap_or_default();
        let special = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\\' | b'\'');
        start + rest.iter().position(special).unwrap_or(rest.len())
    }

    /// Line breaks with the blanks around them. An escaped break is dropped, any other counts.
    fn fold(&mut self, start: usize, end: usize, escaped: bool) -> Option<()> {
        let mut breaks = 0_usize;
        loop {
            self.at = self.after_blanks(end);
            if self.at >= end || !self.line_break() {
                break;
            }
            breaks += 1;
        }
        let text = if breaks == 1 && !escaped { " ".to_string() } else { "\n".repeat(breaks.saturating_sub(1)) };
        self.put(&text, start..self.at, RunKind::Break)
    }

    fn escape(&mut self, end: usize) -> Option<()> {
        let start = self.at;
        self.at += 1;
        let char = self.peek()?;
        if matches!(char, '\n' | '\r') {
            return self.fold(start, end, true);
        }
        self.at += char.len_utf8();
        let decoded = match char {
            '0' => '\0',
            'a' => '\x07',
            'b' => '\x08',
            't' => '\t',
            'n' => '\n',
            'v' => '\x0b',
            'f' => '\x0c',
            'r' => '\r',
            'e' => '\x1b',
            'N' => '\u{85}',
            '_' => '\u{a0}',
            'L' => '\u{2028}',
            'P' => '\u{2029}',
            'x' => char::from_u32(self.hex(2)?)?,
            'u' => self.utf16()?,
            'U' => char::from_u32(self.hex(8)?)?,
            same => same,
        };
        self.put(decoded.encode_utf8(&mut [0; 4]), start..self.at, RunKind::Escape)
    }

    /// `\uXXXX`, or a surrogate pair of two of them as JSON writes it.
    fn utf16(&mut self) -> Option<char> {
        let first = self.hex(4)?;
        if !(0xD800..0xDC00).contains(&first) {
            return char::from_u32(first);
        }
        self.at += self.source.get(self.at..)?.strip_prefix("\\u").map(|_| 2)?;
        let second = self.hex(4)?.checked_sub(0xDC00)?;
        char::from_u32(0x10000 + ((first - 0xD800) << 10) + second)
    }

    fn hex(&mut self, digits: usize) -> Option<u32> {
        let text = self.source.get(self.at..self.at + digits)?;
        self.at += digits;
        u32::from_str_radix(text, 16).ok()
    }

    /// Takes one line break if there is one.
    fn line_break(&mut self) -> bool {
        let rest = &self.source[self.at..];
        let length = if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with(['\n', '\r'])) };
        self.at += length;
        length > 0
    }

    /// Literal and folded text. The parser places its span at the first character of text, so the column there is the
    /// indentation, and the header need not be read.
    fn block(&mut self, span: Range<usize>) -> Option<()> {
        let line = self.source[..span.start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let indentation = span.start - line;
        self.at = line;
        self.back_over_blank_lines();
        let mut breaks: Vec<Range<usize>> = Vec::new();
        while self.at < span.end && self.done < self.decoded.len() {
            self.at += spaces(&self.source[self.at..span.end], indentation);
            if let Some(last) = breaks.last_mut() {
                last.end = self.at;
            }
            let content = &self.source[self.at..span.end];
            let length = content.find(['\n', '\r']).unwrap_or(content.len());
            if length > 0 {
                self.join(&mut breaks)?;
                self.verbatim(self.at + length)?;
            }
            let start = self.at;
            if self.line_break() {
                breaks.push(start..self.at);
            }
        }
        if self.rest().is_empty() {
            return Some(());
        }
        if breaks.is_empty() {
            breaks.push(self.at..self.at);
        }
        breaks.truncate(self.rest().len());
        self.join(&mut breaks)
    }

    /// Moves back to the blank lines that a block began with, as many as the decoded text has.
    fn back_over_blank_lines(&mut self) {
        for _ in 0..self.decoded.bytes().take_while(|byte| *byte == b'\n').count() {
            let before = &self.source[..self.at];
            let Some(previous) = before.strip_suffix("\r\n").or_else(|| before.strip_suffix('\n')) else { return };
            let start = previous.rfind(['\n', '\r']).map_or(0, |at| at + 1);
            if !previous[start..].trim_matches(' ').is_empty() {
                return;
            }
            self.at = start;
        }
    }

    /// Line breaks of a block became one space, or the last of them became the newlines that the decoded text has here.
    fn join(&mut self, breaks: &mut Vec<Range<usize>>) -> Option<()> {
        let breaks = std::mem::take(breaks);
        let newlines = self.rest().bytes().take(breaks.len()).take_while(|byte| *byte == b'\n').count();
        if newlines == 0 && breaks.len() == 1 && self.rest().starts_with(' ') {
            return self.put(" ", breaks[0].clone(), RunKind::Break);
        }
        let dropped = breaks.len() - newlines;
        if dropped > 1 {
            return None;
        }
        for (index, range) in breaks[dropped..].iter().enumerate() {
            let start = if index == 0 { breaks[0].start } else { range.start };
            self.put("\n", start..range.end, RunKind::Break)?;
        }
        Some(())
    }
}

fn is_break(byte: Option<&u8>) -> bool {
    matches!(byte, Some(b'\n' | b'\r'))
}

/// The number of spaces that `text` starts with, at most `limit`.
fn spaces(text: &str, limit: usize) -> usize {
    text.bytes().take(limit).take_while(|byte| *byte == b' ').count()
}
