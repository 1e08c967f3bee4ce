use unicode_normalization::UnicodeNormalization;

/// What one character folds to: nothing, one character or a few.
pub(super) struct Letters(String);

impl Letters {
    /// Folds one character.
    pub(super) fn of(letter: char) -> Self {
        if let Some(plain) = plain(letter) {
            return Self(plain.to_owned());
        }
        let mut folded = String::with_capacity(letter.len_utf8());
        for part in std::iter::once(letter).nfkc() {
            for lower in part.to_lowercase() {
                match plain(lower) {
                    Some(plain) => folded.push_str(plain),
                    None => folded.push(lower),
                }
            }
        }
        Self(folded)
    }

    /// The characters it folds to.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The plain form of a quote, dash, blank or hidden character.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        '`'
        | '\u{b4}'
        | '\u{2018}'..='\u{201b}'
        | '\u{2032}'
        | '\u{2035}'
        | '\u{2b9}'
        | '\u{2bb}'..='\u{2bd}'
        | '\u{2039}'
        | '\u{203a}' => "'",
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{2036}' | '\u{ab}' | '\u{bb}' => "\"",
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' | '\u{fe58}' | '\u{fe63}' | '\u{2e3a}' | '\u{2e3b}' => "-",
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}' => "",
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' => "",
        '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}' => "",
        '\u{ae}' | '\u{2120}' | '\u{2122}' => "",
        '\u{a8}' | '\u{af}' | '\u{b8}' | '\u{2d8}'..='\u{2dd}' => " ",
        _ if letter.is_whitespace() => " ",
        _ if letter.is_control() => "",
        _ => return None,
    })
}

/// The longest entity that is looked for, in bytes without its semicolon.
const LONGEST_ENTITY: usize = 9;

/// Where the HTML entity begins that a semicolon after this folded text would complete, and the character it stands for.
pub(super) fn entity_at_end(folded: &str) -> Option<(usize, char)> {
    let from = folded.len().saturating_sub(LONGEST_ENTITY);
    let start = from + folded.as_bytes()[from..].iter().rposition(|&byte| byte == b'&')?;
    let name = &folded[start + 1..];
    let letter = match name.strip_prefix('#') {
        Some(number) => numbered(number)?,
        None => named(name)?,
    };
    Some((start, letter))
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix('x') {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code)
}

fn named(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" | "ldquo" | "rdquo" | "bdquo" | "laquo" | "raquo" => '"',
        "apos" | "lsquo" | "rsquo" | "sbquo" | "prime" => '\'',
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "ndash" | "mdash" | "minus" => '-',
        "hellip" => '\u{2026}',
        "bull" => '\u{2022}',
        "middot" => '\u{b7}',
        "shy" | "zwj" | "zwnj" | "reg" | "trade" => '\u{ad}',
        "copy" => '\u{a9}',
        "aacute" => 'á',
        "eacute" => 'é',
        "iacute" => 'í',
        "oacute" => 'ó',
        "uacute" => 'ú',
        "ntilde" => 'ñ',
        "uuml" => 'ü',
        "iexcl" => '¡',
        "iquest" => '¿',
        _ => return None,
    })
}
