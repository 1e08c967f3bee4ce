//! The names a brand goes by, and how they look in a text.

use std::sync::OnceLock;

use crate::registration::Registration;
use crate::text::Folded;

/// Words that end a company's legal name without being part of what people call it.
fn suffixes() -> &'static [&'static str] {
    static WORDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let list = include_str!("../../rules/registry/company-suffixes.txt");
        list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
    })
}

/// The names in the registration that recipients may know the brand by: as written, most familiar first.
pub fn names(registration: &Registration) -> Vec<String> {
    let mut names = Vec::new();
    for field in ["brand.display_name", "brand.legal_name"] {
        let text = registration.text(field);
        for part in split_dba(text) {
            if !part.is_empty() && !names.contains(&part) {
                names.push(part);
            }
        }
    }
    let person = format!("{} {}", registration.text("brand.first_name"), registration.text("brand.last_name"));
    if person.trim().contains(' ') {
        names.push(person);
    }
    names
}

/// What to call the brand in a sentence: the display name, else the legal name without its suffix.
pub fn familiar(registration: &Registration) -> Option<String> {
    let name = names(registration).into_iter().next()?;
    if registration.text("brand.display_name").is_empty() { Some(without_suffix(&name)) } else { Some(name) }
}

fn split_dba(text: &str) -> Vec<String> {
    let folded = text.to_ascii_lowercase();
    for separator in [" d/b/a ", " dba ", " doing business as ", " t/a ", " aka "] {
        if let Some(at) = folded.find(separator) {
            return vec![text[..at].trim().to_owned(), text[at + separator.len()..].trim().to_owned()];
        }
    }
    vec![text.trim().to_owned()]
}

/// The name without `LLC`, `Inc.`, `P.A.` and their kin at its end.
pub fn without_suffix(name: &str) -> String {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    while words.len() > 1 && words.last().is_some_and(|word| is_suffix(word)) {
        words.pop();
    }
    words.join(" ").trim_end_matches([',', ' ', '-']).to_owned()
}

/// True for a company suffix, however it is punctuated.
pub fn is_suffix(word: &str) -> bool {
    let bare: String = word.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    suffixes().contains(&bare.as_str())
}

/// A regular expression over folded text for every form of the brand's names; none where it has no name.
pub fn pattern(registration: &Registration) -> Option<String> {
    let forms: Vec<String> = names(registration).iter().flat_map(|name| forms(name)).collect();
    (!forms.is_empty()).then(|| format!("(?:{})(?:'?s)?", forms.join("|")))
}

/// The forms of one name: words joined by any punctuation, or squashed together; `and` for `&`.
fn forms(name: &str) -> Vec<String> {
    let folded = Folded::new(&without_suffix(name)).text().to_owned();
    let words: Vec<String> = folded
        .split(|c: char| c.is_whitespace() || ",-_/()\"".contains(c))
        .map(|word| word.trim_matches('.').to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    let words = if words.len() > 2 && words[0] == "the" { &words[1..] } else { &words[..] };
    if words.concat().chars().filter(char::is_ascii_alphanumeric).count() < 2 {
        return Vec::new();
    }
    let parts: Vec<String> = words.iter().map(|word| word_pattern(word)).collect();
    vec![parts.join(r"[\s.,'_/&-]{0,3}")]
}

fn word_pattern(word: &str) -> String {
    if matches!(word, "&" | "and" | "+") {
        return "(?:and|&|\\+|n)?".to_owned();
    }
    let mut out = String::new();
    for c in word.chars() {
        match c {
            '\'' => out.push_str("'?"),
            '&' => out.push_str("(?: ?& ?| ?and ?)"),
            '.' => out.push_str(r"\.?"),
            _ => out.push_str(&regex::escape(&c.to_string())),
        }
    }
    out
}
