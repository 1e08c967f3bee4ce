//! The verbs of rules: what each asks of the evidence, and what it answers.

use std::collections::BTreeMap;

use super::Rule;
use super::builtin;
use super::fill::Values;
use super::format::{Agree, Bounds, Check, Condition, Forbid, OneOf, Polarity, Reachable, Require, Scope, Test, Unit};
use super::pattern::Reader;
use crate::evidence::{Evidence, Reading, Role, page_role};
use crate::text::{Passage, Span};

/// A rule put to one registration.
pub struct Inquiry<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// What is known.
    pub evidence: Evidence<'a>,
    /// Finds patterns.
    pub reader: &'a Reader<'a>,
    /// The user's values.
    pub values: &'a Values<'a>,
    /// The provider whose profile applies.
    pub provider: Option<&'a str>,
}

/// What a rule found.
#[derive(Debug, Default)]
pub struct Answer {
    /// The faults.
    pub hits: Vec<Hit>,
    /// Pages that it would have needed and that could not be read.
    pub unread: Vec<Role>,
}

/// One fault.
#[derive(Debug, Clone)]
pub struct Hit {
    /// The subject it is in.
    pub subject: String,
    /// The words; none where something is missing.
    pub spans: Vec<Span>,
    /// The words as text, for reports and for telling findings apart.
    pub matched: String,
    /// Values for `{{found.…}}` in the rule's sentences.
    pub found: BTreeMap<String, String>,
}

impl Hit {
    /// A fault of a whole subject: something is missing.
    pub fn missing(subject: &str) -> Self {
        Self { subject: subject.to_owned(), spans: Vec::new(), matched: String::new(), found: BTreeMap::new() }
    }

    /// A fault that a whole passage is.
    pub fn whole(subject: &str, passage: &Passage) -> Self {
        Self { spans: vec![passage.whole()], matched: passage.text.clone(), ..Self::missing(subject) }
    }

    /// A fault that these words (bytes of the folded text) are.
    pub fn words(subject: &str, passage: &Passage, ranges: &[std::ops::Range<usize>]) -> Self {
        let texts: Vec<&str> =
            ranges.iter().map(|range| &passage.text[passage.folded().original(range.clone())]).collect();
        Self {
            spans: ranges.iter().map(|range| passage.folded_span(range.clone())).collect(),
            matched: texts.join(" … "),
            ..Self::missing(subject)
        }
    }

    /// Adds a value for `{{found.name}}`.
    pub fn found(mut self, name: &str, value: impl ToString) -> Self {
        self.found.insert(name.to_owned(), value.to_string());
        self
    }
}

impl Answer {
    /// No fault.
    pub fn pass() -> Self {
        Self::default()
    }

    /// These faults.
    pub fn fail(hits: Vec<Hit>) -> Self {
        Self { hits, unread: Vec::new() }
    }
}

impl<'a> Inquiry<'a> {
    /// True where every condition of the rule holds.
    pub fn applies(&self) -> bool {
        self.rule.file.when.iter().all(|(subject, condition)| self.holds(subject, condition))
    }

    fn holds(&self, subject: &str, condition: &Condition) -> bool {
        let value = || self.evidence.registration.text(subject).to_owned();
        match condition {
            Condition::Is(wanted) => value().eq_ignore_ascii_case(&wanted.text()),
            Condition::In(wanted) => wanted.iter().any(|wanted| value().eq_ignore_ascii_case(&wanted.text())),
            Condition::Test(test) => self.passes(subject, test),
        }
    }

    fn passes(&self, subject: &str, test: &Test) -> bool {
        let reading = self.evidence.read(subject);
        let value = self.evidence.registration.text(subject);
        let finds = |patterns: &Vec<_>| match reading {
            Reading::Text(passages) => passages.iter().any(|passage| self.reader.stands(passage, patterns)),
            _ => false,
        };
        let not =
            test.not.as_ref().is_none_or(|not| !not.iter().any(|wanted| value.eq_ignore_ascii_case(&wanted.text())));
        let present = test.present.is_none_or(|present| present == matches!(reading, Reading::Text(_)));
        let outcome = test.outcome.as_ref().is_none_or(|names| {
            page_role(subject).is_some_and(|role| names.iter().any(|name| name == self.evidence.outcome(role).name()))
        });
        not && present && outcome && test.matches.as_ref().is_none_or(finds) && !test.lacks.as_ref().is_some_and(finds)
    }

    /// Puts the rule's question.
    pub fn ask(&self) -> Answer {
        match &self.rule.file.check {
            Check::Require(require) => self.require(require),
            Check::Forbid(forbid) => self.each_passage(|subject, passage| self.forbid(subject, passage, forbid)),
            Check::Length(bounds) => self.each_passage(|subject, passage| length(subject, passage, bounds)),
            Check::Count(bounds) => self.count(bounds),
            Check::OneOf(list) => self.each_passage(|subject, passage| one_of(subject, passage, list)),
            Check::Agree(agree) => self.agree(agree),
            Check::Reachable(reachable) => self.reachable(reachable),
            Check::Builtin(call) => builtin::answer(self, call),
        }
    }

    /// The passages of the rule's subjects that can be read.
    pub fn passages(&self) -> Vec<(&'a str, &'a Passage)> {
        let mut passages = Vec::new();
        for subject in &self.rule.file.subjects {
            if let Reading::Text(texts) = self.evidence.read(subject) {
                passages.extend(texts.iter().map(|passage| (subject.as_str(), passage)));
            }
        }
        passages
    }

    /// The pages among the rule's subjects that could not be read.
    pub fn unread(&self) -> Vec<Role> {
        let subjects = self.rule.file.subjects.iter();
        let unread = subjects.filter(|subject| matches!(self.evidence.read(subject), Reading::Unread(_)));
        unread.filter_map(|subject| page_role(subject)).collect()
    }

    fn each_passage(&self, mut fault: impl FnMut(&str, &Passage) -> Option<Hit>) -> Answer {
        let mut hits: Vec<Hit> = Vec::new();
        for (subject, passage) in self.passages() {
            let Some(hit) = fault(subject, passage) else { continue };
            match hits.iter_mut().find(|known| known.subject == hit.subject) {
                Some(known) => {
                    known.spans.extend(hit.spans);
                    known.matched = format!("{} … {}", known.matched, hit.matched);
                }
                None => hits.push(hit),
            }
        }
        Answer { hits, unread: self.unread() }
    }

    fn require(&self, require: &Require) -> Answer {
        let passages = self.passages();
        if require.scope == Scope::EachPassage {
            let lacking = passages.into_iter().filter(|(_, passage)| !self.satisfied(passage, require));
            let hits = lacking.map(|(subject, passage)| Hit::whole(subject, passage)).collect();
            return Answer { hits, unread: self.unread() };
        }
        if passages.iter().any(|(_, passage)| self.satisfied(passage, require)) {
            return Answer::pass();
        }
        match passages.first() {
            Some((subject, _)) => Answer::fail(vec![Hit::missing(subject)]),
            None => Answer { hits: Vec::new(), unread: self.unread() },
        }
    }

    fn satisfied(&self, passage: &Passage, require: &Require) -> bool {
        let plain = matches!(require.scope, Scope::AnyPassage | Scope::EachPassage) && !require.own_words;
        if plain && require.unless.is_empty() && require.polarity == Polarity::Any {
            let any = require.any.is_empty() || self.reader.stands(passage, &require.any);
            return any && require.all.iter().all(|one| self.reader.stands(passage, std::slice::from_ref(one)));
        }
        let find = |patterns: &[_]| {
            let mut found =
                self.reader.find_counting(passage, patterns, &require.unless, Unit::Clause, require.polarity);
            self.keep_own(passage, require.own_words, &mut found);
            found
        };
        let any = find(&require.any);
        let all: Vec<_> = require.all.iter().map(|one| find(std::slice::from_ref(one))).collect();
        if matches!(require.scope, Scope::Sentence | Scope::Section) {
            let sentences = passage.sentences();
            return sentences.iter().enumerate().any(|(number, sentence)| {
                let heading = sentence.under.iter().filter(|_| require.scope == Scope::Section);
                let lead = number.checked_sub(1).map(|before| &sentences[before].range);
                let lead = lead.filter(|lead| require.scope == Scope::Section && leads(passage, lead, &sentence.range));
                let parts: Vec<_> = heading.chain(&sentence.intros).chain(lead).chain([&sentence.range]).collect();
                let stands = |found: &[_]| parts.iter().any(|part| holds(part, found));
                (require.any.is_empty() || stands(&any)) && all.iter().all(|one| stands(one))
            });
        }
        let has_any = require.any.is_empty() || !any.is_empty();
        has_any && all.iter().all(|one| !one.is_empty())
    }

    /// Leaves out matches in advice to somebody else, where the rule asks for that.
    fn keep_own(&self, passage: &Passage, own_words: bool, found: &mut Vec<std::ops::Range<usize>>) {
        if own_words && !found.is_empty() {
            let advisory = self.reader.advisory(passage);
            found.retain(|range| !advisory.covers(range));
        }
    }

    fn forbid(&self, subject: &str, passage: &Passage, forbid: &Forbid) -> Option<Hit> {
        let mut found =
            self.reader.find_counting(passage, &forbid.any, &forbid.unless, forbid.unless_in, forbid.polarity);
        let names = self.reader.find_any(passage, &forbid.not_ending_in);
        found.retain(|found| !names.iter().any(|name| name.start < found.end && found.end <= name.end));
        self.keep_own(passage, forbid.own_words, &mut found);
        (!found.is_empty()).then(|| Hit::words(subject, passage, &found))
    }

    fn count(&self, bounds: &Bounds) -> Answer {
        let mut hits = Vec::new();
        for subject in &self.rule.file.subjects {
            let Reading::Text(passages) = self.evidence.read(subject) else { continue };
            let count = passages.iter().filter(|passage| !passage.text.trim().is_empty()).count();
            if outside(count, bounds) {
                hits.push(with_bounds(Hit::missing(subject), bounds).found("count", count));
            }
        }
        Answer::fail(hits)
    }

    fn agree(&self, agree: &Agree) -> Answer {
        match agree {
            Agree::Flag(flag) => {
                let field = self.evidence.registration.fields.get(&flag.field);
                if field.and_then(|field| field.flag()) != Some(flag.wrong) {
                    return Answer::pass();
                }
                let shown = |passage: &Passage| {
                    let shows = &flag.shows;
                    let mut found =
                        self.reader.find_counting(passage, shows, &flag.unless, Unit::Clause, Default::default());
                    let around = self.reader.find_any(passage, &flag.not_within);
                    found.retain(|found| !around.iter().any(|one| one.start <= found.start && found.end <= one.end));
                    found
                };
                if flag.wrong {
                    let passages = self.passages();
                    let shows = passages.iter().any(|(_, passage)| !shown(passage).is_empty());
                    let fault = !shows && !passages.is_empty();
                    return Answer::fail(if fault { vec![Hit::missing(&flag.field)] } else { Vec::new() });
                }
                self.each_passage(|subject, passage| {
                    let found = shown(passage);
                    (!found.is_empty()).then(|| Hit::words(subject, passage, &found))
                })
            }
            Agree::Domain(field) => {
                let wanted = registrable(self.evidence.registration.text(field));
                self.each_passage(|subject, passage| {
                    let (wanted, given) = (wanted.as_deref()?, registrable(&passage.text)?);
                    let hit = Hit::whole(subject, passage).found("domain", &given).found("wanted", wanted);
                    (given != wanted).then_some(hit)
                })
            }
        }
    }

    fn reachable(&self, reachable: &Reachable) -> Answer {
        let mut answer = Answer::default();
        for subject in &self.rule.file.subjects {
            match self.evidence.read(subject) {
                Reading::Unread(gap) if reachable.fail.iter().any(|name| name == gap.outcome.name()) => {
                    let hit = Hit { spans: gap.named_at.iter().cloned().collect(), ..Hit::missing(subject) };
                    let address = gap.url.clone().unwrap_or_default();
                    answer.hits.push(
                        Hit { matched: address.clone(), ..hit }
                            .found("url", address)
                            .found("why", &gap.why)
                            .found("remedy", &gap.remedy),
                    );
                }
                Reading::Unread(gap) => answer.unread.push(gap.role),
                _ => {}
            }
        }
        answer
    }
}

/// The registrable domain of a URL, an e-mail address or a host name.
pub fn registrable(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    let host = match text.rsplit_once('@') {
        Some((_, host)) if !text.contains("://") => host.to_owned(),
        _ => {
            let parsed = url::Url::parse(&text).or_else(|_| url::Url::parse(&format!("https://{text}")));
            parsed.ok()?.host_str()?.to_owned()
        }
    };
    psl::domain_str(&host).map(str::to_owned)
}

/// True where one of the matches, which are in order, lies in a part of the text.
fn holds(part: &std::ops::Range<usize>, found: &[std::ops::Range<usize>]) -> bool {
    let first = found.partition_point(|range| range.start < part.start);
    found[first..].iter().take_while(|range| range.start < part.end).any(|range| range.end <= part.end)
}

fn outside(count: usize, bounds: &Bounds) -> bool {
    bounds.min.is_some_and(|min| count < min) || bounds.max.is_some_and(|max| count > max)
}

fn with_bounds(mut hit: Hit, bounds: &Bounds) -> Hit {
    for (name, bound) in [("min", bounds.min), ("max", bounds.max)] {
        if let Some(bound) = bound {
            hit = hit.found(name, bound);
        }
    }
    hit
}

fn length(subject: &str, passage: &Passage, bounds: &Bounds) -> Option<Hit> {
    let length = passage.text.trim().chars().count();
    let fault = length > 0 && outside(length, bounds);
    fault.then(|| with_bounds(Hit::whole(subject, passage), bounds).found("length", length))
}

fn one_of(subject: &str, passage: &Passage, list: &OneOf) -> Option<Hit> {
    let value = passage.text.trim();
    let known = value.is_empty() || list.values.iter().any(|known| known.eq_ignore_ascii_case(value));
    (!known).then(|| Hit::whole(subject, passage).found("value", value).found("values", list.values.join(", ")))
}
/// A run-in heading has at most so many words.
const LONGEST_LEAD: usize = 5;

/// True where a sentence introduces the next one of its paragraph: a question, or a run-in heading such as `What we collect.`
fn leads(passage: &Passage, lead: &std::ops::Range<usize>, next: &std::ops::Range<usize>) -> bool {
    let text = passage.folded().text();
    let opens = lead.start == 0 || text[..lead.start].ends_with('\n');
    let short =
        opens && text[lead.clone()].split(' ').count() <= LONGEST_LEAD && !text[lead.end..next.start].contains('\n');
    short || text[lead.clone()].ends_with('?')
}
