//! Links with their name and their place on the page.

use std::ops::Range;

use url::Url;

/// Where on a page a link stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkPlace {
    /// In the page's header.
    Header,
    /// In a menu.
    Menu,
    /// In the footer.
    Footer,
    /// In a form.
    Form,
    /// Anywhere else.
    Body,
}

/// A link of a page.
#[derive(Debug, Clone)]
pub struct Link {
    /// Its name: the text, else `aria-label` or `title`, else the image's `alt`; white space collapsed.
    pub name: String,
    /// The `href` as written.
    pub href: String,
    /// The absolute address, if the `href` is one that can be followed (http or https).
    pub target: Option<Url>,
    /// Where it stands.
    pub place: LinkPlace,
    /// Its bytes in the page's text; empty where the link shows no text.
    pub range: Range<usize>,
}

/// The absolute address that an `href` or `src` leads to, if it can be followed (http or https).
pub(super) fn resolve(base: Option<&Url>, address: &str) -> Option<Url> {
    let address = address.trim();
    let url = base.map_or_else(|| Url::parse(address), |base| base.join(address)).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}
