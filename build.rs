//! Reads everything under `rules/` once, when the program is built, so that no YAML is parsed when it starts.
//!
//! In `OUT_DIR` come to lie: `registry/NAME.json` for each `rules/registry/NAME.yaml`, `providers.json` (a map by file name),
//! `vocabulary.json`, `rules.json` (a map from rule id to rule, without what only people read), `rule-texts.json` (that rest)
//! and `branches.json` (for each token of a rule its branches, with the words without which each cannot match).

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

#[allow(dead_code)]
#[path = "src/rule/format.rs"]
mod format;
#[path = "src/rule/literal.rs"]
mod literal;
#[allow(dead_code)]
#[path = "src/rule/vocabulary.rs"]
mod vocabulary;

use format::RuleFile;
use vocabulary::Vocabulary;

fn main() {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=build.rs");
    // `src/rule/format.rs` derives its JSON Schema in the program, where schemars is, and not here.
    println!("cargo::rustc-cfg=json_schema");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let rules = Path::new("rules");

    fs::create_dir_all(out.join("registry")).expect("OUT_DIR is writable");
    for (name, value) in folder(&rules.join("registry")) {
        write(&out.join("registry").join(format!("{name}.json")), &value);
    }
    write(&out.join("providers.json"), &folder(&rules.join("providers")));
    let names: BTreeMap<String, String> = parse(&rules.join("vocabulary.yaml"));
    write(&out.join("vocabulary.json"), &names);

    let mut by_id: BTreeMap<String, Value> = BTreeMap::new();
    let mut texts: BTreeMap<String, Value> = BTreeMap::new();
    let mut branches: BTreeMap<String, Vec<literal::Branch>> = BTreeMap::new();
    let vocabulary = Vocabulary::new(names);
    for category in subfolders(rules) {
        for (name, value) in folder(&rules.join(&category)) {
            let id = format!("{category}/{name}");
            note_branches(&id, &value, &vocabulary, &mut branches);
            let (lean, text) = split(value);
            by_id.insert(id.clone(), lean);
            texts.insert(id, text);
        }
    }
    write(&out.join("rules.json"), &by_id);
    write(&out.join("rule-texts.json"), &texts);
    write(&out.join("branches.json"), &branches);
}

/// Reads the rule as the program will, and notes the branches of each of its tokens.
fn note_branches(
    id: &str,
    value: &Value,
    vocabulary: &Vocabulary,
    branches: &mut BTreeMap<String, Vec<literal::Branch>>,
) {
    let rule: RuleFile =
        serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("rules/{id}.yaml: {error}"));
    for token in rule.patterns().into_iter().flat_map(format::PatternSpec::tokens) {
        let expanded = vocabulary.expand(token).unwrap_or_else(|error| panic!("rules/{id}.yaml: {error}"));
        if !expanded.contains("{{") {
            branches.entry(token.clone()).or_insert_with(|| literal::branches(&expanded));
        }
    }
}

/// What a run needs of a rule, and what only people read.
fn split(rule: Value) -> (Value, Value) {
    let Value::Object(mut lean) = rule else { unreachable!("a rule is a mapping") };
    let mut text = serde_json::Map::new();
    for key in ["why", "sources", "examples"] {
        if let Some(value) = lean.remove(key) {
            text.insert(key.to_owned(), value);
        }
    }
    (Value::Object(lean), Value::Object(text))
}

/// The YAML files of a folder by name without extension.
fn folder(path: &Path) -> BTreeMap<String, Value> {
    let mut files = BTreeMap::new();
    for file in entries(path) {
        if file.extension().is_some_and(|extension| extension == "yaml") {
            let name = file.file_stem().expect("a file has a name").to_string_lossy().into_owned();
            files.insert(name, read(&file));
        }
    }
    files
}

/// The folders of rules: all but the registry and the providers.
fn subfolders(path: &Path) -> Vec<String> {
    let folders = entries(path).into_iter().filter(|entry| entry.is_dir());
    let names = folders.map(|entry| entry.file_name().expect("a folder has a name").to_string_lossy().into_owned());
    names.filter(|name| !["registry", "providers"].contains(&name.as_str())).collect()
}

fn entries(path: &Path) -> Vec<PathBuf> {
    let Ok(listing) = fs::read_dir(path) else { return Vec::new() };
    let mut entries: Vec<PathBuf> = listing.map(|entry| entry.expect("the folder is readable").path()).collect();
    entries.sort();
    entries
}

fn read(path: &Path) -> Value {
    parse(path)
}

fn parse<T: serde::de::DeserializeOwned>(path: &Path) -> T {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn write<T: serde::Serialize>(path: &Path, value: &T) {
    let json = serde_json::to_string(value).expect("YAML without tags is JSON");
    fs::write(path, json).expect("OUT_DIR is writable");
}
