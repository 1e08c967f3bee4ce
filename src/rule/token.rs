//! The tokens of all rules: each compiled at its first use, and only those branches of it that a text can match.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex_automata::meta::{self, Regex};
use regex_automata::nfa::thompson::WhichCaptures;
use regex_automata::util::syntax;

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
    quick: OnceLock<Option<Regex>>,
    thorough: OnceLock<Option<Regex>>,
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
            compiled.push(Compiled {
                expression: branch.expression,
                needs,
                quick: OnceLock::new(),
                thorough: OnceLock::new(),
            });
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
            compile(&probe, Effort::Quick)
                .map_err(|error| format!("`{}` is no regular expression: {error}", token.raw))?;
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

    /// The expressions of those branches that a text of that many bytes with these literals can match, one by one.
    pub(super) fn regexes(&self, number: usize, present: &[bool], length: usize) -> impl Iterator<Item = &Regex> {
        let possible = self.tokens[number].branches.iter().filter(|branch| branch.possible(present));
        possible.filter_map(move |branch| branch.regex(length))
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
        let scanner = self.scanner.get_or_init(|| {
            let kind = Some(AhoCorasickKind::ContiguousNFA);
            AhoCorasick::builder().kind(kind).build(&self.literals).ok()
        });
        let Some(scanner) = scanner else { return vec![true; self.literals.len()] };
        let mut present = vec![false; self.literals.len()];
        for hit in scanner.find_overlapping_iter(text) {
            present[hit.pattern().as_usize()] = true;
        }
        present
    }
}

impl Compiled {
    /// The expression for a text of that many bytes.
    fn regex(&self, length: usize) -> Option<&Regex> {
        let (cell, effort) = match length {
            ..LARGE => (&self.quick, Effort::Quick),
            _ => (&self.thorough, Effort::Thorough),
        };
        cell.get_or_init(|| compile(&self.expression, effort).ok()).as_ref()
    }

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

/// From this many bytes on, a text is worth an expression that takes longer to compile and less to search with.
const LARGE: usize = 64 << 10;

/// How much compiling may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effort {
    /// Compiled about three times as fast, for the short texts of one registration.
    Quick,
    /// With everything that makes long texts quick to search.
    Thorough,
}

/// Compiles an expanded token: whole words only, over folded text, searched in linear time.
pub(super) fn compile(expanded: &str, effort: Effort) -> Result<Regex, Box<meta::BuildError>> {
    let config = meta::Config::new()
        .utf8_empty(false)
        .nfa_size_limit(Some(4 << 20))
        .which_captures(WhichCaptures::Implicit)
        .auto_prefilter(effort == Effort::Thorough)
        .onepass(false)
        .backtrack(false);
    let syntax = syntax::Config::new().unicode(false).utf8(false);
    meta::Builder::new().configure(config).syntax(syntax).build(&whole_words(expanded)).map_err(Box::new)
}
