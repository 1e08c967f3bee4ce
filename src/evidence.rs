//! What collecting yields and what rules ask for: plain data.

mod reading;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use reading::{Evidence, Reading};

use crate::page::Page;
use crate::text::{Passage, Span};

/// The part a page plays in a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The first page of the brand's website.
    Home,
    /// The privacy policy.
    Privacy,
    /// The terms of the messaging programme.
    Terms,
    /// The page with the opt-in form.
    OptIn,
}

impl Role {
    /// Every role, in the order of reports.
    pub const ALL: [Role; 4] = [Role::Home, Role::Privacy, Role::Terms, Role::OptIn];

    /// The role's name in rules, on the command line and in reports.
    pub fn name(self) -> &'static str {
        match self {
            Role::Home => "home",
            Role::Privacy => "privacy",
            Role::Terms => "terms",
            Role::OptIn => "opt_in",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = Role::ALL.into_iter().find(|role| role.name() == name || role.name().replace('_', "-") == name);
        known.ok_or_else(|| format!("`{name}` is no page role; known are home, privacy, terms and opt_in"))
    }
}

/// How the attempt to read a page ended. Rules name these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The page was read.
    Page,
    /// 404, 410, a soft 404, or a deep link that ends at the home page.
    Missing,
    /// The TLS certificate is expired, for another host, self-signed or of an unknown issuer.
    Certificate,
    /// The host name does not resolve.
    NoSuchHost,
    /// Nothing listens there, or the connection was closed.
    Refused,
    /// No answer in time.
    Timeout,
    /// 5xx without a sign of a robot guard.
    ServerError,
    /// Redirects that never end, or more than allowed.
    RedirectLoop,
    /// The address redirects to another site.
    OtherSite,
    /// A challenge page, a captcha, or 401/403/429/503 by a known guard.
    Blocked,
    /// An application shell without text: the words appear only when scripts run.
    NeedsJavascript,
    /// A sign-in page, or 401.
    LoginRequired,
    /// A parked domain or a hosting default page.
    Parked,
    /// A coming-soon or under-construction page.
    UnderConstruction,
    /// Not text, too large, or not decodable.
    Unreadable,
    /// A private, loopback, link-local or metadata address, or no http(s) address at all.
    Forbidden,
    /// Not asked for: the run is offline and no saved page was handed in.
    Offline,
    /// Nobody says where the page is: no field, no link.
    NotGiven,
}

impl Outcome {
    /// The name that rules and reports use, such as `no-such-host`.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Page => "page",
            Outcome::Missing => "missing",
            Outcome::Certificate => "certificate",
            Outcome::NoSuchHost => "no-such-host",
            Outcome::Refused => "refused",
            Outcome::Timeout => "timeout",
            Outcome::ServerError => "server-error",
            Outcome::RedirectLoop => "redirect-loop",
            Outcome::OtherSite => "other-site",
            Outcome::Blocked => "blocked",
            Outcome::NeedsJavascript => "needs-javascript",
            Outcome::LoginRequired => "login-required",
            Outcome::Parked => "parked",
            Outcome::UnderConstruction => "under-construction",
            Outcome::Unreadable => "unreadable",
            Outcome::Forbidden => "forbidden",
            Outcome::Offline => "offline",
            Outcome::NotGiven => "not-given",
        }
    }
}

/// Why a page could not be read.
#[derive(Debug, Clone)]
pub struct Gap {
    /// The part the page would have played.
    pub role: Role,
    /// The address that was asked, if there was one.
    pub url: Option<String>,
    /// How it ended.
    pub outcome: Outcome,
    /// What happened, for a person: `the certificate of www.acme.example expired on 2026-10-02`.
    pub why: String,
    /// What the user can do, for a person; starts with a verb.
    pub remedy: String,
    /// Where the manifest names the address, if it does.
    pub named_at: Option<Span>,
}

/// A page that was read, or why not.
#[derive(Debug, Clone)]
pub enum PageReading {
    /// The page as a visitor sees it.
    Read(Box<Page>),
    /// Why there is none.
    Gap(Gap),
}

/// The pages of one registration.
#[derive(Debug, Clone, Default)]
pub struct Pages {
    /// Those that play a part. A role that is absent was not needed.
    pub by_role: BTreeMap<Role, PageReading>,
    /// Further pages of the brand's own site that the home page links, the likeliest to hold a form first.
    pub others: Vec<Page>,
}

impl Pages {
    /// How many pages were read.
    pub fn read(&self) -> usize {
        let played = self.by_role.values().filter(|reading| matches!(reading, PageReading::Read(_)));
        played.count() + self.others.len()
    }
}

/// One field of the manifest.
#[derive(Debug, Clone)]
pub struct Field {
    /// Where its key stands.
    pub key: Span,
    /// Its values: one for text, numbers and flags (`true` or `false`), one for each entry of a list; none where it was left empty.
    pub values: Vec<Passage>,
}

impl Field {
    /// The first value, trimmed; empty where there is none.
    pub fn text(&self) -> &str {
        self.values.first().map_or("", |value| value.text.trim())
    }

    /// The value as a flag, if it is one.
    pub fn flag(&self) -> Option<bool> {
        self.text().parse().ok()
    }

    /// True where there is no value, or only white space.
    pub fn is_empty(&self) -> bool {
        self.values.iter().all(|value| value.text.trim().is_empty())
    }
}

/// Fields by dotted name, such as `brand.legal_name` and `campaign.sample_messages`.
pub type Fields = BTreeMap<String, Arc<Field>>;

/// The role of a page subject such as `page.opt_in`.
pub fn page_role(subject: &str) -> Option<Role> {
    subject.strip_prefix("page.")?.parse().ok()
}
