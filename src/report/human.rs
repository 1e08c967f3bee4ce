//! The report for people: what reviewers would object to, with the words underlined and the text to paste.

mod block;
mod fragment;
mod outlook;
mod rejected;
mod snippet;

use std::io::{self, Write};

use super::question::{Block, Review, questions};
use super::screen::{Paint, Screen};
use super::{Checked, Report, clean};
use crate::error::Error;
use crate::evidence::Gap;
use crate::finding::{Outlook, Unchecked};
use crate::rule::Severity;

/// Writes the report of one manifest for people; `first` says that nothing was written before.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(report: &Report, first: bool, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let review = Review::load().map_err(io::Error::other)?;
    for (number, checked) in report.checked.iter().enumerate() {
        let part = RegistrationReport { report, earlier: &report.checked[..number], checked, review: &review, screen };
        if number > 0 || !first {
            out.write_all(b"\n")?;
        }
        out.write_all(part.text().as_bytes())?;
    }
    Ok(())
}

/// Writes the tally of several registrations.
///
/// # Errors
/// When `out` cannot be written to.
pub fn finish(outlooks: &[Outlook], screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    if outlooks.len() > 1 {
        writeln!(out, "\n{}", screen.paint(Paint::Bold, &outlook::tally(outlooks)))?;
    }
    Ok(())
}

/// Writes why a run could not be done.
pub fn error(error: &Error, screen: &Screen) -> String {
    let mut text = snippet::error(error, screen);
    for note in &error.notes {
        text.push_str(&screen.paragraph("  ", 4, note));
    }
    if let Some(help) = &error.help {
        let lead = screen.paint(Paint::Cyan, "  fix");
        text.push_str(&screen.paragraph(&format!("{lead}    "), 9, &block::capital(help)));
    }
    text
}

/// The report of one registration.
struct RegistrationReport<'r> {
    report: &'r Report,
    /// The registrations of the same manifest that are reported above.
    earlier: &'r [Checked],
    checked: &'r Checked,
    review: &'r Review,
    screen: &'r Screen,
}

impl RegistrationReport<'_> {
    fn text(&self) -> String {
        let mut out = self.heading();
        out.push_str(&self.rejected());
        for question in questions(self.review, &self.unasked()) {
            out.push('\n');
            out.push_str(&self.section(&question.title, &count(&question.blocks)));
            out.push_str(&self.blocks(&question.blocks));
        }
        if !self.checked.evaluation.unchecked.is_empty() {
            out.push('\n');
            out.push_str(&self.section("What could not be checked", ""));
            self.unchecked(&mut out);
        }
        out.push('\n');
        out.push_str(&self.outlook());
        out
    }

    /// The blocks, but for those that an earlier campaign has too.
    fn blocks(&self, blocks: &[Block<'_>]) -> String {
        let mut out = String::new();
        let (told, new): (Vec<_>, Vec<_>) = blocks.iter().partition(|block| self.is_told(block));
        if !told.is_empty() {
            let count = told.iter().map(|block| block.findings.len()).sum::<usize>();
            let faults =
                if count == 1 { "1 fault that stands".to_owned() } else { format!("{count} faults that stand") };
            out.push_str(&self.screen.paragraph(
                "  ",
                2,
                &format!("{faults} above already, with the brand or its website"),
            ));
        }
        new.into_iter().for_each(|block| out.push_str(&self.block(block)));
        out
    }

    /// Campaigns of one manifest share their brand and their website: what was said of those is not said again.
    fn is_told(&self, block: &Block<'_>) -> bool {
        let above = || self.earlier.iter().flat_map(|checked| &checked.evaluation.findings);
        block.findings.iter().all(|finding| {
            above()
                .any(|told| (&told.rule, &told.title, &told.anchor) == (&finding.rule, &finding.title, &finding.anchor))
        })
    }

    /// The provider whose reviewers answer.
    fn provider(&self) -> Option<&str> {
        self.report.provider.as_deref().or(self.checked.registration.provider.as_deref())
    }

    fn heading(&self) -> String {
        let registration = &self.checked.registration;
        let file = &self.report.sources.get(registration.source).name;
        let several = self.report.checked.len() > 1;
        let mut parts = vec![clean::short(file, 200)];
        let brand = ["brand.display_name", "brand.legal_name"].map(|name| registration.text(name));
        parts.extend(brand.into_iter().find(|name| !name.is_empty()).map(|name| clean::short(name, 80)));
        if several {
            parts.push(format!("campaign {}", registration.campaign + 1));
        }
        let use_case = registration.text("campaign.use_case");
        if !use_case.is_empty() {
            parts.push(clean::short(use_case, 40));
        }
        let between = if self.screen.spoken { ", " } else { " · " };
        let text = self.screen.paragraph("", 0, &parts.join(between));
        text.lines().map(|line| self.screen.paint(Paint::Bold, line) + "\n").collect()
    }

    fn section(&self, title: &str, count: &str) -> String {
        if self.screen.spoken {
            let count = if count.is_empty() { String::new() } else { format!(": {count}") };
            return format!("{title}{count}.\n");
        }
        let count = if count.is_empty() { String::new() } else { format!(" · {count}") };
        let text = self.screen.paragraph("", 0, &format!("── {title}{count} ──"));
        text.replacen(title, &self.screen.paint(Paint::Bold, title), 1)
    }

    /// A line `fix  …`, wrapped.
    fn item(&self, name: &str, paint: Paint, text: &str) -> String {
        if self.screen.spoken {
            return self.screen.paragraph(&format!("  {}: ", spoken(name)), 2, text);
        }
        let lead = self.screen.paint(paint, name);
        self.screen.paragraph(&format!("  {lead}{}", " ".repeat(7_usize.saturating_sub(name.len()))), 9, text)
    }

    fn unchecked(&self, out: &mut String) {
        let mut entries: Vec<(Vec<&Unchecked>, &str, &str)> = Vec::new();
        for unchecked in &self.checked.evaluation.unchecked {
            let (why, remedy) = (unchecked.gap.why.as_str(), unchecked.gap.remedy.as_str());
            match entries.iter_mut().find(|entry| (entry.1, entry.2) == (why, remedy)) {
                Some(entry) => entry.0.push(unchecked),
                None => entries.push((vec![unchecked], why, remedy)),
            }
        }
        for (pages, why, remedy) in entries {
            let names: Vec<String> = pages.iter().map(|unchecked| self.page_name(&unchecked.gap)).collect();
            out.push_str(&self.screen.paragraph("  ", 2, &format!("{}: {why}", names.join(", "))));
            if !remedy.is_empty() {
                out.push_str(&self.item("fix", Paint::Cyan, &block::capital(remedy)));
            }
        }
    }

    fn page_name(&self, gap: &Gap) -> String {
        let role = gap.role.name();
        let name = self.review.pages.get(role).map_or(role, String::as_str);
        match &gap.url {
            Some(url) => format!("{name} ({})", clean::short(url, 120)),
            None => name.to_owned(),
        }
    }
}

/// How an item is called where it is read out.
fn spoken(name: &str) -> &str {
    match name {
        "fix" => "What to do",
        "paste" => "Text to paste",
        "codes" => "Codes",
        "more" => "More about it",
        "page" => "Page",
        "see" => "See it at",
        "means" => "It means",
        "next" => "What is next",
        name => name,
    }
}

fn count(blocks: &[Block<'_>]) -> String {
    let severities: Vec<Severity> =
        blocks.iter().flat_map(|block| &block.findings).map(|finding| finding.severity).collect();
    counted(&severities)
}

/// `2 errors, 1 warning`.
fn counted(severities: &[Severity]) -> String {
    let of = |wanted: Severity| severities.iter().filter(|severity| **severity == wanted).count();
    let word = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {many}")),
    };
    let parts = [
        word(of(Severity::Error), "error", "errors"),
        word(of(Severity::Warning), "warning", "warnings"),
        word(of(Severity::Advice), "piece of advice", "pieces of advice"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
