//! What an answer is that is not the page a visitor came for.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use url::Url;

use crate::evidence::{Outcome, Role};
use crate::page::{Control, ControlKind, Page};

use super::answer::{Answer, Body};
use super::fault::{Fault, shown};
use super::role::{is_first_page, same_site};

/// Fewer links than this to pages of the site are no menu.
const MENU: usize = 4;
/// A policy page with no more words than this outside header, menu and footer, and a frame, has its text in the frame.
const FRAMED: usize = 40;
/// Controls that a check for robots or an application shell does not have.
const TYPED: [ControlKind; 4] = [ControlKind::Phone, ControlKind::Email, ControlKind::Text, ControlKind::Date];

/// The recognisers of `rules/registry/page-recognisers.yaml`, in order.
static RECOGNISERS: LazyLock<Vec<Recogniser>> = LazyLock::new(|| {
    let json = include_str!(concat!(env!("OUT_DIR"), "/registry/page-recognisers.json"));
    serde_json::from_str(json).expect("page-recognisers.yaml has the shape of its type, which a test loads")
});

/// One entry; the file says what each key means.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Recogniser {
    outcome: Outcome,
    status: Vec<u16>,
    headers: BTreeMap<String, String>,
    html: Vec<String>,
    title: Vec<String>,
    title_is: Vec<String>,
    text: Vec<String>,
    path: Vec<String>,
    roles: Vec<Role>,
    most_words: usize,
    most_body: usize,
    no_menu: bool,
    no_form: bool,
    password: bool,
    why: String,
}

impl Default for Recogniser {
    fn default() -> Self {
        Self {
            outcome: Outcome::Unreadable,
            status: Vec::new(),
            headers: BTreeMap::new(),
            html: Vec::new(),
            title: Vec::new(),
            title_is: Vec::new(),
            text: Vec::new(),
            path: Vec::new(),
            roles: Vec::new(),
            most_words: usize::MAX,
            most_body: usize::MAX,
            no_menu: false,
            no_form: false,
            password: false,
            why: String::new(),
        }
    }
}

/// What recognisers look at, in lower case; the texts are made only when an entry asks for them.
struct Seen<'a> {
    answer: &'a Answer,
    page: &'a Page,
    html: OnceCell<String>,
    text: OnceCell<String>,
    headings: Vec<String>,
    words: usize,
    menu: bool,
    form: bool,
    password: bool,
}

/// Why the answer is not the page that was asked for in `role`; `None` where it is.
pub fn fault(role: Role, answer: &Answer, page: &Page, requested: Option<&Url>) -> Option<Fault> {
    if let Some(fault) = elsewhere(role, answer, page, requested) {
        return Some(fault);
    }
    let name = answer.url.as_ref().map_or_else(|| "the saved page".to_owned(), |url| shown(url.as_str()));
    // Whoever copied a page into a text file has seen it.
    if matches!(answer.body, Body::Html(_)) {
        let seen = Seen::new(answer, page);
        let here = |entry: &&Recogniser| entry.roles.is_empty() || entry.roles.contains(&role);
        if let Some(entry) = RECOGNISERS.iter().filter(here).find(|entry| entry.fits(&seen)) {
            return Some(Fault::new(entry.outcome, format!("{name} {}", entry.why)));
        }
        if let Some(fault) = framed(role, &name, page) {
            return Some(fault);
        }
    }
    page.text.text.trim().is_empty().then(|| Fault::new(Outcome::Unreadable, format!("{name} has no text")))
}

/// A policy that another address shows in a frame of the page.
fn framed(role: Role, name: &str, page: &Page) -> Option<Fault> {
    let frame = page.frames.iter().find(|_| matches!(role, Role::Privacy | Role::Terms) && page.words <= FRAMED)?;
    let frame = shown(frame.as_str());
    let fault = Fault::new(Outcome::Unreadable, format!("{name} shows its text in a frame, from {frame}"));
    Some(fault.advice(format!("Put the text into the page itself, or give the address of the frame: {frame}")))
}

/// What an answer with an error status is: by the sign of a guard, else by its number.
pub fn status(status: u16, headers: &BTreeMap<String, String>, html: &str, url: &Url) -> Fault {
    let html = html.to_lowercase();
    let name = shown(url.as_str());
    let guard = RECOGNISERS.iter().find(|entry| {
        entry.status.contains(&status)
            && entry.headers_fit(headers)
            && (entry.html.is_empty() || entry.html.iter().any(|mark| html.contains(mark)))
    });
    if let Some(guard) = guard {
        return Fault::new(guard.outcome, format!("{name} {} (status {status})", guard.why));
    }
    let (outcome, why) = match status {
        404 => (Outcome::Missing, "there is no such page"),
        410 => (Outcome::Missing, "the page was removed"),
        401 | 407 => (Outcome::LoginRequired, "the server asks for a user name and password"),
        429 => (Outcome::Blocked, "the server has had too many requests and asks to wait"),
        403 | 405 | 406 | 451 | 999 => {
            (Outcome::Blocked, "the server refuses to show it to a program; a browser may still be let in")
        }
        503 => (Outcome::ServerError, "the server is overloaded or under maintenance"),
        500..=599 => (Outcome::ServerError, "the server failed"),
        _ => (Outcome::ServerError, "the server does not accept the request"),
    };
    Fault::new(outcome, format!("{name} answers {status}: {why}"))
}

/// Faults of where redirects ended: another site, or the home page instead of a deep link.
fn elsewhere(role: Role, answer: &Answer, page: &Page, requested: Option<&Url>) -> Option<Fault> {
    let (requested, reached) = (requested?, answer.url.as_ref()?);
    if answer.redirects.is_empty() {
        return None;
    }
    let (asked, ended) = (shown(requested.as_str()), shown(reached.as_str()));
    if !same_site(requested, reached) {
        let login =
            page.forms.iter().flat_map(|form| &form.controls).any(|control| control.kind == ControlKind::Password);
        let outcome = if login { Outcome::LoginRequired } else { Outcome::OtherSite };
        let what = if login { "the sign-in page of another site" } else { "another site" };
        return Some(Fault::new(outcome, format!("{asked} leads to {what}: {ended}")));
    }
    let lost = role != Role::Home && is_first_page(reached) && !is_first_page(requested);
    lost.then(|| {
        Fault::new(Outcome::Missing, format!("{asked} leads to the home page {ended} instead of a page of its own"))
    })
}

impl Recogniser {
    fn fits(&self, seen: &Seen<'_>) -> bool {
        let holds = |list: &[String], text: &str| list.iter().any(|mark| text.contains(mark.as_str()));
        let path = seen.answer.url.as_ref().map_or("", Url::path).to_ascii_lowercase();
        (self.status.is_empty() || self.status.contains(&seen.answer.status))
            && self.headers_fit(&seen.answer.headers)
            && seen.words <= self.most_words
            && seen.page.words <= self.most_body
            && !(self.no_menu && seen.menu)
            && !(self.no_form && seen.form)
            && (!self.password || seen.password)
            && (self.path.is_empty() || holds(&self.path, &path))
            && (self.title.is_empty() || seen.headings.iter().any(|heading| holds(&self.title, heading)))
            && (self.title_is.is_empty() || seen.headings.iter().any(|heading| self.title_is.contains(heading)))
            && (self.text.is_empty() || holds(&self.text, seen.text()))
            && (self.html.is_empty() || holds(&self.html, seen.html()))
    }

    fn headers_fit(&self, headers: &BTreeMap<String, String>) -> bool {
        self.headers
            .iter()
            .all(|(name, value)| headers.get(name).is_some_and(|given| given.to_lowercase().contains(value)))
    }
}

impl<'a> Seen<'a> {
    fn new(answer: &'a Answer, page: &'a Page) -> Self {
        let title = plain(&page.title);
        let mut headings: Vec<String> =
            title.split(['|', '-', '–', '—', '·', '»', ':']).map(|part| part.trim().to_owned()).collect();
        headings.push(title);
        let first = page.headings.iter().filter(|(level, _)| *level <= 2);
        headings.extend(first.filter_map(|(_, range)| page.text.text.get(range.clone())).map(plain));
        let own = |url: &&Url| answer.url.as_ref().is_none_or(|page| same_site(url, page));
        Self {
            answer,
            page,
            html: OnceCell::new(),
            text: OnceCell::new(),
            headings,
            words: page.text.text.split_whitespace().count(),
            menu: page.links.iter().filter_map(|link| link.target.as_ref()).filter(own).count() >= MENU,
            form: controls(page).any(|control| TYPED.contains(&control.kind)),
            password: is_sign_in(page),
        }
    }

    fn html(&self) -> &str {
        self.html.get_or_init(|| self.answer.body.text().to_lowercase())
    }

    fn text(&self) -> &str {
        self.text.get_or_init(|| plain(&self.page.text.text))
    }
}

fn controls(page: &Page) -> impl Iterator<Item = &Control> {
    page.forms.iter().flat_map(|form| &form.controls)
}

/// Lower case with plain apostrophes, without the marks of headings.
fn plain(text: &str) -> String {
    text.replace(['’', '‘'], "'").to_lowercase().trim_start_matches(['#', ' ']).trim().to_owned()
}

/// True where a page has one password field and nothing that creates an account or takes a phone number.
fn is_sign_in(page: &Page) -> bool {
    let count = |kind| controls(page).filter(|control| control.kind == kind).count();
    let creates = ["sign up", "register", "create", "join"];
    let submit = controls(page).filter(|control| control.kind == ControlKind::Submit);
    let creating =
        submit.map(|control| control.label.to_lowercase()).any(|label| creates.iter().any(|word| label.contains(word)));
    count(ControlKind::Password) == 1 && count(ControlKind::Phone) == 0 && !creating
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
