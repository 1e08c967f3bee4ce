//! The pages of the rules in Markdown, one a rule and an index, and those of the codes.

pub mod rejections;

use std::collections::BTreeMap;
use std::path::Path;

use crate::error::Error;
use crate::explain::rule::{conditions, example_text};
use crate::explain::{Knowledge, with_placeholders};
use crate::rule::{Rule, RuleTexts};

/// Every page by its path under the docs folder.
///
/// # Errors
/// Never with a sound build.
pub fn pages(knowledge: &Knowledge) -> Result<BTreeMap<String, String>, Error> {
    let mut pages = BTreeMap::new();
    for rule in knowledge.rules.iter() {
        let texts = knowledge.rules.texts(&rule.id)?;
        pages.insert(format!("{}.md", rule.id), page(knowledge, rule, &texts));
    }
    pages.insert("README.md".to_owned(), index(knowledge));
    Ok(pages)
}

/// Writes these pages below `folder`; gives how many.
///
/// # Errors
/// When a file cannot be written.
pub fn write(pages: &BTreeMap<String, String>, folder: &Path) -> Result<usize, Error> {
    for (name, text) in pages {
        let path = folder.join(name);
        let unwritable = |error: std::io::Error| Error::new(format!("cannot write {}: {error}", path.display()));
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(unwritable)?;
        }
        std::fs::write(&path, text).map_err(unwritable)?;
    }
    Ok(pages.len())
}

fn index(knowledge: &Knowledge) -> String {
    let mut out = String::from("# Rules\n\nWritten by `tcr-lint rules docs`; edit the files in `rules/`.\n");
    let mut category = "";
    for rule in knowledge.rules.iter() {
        if rule.category() != category {
            category = rule.category();
            out.push_str(&format!("\n## {category}\n\n| Rule | Fault | Severity |\n|---|---|---|\n"));
        }
        let title = escape(&with_placeholders(&rule.file.title));
        out.push_str(&format!("| [{0}]({0}.md) | {title} | {1} |\n", rule.id, rule.file.severity.name()));
    }
    out
}

fn page(knowledge: &Knowledge, rule: &Rule, texts: &RuleTexts) -> String {
    let file = &rule.file;
    let mut out = format!("# {}\n\n**{}**\n\n", rule.id, escape(&with_placeholders(&file.title)));
    let differing: String =
        file.severity_at.iter().map(|(provider, severity)| format!(", {} at {provider}", severity.name())).collect();
    let subjects: Vec<String> = file.subjects.iter().map(|subject| format!("`{subject}`")).collect();
    out.push_str(&format!(
        "Severity: {}{differing}. Confidence: {}. Reads {}.\n\n",
        file.severity.name(),
        file.confidence.name(),
        subjects.join(", ")
    ));
    for condition in conditions(rule) {
        out.push_str(&format!("Only where {}.\n\n", escape(&condition)));
    }
    out.push_str(&format!("{}\n\n## What to do\n\n", escape(texts.why.trim())));
    out.push_str(&format!("{}\n\n", escape(&with_placeholders(&file.help))));
    if let Some(paste) = &file.paste {
        out.push_str(&fenced(&with_placeholders(paste.trim_end())));
    }
    let examples = [("Rejected", &texts.examples.fail), ("Fine", &texts.examples.pass)];
    for (title, examples) in examples {
        let shown: Vec<String> = examples.iter().filter_map(example_text).take(3).collect();
        if !shown.is_empty() {
            out.push_str(&format!("## {title}\n\n"));
            shown.iter().for_each(|text| out.push_str(&fenced(text)));
        }
    }
    out.push_str(&lists(knowledge, rule, texts));
    out
}

fn lists(knowledge: &Knowledge, rule: &Rule, texts: &RuleTexts) -> String {
    let mut out = String::new();
    let reasons = rule.file.reasons.iter().map(|id| format!("- `{id}`: {}", knowledge.reason_title(id)));
    let codes = rule.file.rejections.iter().map(|code| match knowledge.code_title(code) {
        Some(title) => format!("- `{code}`: {title}"),
        None => format!("- `{code}`"),
    });
    let sources = texts.sources.iter().map(|source| format!("- {}, read {}", source.url, source.read));
    for (title, lines) in [
        ("Reasons for rejection", reasons.collect::<Vec<_>>()),
        ("Codes", codes.collect()),
        ("Sources", sources.collect()),
    ] {
        if !lines.is_empty() {
            out.push_str(&format!("## {title}\n\n{}\n\n", lines.join("\n")));
        }
    }
    format!("{}\n", out.trim_end())
}

/// A block of text as it is, in a fence longer than any in it.
fn fenced(text: &str) -> String {
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{}\n{fence}\n\n", text.trim_end())
}

/// Markdown's own characters as text.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        if matches!(character, '*' | '_' | '[' | ']' | '<' | '>' | '|' | '`' | '\\' | '#') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}
