//! Every rule in a list, for people and for programs, and the self-test of rules.

use serde::Serialize;

use crate::error::Error;
use crate::explain::with_placeholders;
use crate::provider::Known;
use crate::report::screen::{Paint, Screen};
use crate::rule::{Rule, RuleSet, Severity, example};

/// A rule as programs see it.
#[derive(Debug, Serialize)]
struct Entry<'r> {
    id: &'r str,
    title: &'r str,
    severity: &'static str,
    confidence: &'static str,
    #[serde(rename = "in")]
    subjects: &'r [String],
    reasons: &'r [String],
    rejections: &'r [String],
}

/// Every rule as JSON.
///
/// # Errors
/// Never: a rule is plain data.
pub fn json(rules: &RuleSet) -> Result<String, Error> {
    let entries: Vec<Entry<'_>> = rules
        .iter()
        .map(|rule| Entry {
            id: &rule.id,
            title: &rule.file.title,
            severity: rule.file.severity.name(),
            confidence: rule.file.confidence.name(),
            subjects: &rule.file.subjects,
            reasons: &rule.file.reasons,
            rejections: &rule.file.rejections,
        })
        .collect();
    let json = serde_json::to_string_pretty(&entries);
    json.map(|json| json + "\n").map_err(|error| Error::new(format!("cannot write the rules as JSON: {error}")))
}

/// Every rule by folder.
pub fn human(rules: &RuleSet, screen: &Screen) -> String {
    let mut out = String::new();
    let mut category = "";
    for rule in rules.iter() {
        if rule.category() != category {
            category = rule.category();
            let gap = if out.is_empty() { "" } else { "\n" };
            out.push_str(&format!("{gap}{}\n", screen.paint(Paint::Bold, category)));
        }
        out.push_str(&line(rule, screen));
    }
    out.push_str(&format!("\n{} rules; `tcr-lint explain ID` tells more of each\n", rules.len()));
    out
}

fn line(rule: &Rule, screen: &Screen) -> String {
    let severity = rule.file.severity;
    let paint = match severity {
        Severity::Error => Paint::Red,
        Severity::Warning => Paint::Yellow,
        Severity::Advice => Paint::Cyan,
    };
    let name = severity.name();
    let lead = format!("  {}{}", screen.paint(paint, name), " ".repeat(9_usize.saturating_sub(name.len())));
    let id = screen.paint(Paint::Dim, &format!("{}{}", " ".repeat(11), rule.id));
    format!("{}{id}\n", screen.paragraph(&lead, 11, &with_placeholders(&rule.file.title)))
}

/// Runs the examples of the rules with these ids. Gives the report, and whether all are sound.
///
/// # Errors
/// Never with a sound build.
pub fn test(rules: &RuleSet, ids: &[String], screen: &Screen) -> Result<(String, bool), Error> {
    let known = Known::load()?;
    let mut out = String::new();
    let mut broken = 0;
    for rule in rules.iter().filter(|rule| ids.contains(&rule.id)) {
        let faults = example::faults(rules, rule, &known);
        if faults.is_empty() {
            continue;
        }
        broken += 1;
        out.push_str(&format!("{}\n", screen.paint(Paint::Red, &rule.id)));
        for fault in faults {
            out.push_str(&screen.paragraph("  - ", 4, &fault));
        }
    }
    let sound = ids.len() - broken;
    out.push_str(&format!("{sound} of {} rules are sound\n", ids.len()));
    Ok((out, broken == 0))
}
