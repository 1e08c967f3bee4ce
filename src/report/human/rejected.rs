//! The codes that came back, each with what explains it.

use super::{RegistrationReport, block, count};
use crate::explain::code::next;
use crate::finding::Finding;
use crate::rejected::{Rejection, Status};
use crate::report::question::blocks;
use crate::report::screen::Paint;

impl RegistrationReport<'_> {
    /// A section for each code that the user asked about.
    pub(super) fn rejected(&self) -> String {
        let mut out = String::new();
        for (number, rejection) in self.checked.rejected.iter().enumerate() {
            out.push('\n');
            out.push_str(&self.rejection(number, rejection));
        }
        out
    }

    /// The findings that explain none of those codes.
    pub(super) fn unasked(&self) -> Vec<&Finding> {
        let findings = self.checked.evaluation.findings.iter();
        findings.filter(|finding| !is_told(finding, &self.checked.rejected)).collect()
    }

    fn rejection(&self, number: usize, rejection: &Rejection) -> String {
        let code = &rejection.code.code;
        let findings = self.checked.evaluation.findings.iter().filter(|finding| rejection.is_explained_by(finding));
        let (above, new): (Vec<&Finding>, Vec<&Finding>) =
            findings.partition(|finding| is_told(finding, &self.checked.rejected[..number]));
        let blocks = blocks(new);
        let mut out = self.section(&format!("{}: {}", rejection.code.name, code.title), &count(&blocks));
        out.push_str(&self.item("means", Paint::Dim, &code.means));
        out.push_str(&next(code).map(|next| self.item("next", Paint::Dim, &block::capital(&next))).unwrap_or_default());
        match rejection.status() {
            Status::Explained if blocks.is_empty() => {
                let mut rules: Vec<&str> = above.iter().map(|finding| finding.rule.as_str()).collect();
                rules.dedup();
                let text = format!("{}: {}", self.review.rejected.above, rules.join(", "));
                out.push_str(&self.screen.paragraph("  ", 2, &text));
            }
            Status::Explained => {
                out.push_str(&self.screen.paragraph("  ", 2, &self.review.rejected.explained));
                out.push_str(&self.blocks(&blocks));
            }
            Status::NotShown => out.push_str(&self.not_shown(rejection)),
            Status::CouldNotCheck => out.push_str(&self.could_not_check(rejection)),
        }
        out
    }

    /// That nothing explains the code, what no program sees, and what to do.
    fn not_shown(&self, rejection: &Rejection) -> String {
        let texts = &self.review.rejected;
        let mut out = self.screen.paragraph("  ", 2, &texts.not_shown);
        let unseen = rejection.code.reasons.iter().filter_map(|reason| {
            let (why, remedy) = (reason.why_not.as_ref()?, reason.remedy.as_ref()?);
            Some(format!("{}: {why} {remedy}", reason.title))
        });
        for line in unseen.chain(texts.then.iter().cloned()) {
            out.push_str(&self.screen.paragraph("  - ", 4, &line));
        }
        out
    }

    fn could_not_check(&self, rejection: &Rejection) -> String {
        let mut out = self.screen.paragraph("  ", 2, &format!("{}:", self.review.rejected.could_not_check));
        for gap in &rejection.gaps {
            out.push_str(&self.screen.paragraph("  - ", 4, &format!("{}: {}", self.page_name(gap), gap.why)));
            if !gap.remedy.is_empty() {
                out.push_str(&self.item("fix", Paint::Cyan, &block::capital(&gap.remedy)));
            }
        }
        out
    }
}

fn is_told(finding: &Finding, rejections: &[Rejection]) -> bool {
    rejections.iter().any(|rejection| rejection.is_explained_by(finding))
}
