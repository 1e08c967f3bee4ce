use std::ops::Range;

/// A word or mark of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word<'t> {
    pub text: &'t str,
    pub range: Range<usize>,
    pub kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters and digits, with apostrophes and hyphens inside.
    Letters,
    /// `,` or a dash between blanks.
    Comma,
    Semicolon,
    Colon,
    Open,
    Close,
    /// Any other mark: it ends a phrase.
    Other,
}

/// The words and marks of a byte range of a text. Quotation marks are left out.
pub(super) fn words<'t>(text: &'t str, range: &Range<usize>) -> Vec<Word<'t>> {
    let mut words = Vec::with_capacity(range.len() / 6);
    let mut at = range.start;
    while at < range.end {
        let Some(letter) = text[at..range.end].chars().next() else { break };
        if letter.is_alphanumeric() {
            let end = end_of_letters(text, at, range.end);
            words.push(Word { text: &text[at..end], range: at..end, kind: Kind::Letters });
            at = end;
            continue;
        }
        let end = at + letter.len_utf8();
        if let Some(kind) = mark(letter, &text[range.start..at], &text[end..range.end]) {
            words.push(Word { text: &text[at..end], range: at..end, kind });
        }
        at = end;
    }
    words
}

fn end_of_letters(text: &str, start: usize, limit: usize) -> usize {
    let mut end = start;
    let mut letters = text[start..limit].char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let inside = matches!(letter, '\'' | '-' | '_')
            && letters.peek().is_some_and(|&(_, next)| next.is_alphanumeric())
            && !splits(letter, &text[start + at + letter.len_utf8()..limit]);
        if !letter.is_alphanumeric() && !inside && !is_accent(letter) {
            break;
        }
        end = start + at + letter.len_utf8();
    }
    end
}

/// True where a dash without blanks stands between two clauses: `sold-but we may`.
fn splits(letter: char, rest: &str) -> bool {
    let next = rest.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or("");
    letter == '-' && matches!(next, "but" | "however" | "except" | "unless" | "although" | "we" | "excluding" | "nor")
}

fn is_accent(letter: char) -> bool {
    unicode_normalization::char::is_combining_mark(letter)
}

fn mark(letter: char, before: &str, after: &str) -> Option<Kind> {
    Some(match letter {
        ',' if after.starts_with(|next: char| next.is_ascii_digit()) => return None,
        ',' => Kind::Comma,
        '-' if after.starts_with([' ', '-']) && before.ends_with([' ', '-']) => Kind::Comma,
        '-' if after.starts_with(char::is_alphabetic) && before.ends_with(char::is_alphanumeric) => Kind::Comma,
        ';' => Kind::Semicolon,
        ':' if after.starts_with([' ', '"', '\'', '-']) || after.is_empty() => Kind::Colon,
        '(' | '[' => Kind::Open,
        ')' | ']' => Kind::Close,
        '"' | '\'' | ' ' | '*' | '_' | '-' => return None,
        _ => Kind::Other,
    })
}
