//! Checks of the registration as a whole: the file's own problems, use cases, numbers, earlier attempts.

use crate::registration::field::use_case;
use crate::rule::check::{Answer, Hit, Inquiry};
use crate::rule::format::BuiltinCall;

/// Problems of the manifest as a file. Argument: `kind`.
pub(super) fn problem(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let kind = call.text("kind").unwrap_or_default();
    let problems = inquiry.evidence.registration.problems.iter().filter(|problem| problem.kind == kind);
    let hits = problems.map(|problem| {
        let also = problem.also.as_ref().map(|(span, _)| span.clone());
        let spans = std::iter::once(problem.at.clone()).chain(also).collect();
        let help = problem.help.as_deref().unwrap_or("Correct this part of the file");
        let hit = Hit { spans, matched: problem.message.clone(), ..Hit::missing("manifest") };
        hit.found("message", &problem.message).found("help", lower_first(help))
    });
    Answer::fail(hits.collect())
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// A description that says nearly the same as that of an earlier campaign of the manifest: `limit`, from 0 to 1, of the words are shared, and
/// it has `least` words.
pub(super) fn same_as_another(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let registration = inquiry.evidence.registration;
    let (limit, least) = (call.number("limit").unwrap_or(1.0), call.number("least").unwrap_or(1.0));
    let mut siblings = registration.siblings.iter();
    let Some(own) = siblings.clone().find(|sibling| sibling.campaign == registration.campaign) else {
        return Answer::pass();
    };
    if (own.len() as f64) < least {
        return Answer::pass();
    }
    let twin = siblings.find(|other| other.campaign < own.campaign && own.likeness(other) >= limit);
    let passages = inquiry.passages();
    let (Some(twin), Some((subject, description))) = (twin, passages.first()) else { return Answer::pass() };
    Answer::fail(vec![Hit::whole(subject, description).found("twin", twin.campaign + 1)])
}

/// A use case that the brand's kind of organisation may not have. Arguments: `classes`, to look only at some; with
/// `closed: yes` every use case of those classes is a fault.
pub(super) fn ineligible_use_case(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let registration = inquiry.evidence.registration;
    let (code, entity) = (registration.text("campaign.use_case"), registration.text("brand.entity_type"));
    let Some(case) = use_case(code) else { return Answer::pass() };
    let is_closed = call.text("closed").is_some() && call.texts("codes").contains(&code);
    let is_barred = call.text("closed").is_none()
        && !entity.is_empty()
        && !case.entity_types.is_empty()
        && !case.entity_types.iter().any(|known| known == entity);
    if !is_closed && !is_barred {
        return Answer::pass();
    }
    let hits = inquiry.passages().into_iter().map(|(subject, value)| {
        let open_to = case.entity_types.join(" or ");
        Hit::whole(subject, value).found("use_case", &case.name).found("entity", entity).found("open_to", open_to)
    });
    Answer::fail(hits.collect())
}

/// Too few or too many sub use cases for the use case. Argument `side`: `none` where some
/// are needed, `few`, `many`, or `none-allowed`.
pub(super) fn sub_use_cases(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let registration = inquiry.evidence.registration;
    let subject = "campaign.sub_use_cases";
    let Some(case) = use_case(registration.text("campaign.use_case")) else { return Answer::pass() };
    let given = registration.fields.get(subject);
    let values = given.map_or(&[][..], |field| &field.values);
    let values: Vec<_> = values.iter().filter(|value| !value.text.trim().is_empty()).collect();
    let fault = match (call.text("side"), &case.sub_use_cases) {
        (Some("none"), Some(bounds)) => values.is_empty() && bounds.min > 0,
        (Some("few"), Some(bounds)) => !values.is_empty() && values.len() < bounds.min,
        (Some("many"), Some(bounds)) => values.len() > bounds.max,
        (Some("none-allowed"), None) => !values.is_empty(),
        _ => false,
    };
    if !fault {
        return Answer::pass();
    }
    let bounds = case.sub_use_cases;
    let hit = Hit { spans: values.iter().map(|value| value.whole()).collect(), ..Hit::missing(subject) };
    let hit = hit.found("use_case", &case.code).found("count", values.len());
    Answer::fail(vec![
        hit.found("min", bounds.map_or(0, |bounds| bounds.min)).found("max", bounds.map_or(0, |bounds| bounds.max)),
    ])
}

/// Numbers of a kind that cannot be registered. Arguments: `kinds`; `area_codes` that say so too.
pub(super) fn unusable_number(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let (kinds, codes) = (call.texts("kinds"), call.texts("area_codes"));
    let hits = inquiry.evidence.registration.numbers.iter().filter_map(|number| {
        let digits: String = number.number.chars().filter(char::is_ascii_digit).collect();
        let national = digits.strip_prefix('1').filter(|rest| rest.len() == 10).unwrap_or(&digits);
        let kind = number.kind.as_deref().unwrap_or_default();
        let is_unusable =
            kinds.contains(&kind) || codes.iter().any(|code| national.len() == 10 && national.starts_with(code));
        let hit = Hit { spans: vec![number.at.clone()], matched: number.number.clone(), ..Hit::missing("numbers") };
        is_unusable.then(|| hit.found("number", &number.number).found("kind", kind.replace('_', " ")))
    });
    Answer::fail(hits.collect())
}

/// More numbers than `most`.
pub(super) fn too_many_numbers(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let numbers = &inquiry.evidence.registration.numbers;
    let most = call.number("most").unwrap_or(f64::MAX);
    #[allow(clippy::cast_precision_loss, reason = "a manifest has few numbers")]
    let is_fault = numbers.len() as f64 > most;
    let hit = numbers.first().filter(|_| is_fault).map(|first| {
        let hit = Hit { spans: vec![first.at.clone()], ..Hit::missing("numbers") };
        hit.found("count", numbers.len()).found("most", most)
    });
    Answer::fail(hit.into_iter().collect())
}

/// Rejections in a row at the end of the history: `least` or more of them; `limit` is where reviewing ends.
pub(super) fn attempts(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let history = &inquiry.evidence.registration.history;
    let rejections: Vec<_> = history.iter().rev().take_while(|attempt| attempt.outcome != "approved").collect();
    let rejections: Vec<_> = rejections.into_iter().filter(|attempt| attempt.outcome == "rejected").collect();
    let [least, most, limit] = [("least", 1.0), ("most", f64::MAX), ("limit", 0.0)]
        .map(|(name, default)| call.number(name).unwrap_or(default));
    #[allow(clippy::cast_precision_loss, reason = "a history is short")]
    let count = rejections.len() as f64;
    let Some(last) = rejections.first().filter(|_| (least..=most).contains(&count)) else { return Answer::pass() };
    let hit = Hit { spans: vec![last.at.clone()], ..Hit::missing("history") };
    Answer::fail(vec![hit.found("count", count).found("left", (limit - count).max(0.0)).found("limit", limit)])
}
