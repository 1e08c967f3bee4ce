//! What a walk gathers beside the text: links, forms, controls, frames.

use std::ops::Range;

use scraper::node::Element;

use super::clean::collapse;
use super::context::Context;
use super::control::{is_checked, is_disabled, is_required, kind, shown};
use super::element::{drawn_box, is_control, is_tickable};
use super::form::{Control, ControlKind, Form};
use super::label::{Label, Labeller, name_of};
use super::link::{Link, LinkPlace, resolve};
use super::survey::Spot;
use super::visible::Break;
use super::walk::Walk;

/// The longest name of a link or legend that is kept, in bytes.
const NAME: usize = 300;

impl<'t> Walk<'_, 't> {
    pub(super) fn frame(&mut self, element: &Element) {
        let address = element.attr("src").filter(|src| !src.starts_with("about:")).or(element.attr("data-src"));
        self.frames.extend(address.and_then(|address| resolve(self.base.as_ref(), address)));
    }

    /// The number of a form that starts here.
    pub(super) fn form(&mut self, spot: Spot<'t>, element: &'t Element) -> usize {
        let form = self.forms.len();
        let action = element.attr("action").unwrap_or_default().trim().to_owned();
        self.forms.push(Form { range: 0..0, controls: Vec::new(), action });
        if let Some(id) = element.attr("id") {
            self.form_ids.entry(id).or_insert(form);
        }
        if !spot.has_children()
            && let Some(depth) = self.table_depth()
        {
            self.table_form = Some((form, depth));
        }
        form
    }

    /// The number of the legend of a fieldset or group.
    pub(super) fn legend(&mut self, spot: Spot<'t>, element: &'t Element) -> Option<usize> {
        let children = || spot.children().take(20);
        let named = |child: &Spot<'t>| child.value().as_element().is_some_and(|element| element.name() == "legend");
        let legend = children().find(named).or_else(|| {
            let id = element.attr("aria-labelledby")?.split_whitespace().next()?;
            self.survey.ids.get(id).copied()
        });
        let text =
            legend.map(|legend| name_of(legend, self.survey)).or(element.attr("aria-label").map(str::to_owned))?;
        self.legends.push(collapse(&text, NAME));
        Some(self.legends.len() - 1)
    }

    /// The number of a link that starts here.
    pub(super) fn link(&mut self, element: &Element, place: LinkPlace) -> usize {
        let href = element.attr("href").unwrap_or_default().to_owned();
        let target = resolve(self.base.as_ref(), &href);
        let spoken = ["aria-label", "title"].into_iter().filter_map(|name| element.attr(name));
        let name = spoken.map(|name| collapse(name, NAME)).find(|name| !name.is_empty()).unwrap_or_default();
        self.links.push(Link { name, href, target, place, range: 0..0 });
        self.links.len() - 1
    }

    /// Ends a link: its text, if it has any, is its name.
    pub(super) fn name_link(&mut self, link: usize, range: Range<usize>) {
        let text = collapse(&self.writer.text()[range.clone()], NAME);
        if text.contains(char::is_alphanumeric) {
            self.links[link].name = text;
        }
        self.links[link].range = range;
    }

    pub(super) fn drawn_box(&mut self, spot: Spot<'t>, element: &'t Element) {
        if let Some(ticked) = drawn_box(spot, element) {
            self.writer.part(Break::Block);
            self.writer.atom(&shown(ControlKind::Checkbox, ticked, ""));
            self.writer.glue();
        }
    }

    pub(super) fn text_beside(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.writer.part(Break::Blank);
            self.writer.write(text, false);
            self.writer.part(Break::Blank);
        }
    }

    /// Reads a control; true where its content is to be read as well.
    pub(super) fn control(&mut self, spot: Spot<'t>, element: &'t Element, context: Context<'t>) -> bool {
        if element.attr("type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("hidden"))
            || is_shadow(spot, element)
        {
            return false;
        }
        let tickable = is_tickable(element);
        if element.name() == "button" && !tickable {
            return self.button(spot, element, context);
        }
        let label = self.label(spot, element, &context);
        let switched_off = self.survey.is_hidden(spot, element) && !self.survey.is_decoration(spot, element);
        if switched_off && !label.shown {
            return false;
        }
        let text = caption(element, &label);
        match kind(element, &text) {
            Some(kind) => self.add(element, context, kind, Label { text, ..label }, tickable || !context.quiet),
            None if context.quiet => {}
            None => self.plain_button(&text),
        }
        if element.name() == "textarea" && !context.quiet {
            let content: String =
                spot.children().filter_map(|child| child.value().as_text().map(|text| &**text)).collect();
            self.writer.write(&content, true);
        }
        !matches!(element.name(), "input" | "select" | "textarea")
    }

    fn label(&mut self, spot: Spot<'t>, element: &'t Element, context: &Context<'t>) -> Label {
        if self.labels_left == 0 {
            return Label::default();
        }
        let wrapping = context.label.filter(|label| label.id() != spot.id());
        let labeller = Labeller { survey: self.survey, spot, element, wrapping, tickable: is_tickable(element) };
        let label = labeller.label();
        self.labels_left = self.labels_left.saturating_sub(label.text.len());
        label
    }

    /// A button is written in one piece, unless it swallowed a part of the page.
    fn button(&mut self, spot: Spot<'t>, element: &'t Element, context: Context<'t>) -> bool {
        let inner = || spot.descendants().skip(1).filter_map(|one| one.value().as_element());
        if inner().take(60).count() == 60 || inner().any(|element| is_control(element) || element.name() == "a") {
            return true;
        }
        let spoken = || element.attr("aria-label").or(element.attr("title")).unwrap_or_default();
        let text = Some(name_of(spot, self.survey)).filter(|text| !text.is_empty());
        let label = Label { text: text.unwrap_or_else(|| collapse(spoken(), NAME)), shown: true, required: false };
        match kind(element, &label.text) {
            Some(kind) if self.owner(element, &context) > 0 => self.add(element, context, kind, label, !context.quiet),
            _ if context.quiet || label.text.is_empty() => {}
            _ => self.plain_button(&label.text),
        }
        false
    }

    fn owner(&self, element: &Element, context: &Context<'t>) -> usize {
        let named = element.attr("form").and_then(|id| self.form_ids.get(id).copied());
        let around = Some(context.form).filter(|form| *form > 0);
        named.or(around).or(self.table_form.map(|(form, _)| form)).unwrap_or(0)
    }

    fn add(&mut self, element: &Element, context: Context<'t>, kind: ControlKind, label: Label, written: bool) {
        let checked = is_checked(element);
        let legend = context.legend.map(|legend| self.legends[legend].clone()).unwrap_or_default();
        let mark = self.writer.mark();
        if written {
            self.write(kind, checked, &label);
        }
        let range = self.writer.since(mark);
        let required = is_required(element) || label.required || (kind == ControlKind::Radio && legend.ends_with('*'));
        let owner = self.owner(element, &context);
        self.forms[owner].controls.push(Control {
            kind,
            label: if label.text.is_empty() { legend.clone() } else { label.text },
            legend,
            name: element.attr("name").or(element.attr("id")).unwrap_or_default().to_owned(),
            value: element.attr("value").unwrap_or_default().to_owned(),
            checked,
            required,
            disabled: context.disabled || is_disabled(element),
            range,
        });
    }

    fn write(&mut self, kind: ControlKind, checked: bool, label: &Label) {
        let tickable = matches!(kind, ControlKind::Checkbox | ControlKind::Radio);
        let named_before = !label.text.is_empty() && ends_with(self.writer.text(), &label.text).is_some();
        if (tickable && !named_before) || kind == ControlKind::Submit {
            self.writer.part(Break::Block);
        }
        self.writer.atom(&shown(kind, checked, &label.text));
        match label.shown {
            _ if !tickable || named_before => self.writer.part(Break::Block),
            _ if label.text.is_empty() => {}
            true => self.writer.glue(),
            false => {
                self.text_beside(&label.text);
                self.writer.part(Break::Block);
            }
        }
    }

    /// A button that sends nothing.
    fn plain_button(&mut self, text: &str) {
        self.writer.part(Break::Block);
        self.writer.atom(&shown(ControlKind::Submit, false, text));
        self.writer.part(Break::Block);
    }
}

/// What a control is called: the label, for a button its own value.
fn caption(element: &Element, label: &Label) -> String {
    let kind = element.attr("type").unwrap_or_default().trim().to_ascii_lowercase();
    let value = element.attr("value").map(|value| collapse(value, NAME)).filter(|value| !value.is_empty());
    match kind.as_str() {
        _ if element.name() != "input" => label.text.clone(),
        "submit" | "button" | "reset" => value.unwrap_or_else(|| label.text.clone()),
        "image" => element.attr("alt").map_or_else(|| label.text.clone(), |alt| collapse(alt, NAME)),
        _ => label.text.clone(),
    }
}

/// The input that a custom checkbox keeps beside itself for sending: never seen, and a second one.
fn is_shadow(spot: Spot<'_>, element: &Element) -> bool {
    let before = spot.prev_siblings().take(3).find_map(|one| one.value().as_element());
    element.name() == "input"
        && element.attr("aria-hidden") == Some("true")
        && before.is_some_and(|one| matches!(one.attr("role"), Some("checkbox" | "switch" | "radio")))
}

/// Where `label` starts if `text` ends with it, white space aside.
pub(super) fn ends_with(text: &str, label: &str) -> Option<usize> {
    let mut rest = text.char_indices().rev().filter(|(_, c)| !c.is_whitespace());
    let mut start = None;
    for c in label.chars().rev().filter(|c| !c.is_whitespace()) {
        let (at, found) = rest.next()?;
        if found != c {
            return None;
        }
        start = Some(at);
    }
    start
}

/// Where `label` ends if `text` begins with it, white space aside.
pub(super) fn starts_with(text: &str, label: &str) -> Option<usize> {
    let mut rest = text.char_indices().filter(|(_, c)| !c.is_whitespace());
    let mut end = None;
    for c in label.chars().filter(|c| !c.is_whitespace()) {
        let (at, found) = rest.next()?;
        if found != c {
            return None;
        }
        end = Some(at + found.len_utf8());
    }
    end
}
