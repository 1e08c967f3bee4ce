//! What a run says: one report, in several formats.

pub mod clean;
pub mod concise;
pub mod excerpt;
pub mod human;
pub mod json;
pub mod question;
pub mod screen;

use std::io::{self, Write};

use screen::Screen;

use crate::cli::{CheckArguments, Format};
use crate::evidence::Pages;
use crate::finding::Evaluation;
use crate::registration::Registration;
use crate::rule::Overlaid;
use crate::text::Sources;

/// Everything a run found.
#[derive(Debug)]
pub struct Report {
    /// The provider that was asked for on the command line.
    pub provider: Option<String>,
    /// The registrations in the order they were given.
    pub checked: Vec<Checked>,
    /// The rules that came from the user's own folder.
    pub own_rules: Vec<Overlaid>,
    /// The texts that places point into.
    pub sources: Sources,
}

/// One registration with what was found of it.
#[derive(Debug)]
pub struct Checked {
    /// The registration.
    pub registration: Registration,
    /// Its pages.
    pub pages: Pages,
    /// What was found.
    pub evaluation: Evaluation,
}

/// Writes a report as the user asked.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(report: &Report, arguments: &CheckArguments, out: &mut dyn Write) -> io::Result<()> {
    match arguments.format {
        Format::Human => human::write(report, &Screen::stdout(arguments.color, arguments.screen_reader), out),
        Format::Concise => concise::write(report, out),
        Format::Json => json::write(report, out),
    }
}
