//! What is written from the rules is current, and the rules are what their schema says.
//!
//! `UPDATE=1 cargo test --test generated` writes the pages anew.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;
use tcr_lint::docs;
use tcr_lint::explain::Knowledge;
use tcr_lint::rule::{RuleFile, RuleSet};

#[test]
fn the_pages_of_the_rules_are_current() {
    let knowledge = Knowledge::new(RuleSet::embedded().unwrap()).unwrap();
    are_current("docs/rules", docs::pages(&knowledge).unwrap());
}

#[test]
fn the_pages_of_the_codes_are_current() {
    let knowledge = Knowledge::new(RuleSet::embedded().unwrap()).unwrap();
    are_current("docs/rejections", docs::rejections::pages(&knowledge).unwrap());
}

fn are_current(folder: &str, wanted: BTreeMap<String, String>) {
    let folder = Path::new(folder);
    if std::env::var_os("UPDATE").is_some() {
        let _ = fs::remove_dir_all(folder);
        docs::write(&wanted, folder).unwrap();
    }
    let mut written = BTreeMap::new();
    read(folder, folder, &mut written);
    let names = |pages: &BTreeMap<String, String>| pages.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&written), names(&wanted), "run UPDATE=1 cargo test --test generated");
    for (name, text) in wanted {
        assert!(written[&name] == text, "{}/{name} is old: run UPDATE=1 cargo test --test generated", folder.display());
    }
}

#[test]
fn the_page_of_the_fields_is_current() {
    let page = tcr_lint::registration::schema::fields_page();
    if std::env::var_os("UPDATE").is_some() {
        fs::write("docs/fields.md", &page).unwrap();
    }
    let written = fs::read_to_string("docs/fields.md").unwrap_or_default();
    assert!(written == page, "docs/fields.md is old: run UPDATE=1 cargo test --test generated");
}

#[test]
fn every_rule_follows_the_schema_of_rules() {
    let schema = schemars::schema_for!(RuleFile).to_value();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut files = BTreeMap::new();
    for category in RuleSet::embedded().unwrap().iter().map(|rule| rule.category().to_owned()) {
        let folder = Path::new("rules").join(category);
        read(&folder, &folder, &mut files);
    }
    for (name, text) in files {
        let rule: Value = serde_yaml::from_str(&text).unwrap();
        let faults: Vec<String> = validator.iter_errors(&rule).map(|fault| fault.to_string()).collect();
        assert_eq!(faults, Vec::<String>::new(), "{name}");
    }
    assert!(!validator.is_valid(&serde_json::json!({ "title": "no check" })));
}

/// The files below a folder by their path in it.
fn read(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            files.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}
