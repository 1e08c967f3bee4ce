use std::ops::Range;

use super::wording::Wording;

/// The sentences of one block of a folded text; no blanks lie inside the ends of a range.
pub(super) fn split(text: &str, block: &Range<usize>, wording: &Wording) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = block.start;
    let bytes = text.as_bytes();
    let mut at = block.start;
    while at < block.end {
        if !matches!(bytes[at], b'.' | b'!' | b'?') {
            at += 1;
            continue;
        }
        let mut end = at;
        while end < block.end && matches!(bytes[end], b'.' | b'!' | b'?') {
            end += 1;
        }
        let marks = &text[at..end];
        while end < block.end && matches!(bytes[end], b'"' | b'\'' | b')' | b']' | b'*' | b'_') {
            end += 1;
        }
        if ends_sentence(&text[start..at], marks, &text[end..block.end], wording) {
            push(text, start..end, &mut sentences);
            start = end;
        }
        at = end;
    }
    push(text, start..block.end, &mut sentences);
    sentences
}

fn push(text: &str, range: Range<usize>, sentences: &mut Vec<Range<usize>>) {
    let body = &text[range.clone()];
    let start = range.start + (body.len() - body.trim_start().len());
    let end = start + body.trim().len();
    if start < end {
        sentences.push(start..end);
    }
}

fn ends_sentence(before: &str, marks: &str, after: &str, wording: &Wording) -> bool {
    if after.is_empty() {
        return true;
    }
    let sets = wording.sets();
    let word = before.rsplit([' ', '(', '"']).next().unwrap_or("");
    let next = first_word(after);
    if !after.starts_with(' ') {
        let glued = marks == "." && word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        let rest = after.get(next.len()..).unwrap_or("");
        return glued && sets.subjects.contains(next) && rest.starts_with(' ')
            || glued && next == "our" && rest.starts_with(' ');
    }
    match marks {
        "." => {}
        _ if marks.starts_with("..") => return false,
        _ => return true,
    }
    if before.trim_start_matches(['-', '*', ' ']).len() == word.len() && is_item_number(word) {
        return false;
    }
    let numbered = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    if numbered && before[..before.len() - word.len()].trim_end().ends_with([':', ';', ',']) {
        return false;
    }
    if sets.numbering.contains(word) {
        return !next.starts_with(|letter: char| letter.is_ascii_digit())
            && !after.trim_start().starts_with('#')
            && (word == "no" || sets.starters.contains(next));
    }
    let initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic) || dotted(word);
    if sets.openers.contains(word) {
        return false;
    }
    if initial || sets.abbreviations.contains(word) {
        return sets.starters.contains(next);
    }
    true
}

/// `u.s`, `j.r`: single letters with full stops between.
fn dotted(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.chars().count() == 1)
}

fn is_item_number(word: &str) -> bool {
    let word = word.trim_start_matches('(');
    !word.is_empty() && word.len() <= 6 && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        || word.len() == 1
        || !word.is_empty() && word.len() <= 5 && word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'))
}

fn first_word(text: &str) -> &str {
    let text = text.trim_start_matches([' ', '"', '\'', '(', '[']);
    text.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or("")
}
