//! Forms: their controls, each with the label a visitor reads.

use std::collections::HashMap;
use std::ops::Range;

/// A form of a page.
#[derive(Debug, Clone)]
pub struct Form {
    /// Its bytes in the page's text.
    pub range: Range<usize>,
    /// Its controls in order.
    pub controls: Vec<Control>,
    /// Where it sends to, as written.
    pub action: String,
}

impl Form {
    /// The first control that asks for a phone number, if there is one.
    pub fn phone(&self) -> Option<&Control> {
        self.controls.iter().find(|control| control.kind == ControlKind::Phone)
    }

    /// The checkboxes and switches, in order.
    pub fn checkboxes(&self) -> impl Iterator<Item = &Control> {
        self.controls.iter().filter(|control| control.kind == ControlKind::Checkbox)
    }

    /// The radio buttons in groups of one name (one question each), in order of the groups' first buttons.
    pub fn radio_groups(&self) -> Vec<Vec<&Control>> {
        let mut groups: Vec<Vec<&Control>> = Vec::new();
        let mut numbers = HashMap::new();
        for radio in self.controls.iter().filter(|control| control.kind == ControlKind::Radio) {
            let question = if radio.name.is_empty() { &radio.legend } else { &radio.name };
            let number = *numbers.entry(question).or_insert(groups.len());
            if number == groups.len() {
                groups.push(Vec::new());
            }
            groups[number].push(radio);
        }
        groups
    }
}

/// What a control is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ControlKind {
    /// A phone number: `type=tel`, or a text input whose name, label, placeholder or autocomplete says phone, mobile or cell.
    Phone,
    /// `type=email`, or a text input named so.
    Email,
    /// A checkbox or a switch.
    Checkbox,
    /// A radio button.
    Radio,
    /// A sign-in secret.
    Password,
    /// A list to choose from.
    Select,
    /// A date, including a date of birth.
    Date,
    /// Sends the form.
    Submit,
    /// Anything else a visitor types into.
    Text,
}

/// One control of a form; hidden inputs are left out.
#[derive(Debug, Clone)]
pub struct Control {
    /// What it is for.
    pub kind: ControlKind,
    /// The label a visitor reads, by whatever mechanism it is attached.
    pub label: String,
    /// The legend of the group it is in: the question that radio buttons answer; empty where there is none.
    pub legend: String,
    /// The `name`, else the `id`.
    pub name: String,
    /// The `value`, as written: what is sent when it is ticked.
    pub value: String,
    /// Ticked when the page is opened.
    pub checked: bool,
    /// Must be filled or ticked to send: `required`, `aria-required`, or an asterisk in the label.
    pub required: bool,
    /// Cannot be changed.
    pub disabled: bool,
    /// Its bytes in the page's text, label included where it adjoins.
    pub range: Range<usize>,
}
