//! Why a page could not be read, in words for the person who runs the office.

use url::Url;

use crate::evidence::{Gap, Outcome, Role};
use crate::text::Span;

/// The most characters of somebody else's text that a message repeats.
const SHOWN: usize = 90;

/// A page that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// How it ended.
    pub outcome: Outcome,
    /// What happened.
    pub why: String,
    /// What to do about exactly this, where there is something better than the outcome's usual remedy.
    pub advice: Option<String>,
}

impl Fault {
    /// A fault with the usual remedy.
    pub fn new(outcome: Outcome, why: impl Into<String>) -> Self {
        Self { outcome, why: why.into(), advice: None }
    }

    /// Replaces the usual remedy.
    pub fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    /// The gap that this fault leaves in a role.
    pub fn gap(self, role: Role, url: Option<&Url>, named_at: Option<Span>) -> Gap {
        let remedy = self.advice.unwrap_or_else(|| remedy(self.outcome, role));
        Gap { role, url: url.map(Url::to_string), outcome: self.outcome, why: self.why, remedy, named_at }
    }
}

/// What people call the page of a role.
pub fn called(role: Role) -> &'static str {
    match role {
        Role::Home => "home page",
        Role::Privacy => "privacy policy",
        Role::Terms => "terms page",
        Role::OptIn => "page with the opt-in form",
    }
}

/// What to do about an outcome.
fn remedy(outcome: Outcome, role: Role) -> String {
    let save = format!("save the page from your browser and run again with --page {role}=saved.html");
    match outcome {
        Outcome::Page => String::new(),
        Outcome::Missing => format!("Publish the {} at this address, or correct the address in the manifest", called(role)),
        Outcome::Certificate => "Ask whoever hosts the site to install a valid certificate for this name; most hosts offer one free of charge".into(),
        Outcome::NoSuchHost => "Check the spelling of the address, and ask whoever registered the domain whether it is still paid for and points to your site".into(),
        Outcome::Refused => "Ask whoever hosts the site whether the web server is running and reachable from outside your office".into(),
        Outcome::Timeout => format!("Try again later or with a longer --timeout; if it keeps happening, ask your host about it, or {save}"),
        Outcome::ServerError => "Ask whoever hosts the site to look at the server's error log; reviewers see the same error".into(),
        Outcome::RedirectLoop => "Ask whoever hosts the site to correct its redirects, and give the address where the page really is".into(),
        Outcome::OtherSite => "Put the address where visitors really end into the manifest, if that site is yours".into(),
        Outcome::Blocked => format!("Open the page in your browser: {save}; ask your host to let visitors without a browser through, because a reviewer's robot may be stopped as well"),
        Outcome::NeedsJavascript => format!("Open the page in your browser and {save}; ask your web designer to publish the text in the page itself"),
        Outcome::LoginRequired => format!("Give an address that anybody can open without signing in, or {save}"),
        Outcome::Parked => "Publish your website at this address before you register, or give the address of the real one".into(),
        Outcome::UnderConstruction => "Publish the finished page before you register".into(),
        Outcome::Unreadable => format!("Publish it as an ordinary web page; to check its words now, copy them into a text file and run again with --page {role}={role}.txt"),
        Outcome::Forbidden => "Give an address on the public internet that begins with https://".into(),
        Outcome::Offline => format!("Run again without --offline, or save the page from your browser and add --page {role}=saved.html"),
        Outcome::NotGiven => not_given(role),
    }
}

fn not_given(role: Role) -> String {
    match role {
        Role::Home => "Give `brand.website` the address of your website".into(),
        Role::Privacy => "Publish a privacy policy, link it in the footer of your home page and give its address as `campaign.privacy_policy_link`".into(),
        Role::Terms => "Publish the terms of your text messages and give their address as `campaign.terms_and_conditions_link`".into(),
        Role::OptIn => "Give the address of the form where people agree to texts as `campaign.opt_in_url`, or name it in the message flow".into(),
    }
}

/// Somebody else's text, safe and short enough to repeat.
pub fn shown(text: &str) -> String {
    let mut clean = text.chars().map(|c| if c.is_control() || is_hidden(c) { ' ' } else { c });
    let mut short: String = clean.by_ref().take(SHOWN).collect();
    if clean.next().is_some() {
        short.push('…');
    }
    short.trim().to_owned()
}

/// Characters that turn or hide text on a terminal.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
