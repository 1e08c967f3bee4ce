use std::ops::Range;

use super::wording::Wording;
use super::{Clause, Link, Sentence};

/// Carries a denial back to what it answers: `Do we share your data? No.`, a heading and `We don't.`, `Sharing: none`.
pub(super) fn carry(text: &str, sentences: &mut [Sentence], wording: &Wording) {
    for number in 0..sentences.len() {
        let (before, rest) = sentences.split_at_mut(number + 1);
        let sentence = &mut before[number];
        label(text, sentence, wording);
        let Some(next) = rest.first() else { continue };
        let answer = if sentence.question {
            denial(text, &next.range, wording)
        } else if sentence.heading {
            denial(text, &next.range, wording).filter(|denial| is_whole(text, denial, &next.range))
        } else {
            None
        };
        if let Some(answer) = answer {
            sentence.clauses.iter_mut().for_each(|clause| deny(clause, &answer));
        }
    }
}

/// `Shared with partners: never`.
fn label(text: &str, sentence: &mut Sentence, wording: &Wording) {
    for number in 1..sentence.clauses.len() {
        let answer = &sentence.clauses[number];
        if answer.link == Link::Colon && wording.denies(bare(&text[answer.range.clone()])) {
            let answer = answer.range.clone();
            deny(&mut sentence.clauses[number - 1], &answer);
        }
    }
}

/// The words at the start of an answer that deny.
fn denial(text: &str, answer: &Range<usize>, wording: &Wording) -> Option<Range<usize>> {
    let words = &text[answer.clone()];
    let lead = words.len() - words.trim_start_matches(['-', '*', '"', ' ']).len();
    let words = &words[lead..];
    let end = words.find(['.', ',', ';', ':', '!', '(']).unwrap_or(words.len());
    let start = answer.start + lead;
    if wording.denies(bare(&words[..end])) {
        return Some(start..start + end);
    }
    let mut parts = words.split(' ');
    let plain = parts.next() == Some("no") && parts.next().is_some_and(|next| wording.sets().subjects.contains(next));
    plain.then_some(start..start + 2)
}

fn is_whole(text: &str, denial: &Range<usize>, answer: &Range<usize>) -> bool {
    bare(&text[denial.end..answer.end]).is_empty()
}

fn bare(text: &str) -> &str {
    text.trim_matches(|letter: char| !letter.is_alphanumeric())
}

fn deny(clause: &mut Clause, answer: &Range<usize>) {
    if !clause.negated {
        clause.negated = true;
        clause.negation = Some(answer.clone());
    }
}
