//! Findings in the order in which people read them: by the three questions of a registration, then by place.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::error::Error;
use crate::finding::Finding;
use crate::rule::Severity;
use crate::text::Span;

/// How a report speaks of a review: `rules/registry/review.yaml`.
#[derive(Debug, Deserialize)]
pub struct Review {
    /// The questions in the order of the form.
    pub questions: Vec<QuestionText>,
    /// What people call the pages, by role.
    pub pages: BTreeMap<String, String>,
    /// How long a round of review takes.
    pub round: String,
    /// After how many rejections an application is closed for good.
    pub attempts: usize,
    /// What no program can see, in sentences.
    pub by_hand: Vec<String>,
    /// What is said of a code that came back.
    pub rejected: RejectedTexts,
}

/// How a report speaks of a code that came back.
#[derive(Debug, Deserialize)]
pub struct RejectedTexts {
    /// Over what explains it.
    pub explained: String,
    /// Where everything that explains it stands above.
    pub above: String,
    /// Where nothing explains it.
    pub not_shown: String,
    /// What to do then, in sentences.
    pub then: Vec<String>,
    /// Over the pages that were not read.
    pub could_not_check: String,
}

/// A question and what answers it.
#[derive(Debug, Deserialize)]
pub struct QuestionText {
    /// The question.
    pub title: String,
    /// Folders of rules.
    pub categories: Vec<String>,
}

impl Review {
    /// The texts that the program was built with.
    ///
    /// # Errors
    /// Never with a sound build.
    pub fn load() -> Result<Self, Error> {
        serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/registry/review.json")))
            .map_err(|error| Error::new(format!("the built-in texts are damaged: {error}")))
    }

    /// What people call a subject: `message_flow`, `the privacy policy`.
    pub fn name<'s>(&'s self, subject: &'s str) -> &'s str {
        let page = subject.strip_prefix("page.").and_then(|page| page.split('.').next());
        let page = page.and_then(|role| self.pages.get(role)).map(String::as_str);
        page.unwrap_or_else(|| subject.split_once('.').map_or(subject, |(_, field)| field))
    }
}

/// One question with its faults; the worst is last.
#[derive(Debug)]
pub struct Question<'f> {
    /// The question.
    pub title: String,
    /// What was found, from harmless to fatal, then by place.
    pub blocks: Vec<Block<'f>>,
}

/// Faults of the same kind at the same place, or one fault at several places; at least one.
#[derive(Debug)]
pub struct Block<'f> {
    /// The faults, the worst first.
    pub findings: Vec<&'f Finding>,
}

impl<'f> Block<'f> {
    /// The worst of its faults.
    pub fn severity(&self) -> Severity {
        self.findings.iter().map(|finding| finding.severity).max().unwrap_or(Severity::Advice)
    }

    /// The codes of all its faults, best first, each once.
    pub fn codes(&self) -> Vec<String> {
        let telling = self.findings.iter().filter(|finding| finding.severity > Severity::Advice);
        each_once(telling.flat_map(|finding| finding.rejections.iter().cloned()))
    }

    /// The texts to paste, each once; one that a longer one holds already is left out.
    pub fn pastes(&self) -> Vec<String> {
        let all = each_once(self.findings.iter().filter_map(|finding| finding.paste.clone()));
        let held = |text: &String| {
            let bare = text.trim_end_matches('.');
            all.iter().any(|other| other.len() > text.len() && other.contains(bare))
        };
        all.iter().filter(|text| !held(text)).cloned().collect()
    }

    /// Ids of its rules, each once.
    pub fn rules(&self) -> Vec<String> {
        each_once(self.findings.iter().map(|finding| finding.rule.clone()))
    }

    /// The faults, each once although it may be at several places.
    pub fn faults(&self) -> Vec<&'f Finding> {
        let mut faults: Vec<&Finding> = Vec::new();
        for finding in &self.findings {
            if !faults.iter().any(|known| is_same_fault(known, finding)) {
                faults.push(finding);
            }
        }
        faults
    }

    /// The words that are at fault, each place once; none where something is missing.
    pub fn places(&self) -> Vec<&'f Span> {
        let mut places: Vec<&Span> = Vec::new();
        for span in self.findings.iter().flat_map(|finding| &finding.places) {
            if !places.contains(&span) {
                places.push(span);
            }
        }
        places
    }

    /// The subject that all its faults are about, if it is one.
    pub fn subject(&self) -> Option<&'f str> {
        let first = self.findings.first()?;
        self.findings.iter().all(|finding| finding.subject == first.subject).then_some(first.subject.as_str())
    }
}

/// The findings by question. Questions without one are left out; those with the worst faults come last.
pub fn questions<'f>(review: &Review, findings: &[&'f Finding]) -> Vec<Question<'f>> {
    let place = |finding: &Finding| {
        let of = |text: &QuestionText| text.categories.iter().any(|known| known == category(finding));
        review.questions.iter().position(of).unwrap_or(review.questions.len())
    };
    let mut questions = Vec::new();
    for number in 0..=review.questions.len() {
        let mine: Vec<&Finding> = findings.iter().copied().filter(|finding| place(finding) == number).collect();
        if mine.is_empty() {
            continue;
        }
        let blocks = blocks(mine);
        let title = review.questions.get(number).map_or("Rules of your own", |text| text.title.as_str());
        questions.push(Question { title: title.to_owned(), blocks });
    }
    questions.sort_by_key(|question| question.blocks.iter().map(Block::severity).max());
    questions
}

/// The findings as blocks, from harmless to fatal, then by place.
pub fn blocks(findings: Vec<&Finding>) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    for finding in findings {
        let belongs = |block: &&mut Block<'_>| {
            let same_words = |known: &&&Finding| !known.places.is_empty() && is_same_fault(known, finding);
            is_same_place(block.findings[0], finding) || block.findings.iter().any(|known| same_words(&known))
        };
        match blocks.iter_mut().find(belongs) {
            Some(block) => block.findings.push(finding),
            None => blocks.push(Block { findings: vec![finding] }),
        }
    }
    for block in &mut blocks {
        block.findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    }
    blocks.sort_by_key(|block| (block.severity(), block.findings[0].anchor.hull().start));
    blocks
}

fn is_same_place(one: &Finding, other: &Finding) -> bool {
    let hulls = |spans: &[Span]| spans.iter().map(|span| (span.source, span.hull())).collect::<Vec<_>>();
    category(one) == category(other)
        && one.anchor.source == other.anchor.source
        && one.anchor.hull() == other.anchor.hull()
        && hulls(&one.places) == hulls(&other.places)
}

fn is_same_fault(one: &Finding, other: &Finding) -> bool {
    let told = |finding: &Finding| (finding.rule.clone(), finding.title.clone(), finding.help.clone());
    told(one) == told(other) && one.places.is_empty() == other.places.is_empty()
}

fn category(finding: &Finding) -> &str {
    finding.rule.split('/').next().unwrap_or_default()
}

fn each_once(all: impl Iterator<Item = String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for one in all {
        if !kept.contains(&one) {
            kept.push(one);
        }
    }
    kept
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::rule::Confidence;
    use crate::text::{Source, SourceId, Sources};

    fn finding(source: SourceId, rule: &str, severity: Severity, at: usize, word: Option<usize>) -> Finding {
        Finding {
            rule: rule.into(),
            severity,
            confidence: Confidence::High,
            subject: "campaign.message_flow".into(),
            title: String::new(),
            label: String::new(),
            help: String::new(),
            paste: None,
            reasons: Vec::new(),
            rejections: Vec::new(),
            places: word.map(|word| Span::new(source, word..word + 1)).into_iter().collect(),
            matched: String::new(),
            anchor: Span::new(source, at..at + 1),
        }
    }

    #[test]
    fn the_worst_is_last_and_faults_at_one_place_stand_together() {
        let mut sources = Sources::default();
        let source = sources.add(Source { name: "x".into(), text: "0123456789".into(), is_page: false });
        let findings = [
            finding(source, "consent/rates-missing", Severity::Error, 5, None),
            finding(source, "samples/few", Severity::Warning, 7, None),
            finding(source, "consent/implied", Severity::Error, 5, Some(6)),
            finding(source, "consent/frequency-missing", Severity::Warning, 5, None),
            finding(source, "consent/long", Severity::Advice, 9, None),
            finding(source, "own/rule", Severity::Advice, 1, None),
        ];
        let review = Review::load().unwrap();
        let questions = questions(&review, &findings.iter().collect::<Vec<_>>());
        let shown: Vec<(&str, Vec<Vec<String>>)> = questions
            .iter()
            .map(|question| (question.title.as_str(), question.blocks.iter().map(Block::rules).collect()))
            .collect();
        assert_eq!(
            shown,
            [
                ("Rules of your own", vec![vec!["own/rule".to_owned()]]),
                ("What you send", vec![vec!["samples/few".to_owned()]]),
                (
                    "How people agreed",
                    vec![
                        vec!["consent/long".to_owned()],
                        vec!["consent/rates-missing".to_owned(), "consent/frequency-missing".to_owned()],
                        vec!["consent/implied".to_owned()],
                    ]
                ),
            ]
        );
    }

    #[test]
    fn every_category_of_the_rules_answers_a_question() {
        let review = Review::load().unwrap();
        let rules = crate::rule::RuleSet::embedded().unwrap();
        let known: Vec<&String> = review.questions.iter().flat_map(|question| &question.categories).collect();
        for rule in rules.iter() {
            assert!(known.iter().any(|known| *known == rule.category()), "{}", rule.id);
        }
        assert_eq!(review.name("page.opt_in.forms"), "the opt-in page");
        assert_eq!(review.name("campaign.message_flow"), "message_flow");
    }
}
