//! The words by which markup is recognised, from `rules/registry/markup.yaml`.

use std::sync::OnceLock;

use serde::Deserialize;

/// Lists of words, each told in the registry file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Markup {
    pub phone: Vec<String>,
    pub phone_not: Vec<String>,
    pub tel_not: Vec<String>,
    pub email: Vec<String>,
    pub date: Vec<String>,
    pub required_marks: Vec<String>,
    pub required_classes: Vec<String>,
    pub footer: Vec<String>,
    pub header: Vec<String>,
    pub menu: Vec<String>,
    pub part_not: Vec<String>,
    pub drawn_box: Vec<String>,
    pub drawn_tick: Vec<String>,
    pub openers: Vec<String>,
    pub preformatted: Vec<String>,
}

impl Markup {
    /// The embedded lists, read once a process.
    pub fn embedded() -> &'static Self {
        static MARKUP: OnceLock<Markup> = OnceLock::new();
        const JSON: &str = include_str!(concat!(env!("OUT_DIR"), "/registry/markup.json"));
        MARKUP.get_or_init(|| serde_json::from_str(JSON).unwrap_or_default())
    }
}

/// True where a word of `name`, or two of them written as one, is in `list`.
pub(super) fn says(name: &str, list: &[String]) -> bool {
    let mut before = String::new();
    words(name).any(|word| {
        let said = list.contains(&word) || list.contains(&format!("{before}{word}"));
        before = word;
        said
    })
}

/// The words of an identifier or a label in lower case, split at punctuation, digits and inner capitals.
pub(super) fn words(name: &str) -> impl Iterator<Item = String> + '_ {
    name.split(|c: char| !c.is_alphabetic()).flat_map(humps).filter(|word| !word.is_empty())
}

fn humps(word: &str) -> Vec<String> {
    let mut humps = vec![String::new()];
    let mut lower_before = false;
    for c in word.chars() {
        if lower_before && c.is_uppercase() {
            humps.push(String::new());
        }
        lower_before = c.is_lowercase();
        if let Some(hump) = humps.last_mut() {
            hump.extend(c.to_lowercase());
        }
    }
    humps
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_lists_are_read() {
        let lists: Result<Markup, _> =
            serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/registry/markup.json")));
        assert!(lists.unwrap().phone.contains(&"mobile".to_owned()));
        assert!(!Markup::embedded().phone.is_empty());
    }

    #[test]
    fn names_are_split_into_words() {
        let cases = [
            ("form_fields[mobilePhone]", "form fields mobile phone"),
            ("your-tel-123", "your tel"),
            ("SiteFooter", "site footer"),
            ("Cell phone*", "cell phone"),
            ("iPhone", "i phone"),
            ("  ", ""),
        ];
        for (name, expected) in cases {
            assert_eq!(words(name).collect::<Vec<_>>().join(" "), expected, "{name}");
        }
    }
}
