//! Predicts why a 10DLC brand or campaign registration would be rejected: load, collect, evaluate, report.

pub mod catalogue;
pub mod cli;
pub mod collect;
pub mod command;
pub mod coverage;
pub mod docs;
pub mod error;
pub mod evaluate;
pub mod evidence;
pub mod explain;
pub mod finding;
pub mod judge;
pub mod page;
pub mod progress;
pub mod provider;
pub mod registration;
pub mod rejected;
pub mod report;
pub mod rule;
pub mod text;

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;

use cli::{CheckArguments, Cli, Command, FailOn};
use collect::CollectOptions;
use error::Error;
use finding::Outlook;
use judge::Judge;
use report::screen::Screen;
use report::{Checked, Report, Writer};
use rule::Severity;

/// Runs the program and gives its exit code.
pub fn run(cli: Cli) -> u8 {
    let errors = Screen::stderr(cli.color(), cli.screen_reader());
    let screen = Screen::stdout(cli.color(), cli.screen_reader());
    let done = match cli.command {
        Command::Check(arguments) => check(&arguments, &errors),
        Command::Explain { names, rules, .. } => command::explain(&names, rules.as_deref(), &screen),
        Command::Rules { command } => command::rules(command, &screen),
        Command::Schema { of } => command::schema(of),
        Command::Completions { shell } => command::completions(shell),
    };
    done.unwrap_or_else(|error| {
        say(&error, &errors);
        2
    })
}

/// Load, collect, evaluate, report: one manifest after the other. One that cannot be read does not stop the others.
fn check(arguments: &CheckArguments, errors: &Screen) -> Result<u8, Error> {
    if let Some(name) = &arguments.provider {
        provider::known(name)?;
    }
    let rules = command::rule_set(arguments.rules.as_deref())?;
    let rejected = rejected::resolve(&arguments.rejected, arguments.provider.as_deref(), &rules.0)?;
    let manifests = manifests(&arguments.paths)?;
    let mut judge = Judge::new(rules, arguments.provider.clone(), collect_options(arguments))?.rejected(rejected);
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut writer = Writer::new(arguments, &mut out);
    let mut code = 0;
    for manifest in manifests {
        match judge.manifest(&manifest) {
            Ok(report) => {
                code = worse(code, exit_code(&report, arguments));
                if command::written(judge.aside(|| writer.write(&report)))?.is_none() {
                    return Ok(code);
                }
            }
            Err(error) => {
                judge.aside(|| say(&error, errors));
                code = 2;
            }
        }
    }
    command::written(judge.aside(|| writer.finish()))?;
    // The process ends here: freeing hundreds of rules one by one would only keep the user waiting.
    std::mem::forget(judge);
    Ok(code)
}

fn say(error: &Error, errors: &Screen) {
    let _ = io::stderr().write_all(report::human::error(error, errors).as_bytes());
}

/// The exit code that says more: 2 (not done), 1 (findings), 3 (not all checked), 0.
fn worse(one: u8, other: u8) -> u8 {
    let order = [2, 1, 3, 0];
    order.into_iter().find(|code| [one, other].contains(code)).unwrap_or(0)
}

/// The manifests that the user named: files as they are, folders by the YAML and JSON files in them.
fn manifests(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let unreadable = |error: io::Error| Error::new(format!("cannot read the folder {}: {error}", path.display()));
        let mut inside = Vec::new();
        for entry in std::fs::read_dir(path).map_err(unreadable)? {
            let file = entry.map_err(unreadable)?.path();
            let known = file.extension().is_some_and(|kind| kind == "yaml" || kind == "yml" || kind == "json");
            if known && file.is_file() {
                inside.push(file);
            }
        }
        if inside.is_empty() {
            return Err(Error::new(format!("there is no manifest in the folder {}", path.display()))
                .help("name a file, or a folder that holds .yaml or .json manifests"));
        }
        inside.sort();
        files.extend(inside);
    }
    Ok(files)
}

fn collect_options(arguments: &CheckArguments) -> CollectOptions {
    CollectOptions {
        offline: arguments.offline,
        pages: arguments.page.iter().cloned().collect(),
        site_dir: arguments.site_dir.clone(),
        resolve: arguments.resolve.clone(),
        cacert: arguments.cacert.clone(),
        allow_private: arguments.allow_private,
        timeout: Duration::from_secs(arguments.timeout),
    }
}

fn exit_code(report: &Report, arguments: &CheckArguments) -> u8 {
    let least = match arguments.fail_on {
        FailOn::Error => Some(Severity::Error),
        FailOn::Warning => Some(Severity::Warning),
        FailOn::Advice => Some(Severity::Advice),
        FailOn::Never => None,
    };
    let mut findings = report.checked.iter().flat_map(|checked| &checked.evaluation.findings);
    if least.is_some_and(|least| findings.any(|finding| finding.severity >= least)) {
        return 1;
    }
    let unverified = |checked: &Checked| checked.evaluation.outlook() == Outlook::Unverified;
    if arguments.strict && report.checked.iter().any(unverified) { 3 } else { 0 }
}
