//! The words that tell roles apart, read from `rules/registry/`.

use std::sync::LazyLock;

use serde::Deserialize;
use url::Url;

/// The wording of `rules/registry/roles.yaml`.
pub static WORDING: LazyLock<Wording> = LazyLock::new(|| {
    let json = include_str!(concat!(env!("OUT_DIR"), "/registry/roles.json"));
    serde_json::from_str(json).expect("roles.yaml has the shape of its type, which a test loads")
});

static PLATFORMS: &str = include_str!("../../../rules/registry/platform-hosts.txt");
static SHARED_HOSTS: &str = include_str!("../../../rules/registry/shared-hosts.txt");
static POLICY_HOSTS: &str = include_str!("../../../rules/registry/policy-hosts.txt");

/// How links and addresses are told apart.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// Links to the privacy policy.
    pub privacy: LinkWording,
    /// Links to the terms.
    pub terms: LinkWording,
    /// Addresses in the message flow.
    pub flow: FlowWording,
    /// What people write for "there is none".
    pub none: Vec<String>,
    /// Path words of articles.
    pub articles: Vec<String>,
    /// Path words of pages for customers who have an account, and of shops' machinery.
    pub accounts: Vec<String>,
    /// Extensions of files that hold no text to read.
    pub unreadable_files: Vec<String>,
}

/// The wording of links of one role.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkWording {
    /// Says it without doubt.
    pub exact: Vec<String>,
    /// Says it where the name is short.
    pub loose: Vec<String>,
    /// Says it in a path or fragment.
    pub paths: Vec<String>,
    /// Only where nothing else is there.
    pub last_resort: Vec<String>,
    /// Something else that shares the word.
    pub never: Vec<String>,
}

/// The wording around addresses of the message flow.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlowWording {
    /// Before the address of the privacy policy.
    pub privacy: Vec<String>,
    /// Before the address of the terms.
    pub terms: Vec<String>,
    /// Before the address of the opt-in page.
    pub opt_in: Vec<String>,
    /// Before an address that is none of them.
    pub other: Vec<String>,
    /// In the same sentence as the bare website: the form is not there.
    pub elsewhere: Vec<String>,
    /// Says that the form is on the website, without an address.
    pub on_site: Vec<String>,
    /// Path words of an opt-in page, the most telling first.
    pub opt_in_paths: Vec<String>,
}

/// The lower-case words of a text, one blank between them; `&` is `and`, apostrophes are dropped.
pub fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            '&' => words.push_str(" and "),
            '\'' | '’' => {}
            c if c.is_alphanumeric() => words.push(c),
            _ if words.ends_with(' ') => {}
            _ => words.push(' '),
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// True where `phrase` stands in `words` as whole words.
pub fn holds(words: &str, phrase: &str) -> bool {
    ends(words, phrase).next().is_some()
}

/// True where one of `phrases` stands in `words`.
pub fn holds_any(words: &str, phrases: &[String]) -> bool {
    phrases.iter().any(|phrase| holds(words, phrase))
}

/// Where `phrase` ends in `words`, each time it stands there as whole words.
pub fn ends<'a>(words: &'a str, phrase: &'a str) -> impl Iterator<Item = usize> + 'a {
    words.match_indices(phrase).filter_map(move |(start, found)| {
        let end = start + found.len();
        let open = start == 0 || words[..start].ends_with(' ');
        (open && (end == words.len() || words[end..].starts_with(' '))).then_some(end)
    })
}

/// The words of an address: its path and its fragment.
pub fn path_words(url: &Url) -> String {
    let decoded = super::super::folder::percent_decoded(url.path());
    words(&format!("{decoded} {}", url.fragment().unwrap_or_default()))
}

/// True where a policy at this address is a platform's own, and not one that it publishes for a customer.
pub fn is_platform(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let place = format!("{host}{}", url.path());
    let hosted = lines(POLICY_HOSTS).any(|hosted| place.starts_with(hosted) && place.len() > hosted.len());
    !hosted
        && (is_listed(host) || shared_kind(host).is_some_and(|kind| !matches!(kind, "builder" | "preview" | "file")))
}

/// False for addresses where nobody's opt-in form is: social pages, directories, portals, the platforms themselves.
pub fn may_hold_form(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    match shared_kind(host) {
        Some(kind) => matches!(kind, "builder" | "preview" | "file" | "form"),
        None => !is_listed(host) || is_form_service(url),
    }
}

/// Forms that are published under a platform's own name, such as Google's.
fn is_form_service(url: &Url) -> bool {
    url.host_str() == Some("docs.google.com") && url.path().starts_with("/forms/")
}

fn is_listed(host: &str) -> bool {
    lines(PLATFORMS).any(|platform| is_within(host, platform))
}

/// What kind of shared host it is, by the most specific entry of `shared-hosts.txt`.
fn shared_kind(host: &str) -> Option<&'static str> {
    let entries = lines(SHARED_HOSTS).filter_map(|line| line.split_once("  "));
    let within = entries.filter(|(shared, _)| is_within(host, shared));
    within.max_by_key(|(shared, _)| shared.len()).map(|(_, kind)| kind.trim())
}

fn is_within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The entries of a list: lines that are neither empty nor comments.
fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// True where the address names a picture or a document rather than a page.
pub fn is_unreadable_file(url: &Url) -> bool {
    let name = url.path().rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    name.rsplit_once('.').is_some_and(|(_, extension)| WORDING.unreadable_files.iter().any(|known| known == extension))
}
