//! Lines with the words underlined, as miette draws them, or in sentences.

use std::fmt;
use std::ops::Range;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};
use unicode_width::UnicodeWidthStr;

use crate::error::Error;
use crate::report::clean;
use crate::report::excerpt::{Excerpts, Place};
use crate::report::screen::{Paint, Screen};
use crate::rule::Severity;
use crate::text::Source;

/// Columns that line numbers and the frame take.
const FRAME: usize = 12;

/// A fault with its places, ready to be drawn.
#[derive(Debug)]
pub struct Snippet<'s> {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, on one line.
    pub title: String,
    /// A few words under the underline.
    pub label: Option<String>,
    /// Where, at most a few.
    pub places: Vec<Place<'s>>,
    /// Lines of context around each place.
    pub context: usize,
}

impl Snippet<'_> {
    /// The fault as text that ends with a line break.
    pub fn draw(&self, screen: &Screen) -> String {
        if screen.spoken {
            return self.speak(screen);
        }
        let (source, shown) = Excerpts::new(&self.places, self.context, screen.width.saturating_sub(FRAME));
        let labels = self.labels(&source, &shown, screen);
        let title = screen.paint(Paint::Bold, &self.title);
        let drawing = Drawing { severity: self.severity, title, source, labels };
        let mut out = String::new();
        let handler = GraphicalReportHandler::new_themed(theme(screen, self.severity))
            .with_width(screen.width)
            .with_context_lines(self.context.max(1))
            .without_syntax_highlighting()
            .with_urls(false);
        match handler.render_report(&mut out, &drawing) {
            Ok(()) => unpadded(&out),
            Err(_) => self.speak(screen),
        }
    }

    /// The label stands at the first place, if it fits.
    fn labels(&self, source: &Excerpts, shown: &[Vec<Range<usize>>], screen: &Screen) -> Vec<LabeledSpan> {
        let mut labels = Vec::new();
        for (place, ranges) in shown.iter().enumerate() {
            for (number, range) in ranges.iter().enumerate() {
                let words = self.label.as_deref().filter(|_| place == 0 && number == 0);
                let room = screen.width.saturating_sub(FRAME + source.column(range) + 4);
                let fitting = words.filter(|words| words.width() <= room);
                labels.push(LabeledSpan::new(fitting.map(str::to_owned), range.start, range.len()));
            }
        }
        labels
    }

    fn speak(&self, screen: &Screen) -> String {
        let name = match self.severity {
            Severity::Error => "Error",
            Severity::Warning => "Warning",
            Severity::Advice => "Advice",
        };
        let mut out = screen.paragraph(&format!("{name}: "), 0, &self.title);
        for place in &self.places {
            let Some(first) = place.pieces.first() else { continue };
            let (line, column) = place.source.line_and_column(first.start);
            let words: Vec<&str> =
                place.pieces.iter().filter_map(|piece| place.source.text.get(piece.clone())).collect();
            let name = clean::short(&place.source.name, 200);
            let words = clean::short(&words.join(" "), 300);
            let place = format!("In {name}, line {line}, column {column}: {words}");
            out.push_str(&screen.paragraph("  ", 2, &place));
        }
        out
    }
}

/// An error that stops the run.
pub fn error(error: &Error, screen: &Screen) -> String {
    let source = error.place.as_ref().map(|place| {
        (Source { name: place.name.clone(), text: place.text.clone(), is_page: false }, place.range.clone())
    });
    let places = source.iter().map(|(source, range)| Place { source, pieces: vec![range.clone()] }).collect();
    let title = clean::line(&error.message);
    Snippet { severity: Severity::Error, title, label: None, places, context: 1 }.draw(screen)
}

fn theme(screen: &Screen, severity: Severity) -> GraphicalTheme {
    let mut theme = if screen.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    theme.styles.highlights = vec![match severity {
        Severity::Error => theme.styles.error,
        Severity::Warning => theme.styles.warning,
        Severity::Advice => theme.styles.advice,
    }];
    theme.characters.error = "error:".to_owned();
    theme.characters.warning = "warning:".to_owned();
    theme.characters.advice = "advice:".to_owned();
    theme
}

/// Without blanks at the ends of lines.
fn unpadded(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

#[derive(Debug)]
struct Drawing {
    severity: Severity,
    title: String,
    source: Excerpts,
    labels: Vec<LabeledSpan>,
}

impl fmt::Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)
    }
}

impl std::error::Error for Drawing {}

impl Diagnostic for Drawing {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Advice => miette::Severity::Advice,
            Severity::Warning => miette::Severity::Warning,
            Severity::Error => miette::Severity::Error,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        (!self.labels.is_empty()).then_some(&self.source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    use super::*;

    proptest! {
        #[test]
        fn any_place_of_any_text_can_be_drawn(
            text in "[a-z \u{1b}\u{7}\t\r\n\u{301}\u{202e}é日👩\u{200d}]{0,300}",
            ranges in prop::collection::vec((0usize..700, 0usize..400), 1..5),
            width in 40usize..121,
            context in 0usize..2,
            spoken: bool,
        ) {
            let source = Source { name: "a \u{1b}[2J file".to_owned(), text, is_page: false };
            let mut pieces: Vec<Range<usize>> = ranges.iter().map(|(start, length)| *start..start + length).collect();
            pieces.sort_by_key(|piece| piece.start);
            let places = pieces.into_iter().map(|piece| Place { source: &source, pieces: vec![piece] }).collect();
            let label = Some("a few words".to_owned());
            let snippet = Snippet { severity: Severity::Error, title: "fault".to_owned(), label, places, context };
            let drawn = snippet.draw(&Screen { color: false, width, spoken });
            for line in drawn.lines() {
                prop_assert!(!line.chars().any(char::is_control), "{line:?}");
                prop_assert!(line.width() <= width || spoken, "{width}: {line}");
            }
        }
    }
}
