//! What says the same is judged the same: no way of writing changes a verdict, and every word that matters does.

#![allow(clippy::unwrap_used)]

#[path = "metamorphic/case.rs"]
mod case;
#[path = "metamorphic/html.rs"]
mod html;
#[path = "metamorphic/phrases.rs"]
mod phrases;
#[path = "metamorphic/words.rs"]
mod words;

use std::sync::OnceLock;

use proptest::prelude::*;

use case::{Case, Style, Verdict, cases};

/// The verdicts that a rewriting changes, for a message.
#[derive(Default)]
struct Changes(Vec<String>);

impl Changes {
    fn compare(&mut self, case: &Case, what: &str, before: &Verdict, after: &Verdict) {
        if before != after {
            self.0.push(format!("{} with {what}: {}", case.name, before.difference(after)));
        }
    }

    fn assert_none(self) {
        assert!(self.0.is_empty(), "{} changes\n{}", self.0.len(), self.0.join("\n"));
    }
}

#[test]
fn ready_cases_are_ready_and_faulty_ones_are_not() {
    for case in cases() {
        let faulty = ["clinic-rejected", "roofer", "shop", "vet"].contains(&case.name.as_str());
        assert_eq!(case.verdict().rules.is_empty(), !faulty, "{}: {:?}", case.name, case.verdict());
    }
}

#[test]
fn letters_quotes_dashes_and_blanks_do_not_matter() {
    let mut changes = Changes::default();
    for case in cases() {
        let before = case.verdict();
        for (name, rewrite) in words::REWRITES {
            changes.compare(&case, name, &before, &case.with_words(rewrite).verdict_in(Style::Double));
        }
        for (name, rewrite) in words::HIDDEN {
            let beside_samples = |field: &str, text: &str| {
                if field == "sample_messages" { text.to_owned() } else { rewrite(text) }
            };
            let rewritten = case.with_prose(beside_samples).with_pages(|page| html::with_text(page, rewrite));
            changes.compare(&case, name, &before, &rewritten.verdict_in(Style::Double));
        }
    }
    changes.assert_none();
}

#[test]
fn line_breaks_and_yaml_styles_do_not_matter() {
    let mut changes = Changes::default();
    let widths = [46, 72, 100, 138];
    let wrapped = widths.map(|width| [Style::Folded(width), Style::Literal(width), Style::Wrapped(width)]);
    let styles = [Style::Double, Style::Single].into_iter().chain(wrapped.into_iter().flatten());
    for case in cases() {
        let before = case.verdict();
        for style in styles.clone() {
            changes.compare(&case, &format!("{style:?}"), &before, &case.verdict_in(style));
        }
        let manifest = case.manifest(Style::Literal(80)).replace('\n', "\r\n");
        changes.compare(&case, "carriage returns", &before, &case.verdict_of(manifest));
        for (name, layout) in words::LAYOUTS {
            let laid_out = |field: &str, text: &str| {
                if field == "message_flow" { layout(text) } else { text.to_owned() }
            };
            changes.compare(&case, name, &before, &case.with_prose(laid_out).verdict_in(Style::Literal(2000)));
        }
    }
    changes.assert_none();
}

#[test]
fn tags_and_entities_do_not_matter() {
    let mut changes = Changes::default();
    for case in cases().into_iter().filter(|case| !case.site.is_empty()) {
        let before = case.verdict();
        for (name, rewrite) in html::REWRITES {
            changes.compare(&case, name, &before, &case.with_pages(rewrite).verdict());
        }
    }
    changes.assert_none();
}

/// Names of every shape: what people call the business, and its legal name.
const NAMES: &[(&str, &str)] = &[
    ("O'Malley & Sons Plumbing", "O'Malley & Sons Plumbing, Inc."),
    ("The Wellness Barn", "The Wellness Barn LLC"),
    ("A1 Movers", "A1 Movers LLC"),
    ("Dr. Lee and Associates", "Dr. Lee and Associates, PLLC"),
    ("pawsandclaws.example", "Paws and Claws Inc."),
    ("Smith & Partners", "Smith & Partners, LLP"),
    ("Pediatric Partners of Tulsa", "Pediatric Partners of Tulsa P.A."),
    ("St. Brannoc's Clinic", "St. Brannoc's Clinic, P.C."),
    ("Café Olmo", "Café Olmo Corp."),
    ("TidalFrame", "TidalFrame Inc"),
    ("One Stop Auto Glass", "One Stop Auto Glass LLC"),
    ("Helping Hands Care", "Helping Hands Care Inc."),
    ("Free Spirit Yoga", "Free Spirit Yoga, L.L.C."),
    ("Bright", "Bright LLC"),
    ("Prime Third Party Logistics", "Prime Third Party Logistics, Inc."),
    ("Jordan Affiliates", "Jordan Affiliates Inc."),
    ("MARLOW'S GRILL", "Marlow's Grill LLC"),
    ("K & B Heating and Air", "K & B Heating and Air, Inc."),
    ("Lucky Shot Photography", "Lucky Shot Photography LLC"),
    ("Quick Text Books", "Quick Text Books LLC"),
    ("21st Street Dental", "21st Street Dental PLLC"),
];

#[test]
fn the_name_of_the_business_does_not_matter() {
    let mut changes = Changes::default();
    for (number, case) in cases().into_iter().enumerate() {
        let before = case.verdict();
        for (display, legal) in NAMES.iter().skip(number % 2).step_by(2) {
            if display.contains(".example") && before.rules.contains_key("replies/help-no-contact") {
                continue; // such a name is an address at which the business can be reached
            }
            changes.compare(&case, display, &before, &case.renamed(display, legal).verdict());
        }
    }
    changes.assert_none();
}

#[test]
fn accepted_phrases_are_as_good_as_each_other() {
    let mut changes = Changes::default();
    let cases = cases();
    let before: Vec<Verdict> = cases.iter().map(Case::verdict).collect();
    for group in phrases::SAME {
        let saying: Vec<_> =
            cases.iter().zip(&before).filter(|(case, _)| case.rephrased(group[0], "").is_some()).collect();
        for (number, phrase) in group[1..].iter().enumerate() {
            // The examples that are shipped also say in other words how often texts come.
            let counts = phrase.contains(|letter: char| letter.is_ascii_digit()) || phrase.contains("three");
            let able: Vec<_> = saying.iter().filter(|(case, _)| !counts || !case.is_shipped()).collect();
            for turn in 0..able.len().min(3) {
                let (case, before) = able[(number + turn * 2) % able.len()];
                let rephrased = case.rephrased(group[0], phrase).unwrap();
                changes.compare(case, phrase, before, &rephrased.verdict());
            }
        }
    }
    changes.assert_none();
}

#[test]
fn a_phrase_that_is_taken_away_is_missed() {
    let mut silent = Vec::new();
    for case in cases().iter().filter(|case| !case.is_shipped() && case.verdict().rules.is_empty()) {
        for (place, words, left, rule) in phrases::NEEDED {
            let Some(without) = case.without(*place, words, left) else { continue };
            // One-time codes end by themselves, and nobody signs up for more of them.
            let excused = ["consent/stop-", "replies/opt-in-no-", "samples/opt-out-"];
            let not_asked = case.name == "codes"
                && excused.iter().any(|rule_start| rule.starts_with(rule_start))
                && *rule != "replies/opt-in-no-brand";
            if !not_asked && !without.verdict().rules.contains_key(*rule) {
                silent.push(format!("{}: {rule} is silent where {place:?} has {left:?} for {words:?}", case.name));
            }
        }
    }
    assert!(silent.is_empty(), "{} are silent\n{}", silent.len(), silent.join("\n"));
}

#[test]
fn a_promise_that_is_turned_around_is_a_fault() {
    let mut silent = Vec::new();
    let of_the_policy =
        phrases::PROMISES.iter().map(|(promise, broken)| ("dentist", *promise, *broken, "privacy/shares-data"));
    for (name, promise, broken, rule) in phrases::BROKEN.iter().copied().chain(of_the_policy) {
        let case = cases().into_iter().find(|case| case.name == name).unwrap();
        let turned = case.rephrased(promise, broken).unwrap_or_else(|| panic!("{name} does not say {promise:?}"));
        if !turned.verdict().rules.contains_key(rule) {
            silent.push(format!("{name}: {rule} is silent for {broken:?}, found {:?}", turned.verdict().rules.keys()));
        }
    }
    assert!(silent.is_empty(), "{} are silent\n{}", silent.len(), silent.join("\n"));
}

/// The registrations of this test with their verdicts.
fn known() -> &'static [(Case, Verdict)] {
    static KNOWN: OnceLock<Vec<(Case, Verdict)>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let judged = cases().into_iter().map(|case| {
            let verdict = case.verdict();
            (case, verdict)
        });
        judged.collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rewritings_together_do_not_matter(
        which in 0..known().len(),
        name in 0..NAMES.len(),
        phrases in prop::collection::vec(any::<prop::sample::Index>(), phrases::SAME.len()),
        words in prop::collection::vec(0..words::REWRITES.len(), 0..3),
        layout in prop::option::of(0..words::LAYOUTS.len()),
        tags in prop::option::of(0..html::REWRITES.len()),
        width in 50..140usize,
        style in 0..4usize,
    ) {
        let (original, before) = &known()[which];
        let mut case = original.clone();
        let mut done = Vec::new();
        if !original.is_shipped() {
            for (group, phrase) in phrases::SAME.iter().zip(&phrases) {
                let phrase = phrase.get(group);
                if phrase.starts_with("Larkspur") {
                    continue; // the name of this registration alone
                }
                if let Some(rephrased) = case.rephrased(group[0], phrase) {
                    case = rephrased;
                    done.push(*phrase);
                }
            }
        }
        let (display, legal) = NAMES[name];
        if !display.contains(".example") {
            case = case.renamed(display, legal);
            done.push(display);
        }
        if let Some(layout) = layout {
            let (name, lay_out) = words::LAYOUTS[layout];
            case = case.with_prose(|field, text| if field == "message_flow" { lay_out(text) } else { text.to_owned() });
            done.push(name);
        }
        for number in words {
            let (name, rewrite) = words::REWRITES[number];
            case = case.with_words(rewrite);
            done.push(name);
        }
        if let Some(tags) = tags {
            case = case.with_pages(html::REWRITES[tags].1);
            done.push(html::REWRITES[tags].0);
        }
        let style = [Style::Double, Style::Single, Style::Folded(width), Style::Literal(width)][style];
        let after = case.verdict_in(style);
        // What grows too long has another fault.
        prop_assume!(!after.rules.contains_key("campaign/field-too-long"));
        prop_assert!(before == &after, "{} with {done:?} in {style:?}: {}", case.name, before.difference(&after));
    }
}
