/// Lines are taken to be filled up to this many characters at least, so that short lines count as headings or items.
const NARROWEST: usize = 45;
/// Nobody wraps by hand at more than this; a longer line is a paragraph of its own …
const WIDEST: usize = 140;
/// … unless a page's text was wrapped by us.
const PAGE_WRAP: usize = 380;

/// For each `\n` of the text, in order: true where it ends a block, false where the sentence may go on.
pub(super) fn breaks(text: &str) -> Vec<bool> {
    if !text.contains('\n') {
        return Vec::new();
    }
    let lines: Vec<&str> = text.split('\n').map(|line| line.trim_matches(is_hidden)).collect();
    let widths = paragraph_widths(&lines);
    lines.windows(2).zip(widths).map(|(pair, width)| ends_block(pair[0], pair[1], width)).collect()
}

/// For each line the characters of the longest line of its paragraph.
fn paragraph_widths(lines: &[&str]) -> Vec<usize> {
    let mut widths = Vec::with_capacity(lines.len());
    for paragraph in lines.split_inclusive(|line| line.is_empty()) {
        let width = paragraph.iter().map(|line| length(line)).max().unwrap_or(0);
        widths.extend(paragraph.iter().map(|_| width));
    }
    widths
}

fn ends_block(line: &str, next: &str, width: usize) -> bool {
    if is_blank(line) || is_blank(next) || starts_item(next) {
        return true;
    }
    let first_word = next.split_whitespace().next().unwrap_or("");
    let filled = length(line);
    let room = filled + 1 + length(first_word) <= width.clamp(NARROWEST, WIDEST);
    let long = filled > WIDEST && filled < PAGE_WRAP;
    if !room && !long {
        return false;
    }
    let opens_list = line.ends_with(':');
    let goes_on = line.ends_with([',', '-', '/', '&', '(']) || next.starts_with(|letter: char| letter.is_lowercase());
    opens_list || !goes_on
}

/// The characters of a line that take up room.
fn length(line: &str) -> usize {
    if line.is_ascii() {
        return line.len();
    }
    line.chars().filter(|letter| letter.is_whitespace() || !is_hidden(*letter)).count()
}

/// True where the line is the first of a list item: a bullet, a number, a letter or a box.
fn starts_item(line: &str) -> bool {
    let Some((marker, rest)) = line.split_once(char::is_whitespace) else { return false };
    let mut letters = marker.chars();
    if let (Some(only), None) = (letters.next(), letters.next()) {
        return is_bullet(only)
            || matches!(only, '-' | '*' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{b7}' | '\u{2192}' | '\u{a7}')
            || (matches!(only, 'o' | '+') && rest.starts_with(char::is_uppercase));
    }
    if matches!(marker, "[" | "[x]" | "[X]" | "[]" | "(o)") {
        return true;
    }
    let (body, bracketed) = match marker.strip_prefix('(') {
        Some(body) => (body, true),
        None => (marker, false),
    };
    let Some(body) = body.strip_suffix(')').or_else(|| body.strip_suffix('.').filter(|_| !bracketed)) else {
        return false;
    };
    is_number(body) || body.len() == 1 && body.starts_with(|letter: char| letter.is_ascii_alphabetic())
}

/// `3`, `3.1`, `iv`.
fn is_number(body: &str) -> bool {
    let is_part = |part: &str| part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    let digits = body.len() <= 6 && body.split('.').all(is_part);
    let roman = body.len() <= 5 && body.bytes().all(|byte| matches!(byte.to_ascii_lowercase(), b'i' | b'v' | b'x'));
    !body.is_empty() && (digits && body.as_bytes()[0].is_ascii_digit() || roman)
}

/// Signs that start a list item wherever blanks surround them.
pub(super) fn is_bullet(letter: char) -> bool {
    matches!(
        letter,
        '\u{2022}'
            | '\u{2023}'
            | '\u{2043}'
            | '\u{25aa}'
            | '\u{25ab}'
            | '\u{25a0}'
            | '\u{25a1}'
            | '\u{25cf}'
            | '\u{25cb}'
            | '\u{25e6}'
            | '\u{2610}'
            | '\u{2611}'
            | '\u{2612}'
            | '\u{2705}'
            | '\u{2713}'
            | '\u{2714}'
            | '\u{2717}'
            | '\u{2718}'
            | '\u{274c}'
            | '\u{f0b7}'
            | '\u{f0a7}'
    )
}

fn is_blank(line: &str) -> bool {
    line.is_empty() || line.len() < 64 && line.replace("&nbsp;", "").trim_matches(is_hidden).is_empty()
}

fn is_hidden(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' | '\u{ad}')
}
