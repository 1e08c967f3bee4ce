use std::ops::Range;

use super::boundary::Start;
use super::{Clause, Link};

/// What a clause hands on to those that continue it.
#[derive(Debug, Clone, Default)]
struct Polarity {
    negation: Option<Range<usize>>,
    exception: bool,
}

impl From<&Clause> for Polarity {
    fn from(clause: &Clause) -> Self {
        Self { negation: clause.negation.clone(), exception: clause.exception }
    }
}

/// The clauses that start where `starts` says, each with its polarity. `intro` is the clause that a list item continues.
pub(super) fn clauses(sentence: &Range<usize>, starts: &[Start], intro: Option<&Clause>) -> Vec<Clause> {
    let ends = starts.iter().skip(1).map(|start| start.at).chain([sentence.end]);
    let mut clauses: Vec<Clause> = Vec::with_capacity(starts.len());
    for (start, end) in starts.iter().zip(ends) {
        let polarity = polarity(start, &clauses, intro);
        clauses.push(Clause {
            range: start.at..end,
            negated: polarity.negation.is_some(),
            negation: polarity.negation,
            exception: polarity.exception,
            link: start.link,
        });
    }
    turn_leading_exception(&mut clauses, starts);
    merge(clauses)
}

fn polarity(start: &Start, clauses: &[Clause], intro: Option<&Clause>) -> Polarity {
    let excepted = matches!(start.link, Link::Exception | Link::Condition);
    let before = clauses.last();
    if let Some(negation) = &start.negation {
        let inherits = clauses.is_empty() && intro.is_some_and(|intro| intro.exception);
        return Polarity { negation: (!start.reversed).then(|| negation.clone()), exception: excepted || inherits };
    }
    match start.link {
        Link::First if !start.subject => intro.map(Polarity::from).unwrap_or_default(),
        Link::Exception if before.is_some_and(|before| !before.negated && !before.exception) => {
            Polarity { negation: Some(start.words.clone()), exception: true }
        }
        Link::Exception | Link::Condition => Polarity { negation: None, exception: true },
        Link::Without if before.is_some_and(|before| before.negated) => Polarity { negation: None, exception: true },
        Link::Without => Polarity { negation: Some(start.words.clone()), exception: false },
        Link::Semicolon | Link::Colon if !start.subject => before.map(Polarity::from).unwrap_or_default(),
        Link::Resumed(host) => clauses.get(host).map(Polarity::from).unwrap_or_default(),
        _ => Polarity::default(),
    }
}

/// What opens its sentence excepts from the clause after it: `Except for your number, we may share …`, `Without your consent, we do
/// not …`.
fn turn_leading_exception(clauses: &mut [Clause], starts: &[Start]) {
    let [exception, host, ..] = clauses else { return };
    let own = starts.first().is_some_and(|start| start.negation.is_some());
    if exception.link == Link::Exception && !own && !host.negated {
        exception.negation = starts.first().map(|start| start.words.clone());
        exception.negated = true;
    } else if exception.link == Link::Without && !own && host.negated {
        (exception.exception, exception.negated, exception.negation) = (true, false, None);
    }
}

/// Joins a subordinate clause to the one before it where they agree, so that `reply STOP when you want to leave` stays whole.
fn merge(clauses: Vec<Clause>) -> Vec<Clause> {
    if clauses.iter().any(|clause| matches!(clause.link, Link::Resumed(_))) {
        return clauses;
    }
    let mut merged: Vec<Clause> = Vec::with_capacity(clauses.len());
    for clause in clauses {
        match merged.last_mut() {
            Some(last)
                if clause.link == Link::Subordinate
                    && (last.negated, last.exception) == (clause.negated, clause.exception) =>
            {
                last.range.end = clause.range.end;
            }
            _ => merged.push(clause),
        }
    }
    merged
}
