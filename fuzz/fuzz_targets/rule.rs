#![no_main]

use std::fs;

use libfuzzer_sys::fuzz_target;
use tcr_lint::provider::Known;
use tcr_lint::rule::{RuleSet, example};

thread_local!(static KNOWN: Known = Known::load().unwrap());

fuzz_target!(|text: &str| {
    let folder = std::env::temp_dir().join(format!("tcr-lint-fuzz-{}", std::process::id()));
    let file = folder.join("samples/own.yaml");
    fs::create_dir_all(folder.join("samples")).unwrap();
    fs::write(&file, text).unwrap();
    let mut rules = RuleSet::embedded().unwrap();
    if rules.overlay(&folder).is_ok()
        && let Some(rule) = rules.find("samples/own")
    {
        let _ = KNOWN.with(|known| example::faults(&rules, rule, known));
    }
});
