//! A web page as a visitor sees it. Pure: HTML in, text, links and forms out.

mod control;
pub mod form;
mod gather;
mod label;
pub mod link;
mod markup;
mod parse;
mod place;
mod survey;
pub mod visible;
mod walk;

use std::ops::Range;

use url::Url;

pub use form::{Control, ControlKind, Form};
pub use link::{Link, LinkPlace};

use crate::text::{Passage, Source, Sources};
use survey::Survey;
use walk::Walk;

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
    /// The ids and names that `#fragments` can point to, with the bytes of the element in `text`.
    pub anchors: Vec<(String, Range<usize>)>,
    /// True where only the beginning was read, because the page is nested too deeply or is too large.
    pub cut: bool,
}

impl Page {
    /// Reads HTML as a visitor would see it, and adds its visible text to `sources` under `name`.
    pub fn read(html: &str, url: Option<&Url>, name: &str, sources: &mut Sources) -> Self {
        let tree = parse::parse(html);
        let survey = Survey::new(tree.html.tree.root());
        let base = survey.base.and_then(|base| link::resolve(url, base)).or_else(|| url.cloned());
        let mut walk = Walk::new(&survey, base).over(tree.html.tree.root());
        let forms = walk.forms();
        Self {
            title: survey.title.clone(),
            language: survey.language.clone(),
            words: walk.words,
            links: walk.links,
            forms,
            headings: walk.headings,
            frames: walk.frames,
            anchors: walk.anchors,
            cut: tree.cut,
            ..Self::of_text(walk.writer.finish(), url, name, sources)
        }
    }

    /// A page handed in as plain text: no links and no forms.
    pub fn plain(text: &str, url: Option<&Url>, name: &str, sources: &mut Sources) -> Self {
        Self::of_text(visible::plain(text), url, name, sources)
    }

    fn of_text(text: String, url: Option<&Url>, name: &str, sources: &mut Sources) -> Self {
        let words = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
        let source = sources.add(Source { name: name.to_owned(), text: text.clone(), is_page: true });
        Self {
            url: url.cloned(),
            requested: url.cloned(),
            redirects: Vec::new(),
            title: String::new(),
            language: None,
            text: Passage::verbatim(text, source, 0),
            words,
            links: Vec::new(),
            forms: Vec::new(),
            headings: Vec::new(),
            frames: Vec::new(),
            anchors: Vec::new(),
            cut: false,
        }
    }

    /// The links in one part of the page, in order.
    pub fn links_in(&self, place: LinkPlace) -> impl Iterator<Item = &Link> {
        self.links.iter().filter(move |link| link.place == place)
    }

    /// The bytes of the section that `#anchor` points to: the element of that id, or, where it is a heading or an empty
    /// mark, everything up to the next heading of its rank.
    pub fn section(&self, anchor: &str) -> Option<Range<usize>> {
        let (_, range) = self.anchors.iter().find(|(name, _)| name == anchor)?;
        let is_heading = |heading: &&(u8, Range<usize>)| heading.1.start <= range.start && range.end <= heading.1.end;
        if !range.is_empty() && !self.headings.iter().any(|heading| is_heading(&heading)) {
            return Some(range.clone());
        }
        let rest = self.text.text.get(range.start..)?;
        let start = range.start + (rest.len() - rest.trim_start().len());
        let first = self.headings.iter().position(|heading| heading.1.end > start);
        let own = first.filter(|&first| self.headings[first].1.start <= start);
        let rank = own.map_or(6, |own| self.headings[own].0);
        let mut later = self.headings.iter().skip(own.map_or(first.unwrap_or(usize::MAX), |own| own + 1));
        let end = later.find(|heading| heading.0 <= rank).map_or(self.text.text.len(), |heading| heading.1.start);
        Some(start..start + self.text.text.get(start..end)?.trim_end().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn read(html: &str) -> Page {
        let url = Url::parse("https://acme.example/dir/page").unwrap();
        Page::read(html, Some(&url), "https://acme.example/dir/page", &mut Sources::default())
    }
}
