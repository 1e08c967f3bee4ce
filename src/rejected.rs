//! The codes that a registration came back with, and what explains each.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::error::Error;
use crate::evidence::{Gap, Outcome, PageReading, Pages};
use crate::finding::{Evaluation, Finding};
use crate::provider::{Code, Provider, Reason, meanings, providers, reasons};
use crate::rule::RuleSet;

/// How many near codes an unknown one is answered with.
const MOST_SUGGESTIONS: usize = 3;

/// A code that the user was sent.
#[derive(Debug)]
pub struct RejectedCode {
    /// With whose it is: `twilio:30909`.
    pub name: String,
    /// What it means.
    pub code: Code,
    /// The reasons behind it.
    pub reasons: Vec<Reason>,
    /// Ids of the rules that bring it or find a reason of it.
    rules: BTreeSet<String>,
}

/// How far a code is explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Something was found that brings it.
    Explained,
    /// Everything that could bring it was looked at, and nothing does.
    NotShown,
    /// A page that could show it was not read.
    CouldNotCheck,
}

impl Status {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Status::Explained => "explained",
            Status::NotShown => "not-shown",
            Status::CouldNotCheck => "could-not-check",
        }
    }
}

/// What explains a code in one registration.
#[derive(Debug, Clone)]
pub struct Rejection {
    /// The code.
    pub code: Arc<RejectedCode>,
    /// Ids of the rules whose findings bring it, each once.
    pub explained_by: Vec<String>,
    /// The pages that were not read and could show it; none where it is explained.
    pub gaps: Vec<Gap>,
}

impl Rejection {
    /// How far the code is explained.
    pub fn status(&self) -> Status {
        match (self.explained_by.is_empty(), self.gaps.is_empty()) {
            (false, _) => Status::Explained,
            (true, true) => Status::NotShown,
            (true, false) => Status::CouldNotCheck,
        }
    }

    /// True where a finding brings the code.
    pub fn is_explained_by(&self, finding: &Finding) -> bool {
        self.explained_by.contains(&finding.rule)
    }
}

impl RejectedCode {
    /// What explains the code in a registration of which this was found.
    pub fn explain(self: &Arc<Self>, evaluation: &Evaluation, pages: &Pages) -> Rejection {
        let mut explained_by: Vec<String> = Vec::new();
        for finding in &evaluation.findings {
            if self.rules.contains(&finding.rule) && !explained_by.contains(&finding.rule) {
                explained_by.push(finding.rule.clone());
            }
        }
        let mut gaps = Vec::new();
        if explained_by.is_empty() {
            for (role, rules) in &evaluation.waiting {
                let Some(PageReading::Gap(gap)) = pages.by_role.get(role) else { continue };
                if gap.outcome != Outcome::NotGiven && rules.iter().any(|rule| self.rules.contains(rule)) {
                    gaps.push(gap.clone());
                }
            }
        }
        Rejection { code: Arc::clone(self), explained_by, gaps }
    }
}

/// The codes of these names; a bare number is looked up in the list of `provider`, else in all lists.
///
/// # Errors
/// When no list has such a code, or several do: the notes list the meanings.
pub fn resolve(names: &[String], provider: Option<&str>, rules: &RuleSet) -> Result<Vec<RejectedCode>, Error> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let (providers, reasons) = (providers()?, reasons()?);
    let mut codes: Vec<RejectedCode> = Vec::new();
    for name in names {
        let (short, code) = meaning(name.trim(), provider, &providers)?;
        let name = format!("{short}:{}", code.code);
        if codes.iter().any(|known| known.name == name) {
            continue;
        }
        let brings = |rejections: &[String], found: &[String]| {
            rejections.contains(&name) || found.iter().any(|reason| code.reasons.contains(reason))
        };
        let rules = rules.iter().filter(|rule| brings(&rule.file.rejections, &rule.file.reasons));
        codes.push(RejectedCode {
            rules: rules.map(|rule| rule.id.clone()).collect(),
            reasons: reasons.iter().filter(|reason| code.reasons.contains(&reason.id)).cloned().collect(),
            code: code.clone(),
            name,
        });
    }
    Ok(codes)
}

fn meaning<'p>(
    name: &str,
    provider: Option<&str>,
    providers: &'p BTreeMap<String, Provider>,
) -> Result<(&'p str, &'p Code), Error> {
    let found = meanings(providers, name);
    let of_provider = found.iter().find(|(short, _)| provider == Some(*short));
    match (of_provider, found.as_slice()) {
        (Some(one), _) | (None, [one]) => Ok(*one),
        (None, []) => Err(unknown(name, providers)),
        (None, [first, ..]) => {
            let notes = found.iter().map(|(short, code)| format!("{short}:{}: {}", code.code, code.title)).collect();
            let message = format!("{} providers use the code {}, each in its own way", found.len(), first.1.code);
            let help = format!("say whose it is, such as --rejected {}:{}", first.0, first.1.code);
            Err(Error::new(message).notes(notes).help(help))
        }
    }
}

fn unknown(name: &str, providers: &BTreeMap<String, Provider>) -> Error {
    let short: String = name.chars().take(80).collect();
    let known = providers.iter().flat_map(|(short, list)| {
        list.codes.iter().map(move |code| (code.code.as_str(), format!("{short}:{}", code.code)))
    });
    let likeness = |code: &str, full: &str| {
        [code, full].map(|known| strsim::normalized_damerau_levenshtein(known, &short)).into_iter().fold(0.0, f64::max)
    };
    let mut near: Vec<(f64, String)> = known.map(|(code, full)| (likeness(code, &full), full)).collect();
    near.retain(|(likeness, _)| *likeness >= 0.75);
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let near: Vec<String> = near.into_iter().take(MOST_SUGGESTIONS).map(|(_, name)| name).collect();
    let help = match near.as_slice() {
        [] => {
            "ask `tcr-lint explain` with the words of the rejection in quotes; codes look like twilio:30893".to_owned()
        }
        near => format!("did you mean {}?", near.join(", ")),
    };
    Error::new(format!("`{}` is no rejection code that we know", short.escape_debug())).help(help)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn names(asked: &[&str], provider: Option<&str>) -> Result<Vec<String>, Error> {
        let asked: Vec<String> = asked.iter().map(|name| (*name).to_owned()).collect();
        let codes = resolve(&asked, provider, &RuleSet::embedded().unwrap())?;
        Ok(codes.into_iter().map(|code| code.name).collect())
    }

    #[test]
    fn a_code_is_named_with_whose_it_is() {
        for (asked, provider, wanted) in [
            ("twilio:30909", None, "twilio:30909"),
            ("Twilio:30909", None, "twilio:30909"),
            (" 30909 ", None, "twilio:30909"),
            ("1001", Some("plivo"), "plivo:1001"),
            ("sangoma:1001", Some("plivo"), "sangoma:1001"),
            ("2103", Some("twilio"), "bandwidth:2103"),
            ("callhub:website", None, "other-resellers:callhub:website"),
        ] {
            assert_eq!(names(&[asked], provider).unwrap(), [wanted], "{asked}");
        }
        assert_eq!(names(&["30909", "twilio:30909"], None).unwrap(), ["twilio:30909"]);
    }

    #[test]
    fn a_number_that_several_use_is_asked_back() {
        let error = names(&["1001"], None).unwrap_err();
        for list in ["infobip:1001", "plivo:1001", "sangoma:1001"] {
            assert!(error.notes.iter().any(|note| note.starts_with(list)), "{list}: {:?}", error.notes);
        }
        assert!(names(&["1001"], Some("twilio")).is_err());
        assert!(names(&["twilio:3O909"], None).unwrap_err().help.unwrap().contains("twilio:30909"));
        assert!(names(&["\u{1b}[2J"], None).unwrap_err().message.contains("\\u{1b}"));
    }
}
