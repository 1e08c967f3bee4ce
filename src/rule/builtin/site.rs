//! Checks of a website: what its pages link, whether robots can read them, whose they are, which forms they have.

use url::Url;

use crate::evidence::{Evidence, Outcome, PageReading, Reading, Role, page_role};
use crate::page::{ControlKind, Link, Page};
use crate::rule::brand::{self, other::NamePlace};
use crate::rule::check::{Answer, Hit, Inquiry};
use crate::rule::format::BuiltinCall;

/// The subject that stands for every page of the site.
pub(super) const HOME: &str = "page.home";

/// `links-to`: no link on the page leads to the page of `role`, by its address or by a name or address that has one of
/// `words` and none of `not`. A reference in the text, one of the patterns `text`, is enough where there are any.
pub(super) fn links_to(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let role = call.text("role").and_then(|name| name.parse().ok()).unwrap_or(Role::Privacy);
    let mut hits = Vec::new();
    for (subject, page) in pages(inquiry) {
        let plain = page.links.is_empty();
        if plain && call.patterns("text").is_empty() {
            continue;
        }
        let advisory = inquiry.reader.advisory(&page.text);
        let mut references = inquiry.reader.find_any(&page.text, call.patterns("text"));
        references.retain(|range| !advisory.covers(range));
        let leads = |link: &Link| leads_to(link, page, role, inquiry.evidence) || is_named(link, page, call);
        if references.is_empty() && !page.links.iter().any(leads) {
            hits.push(Hit::missing(subject));
        }
    }
    Answer { hits, unread: inquiry.unread() }
}

/// True where a link leads to the address of a role.
fn leads_to(link: &Link, page: &Page, role: Role, evidence: Evidence<'_>) -> bool {
    let Some(target) = link.target.as_ref().filter(|target| !is_dead(target, page)) else { return false };
    let field = match role {
        Role::Home => "brand.website",
        Role::Privacy => "campaign.privacy_policy_link",
        Role::Terms => "campaign.terms_and_conditions_link",
        Role::OptIn => "campaign.opt_in_url",
    };
    let given = Url::parse(evidence.registration.text(field)).ok();
    let read = evidence.page(role).map(|page| [page.url.clone(), page.requested.clone()]).unwrap_or_default();
    given.into_iter().chain(read.into_iter().flatten()).any(|url| document(&url) == document(target))
}

/// True where a link's name or address says what it leads to.
fn is_named(link: &Link, page: &Page, call: &BuiltinCall) -> bool {
    let Some(target) = link.target.as_ref().filter(|target| !is_dead(target, page)) else { return false };
    let name = link.name.to_lowercase();
    let address = format!("{}{}", target.path(), target.fragment().unwrap_or_default()).to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word) || address.contains(word));
    has(&call.texts("words")) && !has(&call.texts("not"))
}

/// True for a link to a place of the page that is not there.
fn is_dead(target: &Url, page: &Page) -> bool {
    let Some(fragment) = target.fragment() else { return false };
    let same = page.url.as_ref().is_some_and(|url| document(url) == document(target));
    same && !page.anchors.iter().any(|(name, _)| name == fragment)
}

/// An address without scheme, `www`, fragment and closing slash.
fn document(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    format!("{host}{}?{}", url.path().trim_end_matches('/'), url.query().unwrap_or_default())
}

/// The pages of the site except the one that plays the opt-in page.
pub(super) fn beside_opt_in<'a>(inquiry: &Inquiry<'a>) -> Vec<&'a Page> {
    let pages = inquiry.evidence.pages;
    let home = inquiry.evidence.page(Role::Home);
    let (opt_in, unread) = match pages.by_role.get(&Role::OptIn) {
        Some(PageReading::Read(page)) => (Some(page), false),
        Some(PageReading::Gap(gap)) => (None, gap.outcome != Outcome::NotGiven),
        None => (None, false),
    };
    let address = |page: &Page| page.url.as_ref().map(document);
    let is_opt_in = |page: &Page| opt_in.is_some_and(|opt_in| address(opt_in) == address(page));
    // An opt-in page that could not be read may be the home page under another address.
    let home = home.filter(|_| !unread);
    home.into_iter().chain(&pages.others).filter(|page| !is_opt_in(page)).collect()
}

/// `unread-by-robots`: pages that ended with one of the `outcomes`, so that a program sees nothing of them.
pub(super) fn unread_by_robots(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let outcomes = call.texts("outcomes");
    let subjects = inquiry.rule.file.subjects.iter();
    let hits = subjects.filter_map(|subject| match inquiry.evidence.read(subject) {
        Reading::Unread(gap) if outcomes.contains(&gap.outcome.name()) => Some(
            Hit::missing(subject)
                .found("url", gap.url.clone().unwrap_or_default())
                .found("why", &gap.why)
                .found("remedy", &gap.remedy),
        ),
        _ => None,
    });
    Answer::fail(hits.collect())
}

/// `names-brand`: the brand stands neither in the page's own words (the patterns `brand`) nor, with `title: yes`, in its
/// title. With `other: named` only where another company is named instead, which is underlined; with `other: unnamed` only
/// where none is.
pub(super) fn names_brand(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let registration = inquiry.evidence.registration;
    let names = brand::names(registration).into_iter().map(|name| squashed(&brand::without_suffix(&name)));
    let names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
    let mut hits = Vec::new();
    for (subject, page) in pages(inquiry) {
        let title = if call.text("title").is_some() { squashed(&page.title) } else { String::new() };
        let advisory = inquiry.reader.advisory(&page.text);
        let named = inquiry.reader.find_any(&page.text, call.patterns("brand"));
        if named.iter().any(|range| !advisory.covers(range)) || names.iter().any(|name| title.contains(name.as_str())) {
            continue;
        }
        let others = call.text("other").map(|_| inquiry.reader.other_names(&page.text)).unwrap_or_default();
        let mut others = others.iter().filter(|other| other.place == NamePlace::WithSuffix);
        match (call.text("other"), others.find(|other| !advisory.covers(&other.range))) {
            (Some("named"), Some(other)) => {
                let shown = page.text.folded().text()[other.range.clone()].trim_end_matches([',', '.', ':']).len();
                let range = other.range.start..other.range.start + shown;
                hits.push(Hit::words(subject, &page.text, &[range]).found("name", &other.name));
            }
            (None | Some("unnamed"), None) => hits.push(Hit::missing(subject)),
            _ => {}
        }
    }
    Answer { hits, unread: inquiry.unread() }
}

/// Letters and digits only, in lower case.
fn squashed(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// `form-only`: a page with a form to fill in, and fewer than `least` words besides.
pub(super) fn form_only(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let least = call.number("least").unwrap_or(0.0);
    let asks = |kind| matches!(kind, ControlKind::Phone | ControlKind::Email | ControlKind::Text);
    let mut hits = Vec::new();
    for (subject, page) in pages(inquiry) {
        let forms = page.forms.iter().filter(|form| form.controls.iter().any(|control| asks(control.kind)));
        let inside: usize = forms.clone().filter_map(|form| page.text.text.get(form.range.clone())).map(words).sum();
        if forms.count() > 0 && (words(&page.text.text).saturating_sub(inside) as f64) < least {
            hits.push(Hit::missing(subject));
        }
    }
    Answer { hits, unread: inquiry.unread() }
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// The pages among the rule's subjects that were read.
fn pages<'a>(inquiry: &Inquiry<'a>) -> Vec<(&'a str, &'a Page)> {
    let subjects = inquiry.rule.file.subjects.iter();
    subjects.filter_map(|subject| Some((subject.as_str(), inquiry.evidence.page(page_role(subject)?)?))).collect()
}
