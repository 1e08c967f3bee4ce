use std::ops::Range;

use super::words::{Concept, Concepts, Mark, SharingWords};
use crate::text::clause::{Clause, Link, Sentence};

/// A quotation of at least so many words is somebody else's sentence.
const QUOTATION: usize = 5;

/// `but never with sponsors`: a clause of at most so many words takes its verb from the one before.
const SHORT: usize = 9;

/// A policy with its words marked.
pub(super) struct Policy<'p> {
    pub text: &'p str,
    pub sentences: &'p [Sentence],
    marks: Vec<Mark>,
    /// For each stretch of [`STRETCH`] bytes the number of the first mark that starts in it or later.
    stretches: Vec<usize>,
    known: Vec<Known>,
}

/// Bytes of text for each entry of the index of marks.
const STRETCH: usize = 64;

/// What is known of a sentence.
struct Known {
    whole: Concepts,
    /// What its first clause speaks of.
    first: Concepts,
    /// Where it first speaks of texting.
    texting: Option<usize>,
}

/// Looked back for who acts, in marks.
const REACH: usize = 40;

/// Who does what a verb says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Actor {
    /// We, or nobody named: `your number may be shared`.
    Us,
    /// The reader, or the recipients themselves.
    Others,
}

impl<'p> Policy<'p> {
    pub(super) fn new(text: &'p str, sentences: &'p [Sentence], words: &SharingWords) -> Self {
        let quotations = quotations(text);
        let mut marks = words.marks(text);
        marks.retain(|mark| !in_any(&quotations, mark.range.start) && !comes_from(text, mark));
        let stretches = stretches(&marks, text.len());
        let mut policy = Self { text, sentences, marks, stretches, known: Vec::new() };
        policy.known = sentences.iter().map(|sentence| policy.know(sentence)).collect();
        policy
    }

    fn know(&self, sentence: &Sentence) -> Known {
        let first = sentence.clauses.first().map(|clause| self.concepts(&clause.range)).unwrap_or_default();
        let texting = self.first(&sentence.range, &[Concept::Texting]).map(|mark| mark.range.start);
        Known { whole: self.concepts(&sentence.range), first, texting }
    }

    /// What a sentence speaks of.
    pub(super) fn sentence(&self, number: usize) -> Concepts {
        self.known[number].whole
    }

    /// What the sentence speaks of that starts where `range` does.
    fn sentence_at(&self, range: &Range<usize>) -> Concepts {
        let number = self.sentences.binary_search_by_key(&range.start, |sentence| sentence.range.start);
        number.map(|number| self.sentence(number)).unwrap_or_default()
    }

    /// The marks in a range, in order.
    pub(super) fn marks(&self, range: &Range<usize>) -> &[Mark] {
        let from = self.stretches.get(range.start / STRETCH).map_or(&[][..], |&first| &self.marks[first..]);
        let before = from.iter().take_while(|mark| mark.range.start < range.start).count();
        let inside = from[before..].iter().take_while(|mark| mark.range.start < range.end).count();
        &from[before..before + inside]
    }

    /// What a range speaks of.
    pub(super) fn concepts(&self, range: &Range<usize>) -> Concepts {
        self.marks(range).iter().fold(Concepts::default(), |all, mark| all.with(mark.concepts))
    }

    /// The first mark of one of these concepts in a range.
    pub(super) fn first(&self, range: &Range<usize>, concepts: &[Concept]) -> Option<&Mark> {
        self.marks(range).iter().find(|mark| mark.concepts.has_any(concepts))
    }

    pub(super) fn clause(&self, number: usize, clause: usize) -> &'p Clause {
        &self.sentences[number].clauses[clause]
    }

    /// What the intros of a list item speak of.
    pub(super) fn intros(&self, number: usize) -> Concepts {
        let intros = self.sentences[number].intros.iter();
        intros.fold(Concepts::default(), |all, intro| all.with(self.sentence_at(intro)))
    }

    /// What the clause says and, where it is denied by what it goes on from, what that says.
    pub(super) fn context(&self, number: usize, at: usize) -> Concepts {
        let clause = self.clause(number, at);
        let own = self.concepts(&clause.range);
        let before =
            at.checked_sub(1).map(|before| self.concepts(&self.clause(number, before).range)).unwrap_or_default();
        let denied_elsewhere = clause.negation.as_ref().is_some_and(|negation| !clause.range.contains(&negation.start));
        match clause.link {
            Link::Contrast if self.text[clause.range.clone()].split(' ').count() <= SHORT => own.with(before),
            _ if !denied_elsewhere => own,
            Link::First => own.with(self.intros(number)),
            _ => own.with(before).with(self.intros(number)).with(self.known[number].first),
        }
    }

    /// Where the heading starts that the sentence stands under.
    pub(super) fn section(&self, number: usize) -> Option<usize> {
        self.sentences[number].under.as_ref().map(|under| under.start)
    }

    /// Whom `them` stands for: the recipients that the sentence named before.
    pub(super) fn pointed_recipients(&self, number: usize, at: usize) -> Concepts {
        let clause = self.clause(number, at);
        let them = |mark: &Mark| &self.text[mark.range.clone()] == "them";
        if self.first(&clause.range, &RECIPIENTS).is_some() || !self.marks(&clause.range).iter().any(them) {
            return Concepts::default();
        }
        let before = self.sentences[number].range.start..clause.range.start;
        let named = self.marks(&before).iter().filter(|mark| mark.concepts.has_any(&RECIPIENTS));
        named.fold(Concepts::default(), |all, mark| all.with(mark.concepts))
    }

    /// True in `we disclose data to: (1) …; (2) …`, where what stands before the colon speaks of the concept.
    pub(super) fn is_after_colon(&self, number: usize, clause: &Clause, concept: Concept) -> bool {
        let listed = matches!(clause.link, Link::Colon | Link::Semicolon);
        let before =
            || self.sentences[number].clauses.iter().take_while(|before| before.range.start < clause.range.end);
        listed && self.known[number].first.has(concept) && before().any(|before| before.link == Link::Colon)
    }

    /// What the clause after this one says of its purpose: `so that they can offer you …`.
    pub(super) fn purpose_after(&self, number: usize, at: usize) -> Concepts {
        let next = self.sentences[number].clauses.get(at + 1);
        let next = next.filter(|next| !next.negated && self.text[next.range.clone()].starts_with("so "));
        next.map(|next| self.concepts(&next.range)).unwrap_or_default()
    }

    /// The section heading's concepts.
    pub(super) fn heading(&self, number: usize) -> Concepts {
        self.sentences[number].under.as_ref().map(|under| self.sentence_at(under)).unwrap_or_default()
    }

    /// True where the section heading speaks of it without denying it.
    pub(super) fn affirms_under_heading(&self, number: usize, concept: Concept) -> bool {
        let Some(under) = &self.sentences[number].under else { return false };
        let heading = self.sentences.binary_search_by_key(&under.start, |sentence| sentence.range.start);
        let denied = |heading: usize| self.sentences[heading].clauses.iter().any(|clause| clause.negated);
        heading.is_ok_and(|heading| self.sentence(heading).has(concept) && !denied(heading))
    }

    /// True where the sentence states nothing about what the business does: a question without an answer, a heading that asks,
    /// advice on what a policy should say, a quotation.
    pub(super) fn says_nothing(&self, number: usize) -> bool {
        let sentence = &self.sentences[number];
        let denied = sentence.clauses.iter().any(|clause| clause.negated);
        let asks = sentence.heading && self.asks(sentence);
        let answered = sentence.clauses.first().and_then(|clause| clause.negation.as_ref());
        let answered = answered.is_some_and(|negation| negation.start >= sentence.range.end);
        if (sentence.question && !denied) || (asks && !answered) {
            return true;
        }
        let advice = self.sentence(number).with(self.intros(number)).has(Concept::Advisory);
        advice || self.text[sentence.range.clone()].starts_with('>')
    }

    fn asks(&self, sentence: &Sentence) -> bool {
        let words = self.text[sentence.range.clone()].match_indices(' ');
        let end = words.map(|(at, _)| sentence.range.start + at).nth(2).unwrap_or(sentence.range.end);
        self.first(&(sentence.range.start..end), &[Concept::Asking]).is_some()
    }

    /// Who does what a verb of the clause says.
    pub(super) fn actor(&self, clause: &Clause, verb: &Mark) -> Actor {
        let before = clause.range.start..verb.range.start;
        let gerund = self.text[verb.range.clone()].ends_with("ing");
        let marks = self.marks(&before);
        let mut near = marks[marks.len().saturating_sub(REACH)..].iter().rev();
        let received = near.clone().any(|mark| mark.concepts.has_any(&RECIPIENTS));
        let actor = near.find(|mark| mark.concepts.has_any(&[Concept::WeAct, Concept::OthersAct]));
        let passive = self.is_passive(&before, verb);
        match actor {
            Some(mark) if mark.concepts.has(Concept::OthersAct) && !passive => Actor::Others,
            None if !passive && !gerund && received => Actor::Others,
            _ => Actor::Us,
        }
    }

    /// True for `is never shared`, `may be sold`, `se comparte`.
    fn is_passive(&self, before: &Range<usize>, verb: &Mark) -> bool {
        let form = self.text[verb.range.clone()].split(' ').next().unwrap_or("");
        let participle =
            form == "lent" || ["d", "n", "do", "dos", "da", "das", "made"].iter().any(|end| form.ends_with(end));
        let mut helpers = self.text[before.clone()].trim_end().rsplit(' ').take(4);
        helpers.any(|word| match word {
            "se" => true,
            "be" | "is" | "are" | "was" | "were" | "been" | "being" | "get" | "gets" | "ser" | "será" | "serán"
            | "sido" => participle,
            _ => false,
        })
    }

    /// True where an earlier clause of the sentence, or the sentence before, speaks of texting data that this clause points to.
    pub(super) fn points_to_texting(&self, number: usize, clause: usize) -> bool {
        let sentence = &self.sentences[number];
        let clause = &sentence.clauses[clause];
        if self.known[number].texting.is_some_and(|texting| texting < clause.range.start) {
            return true;
        }
        let before = number.checked_sub(1).filter(|&before| self.sentences[before].under == sentence.under);
        let before =
            before.filter(|&before| !self.sentences[before].heading && self.sentence(before).has(Concept::Texting));
        before.is_some() && self.concepts(&clause.range).has(Concept::Pointing)
    }
}

/// Whoever may receive data.
pub(super) const RECIPIENTS: [Concept; 5] =
    [Concept::Marketer, Concept::Near, Concept::Third, Concept::Narrowed, Concept::Vendor];

fn stretches(marks: &[Mark], length: usize) -> Vec<usize> {
    let mut first = 0;
    let starts = (0..=length / STRETCH).map(|number| number * STRETCH);
    let next = |start: usize| {
        first += marks[first..].iter().take_while(|mark| mark.range.start < start).count();
        first
    };
    starts.map(next).collect()
}

fn in_any(ranges: &[Range<usize>], at: usize) -> bool {
    let next = ranges.partition_point(|range| range.end <= at);
    ranges.get(next).is_some_and(|range| range.contains(&at))
}

/// What stands before one that data comes from.
const SOURCES: [&str; 9] =
    ["from ", "from any ", "from our ", "from such ", "from other ", "by ", "by any ", "by our ", "by other "];

/// True for a recipient that data comes from.
fn comes_from(text: &str, mark: &Mark) -> bool {
    let before = &text[..mark.range.start];
    mark.concepts.has_any(&RECIPIENTS) && SOURCES.iter().any(|word| before.ends_with(word))
}

/// The long quotations of a folded text, each within one block; a block that is one quotation is a sentence like any other.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut quotations = Vec::new();
    let mut start = 0;
    for block in text.split("\n\n") {
        let mut open: Option<usize> = None;
        for (at, _) in block.match_indices('"') {
            let opens = block[..at].is_empty() || block[..at].ends_with([' ', '(', '[', '*']);
            if opens && !block[at + 1..].starts_with(' ') {
                open = Some(at);
            } else if let Some(from) = open.take()
                && block[from..at].split(' ').count() >= QUOTATION
                && at + 1 - from < block.len()
            {
                quotations.push(start + from..start + at);
            }
        }
        start += block.len() + 2;
    }
    quotations
}
