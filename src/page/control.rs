//! What a control is for, and what state it is in.

use scraper::node::Element;

use super::form::ControlKind;
use super::markup::{Markup, says, words};

/// A label longer than this many words is a sentence; a word in it does not tell what the input is for.
const LABEL_WORDS: usize = 9;

/// The kind of an element that is a control; `None` for hidden inputs and buttons that send nothing.
pub(super) fn kind(element: &Element, label: &str) -> Option<ControlKind> {
    match element.attr("role") {
        Some("checkbox" | "switch") => return Some(ControlKind::Checkbox),
        Some("radio") => return Some(ControlKind::Radio),
        _ => {}
    }
    let kind = element.attr("type").unwrap_or_default().trim().to_ascii_lowercase();
    match element.name() {
        "select" => Some(ControlKind::Select),
        "textarea" => Some(ControlKind::Text),
        "button" => (kind.is_empty() || kind == "submit").then_some(ControlKind::Submit),
        "input" => input_kind(element, &kind, label),
        _ => None,
    }
}

fn input_kind(element: &Element, kind: &str, label: &str) -> Option<ControlKind> {
    Some(match kind {
        "hidden" | "button" | "reset" => return None,
        "submit" | "image" => ControlKind::Submit,
        "checkbox" => ControlKind::Checkbox,
        "radio" => ControlKind::Radio,
        "password" => ControlKind::Password,
        "email" => ControlKind::Email,
        "date" | "month" | "datetime-local" => ControlKind::Date,
        "tel" if asks_for_other_digits(element, label) => ControlKind::Text,
        "tel" => ControlKind::Phone,
        "search" | "url" | "range" | "color" | "file" | "time" | "week" => ControlKind::Text,
        _ => kind_by_words(element, label),
    })
}

/// The names that tell what a text input is for, the surest first.
fn names<'a>(element: &'a Element, label: &'a str) -> impl Iterator<Item = &'a str> {
    let attributes = ["autocomplete", "x-autocompletetype", "name", "id", "inputmode", "placeholder", "aria-label"];
    let label = Some(label).filter(|label| words(label).take(LABEL_WORDS + 1).count() <= LABEL_WORDS);
    attributes.into_iter().filter_map(|name| element.attr(name)).chain(label)
}

fn is_phone(name: &str) -> bool {
    let markup = Markup::embedded();
    says(name, &markup.phone) && !says(name, &markup.phone_not)
}

fn kind_by_words(element: &Element, label: &str) -> ControlKind {
    let markup = Markup::embedded();
    for name in names(element, label) {
        if is_phone(name) {
            return ControlKind::Phone;
        }
        if says(name, &markup.email) {
            return ControlKind::Email;
        }
        if says(name, &markup.date) {
            return ControlKind::Date;
        }
    }
    ControlKind::Text
}

fn asks_for_other_digits(element: &Element, label: &str) -> bool {
    let telling = || names(element, label).filter(|name| !matches!(*name, "tel" | "numeric"));
    telling().any(|name| says(name, &Markup::embedded().tel_not)) && !telling().any(is_phone)
}

/// Ticked when the page is opened.
pub(super) fn is_checked(element: &Element) -> bool {
    element.attr("checked").is_some() || element.attr("aria-checked") == Some("true")
}

/// Must be filled or ticked, as far as the element itself says.
pub(super) fn is_required(element: &Element) -> bool {
    let classes = &Markup::embedded().required_classes;
    element.attr("required").is_some()
        || element.attr("aria-required") == Some("true")
        || element.classes().any(|class| classes.iter().any(|known| known == class))
}

/// Cannot be changed, as far as the element itself says.
pub(super) fn is_disabled(element: &Element) -> bool {
    element.attr("disabled").is_some() || element.attr("aria-disabled") == Some("true")
}

/// How the visible text shows a control.
pub(super) fn shown(kind: ControlKind, checked: bool, label: &str) -> String {
    let name = match kind {
        ControlKind::Checkbox => return if checked { "[x]" } else { "[ ]" }.to_owned(),
        ControlKind::Radio => return if checked { "(x)" } else { "( )" }.to_owned(),
        ControlKind::Phone => "tel",
        ControlKind::Email => "email",
        ControlKind::Password => "password",
        ControlKind::Select => "select",
        ControlKind::Date => "date",
        ControlKind::Submit => "button",
        ControlKind::Text => "text",
    };
    let label = short(label);
    if label.is_empty() { format!("[{name}]") } else { format!("[{name}: {label}]") }
}

fn short(label: &str) -> String {
    const LONGEST: usize = 80;
    let Some((end, _)) = label.char_indices().find(|(at, _)| *at > LONGEST) else { return label.to_owned() };
    let end = label[..end].rfind(' ').unwrap_or(end);
    format!("{}…", &label[..end])
}
