//! Rules: what we know of the field, as data.

pub mod address;
pub mod brand;
pub mod builtin;
pub mod check;
pub mod example;
pub mod fill;
pub mod format;
pub mod literal;
pub mod pattern;
pub mod token;
pub mod vocabulary;
pub mod word_list;

use std::collections::BTreeMap;
use std::path::Path;

pub use format::{Confidence, RuleFile, RuleTexts, Severity};
use token::Tokens;
use vocabulary::Vocabulary;

use crate::error::Error;

/// A rule with its id.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its path under `rules/` without extension, such as `samples/opt-out-missing`.
    pub id: String,
    /// What its file says.
    pub file: RuleFile,
}

impl Rule {
    /// The folder it is in, such as `samples`.
    pub fn category(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }

    /// How bad its finding is for the reviewers of a provider.
    pub fn severity(&self, provider: Option<&str>) -> Severity {
        provider.and_then(|name| self.file.severity_at.get(name)).copied().unwrap_or(self.file.severity)
    }
}

/// Every rule of a run.
#[derive(Debug)]
pub struct RuleSet {
    rules: Vec<Rule>,
    texts: BTreeMap<String, RuleTexts>,
    tokens: Tokens,
}

impl RuleSet {
    /// The rules that are built into the program.
    ///
    /// # Errors
    /// Never with a program that was built from a sound `rules/`; the build checks the files.
    pub fn embedded() -> Result<Self, Error> {
        let broken = |error: serde_json::Error| Error::new(format!("the built-in rules are damaged: {error}"));
        let files: BTreeMap<String, RuleFile> =
            serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/rules.json"))).map_err(broken)?;
        let names = serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/vocabulary.json"))).map_err(broken)?;
        let branches =
            serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/branches.json"))).map_err(broken)?;
        let rules: Vec<Rule> = files.into_iter().map(|(id, file)| Rule { id, file }).collect();
        let patterns = rules.iter().flat_map(|rule| rule.file.patterns());
        let tokens = Tokens::new(Vocabulary::new(names), patterns, branches).map_err(Error::new)?;
        Ok(Self { rules, texts: BTreeMap::new(), tokens })
    }

    /// Adds the rules of a folder of the shape of `rules/`; those with a known id replace it. Returns one entry for each.
    ///
    /// # Errors
    /// When a file in the folder is not what its place says.
    pub fn overlay(&mut self, folder: &Path) -> Result<Vec<Overlaid>, Error> {
        let (names, files) = read_folder(folder)?;
        let mut notes = Vec::new();
        for (id, mut file) in files {
            let texts = RuleTexts {
                why: std::mem::take(&mut file.why),
                sources: std::mem::take(&mut file.sources),
                examples: std::mem::take(&mut file.examples),
            };
            self.texts.insert(id.clone(), texts);
            let rule = Rule { id: id.clone(), file };
            match self.rules.iter_mut().find(|known| known.id == id) {
                Some(known) => {
                    notes.push(Overlaid { id, replaced: true });
                    *known = rule;
                }
                None => {
                    notes.push(Overlaid { id, replaced: false });
                    self.rules.push(rule);
                }
            }
        }
        self.rules.sort_by(|a, b| a.id.cmp(&b.id));
        let mut vocabulary = self.tokens.vocabulary().clone();
        vocabulary.extend(names);
        let patterns = self.rules.iter().flat_map(|rule| rule.file.patterns());
        self.tokens = Tokens::new(vocabulary, patterns, BTreeMap::new()).map_err(Error::new)?;
        Ok(notes)
    }

    /// Every rule, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter()
    }

    /// The rule of that id.
    pub fn find(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// How many rules there are.
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// True where there is no rule at all.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// The tokens of all rules.
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// Why reviewers mind, the sources and the examples of a rule.
    ///
    /// # Errors
    /// Never with a sound build.
    pub fn texts(&self, id: &str) -> Result<RuleTexts, Error> {
        if let Some(texts) = self.texts.get(id) {
            return Ok(texts.clone());
        }
        let json = include_str!(concat!(env!("OUT_DIR"), "/rule-texts.json"));
        let mut all: BTreeMap<String, RuleTexts> = serde_json::from_str(json)
            .map_err(|error| Error::new(format!("the built-in rules are damaged: {error}")))?;
        Ok(all.remove(id).unwrap_or_default())
    }
}

/// A rule that came from a folder of the user's.
#[derive(Debug, Clone)]
pub struct Overlaid {
    /// Its id.
    pub id: String,
    /// There was a built-in rule of that id.
    pub replaced: bool,
}

type RuleFolder = (BTreeMap<String, String>, BTreeMap<String, RuleFile>);

/// The vocabulary and the rules of a folder.
fn read_folder(folder: &Path) -> Result<RuleFolder, Error> {
    let mut names = BTreeMap::new();
    let mut files = BTreeMap::new();
    for entry in listing(folder)? {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if entry.is_dir() {
            for file in listing(&entry)? {
                let rule = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                if file.extension().is_none_or(|extension| extension != "yaml") {
                    return Err(Error::new(format!("{} is no rule file", file.display()))
                        .help("keep only rule files named `fault.yaml` in the folders of a rules folder"));
                }
                files.insert(format!("{name}/{rule}"), read_yaml(&file)?);
            }
        } else if name == "vocabulary.yaml" {
            names = read_yaml(&entry)?;
        } else {
            return Err(Error::new(format!("{} has no place in a rules folder", entry.display()))
                .help("put rules into a folder such as `samples/`, and shared tokens into `vocabulary.yaml`"));
        }
    }
    Ok((names, files))
}

fn listing(folder: &Path) -> Result<Vec<std::path::PathBuf>, Error> {
    let unreadable = |error: std::io::Error| Error::new(format!("cannot read {}: {error}", folder.display()));
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        entries.push(entry.map_err(unreadable)?.path());
    }
    entries.sort();
    Ok(entries)
}

fn read_yaml<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Error> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Error::new(format!("cannot read {}: {error}", path.display())))?;
    let damaged = |message: String, place: Option<usize>| {
        let error = Error::new(format!("{} is not a sound rule file: {message}", path.display()));
        match place {
            Some(at) => error.at(path.display().to_string(), text.clone(), at.min(text.len())..at.min(text.len())),
            None => error,
        }
    };
    let value: serde_json::Value = serde_yaml::from_str(&text)
        .map_err(|error| damaged(error.to_string(), error.location().map(|location| location.index())))?;
    serde_json::from_value(value).map_err(|error| damaged(error.to_string(), None))
}
