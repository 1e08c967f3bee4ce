//! The label of a control, by whatever mechanism it is attached.

use ego_tree::iter::Edge;
use scraper::Node;
use scraper::node::Element;

use super::clean::collapse;
use super::element::{is_block, is_control, is_tickable};
use super::markup::Markup;
use super::survey::{Spot, Survey};

/// The longest label that is kept, in bytes: a whole consent paragraph fits.
pub(super) const LONGEST: usize = 4_000;
/// How many nodes are looked at for one name.
const NODES: usize = 600;
/// How many neighbours, and how many levels up, are searched for the text beside a control.
const NEIGHBOURS: usize = 30;
const LEVELS: usize = 4;

/// The text of a label, and how it stands to what a visitor reads.
#[derive(Debug, Default, Clone)]
pub(super) struct Label {
    pub text: String,
    /// True where the text stands on the page by itself, false where it comes from an attribute or a hidden element.
    pub shown: bool,
    /// True where a mark in it or right beside it says that the control must be filled.
    pub required: bool,
}

/// What the text of an element says.
#[derive(Debug, Default)]
struct Name {
    text: String,
    marked: bool,
    has_control: bool,
}

/// The text of an element, without the controls in it.
pub(super) fn name_of(spot: Spot<'_>, survey: &Survey<'_>) -> String {
    name(spot, survey).text
}

/// Finds the labels of one control.
pub(super) struct Labeller<'a, 't> {
    pub survey: &'a Survey<'t>,
    pub spot: Spot<'t>,
    pub element: &'t Element,
    /// The `<label>` around the control.
    pub wrapping: Option<Spot<'t>>,
    /// A checkbox, radio button or switch: its label stands after it.
    pub tickable: bool,
}

impl<'t> Labeller<'_, 't> {
    /// The first of: `<label for>`, the label around it, `aria-labelledby`, its own text, the text in its line or a stray label,
    /// `aria-label`, `title`, `placeholder`, the text near it.
    pub fn label(&self) -> Label {
        let by_id = self.element.attr("id").and_then(|id| self.survey.labels.get(id));
        let labels = by_id.into_iter().flatten().take(4).copied().chain(self.wrapping);
        let referred = self.element.attr("aria-labelledby").map(|ids| self.referred(ids));
        labels
            .map(|label| self.with_rest(label))
            .find(|label| !label.text.is_empty())
            .or(referred)
            .filter(|label| !label.text.is_empty())
            .or_else(|| self.own_text())
            .or_else(|| if self.tickable { self.after(self.spot, 1) } else { self.stray_label() })
            .or_else(|| self.attribute(&["aria-label", "title", "placeholder"]))
            .or_else(|| {
                if self.tickable { self.after(self.spot, LEVELS).or_else(|| self.before()) } else { self.before() }
            })
            .unwrap_or_default()
    }

    fn of_element(&self, label: Spot<'t>) -> Label {
        let name = name(label, self.survey);
        let required = name.marked || has_mark(&name.text) || next_text(label).is_some_and(|text| is_mark(&text));
        Label { text: name.text, shown: self.is_shown(label), required }
    }

    /// A label and, for a checkbox, the rest of its sentence: `<label>I agree</label> to receive texts`.
    fn with_rest(&self, spot: Spot<'t>) -> Label {
        let label = self.of_element(spot);
        let rest = self.tickable.then(|| self.after(spot, 1)).flatten();
        let Some(rest) = rest.filter(|_| label.shown && !label.text.is_empty()) else { return label };
        let text = collapse(&format!("{} {}", label.text, rest.text), LONGEST);
        Label { text, required: label.required || rest.required, shown: true }
    }

    fn is_shown(&self, spot: Spot<'t>) -> bool {
        let around = std::iter::once(spot).chain(spot.ancestors()).take(200);
        !around
            .into_iter()
            .any(|one| one.value().as_element().is_some_and(|element| self.survey.is_hidden(one, element)))
    }

    fn referred(&self, ids: &str) -> Label {
        let spots = ids.split_whitespace().take(5).filter_map(|id| self.survey.ids.get(id));
        let labels: Vec<Label> = spots.map(|spot| self.of_element(*spot)).collect();
        let texts: Vec<&str> = labels.iter().map(|label| label.text.as_str()).collect();
        let (shown, required) = (labels.iter().all(|label| label.shown), labels.iter().any(|label| label.required));
        Label { text: collapse(&texts.join(" "), LONGEST), shown, required }
    }

    /// The text inside a control that is not an `<input>`: `<div role="checkbox">Text me</div>`.
    fn own_text(&self) -> Option<Label> {
        if matches!(self.element.name(), "select" | "textarea") {
            return None;
        }
        let label = self.of_element(self.spot);
        (!label.text.is_empty()).then_some(label)
    }

    fn attribute(&self, names: &[&str]) -> Option<Label> {
        let texts = names.iter().filter_map(|name| self.element.attr(name)).map(|text| collapse(text, LONGEST));
        let text = texts.into_iter().find(|text| !text.is_empty())?;
        Some(Label { required: has_mark(&text), text, shown: false })
    }

    /// A `<label>` without `for` right before the control.
    fn stray_label(&self) -> Option<Label> {
        let mut siblings = self.spot.prev_siblings().take(NEIGHBOURS);
        let previous = siblings.find(|one| one.value().is_element())?;
        let element = previous.value().as_element()?;
        let label = (element.name() == "label").then(|| self.of_element(previous))?;
        (!label.text.is_empty() && element.attr("for").is_none_or(|id| !self.survey.ids.contains_key(id)))
            .then_some(label)
    }

    /// The text after an element, up to the next control; looks `levels` levels of elements out.
    fn after(&self, mut from: Spot<'t>, levels: usize) -> Option<Label> {
        for _ in 0..levels {
            let mut text = String::new();
            for sibling in from.next_siblings().take(NEIGHBOURS) {
                let is_block = sibling.value().as_element().is_some_and(|element| is_block(element.name()));
                if is_block && (levels == 1 || !text.trim().is_empty()) {
                    break;
                }
                let Some(more) = neighbour(sibling, self.survey) else { return beside(&text) };
                text.push_str(&more);
                if is_block && !text.trim().is_empty() {
                    break;
                }
            }
            if let Some(label) = beside(&text) {
                return Some(label);
            }
            from = outer(from)?;
        }
        None
    }

    /// The text right before the control.
    fn before(&self) -> Option<Label> {
        let mut from = self.spot;
        for _ in 0..LEVELS {
            for sibling in from.prev_siblings().take(NEIGHBOURS) {
                if let Some(label) = beside(&neighbour(sibling, self.survey)?) {
                    return (!self.tickable || !follows_tick(sibling)).then_some(label);
                }
            }
            from = outer(from)?;
        }
        None
    }
}

fn beside(text: &str) -> Option<Label> {
    let text = collapse(text, LONGEST);
    let words = text.chars().any(char::is_alphanumeric);
    words.then(|| Label { required: has_mark(&text), text, shown: true })
}

/// The text of a neighbour; `None` where it is or holds another control, or is another control's label.
fn neighbour(spot: Spot<'_>, survey: &Survey<'_>) -> Option<String> {
    match spot.value() {
        Node::Text(text) => Some(text.to_string()),
        Node::Element(element) => {
            let theirs = element.name() == "label" && element.attr("for").is_some_and(|id| survey.ids.contains_key(id));
            let name = name(spot, survey);
            (!theirs && !name.has_control && element.name() != "legend").then(|| format!(" {} ", name.text))
        }
        _ => Some(String::new()),
    }
}

/// True where a text is the label of the checkbox before it.
fn follows_tick(text: Spot<'_>) -> bool {
    let before = text.prev_siblings().take(3).find_map(|one| one.value().as_element());
    before.is_some_and(is_tickable)
}

fn outer(spot: Spot<'_>) -> Option<Spot<'_>> {
    let parent = spot.parent()?;
    let name = parent.value().as_element()?.name();
    (!matches!(name, "form" | "body" | "fieldset" | "main" | "section" | "article")).then_some(parent)
}

fn name(spot: Spot<'_>, survey: &Survey<'_>) -> Name {
    let mut name = Name::default();
    let mut raw = String::new();
    let mut skipped: Option<Spot<'_>> = None;
    for edge in spot.traverse().take(NODES) {
        match (edge, skipped) {
            (Edge::Close(closed), Some(inside)) if closed.id() == inside.id() => skipped = None,
            (_, Some(_)) => {}
            (Edge::Open(one), None) => match one.value() {
                Node::Text(text) => raw.push_str(text),
                Node::Element(element) if is_control(element) && one.id() != spot.id() => {
                    name.has_control = true;
                    skipped = Some(one);
                }
                Node::Element(element) if survey.is_hidden(one, element) && one.id() != spot.id() => {
                    name.marked |=
                        one.first_child().is_some_and(|child| child.value().as_text().is_some_and(|t| is_mark(t)));
                    skipped = Some(one);
                }
                Node::Element(element) => raw.push_str(&around(element)),
                _ => {}
            },
            (Edge::Close(one), None) => {
                raw.push_str(one.value().as_element().filter(|element| is_block(element.name())).map_or("", |_| " "));
            }
        }
        if raw.len() > 2 * LONGEST {
            break;
        }
    }
    name.has_control |= spot.value().as_element().is_some_and(is_control);
    name.text = collapse(&raw, LONGEST);
    name
}

fn around(element: &Element) -> String {
    match element.name() {
        "img" => format!(" {} ", element.attr("alt").unwrap_or_default()),
        "br" => " ".to_owned(),
        name if is_block(name) => " ".to_owned(),
        _ => String::new(),
    }
}

/// The text of the node right after an element.
fn next_text(spot: Spot<'_>) -> Option<String> {
    let next =
        spot.next_siblings().take(3).find(|one| one.value().as_text().is_none_or(|text| !text.trim().is_empty()))?;
    let text = next.value().as_text().map(|text| text.to_string());
    let child = || next.first_child().and_then(|child| child.value().as_text().map(|text| text.to_string()));
    text.or_else(child)
}

fn is_mark(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    Markup::embedded().required_marks.contains(&text)
}

fn has_mark(label: &str) -> bool {
    let label = label.trim_end_matches([':', ' ']).to_lowercase();
    Markup::embedded().required_marks.iter().any(|mark| {
        label.starts_with(mark.as_str())
            || label.ends_with(mark.as_str())
            || in_brackets(mark) && label.contains(mark.as_str())
    })
}

/// True for a mark that means the same wherever it stands.
fn in_brackets(mark: &str) -> bool {
    mark.starts_with('(')
}
