//! A web page as a visitor sees it. Pure: HTML in, text, links and forms out.

pub mod form;
pub mod link;
pub mod visible;

use std::ops::Range;

use url::Url;

pub use form::{Control, ControlKind, Form};
pub use link::{Link, LinkPlace};

use crate::text::{Passage, Sources};

/// A page that was read.
#[derive(Debug, Clone)]
pub struct Page {
    /// The address after redirects; `None` for a page handed in as a file without a known address.
    pub url: Option<Url>,
    /// The address that was asked for.
    pub requested: Option<Url>,
    /// The addresses passed on the way, the requested one first; empty where there was no redirect.
    pub redirects: Vec<Url>,
    /// The text of the `<title>`, white space collapsed.
    pub title: String,
    /// The language the page declares (`en`, `es-US`), if any.
    pub language: Option<String>,
    /// What a visitor reads, as a text browser would write it.
    pub text: Passage,
    /// How many words a visitor reads outside header, menu and footer.
    pub words: usize,
    /// Its links in order of appearance.
    pub links: Vec<Link>,
    /// Its forms in order of appearance, and one pseudo-form of the controls outside any `<form>`.
    pub forms: Vec<Form>,
    /// Headings in order: level 1 to 6 and the bytes in `text`.
    pub headings: Vec<(u8, Range<usize>)>,
    /// Addresses of embedded frames.
    pub frames: Vec<Url>,
    /// The ids and names that `#fragments` can point to.
    pub anchors: Vec<String>,
}

impl Page {
    /// Reads HTML as a visitor would see it, and adds its visible text to `sources` under `name`.
    pub fn read(html: &str, url: Option<&Url>, name: &str, sources: &mut Sources) -> Self {
        let _ = (html, url, name, sources);
        todo!()
    }

    /// A page handed in as plain text: no links and no forms.
    pub fn plain(text: &str, url: Option<&Url>, name: &str, sources: &mut Sources) -> Self {
        let _ = (text, url, name, sources);
        todo!()
    }
}
