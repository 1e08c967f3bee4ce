//! Content that networks forbid or restrict: what is offered, told from what is only mentioned.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::evidence::{Outcome, Reading, page_role};
use crate::rule::check::{Answer, Hit, Inquiry};
use crate::rule::format::{BuiltinCall, Unit};
use crate::rule::pattern::{clause_at, unit_at};
use crate::text::Passage;

/// Offers of something. The patterns `certain` are enough by themselves; a `sign` counts beside an `offer` in its sentence, or where there are
/// `least` different signs. Nothing counts in a sentence with a `context`, in a denied clause, or inside the brand's own name (`brand`).
/// A page answers for `certain` only, and for `least-certain` different ones.
pub fn promotes(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let mut answer = Answer { hits: Vec::new(), unread: inquiry.unread() };
    let least = call.number("least").unwrap_or(2.0);
    let least_certain = call.number("least-certain").unwrap_or(1.0);
    for subject in &inquiry.rule.file.subjects {
        let passages: Vec<&Passage> =
            inquiry.passages().into_iter().filter(|(of, _)| *of == subject.as_str()).map(|(_, text)| text).collect();
        let is_page = page_role(subject).is_some();
        let finds: Vec<Finds<'_>> = passages.iter().map(|passage| Finds::of(inquiry, call, passage, is_page)).collect();
        let signs: BTreeSet<&str> = finds.iter().flat_map(Finds::sign_words).collect();
        let enough_signs = signs.len() as f64 >= least;
        let certain: BTreeSet<&str> = finds.iter().flat_map(Finds::certain_words).collect();
        if is_page && (certain.len() as f64) < least_certain {
            continue;
        }
        for find in finds {
            let ranges = find.faults(enough_signs);
            if !ranges.is_empty() {
                let hit = Hit::words(subject, find.passage, &ranges);
                let words = hit.matched.clone();
                answer.hits.push(hit.found("words", words));
            }
        }
    }
    answer
}

/// Offers (as [`promotes`] finds them) where none of the subjects `asked-in` has a pattern `asks`. One of these pages that was not read
/// leaves it open.
pub fn unguarded(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let answer = promotes(inquiry, call);
    if answer.hits.is_empty() {
        return answer;
    }
    let asks = |passage: &Passage| inquiry.reader.stands(passage, call.patterns("asks"));
    let mut unread = Vec::new();
    for subject in call.texts("asked-in") {
        match inquiry.evidence.read(subject) {
            Reading::Text(passages) if passages.iter().any(asks) => return Answer::pass(),
            Reading::Unread(gap) if gap.outcome != Outcome::NotGiven => unread.push(gap.role),
            _ => {}
        }
    }
    if unread.is_empty() { answer } else { Answer { hits: Vec::new(), unread } }
}

/// True where the clause denies what was found; a `no` that is part of it (`no prescription needed`) denies nothing.
fn denied(passage: &Passage, range: &Range<usize>) -> bool {
    let Some(clause) = clause_at(passage, range.start).filter(|clause| clause.negated) else { return false };
    !clause.negation.as_ref().is_some_and(|word| range.start <= word.start && word.end <= range.end)
}

/// What was found in one passage.
struct Finds<'p> {
    passage: &'p Passage,
    certain: Vec<Range<usize>>,
    signs: Vec<Range<usize>>,
    offers: Vec<Range<usize>>,
}

impl<'p> Finds<'p> {
    fn of(inquiry: &Inquiry<'_>, call: &BuiltinCall, passage: &'p Passage, is_page: bool) -> Self {
        let find = |part: &str| inquiry.reader.find_any(passage, call.patterns(part));
        let certain = find("certain");
        let signs = if is_page { Vec::new() } else { find("sign") };
        if certain.is_empty() && signs.is_empty() {
            return Self { passage, certain, signs, offers: Vec::new() };
        }
        let (names, contexts) = (find("brand"), find("context"));
        let counts = |range: &Range<usize>| {
            let named = names.iter().any(|name| name.start <= range.start && range.end <= name.end);
            let sentence = unit_at(passage, range.start, Unit::Sentence);
            let excused = contexts.iter().any(|context| sentence.start <= context.start && context.end <= sentence.end);
            !named && !excused && !denied(passage, range)
        };
        let keep = |ranges: Vec<Range<usize>>| ranges.into_iter().filter(counts).collect::<Vec<_>>();
        let (certain, signs) = (keep(certain), keep(signs));
        Self { passage, certain, signs, offers: find("offer") }
    }

    fn sign_words(&self) -> impl Iterator<Item = &str> {
        self.signs.iter().map(|range| &self.passage.folded().text()[range.clone()])
    }

    fn certain_words(&self) -> impl Iterator<Item = &str> {
        self.certain.iter().map(|range| &self.passage.folded().text()[range.clone()])
    }

    /// The words at fault, in order.
    fn faults(&self, enough_signs: bool) -> Vec<Range<usize>> {
        let offered = |range: &&Range<usize>| {
            let sentence = unit_at(self.passage, range.start, Unit::Sentence);
            self.offers.iter().any(|offer| sentence.start <= offer.start && offer.end <= sentence.end)
        };
        let signs = self.signs.iter().filter(|range| enough_signs || offered(range));
        let ranges: Vec<Range<usize>> = self.certain.iter().chain(signs).cloned().collect();
        crate::rule::pattern::leaders(ranges)
    }
}
