//! Where a text is written to: its width, its colours, and how to break lines.

use std::io::IsTerminal;

use unicode_width::UnicodeWidthStr;

use super::clean;
use crate::cli::ColorChoice;

/// The columns of a text that does not go to a terminal.
const PIPE_WIDTH: usize = 100;

/// What the reader's side can show.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    /// Colours may be used.
    pub color: bool,
    /// Columns.
    pub width: usize,
    /// Sentences instead of drawings.
    pub spoken: bool,
}

/// A way to set words off.
#[derive(Debug, Clone, Copy)]
pub enum Paint {
    /// Headings.
    Bold,
    /// What matters least.
    Dim,
    /// Errors.
    Red,
    /// Warnings.
    Yellow,
    /// Advice.
    Cyan,
    /// What is right, and text to paste.
    Green,
}

impl Screen {
    /// Standard output.
    pub fn stdout(color: ColorChoice, spoken: bool) -> Self {
        let size = terminal_size::terminal_size_of(std::io::stdout());
        Self::new(std::io::stdout().is_terminal(), size.map(|(width, _)| width.0), color, spoken)
    }

    /// Standard error.
    pub fn stderr(color: ColorChoice, spoken: bool) -> Self {
        let size = terminal_size::terminal_size_of(std::io::stderr());
        Self::new(std::io::stderr().is_terminal(), size.map(|(width, _)| width.0), color, spoken)
    }

    fn new(is_terminal: bool, columns: Option<u16>, color: ColorChoice, spoken: bool) -> Self {
        let variable = |name: &str| std::env::var(name).ok();
        let columns = variable("COLUMNS").and_then(|columns| columns.parse().ok()).or(columns.map(usize::from));
        Self {
            color: !spoken && wants_color(is_terminal, color, variable),
            width: columns.unwrap_or(PIPE_WIDTH).clamp(40, 120),
            spoken,
        }
    }

    /// The words in a colour, if there are colours.
    pub fn paint(&self, paint: Paint, words: &str) -> String {
        if !self.color {
            return words.to_owned();
        }
        let code = match paint {
            Paint::Bold => 1,
            Paint::Dim => 2,
            Paint::Red => 31,
            Paint::Green => 32,
            Paint::Yellow => 33,
            Paint::Cyan => 36,
        };
        format!("\u{1b}[{code}m{words}\u{1b}[0m")
    }

    /// A paragraph after `lead`, with the lines after the first one set in as far as the lead is wide.
    pub fn paragraph(&self, lead: &str, lead_width: usize, text: &str) -> String {
        let room = self.width.saturating_sub(lead_width).max(20);
        let mut out = lead.to_owned();
        let mut column = 0;
        for word in clean::line(text).split(' ') {
            let width = word.width();
            if column > 0 && column + 1 + width > room {
                out.push('\n');
                out.push_str(&" ".repeat(lead_width));
                column = 0;
            } else if column > 0 {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += width;
        }
        out.push('\n');
        out
    }
}

/// `--color`, then NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR and TERM, then whether it is a terminal.
fn wants_color(is_terminal: bool, color: ColorChoice, variable: impl Fn(&str) -> Option<String>) -> bool {
    let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty() && value != "0");
    match color {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if variable("NO_COLOR").is_some_and(|value| !value.is_empty()) => false,
        ColorChoice::Auto if is_set("FORCE_COLOR") || is_set("CLICOLOR_FORCE") => true,
        ColorChoice::Auto if variable("CLICOLOR").as_deref() == Some("0") => false,
        ColorChoice::Auto => is_terminal && variable("TERM").as_deref() != Some("dumb"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_follows_the_flag_then_the_environment_then_the_terminal() {
        use ColorChoice::{Always, Auto, Never};
        for (is_terminal, choice, variables, wanted) in [
            (true, Auto, &[][..], true),
            (false, Auto, &[], false),
            (true, Never, &[("FORCE_COLOR", "1")], false),
            (false, Always, &[("NO_COLOR", "1")], true),
            (true, Auto, &[("NO_COLOR", "1")], false),
            (true, Auto, &[("NO_COLOR", "")], true),
            (true, Auto, &[("NO_COLOR", "1"), ("FORCE_COLOR", "1")], false),
            (false, Auto, &[("FORCE_COLOR", "1")], true),
            (false, Auto, &[("FORCE_COLOR", "0")], false),
            (false, Auto, &[("CLICOLOR_FORCE", "1")], true),
            (true, Auto, &[("CLICOLOR", "0")], false),
            (true, Auto, &[("TERM", "dumb")], false),
        ] {
            let variable =
                |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
            assert_eq!(wants_color(is_terminal, choice, variable), wanted, "{is_terminal} {choice:?} {variables:?}");
        }
    }

    #[test]
    fn paragraphs_keep_to_the_width() {
        let screen = Screen { color: false, width: 40, spoken: false };
        let text = screen.paragraph("  fix: ", 7, "add the words that tell people how they leave the list again");
        assert_eq!(text, "  fix: add the words that tell people\n       how they leave the list again\n");
    }
}
