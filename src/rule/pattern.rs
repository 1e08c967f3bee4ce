//! Finding patterns in passages: tokens compiled when needed, sequences, and what stands around a match.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::rc::Rc;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use regex::bytes::{Regex, RegexBuilder};

use super::address::{Address, addresses};
use super::builtin::advisory::Advisory;
use super::fill::Values;
use super::format::{PatternSpec, Polarity, SequenceSpec, Unit};
use super::literal;
use super::vocabulary::{Vocabulary, whole_words};
use crate::text::{Clause, Passage, Sentence};

/// A token of a rule: compiled at its first use.
#[derive(Debug)]
struct Token {
    raw: String,
    /// Literals (numbers of [`Tokens::literals`]) of which one stands in every match; none: it may always match.
    needs: Vec<usize>,
    dynamic: bool,
    regex: OnceLock<Option<Regex>>,
}

/// The tokens of every rule, and one automaton over the literals they need.
#[derive(Debug)]
pub struct Tokens {
    vocabulary: Vocabulary,
    tokens: Vec<Token>,
    by_text: HashMap<String, usize>,
    literals: Vec<String>,
    scanner: OnceLock<Option<AhoCorasick>>,
}

impl Tokens {
    /// The tokens of these patterns. `known` gives the needed literals of tokens where they are known already.
    ///
    /// # Errors
    /// When a token names what the vocabulary does not have.
    pub fn new<'p>(
        vocabulary: Vocabulary,
        patterns: impl Iterator<Item = &'p PatternSpec>,
        known: BTreeMap<String, Vec<String>>,
    ) -> Result<Self, String> {
        let mut tokens = Self {
            vocabulary,
            tokens: Vec::new(),
            by_text: HashMap::new(),
            literals: Vec::new(),
            scanner: OnceLock::new(),
        };
        let mut numbers = HashMap::new();
        for raw in patterns.flat_map(PatternSpec::tokens) {
            if !tokens.by_text.contains_key(raw) {
                tokens.add(raw, known.get(raw), &mut numbers)?;
            }
        }
        Ok(tokens)
    }

    fn add(
        &mut self,
        raw: &str,
        known: Option<&Vec<String>>,
        numbers: &mut HashMap<String, usize>,
    ) -> Result<(), String> {
        let needed = match known {
            Some(needed) => needed.clone(),
            None => {
                let expanded = self.vocabulary.expand(raw)?;
                if expanded.contains("{{") { Vec::new() } else { literal::needed(&expanded) }
            }
        };
        let mut needs = Vec::with_capacity(needed.len());
        for word in needed {
            let next = self.literals.len();
            let number = *numbers.entry(word.clone()).or_insert(next);
            if number == next {
                self.literals.push(word);
            }
            needs.push(number);
        }
        let dynamic = known.is_none() && raw.contains("{{") || self.names_a_value(raw);
        self.by_text.insert(raw.to_owned(), self.tokens.len());
        self.tokens.push(Token { raw: raw.to_owned(), needs, dynamic, regex: OnceLock::new() });
        Ok(())
    }

    /// True where a token, or one it is built from, holds a value of the manifest.
    fn names_a_value(&self, raw: &str) -> bool {
        raw.contains('{') && self.vocabulary.expand(raw).is_ok_and(|expanded| expanded.contains("{{"))
    }

    /// The vocabulary the tokens were made with.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Compiles every token that needs no value of a manifest.
    ///
    /// # Errors
    /// The first token that is no regular expression, with the fault.
    pub fn compile_all(&self) -> Result<(), String> {
        for token in &self.tokens {
            let expanded = self.vocabulary.expand(&token.raw)?;
            let probe = if token.dynamic { strip_values(&expanded) } else { expanded };
            compile(&probe).map_err(|error| format!("`{}` is no regular expression: {error}", token.raw))?;
        }
        Ok(())
    }

    fn scanner(&self) -> Option<&AhoCorasick> {
        self.scanner.get_or_init(|| AhoCorasick::new(&self.literals).ok()).as_ref()
    }
}

/// A token with each `{{value}}` replaced by a word, to see whether the rest is sound.
fn strip_values(expanded: &str) -> String {
    let mut out = String::new();
    let mut rest = expanded;
    while let Some(open) = rest.find("{{") {
        out.push_str(&rest[..open]);
        out.push_str("value");
        rest = rest[open..].find("}}").map_or("", |end| &rest[open + end + 2..]);
    }
    out + rest
}

fn compile(expanded: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(&whole_words(expanded)).unicode(false).size_limit(4 << 20).build()
}

type Found = Rc<Vec<Range<usize>>>;

/// Reads the passages of one registration: every token is looked for at most once in each.
pub struct Reader<'r> {
    tokens: &'r Tokens,
    values: &'r Values<'r>,
    present: RefCell<HashMap<*const Passage, Rc<Vec<bool>>>>,
    found: RefCell<HashMap<(*const Passage, usize), Found>>,
    filled: RefCell<HashMap<usize, Option<Regex>>>,
    advisory: RefCell<HashMap<*const Passage, Rc<Advisory>>>,
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
            addresses: RefCell::default(),
        }
    }

    /// The parts of a passage that advise somebody else, read once.
    pub fn advisory(&self, passage: &Passage) -> Rc<Advisory> {
        let mut known = self.advisory.borrow_mut();
        Rc::clone(known.entry(std::ptr::from_ref(passage)).or_insert_with(|| Rc::new(Advisory::of(passage))))
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
        all.sort_by_key(|range| (range.start, usize::MAX - range.end));
        let mut last = 0;
        all.retain(|range| {
            let keep = range.start >= last;
            if keep {
                last = range.end;
            }
            keep
        });
        all
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
            let excuses: Vec<_> = unless.iter().flat_map(|pattern| self.find(passage, pattern)).collect();
            matches.retain(|range| {
                let around = unit_at(passage, range.start, unless_in);
                !excuses.iter().any(|excuse| around.start <= excuse.start && excuse.end <= around.end)
            });
        }
        matches
    }

    fn token(&self, passage: &Passage, raw: &str) -> Found {
        let Some(&number) = self.tokens.by_text.get(raw) else { return Rc::default() };
        let key = (std::ptr::from_ref(passage), number);
        if let Some(found) = self.found.borrow().get(&key) {
            return Rc::clone(found);
        }
        let found = Rc::new(self.search(passage, number));
        self.found.borrow_mut().insert(key, Rc::clone(&found));
        found
    }

    fn search(&self, passage: &Passage, number: usize) -> Vec<Range<usize>> {
        let token = &self.tokens.tokens[number];
        let text = passage.folded().text();
        if token.dynamic {
            let mut filled = self.filled.borrow_mut();
            let expanded = self.tokens.vocabulary.expand(&token.raw).unwrap_or_default();
            let regex = filled.entry(number).or_insert_with(|| compile(&self.values.fill_pattern(&expanded)?).ok());
            let mut found = regex.as_ref().map(|regex| ranges(regex, text)).unwrap_or_default();
            if let Some(brand) = self.values.brand().filter(|_| !found.is_empty() && expanded.contains("{{brand}}")) {
                let addresses = self.addresses(passage);
                found.retain(|range| brand.counts(passage, range, &addresses));
            }
            return found;
        }
        if !token.needs.is_empty() {
            let present = self.present(passage);
            if !token.needs.iter().any(|&literal| present.get(literal).copied().unwrap_or(true)) {
                return Vec::new();
            }
        }
        let regex = token.regex.get_or_init(|| compile(&self.tokens.vocabulary.expand(&token.raw).ok()?).ok());
        let mut found = regex.as_ref().map(|regex| ranges(regex, text)).unwrap_or_default();
        if token.raw.contains("{web-link}") {
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
        let mut present = vec![false; self.tokens.literals.len()];
        match self.tokens.scanner() {
            Some(scanner) => {
                for hit in scanner.find_overlapping_iter(passage.folded().text()) {
                    present[hit.pattern().as_usize()] = true;
                }
            }
            None => present.fill(true),
        }
        let present = Rc::new(present);
        self.present.borrow_mut().insert(key, Rc::clone(&present));
        present
    }

    fn sequence(&self, passage: &Passage, sequence: &SequenceSpec) -> Vec<Range<usize>> {
        let Some((first, rest)) = sequence.seq.split_first() else { return Vec::new() };
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
        if next.end > limit || text[from..next.start].split_whitespace().count() > within {
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
    sentence_at(passage, at)?.clauses.iter().find(|clause| clause.range.contains(&at))
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
