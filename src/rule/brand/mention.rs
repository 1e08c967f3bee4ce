//! Where a text mentions the brand: its names as one pattern, and which matches count.

use std::ops::Range;

use super::{bare, form, is_company_suffix, is_distinctive, names, person};
use crate::registration::Registration;
use crate::rule::address::{Address, AddressKind, is_domain};
use crate::rule::word_list::{common_words, trade_words};
use crate::text::Passage;

/// A brand's names as patterns over folded text.
#[derive(Debug, Clone, Default)]
pub struct BrandPattern {
    /// A regular expression for every form of every name.
    pub expression: String,
    /// Forms that are everyday words too, letters and digits only.
    everyday: Vec<String>,
    /// Leading words of names that stand for them only where a sender names itself, letters and digits only.
    leads: Vec<String>,
    /// Names that are web domains.
    domains: Vec<String>,
}

/// The patterns of the brand's names; none where it has no name.
pub fn pattern(registration: &Registration) -> Option<BrandPattern> {
    let place = ["brand.city", "brand.state"].map(|field| registration.text(field).to_lowercase()).join(" ");
    pattern_of(&names(registration), person(registration).as_deref(), &place)
}

pub(super) fn pattern_of(names: &[String], person: Option<&str>, place: &str) -> Option<BrandPattern> {
    let mut forms = Vec::new();
    let mut pattern = BrandPattern::default();
    for name in names {
        let is_person = person == Some(name.as_str());
        for words in form::variants(name, place) {
            if let [word] = words.as_slice()
                && !is_distinctive(word)
                && is_everyday(word)
            {
                pattern.everyday.push(bare(word));
            }
            forms.push((words.iter().map(|word| word.len() + 1).sum::<usize>(), form::expression(&words, is_person)));
        }
        let lower = name.to_lowercase();
        if is_domain(&lower) && !lower.contains(' ') {
            forms.extend(form::domain_expression(&lower).map(|expression| (lower.len() - 1, expression)));
            pattern.domains.push(lower);
        }
    }
    let known: Vec<String> =
        names.iter().flat_map(|name| form::variants(name, place)).map(|words| words.concat()).collect();
    for name in names.iter().filter(|name| person != Some(name.as_str())) {
        if let Some(lead) = form::lead(name, place).filter(|lead| !known.contains(&lead.concat())) {
            pattern.leads.push(bare(&lead.concat()));
            forms.push((lead.iter().map(|word| word.len() + 1).sum::<usize>(), form::expression(&lead, false)));
        }
    }
    forms.sort_by_key(|(length, _)| std::cmp::Reverse(*length));
    let mut expressions: Vec<String> = forms.into_iter().map(|(_, expression)| expression).collect();
    expressions.dedup();
    if expressions.is_empty() {
        return None;
    }
    pattern.expression = format!("(?:{})(?:'?s|')?", expressions.join("|"));
    Some(pattern)
}

fn is_everyday(word: &str) -> bool {
    let word = bare(word);
    let known = |word: &str| common_words().has(word) || trade_words().has(word);
    known(&word) || word.strip_suffix('s').is_some_and(known) || word.len() < 3
}

impl BrandPattern {
    /// False for a match inside a web or e-mail address, and for an everyday word that is used as such.
    pub fn counts(&self, passage: &Passage, found: &Range<usize>, addresses: &[Address]) -> bool {
        let folded = passage.folded().text();
        let inside = addresses.iter().any(|address| {
            let overlaps = address.range.start < found.end && found.start < address.range.end;
            let is_own_name = address.kind == AddressKind::Web
                && self.domains.iter().any(|domain| domain == &folded[address.host.clone()]);
            overlaps && !is_own_name && !(found.start <= address.range.start && address.range.end <= found.end)
        });
        let text = &folded[found.clone()];
        if inside || self.is_lead(text) {
            return !inside && stands_as_sender(passage, found);
        }
        !self.is_everyday(text) || stands_as_a_name(passage, found)
    }

    fn is_lead(&self, text: &str) -> bool {
        let word = bare(text);
        self.leads.iter().any(|lead| word == *lead || word.strip_suffix('s') == Some(lead))
    }

    fn is_everyday(&self, text: &str) -> bool {
        let word = bare(text.trim_end_matches("'s"));
        self.everyday.contains(&word)
    }
}

/// What a business does in the first words of its texts: `Bright collects …`.
const ACTS: [&str; 12] = [
    "texts", "sends", "collects", "gathers", "uses", "keeps", "respects", "values", "operates", "provides", "offers",
    "treats",
];

/// True at the start of a text before a colon or a dash.
fn stands_as_sender(passage: &Passage, found: &Range<usize>) -> bool {
    let folded = passage.folded().text();
    let (before, after) = (&folded[..found.start], &folded[found.end..]);
    before.trim().is_empty() && [":", " -", "-"].iter().any(|sign| after.starts_with(sign))
}

/// True where an everyday word is written or placed as a name: `Bright: …`, `from Bright`, `the Bright team`.
fn stands_as_a_name(passage: &Passage, found: &Range<usize>) -> bool {
    let folded = passage.folded().text();
    let (before, after) = (&folded[..found.start], &folded[found.end..]);
    let opens = before.is_empty() || before.ends_with('\n');
    let next = after.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    if after.starts_with(' ') && (is_company_suffix(next) || ACTS.contains(&next)) {
        return true;
    }
    if after.starts_with(':') || (opens && (after.starts_with(" -") || after.starts_with('-'))) {
        return true;
    }
    let original = &passage.text[passage.folded().original(found.clone())];
    let is_capital = original.chars().next().is_some_and(char::is_uppercase);
    if is_capital && opens && (after.is_empty() || after.starts_with('\n')) {
        return true;
    }
    let opens_sentence = opens || before.trim_end().ends_with(['.', '!', '?', ':', ';', '*', '"']);
    is_capital && !opens_sentence
}
