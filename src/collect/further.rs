//! Pages of the brand's own site beside those that play a part: people may leave their number there, too.

use url::Url;

use crate::evidence::{Outcome, PageReading, Pages, Role};
use crate::page::{Form, Page};
use crate::registration::Registration;

use super::role::wording::{WORDING, holds, holds_any, is_unreadable_file, path_words, words};
use super::role::{is_first_page, same_document, same_host};

/// The most pages that a folder is searched for.
pub const MOST_LOCAL: usize = 12;
/// The most pages that a server is asked for.
pub const MOST_ASKED: usize = 8;

/// Pages of the home page's host that it links and that play no part, the likeliest to hold a form first.
pub fn addresses(pages: &Pages, most: usize) -> Vec<Url> {
    let Some(PageReading::Read(home)) = pages.by_role.get(&Role::Home) else { return Vec::new() };
    let Some(site) = home.url.as_ref() else { return Vec::new() };
    let known: Vec<&Url> = pages.by_role.values().flat_map(played).collect();
    let mut found: Vec<Url> = Vec::new();
    for target in home.links.iter().filter_map(|link| link.target.as_ref()) {
        let url = bare(target);
        let new = !known.iter().any(|known| same_document(&bare(known), &url)) && !found.contains(&url);
        if new && may_ask(&url, site) {
            found.push(url);
        }
    }
    found.sort_by_key(form_rank);
    found.truncate(most);
    found
}

/// The addresses of a page that plays a part.
fn played(reading: &PageReading) -> Vec<&Url> {
    match reading {
        PageReading::Read(page) => page.url.iter().chain(&page.requested).collect(),
        PageReading::Gap(_) => Vec::new(),
    }
}

/// The address of the document: without query and fragment.
fn bare(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    url
}

fn may_ask(url: &Url, site: &Url) -> bool {
    let path = path_words(url);
    ["http", "https"].contains(&url.scheme())
        && same_host(url, site)
        && !is_first_page(url)
        && !is_unreadable_file(url)
        && !holds_any(&path, &WORDING.articles)
        && !holds_any(&path, &WORDING.accounts)
}

/// The place of an address among those where forms are; addresses that tell nothing come last.
fn form_rank(url: &Url) -> usize {
    let path = path_words(url);
    WORDING.flow.opt_in_paths.iter().position(|phrase| holds(&path, phrase)).unwrap_or(usize::MAX)
}

/// Where the message flow speaks of a form on the website and names no page of its own for it, the form is on the home page,
/// or on the first of the others that asks for a phone number.
pub fn find_form(registration: &Registration, pages: &mut Pages) {
    let unnamed = match pages.by_role.get(&Role::OptIn) {
        Some(PageReading::Read(page)) => page.requested.as_ref().is_some_and(is_bare_site) && !asks_for_phone(page),
        Some(PageReading::Gap(gap)) => gap.outcome == Outcome::NotGiven && speaks_of_form(registration),
        None => false,
    };
    if !unnamed {
        return;
    }
    let home = match pages.by_role.get(&Role::Home) {
        Some(PageReading::Read(home)) if asks_for_phone(home) => Some(home.clone()),
        _ => None,
    };
    if let Some(home) = home {
        pages.by_role.insert(Role::OptIn, PageReading::Read(home));
    } else if let Some(place) = pages.others.iter().position(asks_for_phone) {
        let page = pages.others.remove(place);
        pages.by_role.insert(Role::OptIn, PageReading::Read(Box::new(page)));
    }
}

fn is_bare_site(url: &Url) -> bool {
    is_first_page(url) && url.fragment().is_none()
}

fn asks_for_phone(page: &Page) -> bool {
    page.forms.iter().any(|form| Form::phone(form).is_some())
}

fn speaks_of_form(registration: &Registration) -> bool {
    holds_any(&words(registration.text("campaign.message_flow")), &WORDING.flow.on_site)
}
