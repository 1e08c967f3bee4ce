//! The addresses that a message flow names, and what each is for.

use std::ops::Range;

use url::Url;

use crate::evidence::Role;
use crate::registration::Registration;
use crate::text::Span;

use super::wording::{
    FlowWording, WORDING, ends, holds, holds_any, is_unreadable_file, may_hold_form, path_words, words,
};
use super::{Address, is_first_page, parse, same_document, same_site};

/// The most words before an address that can say what it is.
const REACH: usize = 12;
/// What closes a sentence, or a part of it that speaks of something else.
const SENTENCE_ENDS: [char; 4] = ['.', '!', '?', ';'];

/// An address in the message flow.
#[derive(Debug, Clone)]
pub struct Mention {
    /// The address.
    pub url: Url,
    /// Where it stands in the manifest.
    pub at: Span,
    /// What its path, else the words before it, say that it is.
    kind: Kind,
    /// How well it fits as an opt-in page; 0 where it does not.
    opt_in: i32,
}

/// What the words nearest to an address say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Privacy,
    Terms,
    Both,
    OptIn,
    Other,
    Unsaid,
}

/// The addresses in the message flow, in order. `home` is the brand's website.
pub fn mentions(registration: &Registration, home: Option<&Url>) -> Vec<Mention> {
    let Some(flow) = registration.fields.get("campaign.message_flow") else { return Vec::new() };
    let mut mentions = Vec::new();
    for passage in &flow.values {
        let found = addresses(&passage.text, home);
        for (index, (range, url)) in found.iter().enumerate() {
            let from = if index == 0 { 0 } else { found[index - 1].0.end };
            let until = found.get(index + 1).map_or(passage.text.len(), |(next, _)| next.start);
            let kind = kind(url, &passage.text[from..range.start], &passage.text[range.end..until], home);
            let opt_in = opt_in_score(url, kind, home);
            mentions.push(Mention { url: url.clone(), at: passage.span(range.clone()), kind, opt_in });
        }
    }
    mentions
}

/// The address of the mention that plays `role` best.
pub fn pick(mentions: &[Mention], role: Role) -> Option<Address> {
    let fits = |mention: &&Mention| match role {
        Role::Home => false,
        Role::Privacy => matches!(mention.kind, Kind::Privacy | Kind::Both),
        Role::Terms => matches!(mention.kind, Kind::Terms | Kind::Both),
        Role::OptIn => mention.opt_in > 0,
    };
    let mut fitting: Vec<&Mention> = mentions.iter().filter(fits).collect();
    if role == Role::OptIn {
        fitting.sort_by_key(|mention| -mention.opt_in);
    }
    fitting.first().map(|mention| Address { url: mention.url.clone(), named_at: Some(mention.at.clone()) })
}

/// Web addresses in a text: with a scheme, beginning with `www.`, or on the brand's own domain.
pub fn addresses(text: &str, home: Option<&Url>) -> Vec<(Range<usize>, Url)> {
    let apart = |c: char| c.is_whitespace() || "<>\"“”„«»|`[]{}".contains(c);
    let mut found = Vec::new();
    let mut start = 0;
    for piece in text.split_inclusive(apart) {
        let token = piece.trim_end_matches(apart);
        let cuts = token
            .match_indices("http")
            .filter(|(at, _)| token[..*at].ends_with([',', ';', ')']))
            .map(|(at, _)| at)
            .chain([token.len()]);
        let mut from = 0;
        for until in cuts {
            let part = &token[from..until];
            let open = part.find("http://").or_else(|| part.find("https://"));
            let open =
                open.unwrap_or_else(|| part.len() - part.trim_start_matches(|c: char| !c.is_alphanumeric()).len());
            let close = trimmed(&part[open..]);
            if let Some(url) = address(close, home) {
                let begin = start + from + open;
                found.push((begin..begin + close.len(), url));
            }
            from = until;
        }
        start += piece.len();
    }
    found
}

/// A token without the punctuation that closes a sentence; a bracket stays where it has its partner.
fn trimmed(token: &str) -> &str {
    let mut end = token.len();
    while let Some(last) = token[..end].chars().next_back() {
        let unpaired = last == ')' && !token[..end].contains('(');
        if !unpaired && !matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '*' | '…') {
            break;
        }
        end -= last.len_utf8();
    }
    &token[..end]
}

fn address(token: &str, home: Option<&Url>) -> Option<Url> {
    let lower = token.get(..8.min(token.len())).unwrap_or_default().to_ascii_lowercase();
    let spelled = lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("www.");
    if !spelled && (token.contains('@') || !token.contains('.')) {
        return None;
    }
    let url = parse(token).ok()?;
    (spelled || home.is_some_and(|home| same_site(&url, home))).then_some(url)
}

/// What an address is: its fragment says it, else its path, else the words around it.
fn kind(url: &Url, before: &str, after: &str, home: Option<&Url>) -> Kind {
    let near = near(before, after, &WORDING.flow);
    let said = by_words(&words(url.fragment().unwrap_or_default())).or_else(|| by_words(&path_words(url)));
    match said {
        Some(_) if near == Kind::Both => Kind::Both,
        Some(kind) => kind,
        // "Our privacy policy is linked in the footer of acme.com": the home page is not the policy.
        None if is_home(url, home) && (near != Kind::OptIn || elsewhere(before, after)) => Kind::Unsaid,
        None => near,
    }
}

/// True for the bare website.
fn is_home(url: &Url, home: Option<&Url>) -> bool {
    is_first_page(url) || home.is_some_and(|home| same_document(url, home))
}

/// True where the sentence says that the form is on paper or at a desk.
fn elsewhere(before: &str, after: &str) -> bool {
    [last_sentence(before), first_sentence(after)].iter().any(|part| holds_any(&words(part), &WORDING.flow.elsewhere))
}

fn last_sentence(text: &str) -> &str {
    text.rsplit(SENTENCE_ENDS).find(|part| !words(part).is_empty()).unwrap_or_default()
}

fn first_sentence(text: &str) -> &str {
    text.split(SENTENCE_ENDS).next().unwrap_or_default()
}

fn by_words(path: &str) -> Option<Kind> {
    match (holds_any(path, &WORDING.privacy.paths), holds_any(path, &WORDING.terms.paths)) {
        (true, true) => Some(Kind::Both),
        (true, false) => Some(Kind::Privacy),
        (false, true) => Some(Kind::Terms),
        (false, false) => None,
    }
}

/// What the words around an address say: those in brackets right behind it, else the nearest before it in the sentence.
fn near(before: &str, after: &str, wording: &FlowWording) -> Kind {
    if let Some(note) = after.trim_start().strip_prefix('(') {
        let note = words(note.split(')').next().unwrap_or_default());
        if holds_any(&note, &wording.privacy) && note.split(' ').count() <= 6 {
            return Kind::Privacy;
        }
        if holds_any(&note, &wording.terms) && note.split(' ').count() <= 6 {
            return Kind::Terms;
        }
    }
    let all = words(last_sentence(before));
    let skip = all.split(' ').count().saturating_sub(REACH);
    let last = all.split(' ').skip(skip).collect::<Vec<_>>().join(" ");
    let end = |phrases: &[String]| phrases.iter().flat_map(|phrase| ends(&last, phrase)).max();
    let (privacy, terms) = (end(&wording.privacy), end(&wording.terms));
    if let (Some(one), Some(other)) = (privacy, terms) {
        let between = &last[one.min(other)..one.max(other)];
        if between.split_whitespace().count() <= 4
            && holds_any(between, &["and".to_owned()])
            && one.max(other) + 8 >= last.len()
        {
            return Kind::Both;
        }
    }
    let said = [
        (privacy, Kind::Privacy),
        (terms, Kind::Terms),
        (end(&wording.opt_in), Kind::OptIn),
        (end(&wording.other), Kind::Other),
    ];
    let nearest = said.into_iter().filter_map(|(end, kind)| Some((end?, kind))).max_by_key(|(end, _)| *end);
    let behind = words(first_sentence(after)).split(' ').take(REACH).collect::<Vec<_>>().join(" ");
    let unsaid = if holds_any(&behind, &wording.opt_in) { Kind::OptIn } else { Kind::Unsaid };
    nearest.map_or(unsaid, |(_, kind)| kind)
}

/// How well an address fits as the opt-in page: 0 where it does not.
fn opt_in_score(url: &Url, kind: Kind, home: Option<&Url>) -> i32 {
    if matches!(kind, Kind::Privacy | Kind::Terms | Kind::Both | Kind::Other) || !may_hold_form(url) {
        return 0;
    }
    let said = if kind == Kind::OptIn { 40 } else { 0 };
    if is_home(url, home) {
        return if said > 0 { 10 } else { 0 };
    }
    let path = path_words(url);
    let place = WORDING.flow.opt_in_paths.iter().zip(0..).find(|(phrase, _)| holds(&path, phrase));
    let by_path = place.map_or(0, |(_, place)| (60 - 2 * place).max(5));
    let own = home.is_none_or(|home| same_site(url, home));
    match said + by_path {
        0 => 0,
        score => (score + if own { 40 } else { 0 } - if is_unreadable_file(url) { 100 } else { 0 }).max(1),
    }
}
