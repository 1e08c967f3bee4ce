//! Checks of a page's form, control by control.

use std::ops::Range;

use super::super::check::{Answer, Hit, Inquiry};
use super::super::format::{BuiltinCall, PatternSpec, Polarity, Unit};
use super::site::{HOME, beside_opt_in};
use crate::evidence::page_role;
use crate::page::{Control, ControlKind, Form, Page};
use crate::rule::brand::other::is_other;
use crate::text::Passage;

/// A page among the rule's subjects that shows forms, with its subject; a page handed in as plain text shows none.
pub fn page<'a>(inquiry: &Inquiry<'a>) -> Option<(&'a str, &'a Page)> {
    inquiry.rule.file.subjects.iter().find_map(|subject| {
        let page = inquiry.evidence.page(page_role(subject)?)?;
        let plain = page.title.is_empty() && page.links.is_empty() && page.headings.is_empty() && page.forms.is_empty();
        (!plain && !page.cut).then_some((subject.as_str(), page))
    })
}

/// What a check of a form answers: its faults, and the pages it could not read.
pub fn answer(inquiry: &Inquiry<'_>, hits: Vec<Hit>) -> Answer {
    Answer { hits, unread: inquiry.unread() }
}

/// A fault at these bytes of a page's text; of the whole subject where they are none.
pub fn hit(subject: &str, passage: &Passage, range: &Range<usize>) -> Hit {
    let Some(text) = passage.text.get(range.clone()).filter(|text| !text.is_empty()) else {
        return Hit::missing(subject);
    };
    let matched = text.to_owned();
    Hit { spans: vec![passage.span(range.clone())], matched, ..Hit::missing(subject) }
}

/// A fault that a control is: at its label, else at the control itself.
pub fn control_hit(subject: &str, page: &Page, control: &Control) -> Hit {
    let shown = page.text.text.get(control.range.clone()).unwrap_or_default();
    let label = shown.find(&control.label).filter(|_| !control.label.is_empty());
    let range = label.map(|at| control.range.start + at).map(|start| start..start + control.label.len());
    hit(subject, &page.text, &range.unwrap_or(control.range.clone()))
}

/// The boxes that ask for consent to texts: their labels, else their names, say so.
pub fn text_boxes<'p>(inquiry: &Inquiry<'_>, call: &BuiltinCall, page: &'p Page) -> Vec<&'p Control> {
    let names = call.texts("names");
    let asks = |control: &&Control| {
        let name = control.name.to_ascii_lowercase();
        let named = control.label.is_empty() && names.iter().any(|part| name.contains(part));
        named || inquiry.reader.says(&control.label, call.patterns("text"))
    };
    page.forms.iter().flat_map(Form::checkboxes).filter(asks).collect()
}

/// The radio buttons that say yes (`yes`) to texts: they, or the question that they answer, speak of texts.
fn yes_buttons<'p>(inquiry: &Inquiry<'_>, call: &BuiltinCall, page: &'p Page) -> Vec<&'p Control> {
    let radios = page.forms.iter().flat_map(|form| &form.controls).filter(|control| control.kind == ControlKind::Radio);
    let asked = |control: &&Control| {
        inquiry.reader.says(&format!("{}\n{}", control.legend, control.label), call.patterns("text"))
    };
    radios.filter(|control| inquiry.reader.says(&control.label, call.patterns("yes"))).filter(asked).collect()
}

/// The first phone field of a page.
pub fn phone(page: &Page) -> Option<&Control> {
    page.forms.iter().find_map(Form::phone)
}

/// True where one of the patterns is found in a passage.
pub fn finds(inquiry: &Inquiry<'_>, passage: &Passage, patterns: &[PatternSpec]) -> bool {
    !inquiry.reader.find_any(passage, patterns).is_empty()
}

/// True where the message flow has one of the patterns.
pub fn flow_says(inquiry: &Inquiry<'_>, patterns: &[PatternSpec]) -> bool {
    let flow = inquiry.evidence.registration.fields.get("campaign.message_flow");
    flow.is_some_and(|flow| flow.values.iter().any(|passage| finds(inquiry, passage, patterns)))
}

/// A box for texts is ticked when the page is opened (`state: checked`), or must be ticked to send the form (`state: required`): the
/// control says so, or a script does, in the sentences `refusal`, or those of `sole` where there is no other box. Looks at the other
/// pages of the site, too.
pub fn text_box(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let mut hits = Vec::new();
    let others = beside_opt_in(inquiry).into_iter().map(|page| (HOME, page));
    for (subject, page) in page(inquiry).into_iter().chain(others) {
        let faulty = faulty_boxes(inquiry, call, page).into_iter();
        hits.extend(faulty.map(|control| control_hit(subject, page, control)));
    }
    answer(inquiry, hits)
}

fn faulty_boxes<'p>(inquiry: &Inquiry<'_>, call: &BuiltinCall, page: &'p Page) -> Vec<&'p Control> {
    let boxes = text_boxes(inquiry, call, page);
    if call.text("state") == Some("checked") {
        let answers = yes_buttons(inquiry, call, page);
        return boxes.into_iter().chain(answers).filter(|control| control.checked).collect();
    }
    let held = !boxes.iter().any(|control| control.required) && is_held(inquiry, call, page, boxes.len());
    let first = boxes.first().copied().filter(|_| held);
    boxes.into_iter().filter(|control| control.required).chain(first).collect()
}

/// True where a script sends the form only with a tick in a box for texts.
fn is_held(inquiry: &Inquiry<'_>, call: &BuiltinCall, page: &Page, boxes: usize) -> bool {
    let sole = boxes == 1 && page.forms.iter().flat_map(Form::checkboxes).count() == 1;
    let refuses = |patterns| {
        page.script_messages.as_ref().is_some_and(|messages| {
            let found = inquiry.reader.find_counting(messages, patterns, &[], Unit::Clause, Polarity::Any);
            !found.is_empty()
        })
    };
    sole && (page.waits_for_tick || refuses(call.patterns("sole"))) || refuses(call.patterns("refusal"))
}

/// A form asks for a phone number, and no box on the page asks for consent to texts: a fault where the number must be given
/// (unless people agree without a form: `elsewhere`) or the message flow speaks of a box (`claim`).
pub fn text_box_missing(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let Some((subject, page)) = page(inquiry) else { return answer(inquiry, Vec::new()) };
    let asked = phone(page).filter(|_| text_boxes(inquiry, call, page).is_empty());
    let claimed = flow_says(inquiry, call.patterns("claim"));
    let elsewhere = flow_says(inquiry, call.patterns("elsewhere"));
    let fault = asked.filter(|phone| claimed || phone.required && !elsewhere);
    answer(inquiry, fault.map(|phone| control_hit(subject, page, phone)).into_iter().collect())
}

/// True where the words (`wording`) of a texting consent stand on a page, outside the sections that are the policy or the terms of a
/// site of one page (their anchors have one of the words `policies`).
pub fn is_worded(inquiry: &Inquiry<'_>, call: &BuiltinCall, page: &Page, field: &Control) -> bool {
    let policies = call.texts("policies");
    let named = |anchor: &str| policies.iter().any(|word| anchor.to_ascii_lowercase().contains(word));
    let sections =
        page.anchors.iter().filter(|(anchor, _)| named(anchor)).filter_map(|(anchor, _)| page.section(anchor));
    let sections: Vec<Range<usize>> = sections.filter(|section| !section.contains(&field.range.start)).collect();
    let found = inquiry.reader.find_any(&page.text, call.patterns("wording"));
    let aside = |range: &Range<usize>| {
        let at = page.text.folded().original(range.clone()).start;
        sections.iter().any(|section| section.contains(&at))
    };
    found.iter().any(|range| !aside(range))
}

/// A form asks for a phone number on a page that has none of the words (`wording`) of a texting consent.
pub fn unworded_phone_form(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let Some((subject, page)) = page(inquiry) else { return answer(inquiry, Vec::new()) };
    let fault = phone(page).filter(|phone| !is_worded(inquiry, call, page, phone));
    answer(inquiry, fault.map(|phone| control_hit(subject, page, phone)).into_iter().collect())
}

/// The message flow lets people type a phone number into a form (`claim`), and the page has no field for one, and none
/// of the words (`wording`) of a copy of the form.
pub fn phone_field_missing(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let Some((subject, page)) = page(inquiry) else { return answer(inquiry, Vec::new()) };
    let claimed = flow_says(inquiry, call.patterns("claim")) && !flow_says(inquiry, call.patterns("elsewhere"));
    let copied = finds(inquiry, &page.text, call.patterns("wording"));
    let fault = claimed && phone(page).is_none() && page.frames.is_empty() && !copied;
    answer(inquiry, if fault { vec![Hit::missing(subject)] } else { Vec::new() })
}

/// The consent names a sender (the words after `sender`) that is not the brand: on a page where the brand (`brand`) is nowhere, or in
/// the label of a box for texts that does not name it.
pub fn other_company(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let Some((subject, page)) = page(inquiry) else { return answer(inquiry, Vec::new()) };
    let branded = inquiry.reader.find_any(&page.text, call.patterns("brand"));
    let original = |range: &Range<usize>| page.text.folded().original(range.clone());
    let boxes = text_boxes(inquiry, call, page);
    let strange = |name: &Range<usize>| {
        let Some(label) = boxes.iter().map(|control| &control.range).find(|label| label.contains(&name.start)) else {
            return branded.is_empty();
        };
        let named = branded.iter().any(|range| label.contains(&original(range).start));
        branded.is_empty() || !named && is_other(&page.text, name, inquiry.evidence.registration)
    };
    let senders = inquiry.reader.find_any(&page.text, call.patterns("sender"));
    let names = senders.iter().filter_map(|sender| name_at(&page.text.text, original(sender).end));
    let found = names.into_iter().find(strange);
    let hit = found.map(|name| hit(subject, &page.text, &name).found("company", &page.text.text[name]));
    answer(inquiry, hit.into_iter().collect())
}

/// The capitalised words that begin after a blank at `from`: a company's name.
fn name_at(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.get(from..)?;
    let start = from + (rest.len() - rest.trim_start_matches(' ').len());
    let (mut at, mut end) = (start, start);
    for word in text.get(start..)?.split_inclusive([' ', '\n']).take(8) {
        let bare = word.trim_end();
        let capital = bare.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit());
        let joins = ["&", "and", "of", "the"].contains(&bare) && end > start;
        if !capital && !joins {
            break;
        }
        if capital {
            end = at + bare.trim_end_matches(['.', ',', ':', ';', ')']).len();
        }
        if bare.ends_with(['.', ',', ':', ';']) || word.ends_with('\n') {
            break;
        }
        at += word.len();
    }
    let letters = text.get(start..end)?.chars().filter(|c| c.is_alphabetic()).count();
    (letters >= 2).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_capitalised_words() {
        for (text, wanted) in [
            ("from Acme Dental about visits", Some("Acme Dental")),
            ("from Smith & Sons LLC. Reply", Some("Smith & Sons LLC")),
            ("from us about visits", None),
            ("from Bank of Ashe\nnext", Some("Bank of Ashe")),
            ("from", None),
            ("from Éclair Bakery, daily", Some("Éclair Bakery")),
        ] {
            assert_eq!(name_at(text, 4).map(|range| &text[range]), wanted, "{text}");
        }
    }
}
