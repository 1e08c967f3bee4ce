//! What an element is, by its name and attributes.

use scraper::node::Element;

use super::markup::{Markup, says};
use super::survey::Spot;

/// True for elements that a visitor fills, ticks or presses.
pub(super) fn is_control(element: &Element) -> bool {
    matches!(element.name(), "input" | "select" | "textarea" | "button")
        || matches!(element.attr("role"), Some("checkbox" | "switch" | "radio"))
}

/// True for elements that a visitor ticks or switches.
pub(super) fn is_tickable(element: &Element) -> bool {
    let input = element.name() == "input"
        && element.attr("type").is_some_and(|kind| matches!(kind.to_ascii_lowercase().trim(), "checkbox" | "radio"));
    input || matches!(element.attr("role"), Some("checkbox" | "switch" | "radio"))
}

/// A checkbox that is only drawn, by a style sheet on an empty element, as in a picture of a form: whether it is ticked.
pub(super) fn drawn_box(spot: Spot<'_>, element: &Element) -> Option<bool> {
    if spot.has_children() || !matches!(element.name(), "div" | "span" | "i" | "b") {
        return None;
    }
    let markup = Markup::embedded();
    let is_box = element.classes().any(|class| says(class, &markup.drawn_box));
    let mut siblings = spot.prev_siblings().take(5).chain(spot.next_siblings().take(5));
    let real = siblings.any(|one| one.value().as_element().is_some_and(is_tickable));
    (is_box && !real).then(|| element.classes().any(|class| says(class, &markup.drawn_tick)))
}

/// True for elements that start on a new line and end one.
pub(super) fn is_block(name: &str) -> bool {
    #[rustfmt::skip]
    const BLOCKS: [&str; 46] = [
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html",
        "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "table", "tbody", "tfoot", "thead",
        "tr", "ul",
    ];
    BLOCKS.binary_search(&name).is_ok()
}

/// The rank of a heading, 1 to 6.
pub(super) fn heading_level(element: &Element) -> Option<u8> {
    match element.name().as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ if element.attr("role") == Some("heading") => {
            let level = element.attr("aria-level").and_then(|level| level.trim().parse().ok());
            Some(level.filter(|level| (1..=6).contains(level)).unwrap_or(2))
        }
        _ => None,
    }
}

/// A link or label: style sheets part it from the next one.
pub(super) fn is_box(element: &Element) -> bool {
    matches!(element.name(), "a" | "label")
}

/// True where the element has one of the classes.
pub(super) fn has_class(element: &Element, classes: &[String]) -> bool {
    element.classes().any(|class| classes.iter().any(|known| known == class))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_block_is_found() {
        for name in ["address", "body", "div", "figure", "h1", "h6", "hr", "li", "p", "search", "tr", "ul"] {
            assert!(is_block(name), "{name}");
        }
        for name in ["a", "span", "label", "td", "xmp"] {
            assert!(!is_block(name), "{name}");
        }
    }
}
