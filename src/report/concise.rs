//! One line a finding: `file:line:column: severity[rule] title`, for editors and for `grep`.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::{Checked, Report, clean};
use crate::finding::Finding;
use crate::rejected::{Rejection, Status};

/// Writes the lines in the order of places, those first that explain a code; what could not be checked comes last.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut written: BTreeSet<String> = BTreeSet::new();
    for checked in &report.checked {
        let file = clean::line(&report.sources.get(checked.registration.source).name);
        let mut findings: Vec<_> = checked.evaluation.findings.iter().collect();
        let asked = |finding: &Finding| checked.rejected.iter().any(|rejection| rejection.is_explained_by(finding));
        findings.sort_by_key(|finding| (!asked(finding), finding.anchor.hull().start, finding.rule.as_str()));
        for rejection in &checked.rejected {
            let text = format!("{file}:{}", told(rejection, report, checked));
            if written.insert(text.clone()) {
                writeln!(out, "{text}")?;
            }
        }
        for finding in findings {
            let source = report.sources.get(finding.anchor.source);
            let (line, column) = source.line_and_column(finding.anchor.hull().start);
            let (severity, title) = (finding.severity.name(), clean::line(&finding.title));
            let text =
                format!("{file}:{line}:{column}: {severity}[{}] {title}{}", finding.rule, on_page(report, finding));
            // Campaigns of one manifest share their brand, and with it the faults of the brand.
            if written.insert(text.clone()) {
                writeln!(out, "{text}")?;
            }
        }
        for unchecked in &checked.evaluation.unchecked {
            let gap = &unchecked.gap;
            let (line, column) = gap
                .named_at
                .as_ref()
                .map_or((1, 1), |span| report.sources.get(span.source).line_and_column(span.hull().start));
            let outcome = gap.outcome.name();
            let why = clean::line(&gap.why);
            let text = format!("{file}:{line}:{column}: unchecked[page.{}] {outcome}: {why}", gap.role);
            if written.insert(text.clone()) {
                writeln!(out, "{text}")?;
            }
        }
    }
    Ok(())
}

/// `3:1: rejected[twilio:30909] explained by consent/method-missing`.
fn told(rejection: &Rejection, report: &Report, checked: &Checked) -> String {
    let at = &checked.registration.campaign_at;
    let (line, column) = report.sources.get(at.source).line_and_column(at.hull().start);
    let pages: Vec<String> =
        rejection.gaps.iter().map(|gap| format!("page.{} {}", gap.role, gap.outcome.name())).collect();
    let status = match rejection.status() {
        Status::Explained => format!("explained by {}", rejection.explained_by.join(", ")),
        Status::NotShown => "not shown by anything that can be checked".to_owned(),
        Status::CouldNotCheck => format!("could not be checked: {}", pages.join(", ")),
    };
    format!("{line}:{column}: rejected[{}] {status}", clean::line(&rejection.code.name))
}

/// ` (https://clinic.example/privacy:41:8)` where the words stand on a page.
fn on_page(report: &Report, finding: &Finding) -> String {
    let page = finding.places.iter().find(|span| report.sources.get(span.source).is_page);
    page.map_or_else(String::new, |span| {
        let source = report.sources.get(span.source);
        let (line, column) = source.line_and_column(span.hull().start);
        format!(" ({}:{line}:{column})", clean::line(&source.name))
    })
}
