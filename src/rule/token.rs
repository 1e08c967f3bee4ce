//! The tokens of all rules: each compiled at its first use, and only those branches of it that a text can match.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use regex::bytes::{Regex, RegexBuilder};

use super::format::PatternSpec;
use super::literal::{self, Branch};
use super::vocabulary::{Vocabulary, whole_words};

/// A token of a rule.
#[derive(Debug)]
struct Token {
    raw: String,
    /// The expanded token where it holds values of the manifest.
    with_values: Option<String>,
    /// Its branches where it holds none.
    branches: Vec<Compiled>,
    links: bool,
}

/// A branch of a token: compiled at its first use.
#[derive(Debug)]
struct Compiled {
    expression: String,
    /// Sets of numbers of [`Tokens::literals`]: of each set one stands in every match.
    needs: Vec<Vec<usize>>,
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
    /// The tokens of these patterns. `known` gives the branches of tokens where they are known already.
    ///
    /// # Errors
    /// When a token names what the vocabulary does not have.
    pub fn new<'p>(
        vocabulary: Vocabulary,
        patterns: impl Iterator<Item = &'p PatternSpec>,
        mut known: BTreeMap<String, Vec<Branch>>,
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
                tokens.add(raw, known.remove(raw), &mut numbers)?;
            }
        }
        Ok(tokens)
    }

    fn add(
        &mut self,
        raw: &str,
        known: Option<Vec<Branch>>,
        numbers: &mut HashMap<String, usize>,
    ) -> Result<(), String> {
        let (branches, with_values) = match known {
            Some(branches) => (branches, None),
            None => {
                let expanded = self.vocabulary.expand(raw)?;
                if expanded.contains("{{") {
                    (Vec::new(), Some(expanded))
                } else {
                    (literal::branches(&expanded), None)
                }
            }
        };
        let mut number = |word: String| {
            *numbers.entry(word).or_insert_with_key(|word| {
                self.literals.push(word.clone());
                self.literals.len() - 1
            })
        };
        let mut compiled = Vec::with_capacity(branches.len());
        for branch in branches {
            let needs = branch.needs.into_iter().map(|set| set.into_iter().map(&mut number).collect()).collect();
            compiled.push(Compiled { expression: branch.expression, needs, regex: OnceLock::new() });
        }
        self.by_text.insert(raw.to_owned(), self.tokens.len());
        let links = raw.contains("{web-link}");
        self.tokens.push(Token { raw: raw.to_owned(), with_values, branches: compiled, links });
        Ok(())
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
            let probe = if token.with_values.is_some() { strip_values(&expanded) } else { expanded };
            compile(&probe).map_err(|error| format!("`{}` is no regular expression: {error}", token.raw))?;
        }
        Ok(())
    }

    /// The number of a token of a rule.
    pub(super) fn number(&self, raw: &str) -> Option<usize> {
        self.by_text.get(raw).copied()
    }

    /// The expanded token, where it holds values of the manifest.
    pub(super) fn with_values(&self, number: usize) -> Option<&str> {
        self.tokens[number].with_values.as_deref()
    }

    /// True for a token that finds web links.
    pub(super) fn finds_links(&self, number: usize) -> bool {
        self.tokens[number].links
    }

    /// The expressions of those branches that a text with these literals can match.
    pub(super) fn regexes(&self, number: usize, present: &[bool]) -> Vec<&Regex> {
        let possible = self.tokens[number].branches.iter().filter(|branch| branch.possible(present));
        possible.filter_map(|branch| branch.regex.get_or_init(|| compile(&branch.expression).ok()).as_ref()).collect()
    }

    /// False where a text with these literals cannot match the token.
    pub(super) fn may_match(&self, raw: &str, present: &[bool]) -> bool {
        self.number(raw).is_some_and(|number| {
            let token = &self.tokens[number];
            token.with_values.is_some() || token.branches.iter().any(|branch| branch.possible(present))
        })
    }

    /// Which literals stand in a folded text.
    pub(super) fn present(&self, text: &str) -> Vec<bool> {
        let scanner = self.scanner.get_or_init(|| AhoCorasick::new(&self.literals).ok());
        let Some(scanner) = scanner else { return vec![true; self.literals.len()] };
        let mut present = vec![false; self.literals.len()];
        for hit in scanner.find_overlapping_iter(text) {
            present[hit.pattern().as_usize()] = true;
        }
        present
    }
}

impl Compiled {
    fn possible(&self, present: &[bool]) -> bool {
        self.needs.iter().all(|set| set.iter().any(|&literal| present.get(literal).copied().unwrap_or(true)))
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

/// Compiles an expanded token: whole words only, over folded text, in linear time.
pub(super) fn compile(expanded: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(&whole_words(expanded)).unicode(false).size_limit(4 << 20).build()
}
