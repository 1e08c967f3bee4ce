//! Which address plays which role: what the manifest says, what the message flow names, what the home page links.

pub mod flow;
pub mod rank;
pub mod wording;

use url::Url;

use crate::evidence::{Outcome, Role};
use crate::registration::Registration;
use crate::text::Span;

use super::fault::{Fault, shown};
use wording::{WORDING, words};

/// An address to read in a role.
#[derive(Debug, Clone)]
pub struct Address {
    /// Where to read.
    pub url: Url,
    /// Where the manifest names it, if it does.
    pub named_at: Option<Span>,
}

/// What the manifest says of a role.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// The address is known.
    At(Address),
    /// What stands there is no web address that can be asked.
    Not(Fault, Option<Span>),
    /// The manifest does not say.
    Unsaid,
}

impl Wanted {
    /// The address, if it is known.
    pub fn address(&self) -> Option<&Address> {
        match self {
            Wanted::At(address) => Some(address),
            _ => None,
        }
    }
}

/// The field that gives the address of a role.
pub fn field(role: Role) -> &'static str {
    match role {
        Role::Home => "brand.website",
        Role::Privacy => "campaign.privacy_policy_link",
        Role::Terms => "campaign.terms_and_conditions_link",
        Role::OptIn => "campaign.opt_in_url",
    }
}

/// What the manifest says of every role: its fields first, then the addresses in the message flow.
pub fn wanted(registration: &Registration) -> Vec<(Role, Wanted)> {
    let given = |role| given(registration, field(role));
    let home = given(Role::Home);
    let mentions = flow::mentions(registration, home.address().map(|address| &address.url));
    let wanted = Role::ALL.map(|role| {
        let wanted = if role == Role::Home { home.clone() } else { given(role) };
        match wanted {
            Wanted::Unsaid => (role, flow::pick(&mentions, role).map_or(Wanted::Unsaid, Wanted::At)),
            said => (role, said),
        }
    });
    wanted.into()
}

/// What one field says: its first address.
fn given(registration: &Registration, name: &str) -> Wanted {
    let Some(value) = registration.fields.get(name).and_then(|field| field.values.first()) else {
        return Wanted::Unsaid;
    };
    let text = value.text.trim();
    if text.is_empty() || WORDING.none.contains(&words(text)) {
        return Wanted::Unsaid;
    }
    match parse(text) {
        Ok(url) => Wanted::At(Address { url, named_at: Some(value.whole()) }),
        Err(why) => {
            let fault = Fault::new(Outcome::Forbidden, format!("`{}` {why}", shown(text)));
            Wanted::Not(
                fault.advice(format!("Give `{name}` a full web address, such as https://www.yourclinic.com/")),
                Some(value.whole()),
            )
        }
    }
}

/// Reads an address as a person writes it: `www.acme.com` means `https://www.acme.com`.
///
/// # Errors
/// Says why it is no web address: the rest of a sentence that begins with the text.
pub fn parse(text: &str) -> Result<Url, &'static str> {
    let first = text.split_whitespace().next().unwrap_or_default();
    let first = first.trim_matches(|c: char| matches!(c, '<' | '>' | '"' | '\'' | '(' | ')' | ',' | ';' | '“' | '”'));
    let scheme = first.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| {
        let port = first[scheme.len() + 1..].starts_with(|c: char| c.is_ascii_digit());
        !port && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-".contains(c)) && !scheme.is_empty()
    });
    let url = match scheme {
        Some(scheme) if !["http", "https"].contains(&scheme.to_ascii_lowercase().as_str()) => {
            return Err("is no web address: it does not begin with https://");
        }
        Some(_) => Url::parse(first),
        None if first.contains('@') => return Err("is an e-mail address, not a web address"),
        None if !first.contains('.') => return Err("is no web address"),
        None => Url::parse(&format!("https://{}", first.trim_start_matches('/'))),
    };
    let url = url.map_err(|_| "is no web address")?;
    if url.host_str().is_none_or(|host| !host.contains('.') && !host.starts_with('[') && host != "localhost") {
        return Err("is no web address: the name of the site is not complete");
    }
    Ok(url)
}

/// The registrable domain of an address (`acme.com` for `www.shop.acme.com`), or its host where it has none.
pub fn site(url: &Url) -> &str {
    let host = url.host_str().unwrap_or_default().trim_end_matches('.');
    if matches!(url.host(), Some(url::Host::Domain(_))) { psl::domain_str(host).unwrap_or(host) } else { host }
}

/// True where both addresses belong to one site.
pub fn same_site(one: &Url, other: &Url) -> bool {
    site(one) == site(other)
}

/// True where both addresses are on one host, with or without `www`.
pub fn same_host(one: &Url, other: &Url) -> bool {
    bare_host(one) == bare_host(other)
}

/// The host without `www.`.
fn bare_host(url: &Url) -> &str {
    let host = url.host_str().unwrap_or_default().trim_end_matches('.');
    host.strip_prefix("www.").unwrap_or(host)
}

/// True where both addresses are the same document: fragment, `www` and a closing slash aside.
pub fn same_document(one: &Url, other: &Url) -> bool {
    let path = |url: &Url| url.path().trim_end_matches('/').to_owned();
    same_host(one, other) && path(one) == path(other) && one.query() == other.query()
}

/// True where the address is the first page of its site.
pub fn is_first_page(url: &Url) -> bool {
    let path = url.path().trim_matches('/').to_ascii_lowercase();
    let names = ["", "index.html", "index.htm", "index.php", "home", "home.html", "default.aspx"];
    names.contains(&path.as_str()) && url.query().is_none()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
