//! What a token needs before it can match, so that most of it is never compiled.
//!
//! A large token is cut into branches, the alternatives it consists of; each branch names words that stand in every match of it.
//! A text that lacks them is never searched for the branch, and the branch never compiled.

use regex_syntax::ast::{Ast, GroupKind, parse::Parser};
use regex_syntax::hir::{Hir, HirKind};
use serde::{Deserialize, Serialize};

/// Alternatives shorter than this together stay in one branch.
const BRANCH: usize = 200;

/// The most sets of words that a branch asks for.
const SETS: usize = 3;

/// A part of a token that matches by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Branch {
    /// A regular expression.
    pub expression: String,
    /// Sets of words: of each set, at least one word stands in every match.
    pub needs: Vec<Vec<String>>,
}

/// The branches of an expanded token.
pub fn branches(expanded: &str) -> Vec<Branch> {
    let mut parts: Vec<String> = Vec::new();
    for alternative in alternatives(expanded) {
        match parts.last_mut() {
            Some(last) if last.len() + alternative.len() < BRANCH => {
                last.push('|');
                last.push_str(alternative);
            }
            _ => parts.push(alternative.to_owned()),
        }
    }
    parts.into_iter().map(|expression| Branch { needs: needed(&expression), expression }).collect()
}

/// The outermost alternatives of an expression, as they are written.
fn alternatives(expression: &str) -> Vec<&str> {
    let Ok(ast) = Parser::new().parse(expression) else { return vec![expression] };
    let mut inner = &ast;
    while let Ast::Group(group) = inner {
        if !matches!(&group.kind, GroupKind::NonCapturing(flags) if flags.items.is_empty()) {
            return vec![expression];
        }
        inner = &group.ast;
    }
    let Ast::Alternation(alternation) = inner else { return vec![expression] };
    let text = |ast: &Ast| &expression[ast.span().start.offset..ast.span().end.offset];
    alternation.asts.iter().flat_map(|ast| alternatives(text(ast))).collect()
}

/// Sets of words of which each has one in every match of `expression`.
fn needed(expression: &str) -> Vec<Vec<String>> {
    let parsed = regex_syntax::ParserBuilder::new().unicode(false).utf8(false).build().parse(expression);
    let mut sets = parsed.map(|hir| sets(&hir)).unwrap_or_default();
    sets.sort_by_key(|set| std::cmp::Reverse(rarity(set)));
    sets.dedup();
    sets.truncate(SETS);
    sets
}

fn sets(hir: &Hir) -> Vec<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
            Ok(text) if text.trim().len() >= 2 => vec![vec![text.to_owned()]],
            _ => Vec::new(),
        },
        HirKind::Capture(capture) => sets(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => sets(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().flat_map(sets).collect(),
        HirKind::Alternation(parts) => either(parts).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// One set for a choice: the rarest of each alternative; none where an alternative needs nothing.
fn either(parts: &[Hir]) -> Option<Vec<String>> {
    let mut all = Vec::new();
    for part in parts {
        all.extend(sets(part).into_iter().max_by_key(|set| rarity(set))?);
    }
    all.sort();
    all.dedup();
    (all.len() <= 60).then_some(all)
}

/// A set is the better the longer its shortest word, and the fewer its words.
fn rarity(set: &[String]) -> (usize, usize) {
    (set.iter().map(String::len).min().unwrap_or(0), usize::MAX - set.len())
}
