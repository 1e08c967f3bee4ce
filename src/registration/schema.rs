//! The manifest's JSON Schema and its page in the docs, from the registry.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::field::{Condition, FieldDefinition, FieldRegistry, FieldType, Required, Section, Shape, registry};

/// The JSON Schema (draft 2020-12) of a manifest, for editors. It is no stricter than `check`: what is missing or too short
/// is left to the rules, so that a manifest can be written bit by bit.
pub fn manifest_schema() -> Value {
    let registry = registry();
    let mut properties = fields_schema(registry, "");
    for section in &registry.sections {
        properties.insert(section.name.clone(), section_schema(registry, section));
    }
    properties.insert("$schema".to_string(), json!({ "type": "string" }));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "tcr-lint manifest",
        "description": "A brand and its campaigns as they are registered for texting in the US.",
        "type": "object",
        "properties": properties,
        "patternProperties": { "^x-": true },
        "additionalProperties": false
    })
}

fn section_schema(registry: &FieldRegistry, section: &Section) -> Value {
    let fields = section.of.as_deref().unwrap_or(&section.name);
    let mut properties = fields_schema(registry, fields);
    if fields == "campaign" {
        for number in 1..=5 {
            let about = format!("Sample message {number}, as TCR numbers them; `sample_messages` holds them all.");
            properties.insert(format!("sample{number}"), json!({ "type": ["string", "null"], "description": about }));
        }
    }
    let group = json!({ "type": ["object", "null"], "properties": properties, "additionalProperties": false });
    match section.shape {
        Shape::Mapping => with(group, "description", json!(section.about)),
        Shape::Entries if section.name == "numbers" => {
            let entry = json!({ "anyOf": [group, { "type": "string" }] });
            json!({ "type": ["array", "null"], "description": section.about, "items": entry })
        }
        Shape::Entries => json!({ "type": ["array", "null"], "description": section.about, "items": group }),
    }
}

fn fields_schema(registry: &FieldRegistry, section: &str) -> Map<String, Value> {
    registry.in_section(section).map(|field| (field.key().to_string(), field_schema(field))).collect()
}

fn field_schema(field: &FieldDefinition) -> Value {
    let schema = match field.kind {
        FieldType::List => {
            let list = json!({ "type": "array", "items": value_schema(field) });
            let list = match field.count {
                Some(count) => with(list, "maxItems", json!(count.max)),
                None => list,
            };
            json!({ "anyOf": [list, { "type": ["string", "number", "null"] }] })
        }
        FieldType::Flag => json!({ "enum": [true, false, "yes", "no", "true", "false", null] }),
        _ => value_schema(field),
    };
    with(schema, "description", json!(field.about))
}

/// A value by itself: of a list, each entry.
fn value_schema(field: &FieldDefinition) -> Value {
    let listed: Vec<Value> = field.values.iter().map(|value| json!(value.value)).collect();
    let schema = match field.kind {
        _ if !listed.is_empty() && !field.open => {
            let spellings = field.values.iter().flat_map(|value| &value.spellings).map(|spelling| json!(spelling));
            let spelled = json!({ "enum": spellings.collect::<Vec<_>>(), "deprecated": true });
            return json!({ "anyOf": [{ "enum": listed }, spelled, { "type": "null" }] });
        }
        FieldType::Country => json!({ "type": ["string", "null"], "examples": listed }),
        FieldType::Email => json!({ "type": ["string", "null"], "format": "email" }),
        FieldType::Url => json!({ "type": ["string", "null"], "format": "uri" }),
        FieldType::List | FieldType::Path | FieldType::Date => json!({ "type": ["string", "number", "null"] }),
        _ => json!({ "type": ["string", "number", "boolean", "null"] }),
    };
    match field.max {
        Some(max) => with(schema, "maxLength", json!(max)),
        None => schema,
    }
}

fn with(mut schema: Value, key: &str, value: Value) -> Value {
    if let Value::Object(entries) = &mut schema {
        entries.insert(key.to_string(), value);
    }
    schema
}

/// The fields as a page of the docs, in Markdown.
pub fn fields_page() -> String {
    let registry = registry();
    let mut page = String::from("# The fields of a manifest\n\n");
    page.push_str("This page is generated from `rules/registry/fields.yaml` and `use-cases.yaml`.\n");
    section_page(&mut page, registry, "", "At the top");
    for section in registry.sections.iter().filter(|section| section.of.is_none()) {
        let _ = write!(page, "\n## `{}`\n\n{}\n", section.name, section.about);
        section_page(&mut page, registry, &section.name, "");
    }
    page.push_str("\n## Sources\n\n");
    for (key, source) in &registry.sources {
        let _ = writeln!(page, "- {key}: <{}>, read {}", source.url, source.read);
    }
    page
}

fn section_page(page: &mut String, registry: &FieldRegistry, section: &str, title: &str) {
    if !title.is_empty() {
        let _ = write!(page, "\n## {title}\n");
    }
    for field in registry.in_section(section) {
        let _ = write!(page, "\n### `{}`\n\n{}\n\n", field.name, field.about);
        for (label, text) in facts(field) {
            let _ = writeln!(page, "- {label}: {text}");
        }
    }
}

/// What is known of a field, in words, with its label.
fn facts(field: &FieldDefinition) -> Vec<(&'static str, String)> {
    let mut facts = vec![("Type", type_name(field)), ("Required", required(&field.required))];
    if let Some(length) = range(field.min, field.max) {
        let portable = field.portable_max.map_or(String::new(), |max| format!("; every provider takes {max}"));
        facts.push(("Characters", format!("{length}{portable}")));
    }
    if let Some(count) = field.count {
        facts.push(("Entries", format!("{} to {}", count.min, count.max)));
    }
    if !field.values.is_empty() {
        let values: Vec<String> = field.values.iter().map(|value| format!("`{}`", value.value)).collect();
        facts.push(("Values", values.join(", ")));
    }
    if let Some(name) = &field.tcr {
        facts.push(("At TCR", format!("`{name}`")));
    }
    let providers: Vec<String> = field.providers.keys().filter_map(|provider| at_provider(field, provider)).collect();
    if !providers.is_empty() {
        facts.push(("At providers", providers.join("; ")));
    }
    facts
}

fn at_provider(field: &FieldDefinition, provider: &str) -> Option<String> {
    let own = field.providers.get(provider)?;
    let mut parts = vec![provider.to_string()];
    parts.extend(own.name.iter().map(|name| format!("`{name}`")));
    parts.extend(range(own.min, own.max).map(|length| format!("({length} characters)")));
    parts.extend(own.count.map(|count| format!("({} to {} entries)", count.min, count.max)));
    parts.extend(own.required.as_ref().map(|own| format!("(required: {})", required(own))));
    Some(parts.join(" "))
}

fn type_name(field: &FieldDefinition) -> String {
    let name = match field.kind {
        FieldType::Text => "text",
        FieldType::Enum => "one of the values",
        FieldType::List if field.split => "a list, or one text with commas",
        FieldType::List => "a list",
        FieldType::Flag => "true or false",
        FieldType::Email => "an e-mail address",
        FieldType::Phone => "a telephone number",
        FieldType::Url => "an address on the web",
        FieldType::Country => "a country in two letters",
        FieldType::Date => "a day",
        FieldType::Path => "a file",
    };
    name.to_string()
}

fn required(required: &Required) -> String {
    match required {
        Required::Always => "always".to_string(),
        Required::Optional => "no".to_string(),
        Required::When(conditions) => {
            let each = conditions.iter().map(|(name, condition)| match condition {
                Condition::Is(values) => format!("`{name}` is {}", values.join(" or ")),
                Condition::IsNot { not } => format!("`{name}` is not {}", not.join(" or ")),
            });
            format!("when {}", each.collect::<Vec<_>>().join(" and "))
        }
    }
}

fn range(min: Option<usize>, max: Option<usize>) -> Option<String> {
    match (min, max) {
        (Some(min), Some(max)) => Some(format!("{min} to {max}")),
        (Some(min), None) => Some(format!("at least {min}")),
        (None, Some(max)) => Some(format!("at most {max}")),
        (None, None) => None,
    }
}
