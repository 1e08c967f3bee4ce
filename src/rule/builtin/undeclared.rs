//! Forms of the site that take phone numbers beside the one that the message flow describes.

use super::form::{answer, control_hit, finds, is_worded, phone};
use super::site::{HOME, beside_opt_in};
use crate::evidence::{Outcome, Role};
use crate::page::Page;
use crate::rule::check::{Answer, Hit, Inquiry};
use crate::rule::format::BuiltinCall;
use crate::text::Passage;

/// How many words after the name of a page say that it is one: "the contact and booking form".
const REACH: usize = 3;

/// What the message flow says of a form.
#[derive(Debug, PartialEq, Eq)]
enum Declared {
    /// Its page, by address or name.
    Named,
    /// Forms of the website in general.
    Generally,
    /// Nothing.
    No,
}

/// The home page, or another page of the site that is not the opt-in page, has a form that asks for a phone number. Told apart are
/// pages with and without the words (`wording`) of a texting consent (`worded: yes`, `no`), and forms that the message flow
/// speaks of and those it leaves out (`declared: yes`, `no`): by the page's address or name, or by forms `everywhere`; where it
/// names no page for signing up at all, by any form on the `web`. A form is left alone whose page says that it is not for texts (`denied`).
pub(super) fn site_phone_form(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let flow = inquiry.evidence.registration.fields.get("campaign.message_flow");
    let Some(flow) = flow.and_then(|flow| flow.values.first()) else { return answer(inquiry, Vec::new()) };
    let is = |argument: &str| call.text(argument) == Some("yes");
    let mut hits: Vec<Hit> = Vec::new();
    for page in beside_opt_in(inquiry) {
        let Some(field) = phone(page).filter(|_| !page.cut) else { continue };
        let worded = is_worded(inquiry, call, page, field);
        if worded != is("worded") || finds(inquiry, &page.text, call.patterns("denied")) {
            continue;
        }
        let declared = declared(inquiry, call, flow, page, worded);
        if (declared != Declared::No) == is("declared") {
            hits.push(control_hit(HOME, page, field).found("page", name(page)));
        }
    }
    answer(inquiry, together(hits))
}

fn declared(inquiry: &Inquiry<'_>, call: &BuiltinCall, flow: &Passage, page: &Page, worded: bool) -> Declared {
    let folded = flow.folded().text();
    let path = page.url.as_ref().map(|url| url.path().trim_matches('/').to_lowercase()).unwrap_or_default();
    let named = match path.as_str() {
        "" => finds(inquiry, flow, call.patterns("home")),
        path => folded.contains(&format!("/{path}")) || names_form(folded, path),
    };
    let given = inquiry.evidence.outcome(Role::OptIn) != Outcome::NotGiven;
    let generally = || match given {
        // The same form often stands on several pages.
        true => worded || finds(inquiry, flow, call.patterns("everywhere")),
        false => finds(inquiry, flow, call.patterns("web")),
    };
    match named {
        true => Declared::Named,
        false if generally() => Declared::Generally,
        false => Declared::No,
    }
}

/// True where a text names a form by a word of its page's path: "our contact form" for `contact-us`.
fn names_form(folded: &str, path: &str) -> bool {
    let is_word = |word: &&str| word.len() >= 4 && word.chars().all(char::is_alphabetic);
    let own: Vec<&str> = path.split(|c: char| !c.is_alphanumeric()).filter(is_word).collect();
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let form = |word: &&str| ["form", "forms", "page", "pages", "widget"].contains(word);
    (0..words.len()).any(|at| own.contains(&words[at]) && words[at + 1..].iter().take(REACH).any(form))
}

/// How a person calls a page.
fn name(page: &Page) -> String {
    let path = page.url.as_ref().map(|url| url.path().to_owned()).unwrap_or_default();
    if path.trim_matches('/').is_empty() { "the home page".to_owned() } else { format!("the page {path}") }
}

/// One fault for all pages: mostly they share one form.
fn together(hits: Vec<Hit>) -> Vec<Hit> {
    let more = hits.len().saturating_sub(1);
    let mut hits = hits.into_iter();
    let Some(mut first) = hits.next() else { return Vec::new() };
    first.spans.extend(hits.flat_map(|hit| hit.spans));
    let name = first.found.get("page").cloned().unwrap_or_default();
    let page = if more == 0 { name } else { format!("{name} (and {more} more)") };
    vec![first.found("page", page)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_named_by_its_page() {
        for (flow, path, named) in [
            ("they fill in the contact form", "contact-us", true),
            ("the contact and quote form on our site", "contact", true),
            ("they contact us and sign a form", "about", false),
            ("you contact us by phone or at the desk with a form", "contact", false),
            ("our booking page", "book", false),
            ("", "contact", false),
        ] {
            assert_eq!(names_form(flow, path), named, "{flow} / {path}");
        }
    }
}
