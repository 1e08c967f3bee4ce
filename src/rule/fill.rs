//! The user's own values in patterns and in the words that people read.

use std::collections::BTreeMap;

use super::brand::{self, BrandPattern};
use crate::registration::Registration;
use crate::text::Folded;

/// The values of one registration.
pub struct Values<'r> {
    registration: &'r Registration,
    brand_pattern: Option<BrandPattern>,
}

impl<'r> Values<'r> {
    /// The values of this registration.
    pub fn new(registration: &'r Registration) -> Self {
        Self { registration, brand_pattern: brand::pattern(registration) }
    }

    /// The registration they are of.
    pub fn registration(&self) -> &'r Registration {
        self.registration
    }

    /// The patterns of the brand's names; none where it has no name.
    pub fn brand(&self) -> Option<&BrandPattern> {
        self.brand_pattern.as_ref()
    }

    /// The expression with every `{{value}}` filled in, escaped; none where a value is missing.
    pub fn fill_pattern(&self, expanded: &str) -> Option<String> {
        replace(expanded, |name| match name {
            "brand" => self.brand_pattern.as_ref().map(|pattern| pattern.expression.clone()),
            "host" => {
                let host = host(self.registration.text("brand.website"));
                (!host.is_empty()).then(|| regex::escape(host.trim_start_matches("www.")))
            }
            field => {
                let value = self.registration.text(field);
                (!value.is_empty()).then(|| regex::escape(Folded::new(value).text()))
            }
        })
    }

    /// A sentence for people with every `{{value}}` filled in; `found` holds what the check found.
    ///
    /// A value that the manifest lacks shows as what belongs there: `[website]`.
    pub fn fill_text(&self, text: &str, found: &BTreeMap<String, String>) -> String {
        let filled = replace(text, |name| Some(self.word(name, found)));
        filled.unwrap_or_else(|| text.to_owned())
    }

    fn word(&self, name: &str, found: &BTreeMap<String, String>) -> String {
        if let Some(key) = name.strip_prefix("found.") {
            return found.get(key).cloned().unwrap_or_default();
        }
        let value = match name {
            "brand" => brand::familiar(self.registration).unwrap_or_default(),
            "host" => host(self.registration.text("brand.website")),
            field => self.registration.text(field).to_owned(),
        };
        if value.is_empty() {
            format!("[{}]", name.rsplit('.').next().unwrap_or(name).replace('_', " "))
        } else {
            value
        }
    }
}

fn host(website: &str) -> String {
    let parsed = url::Url::parse(website).or_else(|_| url::Url::parse(&format!("https://{website}")));
    parsed.ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}

/// Replaces each `{{name}}`; none where a value is.
fn replace(text: &str, mut value: impl FnMut(&str) -> Option<String>) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find("{{") {
        let Some(length) = rest[open..].find("}}") else { break };
        out.push_str(&rest[..open]);
        out.push_str(&value(rest[open + 2..open + length].trim())?);
        rest = &rest[open + length + 2..];
    }
    out.push_str(rest);
    Some(out)
}
