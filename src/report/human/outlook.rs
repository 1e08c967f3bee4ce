//! What to expect of the review, in sentences that a clinic understands.

use super::block::answer;
use super::{RegistrationReport, counted};
use crate::evidence::{PageReading, Role};
use crate::finding::Outlook;
use crate::report::screen::Paint;
use crate::rule::Severity;

impl RegistrationReport<'_> {
    /// The outlook, the codes to expect, and how much was checked.
    pub(super) fn outlook(&self) -> String {
        let evaluation = &self.checked.evaluation;
        let outlook = evaluation.outlook();
        let (name, paint) = named(outlook);
        let title = format!("Outlook: {name}.");
        let sentences = format!("{title} {} {}", self.prospect(outlook), self.price(outlook));
        let text = self.screen.paragraph("", 0, &sentences);
        let mut out = text.replacen(&title, &self.screen.paint(paint, &title), 1);
        if let Some(codes) = answer(&evaluation.predicted_codes(), self.provider()) {
            out.push_str(&self.item("codes", Paint::Dim, &codes));
        }
        if outlook == Outlook::Ready {
            out.push_str(&self.by_hand());
        } else {
            out.push_str(&self.screen.paragraph("  ", 2, &self.extent()));
        }
        out
    }

    fn prospect(&self, outlook: Outlook) -> String {
        let errors = self.count(Severity::Error);
        match outlook {
            Outlook::Rejected if errors == 1 => "Reviewers would send this registration back for 1 error.".to_owned(),
            Outlook::Rejected => format!("Reviewers would send this registration back for {errors} errors."),
            Outlook::AtRisk => {
                let warnings = counted(&vec![Severity::Warning; self.count(Severity::Warning)]);
                format!("Nothing here is sure to be rejected, but some reviewers would send it back for {warnings}.")
            }
            Outlook::Unverified => {
                "Nothing wrong was found, but not everything could be read, so this is no promise yet.".to_owned()
            }
            Outlook::Ready => {
                format!("{}: nothing was found that reviewers reject for.", self.read(&self.pages()))
            }
        }
    }

    /// What a rejection costs: weeks, and the attempts that are left.
    fn price(&self, outlook: Outlook) -> String {
        if outlook < Outlook::AtRisk {
            return String::new();
        }
        let most = self.review.attempts;
        let history = &self.checked.registration.history;
        let rejected = history.iter().filter(|attempt| attempt.outcome.eq_ignore_ascii_case("rejected")).count();
        let round = format!("A rejection costs another {} of waiting", self.review.round);
        match (rejected, most.saturating_sub(rejected)) {
            (0, _) => format!("{round}, and after {most} rejections an application is closed for good."),
            (_, 0) => format!(
                "It has come back {rejected} times already; after {most} rejections an application is closed for good, \
                 so ask your provider if a new one has to be filed."
            ),
            (_, left) => {
                let (times, attempts) =
                    (if rejected == 1 { "time" } else { "times" }, if left == 1 { "attempt" } else { "attempts" });
                format!(
                    "{round}. It has come back {rejected} {times} already: {left} {attempts} left before the \
                     application is closed for good."
                )
            }
        }
    }

    /// `2 errors; 29 fields and 4 pages were read with 104 rules`.
    fn extent(&self) -> String {
        let severities: Vec<Severity> =
            self.checked.evaluation.findings.iter().map(|finding| finding.severity).collect();
        let counted = if severities.is_empty() { String::new() } else { format!("{}; ", counted(&severities)) };
        format!("{counted}{}", self.read(""))
    }

    /// `29 fields and 4 pages were read with 104 rules`.
    fn read(&self, pages_named: &str) -> String {
        let evaluation = &self.checked.evaluation;
        let plural = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
        let (fields, pages) = (plural(evaluation.subjects, "field"), plural(evaluation.pages, "page"));
        let rules = plural(evaluation.rules, "rule");
        format!("{fields} and {pages}{pages_named} were read with {rules}{}", self.own_rules())
    }

    /// ` (the home page, the privacy policy)`: those that were read.
    fn pages(&self) -> String {
        let read = |role: &&Role| matches!(self.checked.pages.by_role.get(role), Some(PageReading::Read(_)));
        let name = |role: &Role| self.review.pages.get(role.name()).map_or(role.name(), String::as_str);
        let further = match self.checked.pages.others.len() {
            0 => None,
            1 => Some("another page of the site".to_owned()),
            more => Some(format!("{more} more of the site")),
        };
        let roles = Role::ALL.iter().filter(read).map(|role| name(role).to_owned());
        let names: Vec<String> = roles.chain(further).collect();
        if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) }
    }

    /// ` (3 of them yours, 1 in place of a built-in one)`.
    fn own_rules(&self) -> String {
        let own = &self.report.own_rules;
        let replaced = own.iter().filter(|own| own.replaced).count();
        match (own.len(), replaced) {
            (0, _) => String::new(),
            (own, 0) => format!(" ({own} of them yours)"),
            (own, replaced) => format!(" ({own} of them yours, {replaced} in place of a built-in one)"),
        }
    }

    fn count(&self, severity: Severity) -> usize {
        self.checked.evaluation.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    fn by_hand(&self) -> String {
        let mut out = self.screen.paragraph("  ", 2, "What no program can see, look at once more yourself:");
        for line in &self.review.by_hand {
            out.push_str(&self.screen.paragraph("  - ", 4, line));
        }
        out
    }
}

fn named(outlook: Outlook) -> (&'static str, Paint) {
    match outlook {
        Outlook::Ready => ("ready to submit", Paint::Green),
        Outlook::Unverified => ("not all of it could be checked", Paint::Yellow),
        Outlook::AtRisk => ("at risk", Paint::Yellow),
        Outlook::Rejected => ("rejected", Paint::Red),
    }
}

/// `3 registrations: 1 rejected, 2 ready`.
pub(super) fn tally(outlooks: &[Outlook]) -> String {
    let known = [Outlook::Rejected, Outlook::AtRisk, Outlook::Unverified, Outlook::Ready];
    let of = |wanted: Outlook| outlooks.iter().filter(|outlook| **outlook == wanted).count();
    let names = ["rejected", "at risk", "not all checked", "ready"];
    let parts = known.into_iter().zip(names).map(|(outlook, name)| (of(outlook), name));
    let parts: Vec<String> =
        parts.filter(|(count, _)| *count > 0).map(|(count, name)| format!("{count} {name}")).collect();
    format!("{} registrations: {}", outlooks.len(), parts.join(", "))
}
