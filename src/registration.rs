//! A brand with one of its campaigns, as the manifest gives it, and every problem of the file.

pub mod field;
mod file;
mod manifest;
mod problem;
pub mod schema;
mod sibling;
pub mod tree;
mod unknown;
mod value;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

pub use file::{MOST_BYTES, read_manifest};
pub use sibling::Sibling;

use crate::error::Error;
use crate::evidence::{Fields, Role};
use crate::text::{SourceId, Sources, Span};

/// One registration: a brand and one campaign under it.
#[derive(Debug, Clone)]
pub struct Registration {
    /// The manifest.
    pub source: SourceId,
    /// The number of the campaign in its manifest, from 0.
    pub campaign: usize,
    /// The provider whose limits and codes apply, if the manifest says.
    pub provider: Option<String>,
    /// `brand.*` and `campaign.*` fields; a field that was left out is not there.
    pub fields: Fields,
    /// Where the `brand:` key stands (the start of the file where there is none).
    pub brand_at: Span,
    /// Where the `campaign:` key, or this entry of `campaigns:`, stands.
    pub campaign_at: Span,
    /// The numbers that the campaign is for.
    pub numbers: Vec<Number>,
    /// Earlier attempts to register, oldest first.
    pub history: Vec<Attempt>,
    /// Pages handed in by the manifest, relative to its folder already resolved.
    pub pages: BTreeMap<Role, PathBuf>,
    /// What the campaigns of the manifest say of themselves, this one too, in their order; none where it is alone.
    pub siblings: Arc<Vec<Sibling>>,
    /// What is wrong with the manifest itself.
    pub problems: Vec<Problem>,
}

/// A number that the campaign is for.
#[derive(Debug, Clone)]
pub struct Number {
    /// As written.
    pub number: String,
    /// `local`, `toll_free`, `wireless`, `voip`, `teams`, `google_voice` …, if given.
    pub kind: Option<String>,
    /// Where the entry stands.
    pub at: Span,
}

/// An earlier attempt to register.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// The date, as written (`2026-10-02`).
    pub submitted: Option<String>,
    /// `rejected`, `approved` or `pending`.
    pub outcome: String,
    /// The codes that came back, such as `twilio:30896`.
    pub codes: Vec<String>,
    /// What the reviewer wrote.
    pub text: Option<String>,
    /// Where the entry stands.
    pub at: Span,
}

/// Something wrong with the manifest as a file. Each kind is a rule under `rules/manifest/`.
#[derive(Debug, Clone)]
pub struct Problem {
    /// The rule's last name: `unknown-key`, `duplicate-key`, `wrong-type`, `spelling` …
    pub kind: &'static str,
    /// What is wrong, naming the thing in the file.
    pub message: String,
    /// The bytes it is about.
    pub at: Span,
    /// A second place that belongs to it, with what it shows.
    pub also: Option<(Span, String)>,
    /// What to do; starts with a verb.
    pub help: Option<String>,
}

impl Registration {
    /// The place that stands for a field in the manifest: its key, else the key of its section.
    pub fn anchor(&self, name: &str) -> Span {
        match self.fields.get(name) {
            Some(field) => field.key.clone(),
            None if name.starts_with("brand.") => self.brand_at.clone(),
            None => self.campaign_at.clone(),
        }
    }

    /// The trimmed text of a field; empty where it was left out or left empty.
    pub fn text(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", |field| field.text())
    }
}

/// Reads a manifest (YAML or JSON) that was added to `sources`: one registration for each campaign, in the order of the
/// file; one without campaign fields where the manifest has no campaign.
///
/// # Errors
/// When the text cannot be read as a registration at all; the error shows the place. Every other problem is kept
/// in [`Registration::problems`], those of the brand and of the file in the first registration only.
pub fn load(source: SourceId, sources: &Sources) -> Result<Vec<Registration>, Error> {
    let manifest = sources.get(source);
    let tree = tree::read(&manifest.name, &manifest.text)?;
    manifest::registrations(source, manifest, &tree)
}
