//! Which part of a page an element is.

use scraper::node::Element;

use super::link::LinkPlace;
use super::markup::{Markup, words};

/// The part of the page that an element starts; `None` where it stays in the part around it.
///
/// `holds_main`: the element holds the page's main part, so that its class tells of a wrapper.
/// `in_main`: the element stands in the main part, where a `<header>` is that of an article.
pub(super) fn place(element: &Element, holds_main: bool, in_main: bool) -> Option<LinkPlace> {
    match (element.name(), element.attr("role")) {
        ("footer", _) | (_, Some("contentinfo")) => return Some(LinkPlace::Footer),
        ("nav" | "menu", _) | (_, Some("navigation" | "menu" | "menubar")) => return Some(LinkPlace::Menu),
        (_, Some("banner")) => return Some(LinkPlace::Header),
        ("header", _) => return (!in_main).then_some(LinkPlace::Header),
        ("form", _) => return Some(LinkPlace::Form),
        ("html" | "body" | "main" | "article" | "li" | "a" | "span" | "button" | "i" | "img" | "h1" | "h2", _) => {
            return None;
        }
        _ if holds_main => return None,
        _ => {}
    }
    by_class(element, in_main)
}

fn by_class(element: &Element, in_main: bool) -> Option<LinkPlace> {
    let markup = Markup::embedded();
    for name in element.attr("id").into_iter().chain(element.classes()).take(12) {
        let words: Vec<String> = words(name).take(8).collect();
        let says = |list: &[String]| words.iter().any(|word| list.contains(word));
        if says(&markup.part_not) {
            continue;
        }
        if says(&markup.footer) {
            return Some(LinkPlace::Footer);
        }
        if says(&markup.menu) {
            return Some(LinkPlace::Menu);
        }
        if says(&markup.header) && !in_main {
            return Some(LinkPlace::Header);
        }
    }
    None
}
