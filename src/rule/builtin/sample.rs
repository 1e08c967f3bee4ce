//! Sample messages as a set: how many, who speaks, and whether they differ.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

use crate::evidence::Reading;
use crate::rule::brand::{
    self,
    other::{Doubt, other_names},
};
use crate::rule::check::{Answer, Hit, Inquiry};
use crate::rule::format::{BuiltinCall, Unit};
use crate::rule::pattern::unit_at;
use crate::text::Passage;

/// Too few entries: fewer than `least`, or than `least-at` of the provider. A list that is left out is for the required fields.
pub fn count(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let by_provider = match call {
        BuiltinCall::Call(call) => call.arguments.get("least-at").and_then(|map| map.get(inquiry.provider?)?.as_f64()),
        BuiltinCall::Name(_) => None,
    };
    let least = by_provider.or(call.number("least")).unwrap_or(1.0);
    let fields = &inquiry.evidence.registration.fields;
    let mut hits = Vec::new();
    for subject in &inquiry.rule.file.subjects {
        let Some(field) = fields.get(subject) else { continue };
        let given = field.values.iter().filter(|value| !value.text.trim().is_empty()).count();
        if (given as f64) < least {
            hits.push(Hit::missing(subject).found("count", given).found("least", least));
        }
    }
    Answer::fail(hits)
}

/// Whether texts say who is writing. `scope: any` asks it of one, `scope: each` of each where at least one does. The patterns `brand` are
/// the brand's names; where the manifest has none, any name in a sender's place will do.
pub fn names_brand(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let unknown = brand::names(inquiry.evidence.registration).is_empty();
    let named = |passage: &Passage| {
        if unknown {
            return signs_itself(&passage.text);
        }
        !inquiry.reader.find_any(passage, call.patterns("brand")).is_empty()
    };
    let mut hits = Vec::new();
    for subject in &inquiry.rule.file.subjects {
        let Reading::Text(passages) = inquiry.evidence.read(subject) else { continue };
        let nameless: Vec<&Passage> = passages.iter().filter(|passage| !named(passage)).collect();
        let all = nameless.len() == passages.len();
        if call.text("scope") == Some("each") {
            if !all {
                hits.extend(nameless.into_iter().map(|passage| Hit::whole(subject, passage)));
            }
        } else if all {
            hits.push(Hit::missing(subject));
        }
    }
    Answer::fail(hits)
}

/// Other companies that texts without a name of the brand (patterns `brand`) are from. `least`: how many different senders it takes, the
/// brand counted where another text names it. Where the description has one of the patterns `clients`, names need not say their trade.
pub fn other_senders(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let registration = inquiry.evidence.registration;
    let passages = inquiry.passages();
    if brand::names(registration).is_empty() {
        return Answer::pass();
    }
    let names_brand = |passage: &Passage| !inquiry.reader.find_any(passage, call.patterns("brand")).is_empty();
    let has_clients = matches!(inquiry.evidence.read("campaign.description"), Reading::Text(texts)
        if texts.iter().any(|text| inquiry.reader.stands(text, call.patterns("clients"))));
    let has_sure = || {
        passages
            .iter()
            .any(|(_, passage)| !names_brand(passage) && !other_names(passage, registration, Doubt::Sure).is_empty())
    };
    let doubt = if has_clients || has_sure() { Doubt::Likely } else { Doubt::Sure };
    let mut senders: BTreeSet<String> = BTreeSet::new();
    let mut hits: Vec<Hit> = Vec::new();
    for (subject, passage) in &passages {
        if names_brand(passage) {
            senders.insert(String::new());
            continue;
        }
        let others = other_names(passage, registration, doubt);
        let Some(first) = others.first() else { continue };
        senders.extend(others.iter().map(|other| other.name.to_lowercase()));
        let bare = |range: &Range<usize>| {
            let words = passage.folded().text()[range.clone()].trim_end_matches([':', '!', '.', ',', '?']);
            range.start..range.start + words.len()
        };
        let ranges: Vec<Range<usize>> = others.iter().map(|other| bare(&other.range)).collect();
        hits.push(Hit::words(subject, passage, &ranges).found("name", &first.name));
    }
    if (senders.len() as f64) < call.number("least").unwrap_or(1.0) {
        return Answer::pass();
    }
    Answer::fail(hits)
}

/// True where a text seems to name its sender: a name before a colon, or after `from`, `at`, `this is` and the like.
fn signs_itself(text: &str) -> bool {
    static FORMS: OnceLock<Option<[Regex; 2]>> = OnceLock::new();
    let forms = FORMS.get_or_init(|| {
        let colon = Regex::new(r"^\s*[\[(]?((?:[A-Z0-9][\w'&.-]*[ ,]*){1,6})[\])]?\s*(?::|-|–|—)").ok()?;
        let after = Regex::new(r"(?:\b(?:from|at|with|visiting|choosing|[Tt]his is|[Ii]t's|[Ww]elcome to|by)\s+(?:the\s+)?|[-–—]\s*)([A-Z][\w'&.-]+)").ok()?;
        Some([colon, after])
    });
    let Some(forms) = forms else { return true };
    const NO_NAMES: [&str; 12] =
        ["Hi", "Hello", "Hey", "Dear", "Reminder", "Alert", "Notice", "Reply", "Your", "STOP", "HELP", "Text"];
    forms.iter().any(|form| {
        form.captures_iter(text).filter_map(|found| found.get(1)).any(|name| {
            let first = name.as_str().split_whitespace().next().unwrap_or_default();
            !NO_NAMES.contains(&first)
        })
    })
}

/// Texts that say the same: the first subject's entries among themselves, and against the other subjects. Sentences with a
/// pattern `tail` (opt-out lines) and the names `brand` do not count.
pub fn alike(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let Some((first, others)) = inquiry.rule.file.subjects.split_first() else { return Answer::pass() };
    let Reading::Text(samples) = inquiry.evidence.read(first) else { return Answer::pass() };
    let limit = call.number("limit").unwrap_or(1.0);
    let bags: Vec<Bag> = samples.iter().map(|sample| Bag::of(inquiry, call, sample)).collect();
    let mut hits = Vec::new();
    for (number, bag) in bags.iter().enumerate() {
        let twin = bags[..number].iter().position(|earlier| bag.likeness(earlier) >= limit);
        let elsewhere = || {
            others.iter().find(|other| {
                let Reading::Text(texts) = inquiry.evidence.read(other) else { return false };
                texts.iter().any(|text| bag.likeness(&Bag::of(inquiry, call, text)) >= limit)
            })
        };
        let twin = twin.map(|twin| format!("sample {}", twin + 1));
        if let Some(twin) = twin.or_else(|| elsewhere().map(|field| field.replace("campaign.", "").replace('_', " "))) {
            hits.push(Hit::whole(first, &samples[number]).found("twin", twin).found("number", number + 1));
        }
    }
    Answer::fail(hits)
}

/// How often each word stands in a text, without names, numbers, links and tails.
#[derive(Debug)]
struct Bag(BTreeMap<String, usize>);

impl Bag {
    fn of(inquiry: &Inquiry<'_>, call: &BuiltinCall, passage: &Passage) -> Self {
        let text = passage.folded().text();
        let mut kept = String::with_capacity(text.len());
        let mut at = 0;
        let tails = inquiry.reader.find_any(passage, call.patterns("tail"));
        let mut dropped: Vec<Range<usize>> =
            tails.iter().map(|tail| unit_at(passage, tail.start, Unit::Sentence)).collect();
        dropped.extend(inquiry.reader.find_any(passage, call.patterns("brand")));
        dropped.sort_by_key(|range| range.start);
        for range in dropped {
            if range.start >= at {
                kept.push_str(&text[at..range.start]);
                kept.push(' ');
            }
            at = at.max(range.end);
        }
        kept.push_str(&text[at..]);
        Self::words(&kept)
    }

    fn words(folded: &str) -> Self {
        let mut bag = BTreeMap::new();
        let mut depth = 0_usize;
        let mut greeted = false;
        for word in folded.split_whitespace() {
            let opens = word.matches(['[', '{', '<']).count();
            let closes = word.matches([']', '}', '>']).count();
            let masked = depth > 0 || opens > 0;
            depth = (depth + opens).saturating_sub(closes);
            let plain: String = word.chars().filter(|letter| letter.is_alphanumeric()).collect();
            let varies = masked
                || word.contains("://")
                || word.contains('/')
                || plain.chars().any(char::is_numeric)
                || plain.is_empty()
                || matches!(plain.as_str(), "am" | "pm")
                || greeted;
            greeted = matches!(plain.as_str(), "hi" | "hello" | "hey" | "dear");
            if !varies {
                *bag.entry(plain).or_default() += 1;
            }
        }
        Self(bag)
    }

    /// Shared words by all words, 0 to 1; 0 where there are too few to tell.
    fn likeness(&self, other: &Self) -> f64 {
        let size = |bag: &Self| bag.0.values().sum::<usize>();
        if size(self) < 3 || size(other) < 3 {
            return 0.0;
        }
        let shared: usize =
            self.0.iter().map(|(word, count)| other.0.get(word).map_or(0, |more| *count.min(more))).sum();
        shared as f64 / (size(self) + size(other) - shared) as f64
    }
}

/// Samples that are all confirmations of signing up, leaving or asking for help: the patterns `admin`.
pub fn admin_only(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let passages = inquiry.passages();
    let admin = |passage: &Passage| !inquiry.reader.find_any(passage, call.patterns("admin")).is_empty();
    let Some((subject, _)) = passages.first() else { return Answer::pass() };
    if !passages.iter().all(|(_, passage)| admin(passage)) {
        return Answer::pass();
    }
    let mut hit = Hit::missing(subject);
    for (_, passage) in &passages {
        hit.spans.extend(Hit::words(subject, passage, &inquiry.reader.find_any(passage, call.patterns("admin"))).spans);
    }
    Answer::fail(vec![hit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_said_counts_for_likeness() {
        let bag = |text: &str| Bag::words(text);
        let one = bag("hi mary, your visit is on 3/4 at 5pm with us");
        let two = bag("hi [first name], your visit is on [date] at [time] with us");
        assert!(one.likeness(&two) > 0.99);
        let three = bag("hello sam, your order left our store this morning");
        assert!(one.likeness(&three) < 0.3);
        assert!(bag("hi").likeness(&bag("hi")) < 0.1);
    }

    #[test]
    fn senders_sign_in_a_senders_place() {
        for text in ["Acorn Dental: see you soon", "Hi Sam, this is Kate from Acorn Dental.", "See you soon - Acorn"] {
            assert!(signs_itself(text), "{text}");
        }
        for text in ["Your code: 123", "Hi Sam, see you at 5", "Reminder: visit at 5"] {
            assert!(!signs_itself(text), "{text}");
        }
    }
}
