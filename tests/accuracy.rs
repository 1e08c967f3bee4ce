//! The labelled cases of `tests/corpus`: what is found of what must be found, and how much of what is found is right.
//!
//! `cargo test --test accuracy -- --nocapture` prints the figures and every wrong verdict.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use tcr_lint::collect::CollectOptions;
use tcr_lint::evidence::Role;
use tcr_lint::judge::Judge;
use tcr_lint::provider;
use tcr_lint::report::Checked;
use tcr_lint::rule::{RuleSet, Severity};

/// What an expert says of a case.
#[derive(Deserialize)]
struct Labels {
    present: BTreeSet<String>,
    absent: BTreeSet<String>,
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    completeness: String,
    #[serde(default)]
    doc: String,
    #[serde(default)]
    brand: Option<String>,
    #[serde(default)]
    legal_name: Option<String>,
    #[serde(default)]
    host: Option<String>,
}

/// How many verdicts were right and wrong.
#[derive(Default, Clone, Copy)]
struct Count {
    hit: usize,
    miss: usize,
    wrong: usize,
    clear: usize,
}

impl Count {
    fn recall(self) -> f64 {
        self.hit as f64 / (self.hit + self.miss).max(1) as f64
    }

    fn precision(self) -> f64 {
        self.hit as f64 / (self.hit + self.wrong).max(1) as f64
    }
}

/// The verdicts of one kind of cases.
#[derive(Default)]
struct Tally {
    all: Count,
    by_reason: BTreeMap<String, Count>,
    wrong: String,
}

impl Tally {
    fn add(&mut self, name: &str, labels: &Labels, raised: &BTreeSet<String>, aggregates: &BTreeSet<String>) {
        for reason in labels.present.union(&labels.absent) {
            let mut count = Count::default();
            match (labels.present.contains(reason), raised.contains(reason)) {
                (true, true) => count.hit = 1,
                (true, false) => count.miss = 1,
                (false, true) if aggregates.contains(reason) => continue,
                (false, true) => count.wrong = 1,
                (false, false) => count.clear = 1,
            }
            if count.miss + count.wrong > 0 {
                let what = if count.miss > 0 { "missed" } else { "false alarm" };
                let _ = writeln!(self.wrong, "  {name}: {reason} {what}");
            }
            for sum in [&mut self.all, self.by_reason.entry(reason.clone()).or_default()] {
                sum.hit += count.hit;
                sum.miss += count.miss;
                sum.wrong += count.wrong;
                sum.clear += count.clear;
            }
        }
    }

    fn print(&self, kind: &str) {
        let Count { hit, miss, wrong, clear } = self.all;
        println!(
            "{kind}: recall {:.3} ({hit} of {}), precision {:.3} ({wrong} false alarms), {clear} rightly silent",
            self.all.recall(),
            hit + miss,
            self.all.precision()
        );
        print!("{}", self.wrong);
    }
}

fn options(site: Option<PathBuf>, pages: BTreeMap<Role, PathBuf>) -> CollectOptions {
    CollectOptions {
        offline: true,
        pages,
        site_dir: site,
        resolve: Vec::new(),
        cacert: Vec::new(),
        allow_private: false,
        timeout: Duration::from_secs(1),
    }
}

fn folders(kind: &str) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(Path::new("tests/corpus").join(kind)).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

fn labels(folder: &Path) -> Labels {
    serde_json::from_str(&fs::read_to_string(folder.join("labels.json")).unwrap()).unwrap()
}

fn judged(manifest: &Path, options: CollectOptions) -> Checked {
    let rules = (RuleSet::embedded().unwrap(), Vec::new());
    let mut judge = Judge::new(rules, None, options).unwrap();
    judge.manifest(manifest).unwrap().checked.swap_remove(0)
}

fn raised(checked: &Checked) -> BTreeSet<String> {
    let findings = checked.evaluation.findings.iter().filter(|finding| finding.severity > Severity::Advice);
    findings.flat_map(|finding| finding.reasons.iter().cloned()).collect()
}

fn aggregates() -> BTreeSet<String> {
    let reasons = provider::reasons().unwrap();
    reasons.into_iter().filter(|reason| !reason.parts.is_empty()).map(|reason| reason.id).collect()
}

/// Holds the floor: the bar that the rulebook must not fall below.
fn hold(kind: &str, tally: &Tally) {
    tally.print(kind);
    assert!(tally.all.recall() >= 0.95, "{kind}: too much is missed\n{}", tally.wrong);
    assert!(tally.all.precision() >= 0.97, "{kind}: too many false alarms\n{}", tally.wrong);
}

#[test]
fn cases() {
    let (mut tally, aggregates) = (Tally::default(), aggregates());
    let mut severe = String::new();
    for folder in folders("cases") {
        let files = [(Role::Privacy, "privacy.txt"), (Role::Terms, "terms.txt"), (Role::OptIn, "optin.txt")];
        let given = files.map(|(role, file)| (role, folder.join(file))).into_iter().filter(|(_, file)| file.exists());
        let checked = judged(&folder.join("campaign.yaml"), options(None, given.collect()));
        let labels = labels(&folder);
        tally.add(&folder.display().to_string(), &labels, &raised(&checked), &aggregates);
        if labels.outcome == "approved" && labels.completeness == "full" {
            let errors = checked.evaluation.findings.iter().filter(|finding| finding.severity == Severity::Error);
            let unlabelled: Vec<_> = errors
                .filter(|finding| !finding.reasons.iter().any(|reason| labels.present.contains(reason)))
                .map(|finding| finding.rule.as_str())
                .collect();
            if !unlabelled.is_empty() {
                let _ = writeln!(severe, "  {}: {unlabelled:?}", folder.display());
            }
        }
    }
    hold("cases", &tally);
    assert!(severe.is_empty(), "approved as a whole, but errors of ours that no label has:\n{severe}");
}

#[test]
fn policies() {
    let (mut tally, aggregates) = (Tally::default(), aggregates());
    let scratch = tempfile::tempdir().unwrap();
    let manifest = scratch.path().join("campaign.yaml");
    for folder in folders("policies") {
        let labels = labels(&folder);
        fs::write(&manifest, clean(&labels)).unwrap();
        let role: Role = labels.doc.parse().unwrap();
        let checked = judged(&manifest, options(None, BTreeMap::from([(role, folder.join("text.txt"))])));
        tally.add(&folder.display().to_string(), &labels, &raised(&checked), &aggregates);
    }
    hold("policies", &tally);
}

/// A registration without a fault for the business whose document is judged.
fn clean(labels: &Labels) -> String {
    let brand = labels.brand.as_deref().unwrap_or("Brand");
    let legal = labels.legal_name.as_deref().or(labels.brand.as_deref()).unwrap_or("Brand LLC");
    let host = labels.host.as_deref().unwrap_or("brand.example");
    let sound = include_str!("../rules/registry/example-registration.yaml");
    let sound = sound.replace("Cedar Grove Pediatrics PLLC", legal);
    let named: String = sound.replace("cedargrove.example", host);
    let lines = named.lines().map(|line| line.replace("Cedar Grove Pediatrics", brand).replace("Cedar Grove\n", brand));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn sites() {
    let (mut tally, aggregates) = (Tally::default(), aggregates());
    for folder in folders("sites") {
        let site = Some(folder.join("site"));
        let checked = judged(&folder.join("campaign.yaml"), options(site, BTreeMap::new()));
        tally.add(&folder.display().to_string(), &labels(&folder), &raised(&checked), &aggregates);
    }
    hold("sites", &tally);
}
