//! Rewriting of texts that leaves what they say as it is.

/// A way to rewrite a text, with its name.
pub type Rewrite = (&'static str, fn(&str) -> String);

/// True for a word that is a web or e-mail address, which has letters that matter.
pub fn is_address(word: &str) -> bool {
    word.contains("://") || word.contains('@') || word.contains(".example")
}

/// Applies `rewrite` to every stretch of a text between addresses.
fn outside_addresses(text: &str, rewrite: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for word in text.split_inclusive(' ') {
        if is_address(word) {
            out += &rewrite(&std::mem::take(&mut run));
            out += word;
        } else {
            run += word;
        }
    }
    out + &rewrite(&run)
}

fn title(text: &str) -> String {
    let mut starts = true;
    let letters = text.chars().map(|letter| {
        let first = std::mem::replace(&mut starts, !(letter.is_alphanumeric() || letter == '\''));
        if first { letter.to_uppercase().collect::<String>() } else { letter.to_string() }
    });
    letters.collect()
}

/// Straight double quotes as pairs of others.
fn quoted(text: &str, open: &str, close: &str, apostrophe: &str) -> String {
    let mut opens = true;
    let text: String = text
        .chars()
        .map(|letter| match letter {
            '"' => {
                opens = !opens;
                if opens { close.to_owned() } else { open.to_owned() }
            }
            '\'' => apostrophe.to_owned(),
            letter => letter.to_string(),
        })
        .collect();
    text
}

fn inside_words(text: &str, between: &str) -> String {
    outside_addresses(text, |text| {
        let parts = text.split(' ').map(|word| match word.char_indices().nth(2) {
            Some((at, _)) if word.chars().all(char::is_alphabetic) => {
                format!("{}{between}{}", &word[..at], &word[at..])
            }
            _ => word.to_owned(),
        });
        parts.collect::<Vec<_>>().join(" ")
    })
}

/// False before the full stop of `Dr.` and `freq.`.
fn ends_sentence(before: &str) -> bool {
    let word = before.rsplit(' ').next().unwrap_or_default();
    word.len() > 2 && !["freq", "Max", "Std"].contains(&word)
}

/// The sentences of a text; what stands in quotes stays together.
pub fn sentences(text: &str) -> Vec<String> {
    let mut sentences = vec![String::new()];
    let mut quoted = false;
    let mut ended = false;
    for letter in text.chars() {
        if ended && letter == ' ' && !quoted {
            sentences.push(String::new());
            ended = false;
            continue;
        }
        quoted ^= letter == '"';
        let sentence = sentences.last_mut().unwrap();
        ended = letter == '.' && ends_sentence(sentence) || ended && letter == '"';
        sentence.push(letter);
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// Ways to write the same words.
pub const REWRITES: &[Rewrite] = &[
    ("title case", |text| outside_addresses(text, title)),
    ("curly quotes", |text| quoted(text, "\u{201c}", "\u{201d}", "\u{2019}")),
    ("low and angled quotes", |text| quoted(text, "\u{ab}", "\u{bb}", "\u{2018}")),
    ("accents for apostrophes", |text| quoted(text, "\u{201e}", "\u{201c}", "\u{b4}")),
    ("hyphens", |text| outside_addresses(text, |text| text.replace('-', "\u{2010}"))),
    ("non-breaking hyphens", |text| outside_addresses(text, |text| text.replace('-', "\u{2011}"))),
    ("figure dashes", |text| outside_addresses(text, |text| text.replace('-', "\u{2012}"))),
    ("en dashes", |text| outside_addresses(text, |text| text.replace('-', "\u{2013}"))),
    ("em dashes", |text| outside_addresses(text, |text| text.replace('-', "\u{2014}"))),
    ("minus signs", |text| outside_addresses(text, |text| text.replace('-', "\u{2212}"))),
    ("small and wide hyphens", |text| outside_addresses(text, |text| text.replace('-', "\u{fe63}"))),
    ("non-breaking blanks", |text| text.replace(' ', "\u{a0}")),
    ("thin blanks", |text| text.replace(' ', "\u{202f}")),
    ("em blanks", |text| text.replace(' ', "\u{2003}")),
    ("two blanks", |text| text.replace(' ', "  ")),
    ("tabs", |text| text.replace(' ', " \t ")),
    ("zero-width blanks at words", |text| text.replace(' ', " \u{200b}")),
    ("byte order marks at words", |text| text.replace(' ', " \u{feff}")),
    ("text marks at the ends", |text| format!("\u{200e}{text}\u{200f}\u{2060}")),
];

/// Ways to hide signs inside words: the same to a reader, but suspect in a sample message.
pub const HIDDEN: &[Rewrite] = &[
    ("zero-width blanks in words", |text| inside_words(text, "\u{200b}")),
    ("zero-width joiners in words", |text| inside_words(text, "\u{200d}")),
    ("soft hyphens in words", |text| inside_words(text, "\u{ad}")),
    ("capitals", |text| outside_addresses(text, str::to_uppercase)),
];

/// Ways to set out the sentences of a message flow.
pub const LAYOUTS: &[Rewrite] = &[
    ("a paragraph a sentence", |text| sentences(text).join("\n\n")),
    ("a line a sentence", |text| sentences(text).join("\n")),
    ("dashes", |text| format!("- {}", sentences(text).join("\n- "))),
    ("bullets", |text| format!("\u{2022} {}", sentences(text).join("\n\u{2022} "))),
    ("bullets in one line", |text| format!("\u{2022} {}", sentences(text).join(" \u{2022} "))),
    ("numbers", |text| {
        let numbered = sentences(text).into_iter().enumerate();
        numbered.map(|(at, sentence)| format!("{}. {sentence}", at + 1)).collect::<Vec<_>>().join("\n")
    }),
    ("numbers in brackets", |text| {
        let numbered = sentences(text).into_iter().enumerate();
        numbered.map(|(at, sentence)| format!("{}) {sentence}", at + 1)).collect::<Vec<_>>().join("\n")
    }),
    ("lines inside the quotation", |text| {
        let mut parts = text.split(". ");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |text, part| {
            let between = if ends_sentence(&text) { ".\n" } else { ". " };
            format!("{text}{between}{part}")
        })
    }),
];
