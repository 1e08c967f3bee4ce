//! What the inline scripts of a page tell people who leave a box unticked.

use scraper::node::Element;

use super::survey::Spot;

/// The longest script that is looked at, in bytes.
const LONGEST: usize = 100_000;
/// The fewest and the most bytes of a sentence.
const SENTENCE: std::ops::RangeInclusive<usize> = 12..=300;
/// The most sentences that are kept of a page.
const MOST: usize = 100;

/// What the scripts of a page do about boxes.
#[derive(Debug, Clone, Default)]
pub(super) struct Scripts {
    /// Sentences in scripts that look whether a box is ticked.
    pub messages: Vec<String>,
    /// A button stays off until a box is ticked.
    pub waits_for_tick: bool,
}

impl Scripts {
    /// Looks at a script, or at the handlers of an element.
    pub(super) fn note(&mut self, spot: Spot<'_>, element: &Element) {
        if element.name() == "script" && element.attr("src").is_none() {
            for text in spot.children().filter_map(|child| child.value().as_text()) {
                self.read(text);
            }
        }
        for (name, value) in element.attrs().filter(|(name, _)| name.starts_with("on")) {
            if matches!(name, "onsubmit" | "onclick" | "onchange") {
                self.read(value);
            }
        }
    }

    fn read(&mut self, script: &str) {
        if script.len() > LONGEST || !script.contains("checked") {
            return;
        }
        let room = MOST.saturating_sub(self.messages.len());
        self.messages.extend(sentences(script).into_iter().take(room));
        let code: String = script.chars().filter(|c| !c.is_whitespace()).collect();
        self.waits_for_tick |= code.match_indices("disabled=!").any(|(at, found)| {
            let rest = &code[at + found.len()..];
            rest.split([';', '}', ',']).next().is_some_and(|value| value.ends_with(".checked"))
        });
    }
}

/// The string literals of a script that read like sentences.
fn sentences(script: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = script;
    while let Some(at) = rest.find(['"', '\'', '`', '/']) {
        let opening = &rest[at..];
        if let Some(after) = comment(opening) {
            rest = after;
            continue;
        }
        rest = &opening[1..];
        if opening.starts_with('/') {
            continue;
        }
        let (text, after) = literal(rest, opening.chars().next().unwrap_or('"'));
        rest = after;
        if SENTENCE.contains(&text.len()) && text.split_whitespace().count() >= 3 && !text.contains(['<', '{']) {
            found.push(text);
        }
    }
    found
}

/// What follows a comment, if one begins here.
fn comment(text: &str) -> Option<&str> {
    let (open, close) = if text.starts_with("//") { (2, "\n") } else { (2, "*/") };
    let is_comment = text.starts_with("//") || text.starts_with("/*");
    is_comment.then(|| text[open..].find(close).map_or("", |end| &text[open + end + close.len()..]))
}

/// The text up to the closing quote, and what follows it; a plain quote ends with its line.
fn literal(text: &str, quote: char) -> (String, &str) {
    let mut read = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => read.extend(letters.next().map(|(_, escaped)| if escaped == 'n' { ' ' } else { escaped })),
            '\n' if quote != '`' => return (String::new(), &text[at + 1..]),
            letter if letter == quote => return (read, &text[at + letter.len_utf8()..]),
            letter => read.push(letter),
        }
    }
    (String::new(), "")
}

#[cfg(test)]
mod tests {
    use crate::page::tests::read;

    #[test]
    fn sentences_of_scripts_that_look_at_boxes() {
        let page = read(
            "<script>// don't\nif(!b.checked){alert(\"Please accept the texts.\\nWe can\\'t go on\");x('short');y('http://a.example/b c d')}</script>
             <script>var other = 'This script looks at no box';</script><script src=x>if(a.checked) 'You must not read this'</script>
             <form onsubmit=\"if(!this.sms.checked){alert('Tick the box for texts first');return false}\"></form>",
        );
        let wanted =
            ["Please accept the texts. We can't go on", "http://a.example/b c d", "Tick the box for texts first"];
        assert_eq!(page.script_messages.map(|messages| messages.text), Some(wanted.join("\n")));
        assert!(!page.waits_for_tick);
    }

    #[test]
    fn buttons_that_wait_for_a_tick() {
        for (script, waits) in [
            ("box.onchange = () => { send.disabled = !box.checked; }", true),
            ("go.disabled=!document.getElementById('sms').checked", true),
            ("go.disabled = !valid; box.checked = false;", false),
            ("if (box.checked) { go.disabled = true; }", false),
        ] {
            assert_eq!(read(&format!("<script>{script}</script>")).waits_for_tick, waits, "{script}");
        }
    }

    #[test]
    fn broken_scripts_are_read() {
        for script in [
            "checked '",
            "checked \"\\",
            "checked `é",
            "checked /* '",
            "checked //",
            "checked '\\é' \"x y z é long enough\"",
        ] {
            read(&format!("<script>{script}</script>"));
        }
    }
}
