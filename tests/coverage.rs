//! Every reason that a program can check has a rule, and every code that has such a reason is found by one.
//!
//! `cargo test --test coverage -- --nocapture` prints the table.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::collections::BTreeSet;

use tcr_lint::coverage::{Cover, Coverage, unforeseen};
use tcr_lint::docs::rejections::table;
use tcr_lint::explain::Knowledge;
use tcr_lint::rule::RuleSet;

fn knowledge() -> Knowledge {
    Knowledge::new(RuleSet::embedded().unwrap()).unwrap()
}

#[test]
fn every_reason_that_a_program_can_check_has_a_rule() {
    let knowledge = knowledge();
    let named: BTreeSet<&String> = knowledge.rules.iter().flat_map(|rule| &rule.file.reasons).collect();
    let checkable: Vec<&String> =
        knowledge.reasons.iter().filter(|reason| reason.is_checkable()).map(|reason| &reason.id).collect();
    let missing: Vec<_> = checkable.iter().filter(|id| !named.contains(*id)).collect();
    println!("{} of {} checkable reasons have a rule", checkable.len() - missing.len(), checkable.len());
    assert!(missing.is_empty(), "no rule names {missing:?}");
}

#[test]
fn every_code_that_a_program_can_foresee_is_found_by_a_rule() {
    let knowledge = knowledge();
    let coverage = Coverage::new(&knowledge).unwrap();
    println!("{}", table(&knowledge, &coverage));
    let mut open = Vec::new();
    for (provider, list) in &knowledge.providers {
        let codes = list.codes.iter().filter(|code| coverage.cover(provider, code) == Cover::Open);
        open.extend(codes.map(|code| format!("{provider}:{} ({})", code.code, code.reasons.join(", "))));
    }
    assert!(open.is_empty(), "{} codes are found by no rule:\n{}", open.len(), open.join("\n"));
}

#[test]
fn a_code_that_no_rule_can_foresee_is_known_and_found_by_none() {
    let knowledge = knowledge();
    for entry in unforeseen().unwrap() {
        let found = tcr_lint::provider::meanings(&knowledge.providers, &entry.code);
        let [(_, code)] = found.as_slice() else { panic!("{}: {} codes", entry.code, found.len()) };
        let checkable = |id: &String| knowledge.reasons.iter().any(|reason| reason.id == *id && reason.is_checkable());
        assert!(code.reasons.iter().any(checkable), "{}: its reasons say already why", entry.code);
        let brings = |rejections: &[String]| rejections.contains(&entry.code);
        let rules: Vec<_> =
            knowledge.rules.iter().filter(|rule| brings(&rule.file.rejections)).map(|rule| &rule.id).collect();
        assert!(rules.is_empty(), "{}: {rules:?} find it", entry.code);
        assert!(entry.why.ends_with('.') && entry.why.len() <= 200, "{}: {}", entry.code, entry.why);
    }
}

#[test]
fn a_code_that_no_program_can_foresee_says_why() {
    let knowledge = knowledge();
    let coverage = Coverage::new(&knowledge).unwrap();
    for (provider, list) in &knowledge.providers {
        for code in &list.codes {
            if let Cover::Never(why) = coverage.cover(provider, code) {
                assert!(!why.is_empty(), "{provider}:{}", code.code);
            }
        }
    }
}
