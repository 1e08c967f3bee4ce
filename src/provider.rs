//! What providers call their rejections: code lists and the reasons behind them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::error::Error;

/// The code list of one provider: `rules/providers/NAME.yaml`.
#[derive(Debug, Clone, Deserialize)]
pub struct Provider {
    /// What people call it.
    pub name: String,
    /// Whose list it is and where its codes appear.
    pub about: String,
    /// The month it was read.
    pub read: String,
    /// The codes.
    pub codes: Vec<Code>,
}

/// One code of a provider.
#[derive(Debug, Clone, Deserialize)]
pub struct Code {
    /// As the provider writes it.
    pub code: String,
    /// A short title.
    pub title: String,
    /// What the reviewer found and what usually causes it.
    pub means: String,
    /// What the reviewer looked at.
    pub looks_at: Vec<String>,
    /// `yes`, `no` or `unknown`.
    pub resubmittable: String,
    /// `edit`, `new-campaign` or `unknown`.
    pub change: String,
    /// Ids of reasons.
    pub reasons: Vec<String>,
    /// `offline`, `online`, `external` or `human`.
    pub checkable: String,
    /// How sure we are of what it means.
    pub confidence: String,
    /// Where it is published.
    pub url: String,
}

/// A reason for rejection, whatever the providers call it: an entry of `rules/registry/reasons.yaml`.
#[derive(Debug, Clone, Deserialize)]
pub struct Reason {
    /// Its id.
    pub id: String,
    /// The reason in a sentence.
    pub title: String,
    /// What the reviewer looks at.
    pub looks_at: Vec<String>,
    /// `offline`, `online`, `external` or `human`.
    pub checkable: String,
    /// The part of a registration it is about.
    pub group: String,
    /// Why a program cannot know.
    #[serde(default)]
    pub why_not: Option<String>,
    /// What the user can do.
    #[serde(default, rename = "do")]
    pub remedy: Option<String>,
    /// The reasons this one is the sum of.
    #[serde(default)]
    pub parts: Vec<String>,
}

impl Reason {
    /// True where a program can see it in the manifest or on the website.
    pub fn is_checkable(&self) -> bool {
        matches!(self.checkable.as_str(), "offline" | "online")
    }
}

/// Every provider by its short name, such as `twilio`.
///
/// # Errors
/// Never with a sound build.
pub fn providers() -> Result<BTreeMap<String, Provider>, Error> {
    read(include_str!(concat!(env!("OUT_DIR"), "/providers.json")))
}

/// Every code that `name` may be: `twilio:30893`, or `601` of whoever uses that number.
pub fn meanings<'p>(providers: &'p BTreeMap<String, Provider>, name: &str) -> Vec<(&'p str, &'p Code)> {
    let mut found = Vec::new();
    for (short, list) in providers {
        let own = name.split_once(':').and_then(|(provider, code)| {
            let is_it = short.eq_ignore_ascii_case(provider) || list.name.eq_ignore_ascii_case(provider);
            is_it.then_some(code)
        });
        let names = [Some(name), own];
        let is_meant = |code: &&Code| names.iter().flatten().any(|name| code.code.eq_ignore_ascii_case(name));
        found.extend(list.codes.iter().filter(is_meant).map(|code| (short.as_str(), code)));
    }
    found
}

/// Checks that there is a provider of that short name.
///
/// # Errors
/// When there is none; the help names the nearest, or all.
pub fn known(name: &str) -> Result<(), Error> {
    let names: Vec<String> = providers()?.into_keys().collect();
    if names.iter().any(|known| known == name) {
        return Ok(());
    }
    let likeness = |known: &String| strsim::jaro_winkler(known, &name.to_lowercase());
    let nearest = names.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b))).filter(|near| likeness(near) > 0.8);
    let help = match nearest {
        Some(near) => format!("Did you mean {near}?"),
        None => format!("Name one of {}", names.join(", ")),
    };
    Err(Error::new(format!("there is no provider `{}`", name.escape_debug())).help(help))
}

/// Every reason for rejection.
///
/// # Errors
/// Never with a sound build.
pub fn reasons() -> Result<Vec<Reason>, Error> {
    read(include_str!(concat!(env!("OUT_DIR"), "/registry/reasons.json")))
}

/// The codes and reasons that a rule may name.
#[derive(Debug)]
pub struct Known {
    /// Every code as `provider:code`.
    pub codes: BTreeSet<String>,
    /// Every id of a reason.
    pub reasons: BTreeSet<String>,
}

impl Known {
    /// Those of the built-in lists.
    ///
    /// # Errors
    /// Never with a sound build.
    pub fn load() -> Result<Self, Error> {
        let mut codes = BTreeSet::new();
        for (name, provider) in providers()? {
            codes.extend(provider.codes.iter().map(|code| format!("{name}:{}", code.code)));
        }
        Ok(Self { codes, reasons: reasons()?.into_iter().map(|reason| reason.id).collect() })
    }
}

fn read<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, Error> {
    serde_json::from_str(json).map_err(|error| Error::new(format!("the built-in code lists are damaged: {error}")))
}
