//! Says of a key that no field has which one is meant.

use std::ops::Range;

use super::field::{FieldDefinition, FieldRegistry, registry};
use super::problem::{Problems, shown};

/// What an unknown key turned out to be.
enum Meant {
    /// Another name of one field: its value can be read.
    Field(&'static FieldDefinition),
    /// Perhaps this.
    Advice(String),
}

/// Reports a key that the section does not have. Gives the field if the key is a name of it elsewhere, so that its value
/// is read all the same.
pub(super) fn unknown_key(
    section: &str,
    key: &str,
    at: Range<usize>,
    problems: &mut Problems<'_>,
) -> Option<&'static FieldDefinition> {
    let meant = if problems.wants_more() { meant(registry(), section, key) } else { Meant::Advice(String::new()) };
    let place = match section {
        "" => "the manifest has no key".to_string(),
        section => format!("`{section}` has no field"),
    };
    let (message, help, field) = match meant {
        Meant::Field(field) => {
            let own = field.key();
            let message = format!("{place} `{}`; `{own}` is meant", shown(key));
            (message, format!("Write `{own}` instead of `{}`", shown(key)), Some(field))
        }
        Meant::Advice(help) => (format!("{place} `{}`", shown(key)), help, None),
    };
    problems.add("unknown-key", problems.span(at), message, Some(help));
    field
}

fn meant(registry: &'static FieldRegistry, section: &str, key: &str) -> Meant {
    match registry.known_as(section, key).as_slice() {
        [field] => return Meant::Field(field),
        [] => {}
        several => {
            let names: Vec<String> = several.iter().map(|field| format!("`{}`", field.key())).collect();
            return Meant::Advice(format!("Write {}, whichever is meant", names.join(" or ")));
        }
    }
    if let Some(help) = elsewhere(registry, section, key) {
        return Meant::Advice(help);
    }
    let sections = registry.sections.iter().filter(|_| section.is_empty()).map(|section| section.name.as_str());
    let known = registry.in_section(section).map(FieldDefinition::key).chain(sections);
    let near = known.filter_map(|known| Some((super::field::distance(key, known)?, known)));
    Meant::Advice(match near.min_by_key(|(distance, _)| *distance) {
        Some((_, known)) => format!("Write `{known}` if that is meant"),
        None => "Remove it, or see the fields with `tcr-lint schema manifest`".to_string(),
    })
}

/// The key is right, but of another section.
fn elsewhere(registry: &FieldRegistry, section: &str, key: &str) -> Option<String> {
    if registry.section(key).is_some() && !section.is_empty() {
        return Some(format!("Move `{key}:` to the start of a line, outside of `{section}:`"));
    }
    let other =
        registry.fields.iter().find(|field| field.key() == key && field.section() != section).or_else(|| {
            let others = registry.sections.iter().filter(|other| other.name != section);
            others.flat_map(|other| registry.known_as(&other.name, key)).next()
        })?;
    Some(match other.section() {
        "" => format!("Move `{}:` to the start of a line, outside of `{section}:`", other.key()),
        other_section => format!("Move it under `{other_section}:`, as `{}`", other.key()),
    })
}
