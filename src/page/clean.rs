//! Characters: which are seen, and text without the others.

use super::visible::{HARD, SOFT};

/// True for characters that a visitor cannot see: controls, bidirectional overrides, zero-width and other ignorable ones.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}')
        || matches!(c, '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}')
        || matches!(c, '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// White space collapsed, hidden characters left out, at most `limit` bytes.
pub(super) fn collapse(raw: &str, limit: usize) -> String {
    let mut text = String::new();
    let mut blank = false;
    for c in raw.chars().filter(|&c| c.is_whitespace() || !is_hidden(c)) {
        if c.is_whitespace() {
            blank = !text.is_empty();
            continue;
        }
        if text.len() + c.len_utf8() + usize::from(blank) > limit {
            break;
        }
        if std::mem::take(&mut blank) {
            text.push(' ');
        }
        text.push(c);
    }
    text
}

/// A text file: its own lines, without hidden characters and with long lines broken.
pub(super) fn plain(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut line = 0;
    let raw = raw.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    for c in raw.chars().filter(|&c| c.is_whitespace() || !is_hidden(c)) {
        match c {
            '\n' => {
                text.push('\n');
                line = text.len();
            }
            c if c.is_whitespace() || text.len() - line > SOFT + HARD => {
                text.push(' ');
                if text.len() - line > SOFT {
                    text.push('\n');
                    line = text.len();
                }
                if !c.is_whitespace() {
                    text.push(c);
                }
            }
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_keeps_its_lines() {
        assert_eq!(plain("One\r\n\r\n\u{2022} two\u{200b}\tthree\r"), "One\n\n\u{2022} two three\n");
        let long = plain(&"word ".repeat(1_000));
        assert!(long.lines().all(|line| line.len() < 500));
        assert!(plain(&"x".repeat(9_000)).lines().all(|line| line.len() <= SOFT + HARD + 10));
    }
}
