//! Web and e-mail addresses in a folded text: a name inside one is no mention of the name.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

/// What an address leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressKind {
    /// A place on the web: `https://acme.com/terms`, `www.acme.com`, `acme.com/x`.
    Web,
    /// A mailbox.
    Mail,
}

/// An address in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Its bytes in the text, without the punctuation after it.
    pub range: Range<usize>,
    /// The bytes of its host without `www.`.
    pub host: Range<usize>,
    /// What it leads to.
    pub kind: AddressKind,
}

/// Top-level domains that exist for examples only, and are in no public list.
const RESERVED: [&str; 4] = ["example", "test", "invalid", "localhost"];

/// The addresses of a folded text, in order.
pub fn addresses(folded: &str) -> Vec<Address> {
    static SHAPE: OnceLock<Option<Regex>> = OnceLock::new();
    let shape = SHAPE.get_or_init(|| {
        Regex::new(
            r#"(?x)
            (?P<mail> [a-z0-9_.+-]+ @ (?P<mail_host> [a-z0-9_-]+ (?:\.[a-z0-9_-]+)+ ) )
          | (?P<scheme> https?:// )? (?: www\. )? (?P<host> (?: [a-z0-9] (?: [a-z0-9-]* [a-z0-9] )? \. )+ [a-z]{2,24} )
            (?P<rest> (?: : [0-9]{1,5} )? (?: [/?\#] [^\x20\n<>"()\[\]{}]* )? )"#,
        )
        .ok()
    });
    let Some(shape) = shape else { return Vec::new() };
    shape.captures_iter(folded).filter_map(|found| address(folded, &found)).collect()
}

fn address(folded: &str, found: &regex::Captures<'_>) -> Option<Address> {
    let whole = found.get(0)?.range();
    let trimmed = folded[whole.clone()].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '-']);
    let range = whole.start..whole.start + trimmed.len();
    if folded[..range.start].ends_with(|before: char| before.is_alphanumeric() || before == '@') {
        return None;
    }
    if let Some(host) = found.name("mail_host") {
        let host = host.start()..host.end().min(range.end);
        return Some(Address { range, host, kind: AddressKind::Mail });
    }
    let host = found.name("host")?.range();
    let host = host.start..host.end.min(range.end);
    let is_certain = found.name("scheme").is_some() || found.name("rest").is_some_and(|rest| !rest.is_empty());
    let names_a_site = is_certain || folded[range.clone()].starts_with("www.") || is_domain(&folded[host.clone()]);
    names_a_site.then_some(Address { range, host, kind: AddressKind::Web })
}

/// True for a host under a top-level domain that exists.
pub fn is_domain(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    host.contains('.')
        && (RESERVED.contains(&last) || psl::suffix(host.as_bytes()).is_some_and(|suffix| suffix.is_known()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_sentences() {
        for (text, wanted) in [
            ("see https://acme.com/terms.", vec!["https://acme.com/terms"]),
            ("see acme.com/terms, or write to help@acme.com.", vec!["acme.com/terms", "help@acme.com"]),
            ("www.acme.example", vec!["www.acme.example"]),
            ("acme.clinic is open", vec!["acme.clinic"]),
            ("dr.smith is in at 3 p.m.tuesday", vec![]),
            ("thanks.see you", vec![]),
            ("it costs $5.00 in the u.s.", vec![]),
            ("e.g. version v2.0", vec![]),
            ("cedar grove: hello", vec![]),
            ("(https://cedargrove.example/privacy) and", vec!["https://cedargrove.example/privacy"]),
        ] {
            let found: Vec<&str> = addresses(text).into_iter().map(|address| &text[address.range]).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn hosts_come_without_www() {
        let text = "https://www.acme.com:8080/x and mail@post.acme.com";
        let hosts: Vec<&str> = addresses(text).into_iter().map(|address| &text[address.host]).collect();
        assert_eq!(hosts, ["acme.com", "post.acme.com"]);
    }
}
