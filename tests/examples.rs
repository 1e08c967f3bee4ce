//! The examples that are shipped: three that are ready, and one in which every planted fault is found at its words.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use tcr_lint::collect::CollectOptions;
use tcr_lint::finding::Outlook;
use tcr_lint::judge::Judge;
use tcr_lint::report::Report;
use tcr_lint::rule::RuleSet;

fn judged(example: &str) -> Report {
    let options = CollectOptions {
        offline: true,
        pages: BTreeMap::new(),
        site_dir: Some(format!("examples/{example}/site").into()),
        resolve: Vec::new(),
        cacert: Vec::new(),
        allow_private: false,
        timeout: Duration::from_secs(1),
    };
    let rules = (RuleSet::embedded().unwrap(), Vec::new());
    let mut judge = Judge::new(rules, None, options).unwrap();
    judge.manifest(Path::new(&format!("examples/{example}/campaign.yaml"))).unwrap()
}

#[test]
fn sound_examples_are_ready() {
    for example in ["clinic-ready", "answers-only", "non-profit"] {
        let report = judged(example);
        let checked = &report.checked[0];
        let found: Vec<_> = checked.evaluation.findings.iter().map(|finding| &finding.rule).collect();
        assert_eq!(checked.evaluation.outlook(), Outlook::Ready, "{example}: {found:?}");
        assert!(checked.evaluation.pages >= 4, "{example}: every page is read");
    }
}

/// The faults planted in `examples/clinic-rejected`: the rule that finds it, and what it underlines (nothing where something is missing).
const PLANTED: &[(&str, &str)] = &[
    ("brand/email-free", "juniperhollowpeds@gmail.com"),
    ("brand/tax-number-invented", "123456789"),
    ("campaign/attempts-running-out", "{ submitted: 2026-10-21, outcome: rejected, codes: [\"twilio:30909\"] }"),
    ("campaign/description-vague", ""),
    ("campaign/description-without-brand", ""),
    ("campaign/link-not-declared", "https://bit.ly/jh-visit"),
    ("campaign/terms-link-missing", ""),
    ("consent/bundled-channels", "agree to receive calls, texts and emails"),
    ("consent/bundled-terms", "accept the terms and agree to receive"),
    ("consent/frequency-missing", ""),
    ("consent/help-missing", ""),
    ("consent/message-type-missing", ""),
    ("consent/page-box-prechecked", "I accept the terms and agree to receive calls, texts and emails."),
    ("consent/page-box-required", "I accept the terms and agree to receive calls, texts and emails."),
    ("consent/prechecked", "pre-checked"),
    ("consent/privacy-link-missing", ""),
    ("consent/rates-missing", ""),
    ("consent/terms-link-missing", ""),
    ("privacy/not-linked-from-home", ""),
    ("privacy/opt-out-unsaid", ""),
    ("privacy/promise-missing", ""),
    ("privacy/shares-data", "we may share your phone number with our affiliates and marketing partners"),
    ("privacy/sms-unmentioned", ""),
    ("privacy/texting-use-unsaid", ""),
    ("replies/help-no-brand", ""),
    ("replies/help-no-contact", ""),
    ("replies/opt-in-is-invitation", "Text JOIN to receive"),
    ("replies/opt-in-no-brand", ""),
    ("replies/opt-in-no-frequency", ""),
    ("replies/opt-in-no-help", ""),
    ("replies/opt-in-no-rates", ""),
    ("replies/opt-in-no-stop", ""),
    ("replies/opt-out-no-brand", ""),
    ("replies/opt-out-not-final", ""),
    ("replies/stop-keyword-missing", ""),
    ("samples/brand-missing", ""),
    ("samples/brand-placeholder", "[Practice Name]"),
    ("samples/keyword-clash", "CANCEL to cancel your appointment"),
    ("samples/public-shortener", "https://bit.ly/jh-visit"),
    ("terms/missing", ""),
];

#[test]
fn every_planted_fault_is_found_at_its_words() {
    let report = judged("clinic-rejected");
    let checked = &report.checked[0];
    let text = |finding: &tcr_lint::finding::Finding| {
        let pieces = finding.places.iter().flat_map(|span| {
            let source = &report.sources.get(span.source).text;
            span.pieces.iter().map(|piece| source[piece.clone()].to_owned())
        });
        pieces.collect::<Vec<_>>().join(" ")
    };
    let mut faults = Vec::new();
    for (rule, words) in PLANTED {
        let found: Vec<String> =
            checked.evaluation.findings.iter().filter(|finding| finding.rule == *rule).map(text).collect();
        if found.is_empty() {
            faults.push(format!("{rule} finds nothing"));
        } else if !words.is_empty() && !found.iter().any(|underlined| underlined.contains(words)) {
            faults.push(format!("{rule} underlines {found:?} instead of {words:?}"));
        }
    }
    assert_eq!(checked.evaluation.outlook(), Outlook::Rejected);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
