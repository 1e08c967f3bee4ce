//! The commands beside `check`: they print what there is to know.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use clap::CommandFactory;

use crate::cli::{Cli, ListFormat, RulesCommand, SchemaOf};
use crate::error::Error;
use crate::explain::Knowledge;
use crate::report::screen::Screen;
use crate::rule::{Overlaid, RuleSet};
use crate::{catalogue, docs, registration, report, rule};

/// Prints what each name means; a name that nothing has is an error, after the others are explained.
///
/// # Errors
/// When a name is unknown, or a text cannot be written.
pub fn explain(names: &[String], folder: Option<&Path>, screen: &Screen) -> Result<u8, Error> {
    let knowledge = Knowledge::new(rule_set(folder)?.0)?;
    let mut unknown = None;
    let mut texts = Vec::new();
    for name in names {
        match knowledge.explain(name, screen) {
            Ok(text) => texts.push(text),
            Err(error) => unknown = unknown.or(Some(error)),
        }
    }
    print(&texts.join("\n"))?;
    unknown.map_or(Ok(0), Err)
}

/// Lists, tests or documents the rules.
///
/// # Errors
/// When a folder of rules cannot be read, or a text cannot be written.
pub fn rules(command: RulesCommand, screen: &Screen) -> Result<u8, Error> {
    match command {
        RulesCommand::List { format: ListFormat::Human, rules } => {
            print(&catalogue::human(&rule_set(rules.as_deref())?.0, screen))
        }
        RulesCommand::List { format: ListFormat::Json, rules } => {
            print(&catalogue::json(&rule_set(rules.as_deref())?.0)?)
        }
        RulesCommand::Test { dir } => {
            let (rules, own) = rule_set(dir.as_deref())?;
            let ids: Vec<String> = match dir {
                Some(_) => own.into_iter().map(|own| own.id).collect(),
                None => rules.iter().map(|rule| rule.id.clone()).collect(),
            };
            let (text, sound) = catalogue::test(&rules, &ids, screen)?;
            print(&text)?;
            Ok(u8::from(!sound))
        }
        RulesCommand::Docs { dir } => write_pages(&docs::pages(&Knowledge::new(RuleSet::embedded()?)?)?, &dir),
        RulesCommand::Codes { dir } => {
            write_pages(&docs::rejections::pages(&Knowledge::new(RuleSet::embedded()?)?)?, &dir)
        }
    }
}

fn write_pages(pages: &BTreeMap<String, String>, folder: &Path) -> Result<u8, Error> {
    let count = docs::write(pages, folder)?;
    print(&format!("wrote {count} pages to {}\n", folder.display()))
}

/// Prints a JSON Schema.
///
/// # Errors
/// When it cannot be written.
pub fn schema(of: SchemaOf) -> Result<u8, Error> {
    let schema = match of {
        SchemaOf::Manifest => registration::schema::manifest_schema(),
        SchemaOf::Rule => schemars::schema_for!(rule::RuleFile).to_value(),
        SchemaOf::Report => report::json::schema().to_value(),
    };
    let json = serde_json::to_string_pretty(&schema)
        .map_err(|error| Error::new(format!("cannot write the schema: {error}")))?;
    print(&format!("{json}\n"))
}

/// Prints the completion script of a shell.
///
/// # Errors
/// When it cannot be written.
pub fn completions(shell: clap_complete::Shell) -> Result<u8, Error> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "tcr-lint", &mut script);
    print(&String::from_utf8_lossy(&script))
}

/// Writes to standard output.
fn print(text: &str) -> Result<u8, Error> {
    let mut out = io::stdout().lock();
    written(out.write_all(text.as_bytes()).and_then(|()| out.flush()))?;
    Ok(0)
}

/// What came of writing: none where the reader has gone, which is no failure; a full disk is.
///
/// # Errors
/// When the text could not be written.
pub fn written(result: io::Result<()>) -> Result<Option<()>, Error> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::StorageFull => {
            Err(Error::new("cannot write the report: the disk is full").help("Make room on it, or write elsewhere"))
        }
        Err(error) => Err(Error::new(format!("cannot write the report: {error}"))),
        Ok(()) => Ok(Some(())),
    }
}

/// The built-in rules with those of a folder over them, and which those are.
///
/// # Errors
/// When a file of the folder is no sound rule.
pub fn rule_set(folder: Option<&Path>) -> Result<(RuleSet, Vec<Overlaid>), Error> {
    let mut rules = RuleSet::embedded()?;
    let own = folder.map_or_else(|| Ok(Vec::new()), |folder| rules.overlay(folder))?;
    Ok((rules, own))
}
