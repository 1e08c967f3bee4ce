//! The link of a page that leads to a role.

use url::Url;

use crate::evidence::Role;
use crate::page::{Link, LinkPlace, Page};

use super::wording::{LinkWording, WORDING, holds, holds_any, is_platform, path_words, words};
use super::{is_first_page, same_document, same_site};

/// What a page's links say of a role.
#[derive(Debug)]
pub enum Linked<'p> {
    /// The best link, with its address.
    To(&'p Link, Url),
    /// There is a link by that name, but it leads nowhere.
    Dead(&'p Link),
    /// No link.
    No,
}

/// The link of `page` that leads to the privacy policy or the terms. `home` is the first page of the brand's site.
///
/// Ranked by name, then path, then place; another site, a blog and a notice of privacy practices come after everything
/// else, a platform's own policy never counts.
pub fn linked<'p>(page: &'p Page, home: Option<&Url>, role: Role) -> Linked<'p> {
    let wording = match role {
        Role::Privacy => &WORDING.privacy,
        Role::Terms => &WORDING.terms,
        Role::Home | Role::OptIn => return Linked::No,
    };
    let mut best: Option<(i32, &Link, &Url)> = None;
    let mut dead = None;
    for link in &page.links {
        if ["mailto:", "tel:", "sms:"]
            .iter()
            .any(|scheme| link.href.trim_start().to_ascii_lowercase().starts_with(scheme))
        {
            continue;
        }
        let live = link.target.as_ref().filter(|target| leads_somewhere(page, target));
        let Some(score) = score(link, live, home, wording) else { continue };
        match live {
            Some(target) if best.is_none_or(|(highest, ..)| score > highest) => best = Some((score, link, target)),
            Some(_) => {}
            None => dead = dead.or(Some(link)),
        }
    }
    match (best, dead) {
        (Some((_, link, target)), _) => Linked::To(link, target.clone()),
        (None, Some(link)) => Linked::Dead(link),
        (None, None) => Linked::No,
    }
}

/// False for an address that leads back to the page itself, or to a place that it does not have.
fn leads_somewhere(page: &Page, target: &Url) -> bool {
    let itself = page
        .url
        .as_ref()
        .is_some_and(|url| same_document(url, target) || (is_first_page(url) && is_first_page(target)));
    !itself || target.fragment().is_some_and(|fragment| page.anchors.iter().any(|(anchor, _)| anchor == fragment))
}

/// How well a link fits; `None` where it is something else. Higher is better.
fn score(link: &Link, target: Option<&Url>, home: Option<&Url>, wording: &LinkWording) -> Option<i32> {
    let name = words(&link.name);
    let path = target.map_or_else(|| words(&link.href), path_words);
    let by_name = name_score(&name, wording);
    let by_path = holds_any(&path, &wording.paths) && !holds_any(&path, &wording.never);
    let mut score = match (by_name, by_path) {
        (Some(score), true) => score + 20,
        (Some(score), false) => score,
        (None, true) => 20,
        (None, false) => return None,
    };
    if holds_any(&name, &wording.never) || target.is_some_and(|url| foreign_platform(url, home)) {
        return None;
    }
    score += match link.place {
        LinkPlace::Footer => 5,
        LinkPlace::Menu | LinkPlace::Header => 3,
        LinkPlace::Form => 2,
        LinkPlace::Body => 0,
    };
    if let (Some(target), Some(home)) = (target, home) {
        score -= if same_site(target, home) { 0 } else { 50 };
    }
    score -= if holds_any(&path, &WORDING.articles) { 60 } else { 0 };
    score -= if holds_any(&name, &wording.last_resort) || holds_any(&path, &wording.last_resort) { 200 } else { 0 };
    Some(score)
}

/// True for a platform's address, unless the brand's own site is there.
fn foreign_platform(url: &Url, home: Option<&Url>) -> bool {
    is_platform(url) && home.is_none_or(|home| !super::same_host(url, home))
}

/// How well the name of a link fits.
fn name_score(name: &str, wording: &LinkWording) -> Option<i32> {
    let count = name.split(' ').count();
    let place = |fits: &dyn Fn(&str) -> bool| {
        wording.exact.iter().zip(0..).find(|(phrase, _)| fits(phrase)).map(|(_, place)| place)
    };
    if let Some(place) = place(&|phrase| phrase == name) {
        return Some(100 - place);
    }
    if let Some(place) = place(&|phrase| count <= 10 && holds(name, phrase)) {
        return Some(80 - place);
    }
    if wording.loose.iter().any(|phrase| phrase == name) {
        return Some(60);
    }
    if count <= 5 && holds_any(name, &wording.loose) {
        return Some(40);
    }
    (count <= 8 && holds_any(name, &wording.last_resort)).then_some(10)
}
