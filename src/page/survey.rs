//! The first look at a page: what later questions need to know of the whole of it.

use std::collections::{HashMap, HashSet};

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::Node;
use scraper::node::Element;

use super::clean::collapse;
use super::element::is_tickable;
use super::markup::Markup;
use super::script::Scripts;

pub(super) type Spot<'t> = NodeRef<'t, Node>;

/// What is where on a page.
#[derive(Default)]
pub(super) struct Survey<'t> {
    pub ids: HashMap<&'t str, Spot<'t>>,
    pub labels: HashMap<&'t str, Vec<Spot<'t>>>,
    pub base: Option<&'t str>,
    pub title: String,
    pub language: Option<String>,
    pub scripts: Scripts,
    /// Ids of elements that a visitor can open.
    opened: HashSet<&'t str>,
    /// Elements that hold a main part or the main heading: never a menu or a footer, whatever their class.
    main: HashSet<NodeId>,
    /// Elements that hold links, paragraphs, headings or items: never mere decoration.
    substantial: HashSet<NodeId>,
    /// Elements that hold a checkbox, a radio button, a phone input or a button.
    asking: HashSet<NodeId>,
}

impl<'t> Survey<'t> {
    pub fn new(root: Spot<'t>) -> Self {
        let mut survey = Self::default();
        let mut open: Vec<Weight> = Vec::new();
        for edge in root.traverse() {
            match edge {
                Edge::Open(spot) => {
                    open.push(spot.value().as_element().map_or(Weight::default(), weight));
                    if let Node::Element(element) = spot.value() {
                        survey.note(spot, element);
                    }
                }
                Edge::Close(spot) => {
                    let weight = open.pop().unwrap_or_default();
                    if let Some(outer) = open.last_mut() {
                        outer.add(weight);
                    }
                    survey.main.extend(weight.main.then(|| spot.id()));
                    survey.substantial.extend(weight.substantial.then(|| spot.id()));
                    survey.asking.extend(weight.asking.then(|| spot.id()));
                }
            }
        }
        survey
    }

    fn note(&mut self, spot: Spot<'t>, element: &'t Element) {
        self.scripts.note(spot, element);
        if let Some(id) = element.attr("id") {
            self.ids.entry(id).or_insert(spot);
        }
        for opener in &Markup::embedded().openers {
            self.opened.extend(element.attr(opener).into_iter().flat_map(targets));
        }
        match element.name() {
            "label" => {
                if let Some(id) = element.attr("for") {
                    self.labels.entry(id).or_default().push(spot);
                }
            }
            "base" => self.base = self.base.or(element.attr("href")),
            "title" if self.title.is_empty() && !in_drawing(spot) => {
                let text: String = spot.children().filter_map(|child| child.value().as_text().map(|t| &**t)).collect();
                self.title = collapse(&text, 1_000);
            }
            "html" => {
                let language = element.attr("lang").or(element.attr("xml:lang")).map(|value| collapse(value, 40));
                self.language = language.filter(|value| !value.is_empty());
            }
            _ => {}
        }
    }

    /// True where the element holds the page's main part.
    pub fn holds_main(&self, spot: Spot<'_>) -> bool {
        self.main.contains(&spot.id())
    }

    /// True where neither the element nor anything in it is shown, by markup alone: text that only a style sheet hides can be opened.
    pub fn is_hidden(&self, spot: Spot<'_>, element: &Element) -> bool {
        match element.name() {
            "template" => element.attr("shadowrootmode").is_none(),
            "dialog" => element.attr("open").is_none() && !self.opens(element),
            name if is_never_shown(name) => true,
            _ => {
                self.is_decoration(spot, element)
                    || (is_switched_off(element) && !self.opens(element) && !self.is_step(spot))
            }
        }
    }

    /// A part of a form that appears while it is filled in, such as the second step of several. Traps for robots hold only text inputs.
    fn is_step(&self, spot: Spot<'_>) -> bool {
        let in_form =
            || spot.ancestors().take(200).any(|outer| outer.value().as_element().is_some_and(|e| e.name() == "form"));
        spot.has_children() && self.asking.contains(&spot.id()) && in_form()
    }

    /// Marked as not for screen readers and without a link, a paragraph or a heading: icons, arrows, honeypots.
    pub fn is_decoration(&self, spot: Spot<'_>, element: &Element) -> bool {
        element.attr("aria-hidden") == Some("true") && !self.substantial.contains(&spot.id())
    }

    fn opens(&self, element: &Element) -> bool {
        element.attr("role") == Some("tabpanel") || element.attr("id").is_some_and(|id| self.opened.contains(id))
    }
}

/// What an element and the elements in it say about those around.
#[derive(Default, Clone, Copy)]
struct Weight {
    main: bool,
    substantial: bool,
    asking: bool,
}

impl Weight {
    fn add(&mut self, inner: Self) {
        self.main |= inner.main;
        self.substantial |= inner.substantial;
        self.asking |= inner.asking;
    }
}

fn weight(element: &Element) -> Weight {
    let main = matches!(element.name(), "main" | "h1" | "article") || element.attr("role") == Some("main");
    let heading = matches!(element.name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    let dialog = matches!(element.attr("role"), Some("dialog" | "alertdialog"));
    let link = element.name() == "a" && element.attr("href").is_some();
    let phone = element.name() == "input" && element.attr("type").is_some_and(|kind| kind.eq_ignore_ascii_case("tel"));
    Weight {
        main,
        substantial: heading || dialog || link || matches!(element.name(), "p" | "li"),
        asking: phone || is_tickable(element) || element.name() == "button",
    }
}

fn targets(value: &str) -> impl Iterator<Item = &str> {
    value.split_whitespace().map(|target| target.trim_start_matches('#'))
}

fn in_drawing(spot: Spot<'_>) -> bool {
    spot.ancestors().take(50).any(|outer| outer.value().as_element().is_some_and(|element| element.name() == "svg"))
}

fn is_never_shown(name: &str) -> bool {
    matches!(
        name,
        "script" | "style" | "head" | "noscript" | "svg" | "datalist" | "video" | "audio" | "canvas" | "object" | "map"
    )
}

fn is_switched_off(element: &Element) -> bool {
    let hidden = element.attr("hidden").is_some_and(|value| !value.eq_ignore_ascii_case("until-found"));
    hidden || element.attr("style").is_some_and(|style| style.split(';').any(hides))
}

fn hides(declaration: &str) -> bool {
    let Some((property, value)) = declaration.split_once(':') else { return false };
    let value = value.trim().to_ascii_lowercase();
    match property.trim().to_ascii_lowercase().as_str() {
        "display" => value.starts_with("none"),
        "visibility" => value.starts_with("hidden") || value.starts_with("collapse"),
        _ => false,
    }
}
