//! A rule file as written: plain data, shared by the program and by `build.rs`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How bad a finding is. Ordered from harmless to fatal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; never decides a review by itself.
    Advice,
    /// Some reviewers reject for it.
    Warning,
    /// Reviewers reject for it.
    Error,
}

impl Severity {
    /// The name in reports and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Advice => "advice",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// How sure a rule is of what it finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// A hint.
    Low,
    /// Usually right.
    Medium,
    /// As sure as reading can be.
    High,
}

impl Confidence {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
        }
    }
}

/// A rule file. Its path is its id: `rules/privacy/no-sharing-promise.yaml` is `privacy/no-sharing-promise`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RuleFile {
    /// The fault, in lower case without a full stop. May hold `{{…}}` values.
    pub title: String,
    /// A few words for the underline; the title where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// How bad the fault is where no provider says otherwise.
    pub severity: Severity,
    /// Where a provider differs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub severity_at: BTreeMap<String, Severity>,
    /// How sure the rule is.
    pub confidence: Confidence,
    /// What it reads: subjects such as `campaign.message_flow` or `page.privacy`, together where there are several.
    #[serde(rename = "in", deserialize_with = "one_or_many")]
    #[cfg_attr(json_schema, schemars(with = "OneOrMany"))]
    pub subjects: Vec<String>,
    /// When it applies; every condition must hold.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub when: BTreeMap<String, Condition>,
    /// What it asks.
    pub check: Check,
    /// What to do; starts with a verb. May hold `{{…}}` values.
    pub help: String,
    /// Text to paste, filled with the user's own values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paste: Option<String>,
    /// Why reviewers mind.
    #[serde(default)]
    pub why: String,
    /// The reasons for rejection it stands for: ids of `rules/registry/reasons.yaml`.
    #[serde(default)]
    pub reasons: Vec<String>,
    /// The provider codes it predicts, as `provider:code`.
    #[serde(default)]
    pub rejections: Vec<String>,
    /// Where the fact comes from.
    #[serde(default)]
    pub sources: Vec<RuleSource>,
    /// Texts that pass and texts that fail; they run as tests.
    #[serde(default)]
    pub examples: Examples,
}

/// Where a fact comes from.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RuleSource {
    /// The address of the page, or the name of the document.
    pub url: String,
    /// The month it was read, as `2026-11`.
    pub read: String,
}

/// When a rule applies, by one subject.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Condition {
    /// The field is this value.
    Is(Scalar),
    /// The field is one of these values.
    In(Vec<Scalar>),
    /// Anything else.
    Test(Test),
}

/// A condition with its parts; each that is given must hold.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Test {
    /// The field is none of these values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not: Option<Vec<Scalar>>,
    /// The field is given and not empty, or is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub present: Option<bool>,
    /// One of these patterns is found in the subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matches: Option<Vec<PatternSpec>>,
    /// None of these patterns is found in the subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lacks: Option<Vec<PatternSpec>>,
    /// The page ended so: names of outcomes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Vec<String>>,
}

/// A value as YAML gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Scalar {
    /// `true` or `false`.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// Text.
    Text(String),
}

impl Scalar {
    /// The value as a manifest would write it.
    pub fn text(&self) -> String {
        match self {
            Scalar::Flag(flag) => flag.to_string(),
            Scalar::Number(number) => number.to_string(),
            Scalar::Text(text) => text.clone(),
        }
    }
}

/// What a rule asks. Exactly one verb to a rule.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// The words must be there.
    Require(Require),
    /// The words must not be there.
    Forbid(Forbid),
    /// So many characters.
    Length(Bounds),
    /// So many entries.
    Count(Bounds),
    /// The value is one of a list.
    OneOf(OneOf),
    /// Two subjects must agree.
    Agree(Agree),
    /// The page must be there.
    Reachable(Reachable),
    /// A named check in Rust, for what patterns cannot say.
    Builtin(BuiltinCall),
}

/// Words that must be there.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Require {
    /// One of these is enough.
    #[serde(default)]
    pub any: Vec<PatternSpec>,
    /// All of these are needed.
    #[serde(default)]
    pub all: Vec<PatternSpec>,
    /// Where they must stand together.
    #[serde(default)]
    pub scope: Scope,
    /// A match does not count where one of these stands in the same clause.
    #[serde(default)]
    pub unless: Vec<PatternSpec>,
    /// Which clauses count.
    #[serde(default)]
    pub polarity: Polarity,
    /// Only what a text states for itself counts, not what it advises somebody else to write.
    #[serde(default)]
    pub own_words: bool,
}

/// Words that must not be there.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Forbid {
    /// None of these may be found.
    pub any: Vec<PatternSpec>,
    /// A match is fine where one of these stands near it.
    #[serde(default)]
    pub unless: Vec<PatternSpec>,
    /// How near `unless` looks.
    #[serde(default)]
    pub unless_in: Unit,
    /// A match is fine where its last word lies within one of these, as `partners` does in `from Harlow Partners`.
    #[serde(default)]
    pub not_ending_in: Vec<PatternSpec>,
    /// Which clauses count.
    #[serde(default)]
    pub polarity: Polarity,
    /// Only what a text states for itself counts, not what it advises somebody else to write.
    #[serde(default)]
    pub own_words: bool,
}

/// Where required words must stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// At least one passage has them.
    #[default]
    AnyPassage,
    /// Every passage has them.
    EachPassage,
    /// One sentence, with its list intro, has them all.
    Sentence,
    /// One sentence, with its list intro and the heading above it, has them all.
    Section,
}

/// A stretch of text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Up to the next contrast or exception.
    #[default]
    Clause,
    /// Up to the next full stop; list items carry their intro.
    Sentence,
    /// The whole passage.
    Passage,
}

/// Which clauses count, by negation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    /// All.
    #[default]
    Any,
    /// Those that affirm.
    Affirmed,
    /// Those that deny.
    Denied,
}

/// A pattern over folded text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum PatternSpec {
    /// A token: a small regular expression with `{name}` of the vocabulary and `{{field}}` of the manifest.
    Token(String),
    /// Tokens in this order.
    Sequence(SequenceSpec),
}

/// Tokens in order, near each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SequenceSpec {
    /// The tokens.
    pub seq: Vec<String>,
    /// At most so many words between one token and the next.
    pub within: Words,
    /// What no gap may cross.
    #[serde(default)]
    pub stop_at: Unit,
}

/// A number of words, written `12 words`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Words(pub usize);

impl TryFrom<String> for Words {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let number = text.strip_suffix(" words").or_else(|| text.strip_suffix(" word"));
        let count = number.and_then(|number| number.parse().ok());
        count.map(Words).ok_or_else(|| format!("`{text}` is no distance; write it like `12 words`"))
    }
}

impl From<Words> for String {
    fn from(words: Words) -> String {
        format!("{} words", words.0)
    }
}

/// A least and a greatest number.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// At least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<usize>,
    /// At most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<usize>,
}

/// A list of values.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OneOf {
    /// The values; without regard to case.
    pub values: Vec<String>,
}

/// Two subjects that must agree.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum Agree {
    /// A flag must be what the subject shows.
    Flag(FlagAgreement),
    /// The subject's host must be on the same registrable domain as this field's.
    Domain(String),
}

/// A flag against content.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FlagAgreement {
    /// The flag's field.
    pub field: String,
    /// The value the flag has when it is wrong.
    pub wrong: bool,
    /// What the content shows: with `wrong: false` one of these is found, with `wrong: true` none.
    pub shows: Vec<PatternSpec>,
    /// A match does not count where one of these stands in the same clause.
    #[serde(default)]
    pub unless: Vec<PatternSpec>,
    /// A match does not count where it lies within one of these.
    #[serde(default)]
    pub not_within: Vec<PatternSpec>,
}

/// Outcomes that make a page a fault.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reachable {
    /// Names of outcomes.
    pub fail: Vec<String>,
}

/// A named check with its arguments.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum BuiltinCall {
    /// Without arguments.
    Name(String),
    /// With arguments.
    Call(BuiltinArguments),
}

/// The arguments of a named check.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
pub struct BuiltinArguments {
    /// The check.
    pub name: String,
    /// Patterns it looks for, by the part they play.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub patterns: BTreeMap<String, Vec<PatternSpec>>,
    /// Its other arguments.
    #[serde(flatten)]
    pub arguments: BTreeMap<String, Value>,
}

/// What only people and tests read of a rule; a run does not load it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RuleTexts {
    /// Why reviewers mind.
    #[serde(default)]
    pub why: String,
    /// Where the fact comes from.
    #[serde(default)]
    pub sources: Vec<RuleSource>,
    /// Texts that pass and texts that fail.
    #[serde(default)]
    pub examples: Examples,
}

/// Texts that run as tests.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Examples {
    /// The rule finds nothing here.
    #[serde(default)]
    pub pass: Vec<Example>,
    /// The rule finds exactly the words between « and ».
    #[serde(default)]
    pub fail: Vec<Example>,
}

/// One example.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Example {
    /// The text of the first subject.
    Text(String),
    /// An example with its surroundings.
    Full(Box<FullExample>),
}

/// An example with its surroundings. What it does not say comes from a sound registration.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FullExample {
    /// The text of the first subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The entries of the first subject, where it is a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub texts: Option<Vec<String>>,
    /// The first subject's page as HTML.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
    /// How reading the first subject's page ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// Other subjects: a value, a list, or null for a field that is left out; a page subject as text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub with: BTreeMap<String, Value>,
    /// A whole manifest instead of the sound one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manifest: Option<String>,
    /// The provider whose profile applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
}

impl RuleFile {
    /// Every pattern of the rule, those of its conditions too.
    pub fn patterns(&self) -> Vec<&PatternSpec> {
        let mut patterns = Vec::new();
        for condition in self.when.values() {
            if let Condition::Test(test) = condition {
                patterns.extend(test.matches.iter().chain(&test.lacks).flatten());
            }
        }
        match &self.check {
            Check::Require(require) => patterns.extend(require.any.iter().chain(&require.all).chain(&require.unless)),
            Check::Forbid(forbid) => {
                patterns.extend(forbid.any.iter().chain(&forbid.unless).chain(&forbid.not_ending_in))
            }
            Check::Agree(Agree::Flag(flag)) => {
                patterns.extend(flag.shows.iter().chain(&flag.unless).chain(&flag.not_within))
            }
            Check::Builtin(BuiltinCall::Call(call)) => patterns.extend(call.patterns.values().flatten()),
            _ => {}
        }
        patterns
    }
}

impl PatternSpec {
    /// The tokens of the pattern.
    pub fn tokens(&self) -> &[String] {
        match self {
            PatternSpec::Token(token) => std::slice::from_ref(token),
            PatternSpec::Sequence(sequence) => &sequence.seq,
        }
    }
}

/// One text, or a list of texts.
#[derive(Deserialize)]
#[cfg_attr(json_schema, derive(schemars::JsonSchema))]
#[serde(untagged)]
enum OneOrMany {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

fn one_or_many<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(match OneOrMany::deserialize(deserializer)? {
        OneOrMany::One(one) => vec![one],
        OneOrMany::Many(many) => many,
    })
}
