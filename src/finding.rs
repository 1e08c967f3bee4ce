//! Findings, what could not be checked, and the outlook that follows from them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::evidence::{Gap, Role};
use crate::rule::{Confidence, Severity};
use crate::text::Span;

/// A fault that a rule found in one registration.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// How bad it is for the chosen provider.
    pub severity: Severity,
    /// How sure the rule is.
    pub confidence: Confidence,
    /// The subject, such as `campaign.message_flow` or `page.privacy`.
    pub subject: String,
    /// The fault in a sentence.
    pub title: String,
    /// A few words for the underline.
    pub label: String,
    /// What to do.
    pub help: String,
    /// Text to paste.
    pub paste: Option<String>,
    /// Ids of reasons for rejection.
    pub reasons: Vec<String>,
    /// Codes that the provider, or any provider, would answer with: `provider:code`.
    pub rejections: Vec<String>,
    /// The words, in the manifest or on a page; none where something is missing.
    pub places: Vec<Span>,
    /// The words as text.
    pub matched: String,
    /// A place in the manifest: always there, for annotations and ignores.
    pub anchor: Span,
}

/// A page that could not be read, with the rules that wait for it.
#[derive(Debug, Clone)]
pub struct Unchecked {
    /// Why.
    pub gap: Gap,
    /// Ids of the rules.
    pub rules: Vec<String>,
}

/// What to expect of a review. Ordered from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outlook {
    /// Nothing found, everything read.
    Ready,
    /// Nothing wrong found, but something needed could not be read.
    Unverified,
    /// Some reviewers would reject it.
    AtRisk,
    /// Reviewers would reject it.
    Rejected,
}

impl Outlook {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Outlook::Ready => "ready",
            Outlook::Unverified => "unverified",
            Outlook::AtRisk => "at-risk",
            Outlook::Rejected => "rejected",
        }
    }
}

/// Everything that was found of one registration.
#[derive(Debug, Clone, Default)]
pub struct Evaluation {
    /// The faults, worst last within each category.
    pub findings: Vec<Finding>,
    /// What could not be checked, one entry a page.
    pub unchecked: Vec<Unchecked>,
    /// Ids of the rules that wait for a page that was not read, by its part, whether or not its absence is a finding.
    pub waiting: BTreeMap<Role, Vec<String>>,
    /// How many rules were put.
    pub rules: usize,
    /// How many subjects could be read.
    pub subjects: usize,
    /// How many pages were read.
    pub pages: usize,
}

impl Evaluation {
    /// The outlook.
    pub fn outlook(&self) -> Outlook {
        match self.findings.iter().map(|finding| finding.severity).max() {
            Some(Severity::Error) => Outlook::Rejected,
            Some(Severity::Warning) => Outlook::AtRisk,
            _ if !self.unchecked.is_empty() => Outlook::Unverified,
            _ => Outlook::Ready,
        }
    }

    /// The codes the reviewers would answer with, best evidence first.
    pub fn predicted_codes(&self) -> Vec<String> {
        let mut faults: Vec<&Finding> =
            self.findings.iter().filter(|finding| finding.severity > Severity::Advice).collect();
        faults.sort_by_key(|finding| std::cmp::Reverse((finding.severity, finding.confidence)));
        let mut codes: Vec<String> = Vec::new();
        for code in faults.into_iter().flat_map(|finding| &finding.rejections) {
            if !codes.contains(code) {
                codes.push(code.clone());
            }
        }
        codes
    }
}
