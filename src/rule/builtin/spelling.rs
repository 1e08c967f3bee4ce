//! How a text is written: spelling that dodges filters, and shouting.

use std::ops::Range;

use crate::rule::brand;
use crate::rule::check::{Answer, Hit, Inquiry};
use crate::rule::format::BuiltinCall;
use crate::text::Passage;

/// Words with letters replaced by look-alikes, spread out, or with hidden signs inside. `words`: those that filters look for.
pub fn evasive(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let risky = call.texts("words");
    let names: Vec<String> =
        brand::names(inquiry.evidence.registration).iter().map(|name| name.to_lowercase()).collect();
    let mut hits = Vec::new();
    for (subject, passage) in inquiry.passages() {
        let words = words(&passage.text);
        let own = |range: &Range<usize>| {
            let word = passage.text[range.clone()].to_lowercase();
            names.iter().any(|name| name.split_whitespace().any(|part| part == word))
        };
        let single = words.iter().filter(|range| dodges(&passage.text[(*range).clone()], &risky) && !own(range));
        let mut found: Vec<Range<usize>> = single.cloned().collect();
        found.extend(spread(&passage.text, &words, &risky));
        found.sort_by_key(|range| range.start);
        if !found.is_empty() {
            hits.push(original_words(subject, passage, &found));
        }
    }
    Answer::fail(hits)
}

/// A hit on bytes of the text as written.
fn original_words(subject: &str, passage: &Passage, ranges: &[Range<usize>]) -> Hit {
    let texts: Vec<&str> = ranges.iter().map(|range| &passage.text[range.clone()]).collect();
    Hit {
        spans: ranges.iter().map(|range| passage.span(range.clone())).collect(),
        matched: texts.join(" … "),
        ..Hit::missing(subject)
    }
}

/// The words of a text, without the punctuation around them.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let start = at;
        at += word.len();
        let edge = |letter: char| !letter.is_alphanumeric() && !matches!(letter, '@' | '$');
        let front = word.len() - word.trim_start_matches(edge).len();
        let bare = word.trim_matches(edge);
        if !bare.is_empty() {
            words.push(start + front..start + front + bare.len());
        }
    }
    words
}

fn dodges(word: &str, risky: &[&str]) -> bool {
    hides_a_sign(word) || mixes_scripts(word) || disguised(word, risky) || dotted(word, risky)
}

/// A sign without width between two letters.
fn hides_a_sign(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    letters.windows(3).any(|three| {
        let hidden = matches!(three[1], '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}');
        hidden && three[0].is_ascii_alphanumeric() && three[2].is_ascii_alphanumeric()
    })
}

fn mixes_scripts(word: &str) -> bool {
    let latin = word.chars().any(|letter| letter.is_ascii_alphabetic());
    latin && word.chars().any(|letter| matches!(letter, '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{4ff}'))
}

/// A risky word with digits or signs for letters (`fr33`, `c@sh`).
fn disguised(word: &str, risky: &[&str]) -> bool {
    if !word.is_ascii() || !word.chars().any(|letter| letter.is_ascii_alphabetic()) {
        return false;
    }
    risky.iter().any(|plain| {
        let mut replaced = false;
        let same = plain.len() == word.len()
            && plain.chars().zip(word.to_ascii_lowercase().chars()).all(|(letter, written)| {
                let twin = stands_for(written, letter);
                replaced |= twin;
                letter == written || twin
            });
        same && replaced
    })
}

fn stands_for(written: char, letter: char) -> bool {
    match written {
        '0' => letter == 'o',
        '1' | '!' | '|' => matches!(letter, 'i' | 'l'),
        '3' => letter == 'e',
        '4' | '@' => letter == 'a',
        '5' | '$' => letter == 's',
        '7' | '+' => letter == 't',
        '8' => letter == 'b',
        '9' => letter == 'g',
        '*' => true,
        _ => false,
    }
}

/// A risky word with signs between all its letters (`F.R.E.E`), or a host written out (`bit(.)ly`).
fn dotted(word: &str, risky: &[&str]) -> bool {
    let lower = word.to_ascii_lowercase();
    if ["(.)", "[.]", "(dot)", "[dot]"].iter().any(|dot| lower.contains(dot)) {
        return true;
    }
    let parts: Vec<&str> = lower.split(['.', '-', '_', '*']).collect();
    parts.len() >= 4 && parts.iter().all(|part| part.len() == 1) && risky.contains(&parts.concat().as_str())
}

/// Runs of single letters that spell a risky word (`f r e e`).
fn spread(text: &str, words: &[Range<usize>], risky: &[&str]) -> Vec<Range<usize>> {
    let single = |range: &Range<usize>| text[range.clone()].chars().count() == 1;
    let mut found = Vec::new();
    for run in words.split(|range| !single(range)).filter(|run| run.len() >= 4) {
        let spelled: String = run.iter().map(|range| text[range.clone()].to_lowercase()).collect();
        if risky.iter().any(|word| spelled.contains(word)) {
            found.push(run[0].start..run[run.len() - 1].end);
        }
    }
    found
}

/// Texts in capitals: more than `share` of the letters, names, keywords (`words`) and short forms left out.
pub fn shouting(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let known = call.texts("words");
    let share = call.number("share").unwrap_or(0.7);
    let least = call.number("least").unwrap_or(25.0);
    let names: Vec<String> = brand::names(inquiry.evidence.registration)
        .iter()
        .flat_map(|name| name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>())
        .collect();
    let loud = |passage: &Passage| {
        let (mut capitals, mut all) = (0.0, 0.0);
        for range in words(&passage.text) {
            let word = &passage.text[range];
            let own = names.contains(&word.to_lowercase()) || known.contains(&word);
            if own || word.contains(['/', '@', '[', '{']) || word.chars().any(char::is_numeric) {
                continue;
            }
            let letters = word.chars().filter(|letter| letter.is_alphabetic());
            for letter in letters {
                all += 1.0;
                capitals += if letter.is_uppercase() { 1.0 } else { 0.0 };
            }
        }
        all >= least && capitals / all > share
    };
    let hits = inquiry.passages().into_iter().filter(|(_, passage)| loud(passage));
    Answer::fail(hits.map(|(subject, passage)| Hit::whole(subject, passage)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RISKY: [&str; 5] = ["free", "loan", "cash", "viagra", "sex"];

    #[test]
    fn disguises_are_seen_and_everyday_numbers_are_not() {
        for word in ["fr33", "l0an", "c@sh", "v1agra", "s*x", "F.R.E.E", "bit(.)ly", "fr\u{200b}ee", "lo\u{430}n"] {
            assert!(dodges(word, &RISKY), "{word}");
        }
        for word in ["B12", "H1N1", "3D", "2nite", "gr8", "Covid-19", "5pm", "A1C", "free", "$50", "e.g", "U.S.A", "*"]
        {
            assert!(!dodges(word, &RISKY), "{word}");
        }
        let text = "get f r e e stuff";
        assert_eq!(spread(text, &words(text), &RISKY), vec![4..11]);
    }
}
