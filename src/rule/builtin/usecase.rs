//! Whether sample messages are what the use case was made for.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::evidence::Reading;
use crate::rule::check::{Answer, Hit, Inquiry};
use crate::rule::format::BuiltinCall;
use crate::text::Passage;

/// What belongs into the messages of a use case, from `rules/registry/use-case-words.yaml`.
#[derive(Debug, Default, Deserialize)]
struct Expectation {
    /// Topics of which the samples must show one, unless the description does and nothing clashes.
    #[serde(default)]
    needs: Vec<String>,
    /// Topics that make up the use case; a clash does not count in a sample that shows one, unless it `never` fits.
    #[serde(default)]
    fits: Vec<String>,
    /// Topics that belong to another use case.
    #[serde(default)]
    clashes: Vec<String>,
    /// Topics that no sample may show.
    #[serde(default)]
    never: Vec<String>,
}

fn expectations() -> &'static BTreeMap<String, Expectation> {
    static TABLE: OnceLock<BTreeMap<String, Expectation>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let json = include_str!(concat!(env!("OUT_DIR"), "/registry/use-case-words.json"));
        serde_json::from_str(json).unwrap_or_default()
    })
}

/// Samples that belong to another use case. The patterns are topics by name, each a thing that is said, never a single word.
pub fn fit(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let registration = inquiry.evidence.registration;
    let Some(subject) = inquiry.rule.file.subjects.first() else { return Answer::pass() };
    let Reading::Text(samples) = inquiry.evidence.read(subject) else { return Answer::pass() };
    let Some(expected) = expectation(registration.text("campaign.use_case"), inquiry) else { return Answer::pass() };
    let topics = Topics { inquiry, call };
    let forbidden: Vec<(usize, Vec<Range<usize>>)> = samples
        .iter()
        .enumerate()
        .map(|(number, sample)| (number, topics.ranges(sample, &expected.never)))
        .filter(|(_, ranges)| !ranges.is_empty())
        .collect();
    if !forbidden.is_empty() {
        let hits = forbidden.into_iter().map(|(number, ranges)| Hit::words(subject, &samples[number], &ranges));
        return Answer::fail(hits.map(|hit| with_use_case(hit, inquiry)).collect());
    }
    let fits = |sample: &Passage| topics.shows(sample, &expected.fits) || topics.shows(sample, &expected.needs);
    if samples.iter().any(fits) || (expected.needs.is_empty() && expected.clashes.is_empty()) {
        return Answer::pass();
    }
    let clashing: Vec<Hit> = samples
        .iter()
        .filter_map(|sample| {
            let ranges = topics.ranges(sample, &expected.clashes);
            (!ranges.is_empty()).then(|| Hit::words(subject, sample, &ranges))
        })
        .collect();
    if clashing.len() == samples.len() {
        return Answer::fail(clashing.into_iter().map(|hit| with_use_case(hit, inquiry)).collect());
    }
    let described = ["campaign.description", "brand.legal_name", "brand.display_name"].iter().any(|field| {
        matches!(inquiry.evidence.read(field), Reading::Text(texts) if texts.iter().any(|text| topics.shows(text, &expected.needs)))
    });
    if expected.needs.is_empty() || described {
        return Answer::pass();
    }
    Answer::fail(vec![with_use_case(Hit::missing(subject), inquiry)])
}

/// What the use case asks for; a mixed one that names no marketing among its parts asks for what none of them may show.
fn expectation<'t>(use_case: &str, inquiry: &Inquiry<'_>) -> Option<&'t Expectation> {
    let table = expectations();
    let name = use_case.to_ascii_uppercase();
    let Reading::Text(parts) = inquiry.evidence.read("campaign.sub_use_cases") else { return table.get(&name) };
    if !matches!(name.as_str(), "MIXED" | "LOW_VOLUME") {
        return table.get(&name);
    }
    let marketing = parts.iter().any(|part| part.text.trim().eq_ignore_ascii_case("MARKETING"));
    if marketing { None } else { table.get("WITHOUT_MARKETING") }
}

fn with_use_case(hit: Hit, inquiry: &Inquiry<'_>) -> Hit {
    let name = inquiry.evidence.registration.text("campaign.use_case").to_ascii_uppercase();
    let words = hit.matched.clone();
    hit.found("use_case", name).found("words", words)
}

/// Finds topics by name.
struct Topics<'i, 'a> {
    inquiry: &'i Inquiry<'a>,
    call: &'i BuiltinCall,
}

impl Topics<'_, '_> {
    fn shows(&self, passage: &Passage, topics: &[String]) -> bool {
        topics.iter().any(|topic| !self.inquiry.reader.find_any(passage, self.call.patterns(topic)).is_empty())
    }

    fn ranges(&self, passage: &Passage, topics: &[String]) -> Vec<Range<usize>> {
        let ranges: Vec<Range<usize>> =
            topics.iter().flat_map(|topic| self.inquiry.reader.find_any(passage, self.call.patterns(topic))).collect();
        crate::rule::pattern::leaders(ranges)
    }
}
