//! Whole runs as data: every folder of `tests/cases` is a run with its arguments, files, output and exit code.
//!
//! `args` is the command line, on one line or with an argument a line; `code` the exit code (0 where there is none);
//! `env` variables; `stdin` the standard input; `expected.out` and `expected.err` what is printed. A line `...` stands for any lines, `[..]` for any text.
//! `UPDATE=1 cargo test --test cli` writes what is printed now.

#![allow(clippy::unwrap_used)]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;

fn main() {
    let arguments = Arguments::from_args();
    let mut trials: Vec<Trial> = folders(Path::new("tests/cases")).into_iter().map(case).collect();
    trials.push(Trial::test("a full disk is an error", full_disk));
    trials.push(Trial::test("a reader that goes away is none", closed_pipe));
    trials.push(Trial::test("every command has help", help));
    libtest_mimic::run(&arguments, trials).exit();
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tcr-lint"));
    for name in ["NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "COLUMNS"] {
        command.env_remove(name);
    }
    command
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.join("args").is_file());
    folders.sort();
    folders
}

fn case(folder: PathBuf) -> Trial {
    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
    Trial::test(name, move || run(&folder))
}

fn run(folder: &Path) -> Result<(), Failed> {
    let text = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
    let variables = text("env");
    let variables = variables.lines().filter_map(|line| line.split_once('='));
    let stdin = File::open(folder.join("stdin")).map_or(Stdio::null(), Stdio::from);
    let output = program().current_dir(folder).args(arguments(&text("args"))).envs(variables).stdin(stdin).output()?;
    compare(folder, "expected.out", &output.stdout)?;
    compare(folder, "expected.err", &output.stderr)?;
    let code = text("code").trim().parse().unwrap_or(0);
    if output.status.code() != Some(code) {
        if updating() {
            return Ok(fs::write(folder.join("code"), format!("{}\n", output.status.code().unwrap_or(-1)))?);
        }
        return Err(format!("should exit with {code}, but: {}\n{}", output.status, shown(&output)).into());
    }
    if text("args").starts_with("check") && text("args").contains("--format json") {
        follows_schema(&output.stdout)?;
    }
    Ok(())
}

fn updating() -> bool {
    std::env::var_os("UPDATE").is_some()
}

/// One line of arguments with blanks between them, or an argument a line.
fn arguments(text: &str) -> Vec<&str> {
    if text.trim_end().contains('\n') { text.lines().collect() } else { text.split_whitespace().collect() }
}

fn shown(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn compare(folder: &Path, name: &str, printed: &[u8]) -> Result<(), Failed> {
    let path = folder.join(name);
    let printed = String::from_utf8(printed.to_vec())?;
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let (wanted, lines): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), printed.lines().collect());
    if matches(&wanted, &lines) {
        return Ok(());
    }
    if updating() {
        return Ok(fs::write(path, general(&printed))?);
    }
    Err(format!("{} is not what is printed:\n{printed}", path.display()).into())
}

/// The text with the number of rules left open: it grows with every rule.
fn general(printed: &str) -> String {
    let digits = |text: &str| text.trim_start_matches(|letter: char| letter.is_ascii_digit()).to_owned();
    let mut out = String::new();
    for line in printed.split_inclusive('\n') {
        let open = [" read with ", "\"rules\": "].into_iter().find_map(|mark| {
            let (before, after) = line.split_once(mark)?;
            after
                .starts_with(|letter: char| letter.is_ascii_digit())
                .then(|| format!("{before}{mark}[..]{}", digits(after)))
        });
        out.push_str(open.as_deref().unwrap_or(line));
    }
    out
}

fn matches(wanted: &[&str], lines: &[&str]) -> bool {
    match wanted.split_first() {
        None => lines.is_empty(),
        Some((&"...", rest)) => (0..=lines.len()).any(|skipped| matches(rest, &lines[skipped..])),
        Some((first, rest)) => {
            lines.split_first().is_some_and(|(line, lines)| line_matches(first, line) && matches(rest, lines))
        }
    }
}

fn line_matches(wanted: &str, line: &str) -> bool {
    match wanted.split_once("[..]") {
        None => wanted == line,
        Some((before, after)) => line.strip_prefix(before).is_some_and(|rest| {
            let mut starts = (0..=rest.len()).filter(|at| rest.is_char_boundary(*at));
            starts.any(|at| line_matches(after, &rest[at..]))
        }),
    }
}

fn follows_schema(printed: &[u8]) -> Result<(), Failed> {
    let schema = program().args(["schema", "report"]).output()?;
    let validator = jsonschema::validator_for(&serde_json::from_slice(&schema.stdout)?)?;
    let report: Value = serde_json::from_slice(printed)?;
    let faults: Vec<String> =
        validator.iter_errors(&report).map(|fault| format!("{}: {fault}", fault.instance_path)).collect();
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n").into()) }
}

/// What prints to a full disk fails with 2 and says why.
fn full_disk() -> Result<(), Failed> {
    let Ok(_) = File::options().write(true).open("/dev/full") else { return Ok(()) };
    for arguments in [
        "check tests/cases/several/campaign.yaml --offline",
        "check tests/cases/several/campaign.yaml --offline --format json",
        "explain twilio:30893",
        "rules list",
        "schema report",
        "completions zsh",
    ] {
        let full = File::options().write(true).open("/dev/full")?;
        let output = program().args(arguments.split(' ')).stdout(full).stderr(Stdio::piped()).spawn()?;
        let output = output.wait_with_output()?;
        let error = String::from_utf8(output.stderr)?;
        if output.status.code() != Some(2) || !error.contains("the disk is full") {
            return Err(format!("{arguments:?}: {}\n{error}", output.status).into());
        }
    }
    Ok(())
}

/// `tcr-lint … | head -1`: the exit code stays, nothing is said.
fn closed_pipe() -> Result<(), Failed> {
    for (arguments, code) in [
        ("check tests/cases/several/campaign.yaml --offline", 1),
        ("check tests/cases/several/campaign.yaml --offline --format json", 1),
        ("explain twilio:30893", 0),
        ("schema rule", 0),
    ] {
        let mut child = program().args(arguments.split(' ')).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        drop(child.stdout.take());
        let output = child.wait_with_output()?;
        if output.status.code() != Some(code) || !output.stderr.is_empty() {
            return Err(format!("{arguments:?}: {}\n{}", output.status, shown(&output)).into());
        }
    }
    Ok(())
}

fn help() -> Result<(), Failed> {
    for command in ["", "check", "explain", "rules", "schema", "completions"] {
        let output = program().args(command.split_whitespace()).arg("--help").output()?;
        if !output.status.success() || !String::from_utf8(output.stdout)?.contains("Usage: tcr-lint") {
            return Err(format!("{command} --help: {}", output.status).into());
        }
    }
    Ok(())
}
