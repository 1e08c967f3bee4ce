//! Examples of rules, run as tests: what a rule must find, what it must let pass, and that nothing in it is idle.

use std::ops::Range;
use std::sync::Arc;

use serde_json::Value;
use url::Url;

use super::check::{Answer, Inquiry};
use super::fill::Values;
use super::format::{Check, Example, FullExample, PatternSpec};
use super::pattern::Reader;
use super::{Rule, RuleSet, builtin};
use crate::evidence::{Evidence, Field, Gap, Outcome, PageReading, Pages, Role, page_role};
use crate::page::Page;
use crate::provider::Known;
use crate::registration::{self, Registration};
use crate::text::{Passage, Source, SourceId, Sources};

/// Runs the self-test of one rule. Returns what is wrong with it, a line each; nothing where it is sound.
pub fn faults(rules: &RuleSet, rule: &Rule, known: &Known) -> Vec<String> {
    let mut faults = Vec::new();
    let texts = match rules.texts(&rule.id) {
        Ok(texts) => texts,
        Err(error) => return vec![error.to_string()],
    };
    if texts.why.trim().is_empty() {
        faults.push("`why` is missing".to_owned());
    }
    if texts.sources.is_empty() {
        faults.push("`sources` is missing".to_owned());
    }
    if texts.examples.pass.is_empty() || texts.examples.fail.is_empty() {
        faults.push("there must be at least one example that passes and one that fails".to_owned());
    }
    faults.extend(
        rule.file
            .rejections
            .iter()
            .filter(|code| !known.codes.contains(*code))
            .map(|code| format!("no provider has the code {code}")),
    );
    faults.extend(
        rule.file
            .reasons
            .iter()
            .filter(|id| !known.reasons.contains(*id))
            .map(|id| format!("there is no reason `{id}`")),
    );
    if let Check::Builtin(call) = &rule.file.check
        && builtin::find(call.name()).is_none()
    {
        faults.push(format!("there is no check named `{}`", call.name()));
    }
    let before = faults.len();
    for example in &texts.examples.pass {
        faults.extend(run(rules, rule, example, false).err());
    }
    for example in &texts.examples.fail {
        faults.extend(run(rules, rule, example, true).err());
    }
    if faults.len() == before {
        faults.extend(idle_patterns(rules, rule, &texts.examples.pass, &texts.examples.fail));
    }
    faults
}

/// Patterns without which every example still does what it should.
fn idle_patterns(rules: &RuleSet, rule: &Rule, pass: &[Example], fail: &[Example]) -> Vec<String> {
    let mut idle = Vec::new();
    for (name, index) in slots(&rule.file.check) {
        let mut lesser = rule.clone();
        let removed = remove(&mut lesser.file.check, name, index);
        let still_sound = pass.iter().all(|example| run(rules, &lesser, example, false).is_ok())
            && fail.iter().all(|example| run(rules, &lesser, example, true).is_ok());
        if still_sound {
            idle.push(format!(
                "no example needs `{}` in `{name}`",
                removed.map(|pattern| pattern.tokens().join(" … ")).unwrap_or_default()
            ));
        }
    }
    idle
}

/// The lists of patterns of a check by name.
fn lists(check: &mut Check) -> Vec<(&'static str, &mut Vec<PatternSpec>)> {
    match check {
        Check::Require(require) => {
            vec![("any", &mut require.any), ("all", &mut require.all), ("unless", &mut require.unless)]
        }
        Check::Forbid(forbid) => {
            vec![("any", &mut forbid.any), ("unless", &mut forbid.unless), ("not_ending_in", &mut forbid.not_ending_in)]
        }
        Check::Agree(super::format::Agree::Flag(flag)) => {
            vec![("shows", &mut flag.shows), ("unless", &mut flag.unless), ("not_within", &mut flag.not_within)]
        }
        _ => Vec::new(),
    }
}

fn slots(check: &Check) -> Vec<(&'static str, usize)> {
    let mut copy = check.clone();
    let lists = lists(&mut copy);
    let alone = lists.iter().map(|(_, list)| list.len()).sum::<usize>() == 1;
    let slots = lists.iter().flat_map(|(name, list)| (0..list.len()).map(move |index| (*name, index)));
    if alone { Vec::new() } else { slots.collect() }
}

fn remove(check: &mut Check, name: &str, index: usize) -> Option<PatternSpec> {
    let list = lists(check).into_iter().find(|(known, _)| *known == name)?.1;
    (index < list.len()).then(|| list.remove(index))
}

/// Runs one example; the error says what came instead.
///
/// # Errors
/// When the rule does not do what the example says.
pub fn run(rules: &RuleSet, rule: &Rule, example: &Example, should_fail: bool) -> Result<(), String> {
    let full = match example {
        Example::Text(text) => FullExample { text: Some(text.clone()), ..FullExample::default() },
        Example::Full(full) => (**full).clone(),
    };
    let shown = shorten(&serde_json::to_string(example).unwrap_or_default());
    let mut stage = Stage::new(&full).map_err(|error| format!("example {shown}: {error}"))?;
    stage.set(rule, &full).map_err(|error| format!("example {shown}: {error}"))?;
    let answer = stage.put(rules, rule, full.provider.as_deref());
    let found: Vec<String> = answer.hits.iter().flat_map(|hit| &hit.spans).map(|span| stage.text(span)).collect();
    match (should_fail, answer.hits.is_empty()) {
        (false, true) => Ok(()),
        (false, false) => Err(format!("should pass, but the rule finds {found:?}: {shown}")),
        (true, true) => Err(format!("should fail, but the rule finds nothing: {shown}")),
        (true, false) if stage.marked != stage.own(&answer) => {
            Err(format!("should underline {:?}, but underlines {:?}: {shown}", stage.marked, stage.own(&answer)))
        }
        (true, false) => Ok(()),
    }
}

fn shorten(text: &str) -> String {
    let short: String = text.chars().take(160).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

/// A registration and pages on which one example is played.
struct Stage {
    sources: Sources,
    registration: Registration,
    pages: Pages,
    /// The sources of the example's own texts.
    own: Vec<SourceId>,
    /// The marked words, in order.
    marked: Vec<String>,
}

impl Stage {
    fn new(example: &FullExample) -> Result<Self, String> {
        let sound = include_str!(concat!(env!("OUT_DIR"), "/registry/example-registration.json"));
        let (text, marked) = unmark(example.manifest.as_deref().unwrap_or(sound));
        let mut sources = Sources::default();
        let source = sources.add(Source { name: "campaign.yaml".to_owned(), text, is_page: false });
        let mut loaded = registration::load(source, &sources).map_err(|error| error.to_string())?;
        let registration = loaded.pop().ok_or("the manifest holds no registration")?;
        let own = if example.manifest.is_some() { vec![source] } else { Vec::new() };
        Ok(Self { sources, registration, pages: Pages::default(), own, marked })
    }

    /// Puts the example's texts in place.
    fn set(&mut self, rule: &Rule, example: &FullExample) -> Result<(), String> {
        let first = rule.file.subjects.first().map(String::as_str).unwrap_or_default();
        for (subject, value) in &example.with {
            let texts = match value {
                Value::Null => None,
                Value::Array(list) => Some(list.iter().map(plain).collect()),
                value => Some(vec![plain(value)]),
            };
            self.place(subject, texts)?;
        }
        if let Some(text) = &example.text {
            self.place(first, Some(vec![text.clone()]))?;
        }
        if let Some(texts) = &example.texts {
            self.place(first, Some(texts.clone()))?;
        }
        if let Some(html) = &example.html {
            let role = page_role(first).ok_or("`html` needs a page subject")?;
            let (html, marked) = unmark(html);
            self.marked.extend(marked);
            let url = self.url(role);
            let page = Page::read(&html, url.as_ref(), role.name(), &mut self.sources);
            self.own.push(page.text.whole().source);
            self.pages.by_role.insert(role, PageReading::Read(Box::new(page)));
        }
        if let Some(name) = &example.outcome {
            let role = page_role(first).ok_or("`outcome` needs a page subject")?;
            self.pages.by_role.insert(role, PageReading::Gap(gap(role, name)?));
        }
        Ok(())
    }

    fn url(&self, role: Role) -> Option<Url> {
        let path = if role == Role::Home { "" } else { role.name() };
        Url::parse(&format!("https://cedargrove.example/{path}")).ok()
    }

    /// A further page of the site.
    fn place_further(&mut self, path: &str, texts: Option<Vec<String>>) {
        let (html, marked) = unmark(&texts.unwrap_or_default().concat());
        self.marked.extend(marked);
        let url = Url::parse(&format!("https://cedargrove.example/{path}")).ok();
        let page = Page::read(&html, url.as_ref(), path, &mut self.sources);
        self.own.push(page.text.whole().source);
        self.pages.others.push(page);
    }

    fn place(&mut self, subject: &str, texts: Option<Vec<String>>) -> Result<(), String> {
        if let Some(path) = subject.strip_prefix("page./") {
            self.place_further(path, texts);
            return Ok(());
        }
        if let Some(role) = page_role(subject) {
            let Some(text) = texts.and_then(|texts| texts.into_iter().next()) else {
                self.pages.by_role.remove(&role);
                return Ok(());
            };
            if let Some(outcome) = text.strip_prefix("outcome: ") {
                self.pages.by_role.insert(role, PageReading::Gap(gap(role, outcome)?));
                return Ok(());
            }
            let (text, marked) = unmark(&text);
            self.marked.extend(marked);
            let url = self.url(role);
            let page = if text.trim_start().starts_with('<') {
                Page::read(&text, url.as_ref(), role.name(), &mut self.sources)
            } else {
                Page::plain(&text, url.as_ref(), role.name(), &mut self.sources)
            };
            self.own.push(page.text.whole().source);
            self.pages.by_role.insert(role, PageReading::Read(Box::new(page)));
            return Ok(());
        }
        let Some(texts) = texts else {
            self.registration.fields.remove(subject);
            return Ok(());
        };
        let mut values = Vec::new();
        for text in texts {
            let (text, marked) = unmark(&text);
            self.marked.extend(marked);
            let source = self.sources.add(Source { name: subject.to_owned(), text: text.clone(), is_page: false });
            self.own.push(source);
            values.push(Passage::verbatim(text, source, 0));
        }
        let key = self.registration.anchor(subject);
        self.registration.fields.insert(subject.to_owned(), Arc::new(Field { key, values }));
        Ok(())
    }

    fn put(&self, rules: &RuleSet, rule: &Rule, provider: Option<&str>) -> Answer {
        let values = Values::new(&self.registration);
        let reader = Reader::new(rules.tokens(), &values);
        let evidence = Evidence { registration: &self.registration, pages: &self.pages };
        let inquiry = Inquiry { rule, evidence, reader: &reader, values: &values, provider };
        if inquiry.applies() { inquiry.ask() } else { Answer::pass() }
    }

    fn text(&self, span: &crate::text::Span) -> String {
        let text = &self.sources.get(span.source).text;
        let piece = |piece: &Range<usize>| text.get(piece.clone()).unwrap_or("(no place)").to_owned();
        span.pieces.iter().map(piece).collect::<Vec<_>>().join(" ")
    }

    /// What the answer underlines in the example's own texts.
    fn own(&self, answer: &Answer) -> Vec<String> {
        let spans = answer.hits.iter().flat_map(|hit| &hit.spans);
        spans.filter(|span| self.own.contains(&span.source)).map(|span| self.text(span)).collect()
    }
}

fn gap(role: Role, outcome: &str) -> Result<Gap, String> {
    let outcome: Outcome =
        serde_json::from_value(Value::String(outcome.to_owned())).map_err(|error| error.to_string())?;
    let why = "as the example says".to_owned();
    Ok(Gap {
        role,
        url: Some("https://cedargrove.example".to_owned()),
        outcome,
        why,
        remedy: String::new(),
        named_at: None,
    })
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The text without its marks, and the words between them.
fn unmark(text: &str) -> (String, Vec<String>) {
    let mut marked = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('«') {
        let after = &rest[open + '«'.len_utf8()..];
        let Some(close) = after.find('»') else { break };
        marked.push(after[..close].to_owned());
        rest = &after[close + '»'.len_utf8()..];
    }
    (text.replace(['«', '»'], ""), marked)
}
