//! Predicts why a 10DLC brand or campaign registration would be rejected: load, collect, evaluate, report.

pub mod catalogue;
pub mod cli;
pub mod collect;
pub mod command;
pub mod docs;
pub mod error;
pub mod evaluate;
pub mod evidence;
pub mod explain;
pub mod finding;
pub mod page;
pub mod progress;
pub mod provider;
pub mod registration;
pub mod report;
pub mod rule;
pub mod text;

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;

use cli::{CheckArguments, Cli, Command, FailOn};
use collect::{CollectOptions, Collector};
use error::Error;
use evidence::Evidence;
use finding::Outlook;
use progress::Progress;
use registration::Registration;
use report::screen::Screen;
use report::{Checked, Report};
use rule::Severity;
use text::Sources;

/// Runs the program and gives its exit code.
pub fn run(cli: Cli) -> u8 {
    let errors = Screen::stderr(cli.color(), cli.screen_reader());
    let screen = Screen::stdout(cli.color(), cli.screen_reader());
    let done = match cli.command {
        Command::Check(arguments) => check(&arguments),
        Command::Explain { names, rules, .. } => command::explain(&names, rules.as_deref(), &screen),
        Command::Rules { command } => command::rules(command, &screen),
        Command::Schema { of } => command::schema(of),
        Command::Completions { shell } => command::completions(shell),
    };
    done.unwrap_or_else(|error| {
        let _ = io::stderr().write_all(report::human::error(&error, &errors).as_bytes());
        2
    })
}

/// Load, collect, evaluate, report.
fn check(arguments: &CheckArguments) -> Result<u8, Error> {
    let report = judge(arguments)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    command::written(report::write(&report, arguments, &mut out).and_then(|()| out.flush()))?;
    Ok(exit_code(&report, arguments))
}

/// Everything that a report says.
///
/// # Errors
/// When a manifest, a rule, a page or the network set-up cannot be read.
pub fn judge(arguments: &CheckArguments) -> Result<Report, Error> {
    let (rules, own_rules) = command::rule_set(arguments.rules.as_deref())?;
    if let Some(name) = &arguments.provider {
        provider::known(name)?;
    }
    let mut sources = Sources::default();
    let mut registrations = Vec::new();
    for path in manifests(&arguments.paths)? {
        let source = sources.add(registration::read_manifest(&path)?);
        registrations.extend(registration::load(source, &sources)?);
    }
    let mut collector = Collector::new(collect_options(arguments))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Error::new(format!("cannot start the network: {error}")))?;
    let progress = Progress::new(!arguments.offline);
    let mut checked = Vec::new();
    for registration in registrations {
        progress.say(format!("reading the website of {}", report::clean::short(brand(&registration), 60)));
        let pages = runtime.block_on(collector.pages(&registration, &mut sources))?;
        let evidence = Evidence { registration: &registration, pages: &pages };
        let provider = arguments.provider.as_deref().or(registration.provider.as_deref());
        let evaluation = evaluate::evaluate(&rules, evidence, provider);
        checked.push(Checked { registration, pages, evaluation });
    }
    Ok(Report { provider: arguments.provider.clone(), checked, own_rules, sources })
}

fn brand(registration: &Registration) -> &str {
    let names = ["brand.display_name", "brand.legal_name", "brand.website"].map(|name| registration.text(name));
    names.into_iter().find(|name| !name.is_empty()).unwrap_or("the brand")
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
