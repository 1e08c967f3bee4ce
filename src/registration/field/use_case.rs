//! The use cases of campaigns, as `rules/registry/use-cases.yaml` knows them.

use std::sync::OnceLock;

use serde::Deserialize;

use super::{AllowedValue, Bounds, RegistrySource};

/// What the messages of a campaign may be for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UseCase {
    /// TCR's code: `LOW_VOLUME`.
    pub code: String,
    /// Its name for people.
    pub name: String,
    /// How it is treated.
    pub class: UseCaseClass,
    /// What it is for, in one sentence.
    pub about: String,
    /// True where it may be named beside a mixed use case.
    #[serde(default)]
    pub usable_as_sub: bool,
    /// How many others must be named beside it; none may where this is absent.
    pub sub_use_cases: Option<Bounds>,
    /// The types of brands that may use it; empty where no source says.
    #[serde(default)]
    pub entity_types: Vec<String>,
    /// Whether a network approves it by hand afterwards, where a source says.
    pub post_approval: Option<bool>,
    /// What providers and people write instead.
    #[serde(default)]
    pub spellings: Vec<String>,
    /// The code that has taken its place.
    pub instead: Option<String>,
    /// The number of sample messages that is safe.
    pub samples: usize,
}

/// How a use case is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UseCaseClass {
    /// Open to every brand.
    Standard,
    /// The networks ask for more.
    Special,
    /// By invitation only.
    Restricted,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[allow(dead_code, reason = "checked to be there when the file is read")]
    sources: Vec<RegistrySource>,
    use_cases: Vec<UseCase>,
}

/// Every use case that the program was built with.
pub fn use_cases() -> &'static [UseCase] {
    static USE_CASES: OnceLock<Vec<UseCase>> = OnceLock::new();
    USE_CASES.get_or_init(|| {
        let json = include_str!(concat!(env!("OUT_DIR"), "/registry/use-cases.json"));
        match serde_json::from_str::<File>(json) {
            Ok(file) => file.use_cases,
            Err(error) => unreachable!("rules/registry/use-cases.yaml is checked by the tests: {error}"),
        }
    })
}

/// The use case of that code.
pub fn use_case(code: &str) -> Option<&'static UseCase> {
    use_cases().iter().find(|case| case.code == code)
}

impl UseCase {
    pub(super) fn as_value(&self) -> AllowedValue {
        let mut spellings = self.spellings.clone();
        spellings.push(self.name.clone());
        AllowedValue { value: self.code.clone(), spellings, about: Some(self.about.clone()) }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn use_cases_are_consistent() {
        assert_eq!(use_cases().len(), 28);
        assert_eq!(use_cases().iter().filter(|case| case.usable_as_sub).count(), 10);
        for case in use_cases() {
            assert!(case.instead.as_ref().is_none_or(|code| use_case(code).is_some()), "{}", case.code);
            assert!(!(case.usable_as_sub && case.sub_use_cases.is_some()), "{}", case.code);
        }
        assert_eq!(use_case("MIXED").unwrap().sub_use_cases, Some(Bounds { min: 2, max: 5 }));
        assert_eq!(use_case("SOLE_PROPRIETOR").unwrap().entity_types, ["SOLE_PROPRIETOR"]);
    }
}
