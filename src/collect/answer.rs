//! What an address answered, before it is known whether it is a page.

use std::collections::BTreeMap;

use url::Url;

/// The text of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// HTML.
    Html(String),
    /// Plain text.
    Plain(String),
}

impl Body {
    /// The text, mark-up included.
    pub fn text(&self) -> &str {
        match self {
            Body::Html(text) | Body::Plain(text) => text,
        }
    }
}

/// A readable answer of a server, a site folder or a saved page.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The address that answered, after redirects; `None` for a file whose address is not known.
    pub url: Option<Url>,
    /// The addresses on the way, the requested one first; empty where there was no redirect.
    pub redirects: Vec<Url>,
    /// The HTTP status; 200 for a file.
    pub status: u16,
    /// The headers, names in lower case; none for a file.
    pub headers: BTreeMap<String, String>,
    /// The text.
    pub body: Body,
}

impl Answer {
    /// What a file answers for an address.
    pub fn local(url: Option<Url>, body: Body) -> Self {
        Self { url, redirects: Vec::new(), status: 200, headers: BTreeMap::new(), body }
    }
}
