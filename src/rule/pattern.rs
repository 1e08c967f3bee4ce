//! Finding patterns in passages: tokens compiled when needed, sequences, and what stands around a match.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use regex_automata::meta::Regex;

use super::address::{Address, addresses};
use super::brand::other::{Doubt, OtherName, other_names};
use super::builtin::advisory::Advisory;
use super::builtin::sharing::{self, SharingVerdict, SharingWords};
use super::fill::Values;
use super::format::{PatternSpec, Polarity, SequenceSpec, Unit};
use super::token::{Effort, Tokens, compile};
use crate::text::{Clause, Folded, Passage, Sentence};

type Found = Rc<Vec<Range<usize>>>;

/// Reads the passages of one registration: every token is looked for at most once in each.
pub struct Reader<'r> {
    tokens: &'r Tokens,
    values: &'r Values<'r>,
    present: RefCell<HashMap<*const Passage, Rc<Vec<bool>>>>,
    found: RefCell<HashMap<(*const Passage, usize), Found>>,
    filled: RefCell<HashMap<usize, Option<Regex>>>,
    advisory: RefCell<HashMap<*const Passage, Rc<Advisory>>>,
    sharing: RefCell<HashMap<*const Passage, Rc<SharingVerdict>>>,
    other_names: RefCell<HashMap<*const Passage, Rc<Vec<OtherName>>>>,
    addresses: RefCell<HashMap<*const Passage, Rc<Vec<Address>>>>,
}

impl<'r> Reader<'r> {
    /// A reader that fills tokens with these values.
    pub fn new(tokens: &'r Tokens, values: &'r Values<'r>) -> Self {
        Self {
            tokens,
            values,
            present: RefCell::default(),
            found: RefCell::default(),
            filled: RefCell::default(),
            advisory: RefCell::default(),
            sharing: RefCell::default(),
            other_names: RefCell::default(),
            addresses: RefCell::default(),
        }
    }

    /// The parts of a passage that advise somebody else, read once.
    pub fn advisory(&self, passage: &Passage) -> Rc<Advisory> {
        let mut known = self.advisory.borrow_mut();
        Rc::clone(known.entry(std::ptr::from_ref(passage)).or_insert_with(|| Rc::new(Advisory::of(passage))))
    }

    /// What a passage says about sharing mobile data, weighed once.
    pub fn sharing(&self, passage: &Passage) -> Rc<SharingVerdict> {
        let mut known = self.sharing.borrow_mut();
        let verdict = known.entry(std::ptr::from_ref(passage));
        Rc::clone(verdict.or_insert_with(|| Rc::new(sharing::judge(passage, SharingWords::get()))))
    }

    /// The companies besides the brand that a passage surely names, looked for once.
    pub fn other_names(&self, passage: &Passage) -> Rc<Vec<OtherName>> {
        let mut known = self.other_names.borrow_mut();
        let names = known.entry(std::ptr::from_ref(passage));
        Rc::clone(names.or_insert_with(|| Rc::new(other_names(passage, self.values.registration(), Doubt::Sure))))
    }

    /// Where a pattern stands in the folded text of a passage, in order.
    pub fn find(&self, passage: &Passage, pattern: &PatternSpec) -> Vec<Range<usize>> {
        match pattern {
            PatternSpec::Token(token) => self.token(passage, token).to_vec(),
            PatternSpec::Sequence(sequence) => self.sequence(passage, sequence),
        }
    }

    /// Where any of the patterns stands, in order, without overlaps.
    pub fn find_any(&self, passage: &Passage, patterns: &[PatternSpec]) -> Vec<Range<usize>> {
        let mut all: Vec<_> = patterns.iter().flat_map(|pattern| self.find(passage, pattern)).collect();
        keep_apart(&mut all);
        all
    }

    /// True where any of the patterns stands; looks no further than the first match.
    pub fn stands(&self, passage: &Passage, patterns: &[PatternSpec]) -> bool {
        patterns.iter().any(|pattern| match pattern {
            PatternSpec::Token(token) => self.token_stands(passage, token),
            PatternSpec::Sequence(sequence) => !self.sequence(passage, sequence).is_empty(),
        })
    }

    fn token_stands(&self, passage: &Passage, raw: &str) -> bool {
        let Some(number) = self.tokens.number(raw) else { return false };
        let known = self.found.borrow().get(&(std::ptr::from_ref(passage), number)).map(|found| !found.is_empty());
        known.unwrap_or_else(|| {
            if self.tokens.with_values(number).is_some() || self.tokens.finds_links(number) {
                return !self.token(passage, raw).is_empty();
            }
            let text = passage.folded().text();
            let present = self.present(passage);
            let mut regexes = self.tokens.regexes(number, &present, text.len());
            regexes.any(|regex| regex.find_iter(text.as_bytes()).any(|found| !found.is_empty()))
        })
    }

    /// Matches that count: of the asked polarity, and without `unless` around them.
    pub fn find_counting(
        &self,
        passage: &Passage,
        patterns: &[PatternSpec],
        unless: &[PatternSpec],
        unless_in: Unit,
        polarity: Polarity,
    ) -> Vec<Range<usize>> {
        let mut matches = self.find_any(passage, patterns);
        if polarity != Polarity::Any {
            matches.retain(|range| {
                let negated = clause_at(passage, range.start).is_some_and(|clause| clause.negated);
                negated == (polarity == Polarity::Denied)
            });
        }
        if !unless.is_empty() && !matches.is_empty() {
            let mut excuses: Vec<_> = unless.iter().flat_map(|pattern| self.find(passage, pattern)).collect();
            excuses.sort_by_key(|excuse| excuse.start);
            matches.retain(|range| {
                let around = unit_at(passage, range.start, unless_in);
                let first = excuses.partition_point(|excuse| excuse.start < around.start);
                let mut inside = excuses[first..].iter().take_while(|excuse| excuse.start < around.end);
                !inside.any(|excuse| excuse.end <= around.end)
            });
        }
        matches
    }

    /// True where one of the tokens stands in a short text that is no passage, such as the label of a control. Values of the
    /// manifest and sequences are not looked for.
    pub fn says(&self, text: &str, patterns: &[PatternSpec]) -> bool {
        let folded = Folded::new(text);
        let present = self.tokens.present(folded.text());
        let numbers = patterns.iter().flat_map(PatternSpec::tokens).filter_map(|raw| self.tokens.number(raw));
        let mut regexes = numbers.flat_map(|number| self.tokens.regexes(number, &present, folded.text().len()));
        regexes.any(|regex| regex.is_match(folded.text().as_bytes()))
    }

    fn token(&self, passage: &Passage, raw: &str) -> Found {
        let Some(number) = self.tokens.number(raw) else { return Rc::default() };
        let key = (std::ptr::from_ref(passage), number);
        if let Some(found) = self.found.borrow().get(&key) {
            return Rc::clone(found);
        }
        let found = Rc::new(self.search(passage, number));
        self.found.borrow_mut().insert(key, Rc::clone(&found));
        found
    }

    fn search(&self, passage: &Passage, number: usize) -> Vec<Range<usize>> {
        let text = passage.folded().text();
        if let Some(expanded) = self.tokens.with_values(number) {
            let mut filled = self.filled.borrow_mut();
            let regex = filled
                .entry(number)
                .or_insert_with(|| compile(&self.values.fill_pattern(expanded)?, Effort::Quick).ok());
            let mut found = regex.as_ref().map(|regex| ranges(regex, text)).unwrap_or_default();
            if let Some(brand) = self.values.brand().filter(|_| !found.is_empty() && expanded.contains("{{brand}}")) {
                let addresses = self.addresses(passage);
                found.retain(|range| brand.counts(passage, range, &addresses));
            }
            return found;
        }
        let present = self.present(passage);
        let mut found: Vec<_> =
            self.tokens.regexes(number, &present, text.len()).flat_map(|regex| ranges(regex, text)).collect();
        keep_apart(&mut found);
        if self.tokens.finds_links(number) {
            found.retain(|range| !text[..range.start].ends_with('@') && !text[range.end..].starts_with('@'));
        }
        found
    }

    /// The web and e-mail addresses of a passage: names inside them are no mention.
    fn addresses(&self, passage: &Passage) -> Rc<Vec<Address>> {
        let mut known = self.addresses.borrow_mut();
        let found = known.entry(std::ptr::from_ref(passage));
        Rc::clone(found.or_insert_with(|| Rc::new(addresses(passage.folded().text()))))
    }

    /// Which literals stand in a passage.
    fn present(&self, passage: &Passage) -> Rc<Vec<bool>> {
        let key = std::ptr::from_ref(passage);
        if let Some(present) = self.present.borrow().get(&key) {
            return Rc::clone(present);
        }
        let present = Rc::new(self.tokens.present(passage.folded().text()));
        self.present.borrow_mut().insert(key, Rc::clone(&present));
        present
    }

    fn sequence(&self, passage: &Passage, sequence: &SequenceSpec) -> Vec<Range<usize>> {
        let Some((first, rest)) = sequence.seq.split_first() else { return Vec::new() };
        let present = self.present(passage);
        if !sequence.seq.iter().all(|token| self.tokens.may_match(token, &present)) {
            return Vec::new();
        }
        let starts = self.token(passage, first);
        if starts.is_empty() {
            return Vec::new();
        }
        let steps: Vec<Found> = rest.iter().map(|token| self.token(passage, token)).collect();
        let mut found = Vec::new();
        for start in starts.iter() {
            let limit = unit_at(passage, start.start, sequence.stop_at).end;
            if let Some(end) = follow(passage.folded().text(), start.end, limit, &steps, sequence.within.0) {
                found.push(start.start..end);
            }
        }
        found
    }
}

/// The end of the nearest chain of steps after `from`, each within so many words of the one before.
fn follow(text: &str, from: usize, limit: usize, steps: &[Found], within: usize) -> Option<usize> {
    let Some((step, rest)) = steps.split_first() else { return Some(from) };
    let begin = step.partition_point(|range| range.start < from);
    for next in &step[begin..] {
        if next.end > limit || text[from..next.start].split_whitespace().take(within + 1).count() > within {
            return None;
        }
        if let Some(end) = follow(text, next.end, limit, rest, within) {
            return Some(end);
        }
    }
    None
}

fn ranges(regex: &Regex, text: &str) -> Vec<Range<usize>> {
    let matches = regex.find_iter(text.as_bytes()).filter(|found| !found.is_empty());
    matches.map(|found| snap(text, found.start(), true)..snap(text, found.end(), false)).collect()
}

/// Sorts matches and drops those that overlap an earlier or a longer one.
fn keep_apart(matches: &mut Vec<Range<usize>>) {
    matches.sort_by_key(|range| (range.start, usize::MAX - range.end));
    let mut last = 0;
    matches.retain(|range| {
        let keep = range.start >= last;
        if keep {
            last = range.end;
        }
        keep
    });
}

/// Of ranges that overlap in a chain, the first; in order.
pub fn leaders(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, usize::MAX - range.end));
    let mut end = 0;
    ranges.retain(|range| {
        let apart = range.start >= end;
        end = end.max(range.end);
        apart
    });
    ranges
}

/// The nearest character boundary, backward or forward.
fn snap(text: &str, mut at: usize, backward: bool) -> usize {
    while !text.is_char_boundary(at) {
        at = if backward { at - 1 } else { at + 1 };
    }
    at
}

/// The sentence that a byte of the folded text is in.
pub fn sentence_at(passage: &Passage, at: usize) -> Option<&Sentence> {
    let sentences = passage.sentences();
    let after = sentences.partition_point(|sentence| sentence.range.start <= at);
    sentences[..after].last().filter(|sentence| at < sentence.range.end)
}

/// The clause that a byte of the folded text is in.
pub fn clause_at(passage: &Passage, at: usize) -> Option<&Clause> {
    sentence_at(passage, at)?.clause_at(at)
}

/// The stretch of text around a byte of the folded text.
pub fn unit_at(passage: &Passage, at: usize, unit: Unit) -> Range<usize> {
    let whole = 0..passage.folded().text().len();
    match unit {
        Unit::Passage => whole,
        Unit::Sentence => sentence_at(passage, at).map_or(whole, |sentence| sentence.range.clone()),
        Unit::Clause => clause_at(passage, at).map_or(whole, |clause| clause.range.clone()),
    }
}
