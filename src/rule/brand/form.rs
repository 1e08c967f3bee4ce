//! One name in every way people write it, as a regular expression over folded text.

use unicode_normalization::UnicodeNormalization;

use super::{bare, is_distinctive, without_suffix};
use crate::rule::word_list::{common_words, trade_words};
use crate::text::Folded;

/// The words of a name, and of every leading part that still shows which business it is.
pub(super) fn variants(name: &str, place: &str) -> Vec<Vec<String>> {
    let words = words(name);
    let letters: usize = words.iter().map(|word| word.chars().filter(|c| c.is_alphanumeric()).count()).sum();
    if letters < 2 {
        return Vec::new();
    }
    let mut variants = vec![words.clone()];
    for end in (1..words.len()).rev() {
        if !is_left_out(&words[end], place) {
            break;
        }
        if shows_who(&words[..end], place) {
            variants.push(words[..end].to_vec());
        }
    }
    variants
}

/// The first words of a longer name, as many as it takes to tell it from others: `Slotzy` of `Slotzy Social Inc`.
pub(super) fn lead(name: &str, place: &str) -> Option<Vec<String>> {
    let words = words(name);
    let end = (1..words.len().min(3)).find(|end| is_distinctive(&words[end - 1]) && shows_who(&words[..*end], place));
    end.map(|end| words[..end].to_vec())
}

/// The words of a name in lower case, without its company suffix and a leading `the`.
fn words(name: &str) -> Vec<String> {
    let bare_name = without_suffix(name);
    let spaced = split_capitals(&bare_name);
    let folded = Folded::new(&spaced);
    let words: Vec<String> = folded
        .text()
        .split(|c: char| c.is_whitespace() || ",_/()\"|-".contains(c))
        .filter(|word| word.chars().any(char::is_alphanumeric) || matches!(*word, "&" | "+" | "@"))
        .map(str::to_owned)
        .collect();
    if words.len() > 1 && words[0] == "the" { words[1..].to_vec() } else { words }
}

/// The words that two names of one business begin with, where they tell it from others: `Big Kahuna` of `Big Kahuna Tacos` and `Big Kahuna
/// Holdings LLC`.
pub(super) fn shared_lead(one: &str, other: &str) -> Option<String> {
    let pairs = one.split_whitespace().zip(other.split_whitespace());
    let lead: Vec<&str> = pairs.take_while(|(one, other)| bare(one) == bare(other)).map(|(word, _)| word).collect();
    let tells = lead.len() >= 2 && lead.iter().any(|word| is_distinctive(word));
    (tells && lead.last().is_some_and(|word| !bare(word).is_empty())).then(|| lead.join(" "))
}

/// `BriarwickPawSpa` as three words.
fn split_capitals(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut last = ' ';
    for c in name.chars() {
        if last.is_lowercase() && c.is_uppercase() {
            out.push(' ');
        }
        out.push(c);
        last = c;
    }
    out
}

/// True for a word that people leave out at the end of a name.
fn is_left_out(word: &str, place: &str) -> bool {
    let word = bare(word);
    word.is_empty()
        || trade_words().has(&word)
        || ["of", "and", "the", "in", "at", "for", "by"].contains(&word.as_str())
        || place.split_whitespace().any(|part| bare(part) == word)
}

/// True where these words alone show which business is meant.
fn shows_who(words: &[String], place: &str) -> bool {
    let own: Vec<&String> = words.iter().filter(|word| !is_left_out(word, place)).collect();
    let ends_whole = words.last().is_some_and(|word| !is_left_out(word, "") || trade_words().has(&bare(word)));
    if !ends_whole {
        return false;
    }
    match own.as_slice() {
        [] => false,
        [word] if words.len() == 1 => is_distinctive(word),
        [word] => is_distinctive(word) || !common_words().has(&bare(word)),
        _ => true,
    }
}

/// The words joined in any way that is still one name: with blanks, hyphens or nothing.
pub(super) fn expression(words: &[String], is_person: bool) -> String {
    if let [word] = words
        && word.chars().all(|c| c.is_ascii_alphanumeric())
        && word.len() >= 7
    {
        return spaced_out(word);
    }
    let mut out = String::new();
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            let before = &words[index - 1];
            let is_short = before.ends_with('.') || before.chars().count() <= 2;
            out.push_str(if is_short { r"\.?(?: ?[-/,&+|_] ?| )?" } else { r"(?: ?[-/,&+|_] ?|[ .])?" });
            if is_person {
                out.push_str(r"(?:[a-z]\.? )?");
            }
        }
        out.push_str(&word_expression(word));
    }
    out
}

/// A web domain as a name: whole, or what stands before its ending.
pub(super) fn domain_expression(domain: &str) -> Option<String> {
    let name = psl::domain_str(domain).unwrap_or(domain).split('.').next()?;
    let name = bare(name);
    (name.len() >= 6).then(|| spaced_out(&name))
}

/// A long word whose parts may stand apart: `kiln and cart` for `kilnandcart`.
fn spaced_out(word: &str) -> String {
    let letters: Vec<String> = word.chars().map(String::from).collect();
    let joined = letters.join("[ -]?");
    joined.replace("[ -]?a[ -]?n[ -]?d[ -]?", "[ -]?(?:a[ -]?n[ -]?d|&)[ -]?")
}

fn word_expression(word: &str) -> String {
    if matches!(word, "&" | "and" | "+") {
        return "(?:and|&|\\+|n)?".to_owned();
    }
    if word == "@" {
        return "(?:@|at)?".to_owned();
    }
    let letters: Vec<char> = word.trim_end_matches('.').chars().collect();
    let mut out = String::new();
    for (index, &c) in letters.iter().enumerate() {
        let is_last = index + 1 == letters.len();
        match c {
            '\'' => out.push_str("'?"),
            '&' | '+' => out.push_str("(?: ?[&+] ?| ?and ?)"),
            '.' => out.push_str(r"\.? ?"),
            '@' => out.push_str("(?: ?@ ?| at )"),
            's' if is_last && letters.len() >= 4 => out.push_str("'?s"),
            c if c.is_ascii() => out.push_str(&regex::escape(&c.to_string())),
            c => out.push_str(&with_plain_letter(c)),
        }
    }
    out
}

/// A letter with its accent or without.
fn with_plain_letter(letter: char) -> String {
    let own = regex::escape(&letter.to_string());
    let plain: String = letter.nfd().filter(char::is_ascii_alphanumeric).collect();
    if plain.is_empty() { own } else { format!("(?:{own}|{plain})") }
}
