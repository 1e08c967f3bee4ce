//! Addresses in a text: short links, plain http, and sites that are not the brand's.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

use crate::rule::brand;
use crate::rule::check::{Answer, Hit, Inquiry, registrable};
use crate::rule::format::BuiltinCall;

/// An address in a folded text.
#[derive(Debug, PartialEq, Eq)]
pub struct Link<'t> {
    /// Its bytes.
    pub range: Range<usize>,
    /// The host, without `www.`.
    pub host: &'t str,
    /// `http` or `https` where it is written out.
    pub scheme: Option<&'t str>,
    /// True where a path follows.
    pub path: bool,
}

/// The addresses of a folded text. Mailboxes are none; a bare name counts with a known ending only.
pub fn find(folded: &str) -> Vec<Link<'_>> {
    static FORM: OnceLock<Option<Regex>> = OnceLock::new();
    let form = FORM.get_or_init(|| {
        Regex::new(r"(?:(https?)://)?((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,})(?::\d+)?(/[^\s<>\x22]*|[?#][^\s<>\x22]*)?").ok()
    });
    let Some(form) = form else { return Vec::new() };
    let mut links = Vec::new();
    for found in form.captures_iter(folded) {
        let (Some(whole), Some(host)) = (found.get(0), found.get(2)) else { continue };
        let before = folded[..whole.start()].chars().next_back();
        let after = folded[whole.end()..].chars().next();
        let joined = |letter: char| letter.is_alphanumeric() || matches!(letter, '@' | '.' | '-' | '_' | '/');
        if before.is_some_and(joined) || after.is_some_and(|letter| letter == '@' || letter.is_alphanumeric()) {
            continue;
        }
        let scheme = found.get(1).map(|scheme| scheme.as_str());
        let path = found.get(3).is_some_and(|path| path.as_str().len() > 1);
        let bare = host.as_str().strip_prefix("www.").unwrap_or(host.as_str());
        if scheme.is_some() || path || bare.len() < host.as_str().len() || known_ending(bare) {
            let end = folded[..whole.end()].trim_end_matches(['.', ',', ')', '!', '?', ':', ';', '\'']).len();
            links.push(Link { range: whole.start()..end.max(host.end()), host: bare, scheme, path });
        }
    }
    links
}

fn known_ending(host: &str) -> bool {
    host.ends_with(".example") || psl::suffix(host.as_bytes()).is_some_and(|suffix| suffix.is_known())
}

/// The first word of each line of a list of hosts.
fn hosts(list: &'static str) -> impl Iterator<Item = &'static str> {
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_whitespace().next())
}

fn is_shortener(host: &str) -> bool {
    hosts(include_str!("../../../rules/registry/shorteners.txt")).any(|known| known == host)
}

/// True for a host that many businesses share, and for its subdomains.
fn is_shared(host: &str) -> bool {
    hosts(include_str!("../../../rules/registry/shared-hosts.txt"))
        .any(|known| host.strip_suffix(known).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

/// Links of a `kind`: `shortener`, `http` (not https), `shared` (a host of many businesses), `foreign` (another site than the
/// brand's), or `hosts` (one of the argument `hosts`).
pub fn links(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let kind = call.text("kind").unwrap_or_default();
    let listed = call.texts("hosts");
    let own = Own::of(inquiry);
    let fault = |link: &Link<'_>| match kind {
        "shortener" => is_shortener(link.host) && !own.has(link.host),
        "http" => link.scheme == Some("http"),
        "shared" => is_shared(link.host) && !own.has(link.host),
        "foreign" => own.known() && !own.has(link.host) && !is_shortener(link.host) && !is_shared(link.host),
        _ => listed.contains(&link.host) && !own.has(link.host),
    };
    let mut hits = Vec::new();
    for (subject, passage) in inquiry.passages() {
        let links = find(passage.folded().text());
        let faults: Vec<&Link<'_>> = links.iter().filter(|link| fault(link)).collect();
        if let Some(first) = faults.first() {
            let ranges: Vec<Range<usize>> = faults.iter().map(|link| link.range.clone()).collect();
            hits.push(Hit::words(subject, passage, &ranges).found("host", first.host));
        }
    }
    Answer::fail(hits)
}

/// What is known of the brand's own sites.
struct Own {
    domains: Vec<String>,
    names: Vec<String>,
}

impl Own {
    fn of(inquiry: &Inquiry<'_>) -> Self {
        let registration = inquiry.evidence.registration;
        let fields = [
            "brand.website",
            "campaign.privacy_policy_link",
            "campaign.terms_and_conditions_link",
            "campaign.opt_in_url",
            "campaign.embedded_link_sample",
        ];
        let domains: Vec<String> = fields.iter().filter_map(|field| registrable(registration.text(field))).collect();
        let mut names: Vec<String> =
            brand::names(registration).iter().map(|name| squashed(&brand::without_suffix(name))).collect();
        names.extend(registrable(registration.text("brand.website")).map(|domain| label(&domain)));
        names.retain(|name| name.len() >= 4);
        Self { domains, names }
    }

    fn known(&self) -> bool {
        !self.domains.is_empty()
    }

    /// True for a host of the brand: on a domain that the manifest names, or under a name like the brand's.
    fn has(&self, host: &str) -> bool {
        let Some(domain) = registrable(host) else { return false };
        let label = label(&domain);
        let alike = |name: &String| label.contains(name.as_str()) || (label.len() >= 4 && name.contains(&label));
        self.domains.contains(&domain) || self.names.iter().any(alike)
    }
}

/// The first label of a domain, letters and digits only.
fn label(domain: &str) -> String {
    squashed(domain.split('.').next().unwrap_or_default())
}

fn squashed(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_words() {
        let table: &[(&str, &[&str])] = &[
            ("go to bit.ly/x now", &["bit.ly"]),
            ("see https://www.cedargrove.example/a.", &["cedargrove.example"]),
            ("write to help@cedargrove.example", &[]),
            ("dr.smith at 3p.m.tuesday, e.g. v2.0 or $5.00", &[]),
            ("orbit.ly and habit.lymphoma.org", &["orbit.ly", "habit.lymphoma.org"]),
            ("http://cedargrove.example", &["cedargrove.example"]),
            ("thanks.see you", &[]),
        ];
        for (text, hosts) in table {
            let found: Vec<&str> = find(text).iter().map(|link| link.host).collect();
            assert_eq!(&found, hosts, "{text}");
        }
    }

    #[test]
    fn the_end_of_a_sentence_is_not_part_of_a_link() {
        let text = "book at https://cedargrove.example/visit?x=1. thanks";
        assert_eq!(&text[find(text)[0].range.clone()], "https://cedargrove.example/visit?x=1");
    }

    #[test]
    fn whole_hosts_are_compared() {
        assert!(is_shortener("bit.ly") && is_shortener("t.co"));
        assert!(!is_shortener("orbit.ly") && !is_shortener("walmart.com") && !is_shortener("maps.app.goo.gl"));
        assert!(is_shared("maps.app.goo.gl") && is_shared("g.page"));
    }
}
