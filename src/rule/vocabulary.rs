//! The named tokens that rules share, and how a token becomes a regular expression.

use std::collections::BTreeMap;

/// Named tokens: name to regular expression over folded text.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary(BTreeMap<String, String>);

impl Vocabulary {
    /// A vocabulary of these names.
    pub fn new(names: BTreeMap<String, String>) -> Self {
        Self(names)
    }

    /// Adds names; those that are there already are replaced.
    pub fn extend(&mut self, names: BTreeMap<String, String>) {
        self.0.extend(names);
    }

    /// Every name with its expression.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &String)> {
        self.0.iter()
    }

    /// The token with every `{name}` replaced; `{{field}}` stays for later.
    ///
    /// # Errors
    /// When a name is unknown, or names go round in a circle.
    pub fn expand(&self, token: &str) -> Result<String, String> {
        self.expand_within(token, 0)
    }

    fn expand_within(&self, token: &str, depth: usize) -> Result<String, String> {
        if depth > 12 {
            return Err(format!("the vocabulary goes round in a circle at `{token}`"));
        }
        let mut out = String::with_capacity(token.len() * 2);
        let mut rest = token;
        while let Some(open) = rest.find('{') {
            out.push_str(&rest[..open]);
            let after = &rest[open + 1..];
            if after.starts_with('{') {
                let Some(end) = after.find("}}") else {
                    return Err(format!("`{{{{` is never closed in `{token}`"));
                };
                out.push_str(&rest[open..open + end + 3]);
                rest = &after[end + 2..];
                continue;
            }
            let end = after.find('}').ok_or_else(|| format!("`{{` is never closed in `{token}`"))?;
            let name = &after[..end];
            if !name.starts_with(|first: char| first.is_ascii_alphabetic()) || is_of_the_expression(&rest[..open], name)
            {
                out.push_str(&rest[open..=open + end + 1]);
            } else {
                let value = self.0.get(name).ok_or_else(|| format!("the vocabulary has no `{{{name}}}`"))?;
                out.push_str("(?:");
                out.push_str(&self.expand_within(value, depth + 1)?);
                out.push(')');
            }
            rest = &after[end + 1..];
        }
        out.push_str(rest);
        Ok(out)
    }
}

/// True for a brace that the language of expressions itself uses: `\b{start-half}`, `\p{Greek}`, `\{word}`.
fn is_of_the_expression(before: &str, name: &str) -> bool {
    let half_boundary = before.ends_with(r"\b") && matches!(name, "start-half" | "end-half");
    half_boundary || before.ends_with('\\') || before.ends_with(r"\p") || before.ends_with(r"\P")
}

/// The regular expression of an expanded token: whole words only, over folded text.
pub fn whole_words(expanded: &str) -> String {
    format!(r"\b{{start-half}}(?:{expanded})\b{{end-half}}")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn names_are_expanded_and_what_expressions_use_themselves_is_left() {
        let names = [("half-price", "half[- ]price"), ("stop", "stop"), ("two", "{stop}s")];
        let vocabulary = Vocabulary::new(names.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
        for (token, wanted) in [
            ("{half-price}", "(?:half[- ]price)"),
            (r"\b{start-half}{stop}\b{end-half}", r"\b{start-half}(?:stop)\b{end-half}"),
            (r"b{stop}", "b(?:stop)"),
            (r"stop{stop}", "stop(?:stop)"),
            ("p{stop}", "p(?:stop)"),
            (r"\p{Greek}\P{Greek}\{stop}", r"\p{Greek}\P{Greek}\{stop}"),
            (r"\w{2,3} {two}", r"\w{2,3} (?:(?:stop)s)"),
            ("{{brand}} {stop}", "{{brand}} (?:stop)"),
        ] {
            assert_eq!(vocabulary.expand(token).unwrap(), wanted, "{token}");
        }
        for unknown in ["{start-half}", "{half}", "{", "{{brand}"] {
            assert!(vocabulary.expand(unknown).is_err(), "{unknown}");
        }
    }
}
