//! Whatever a manifest, a page or a rule file becomes by accident or ill will, a run ends in an answer: never in a panic,
//! never with a place outside the text. Ten thousand damaged inputs on each `cargo test`; `fuzz/` runs for longer.

#![allow(clippy::unwrap_used)]

use std::fs;

use proptest::prelude::*;
use proptest::sample::Index;
use tcr_lint::evaluate::evaluate;
use tcr_lint::evidence::{Evidence, PageReading, Pages, Role};
use tcr_lint::page::Page;
use tcr_lint::registration::{self, Registration};
use tcr_lint::rule::RuleSet;
use tcr_lint::text::{Source, Sources, Span};

const MANIFEST: &str = include_str!("../examples/clinic-rejected/campaign.yaml");
const FORM: &str = include_str!("../examples/clinic-rejected/site/new-patient.html");
const POLICY: &str = include_str!("../examples/clinic-rejected/site/privacy.html");
const RULE: &str = include_str!("../rules/samples/opt-out-missing.yaml");
const VOCABULARY: &str = include_str!("../rules/vocabulary.yaml");

/// What may stand where it should not.
const ODD: &[&str] = &[
    "\t",
    "\r",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "\u{200b}",
    "\u{1b}[31m",
    "é",
    "日本",
    "👩‍👩‍👧",
    "'",
    "\"",
    "|",
    ">",
    "&a ",
    "*a",
    "<<: ",
    "- ",
    ": ",
    "? ",
    "{",
    "}",
    "[",
    "]",
    "«",
    "»",
    "{{brand}}",
    "{sms}",
    "(?:",
    "\\",
    "%",
    "#",
    "!!str ",
    "---\n",
    "</form>",
    "<input type=tel>",
    "<!--",
    "<script>",
    "&amp;amp;",
    "&nbsp;",
    "not ",
    "except ",
    "unless ",
    "STOP ",
    "https://",
    "99999999999999999999",
];

/// One damage to a text.
#[derive(Debug, Clone)]
enum Damage {
    Insert(Index, usize),
    Delete(Index, u8),
    Repeat(Index, u8),
    DropLine(Index),
    Indent(Index, u8),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        (any::<Index>(), 0..ODD.len()).prop_map(|(at, odd)| Damage::Insert(at, odd)),
        (any::<Index>(), any::<u8>()).prop_map(|(at, length)| Damage::Delete(at, length)),
        (any::<Index>(), any::<u8>()).prop_map(|(at, length)| Damage::Repeat(at, length)),
        any::<Index>().prop_map(Damage::DropLine),
        (any::<Index>(), 0..9u8).prop_map(|(at, depth)| Damage::Indent(at, depth)),
    ]
}

fn damages() -> impl Strategy<Value = Vec<Damage>> {
    prop::collection::vec(damage(), 1..6)
}

fn damaged(text: &str, damages: &[Damage]) -> String {
    damages.iter().fold(text.to_owned(), |text, damage| apply(&text, damage))
}

fn apply(text: &str, damage: &Damage) -> String {
    let boundary = |at: &Index| {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        *at.get(&places)
    };
    let after = |start: usize, length: u8| {
        text[start..].char_indices().nth(length.into()).map_or(text.len(), |(at, _)| start + at)
    };
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    match damage {
        Damage::Insert(at, odd) => {
            let at = boundary(at);
            format!("{}{}{}", &text[..at], ODD[*odd], &text[at..])
        }
        Damage::Delete(at, length) => {
            let start = boundary(at);
            format!("{}{}", &text[..start], &text[after(start, *length)..])
        }
        Damage::Repeat(at, length) => {
            let start = boundary(at);
            let end = after(start, *length);
            format!("{}{}{}", &text[..end], &text[start..end], &text[end..])
        }
        Damage::DropLine(_) | Damage::Indent(..) if lines.is_empty() => text.to_owned(),
        Damage::DropLine(at) => {
            lines.remove(at.index(lines.len()));
            lines.join("\n")
        }
        Damage::Indent(at, depth) => {
            let line = at.index(lines.len());
            lines[line] = format!("{}{}", " ".repeat((*depth).into()), lines[line].trim_start());
            lines.join("\n")
        }
    }
}

fn add(sources: &mut Sources, text: String) -> tcr_lint::text::SourceId {
    sources.add(Source { name: "campaign.yaml".to_owned(), text, is_page: false })
}

fn sound() -> (Sources, Registration) {
    let mut sources = Sources::default();
    let source = add(&mut sources, MANIFEST.to_owned());
    let registration = registration::load(source, &sources).unwrap().remove(0);
    (sources, registration)
}

fn inside(sources: &Sources, span: &Span) -> bool {
    let text = &sources.get(span.source).text;
    !span.pieces.is_empty() && span.pieces.iter().all(|piece| text.get(piece.clone()).is_some())
}

/// Every place of every finding stands in its text.
fn judge(rules: &RuleSet, sources: &Sources, registration: &Registration, pages: &Pages) -> Result<(), TestCaseError> {
    let evaluation = evaluate(rules, Evidence { registration, pages }, None);
    for finding in &evaluation.findings {
        prop_assert!(inside(sources, &finding.anchor), "{}: anchor {:?}", finding.rule, finding.anchor);
        for place in &finding.places {
            prop_assert!(inside(sources, place), "{}: place {place:?}", finding.rule);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_manifests_are_judged_or_refused(damages in damages()) {
        thread_local!(static RULES: RuleSet = RuleSet::embedded().unwrap());
        let mut sources = Sources::default();
        let source = add(&mut sources, damaged(MANIFEST, &damages));
        if let Ok(registrations) = registration::load(source, &sources) {
            for registration in &registrations {
                RULES.with(|rules| judge(rules, &sources, registration, &Pages::default()))?;
            }
        }
    }

    #[test]
    fn damaged_pages_are_judged(form in damages(), policy in damages()) {
        thread_local!(static RULES: RuleSet = RuleSet::embedded().unwrap());
        let (mut sources, registration) = sound();
        let mut pages = Pages::default();
        for (role, html) in [(Role::OptIn, damaged(FORM, &form)), (Role::Privacy, damaged(POLICY, &policy))] {
            let page = Page::read(&html, None, role.name(), &mut sources);
            pages.by_role.insert(role, PageReading::Read(Box::new(page)));
        }
        RULES.with(|rules| judge(rules, &sources, &registration, &pages))?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_rule_folders_are_taken_or_refused(rule in damages(), vocabulary in damages()) {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("samples")).unwrap();
        fs::write(folder.path().join("samples/own.yaml"), damaged(RULE, &rule)).unwrap();
        fs::write(folder.path().join("vocabulary.yaml"), damaged(VOCABULARY, &vocabulary)).unwrap();
        let mut rules = RuleSet::embedded().unwrap();
        if rules.overlay(folder.path()).is_ok() {
            let (sources, registration) = sound();
            judge(&rules, &sources, &registration, &Pages::default())?;
        }
    }
}
