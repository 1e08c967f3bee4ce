//! Named checks, for what patterns cannot say. Each file holds one family; rules name them in `check: { builtin: … }`.

pub mod advisory;
pub mod privacy;
pub mod readability;
pub mod sharing;

use super::check::{Answer, Inquiry};
use super::format::{BuiltinCall, PatternSpec};

/// A named check: reads its arguments and the evidence, and answers.
pub type Builtin = fn(&Inquiry<'_>, &BuiltinCall) -> Answer;

/// Every named check.
const BUILTINS: &[(&str, Builtin)] = &[
    ("advice-share", privacy::advice_share),
    ("fingerprint", privacy::fingerprint),
    ("plain-language", privacy::plain_language),
    ("thin-page", privacy::thin_page),
];

/// The check of that name.
pub fn find(name: &str) -> Option<Builtin> {
    BUILTINS.iter().find(|(known, _)| *known == name).map(|(_, builtin)| *builtin)
}

/// What a named check answers; a name that no check has finds nothing (the self-test of rules refuses it).
pub fn answer(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    find(call.name()).map_or_else(Answer::pass, |builtin| builtin(inquiry, call))
}

impl BuiltinCall {
    /// The name of the check.
    pub fn name(&self) -> &str {
        match self {
            BuiltinCall::Name(name) => name,
            BuiltinCall::Call(call) => &call.name,
        }
    }

    /// A text argument.
    pub fn text(&self, argument: &str) -> Option<&str> {
        match self {
            BuiltinCall::Name(_) => None,
            BuiltinCall::Call(call) => call.arguments.get(argument)?.as_str(),
        }
    }

    /// A list of texts as argument.
    pub fn texts(&self, argument: &str) -> Vec<&str> {
        let BuiltinCall::Call(call) = self else { return Vec::new() };
        let list = call.arguments.get(argument).and_then(|value| value.as_array());
        list.into_iter().flatten().filter_map(|value| value.as_str()).collect()
    }

    /// The patterns that play a part; none where the rule gives none.
    pub fn patterns(&self, part: &str) -> &[PatternSpec] {
        match self {
            BuiltinCall::Name(_) => &[],
            BuiltinCall::Call(call) => call.patterns.get(part).map_or(&[], Vec::as_slice),
        }
    }

    /// A number as argument.
    pub fn number(&self, argument: &str) -> Option<f64> {
        match self {
            BuiltinCall::Name(_) => None,
            BuiltinCall::Call(call) => call.arguments.get(argument)?.as_f64(),
        }
    }
}
