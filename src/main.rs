//! `tcr-lint`: arguments in, exit code out.

use std::process::ExitCode;

use clap::Parser;
use tcr_lint::cli::Cli;

fn main() -> ExitCode {
    ExitCode::from(tcr_lint::run(Cli::parse()))
}
