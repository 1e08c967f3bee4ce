//! Which codes the rules find, and why no rule finds the others.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::error::Error;
use crate::explain::Knowledge;
use crate::provider::Code;

/// A code that no rule can foresee although a program can check its reason: an entry of `rules/registry/unforeseen.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unforeseen {
    /// With whose it is: `aws:CANNOT_UPDATE_REGISTRATION`.
    pub code: String,
    /// Why, in a sentence.
    pub why: String,
}

/// How a code is covered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cover {
    /// These rules find what brings it.
    Rules(Vec<String>),
    /// No program can foresee it, for these reasons, a sentence each.
    Never(Vec<String>),
    /// A rule could find it, and none does.
    Open,
}

/// How many codes of a list are covered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// All codes.
    pub codes: usize,
    /// Those that rules find.
    pub found: usize,
    /// Those that no program can foresee.
    pub never: usize,
    /// Those that a rule could find, and none does.
    pub open: usize,
}

/// The codes of every provider with how each is covered.
#[derive(Debug)]
pub struct Coverage<'k> {
    knowledge: &'k Knowledge,
    unforeseen: BTreeMap<String, String>,
    checkable: BTreeSet<&'k str>,
}

impl<'k> Coverage<'k> {
    /// What the rules and the lists of `knowledge` cover.
    ///
    /// # Errors
    /// Never with a sound build.
    pub fn new(knowledge: &'k Knowledge) -> Result<Self, Error> {
        let checkable = knowledge.reasons.iter().filter(|reason| reason.is_checkable());
        Ok(Self {
            knowledge,
            unforeseen: unforeseen()?.into_iter().map(|entry| (entry.code, entry.why)).collect(),
            checkable: checkable.map(|reason| reason.id.as_str()).collect(),
        })
    }

    /// How a code is covered.
    pub fn cover(&self, provider: &str, code: &Code) -> Cover {
        let name = format!("{provider}:{}", code.code);
        let rules = self.knowledge.rules_for_code(&name);
        if !rules.is_empty() {
            return Cover::Rules(rules.into_iter().map(|rule| rule.id.clone()).collect());
        }
        if let Some(why) = self.unforeseen.get(&name) {
            return Cover::Never(vec![why.clone()]);
        }
        if code.reasons.iter().any(|reason| self.checkable.contains(reason.as_str())) {
            return Cover::Open;
        }
        let reasons = self.knowledge.reasons.iter().filter(|reason| code.reasons.contains(&reason.id));
        Cover::Never(reasons.filter_map(|reason| reason.why_not.clone()).collect())
    }

    /// The figures of one provider.
    pub fn tally(&self, provider: &str) -> Tally {
        let mut tally = Tally::default();
        for code in self.knowledge.providers.get(provider).into_iter().flat_map(|list| &list.codes) {
            tally.codes += 1;
            match self.cover(provider, code) {
                Cover::Rules(_) => tally.found += 1,
                Cover::Never(_) => tally.never += 1,
                Cover::Open => tally.open += 1,
            }
        }
        tally
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.codes += other.codes;
        self.found += other.found;
        self.never += other.never;
        self.open += other.open;
    }
}

/// The codes that no rule can foresee although a program can check their reasons.
///
/// # Errors
/// Never with a sound build.
pub fn unforeseen() -> Result<Vec<Unforeseen>, Error> {
    serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/registry/unforeseen.json")))
        .map_err(|error| Error::new(format!("the built-in list of unforeseen codes is damaged: {error}")))
}
