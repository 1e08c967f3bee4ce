use super::*;

const SCREEN: Screen = Screen { color: false, width: 100, spoken: false };

fn knowledge() -> Knowledge {
    Knowledge::new(RuleSet::embedded().unwrap()).unwrap()
}

#[test]
fn every_rule_code_and_reason_has_an_explanation() {
    let knowledge = knowledge();
    for rule in knowledge.rules.iter() {
        assert!(knowledge.explain(&rule.id, &SCREEN).unwrap().contains("Why"), "{}", rule.id);
    }
    for reason in &knowledge.reasons {
        assert!(knowledge.explain(&reason.id, &SCREEN).unwrap().starts_with(&reason.id));
    }
    for (provider, list) in &knowledge.providers {
        for code in &list.codes {
            let name = format!("{provider}:{}", code.code);
            assert!(knowledge.explain(&name, &SCREEN).unwrap().contains(&code.code), "{name}");
        }
    }
}

#[test]
fn a_number_that_several_use_is_never_guessed() {
    let knowledge = knowledge();
    let mut seen: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (provider, list) in &knowledge.providers {
        for code in &list.codes {
            seen.entry(&code.code).or_default().push(provider);
        }
    }
    let (code, owners) = seen.into_iter().find(|(_, owners)| owners.len() > 1).unwrap();
    let text = knowledge.explain(code, &SCREEN).unwrap();
    assert!(owners.iter().all(|owner| text.contains(&format!("{owner}:{code}"))) && text.contains("Whose is it?"));
}

#[test]
fn names_that_nothing_has_are_answered_with_near_ones() {
    let knowledge = knowledge();
    for (given, near) in [
        ("samples/opt-out-mising", "samples/opt-out-missing"),
        ("opt-out-missing", "samples/opt-out-missing"),
        ("twilio:308933", "twilio:30893"),
        ("sample-no-optot", "sample-no-optout"),
    ] {
        let error = knowledge.explain(given, &SCREEN).unwrap_err();
        assert!(error.help.as_deref().unwrap().contains(near), "{given}: {:?}", error.help);
    }
    let error = knowledge.explain("\u{1b}[2Jquite something else", &SCREEN).unwrap_err();
    assert!(error.message.contains("␛[2J") && error.help.unwrap().contains("rules list"));
}

#[test]
fn placeholders_stand_for_the_users_values() {
    assert_eq!(with_placeholders("write {{brand.phone}} at {{host}} {{"), "write [phone] at [host] {{");
}

#[test]
fn the_words_of_a_rejection_lead_to_codes_and_reasons() {
    let knowledge = knowledge();
    let notice = "Message not delivered: the destination number does not support SMS messaging";
    assert!(knowledge.explain(notice, &SCREEN).unwrap().contains("no approved campaign"));
    for (given, wanted) in [
        ("sample messages do not say how to opt out", "sample-no-optout"),
        ("company name and tax number do not match", "brand-name-tax-id-mismatch"),
    ] {
        let text = knowledge.explain(given, &SCREEN).unwrap();
        assert!(text.contains(wanted), "{given}: {text}");
    }
    assert!(knowledge.explain("the weather is fine in Austin", &SCREEN).is_err());
}
