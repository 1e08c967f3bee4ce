//! What a rule gives to paste must itself be sound: filled with the values of the example registration and put where it belongs, it
//! raises no finding that the registration did not have before.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use tcr_lint::evaluate::evaluate;
use tcr_lint::evidence::{Evidence, PageReading, Pages, Role, page_role};
use tcr_lint::page::Page;
use tcr_lint::registration::{self, Registration};
use tcr_lint::rule::fill::Values;
use tcr_lint::rule::{Rule, RuleSet};
use tcr_lint::text::{Source, Sources};
use url::Url;

const REGISTRATION: &str = include_str!("../rules/registry/example-registration.yaml");
const SITE: [(Role, &str, &str); 4] = [
    (Role::Home, "", include_str!("../examples/clinic-ready/site/index.html")),
    (Role::OptIn, "new-patient", include_str!("../examples/clinic-ready/site/new-patient.html")),
    (Role::Privacy, "privacy", include_str!("../examples/clinic-ready/site/privacy.html")),
    (Role::Terms, "terms", include_str!("../examples/clinic-ready/site/text-terms.html")),
];

/// Fields that hold one message or description, which a paste that begins with the brand replaces.
const WHOLE: [&str; 5] = [
    "campaign.description",
    "campaign.sample_messages",
    "campaign.opt_in_message",
    "campaign.opt_out_message",
    "campaign.help_message",
];
/// Fields of running text, which any other paste is added to.
const TEXT: [&str; 6] = [
    "campaign.description",
    "campaign.message_flow",
    "campaign.sample_messages",
    "campaign.opt_in_message",
    "campaign.opt_out_message",
    "campaign.help_message",
];

#[test]
fn every_paste_is_sound() {
    let rules = RuleSet::embedded().unwrap();
    let sound: Value = serde_yaml::from_str(REGISTRATION).unwrap();
    let mut promoting = sound.clone();
    promoting["campaign"]["use_case"] = json!("LOW_VOLUME");
    promoting["campaign"]["sub_use_cases"] = json!(["CUSTOMER_CARE", "MARKETING"]);
    let before = [&sound, &promoting].map(|manifest| findings(&rules, manifest, None));
    let mut faults = Vec::new();
    let mut tried = 0;
    for rule in rules.iter() {
        let Some(paste) = rule.file.paste.as_deref().filter(|paste| !is_exempt(paste)) else { continue };
        tried += 1;
        let is_promoting = paste.contains("receive marketing");
        let after = pasted(&rules, rule, paste, if is_promoting { &promoting } else { &sound });
        let new: Vec<&String> = after.difference(&before[usize::from(is_promoting)]).collect();
        if !new.is_empty() {
            faults.push(format!("{}: {paste:?} raises {new:?}", rule.id));
        }
    }
    assert!(tried > 100, "only {tried} pastes were tried");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// True for a line of YAML and for HTML, which are no text of a field.
fn is_exempt(paste: &str) -> bool {
    let key = paste.split_once(": ").map_or("", |(key, _)| key);
    let is_yaml = !key.is_empty() && key.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_');
    is_yaml || paste.starts_with('<')
}

/// What is found once the paste stands where it belongs.
fn pasted(rules: &RuleSet, rule: &Rule, paste: &str, sound: &Value) -> BTreeSet<String> {
    let subject = rule.file.subjects[0].as_str();
    let text = filled(paste, sound);
    if let Some(role) = page_role(subject) {
        return findings(rules, sound, Some((role, &text)));
    }
    let mut manifest = sound.clone();
    let (section, field) = subject.split_once('.').unwrap();
    let place = &mut manifest[section][field];
    if WHOLE.contains(&subject) && paste.starts_with("{{brand}}") || !TEXT.contains(&subject) {
        put(place, &text);
    } else {
        let old = if place.is_array() { place[0].clone() } else { place.clone() };
        put(place, &format!("{} {text}", old.as_str().unwrap().trim()));
    }
    let links = text.contains("https://") && subject == "campaign.sample_messages";
    let phones = text.contains("+1") && subject == "campaign.sample_messages";
    manifest["campaign"]["embedded_link"] = json!(links);
    manifest["campaign"]["embedded_phone"] = json!(phones);
    findings(rules, &manifest, None)
}

/// The first entry of a list of messages, a list of words, or the field itself.
fn put(place: &mut Value, text: &str) {
    let text = text.trim_matches('"');
    match place {
        Value::Array(messages) if messages.len() > 1 => messages[0] = json!(text),
        Value::Array(_) => *place = text.split(", ").collect(),
        _ => *place = json!(text),
    }
}

fn filled(paste: &str, sound: &Value) -> String {
    let mut sources = Sources::default();
    let registration = load(sound, &mut sources);
    let brand = |field: &str| sound["brand"][field].as_str().unwrap_or_default().to_owned();
    let found = [("legal", "legal_name"), ("display", "display_name")];
    let found: BTreeMap<String, String> =
        found.into_iter().map(|(name, field)| (name.to_owned(), brand(field))).collect();
    Values::new(&registration).fill_text(paste, &found)
}

fn load(manifest: &Value, sources: &mut Sources) -> Registration {
    let text = serde_yaml::to_string(manifest).unwrap();
    let source = sources.add(Source { name: "campaign.yaml".to_owned(), text, is_page: false });
    registration::load(source, sources).unwrap().remove(0)
}

/// The rules that find something, with the site of the ready example under the name of this registration; one page has words added.
fn findings(rules: &RuleSet, manifest: &Value, added: Option<(Role, &str)>) -> BTreeSet<String> {
    let mut sources = Sources::default();
    let registration = load(manifest, &mut sources);
    let mut pages = Pages::default();
    for (role, path, html) in SITE {
        let html = html.replace("Juniper Hollow", "Cedar Grove").replace("juniperhollow", "cedargrove");
        let html = html.replace("(512) 387-0146", "(512) 555-0123").replace("text-terms", "terms");
        let words = added.filter(|(of, _)| *of == role).map_or("", |(_, words)| words);
        let html = html.replace("</main>", &format!("<p>{}</p></main>", words.replace('\n', "</p><p>")));
        assert!(html.contains(words), "{path} has no </main>");
        let url = Url::parse(&format!("https://cedargrove.example/{path}")).unwrap();
        let page = Page::read(&html, Some(&url), role.name(), &mut sources);
        pages.by_role.insert(role, PageReading::Read(Box::new(page)));
    }
    let evaluation = evaluate(rules, Evidence { registration: &registration, pages: &pages }, None);
    evaluation.findings.iter().map(|finding| finding.rule.clone()).collect()
}
