//! How many parts a text is sent in: GSM 03.38 septets or UCS-2 code units.

use crate::rule::check::{Answer, Hit, Inquiry};
use crate::rule::format::BuiltinCall;

/// The letters of the GSM 7-bit alphabet that take one septet.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Those that take two.
const EXTENDED: &str = "\u{c}^{}\\[~]|€";

/// The parts of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// How many messages it is sent as.
    pub count: usize,
    /// True where a letter beyond the 7-bit alphabet halves the room.
    pub wide: bool,
}

/// Counts the parts of a text. An extended letter or a surrogate pair is never cut in two.
pub fn count(text: &str) -> Parts {
    let sizes: Option<Vec<usize>> = text.chars().map(septets).collect();
    match sizes {
        Some(sizes) => Parts { count: fill(&sizes, 160, 153), wide: false },
        None => {
            let units: Vec<usize> = text.chars().map(char::len_utf16).collect();
            Parts { count: fill(&units, 70, 67), wide: true }
        }
    }
}

fn septets(letter: char) -> Option<usize> {
    if BASIC.contains(letter) { Some(1) } else { EXTENDED.contains(letter).then_some(2) }
}

/// How many parts letters of these sizes fill: one of `single`, or several of `part` each.
fn fill(sizes: &[usize], single: usize, part: usize) -> usize {
    if sizes.iter().sum::<usize>() <= single {
        return 1;
    }
    let mut parts = 1;
    let mut used = 0;
    for size in sizes {
        if used + size > part {
            parts += 1;
            used = 0;
        }
        used += size;
    }
    parts
}

/// The text with typographic signs replaced by plain ones.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{2032}' => out.push('\''),
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2033}' => out.push('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            '\u{2026}' => out.push_str("..."),
            '\u{2022}' | '\u{b7}' => out.push('-'),
            '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' => out.push(' '),
            '\u{200b}'..='\u{200d}' | '\u{feff}' => {}
            _ => out.push(letter),
        }
    }
    out
}

/// Texts that are sent in more than `most` parts, or (`kind: signs`) in more parts than plain quotes and dashes would need.
pub fn segments(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let signs = call.text("kind") == Some("signs");
    let mut hits = Vec::new();
    for (subject, passage) in inquiry.passages() {
        let text = passage.text.trim();
        let parts = count(text);
        let better = count(&plain(text));
        let fault = if signs {
            parts.wide && !better.wide && better.count < parts.count
        } else {
            parts.count as f64 > call.number("most").unwrap_or(1.0)
        };
        if fault {
            let hit = Hit::whole(subject, passage).found("parts", parts.count).found("better", better.count);
            hits.push(hit);
        }
    }
    Answer::fail(hits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_exact_at_the_edges() {
        let table = [
            ("a".repeat(160), 1, false),
            ("a".repeat(161), 2, false),
            ("a".repeat(306), 2, false),
            ("a".repeat(307), 3, false),
            ("[".repeat(80), 1, false),
            ("[".repeat(81), 2, false),
            (format!("{}[{}", "a".repeat(152), "a".repeat(153)), 3, false),
            ("\u{201c}".repeat(70), 1, true),
            ("\u{201c}".repeat(71), 2, true),
            ("\u{201c}".repeat(134), 2, true),
            ("\u{201c}".repeat(135), 3, true),
            ("\u{1f600}".repeat(35), 1, true),
            ("\u{1f600}".repeat(36), 2, true),
            (format!("{}{}", "\u{1f600}".repeat(33), "\u{1f600}".repeat(34)), 3, true),
            (String::new(), 1, false),
        ];
        for (text, parts, wide) in table {
            assert_eq!(count(&text), Parts { count: parts, wide }, "{} letters", text.chars().count());
        }
    }

    #[test]
    fn typographic_signs_have_plain_twins() {
        assert_eq!(plain("\u{201c}It\u{2019}s\u{a0}on\u{2026}\u{201d}"), "\"It's on...\"");
    }
}
