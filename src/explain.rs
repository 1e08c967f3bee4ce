//! What a rule, a provider's code or a reason for rejection means, and what to do about it.

pub(crate) mod code;
mod prose;
mod reason;
pub(crate) mod rule;

use std::collections::BTreeMap;

use crate::error::Error;
use crate::provider::{Provider, Reason, meanings, providers, reasons};
use crate::report::clean;
use crate::report::screen::{Paint, Screen};
use crate::rule::{Rule, RuleSet};

/// How many near names an unknown name is answered with.
const MOST_SUGGESTIONS: usize = 3;

/// Everything there is to explain.
#[derive(Debug)]
pub struct Knowledge {
    /// The rules.
    pub rules: RuleSet,
    /// Code lists by the provider's short name.
    pub providers: BTreeMap<String, Provider>,
    /// Reasons for rejection.
    pub reasons: Vec<Reason>,
}

impl Knowledge {
    /// The rules with the built-in code lists and reasons.
    ///
    /// # Errors
    /// Never with a sound build.
    pub fn new(rules: RuleSet) -> Result<Self, Error> {
        Ok(Self { rules, providers: providers()?, reasons: reasons()? })
    }

    /// What `name` means: a rule, `provider:code`, a code, a reason, or the words of a rejection.
    ///
    /// # Errors
    /// When nothing has that name; the help names what is near.
    pub fn explain(&self, name: &str, screen: &Screen) -> Result<String, Error> {
        let name = name.trim();
        if let Some(rule) = self.rules.find(name) {
            return self.rule(rule, screen);
        }
        if let Some(reason) = self.reasons.iter().find(|reason| reason.id == name) {
            return Ok(self.reason(reason, screen));
        }
        match meanings(&self.providers, name).as_slice() {
            [] => self.prose(name, screen)?.ok_or_else(|| self.unknown(name)),
            [(provider, code)] => Ok(self.code(provider, code, screen)),
            several => Ok(self.ambiguous(name, several, screen)),
        }
    }

    /// The rules that foretell a code: those that name it.
    pub(crate) fn rules_for_code(&self, code: &str) -> Vec<&Rule> {
        self.rules.iter().filter(|rule| rule.file.rejections.iter().any(|known| known == code)).collect()
    }

    /// The rules that find a reason.
    fn rules_for_reason(&self, reason: &str) -> Vec<&Rule> {
        self.rules.iter().filter(|rule| rule.file.reasons.iter().any(|known| known == reason)).collect()
    }

    pub(crate) fn reason_title<'k>(&'k self, id: &'k str) -> &'k str {
        self.reasons.iter().find(|reason| reason.id == id).map_or(id, |reason| reason.title.as_str())
    }

    pub(crate) fn code_title(&self, name: &str) -> Option<&str> {
        let (provider, code) = name.split_once(':')?;
        let list = self.providers.get(provider)?;
        list.codes.iter().find(|known| known.code == code).map(|known| known.title.as_str())
    }

    fn unknown(&self, name: &str) -> Error {
        let shown = clean::short(name, 80);
        let near = self.near(name);
        let help = match near.as_slice() {
            [] => "See `tcr-lint rules list` for every rule; codes look like twilio:30893".to_owned(),
            near => format!("Did you mean {}?", near.join(", ")),
        };
        Error::new(format!("`{shown}` is no rule, no rejection code and no reason")).help(help)
    }

    /// Known names that are spelt alike, nearest first.
    fn near(&self, name: &str) -> Vec<String> {
        let name: String = name.to_lowercase().chars().take(80).collect();
        let rules = self.rules.iter().map(|rule| rule.id.clone());
        let reasons = self.reasons.iter().map(|reason| reason.id.clone());
        let codes = self
            .providers
            .iter()
            .flat_map(|(provider, list)| list.codes.iter().map(move |code| format!("{provider}:{}", code.code)));
        let alike = |known: &str| {
            let last = known.rsplit('/').next().unwrap_or(known);
            let known = known.to_lowercase();
            strsim::normalized_damerau_levenshtein(&known, &name)
                .max(strsim::normalized_damerau_levenshtein(last, &name))
        };
        let mut near: Vec<(f64, String)> =
            rules.chain(reasons).chain(codes).map(|known| (alike(&known), known)).collect();
        near.retain(|(likeness, _)| *likeness >= 0.7);
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        near.truncate(MOST_SUGGESTIONS);
        near.into_iter().map(|(_, known)| known).collect()
    }
}

/// A paragraph with a name in front: `Why       …`.
fn item(screen: &Screen, name: &str, text: &str) -> String {
    if screen.spoken {
        return screen.paragraph(&format!("{name}: "), 0, text);
    }
    let lead = format!("{}{}", screen.paint(Paint::Bold, name), " ".repeat(10_usize.saturating_sub(name.len())));
    screen.paragraph(&lead, 10, text)
}

/// Lines with a name in front of the first.
fn items(screen: &Screen, name: &str, texts: impl IntoIterator<Item = String>) -> String {
    let mut out = String::new();
    for (number, text) in texts.into_iter().enumerate() {
        out.push_str(&item(screen, if number == 0 { name } else { "" }, &text));
    }
    out
}

/// A heading: the name, then what it is.
fn heading(screen: &Screen, name: &str, title: &str) -> String {
    format!("{}\n{}\n", screen.paint(Paint::Bold, name), screen.paragraph("", 0, title))
}

/// A text of a rule with `[website]` for `{{brand.website}}`: what the manifest would fill in.
pub fn with_placeholders(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(open) = rest.find("{{") {
        let Some(length) = rest[open..].find("}}") else { break };
        let name = rest[open + 2..open + length].trim();
        out.push_str(&rest[..open]);
        out.push_str(&format!("[{}]", name.rsplit('.').next().unwrap_or(name).replace('_', " ")));
        rest = &rest[open + length + 2..];
    }
    out + rest
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
