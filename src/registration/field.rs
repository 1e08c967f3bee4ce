//! The fields of a registration, as `rules/registry/fields.yaml` knows them.

mod definition;
mod required;
mod use_case;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

pub use definition::{AllowedValue, AtProvider, Bounds, FieldDefinition, FieldType, Limits};
pub(super) use definition::{distance, plain};
pub use required::{Condition, Required};
pub use use_case::{UseCase, use_case, use_cases};

/// Everything that is known of the fields of a manifest.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldRegistry {
    /// Where the facts come from, by the keys that fields name.
    pub sources: BTreeMap<String, RegistrySource>,
    /// The sections of a manifest in the order of the form.
    pub sections: Vec<Section>,
    /// Every field in the order of the form.
    pub fields: Vec<FieldDefinition>,
}

/// A public text that facts were taken from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegistrySource {
    /// Its address.
    pub url: String,
    /// The month it was read: `2026-11`.
    pub read: String,
}

/// A key at the top of a manifest that holds fields.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// The key: `brand`.
    pub name: String,
    /// Whether it is one group of fields or a list of them.
    pub shape: Shape,
    /// The section whose fields the entries have, if not its own.
    pub of: Option<String>,
    /// What it is, in one sentence.
    pub about: String,
}

/// The shape of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// One group of fields.
    Mapping,
    /// A list of such groups.
    Entries,
}

/// The registry that the program was built with.
pub fn registry() -> &'static FieldRegistry {
    static REGISTRY: OnceLock<FieldRegistry> = OnceLock::new();
    REGISTRY.get_or_init(|| {
        let json = include_str!(concat!(env!("OUT_DIR"), "/registry/fields.json"));
        let mut registry: FieldRegistry = match serde_json::from_str(json) {
            Ok(registry) => registry,
            Err(error) => unreachable!("rules/registry/fields.yaml is checked by the tests: {error}"),
        };
        for field in &mut registry.fields {
            field.take_values(use_cases());
        }
        registry
    })
}

impl FieldRegistry {
    /// The field of that dotted name, such as `brand.legal_name`.
    pub fn find(&self, name: &str) -> Option<&FieldDefinition> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The section of that name.
    pub fn section(&self, name: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.name == name)
    }

    /// The fields of a section in order; of the top of the manifest where the name is empty.
    pub fn in_section<'r>(&'r self, section: &'r str) -> impl Iterator<Item = &'r FieldDefinition> {
        self.fields.iter().filter(move |field| field.section() == section)
    }

    /// The fields of a section that TCR, a provider or people call `key`.
    pub fn known_as(&self, section: &str, key: &str) -> Vec<&FieldDefinition> {
        let key = definition::plain(key);
        let same = |field: &&FieldDefinition| {
            field.section() == section && field.other_names().any(|name| definition::plain(name) == key)
        };
        if key.is_empty() { Vec::new() } else { self.fields.iter().filter(same).collect() }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_registry_is_complete_and_consistent() {
        let registry = registry();
        for field in &registry.fields {
            assert!(field.section().is_empty() || registry.section(field.section()).is_some(), "{}", field.name);
            assert!(field.about.ends_with('.') || field.about.contains(": "), "{}", field.name);
            assert_eq!(registry.fields.iter().filter(|other| other.name == field.name).count(), 1, "{}", field.name);
            for source in &field.sources {
                assert!(registry.sources.contains_key(source), "{}: {source}", field.name);
            }
            if let Required::When(conditions) = &field.required {
                assert!(conditions.keys().all(|name| registry.find(name).is_some()), "{}", field.name);
            }
            for limits in [None, Some("twilio"), Some("sinch")].map(|provider| field.limits(provider)) {
                assert!(limits.min.unwrap_or(0) <= limits.max.unwrap_or(usize::MAX), "{}", field.name);
            }
            let enumerable = matches!(field.kind, FieldType::Enum);
            assert!(!enumerable || !field.values.is_empty(), "{}", field.name);
        }
        assert!(registry.fields.len() > 60);
    }

    #[test]
    fn no_spelling_stands_for_two_values() {
        for field in &registry().fields {
            let mut seen = BTreeMap::new();
            for value in &field.values {
                for spelling in value.spellings.iter().chain([&value.value]) {
                    let plain = definition::plain(spelling);
                    let earlier = seen.insert(plain, &value.value);
                    assert!(earlier.is_none_or(|earlier| earlier == &value.value), "{}: {spelling}", field.name);
                }
            }
        }
    }

    #[test]
    fn limits_follow_the_provider() {
        let field = registry().find("campaign.opt_out_message").unwrap();
        assert_eq!(field.limits(None).max, Some(320));
        assert_eq!(field.limits(Some("aws")).max, Some(255));
        assert_eq!(field.limits(Some("nobody")).max, Some(320));
        let samples = registry().find("campaign.sample_messages").unwrap();
        assert_eq!(samples.limits(Some("sinch")).count, Some(Bounds { min: 3, max: 4 }));
        assert_eq!(samples.limits(None).count, Some(Bounds { min: 2, max: 5 }));
    }

    #[test]
    fn enums_match_without_regard_to_case_blanks_and_hyphens() {
        let field = registry().find("campaign.use_case").unwrap();
        for (written, code) in [
            ("LOW_VOLUME", Some("LOW_VOLUME")),
            ("low-volume", Some("LOW_VOLUME")),
            ("Low Volume Mixed", Some("LOW_VOLUME")),
            ("machine_to_machine", Some("M2M")),
            ("STARTER", Some("SOLE_PROPRIETOR")),
            ("LOWVOLUMES", None),
            ("", None),
        ] {
            assert_eq!(field.canonical(written), code, "{written}");
        }
        assert_eq!(field.nearest("MARKETTING"), Some("MARKETING"));
        assert_eq!(field.nearest("appointment reminders"), None);
    }

    #[test]
    fn names_of_others_are_known() {
        let names = |section, key| {
            let fields = registry().known_as(section, key).into_iter();
            fields.map(|field| field.name.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(names("brand", "companyName"), ["brand.legal_name"]);
        assert_eq!(names("campaign", "UsAppToPersonUsecase"), ["campaign.use_case"]);
        assert_eq!(names("campaign", "optInWorkflow"), ["campaign.message_flow"]);
        assert_eq!(names("campaign", "companyName"), Vec::<&str>::new());
        assert_eq!(names("brand", "name"), ["brand.legal_name", "brand.display_name"]);
    }
}
