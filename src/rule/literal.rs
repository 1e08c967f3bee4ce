//! Literals without which a token cannot match, so that most tokens are never compiled.

use regex_syntax::hir::{Hir, HirKind};

/// Words of which at least one stands in every match of `expression`; none where no such set is known.
pub fn needed(expression: &str) -> Vec<String> {
    let parsed = regex_syntax::ParserBuilder::new().unicode(false).utf8(false).build().parse(expression);
    parsed.ok().and_then(|hir| alternatives(&hir)).unwrap_or_default()
}

fn alternatives(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            (text.trim().len() >= 2).then(|| vec![text.to_owned()])
        }
        HirKind::Capture(capture) => alternatives(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => alternatives(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().filter_map(alternatives).max_by_key(|set| rarity(set)),
        HirKind::Alternation(parts) => {
            let sets: Option<Vec<_>> = parts.iter().map(alternatives).collect();
            let mut all: Vec<String> = sets?.into_iter().flatten().collect();
            all.sort();
            all.dedup();
            (all.len() <= 40).then_some(all)
        }
        _ => None,
    }
}

/// A set is the better the longer its shortest word, and the fewer its words.
fn rarity(set: &[String]) -> (usize, usize) {
    (set.iter().map(String::len).min().unwrap_or(0), usize::MAX - set.len())
}
