//! What is known of one field.

use std::collections::BTreeMap;

use serde::Deserialize;
use strsim::damerau_levenshtein;

use super::UseCase;
use super::required::Required;
use crate::registration::Registration;

/// One field of a manifest.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldDefinition {
    /// Its dotted name: `brand.legal_name`.
    pub name: String,
    /// What TCR calls it.
    pub tcr: Option<String>,
    /// What it holds.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// The fewest characters; of a list, of each entry.
    pub min: Option<usize>,
    /// The most characters; of a list, of each entry.
    pub max: Option<usize>,
    /// The most characters that every provider takes, where that is fewer.
    pub portable_max: Option<usize>,
    /// How many entries a list may have.
    pub count: Option<Bounds>,
    /// True where the list may also be one text with commas.
    #[serde(default)]
    pub split: bool,
    /// When it must be given.
    pub required: Required,
    /// What it is, in one sentence.
    pub about: String,
    /// Other names that people write.
    #[serde(default)]
    pub also: Vec<String>,
    /// The values that it takes.
    #[serde(default)]
    pub values: Vec<AllowedValue>,
    values_from: Option<ValuesFrom>,
    /// True where it takes other values than those listed too.
    #[serde(default)]
    pub open: bool,
    /// True where TCR gives it out and nobody submits it.
    #[serde(default)]
    pub read_only: bool,
    /// What is different at each provider.
    #[serde(default)]
    pub providers: BTreeMap<String, AtProvider>,
    /// Keys of the registry's sources.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldType {
    /// Any text.
    Text,
    /// One of some values.
    Enum,
    /// Several texts, or several of some values.
    List,
    /// True or false.
    Flag,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// An address on the web.
    Url,
    /// A country in two letters.
    Country,
    /// A day: `2026-10-02`.
    Date,
    /// A file, relative to the manifest's folder.
    Path,
}

/// A least and a greatest number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// The least.
    pub min: usize,
    /// The greatest.
    pub max: usize,
}

/// A value that a field takes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AllowedValue {
    /// As TCR writes it.
    pub value: String,
    /// How providers and people write it.
    #[serde(default)]
    pub spellings: Vec<String>,
    /// What it means.
    pub about: Option<String>,
}

/// Where values are listed that several fields share.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ValuesFrom {
    UseCases,
    SubUseCases,
}

/// What is different at a provider.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AtProvider {
    /// What the provider calls the field.
    pub name: Option<String>,
    /// The provider's own fewest characters.
    pub min: Option<usize>,
    /// The provider's own most characters.
    pub max: Option<usize>,
    /// The provider's own number of entries.
    pub count: Option<Bounds>,
    /// When the provider requires it, if not as usual.
    pub required: Option<Required>,
}

/// How long a value may be, and how many a list may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The fewest characters.
    pub min: Option<usize>,
    /// The most characters.
    pub max: Option<usize>,
    /// The number of entries.
    pub count: Option<Bounds>,
}

impl FieldDefinition {
    /// The section it belongs to; empty at the top of the manifest.
    pub fn section(&self) -> &str {
        self.name.split_once('.').map_or("", |(section, _)| section)
    }

    /// The key as it stands in the manifest: the name without its section.
    pub fn key(&self) -> &str {
        self.name.split_once('.').map_or(&self.name, |(_, key)| key)
    }

    /// The limits that hold at the provider; the common ones where none is chosen or it has none of its own.
    pub fn limits(&self, provider: Option<&str>) -> Limits {
        let own = provider.and_then(|provider| self.providers.get(provider));
        Limits {
            min: own.and_then(|own| own.min).or(self.min),
            max: own.and_then(|own| own.max).or(self.max),
            count: own.and_then(|own| own.count).or(self.count),
        }
    }

    /// Whether the registration must give the field, to the provider that it names.
    pub fn required_for(&self, registration: &Registration) -> bool {
        self.required_at(registration, registration.provider.as_deref())
    }

    /// Whether the registration must give the field to this provider; to TCR where none is chosen.
    pub fn required_at(&self, registration: &Registration, provider: Option<&str>) -> bool {
        provider.and_then(|provider| self.own_rule(provider)).unwrap_or(&self.required).holds(registration)
    }

    /// Whether the provider itself asks the registration for the field, beyond what TCR does.
    pub fn asked_by(&self, provider: &str, registration: &Registration) -> bool {
        self.own_rule(provider).is_some_and(|required| required.holds(registration))
            && !self.required.holds(registration)
    }

    fn own_rule(&self, provider: &str) -> Option<&Required> {
        self.providers.get(provider)?.required.as_ref()
    }

    /// The value as TCR writes it, if it is one of those that the field takes: case, blanks, hyphens and underscores
    /// do not matter.
    pub fn canonical(&self, written: &str) -> Option<&str> {
        const LONGEST: usize = 200;
        if self.values.is_empty() || written.len() > LONGEST {
            return None;
        }
        let written = plain(written);
        let same = |value: &&AllowedValue| {
            plain(&value.value) == written || value.spellings.iter().any(|spelling| plain(spelling) == written)
        };
        self.values.iter().find(same).map(|value| value.value.as_str())
    }

    /// The value that comes nearest to what is written, if one comes near.
    pub fn nearest(&self, written: &str) -> Option<&str> {
        let spellings = |value: &'_ AllowedValue| {
            let all = value.spellings.iter().chain([&value.value]);
            all.filter_map(|spelling| distance(written, spelling)).min()
        };
        let near = self.values.iter().filter_map(|value| Some((spellings(value)?, value.value.as_str())));
        near.min_by_key(|(distance, _)| *distance).map(|(_, value)| value)
    }

    /// What TCR, providers and people call it: of a path, its last name.
    pub(super) fn other_names(&self) -> impl Iterator<Item = &str> {
        let providers = self.providers.values().filter_map(|provider| provider.name.as_ref());
        let names = self.tcr.iter().chain(&self.also).chain(providers);
        names.map(|name| name.rsplit('.').next().unwrap_or(name))
    }

    pub(super) fn take_values(&mut self, use_cases: &[UseCase]) {
        let Some(from) = self.values_from else { return };
        let wanted = use_cases.iter().filter(|case| matches!(from, ValuesFrom::UseCases) || case.usable_as_sub);
        self.values = wanted.map(UseCase::as_value).collect();
    }
}

/// The distance of two words if it is small enough for one to be meant for the other.
pub(in crate::registration) fn distance(written: &str, known: &str) -> Option<usize> {
    const LONGEST: usize = 64;
    if written.len() > LONGEST {
        return None;
    }
    let (written, known) = (plain(written), plain(known));
    let distance = damerau_levenshtein(&written, &known);
    (distance <= (known.len() + 2) / 4).then_some(distance)
}

/// Lower case without blanks, hyphens, underscores and other signs.
pub(in crate::registration) fn plain(text: &str) -> String {
    text.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
