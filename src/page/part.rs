//! Reading a part of a page; every place in the text stays where it was.

use std::ops::Range;

use super::Page;
use super::link::LinkPlace;
use crate::text::Passage;

/// A section with fewer words is only a mark: its text is elsewhere.
const SECTION: usize = 15;

impl Page {
    /// Leaves only the section that `#anchor` points to, if it has a text of its own.
    pub fn keep_section(&mut self, anchor: &str) {
        let Some(section) = self.section(anchor) else { return };
        let words = self.text.text.get(section.clone()).map_or(0, |text| text.split_whitespace().count());
        if words >= SECTION {
            let rest = [0..section.start, section.end..self.text.text.len()];
            self.blank(&rest);
            self.words = words;
        }
    }

    /// Leaves out the names of links to other pages in header, menu and footer: they say nothing of this page.
    pub fn drop_menu_links(&mut self) {
        let menu = |link: &super::Link| match link.place {
            LinkPlace::Header | LinkPlace::Menu | LinkPlace::Footer => true,
            LinkPlace::Body | LinkPlace::Form => self.is_in_row(&link.range),
        };
        let leads = |link: &&super::Link| {
            link.target.as_ref().is_some_and(|url| matches!(url.scheme(), "http" | "https") && url.path() != "/")
        };
        let links = self.links.iter().filter(|link| menu(link)).filter(leads);
        let ranges: Vec<Range<usize>> = links.map(|link| link.range.clone()).collect();
        self.blank(&ranges);
    }

    /// True where a bar or a dot parts the words from their neighbours, as in a row of links without further mark-up.
    fn is_in_row(&self, range: &Range<usize>) -> bool {
        let bar = |letter: char| matches!(letter, '|' | '\u{2022}' | '\u{b7}' | '\u{2023}' | '\u{ff5c}');
        let before = self.text.text.get(..range.start).unwrap_or_default();
        let after = self.text.text.get(range.end..).unwrap_or_default();
        before.trim_end_matches(' ').ends_with(bar) || after.trim_start_matches(' ').starts_with(bar)
    }

    /// Replaces parts of the text by white space of the same length.
    fn blank(&mut self, ranges: &[Range<usize>]) {
        let text = &self.text.text;
        let mut blanked = String::with_capacity(text.len());
        let mut at = 0;
        for range in ranges.iter().filter(|range| !range.is_empty()) {
            let (Some(before), Some(gone)) = (text.get(at..range.start), text.get(range.clone())) else { continue };
            blanked.push_str(before);
            blanked.extend(gone.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
            at = range.end;
        }
        if at > 0 {
            blanked.push_str(&text[at..]);
            self.text = Passage::verbatim(blanked, self.text.whole().source, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::page::tests::read;

    #[test]
    fn a_section_is_all_that_is_read() {
        let words = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen é fifteen";
        let mut page =
            read(&format!("<h2>Hello</h2><p>Réply STOP.</p><section id=privacy><p>{words}</p></section><p>End</p>"));
        let before = page.text.text.find("one");
        page.keep_section("privacy");
        assert_eq!((page.text.text.trim(), page.text.text.find("one")), (words, before));
        page.keep_section("nowhere");
        assert_eq!(page.text.text.trim(), words);
    }

    #[test]
    fn menu_links_are_no_words_of_the_page() {
        let mut page = read(
            "<nav><a href=/>Acme Dental</a> <a href=/sms-terms>SMS Terms</a></nav><p>See <a href=/sms>text updates</a>.</p>
             <p><a href=/npp>Notice</a> | <a href=/t>Text terms</a></p><footer><a href=/terms>Text terms</a> <a href=tel:5125550100>Call or text</a></footer>",
        );
        page.drop_menu_links();
        let text = page.text.text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(text, "Acme Dental See text updates. | Call or text");
    }
}
