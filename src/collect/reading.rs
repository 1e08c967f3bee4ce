//! From what an address or a file gave to the reading of a role.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

use url::Url;

use crate::evidence::{Gap, Outcome, PageReading, Pages, Role};
use crate::page::{Link, Page};
use crate::text::{Sources, Span};

use super::answer::{Answer, Body};
use super::fault::{self, Fault};
use super::folder;
use super::recognise;
use super::role::wording::{WORDING, holds_any, words};
use super::role::{self, Address, Wanted};

/// Makes readings; a document that plays several roles is read, and becomes a source, once.
pub struct Reader<'s> {
    sources: &'s mut Sources,
    read: HashMap<Url, Page>,
}

impl<'s> Reader<'s> {
    /// A reader that adds its pages to `sources`.
    pub fn new(sources: &'s mut Sources) -> Self {
        Self { sources, read: HashMap::new() }
    }

    /// The reading of what an address gave.
    pub fn fetched(&mut self, role: Role, fetched: &Result<Answer, Fault>, address: Address) -> PageReading {
        match fetched {
            Ok(answer) => {
                let name = answer.url.as_ref().unwrap_or(&address.url).as_str();
                let page = answer.url.as_ref().and_then(|url| self.read.get(url)).cloned();
                let page = page.unwrap_or_else(|| self.page(answer, name));
                if let Some(url) = &answer.url {
                    self.read.insert(url.clone(), page.clone());
                }
                let reading = reading(role, answer, page, Some(&address.url), address.named_at.clone());
                part(role, reading, &address)
            }
            Err(fault) => PageReading::Gap(fault.clone().gap(role, Some(&address.url), address.named_at)),
        }
    }

    /// The reading of a page that was handed in as a file.
    pub fn saved(&mut self, role: Role, path: &Path, bytes: &[u8], address: Option<&Address>) -> PageReading {
        let url = address.map(|address| &address.url);
        let named_at = address.and_then(|address| address.named_at.clone());
        match folder::body(path, bytes) {
            Ok(body) => {
                let answer = Answer::local(url.cloned(), body);
                let page = self.page(&answer, &path.display().to_string());
                reading(role, &answer, page, url, named_at)
            }
            Err(fault) => PageReading::Gap(fault.gap(role, url, named_at)),
        }
    }

    fn page(&mut self, answer: &Answer, name: &str) -> Page {
        match &answer.body {
            Body::Html(html) => Page::read(html, answer.url.as_ref(), name, self.sources),
            Body::Plain(text) => Page::plain(text, answer.url.as_ref(), name, self.sources),
        }
    }
}

fn reading(
    role: Role,
    answer: &Answer,
    mut page: Page,
    requested: Option<&Url>,
    named_at: Option<Span>,
) -> PageReading {
    if let Some(fault) = recognise::fault(role, answer, &page, requested) {
        return PageReading::Gap(fault.gap(role, requested, named_at));
    }
    if matches!(role, Role::Privacy | Role::Terms) {
        page.drop_menu_links();
    }
    page.requested = requested.cloned();
    page.redirects = answer.redirects.clone();
    PageReading::Read(Box::new(page))
}

/// A policy at a `#section` of the home page is that section; where there is none, the policy is missing.
fn part(role: Role, reading: PageReading, address: &Address) -> PageReading {
    let PageReading::Read(mut page) = reading else { return reading };
    let wording = match role {
        Role::Privacy => &WORDING.privacy,
        Role::Terms => &WORDING.terms,
        Role::Home | Role::OptIn => return PageReading::Read(page),
    };
    let Some(section) = address.url.fragment().filter(|section| !section.is_empty()) else {
        return PageReading::Read(page);
    };
    let told = |(_, heading): &(u8, Range<usize>)| {
        page.text.text.get(heading.clone()).is_some_and(|heading| holds_any(&words(heading), &wording.loose))
    };
    let here = page.anchors.iter().any(|(anchor, _)| anchor == section);
    if !here && role::is_first_page(&address.url) && !page.headings.iter().any(told) {
        let name = fault::shown(section);
        let fault = if section.starts_with(['/', '!']) {
            Fault::new(Outcome::NeedsJavascript, format!("`#{name}` opens only when scripts run in a browser"))
        } else {
            Fault::new(Outcome::Missing, format!("the home page has no section `#{name}`"))
        };
        return PageReading::Gap(fault.gap(role, Some(&address.url), address.named_at.clone()));
    }
    page.keep_section(section);
    PageReading::Read(page)
}

/// The gap of a role that nothing answered for.
pub fn unread(role: Role, wanted: &Wanted, pages: &Pages) -> PageReading {
    let gap = match wanted {
        Wanted::Not(fault, at) => fault.clone().gap(role, None, at.clone()),
        _ => Fault::new(Outcome::NotGiven, not_given(role, pages)).gap(role, None, None),
    };
    PageReading::Gap(gap)
}

fn not_given(role: Role, pages: &Pages) -> String {
    let field = role::field(role);
    let home_read = matches!(pages.by_role.get(&Role::Home), Some(PageReading::Read(_)));
    match role {
        Role::Home => format!("`{field}` gives no address"),
        Role::OptIn => format!("neither `{field}` nor the message flow names a page with the opt-in form"),
        _ if home_read => {
            format!("neither `{field}` nor the message flow gives an address, and the home page links none")
        }
        _ => format!(
            "neither `{field}` nor the message flow gives an address, and no home page could be searched for a link"
        ),
    }
}

/// The gap of a role whose link on the home page leads nowhere.
pub fn dead_link(role: Role, home: &Page, link: &Link) -> Gap {
    let (name, href) = (fault::shown(&link.name), fault::shown(&link.href));
    let why = format!("the link \"{name}\" on the home page leads nowhere: its address is `{href}`");
    let advice = format!("Let the link on the home page lead to the address of your {}", fault::called(role));
    Fault::new(Outcome::Missing, why).advice(advice).gap(role, home.url.as_ref(), None)
}
