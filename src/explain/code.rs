//! What a provider's rejection code means.

use super::{Knowledge, heading, item, items, with_placeholders};
use crate::provider::Code;
use crate::report::screen::Screen;
use crate::rule::Rule;

impl Knowledge {
    pub(super) fn code(&self, provider: &str, code: &Code, screen: &Screen) -> String {
        let list = self.providers.get(provider);
        let name = format!("{provider}:{}", code.code);
        let mut out = heading(screen, &name, &code.title);
        out.push_str(&item(screen, "Means", &code.means));
        out.push_str(&item(screen, "Looks at", &code.looks_at.join(", ")));
        out.push_str(&items(screen, "Next", next(code)));
        let rules = self.rules_for_code(&name);
        if rules.is_empty() {
            out.push_str(&item(screen, "Found by", "no rule: see the reasons below"));
        } else {
            out.push_str(&items(screen, "Found by", rules.into_iter().map(line)));
        }
        let reasons = code.reasons.iter().map(|id| format!("{id}: {}", self.reason_title(id)));
        out.push_str(&items(screen, "Reasons", reasons));
        let unknowable = self.reasons.iter().filter(|reason| code.reasons.contains(&reason.id));
        let remedies: Vec<String> = unknowable.filter_map(|reason| reason.remedy.clone()).collect();
        out.push_str(&items(screen, "By hand", remedies));
        let read = list.map_or("", |list| list.read.as_str());
        let about = list.map_or("", |list| list.about.as_str());
        out.push_str(&item(screen, "Whose", about));
        out.push_str(&item(screen, "Source", &format!("{} (read {read})", code.url)));
        out
    }

    /// A number that several providers use.
    pub(super) fn ambiguous(&self, name: &str, meanings: &[(&str, &Code)], screen: &Screen) -> String {
        let title = format!("{} providers use this code, each in its own way. Whose is it?", meanings.len());
        let mut out = heading(screen, name, &title);
        for (provider, code) in meanings {
            let name = format!("{provider}:{}", code.code);
            out.push_str(&screen.paragraph("  ", 4, &format!("{name}: {}", code.title)));
        }
        let example = meanings.first().map_or(String::new(), |(provider, code)| format!("{provider}:{}", code.code));
        out.push('\n');
        out.push_str(&screen.paragraph("", 0, &format!("Ask again with the name: tcr-lint explain {example}")));
        out
    }
}

/// A rule with its fault.
pub(super) fn line(rule: &Rule) -> String {
    format!("{}: {}", rule.id, with_placeholders(&rule.file.title))
}

/// What can be done after such a rejection.
pub(crate) fn next(code: &Code) -> Option<String> {
    let again = match code.resubmittable.as_str() {
        "yes" => "can be sent in again",
        "no" => "is final and cannot be sent in again",
        _ => "",
    };
    let how = match code.change.as_str() {
        "edit" => "the campaign can be edited",
        "new-campaign" => "a new campaign has to be filed",
        _ => "",
    };
    let parts: Vec<&str> = [again, how].into_iter().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}
