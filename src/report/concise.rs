//! One line a finding: `file:line:column: severity[rule] title`, for editors and for `grep`.

use std::io::{self, Write};

use super::{Report, clean};

/// Writes the lines in the order of places; what could not be checked comes last.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for checked in &report.checked {
        let file = clean::line(&report.sources.get(checked.registration.source).name);
        let mut findings: Vec<_> = checked.evaluation.findings.iter().collect();
        findings.sort_by_key(|finding| (finding.anchor.hull().start, finding.rule.as_str()));
        for finding in findings {
            let source = report.sources.get(finding.anchor.source);
            let (line, column) = source.line_and_column(finding.anchor.hull().start);
            let (severity, title) = (finding.severity.name(), clean::line(&finding.title));
            writeln!(out, "{file}:{line}:{column}: {severity}[{}] {title}", finding.rule)?;
        }
        for unchecked in &checked.evaluation.unchecked {
            let gap = &unchecked.gap;
            let (line, column) = gap
                .named_at
                .as_ref()
                .map_or((1, 1), |span| report.sources.get(span.source).line_and_column(span.hull().start));
            let outcome = gap.outcome.name();
            writeln!(out, "{file}:{line}:{column}: unchecked[page.{}:{outcome}] {}", gap.role, clean::line(&gap.why))?;
        }
    }
    Ok(())
}
