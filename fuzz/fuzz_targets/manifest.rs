#![no_main]

use libfuzzer_sys::fuzz_target;
use tcr_lint::evaluate::evaluate;
use tcr_lint::evidence::{Evidence, Pages};
use tcr_lint::registration;
use tcr_lint::rule::RuleSet;
use tcr_lint::text::{Source, Sources};

thread_local!(static RULES: RuleSet = RuleSet::embedded().unwrap());

fuzz_target!(|text: &str| {
    let mut sources = Sources::default();
    let source = sources.add(Source { name: "campaign.yaml".to_owned(), text: text.to_owned(), is_page: false });
    let Ok(registrations) = registration::load(source, &sources) else { return };
    let pages = Pages::default();
    for registration in &registrations {
        let evaluation = RULES.with(|rules| evaluate(rules, Evidence { registration, pages: &pages }, None));
        for span in evaluation.findings.iter().flat_map(|finding| finding.places.iter().chain([&finding.anchor])) {
            let text = &sources.get(span.source).text;
            assert!(span.pieces.iter().all(|piece| text.get(piece.clone()).is_some()));
        }
    }
});
