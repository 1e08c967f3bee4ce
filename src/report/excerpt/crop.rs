//! One line, cropped around the words that matter.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use crate::report::clean;

/// A line as it is shown.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    /// The text, without a line break.
    pub text: String,
    /// The bytes in `text` that stand for the given ranges.
    pub ranges: Vec<Range<usize>>,
}

impl Line {
    /// The line in about `width` columns, around `ranges` of it, which are in order.
    pub fn crop(body: &str, ranges: &[Range<usize>], width: usize) -> Self {
        let letters = letters(body);
        let kept = window(&letters, ranges, width.max(8));
        let mut text = String::new();
        let mut places: Vec<usize> = Vec::with_capacity(letters.len() + 1);
        if kept.start > 0 {
            text.push('…');
        }
        for (index, letter) in letters.iter().enumerate() {
            places.push(text.len());
            if kept.contains(&index) {
                text.push_str(&letter.shown);
            }
        }
        places.push(text.len());
        if kept.end < letters.len() {
            text.push('…');
        }
        let place = |at: usize| places[letters.partition_point(|letter| letter.at < at)];
        let ranges = ranges.iter().map(|range| place(range.start)..place(range.end)).collect();
        Self { text, ranges }
    }
}

/// A character of the line and how it is shown.
struct Letter {
    at: usize,
    shown: String,
    columns: usize,
}

fn letters(body: &str) -> Vec<Letter> {
    let letter = |(at, character)| {
        let mut shown = String::new();
        clean::push(&mut shown, character);
        // Marks without a width count as well, so that a heap of them is cropped too.
        let columns = shown.chars().map(|shown| shown.width().unwrap_or(1).max(1)).sum();
        Letter { at, shown, columns }
    };
    body.char_indices().map(letter).collect()
}

/// Which letters to keep: the ranges, as far as they fit, with the rest of the room shared between both sides.
fn window(letters: &[Letter], ranges: &[Range<usize>], width: usize) -> Range<usize> {
    let total: usize = letters.iter().map(|letter| letter.columns).sum();
    if total <= width {
        return 0..letters.len();
    }
    let index = |at: usize| letters.partition_point(|letter| letter.at < at);
    let first = ranges.first().map_or(0, |range| index(range.start));
    let last = ranges.iter().map(|range| index(range.end)).max().unwrap_or(0).max(first);
    let room = width - 2;
    let (mut start, mut end, mut used) = (first, first, 0);
    while end < last && used + letters[end].columns <= room {
        used += letters[end].columns;
        end += 1;
    }
    let mut left = end == last;
    loop {
        let before = left.then(|| start.checked_sub(1)).flatten();
        let after = (end < letters.len() && end >= last).then_some(end);
        let fits = |index: usize| used + letters[index].columns <= room;
        match (before.filter(|index| fits(*index)), after.filter(|index| fits(*index))) {
            (Some(before), _) if (first - before) <= (end - last) || after.is_none() => {
                used += letters[before].columns;
                start = before;
            }
            (_, Some(after)) => {
                used += letters[after].columns;
                end = after + 1;
            }
            (Some(before), None) => {
                used += letters[before].columns;
                start = before;
            }
            (None, None) => break,
        }
        left = start > 0;
    }
    start..end
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn cropped(body: &str, words: &str, width: usize) -> (String, String) {
        let at = body.find(words).unwrap();
        let range = at..at + words.len();
        let line = Line::crop(body, std::slice::from_ref(&range), width);
        let drawn = line.text[line.ranges[0].clone()].to_owned();
        (line.text, drawn)
    }

    #[test]
    fn the_words_stay_and_the_rest_gives_way() {
        let long = format!("{}we share numbers{}", "a ".repeat(400), " z".repeat(400));
        let (text, drawn) = cropped(&long, "we share numbers", 40);
        assert_eq!(drawn, "we share numbers");
        assert!(text.starts_with('…') && text.ends_with('…') && text.chars().count() <= 40, "{text}");
        assert_eq!(cropped("short line", "line", 40), ("short line".into(), "line".into()));
        let (text, drawn) = cropped(&format!("stop{}", " z".repeat(400)), "stop", 40);
        assert_eq!((drawn.as_str(), text.chars().count()), ("stop", 39));
        let (text, _) = cropped(&format!("{}stop", "z ".repeat(400)), "stop", 40);
        assert!(text.ends_with("stop") && text.chars().count() == 39, "{text}");
    }

    #[test]
    fn words_longer_than_the_screen_are_cut_at_the_end() {
        let body = "x".repeat(70_000);
        let line = Line::crop(&body, std::slice::from_ref(&(10..69_000)), 60);
        assert!(line.text.chars().count() <= 60);
        assert_eq!(&line.text[line.ranges[0].clone()], "x".repeat(58));
    }

    #[test]
    fn wide_and_hostile_characters_keep_the_underline_true() {
        assert_eq!(cropped("日本\tstop \u{1b}[2J", "stop", 60), ("日本    stop ␛[2J".into(), "stop".into()));
        assert_eq!(cropped("a \u{202e}pots", "\u{202e}pots", 60).1, "<U+202E>pots");
        let marks = format!("stop{}", "\u{301}".repeat(5000));
        assert!(cropped(&marks, "stop", 60).0.chars().count() <= 60);
    }
}
