//! Reads everything under `rules/` once, when the program is built, so that no YAML is parsed when it starts.
//!
//! In `OUT_DIR` come to lie: `registry/NAME.json` for each `rules/registry/NAME.yaml`, `providers.json` (a map by file name),
//! `vocabulary.json` and `rules.json` (a map from rule id to rule).

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn main() {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let rules = Path::new("rules");

    fs::create_dir_all(out.join("registry")).expect("OUT_DIR is writable");
    for (name, value) in folder(&rules.join("registry")) {
        write(&out.join("registry").join(format!("{name}.json")), &value);
    }
    write(&out.join("providers.json"), &folder(&rules.join("providers")));
    write(&out.join("vocabulary.json"), &read(&rules.join("vocabulary.yaml")));

    let mut by_id = BTreeMap::new();
    for category in subfolders(rules) {
        for (name, value) in folder(&rules.join(&category)) {
            by_id.insert(format!("{category}/{name}"), value);
        }
    }
    write(&out.join("rules.json"), &by_id);
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
    names.filter(|name| name != "registry" && name != "providers").collect()
}

fn entries(path: &Path) -> Vec<PathBuf> {
    let Ok(listing) = fs::read_dir(path) else { return Vec::new() };
    let mut entries: Vec<PathBuf> = listing.map(|entry| entry.expect("the folder is readable").path()).collect();
    entries.sort();
    entries
}

fn read(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn write<T: serde::Serialize>(path: &Path, value: &T) {
    let json = serde_json::to_string(value).expect("YAML without tags is JSON");
    fs::write(path, json).expect("OUT_DIR is writable");
}
