//! When a field must be given.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::registration::Registration;

/// When a field must be given.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Required {
    /// In every registration.
    Always,
    /// Never.
    Optional,
    /// When each of these fields meets its condition.
    When(BTreeMap<String, Condition>),
}

/// What a field's value must be.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Condition {
    /// One of these.
    Is(Vec<String>),
    /// None of these, or not given.
    IsNot {
        /// The values it must not be.
        not: Vec<String>,
    },
}

impl Required {
    pub(super) fn holds(&self, registration: &Registration) -> bool {
        match self {
            Required::Always => true,
            Required::Optional => false,
            Required::When(conditions) => {
                conditions.iter().all(|(name, condition)| condition.holds(registration.text(name)))
            }
        }
    }
}

impl Condition {
    fn holds(&self, value: &str) -> bool {
        match self {
            Condition::Is(values) => values.iter().any(|wanted| wanted == value),
            Condition::IsNot { not } => !not.iter().any(|unwanted| unwanted == value),
        }
    }
}
