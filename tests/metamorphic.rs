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
    for case in cases() {
        let before = case.verdict();
        for (display, legal) in NAMES {
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
    for case in cases() {
        let before = case.verdict();
        for group in phrases::SAME {
            for phrase in &group[1..] {
                let Some(rephrased) = case.rephrased(group[0], phrase) else { break };
                if !shipped(&case) || !phrase.contains(|letter: char| letter.is_ascii_digit()) {
                    changes.compare(&case, phrase, &before, &rephrased.verdict());
                }
            }
        }
    }
    changes.assert_none();
}

/// True for the examples that say in other words too how often texts come.
fn shipped(case: &Case) -> bool {
    ["answers-only", "clinic-ready", "clinic-rejected", "non-profit"].contains(&case.name.as_str())
}
