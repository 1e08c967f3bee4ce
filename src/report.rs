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
use crate::finding::{Evaluation, Outlook};
use crate::registration::Registration;
use crate::rejected::Rejection;
use crate::rule::Overlaid;
use crate::text::Sources;

/// Everything that was found of one manifest.
#[derive(Debug)]
pub struct Report {
    /// The provider that was asked for on the command line.
    pub provider: Option<String>,
    /// The brand with each of its campaigns, in the order of the manifest.
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
    /// What explains the codes that the user asked about.
    pub rejected: Vec<Rejection>,
}

/// Writes the reports of a run as the user asked, one after the other; nothing of them is kept but the outlooks.
pub struct Writer<'w> {
    format: Format,
    screen: Screen,
    out: &'w mut dyn Write,
    outlooks: Vec<Outlook>,
}

impl<'w> Writer<'w> {
    /// A writer to `out`.
    pub fn new(arguments: &CheckArguments, out: &'w mut dyn Write) -> Self {
        let screen = Screen::stdout(arguments.color, arguments.screen_reader);
        Self { format: arguments.format, screen, out, outlooks: Vec::new() }
    }

    /// Writes one report.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn write(&mut self, report: &Report) -> io::Result<()> {
        let first = self.outlooks.is_empty();
        match self.format {
            Format::Human => human::write(report, first, &self.screen, self.out)?,
            Format::Concise => concise::write(report, self.out)?,
            Format::Json => json::write(report, first, self.out)?,
        }
        self.outlooks.extend(report.checked.iter().map(|checked| checked.evaluation.outlook()));
        self.out.flush()
    }

    /// Writes what comes after the last report, if there was any.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn finish(self) -> io::Result<()> {
        if self.outlooks.is_empty() {
            return Ok(());
        }
        match self.format {
            Format::Human => human::finish(&self.outlooks, &self.screen, self.out)?,
            Format::Concise => {}
            Format::Json => json::finish(self.out)?,
        }
        self.out.flush()
    }
}
