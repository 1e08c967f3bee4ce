//! One block: faults of the same kind at the same place, drawn once.

use super::snippet::Snippet;
use super::{RegistrationReport, fragment};
use crate::evidence::{PageReading, page_role};
use crate::finding::Finding;
use crate::report::clean;
use crate::report::excerpt::Place;
use crate::report::question::Block;
use crate::report::screen::Paint;
use crate::rule::Severity;
use crate::text::Span;

/// How many places of one fault are drawn.
const MOST_PLACES: usize = 3;
/// How many lines of further places are named.
const MOST_LINES: usize = 10;
/// Longer codes are named only where there are no shorter ones.
const LONG_CODE: usize = 28;
/// How many codes are named where no provider is chosen.
const MOST_CODES: usize = 4;

impl RegistrationReport<'_> {
    /// The whole block, with a blank line before it.
    pub(super) fn block(&self, block: &Block<'_>) -> String {
        let Some(first) = block.findings.first() else { return String::new() };
        let mut out = String::from("\n");
        out.push_str(&self.snippet(block, first).draw(self.screen));
        let places = block.places();
        let more = places.len().saturating_sub(MOST_PLACES);
        if more > 0 {
            let noun = if more == 1 { "place" } else { "places" };
            let lines = self.lines(&places[MOST_PLACES..]);
            out.push_str(&self.screen.paragraph("  ", 2, &format!("and {more} more {noun}, {lines}")));
        }
        out.push_str(&self.page_line(first));
        match block.faults().as_slice() {
            [only] => out.push_str(&self.item("fix", Paint::Cyan, &capital(&only.help))),
            several => out.push_str(&self.list(several, block.severity())),
        }
        out.push_str(&self.paste(&block.pastes()));
        if let Some(codes) = answer(&block.codes(), self.provider()) {
            out.push_str(&self.item("codes", Paint::Dim, &codes));
        }
        let rules = block.rules().join(" ");
        out.push_str(&self.item("more", Paint::Dim, &format!("tcr-lint explain {rules}")));
        out
    }

    fn snippet(&self, block: &Block<'_>, first: &Finding) -> Snippet<'_> {
        let words = block.places();
        let is_missing = words.is_empty();
        let spans = if is_missing { vec![&first.anchor] } else { words };
        let faults = block.faults();
        let title = match faults.as_slice() {
            [only] => clean::line(&only.title),
            several => format!("{}: {} things to put right", self.what(block, first), several.len()),
        };
        let label = (faults.len() == 1 && first.label != first.title).then(|| clean::short(&first.label, 80));
        Snippet {
            severity: block.severity(),
            title,
            label,
            places: spans.iter().take(MOST_PLACES).map(|span| self.place(span)).collect(),
            context: usize::from(!is_missing),
        }
    }

    fn place(&self, span: &Span) -> Place<'_> {
        Place { source: self.report.sources.get(span.source), pieces: span.pieces.clone() }
    }

    /// What a block of several faults is about: a field or a page, else `brand` or `campaign`.
    fn what(&self, block: &Block<'_>, first: &Finding) -> String {
        let section = |finding: &Finding| finding.subject.split('.').next().unwrap_or_default().to_owned();
        let of_one_section = block.findings.iter().all(|finding| section(finding) == section(first));
        match block.subject() {
            Some(subject) => self.review.name(subject).to_owned(),
            None if of_one_section && section(first) != "page" => section(first),
            None => clean::short(&self.words(&first.anchor), 40),
        }
    }

    fn words(&self, span: &Span) -> String {
        let text = &self.report.sources.get(span.source).text;
        let pieces = span.pieces.iter().filter_map(|piece| text.get(piece.clone()));
        pieces.collect::<Vec<_>>().join(" ")
    }

    /// `in lines 12, 14, 15 …`.
    fn lines(&self, places: &[&Span]) -> String {
        let number = |span: &Span| self.report.sources.get(span.source).line_and_column(span.hull().start).0;
        let mut lines: Vec<String> = places.iter().map(|span| number(span).to_string()).collect();
        lines.dedup();
        let noun = if lines.len() == 1 { "line" } else { "lines" };
        let more = if lines.len() > MOST_LINES { " …" } else { "" };
        lines.truncate(MOST_LINES);
        format!("in {noun} {}{more}", lines.join(", "))
    }

    /// A link to the words on the page, or the page where something is missing.
    fn page_line(&self, finding: &Finding) -> String {
        let on_page = finding.places.iter().find(|span| self.report.sources.get(span.source).is_page);
        if let Some(span) = on_page {
            let url = &self.report.sources.get(span.source).name;
            let link = fragment::link(url, &self.words(span));
            return link.map(|link| self.item("see", Paint::Dim, &link)).unwrap_or_default();
        }
        let Some(role) = page_role(&finding.subject) else { return String::new() };
        let Some(PageReading::Read(page)) = self.checked.pages.by_role.get(&role) else { return String::new() };
        let name = &self.report.sources.get(page.text.whole().source).name;
        self.item("page", Paint::Dim, &clean::short(name, 300))
    }

    /// Several faults, each with what to do.
    fn list(&self, findings: &[&Finding], worst: Severity) -> String {
        let mut out = String::new();
        for (number, finding) in findings.iter().enumerate() {
            let lead = format!("  {}. ", number + 1);
            let weight =
                if finding.severity < worst { format!(" ({})", finding.severity.name()) } else { String::new() };
            out.push_str(&self.screen.paragraph(&lead, lead.len(), &format!("{}{weight}", finding.title)));
            let fix = self.screen.paint(Paint::Cyan, "fix");
            let indent = " ".repeat(lead.len());
            if self.screen.spoken {
                out.push_str(&self.screen.paragraph(
                    &format!("{indent}What to do: "),
                    lead.len(),
                    &capital(&finding.help),
                ));
            } else {
                out.push_str(&self.screen.paragraph(
                    &format!("{indent}{fix} "),
                    lead.len() + 4,
                    &capital(&finding.help),
                ));
            }
        }
        out
    }

    /// Texts to paste, alone on their lines: nothing is drawn around them and nothing breaks them.
    fn paste(&self, pastes: &[String]) -> String {
        if pastes.is_empty() {
            return String::new();
        }
        let name = if self.screen.spoken { "Text to paste:" } else { "paste" };
        let mut out = format!("  {}\n\n", self.screen.paint(Paint::Green, name));
        for paste in pastes {
            for line in clean::lines(paste.trim_end()).lines() {
                out.push_str(&format!("    {}\n", self.screen.paint(Paint::Green, line.trim_end())));
            }
        }
        out.push('\n');
        out
    }
}

/// What reviewers would answer: the codes of one provider, or the best of each.
pub(super) fn answer(codes: &[String], provider: Option<&str>) -> Option<String> {
    if codes.is_empty() {
        return None;
    }
    if let Some(provider) = provider {
        let numbers = codes.iter().filter_map(|code| code.strip_prefix(provider)?.strip_prefix(':'));
        let numbers: Vec<&str> = numbers.collect();
        let kept = &numbers[..numbers.len().min(2 * MOST_CODES)];
        let sentence = format!("{provider} would answer {}{}", kept.join(", "), rest(numbers.len() - kept.len()));
        return (!numbers.is_empty()).then_some(sentence);
    }
    let provider_of = |code: &str| code.split(':').next().map(str::to_owned);
    let mut kept: Vec<&str> = Vec::new();
    let (short, long): (Vec<&String>, Vec<&String>) = codes.iter().partition(|code| code.len() <= LONG_CODE);
    for code in if short.is_empty() { long } else { short } {
        if kept.len() < MOST_CODES && !kept.iter().any(|known| provider_of(known) == provider_of(code)) {
            kept.push(code);
        }
    }
    Some(format!("reviewers would answer {}{}", kept.join(", "), rest(codes.len() - kept.len())))
}

/// With a capital at the start.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn rest(count: usize) -> String {
    if count == 0 { String::new() } else { format!(" and {count} more") }
}
