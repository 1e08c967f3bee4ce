//! Text of strangers made fit for a terminal: what would move the cursor, hide or turn words is shown as what it is.

/// Adds a character as a reader may see it: control and direction characters by name, tabs as blanks.
pub fn push(out: &mut String, character: char) {
    match character {
        '\t' => out.push_str("    "),
        '\u{0}'..='\u{1f}' => out.push(picture(u32::from(character))),
        '\u{7f}' => out.push('\u{2421}'),
        '\u{ad}' => {}
        _ if is_hidden(character) => out.push_str(&format!("<U+{:04X}>", u32::from(character))),
        _ => out.push(character),
    }
}

/// The text with every line break kept and everything else fit to be shown.
pub fn lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.replace("\r\n", "\n").chars() {
        if character == '\n' { out.push('\n') } else { push(&mut out, character) }
    }
    out
}

/// The text on one line: line breaks and runs of white space become one blank.
pub fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_ascii_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        word.chars().for_each(|character| push(&mut out, character));
    }
    out
}

/// The text on one line, cut after `most` characters.
pub fn short(text: &str, most: usize) -> String {
    let line = line(text);
    if line.chars().count() <= most {
        return line;
    }
    let mut cut: String = line.chars().take(most.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

/// The control picture of a C0 character.
fn picture(code: u32) -> char {
    char::from_u32(0x2400 + code).unwrap_or('\u{fffd}')
}

/// C1 controls, direction marks, invisible blanks and tags; not the joiners that scripts and emoji need.
fn is_hidden(character: char) -> bool {
    matches!(character,
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'
        | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_act_on_a_terminal_is_shown() {
        for (given, shown) in [
            ("a\u{1b}[31mred", "a␛[31mred"),
            ("bell\u{7}", "bell␇"),
            ("\u{9b}2J", "<U+009B>2J"),
            ("a\u{202e}b", "a<U+202E>b"),
            ("soft\u{ad}hyphen", "softhyphen"),
            ("two\r\nlines\t!", "two lines !"),
            ("👩\u{200d}⚕️ é 日本", "👩\u{200d}⚕️ é 日本"),
        ] {
            assert_eq!(line(given), shown);
        }
        assert_eq!(lines("a\r\nb\rc"), "a\nb␍c");
        assert_eq!(short("abcdef", 4), "abc…");
    }
}
