#![no_main]

use libfuzzer_sys::fuzz_target;
use tcr_lint::evaluate::evaluate;
use tcr_lint::evidence::{Evidence, PageReading, Pages, Role};
use tcr_lint::page::Page;
use tcr_lint::registration;
use tcr_lint::rule::RuleSet;
use tcr_lint::text::{Source, Sources};

const MANIFEST: &str = include_str!("../../examples/clinic-rejected/campaign.yaml");

thread_local!(static RULES: RuleSet = RuleSet::embedded().unwrap());

fuzz_target!(|html: &str| {
    let mut sources = Sources::default();
    let source = sources.add(Source { name: "campaign.yaml".to_owned(), text: MANIFEST.to_owned(), is_page: false });
    let registration = registration::load(source, &sources).unwrap().remove(0);
    let mut pages = Pages::default();
    for role in [Role::OptIn, Role::Privacy] {
        let page = Page::read(html, None, role.name(), &mut sources);
        pages.by_role.insert(role, PageReading::Read(Box::new(page)));
    }
    let evidence = Evidence { registration: &registration, pages: &pages };
    let evaluation = RULES.with(|rules| evaluate(rules, evidence, None));
    for span in evaluation.findings.iter().flat_map(|finding| finding.places.iter().chain([&finding.anchor])) {
        let text = &sources.get(span.source).text;
        assert!(span.pieces.iter().all(|piece| text.get(piece.clone()).is_some()));
    }
});
