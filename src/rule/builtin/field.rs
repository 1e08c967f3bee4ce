//! Checks of fields against the registry: what must be given, and how long it may be.

use crate::registration::field::{FieldDefinition, FieldType, registry};
use crate::rule::check::{Answer, Hit, Inquiry};
use crate::rule::format::BuiltinCall;

/// Fields that must be given and are not. Arguments: `fields`, names; or `section` with `except`. With `always: yes` they
/// are missed whatever the registry says; with `at: provider` only where the provider itself asks for them.
pub(super) fn missing(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let hits = asked(call).into_iter().filter(|field| is_missing(inquiry, call, field)).map(|field| {
        let provider = inquiry.provider.unwrap_or("the registry");
        Hit::missing(&field.name).found("field", field.key()).found("about", about(field)).found("provider", provider)
    });
    Answer::fail(hits.collect())
}

/// The same as one fault that names every field.
pub(super) fn missing_together(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let missing: Vec<_> = asked(call).into_iter().filter(|field| is_missing(inquiry, call, field)).collect();
    let Some(first) = missing.first() else { return Answer::pass() };
    let keys: Vec<&str> = missing.iter().map(|field| field.key()).collect();
    let hit = Hit { matched: keys.join(", "), ..Hit::missing(&first.name) };
    Answer::fail(vec![hit.found("fields", keys.join(", ")).found("count", keys.len())])
}

/// Fields with too few or too many characters. Arguments: `section`, `except`, and `side`: `short`, `long`, or `portable`
/// (long for some providers, where none is chosen).
pub(super) fn length(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let side = call.text("side").unwrap_or_default();
    let hits = asked(call).into_iter().filter(|field| !matches!(field.kind, FieldType::Flag | FieldType::Enum));
    Answer::fail(hits.filter_map(|field| wrong_length(inquiry, field, side)).collect())
}

fn wrong_length(inquiry: &Inquiry<'_>, field: &FieldDefinition, side: &str) -> Option<Hit> {
    let values = &inquiry.evidence.registration.fields.get(&field.name)?.values;
    let limits = field.limits(inquiry.provider);
    let (limit, is_wrong): (usize, fn(usize, usize) -> bool) = match side {
        "short" => (limits.min?, |length, limit| length < limit),
        "long" => (limits.max?, |length, limit| length > limit),
        _ if inquiry.provider.is_none() => (field.portable_max?, |length, limit| length > limit),
        _ => return None,
    };
    let length = |text: &str| text.trim().chars().count();
    let excused = |length: usize| side == "portable" && limits.max.is_some_and(|max| length > max);
    let wrong: Vec<_> = values
        .iter()
        .map(|value| (length(&value.text), value))
        .filter(|(length, _)| *length > 0 && is_wrong(*length, limit) && !excused(*length))
        .collect();
    let (first, value) = wrong.first()?;
    let hit = Hit { spans: wrong.iter().map(|(_, value)| value.whole()).collect(), ..Hit::whole(&field.name, value) };
    Some(hit.found("field", field.key()).found("length", first).found("limit", limit).found("about", about(field)))
}

fn asked(call: &BuiltinCall) -> Vec<&'static FieldDefinition> {
    let (section, named, except) = (call.text("section"), call.texts("fields"), call.texts("except"));
    let fields = registry().fields.iter().filter(move |field| {
        let is_asked = named.contains(&field.name.as_str()) || section == Some(field.section());
        is_asked && !field.read_only && !except.contains(&field.name.as_str())
    });
    fields.collect()
}

fn is_missing(inquiry: &Inquiry<'_>, call: &BuiltinCall, field: &FieldDefinition) -> bool {
    let registration = inquiry.evidence.registration;
    let is_empty = registration.fields.get(&field.name).is_none_or(|field| field.is_empty());
    let is_required = match (call.text("always"), call.text("at")) {
        (Some(_), _) => true,
        (_, Some(_)) => inquiry.provider.is_some_and(|provider| field.asked_by(provider, registration)),
        _ => field.required_at(registration, inquiry.provider),
    };
    is_empty && is_required
}

/// What the field is, to go on in a sentence.
fn about(field: &FieldDefinition) -> String {
    let about = field.about.trim_end_matches('.');
    let mut letters = about.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
