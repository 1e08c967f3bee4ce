//! Every rule is a test: its examples run, none of its patterns is idle, its codes and reasons exist.

use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};
use tcr_lint::provider;
use tcr_lint::rule::{RuleSet, example};

fn main() {
    let rules = Arc::new(RuleSet::embedded().expect("the rules are sound"));
    let known = Arc::new(provider::Known::load().expect("the code lists are sound"));
    let mut trials: Vec<Trial> = Vec::new();
    for id in rules.iter().map(|rule| rule.id.clone()).collect::<Vec<_>>() {
        let (rules, known) = (Arc::clone(&rules), Arc::clone(&known));
        trials.push(Trial::test(id.clone(), move || {
            let rule = rules.find(&id).expect("the rule is there");
            let faults = example::faults(&rules, rule, &known);
            if faults.is_empty() { Ok(()) } else { Err(Failed::from(faults.join("\n"))) }
        }));
    }
    trials.push(Trial::test("every token is a regular expression", move || {
        rules.tokens().compile_all().map_err(Failed::from)
    }));
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}
