//! Named checks, for what patterns cannot say. Each file holds one family; rules name them in `check: { builtin: … }`.

mod claim;
mod consent;
mod content;
mod description;
mod field;
mod form;
mod frequency;
mod identity;
mod link;
mod privacy;
mod readability;
mod registration;
mod reply;
mod sample;
mod segments;
mod site;
mod spelling;
mod undeclared;
mod usecase;

pub mod advisory;
pub mod sharing;

use super::check::{Answer, Inquiry};
use super::format::{BuiltinCall, PatternSpec};

/// A named check: reads its arguments and the evidence, and answers.
pub type Builtin = fn(&Inquiry<'_>, &BuiltinCall) -> Answer;

/// Every named check.
const BUILTINS: &[(&str, Builtin)] = &[
    ("admin-only", sample::admin_only),
    ("advice-share", privacy::advice_share),
    ("alike", sample::alike),
    ("attempts", registration::attempts),
    ("claimed-box-missing", claim::claimed_box_missing),
    ("claimed-link-missing", claim::claimed_link_missing),
    ("claimed-words-missing", claim::claimed_words_missing),
    ("contact-agrees", reply::contact_agrees),
    ("email-on-other-domain", identity::email_on_other_domain),
    ("evasive-spelling", spelling::evasive),
    ("field-length", field::length),
    ("field-missing", field::missing),
    ("fields-missing", field::missing_together),
    ("fingerprint", privacy::fingerprint),
    ("form-only", site::form_only),
    ("frequency-agrees", frequency::agrees),
    ("home-page-link", identity::home_page_link),
    ("host-without-ending", identity::host_without_ending),
    ("ineligible-use-case", registration::ineligible_use_case),
    ("keyword-clash", reply::keyword_clash),
    ("keyword-form", reply::keyword_form),
    ("keyword-missing", reply::keyword_missing),
    ("left-empty", reply::left_empty),
    ("links", link::links),
    ("links-to", site::links_to),
    ("listed-host", identity::listed_host),
    ("malformed-email", identity::malformed_email),
    ("manifest-problem", registration::problem),
    ("message-kind-missing", consent::message_kind_missing),
    ("names-brand", sample::names_brand),
    ("other-company", identity::other_company),
    ("other-senders", sample::other_senders),
    ("page-names-brand", site::names_brand),
    ("page-other-company", form::other_company),
    ("paper-copy-missing", consent::paper_copy_missing),
    ("phone-field-missing", form::phone_field_missing),
    ("plain-language", privacy::plain_language),
    ("promotes", content::promotes),
    ("same-as-another", registration::same_as_another),
    ("sample-count", sample::count),
    ("segments", segments::segments),
    ("sharing", privacy::sharing),
    ("shouting", spelling::shouting),
    ("sign-up-address-missing", consent::sign_up_address_missing),
    ("site-phone-form", undeclared::site_phone_form),
    ("spoken-script-missing", consent::spoken_script_missing),
    ("sub-use-cases", registration::sub_use_cases),
    ("tax-number", identity::tax_number),
    ("telephone", identity::telephone),
    ("tells-little", description::tells_little),
    ("text-box", form::text_box),
    ("text-box-missing", form::text_box_missing),
    ("thin-page", privacy::thin_page),
    ("too-many-numbers", registration::too_many_numbers),
    ("trade-name-unlike-legal-name", identity::trade_name_unlike_legal_name),
    ("undescribed-methods", consent::undescribed_methods),
    ("unguarded", content::unguarded),
    ("unread-by-robots", site::unread_by_robots),
    ("unusable-number", registration::unusable_number),
    ("unworded-phone-form", form::unworded_phone_form),
    ("use-case-fit", usecase::fit),
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
    /// The names of the arguments that are patterns.
    fn pattern_names(&self) -> impl Iterator<Item = &str> {
        let call = match self {
            BuiltinCall::Name(_) => None,
            BuiltinCall::Call(call) => Some(call),
        };
        call.into_iter().flat_map(|call| call.patterns.keys().map(String::as_str))
    }

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
