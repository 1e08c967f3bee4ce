//! What a rule means.

use super::{Knowledge, heading, item, items, with_placeholders};
use crate::error::Error;
use crate::report::clean;
use crate::report::screen::{Paint, Screen};
use crate::rule::Rule;
use crate::rule::format::{Condition, Example, Scalar, Test};

impl Knowledge {
    pub(super) fn rule(&self, rule: &Rule, screen: &Screen) -> Result<String, Error> {
        let texts = self.rules.texts(&rule.id)?;
        let file = &rule.file;
        let mut out = heading(screen, &rule.id, &with_placeholders(&file.title));
        let weight = format!("{}, {} confidence", file.severity.name(), file.confidence.name());
        let differing: Vec<String> =
            file.severity_at.iter().map(|(provider, severity)| format!("{} at {provider}", severity.name())).collect();
        out.push_str(&item(screen, "Weight", &[vec![weight], differing].concat().join("; ")));
        out.push_str(&item(screen, "Reads", &file.subjects.join(", ")));
        out.push_str(&items(screen, "When", conditions(rule)));
        out.push_str(&item(screen, "Why", &texts.why));
        out.push_str(&item(screen, "Fix", &with_placeholders(&file.help)));
        if let Some(paste) = &file.paste {
            out.push_str(&format!("{}\n\n", screen.paint(Paint::Bold, "Paste")));
            for line in clean::lines(&with_placeholders(paste.trim_end())).lines() {
                out.push_str(&format!("    {}\n", screen.paint(Paint::Green, line)));
            }
            out.push('\n');
        }
        let shown = |example: Option<&Example>| example.and_then(example_text).map(|text| marked(&text, screen));
        out.push_str(&items(screen, "Bad", shown(texts.examples.fail.iter().find(|one| example_text(one).is_some()))));
        out.push_str(&items(screen, "Good", shown(texts.examples.pass.iter().find(|one| example_text(one).is_some()))));
        let reasons = file.reasons.iter().map(|id| format!("{id}: {}", self.reason_title(id)));
        out.push_str(&items(screen, "Reasons", reasons));
        let codes = file.rejections.iter().map(|code| match self.code_title(code) {
            Some(title) => format!("{code}: {title}"),
            None => code.clone(),
        });
        out.push_str(&items(screen, "Codes", codes));
        let sources = texts.sources.iter().map(|source| format!("{} (read {})", source.url, source.read));
        out.push_str(&items(screen, "Sources", sources));
        Ok(out)
    }
}

/// When a rule applies, a line each.
pub(crate) fn conditions(rule: &Rule) -> Vec<String> {
    let list = |values: &[Scalar]| values.iter().map(Scalar::text).collect::<Vec<_>>().join(" or ");
    let mut lines = Vec::new();
    for (subject, condition) in &rule.file.when {
        match condition {
            Condition::Is(value) => lines.push(format!("{subject} is {}", value.text())),
            Condition::In(values) => lines.push(format!("{subject} is {}", list(values))),
            Condition::Test(test) => {
                lines.extend(tests(test, list).into_iter().map(|test| format!("{subject} {test}")))
            }
        }
    }
    lines
}

fn tests(test: &Test, list: impl Fn(&[Scalar]) -> String) -> Vec<String> {
    let parts = [
        test.not.as_ref().map(|values| format!("is not {}", list(values))),
        test.present.map(|present| if present { "is given".to_owned() } else { "is not given".to_owned() }),
        test.matches.as_ref().map(|_| "has certain words".to_owned()),
        test.lacks.as_ref().map(|_| "lacks certain words".to_owned()),
        test.outcome.as_ref().map(|outcomes| format!("ends as {}", outcomes.join(" or "))),
    ];
    parts.into_iter().flatten().collect()
}

/// The text that an example shows, if a text is what it shows.
pub(crate) fn example_text(example: &Example) -> Option<String> {
    match example {
        Example::Text(text) => Some(text.clone()),
        Example::Full(full) => {
            let texts = full.texts.as_ref().map(|texts| texts.join(" | "));
            full.text.clone().or(texts).or_else(|| full.html.clone())
        }
    }
}

/// The marked words in colour, or between their marks.
fn marked(text: &str, screen: &Screen) -> String {
    let text = clean::short(text, 600);
    if screen.spoken { text.replace(['«', '»'], "\"") } else { text }
}
