//! Why a run could not be done.

use std::fmt;
use std::ops::Range;

/// A failure that stops the run (exit code 2): what happened, where, and what to do.
#[derive(Debug)]
pub struct Error {
    /// What happened; names the thing in the user's words.
    pub message: String,
    /// What to do about it; starts with a verb.
    pub help: Option<String>,
    /// What else there is to know, a line each.
    pub notes: Vec<String>,
    /// The place in a file that it is about, if there is one.
    pub place: Option<Box<ErrorPlace>>,
}

/// The place an [`Error`] is about.
#[derive(Debug)]
pub struct ErrorPlace {
    /// The file as the user named it.
    pub name: String,
    /// The file's text.
    pub text: String,
    /// The bytes to underline.
    pub range: Range<usize>,
}

impl Error {
    /// An error without help or place.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, notes: Vec::new(), place: None }
    }

    /// Adds what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds lines of what else there is to know.
    pub fn notes(mut self, notes: Vec<String>) -> Self {
        self.notes = notes;
        self
    }

    /// Adds the place it is about.
    pub fn at(mut self, name: impl Into<String>, text: impl Into<String>, range: Range<usize>) -> Self {
        self.place = Some(Box::new(ErrorPlace { name: name.into(), text: text.into(), range }));
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
