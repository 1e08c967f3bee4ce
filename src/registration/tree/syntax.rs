//! What the parser has to say, in words that help someone who has never heard of YAML.

use std::ops::Range;

use granit_parser::{ErrorKind, ScanError};

use crate::error::Error;

/// The parser's error as ours: what is wrong, where, and what to write instead.
pub(super) fn explain(name: &str, text: &str, error: &ScanError) -> Error {
    let at = floor(text, error.marker().byte_offset().unwrap_or(0));
    let line = line_at(text, at);
    let (message, help, place) = match error.kind() {
        ErrorKind::MappingValueNotAllowed | ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            colon(text, at, &line)
        }
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::DocumentIndicatorInQuotedScalar
        | ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar => quote(text, at, &line),
        ErrorKind::TabInIndentation
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabNotAllowed
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInPlainScalar => (
            "a tab stands where only spaces may".to_string(),
            "Replace the tab at the start of the line by spaces".to_string(),
            tab(text, at, &line),
        ),
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidUnicodeEscape => (
            "a backslash in double quotes starts an escape that does not exist".to_string(),
            "Write two backslashes for one, or use single quotes".to_string(),
            backslash(text, at),
        ),
        ErrorKind::RecursionLimitExceeded => (
            "the file is nested too deeply to be a registration".to_string(),
            "Keep the fields directly under `brand:` and `campaign:`".to_string(),
            at..next(text, at),
        ),
        ErrorKind::UnclosedFlowCollection { open } => (
            format!("`{open}` is never closed"),
            format!("Close it with `{}`", if *open == '[' { ']' } else { '}' }),
            at..next(text, at),
        ),
        ErrorKind::UnexpectedCharacter { character } => (
            format!("a text cannot begin with `{}`", character.escape_debug()),
            "Put the text in quotes".to_string(),
            at..next(text, at),
        ),
        ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::InvalidIndentation
        | ErrorKind::InvalidBlockScalarIndent
        | ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::ExpectedBlockSequenceEntry => (
            "this line is not indented like the lines around it".to_string(),
            "Indent it with as many spaces as the keys beside it; a text of several lines goes under `>-`, indented"
                .to_string(),
            content(text, &line),
        ),
        _ => (
            format!("the file cannot be read: {}", error.info()),
            "Check the line and the one before it; put texts with special characters in quotes".to_string(),
            content(text, &line),
        ),
    };
    Error::new(message).help(help).at(name, text, place)
}

/// `key: text: more`: a colon within a text that is not in quotes.
fn colon(text: &str, at: usize, line: &Range<usize>) -> (String, String, Range<usize>) {
    let written = &text[line.clone()];
    let value = written.find(": ").map(|colon| line.start + colon + 2).filter(|value| *value <= at);
    let Some(start) = value else {
        let message = "a line with `key:` stands in the middle of a text".to_string();
        let help =
            "Put the text in quotes, or on its own lines under `>-`, each with two more spaces in front".to_string();
        return (message, help, content(text, line));
    };
    let place = content(text, &(start..line.end));
    let value = &text[place.clone()];
    let key = text[line.start..start].trim().trim_start_matches("- ");
    let quoted = if value.contains('"') { format!("'{}'", value.replace('\'', "''")) } else { format!("\"{value}\"") };
    let help = match value.len() {
        0..200 => format!("Put the text in quotes: `{key} {quoted}`"),
        _ => format!("Put the text in quotes, or write `{key} >-` and the text on the next line, indented"),
    };
    ("a text that contains a colon followed by a blank must be in quotes".to_string(), help, place)
}

/// A quote that is not closed, or closed before the text ends: the parser stumbles later than where it opens.
fn quote(text: &str, at: usize, line: &Range<usize>) -> (String, String, Range<usize>) {
    let mut end = line.end;
    for _ in 0..50 {
        let line = line_at(text, end.min(at));
        if let Some((opens, quote)) = opening(text, &line) {
            let place = content(text, &(opens..line.end));
            let number = text[..opens].matches('\n').count() + 1;
            let inside = &text[place.start + 1..place.end];
            let (message, help) = if inside.contains(quote) {
                ("the text goes on after its closing quote".to_string(), double(quote))
            } else {
                (
                    format!("the quote that opens in line {number} is never closed"),
                    format!("Add {quote} at the end of the text"),
                )
            };
            return (message, help, place);
        }
        if line.start == 0 {
            break;
        }
        end = line.start - 1;
    }
    (
        "a quote is never closed".to_string(),
        "Add the closing quote at the end of the text".to_string(),
        content(text, line),
    )
}

fn double(quote: char) -> String {
    match quote {
        '"' => "Write \\\" for a quotation mark within the text".to_string(),
        _ => "Write '' for an apostrophe within the text, or put the text in double quotes".to_string(),
    }
}

/// Where the value of the line opens with a quote that the same line does not close at its end.
fn opening(text: &str, line: &Range<usize>) -> Option<(usize, char)> {
    let written = &text[line.clone()];
    let value = written.find(": ").map_or(0, |colon| colon + 2);
    let value = value + written[value..].find(|char: char| !char.is_whitespace() && char != '-')?;
    let quote = written[value..].chars().next().filter(|char| matches!(char, '"' | '\''))?;
    let inside = written[value + 1..].trim_end();
    let closed = inside.ends_with(quote) && inside.matches(quote).count() == 1;
    (!closed).then_some((line.start + value, quote))
}

/// The first backslash from `at` on that starts no escape; the parser may point at the quote before it.
fn backslash(text: &str, at: usize) -> Range<usize> {
    const ESCAPES: &str = "0abtnvfreN_LP \t\n\r\"/\\";
    let mut start = at;
    while let Some(found) = text[start..].find('\\').map(|found| start + found) {
        let end = next(text, found + 1);
        let digits = match &text[found + 1..end] {
            "x" => 2,
            "u" => 4,
            "U" => 8,
            other if ESCAPES.contains(other) => 0,
            _ => return found..end,
        };
        if text[end..].bytes().take_while(u8::is_ascii_hexdigit).take(digits).count() < digits {
            return found..end;
        }
        start = end;
    }
    at..next(text, at)
}

/// The tab that the parser means: the first of the line, else of the place.
fn tab(text: &str, at: usize, line: &Range<usize>) -> Range<usize> {
    let start = text[line.clone()].find('\t').map_or(at, |tab| line.start + tab);
    start..next(text, start)
}

fn line_at(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    start..end
}

/// The range without blanks around it.
fn content(text: &str, range: &Range<usize>) -> Range<usize> {
    let written = &text[range.clone()];
    let start = range.start + written.len() - written.trim_start().len();
    start..start + written.trim().len()
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn next(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(0, char::len_utf8)
}
