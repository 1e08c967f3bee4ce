//! Reads the value of one field from the tree, as its definition says.

use std::ops::Range;

use super::Problem;
use super::field::{FieldDefinition, FieldType};
use super::problem::{Problems, shown};
use super::tree::{Node, Value};
use crate::text::{Passage, ScalarMap, SourceId};

/// All values of a manifest together have at most this many bytes, so that aliases cannot make a small file large.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// Reads the values of one manifest.
pub(super) struct Values<'a> {
    pub(super) source: SourceId,
    pub(super) text: &'a str,
    pub(super) problems: Problems<'a>,
    budget: usize,
}

impl<'a> Values<'a> {
    pub(super) fn new(source: SourceId, text: &'a str) -> Self {
        Self { source, text, problems: Problems::new(source, text), budget: MOST_BYTES }
    }

    /// The values of a field: none where it was left empty. What is wrong with them is noted.
    pub(super) fn read(&mut self, field: &FieldDefinition, node: &Node) -> Vec<Passage> {
        let values = match &*node.value {
            Value::Null => Vec::new(),
            Value::Scalar(text) => self.scalar(field, node, text),
            Value::List(entries) => self.list(field, node, entries),
            Value::Mapping(_) => self.mapping(field, node),
        };
        values.into_iter().map(|value| self.checked(field, node, value)).collect()
    }

    fn scalar(&mut self, field: &FieldDefinition, node: &Node, text: &str) -> Vec<Passage> {
        if !self.affords(node, text.len()) {
            return Vec::new();
        }
        let map = ScalarMap::read(self.text, node.defined_at.clone(), text);
        if !field.split {
            return vec![Passage::new(text.to_string(), self.source, map)];
        }
        let parts = comma_separated(text).into_iter();
        parts.map(|range| Passage::new(text[range.clone()].to_string(), self.source, map.part(range))).collect()
    }

    /// Takes some bytes from what may still be read; says so once when there are too few.
    fn affords(&mut self, node: &Node, bytes: usize) -> bool {
        if bytes <= self.budget {
            self.budget -= bytes;
            return true;
        }
        if self.budget > 0 {
            self.budget = 0;
            let message = "the file repeats more text than a registration can have; the rest is not read".to_string();
            let help = Some("Split the file, or write the texts without aliases".to_string());
            self.problems.add("too-much", self.place(node), message, help);
        }
        false
    }

    fn list(&mut self, field: &FieldDefinition, node: &Node, entries: &[Node]) -> Vec<Passage> {
        if field.kind != FieldType::List {
            self.wrong_type(field, node, "a list", format!("Write one value: `{}: …`", field.key()));
        }
        let mut values = Vec::new();
        for entry in entries {
            match &*entry.value {
                Value::Scalar(text) => values.extend(self.scalar(field, entry, text)),
                Value::Null => {
                    let at = self.problems.span(if entry.at.is_empty() { node.at.clone() } else { entry.at.clone() });
                    let message = format!("`{}` has an entry without text", field.key());
                    self.problems.add(
                        "empty-entry",
                        at,
                        message,
                        Some("Remove the entry or write its text".to_string()),
                    );
                }
                Value::List(_) => {
                    let help = "Write each text as an entry of its own, with one `-`".to_string();
                    self.wrong_type(field, entry, "a list within the list", help);
                }
                Value::Mapping(_) => values.extend(self.mapping(field, entry)),
            }
        }
        values
    }

    /// A text with a colon in it that YAML takes for a group of keys is read as written.
    fn mapping(&mut self, field: &FieldDefinition, node: &Node) -> Vec<Passage> {
        let written = self.text.get(node.defined_at.clone()).unwrap_or_default();
        if written.starts_with('{') || written.is_empty() {
            let help = format!("Write one text: `{}: \"…\"`", field.key());
            self.wrong_type(field, node, "a group of keys", help);
            return Vec::new();
        }
        let help = "Put the text in quotes, because it contains a colon followed by a blank".to_string();
        self.wrong_type(field, node, "a group of keys", help);
        let text = written.trim_end();
        if !self.affords(node, text.len()) {
            return Vec::new();
        }
        vec![Passage::verbatim(text.to_string(), self.source, node.defined_at.start)]
    }

    fn wrong_type(&mut self, field: &FieldDefinition, node: &Node, is: &str, help: String) {
        let wanted = match field.kind {
            FieldType::List => "a list of texts",
            FieldType::Flag => "true or false",
            _ => "one text",
        };
        let message = format!("`{}` wants {wanted}, and here is {is}", field.key());
        let problem = Problem { kind: "wrong-type", message, at: self.place(node), also: None, help: Some(help) };
        self.problems.add_with(problem);
    }

    /// The value as TCR writes it, if the field has a way of its own.
    fn checked(&mut self, field: &FieldDefinition, node: &Node, value: Passage) -> Passage {
        let written = value.text.trim();
        if written.is_empty() {
            return value;
        }
        if field.kind == FieldType::Flag {
            return self.flag(field, value);
        }
        match field.canonical(written) {
            Some(canonical) if canonical == written => value,
            Some(canonical) => self.spelling(field, value, canonical),
            None if self.is_allowed(field, written) => value,
            None => {
                self.not_allowed(field, node, &value);
                value
            }
        }
    }

    fn is_allowed(&self, field: &FieldDefinition, written: &str) -> bool {
        let two_letters = written.len() == 2 && written.bytes().all(|byte| byte.is_ascii_alphabetic());
        match field.kind {
            FieldType::Country => two_letters,
            _ => field.open || field.values.is_empty(),
        }
    }

    fn flag(&mut self, field: &FieldDefinition, value: Passage) -> Passage {
        let canonical = match value.text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "y" | "on" => "true",
            "false" | "no" | "n" | "off" => "false",
            _ => {
                let message =
                    format!("`{}` wants true or false, and here is `{}`", field.key(), shown(value.text.trim()));
                let help = Some(format!("Write `{}: true` or `{}: false`", field.key(), field.key()));
                self.problems.add("wrong-type", value.whole(), message, help);
                return value;
            }
        };
        if value.text == canonical { value } else { self.instead(&value, canonical) }
    }

    fn spelling(&mut self, field: &FieldDefinition, value: Passage, canonical: &str) -> Passage {
        let is_submitted = !matches!(field.section(), "numbers" | "history");
        if is_submitted {
            let message = format!("`{}` is read as {canonical}", shown(value.text.trim()));
            self.problems.add("spelling", value.whole(), message, Some(format!("Write `{canonical}`")));
        }
        self.instead(&value, canonical)
    }

    fn not_allowed(&mut self, field: &FieldDefinition, node: &Node, value: &Passage) {
        let written = value.text.trim();
        let nearest = if self.problems.wants_more() { field.nearest(written) } else { None };
        let help = match nearest {
            Some(nearest) => format!("Write `{nearest}` if that is meant"),
            None if field.kind == FieldType::Country => "Write the two letters of the country: `US`".to_string(),
            None => format!("Write one of {}", some_of(field)),
        };
        let at = if node.at == node.defined_at { value.whole() } else { self.place(node) };
        let message = format!("`{}` cannot be `{}`", field.key(), shown(written));
        self.problems.add("not-allowed", at, message, Some(help));
    }

    /// Another text that stands where `value` does.
    fn instead(&self, value: &Passage, text: &str) -> Passage {
        let place = value.whole().hull();
        Passage::new(text.to_string(), self.source, ScalarMap::whole(self.text, place))
    }

    fn place(&self, node: &Node) -> crate::text::Span {
        self.problems.first_line(node.at.clone())
    }
}

fn some_of(field: &FieldDefinition) -> String {
    const MOST: usize = 8;
    let names: Vec<&str> = field.values.iter().take(MOST).map(|value| value.value.as_str()).collect();
    let more = if field.values.len() > MOST { " … (`tcr-lint schema manifest` lists them all)" } else { "" };
    format!("{}{more}", names.join(", "))
}

/// The trimmed parts of a text between commas, without empty ones.
fn comma_separated(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut at = 0;
    for part in text.split(',') {
        let start = at + part.len() - part.trim_start().len();
        let trimmed = part.trim();
        if !trimmed.is_empty() {
            parts.push(start..start + trimmed.len());
        }
        at += part.len() + 1;
    }
    if parts.is_empty() {
        parts.push(0..text.len());
    }
    parts
}
