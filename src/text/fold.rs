//! Folding: one plain form of a text for every pattern, with the way back.
//!
//! In the folded text a blank is `' '`, and the end of a block (paragraph, heading, list item) is `"\n\n"`; a line break inside
//! a paragraph is a blank like any other. Bullets are `"- "`. Folding a folded text changes nothing.

mod letter;
mod line;
mod offset;

use std::ops::Range;

use letter::Letters;
use offset::OffsetMap;

/// A text in lower case with straight quotes and dashes, single blanks and no hidden characters, and the map back to the original.
#[derive(Debug, Clone)]
pub struct Folded {
    text: String,
    map: OffsetMap,
}

/// White space that is not yet written, because what follows decides about it.
#[derive(Debug, Clone)]
struct Gap {
    original: Range<usize>,
    block: bool,
}

impl Folded {
    /// Folds a text.
    pub fn new(original: &str) -> Self {
        let mut folding = Folding::new(original.len());
        let mut breaks = line::breaks(original).into_iter();
        let bytes = original.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let plain = bytes[at..].iter().position(|&byte| !is_plain(byte)).unwrap_or(bytes.len() - at);
            if plain > 0 {
                folding.plain(&original[at..at + plain], at);
                at += plain;
                continue;
            }
            let Some(letter) = original[at..].chars().next() else { break };
            let range = at..at + letter.len_utf8();
            at = range.end;
            match letter {
                '\n' => folding.blank(range, breaks.next().unwrap_or(false)),
                ';' => folding.semicolon(range),
                '\u{2029}' | '\u{c}' => folding.blank(range, true),
                _ if letter.is_whitespace() => folding.blank(range, false),
                _ => folding.letter(letter, range),
            }
        }
        folding.finish()
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte range of the original text that a byte range of the folded text came from.
    ///
    /// It covers exactly the characters that the folded ones stand for. A range that cuts a character is widened to it, and one
    /// beyond the end is cut.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let mut start = range.start.min(self.text.len());
        let mut end = range.end.clamp(start, self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        self.map.original(start..end)
    }
}

/// Bytes that fold to themselves in lower case, whatever stands around them.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_graphic() && byte != b'`' && byte != b';'
}

/// A folded text that is being written.
struct Folding {
    text: String,
    map: OffsetMap,
    gap: Option<Gap>,
}

impl Folding {
    fn new(capacity: usize) -> Self {
        Self { text: String::with_capacity(capacity), map: OffsetMap::default(), gap: None }
    }

    fn plain(&mut self, letters: &str, at: usize) {
        self.close_gap();
        self.map.same(self.text.len(), at);
        let start = self.text.len();
        self.text.push_str(letters);
        self.text[start..].make_ascii_lowercase();
    }

    fn blank(&mut self, original: Range<usize>, block: bool) {
        match &mut self.gap {
            Some(gap) => {
                gap.original.end = original.end;
                gap.block |= block;
            }
            None => self.gap = Some(Gap { original, block }),
        }
    }

    fn letter(&mut self, letter: char, original: Range<usize>) {
        let folded = Letters::of(letter);
        for letter in folded.as_str().chars() {
            if letter.is_whitespace() {
                self.blank(original.clone(), false);
                continue;
            }
            self.close_gap();
            if !self.compose(letter, &original) {
                self.write(letter.encode_utf8(&mut [0; 4]), original.clone());
            }
        }
    }

    /// Joins an accent that follows its letter as a character of its own.
    fn compose(&mut self, mark: char, original: &Range<usize>) -> bool {
        if mark.is_ascii() || !unicode_normalization::char::is_combining_mark(mark) {
            return false;
        }
        let Some(last) = self.text.chars().next_back().filter(|last| last.is_alphabetic()) else { return false };
        let Some(joined) = unicode_normalization::char::compose(last, mark) else { return false };
        let start = self.text.len() - last.len_utf8();
        let came_from = self.map.original(start..self.text.len());
        self.cut(start);
        let mut buffer = [0; 4];
        self.write(joined.encode_utf8(&mut buffer), came_from.start..original.end);
        true
    }

    /// Writes a `;`, and where it ends an HTML entity writes the entity's character instead.
    fn semicolon(&mut self, original: Range<usize>) {
        let entity = if self.gap.is_none() { letter::entity_at_end(&self.text) } else { None };
        let Some((start, letter)) = entity else {
            self.close_gap();
            return self.write(";", original);
        };
        let came_from = self.map.original(start..self.text.len()).start..original.end;
        self.cut(start);
        if let Some(gap) = self.reopen_gap() {
            self.gap = Some(gap);
        }
        if letter.is_whitespace() { self.blank(came_from, false) } else { self.letter(letter, came_from) }
    }

    /// Takes white space at the end of what is written back into a gap.
    fn reopen_gap(&mut self) -> Option<Gap> {
        let end = self.text.trim_end().len();
        if end == self.text.len() {
            return None;
        }
        let gap = Gap { original: self.map.original(end..self.text.len()), block: self.text[end..].contains('\n') };
        self.cut(end);
        Some(gap)
    }

    /// Writes the white space that is due before the next character.
    fn close_gap(&mut self) {
        let Some(gap) = self.gap.take() else { return };
        self.bullet();
        if self.text.is_empty() {
            return;
        }
        if gap.block {
            self.write("\n\n", gap.original);
        } else {
            self.write(" ", gap.original);
        }
    }

    /// Turns a bullet that ends what is written into a list item of its own.
    fn bullet(&mut self) {
        let Some(last) = self.text.chars().next_back().filter(|&last| line::is_bullet(last)) else { return };
        let start = self.text.len() - last.len_utf8();
        if !self.text[..start].is_empty() && !self.text[..start].ends_with([' ', '\n']) {
            return;
        }
        let came_from = self.map.original(start..self.text.len());
        self.cut(start);
        if let Some(gap) = self.reopen_gap().filter(|_| !self.text.is_empty()) {
            self.write("\n\n", gap.original);
        }
        self.write("-", came_from);
    }

    fn write(&mut self, folded: &str, original: Range<usize>) {
        if folded.len() == original.len() && (folded.len() == 1 || folded.chars().count() == 1) {
            self.map.same(self.text.len(), original.start);
        } else {
            self.map.atom(self.text.len(), original);
        }
        self.text.push_str(folded);
    }

    fn cut(&mut self, end: usize) {
        self.text.truncate(end);
        self.map.truncate(end);
    }

    fn finish(mut self) -> Folded {
        self.map.finish(self.text.len());
        Folded { text: self.text, map: self.map }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn fold(text: &str) -> String {
        Folded::new(text).text().to_owned()
    }

    #[test]
    fn folds_letters_quotes_dashes_and_blanks() {
        for (text, expected) in [
            ("Reply STOP", "reply stop"),
            ("  two   blanks\tand a tab ", "two blanks and a tab"),
            ("don\u{2019}t \u{201c}quote\u{201d} `me`", "don't \"quote\" 'me'"),
            ("opt\u{2011}in, opt\u{2013}in, opt\u{2014}in, opt\u{ad}in", "opt-in, opt-in, opt-in, optin"),
            ("no\u{a0}break\u{2003}space", "no break space"),
            ("S\u{200b}T\u{200d}O\u{feff}P\u{202e}", "stop"),
            ("\u{ff33}\u{ff34}\u{ff2f}\u{ff30} \u{1d412}", "stop s"),
            ("e\u{301}xito = \u{e9}XITO", "\u{e9}xito = \u{e9}xito"),
            ("a\0b\u{1b}[0m", "ab[0m"),
            ("caf\u{c9} \u{130}", "caf\u{e9} i\u{307}"),
            ("Acme\u{2122} \u{ae}", "acme"),
        ] {
            assert_eq!(fold(text), expected, "{text:?}");
        }
    }

    #[test]
    fn decodes_entities_that_stand_in_the_text() {
        for (text, expected) in [
            ("Msg &amp; data", "msg & data"),
            ("Msg &amp;amp; data", "msg & data"),
            ("Let&apos;s, let&#39;s, let&#x27;s, let&amp;#39;s", "let's, let's, let's, let's"),
            ("a&nbsp;&nbsp; b &nbsp;c&nbsp;", "a b c"),
            ("&ldquo;yes&rdquo; &ndash; no", "\"yes\" - no"),
            ("AT&T; R&D;", "at&t; r&d;"),
            ("&#0;&#xD800;&#99999999999;x", "&#xd800;&#99999999999;x"),
        ] {
            assert_eq!(fold(text), expected, "{text:?}");
        }
    }

    #[test]
    fn keeps_blocks_and_joins_wrapped_lines() {
        for (text, expected) in [
            ("we do not share\nyour number", "we do not share your number"),
            ("One.\n\n \n Two.", "one.\n\ntwo."),
            (
                "We may share with:\n- Partners\n* Affiliates\n1. Us\na) You",
                "we may share with:\n\n- partners\n\n* affiliates\n\n1. us\n\na) you",
            ),
            ("We collect: \u{2022} Names \u{2022} Numbers", "we collect:\n\n- names\n\n- numbers"),
            (
                "How We Share\nWe do not share your mobile number with anybody at all.",
                "how we share\n\nwe do not share your mobile number with anybody at all.",
            ),
            (
                "We will not share your mobile number with any company, not even with\nAcme Partners or anyone else.",
                "we will not share your mobile number with any company, not even with acme partners or anyone else.",
            ),
            (
                "Text the word MOVE to the number +1 402 391\n5580. It is painted on each of our trucks.",
                "text the word move to the number +1 402 391 5580. it is painted on each of our trucks.",
            ),
            (
                "Reply HELP for help or STOP to opt out. Standard Msg\n+ data rates may apply.",
                "reply help for help or stop to opt out. standard msg + data rates may apply.",
            ),
            ("We do:\n\u{2212} Haircuts\n+ Shaves", "we do:\n\n- haircuts\n\n+ shaves"),
            (
                "\u{201c}I agree to get texts about \u{2014} and before \u{2014} every visit from\n\u{c9}mile Salon, which may be often or seldom, as it comes.\u{201d}",
                "\"i agree to get texts about - and before - every visit from \u{e9}mile salon, which may be often or seldom, as it comes.\"",
            ),
            ("\r\nFirst\r\n\r\nSecond\r\n", "first\n\nsecond"),
        ] {
            assert_eq!(fold(text), expected, "{text:?}");
        }
    }

    #[test]
    fn finds_the_way_back() {
        for (text, folded, original) in [
            ("Msg &amp; Data", "& data", "&amp; Data"),
            ("don\u{2019}t share", "don't", "don\u{2019}t"),
            ("never   share", "never share", "never   share"),
            ("never\n  share x", "share", "share"),
            ("S\u{200b}TOP now", "stop", "S\u{200b}TOP"),
            ("1\u{2026} two", "...", "\u{2026}"),
            ("\u{fb01}nd us", "nd", "nd"),
        ] {
            let fold = Folded::new(text);
            let start = fold.text().find(folded).unwrap();
            assert_eq!(&text[fold.original(start..start + folded.len())], original, "{text:?}");
        }
    }
}
