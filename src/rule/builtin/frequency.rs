//! Whether the places that say how often messages come say the same.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::evidence::Reading;
use crate::rule::check::{Answer, Hit, Inquiry};
use crate::rule::format::BuiltinCall;
use crate::text::Passage;

/// What one subject says of the frequency.
struct Saying<'p> {
    subject: &'p str,
    passage: &'p Passage,
    places: Vec<Range<usize>>,
    /// The numbers said with a period, such as `4 month`.
    counts: BTreeSet<String>,
    varies: bool,
}

/// Frequencies that contradict each other: two different numbers for one period, or (`kind: varies`) a number against "varies".
/// The patterns are `count` (a number of messages in a period) and `varies`. The first subject is underlined.
pub fn agrees(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let mut sayings = Vec::new();
    for subject in &inquiry.rule.file.subjects {
        let Reading::Text(passages) = inquiry.evidence.read(subject) else { continue };
        sayings.extend(passages.iter().map(|passage| saying(inquiry, call, subject, passage)));
    }
    let loose = call.text("kind") == Some("varies");
    let Some((first, others)) = sayings.split_first() else { return Answer::pass() };
    if Some(first.subject) != inquiry.rule.file.subjects.first().map(String::as_str) {
        return Answer::pass();
    }
    let other = others.iter().find(|other| if loose { one_counts(first, other) } else { differ(first, other) });
    let Some(other) = other else { return Answer::pass() };
    let hit = Hit::words(first.subject, first.passage, &first.places);
    let words = hit.matched.clone();
    let there = Hit::words(other.subject, other.passage, &other.places).matched;
    Answer::fail(vec![hit.found("here", words).found("there", there)])
}

fn saying<'p>(inquiry: &Inquiry<'_>, call: &BuiltinCall, subject: &'p str, passage: &'p Passage) -> Saying<'p> {
    let counted = inquiry.reader.find_any(passage, call.patterns("count"));
    let varying = inquiry.reader.find_any(passage, call.patterns("varies"));
    let text = passage.folded().text();
    let counts = counted.iter().filter_map(|range| count(&text[range.clone()])).collect();
    let mut places: Vec<Range<usize>> = counted.into_iter().chain(varying.iter().cloned()).collect();
    places.sort_by_key(|range| (range.start, usize::MAX - range.end));
    let mut end = 0;
    places.retain(|range| {
        let apart = range.start >= end;
        end = end.max(range.end);
        apart
    });
    Saying { subject, passage, places, counts, varies: !varying.is_empty() }
}

/// One number each, for the same period, and not the same.
fn differ(one: &Saying<'_>, other: &Saying<'_>) -> bool {
    let (mut ones, mut others) = (one.counts.iter(), other.counts.iter());
    let (Some(a), None, Some(b), None) = (ones.next(), ones.next(), others.next(), others.next()) else { return false };
    !one.varies && !other.varies && contradict(a, b)
}

/// True for two numbers with the same period, and for two periods of the calendar where one comes to half as much again as the other.
fn contradict(one: &str, other: &str) -> bool {
    let (Some((_, period)), Some((_, other_period))) = (one.split_once(' '), other.split_once(' ')) else {
        return false;
    };
    if period == other_period {
        return one != other;
    }
    let (Some(one), Some(other)) = (a_month(one), a_month(other)) else { return false };
    one.max(other) > 1.5 * one.min(other)
}

/// How many messages a month `4 week` is.
fn a_month(count: &str) -> Option<f64> {
    let (number, period) = count.split_once(' ')?;
    let times = match period {
        "day" => 30.0,
        "week" => 52.0 / 12.0,
        "month" => 1.0,
        "year" => 1.0 / 12.0,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * times)
}

/// A number on one side only, "varies" on the other only.
fn one_counts(one: &Saying<'_>, other: &Saying<'_>) -> bool {
    let only_count = |saying: &Saying<'_>| !saying.counts.is_empty() && !saying.varies;
    let only_varies = |saying: &Saying<'_>| saying.counts.is_empty() && saying.varies;
    (only_count(one) && only_varies(other)) || (only_varies(one) && only_count(other))
}

/// The greatest number and the period of words such as `up to 4 msgs/month`.
fn count(words: &str) -> Option<String> {
    const WORDS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let parts = words.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.collect();
    let value = |part: &&str| {
        let spelled = WORDS.iter().position(|word| word == part).map(|place| place + 1);
        part.parse::<usize>().ok().or(spelled)
    };
    let number = parts.iter().filter_map(value).max()?;
    let last = parts.last()?.trim_end_matches('s');
    let period = match last {
        "mo" | "monthly" => "month",
        "wk" | "weekly" => "week",
        "daily" => "day",
        other => other,
    };
    Some(format!("{number} {period}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_compared_by_the_month() {
        for (one, other) in
            [("4 month", "10 week"), ("4 month", "6 month"), ("1 day", "2 week"), ("3 visit", "2 visit")]
        {
            assert!(contradict(one, other), "{one} and {other}");
        }
        for (one, other) in
            [("1 day", "30 month"), ("1 week", "4 month"), ("2 visit", "8 month"), ("4 month", "4 month")]
        {
            assert!(!contradict(one, other), "{one} and {other}");
        }
    }

    #[test]
    fn numbers_and_periods_are_read() {
        let table = [
            ("up to 4 msgs/month", Some("4 month")),
            ("2-6 messages a mo", Some("6 month")),
            ("one message per week", Some("1 week")),
            ("message frequency varies", None),
        ];
        for (words, expected) in table {
            assert_eq!(count(words).as_deref(), expected, "{words}");
        }
    }
}
