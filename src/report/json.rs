//! The report for programs: a contract with a version.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::{Checked, Report};
use crate::finding::{Finding, Unchecked};
use crate::rejected::Rejection;
use crate::text::{Sources, Span};

/// The version of this contract; it grows when a key changes its meaning or goes away.
const VERSION: u32 = 1;

/// How the document ends that has no registrations yet.
const END: &str = "]\n}";

/// What `check --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub struct JsonReport {
    /// The version of this contract.
    version: u32,
    /// The program and its version.
    tool: String,
    /// The provider whose profile was applied; null for the strictest common reading.
    provider: Option<String>,
    /// One entry a brand and campaign.
    registrations: Vec<JsonRegistration>,
}

/// One brand and campaign.
#[derive(Debug, Serialize, JsonSchema)]
struct JsonRegistration {
    /// The manifest, as it was named on the command line.
    file: String,
    /// The number of the campaign in the manifest, from 0.
    campaign: usize,
    /// `ready`, `unverified`, `at-risk` or `rejected`.
    outlook: String,
    /// The codes to expect, best evidence first, as `provider:code`.
    predicted_codes: Vec<String>,
    /// The codes of `--rejected`, and what explains each.
    rejected: Vec<JsonRejection>,
    /// The faults.
    findings: Vec<JsonFinding>,
    /// The pages that could not be read.
    not_checked: Vec<JsonUnchecked>,
    /// How much was checked.
    checked: JsonChecked,
}

/// A code that came back.
#[derive(Debug, Serialize, JsonSchema)]
struct JsonRejection {
    /// With whose it is, as `provider:code`.
    code: String,
    /// Ids of the rules whose findings bring it.
    explained_by: Vec<String>,
    /// `explained`, `not-shown` or `could-not-check`.
    status: String,
}

/// A fault.
#[derive(Debug, Serialize, JsonSchema)]
struct JsonFinding {
    /// The rule's id.
    rule: String,
    /// `advice`, `warning` or `error`.
    severity: String,
    /// `low`, `medium` or `high`.
    confidence: String,
    /// What it is about, such as `campaign.message_flow` or `page.privacy`.
    subject: String,
    /// The fault in a sentence.
    title: String,
    /// What to do.
    help: String,
    /// Text to paste, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    paste: Option<String>,
    /// Ids of reasons for rejection.
    reasons: Vec<String>,
    /// The codes that this fault brings.
    rejections: Vec<String>,
    /// The words that are at fault; empty where something is missing.
    matched: String,
    /// Stays the same while the fault stays the same, wherever it moves to.
    fingerprint: String,
    /// A place in the manifest.
    anchor: JsonAnchor,
    /// The places of the words, on pages too.
    places: Vec<JsonPlace>,
}

/// A place in the manifest. Lines and columns count from 1, columns in characters; bytes from 0.
#[derive(Debug, Serialize, JsonSchema)]
struct JsonAnchor {
    file: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start_byte: usize,
    end_byte: usize,
}

/// A place in the manifest or on a page.
#[derive(Debug, Serialize, JsonSchema)]
struct JsonPlace {
    /// The file or the URL.
    source: String,
    /// The line in the file, or in the page's visible text, from 1.
    line: usize,
    /// The column in characters, from 1.
    column: usize,
    /// The words.
    text: String,
}

/// A page that could not be read.
#[derive(Debug, Serialize, JsonSchema)]
struct JsonUnchecked {
    /// The page, such as `page.privacy`.
    subject: String,
    /// Its address, if it is known.
    url: Option<String>,
    /// How the attempt ended.
    outcome: String,
    /// The rules that wait for it.
    rules: Vec<String>,
    /// What happened.
    why: String,
    /// What to do about it.
    remedy: String,
}

/// How much was checked.
#[derive(Debug, Serialize, JsonSchema)]
struct JsonChecked {
    /// Rules that were put.
    rules: usize,
    /// Fields that were given.
    subjects: usize,
    /// Pages that were read.
    pages: usize,
}

/// Writes the registrations of one manifest; `first` says that nothing was written before.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(report: &Report, first: bool, out: &mut dyn Write) -> io::Result<()> {
    if first {
        let frame = JsonReport {
            version: VERSION,
            tool: concat!("tcr-lint ", env!("CARGO_PKG_VERSION")).to_owned(),
            provider: report.provider.clone(),
            registrations: Vec::new(),
        };
        let frame = serde_json::to_string_pretty(&frame)?;
        out.write_all(frame.strip_suffix(END).unwrap_or(&frame).as_bytes())?;
    }
    for (number, checked) in report.checked.iter().enumerate() {
        out.write_all(if first && number == 0 { b"\n" } else { b",\n" })?;
        let entry = serde_json::to_string_pretty(&registration(checked, &report.sources))?;
        let lines: Vec<String> = entry.lines().map(|line| format!("    {line}")).collect();
        out.write_all(lines.join("\n").as_bytes())?;
    }
    Ok(())
}

/// Writes the end of the document.
///
/// # Errors
/// When `out` cannot be written to.
pub fn finish(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"\n  ]\n}\n")
}

/// The JSON Schema of this contract.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(JsonReport)
}

fn registration(checked: &Checked, sources: &Sources) -> JsonRegistration {
    let evaluation = &checked.evaluation;
    JsonRegistration {
        file: sources.get(checked.registration.source).name.clone(),
        campaign: checked.registration.campaign,
        outlook: evaluation.outlook().name().to_owned(),
        predicted_codes: evaluation.predicted_codes(),
        rejected: checked.rejected.iter().map(json_rejection).collect(),
        findings: evaluation.findings.iter().map(|finding| json_finding(finding, sources)).collect(),
        not_checked: evaluation.unchecked.iter().map(json_unchecked).collect(),
        checked: JsonChecked { rules: evaluation.rules, subjects: evaluation.subjects, pages: evaluation.pages },
    }
}

fn json_rejection(rejection: &Rejection) -> JsonRejection {
    JsonRejection {
        code: rejection.code.name.clone(),
        explained_by: rejection.explained_by.clone(),
        status: rejection.status().name().to_owned(),
    }
}

fn json_finding(finding: &Finding, sources: &Sources) -> JsonFinding {
    JsonFinding {
        rule: finding.rule.clone(),
        severity: finding.severity.name().to_owned(),
        confidence: finding.confidence.name().to_owned(),
        subject: finding.subject.clone(),
        title: finding.title.clone(),
        help: finding.help.clone(),
        paste: finding.paste.clone(),
        reasons: finding.reasons.clone(),
        rejections: finding.rejections.clone(),
        matched: finding.matched.clone(),
        fingerprint: fingerprint(finding),
        anchor: anchor(&finding.anchor, sources),
        places: finding.places.iter().map(|span| place(span, sources)).collect(),
    }
}

/// A number from what a finding says, not from where it stands (FNV-1a, 64 bits).
fn fingerprint(finding: &Finding) -> String {
    let words = [finding.rule.as_str(), finding.subject.as_str(), finding.matched.trim()];
    let bytes = words.iter().flat_map(|word| word.bytes().chain([0]));
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    format!("{hash:016x}")
}

fn anchor(span: &Span, sources: &Sources) -> JsonAnchor {
    let source = sources.get(span.source);
    let hull = span.hull();
    let (line, column) = source.line_and_column(hull.start);
    let (end_line, end_column) = source.line_and_column(hull.end);
    JsonAnchor {
        file: source.name.clone(),
        line,
        column,
        end_line,
        end_column,
        start_byte: hull.start,
        end_byte: hull.end,
    }
}

fn place(span: &Span, sources: &Sources) -> JsonPlace {
    let source = sources.get(span.source);
    let (line, column) = source.line_and_column(span.hull().start);
    let pieces = span.pieces.iter().filter_map(|piece| source.text.get(piece.clone()));
    JsonPlace { source: source.name.clone(), line, column, text: pieces.collect::<Vec<_>>().join(" ") }
}

fn json_unchecked(unchecked: &Unchecked) -> JsonUnchecked {
    JsonUnchecked {
        subject: format!("page.{}", unchecked.gap.role),
        url: unchecked.gap.url.clone(),
        outcome: unchecked.gap.outcome.name().to_owned(),
        rules: unchecked.rules.clone(),
        why: unchecked.gap.why.clone(),
        remedy: unchecked.gap.remedy.clone(),
    }
}
