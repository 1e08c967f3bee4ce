//! Rules put to evidence. Pure: no input or output, no clock.

use std::collections::BTreeMap;

use crate::evidence::{Evidence, Gap, Outcome, PageReading, Role, page_role};
use crate::finding::{Evaluation, Finding, Unchecked};
use crate::rule::check::{Hit, Inquiry};
use crate::rule::fill::Values;
use crate::rule::pattern::Reader;
use crate::rule::{Rule, RuleSet};
use crate::text::Span;

/// Puts every rule to one registration. `provider` is whose profile applies; none: the strictest common reading.
pub fn evaluate(rules: &RuleSet, evidence: Evidence<'_>, provider: Option<&str>) -> Evaluation {
    let values = Values::new(evidence.registration);
    let reader = Reader::new(rules.tokens(), &values);
    let mut evaluation = Evaluation { rules: rules.len(), ..Evaluation::default() };
    let mut waiting: BTreeMap<Role, Vec<String>> = BTreeMap::new();
    for rule in rules.iter() {
        let inquiry = Inquiry { rule, evidence, reader: &reader, values: &values, provider };
        if !inquiry.applies() {
            continue;
        }
        let answer = inquiry.ask();
        for role in answer.unread {
            waiting.entry(role).or_default().push(rule.id.clone());
        }
        evaluation.findings.extend(answer.hits.into_iter().map(|hit| finding(rule, hit, &inquiry)));
    }
    evaluation.unchecked = unchecked(&evidence, &waiting, &evaluation.findings);
    evaluation.waiting = waiting;
    evaluation.subjects = evidence.registration.fields.values().filter(|field| !field.is_empty()).count();
    evaluation.pages = evidence.pages.read();
    evaluation
}

fn finding(rule: &Rule, hit: Hit, inquiry: &Inquiry<'_>) -> Finding {
    let fill = |text: &str| inquiry.values.fill_text(text, &hit.found);
    let title = fill(&rule.file.title);
    let rejections = rule
        .file
        .rejections
        .iter()
        .filter(|code| inquiry.provider.is_none_or(|provider| code.split(':').next() == Some(provider)));
    Finding {
        rule: rule.id.clone(),
        severity: rule.severity(inquiry.provider),
        confidence: rule.file.confidence,
        label: rule.file.label.as_deref().map_or_else(|| title.clone(), fill),
        help: fill(&rule.file.help),
        paste: rule.file.paste.as_deref().map(fill),
        reasons: rule.file.reasons.clone(),
        rejections: rejections.cloned().collect(),
        anchor: anchor(inquiry.evidence, &hit),
        title,
        subject: hit.subject,
        places: hit.spans,
        matched: hit.matched,
    }
}

/// The manifest's place of a fault: its words if they stand in the manifest, else the key they belong to.
fn anchor(evidence: Evidence<'_>, hit: &Hit) -> Span {
    let manifest = evidence.registration.source;
    let inside = hit.spans.iter().find(|span| span.source == manifest);
    inside.cloned().unwrap_or_else(|| evidence.anchor(&hit.subject))
}

/// One entry for each page that rules waited for; a page whose absence is itself a finding is not listed again.
fn unchecked(evidence: &Evidence<'_>, waiting: &BTreeMap<Role, Vec<String>>, findings: &[Finding]) -> Vec<Unchecked> {
    let mut entries = Vec::new();
    for (role, rules) in waiting {
        let Some(PageReading::Gap(gap)) = evidence.pages.by_role.get(role) else { continue };
        let reported = |finding: &Finding| page_role(&finding.subject) == Some(*role) && finding.matched == url(gap);
        if gap.outcome == Outcome::NotGiven || findings.iter().any(reported) {
            continue;
        }
        entries.push(Unchecked { gap: gap.clone(), rules: rules.clone() });
    }
    entries
}

fn url(gap: &Gap) -> &str {
    gap.url.as_deref().unwrap_or_default()
}
