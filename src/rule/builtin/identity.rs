//! Checks of who the brand is: mailbox, tax number, telephone, website.

use crate::evidence::Reading;
use crate::rule::address::is_domain;
use crate::rule::brand;
use crate::rule::check::{Answer, Hit, Inquiry, registrable};
use crate::rule::format::BuiltinCall;
use crate::rule::word_list;
use crate::text::Passage;

/// A fault in each value of the rule's subjects for which `fault` gives one.
fn each(inquiry: &Inquiry<'_>, fault: impl Fn(&str, &Passage) -> Option<Hit>) -> Answer {
    Answer::fail(inquiry.passages().into_iter().filter_map(|(subject, value)| fault(subject, value)).collect())
}

/// Values that are no e-mail address.
pub(super) fn malformed_email(inquiry: &Inquiry<'_>, _: &BuiltinCall) -> Answer {
    each(inquiry, |subject, value| (!is_email(value.text.trim())).then(|| Hit::whole(subject, value)))
}

fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    let is_word = |c: char| c.is_ascii_alphanumeric() || "._%+-'&/!#$*=?^`{|}~".contains(c);
    let host = host.to_ascii_lowercase();
    let labels_are_sound = host.split('.').all(|label| {
        !label.is_empty()
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    });
    let name_is_sound = !name.is_empty() && name.chars().all(is_word) && !name.starts_with('.') && !name.ends_with('.');
    name_is_sound && !name.contains("..") && labels_are_sound && is_domain(&host)
}

/// Addresses on a host of a word list. Arguments: `list`; `kinds`, where the list has kinds; `exact: yes`, where a subdomain
/// is another host. Not where the host is the brand's own.
pub(super) fn listed_host(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let Some(list) = call.text("list").and_then(word_list::find) else { return Answer::pass() };
    let kinds = call.texts("kinds");
    let is_site = |subject: &str| subject == "brand.website";
    each(inquiry, |subject, value| {
        let host = host(&value.text)?;
        let kind = if call.text("exact").is_some() { list.kind(&host) } else { list.kind_of_host(&host) }?;
        let site = registrable(inquiry.evidence.registration.text("brand.website"));
        let is_own = !is_site(subject) && site.is_some() && registrable(&host) == site;
        let fits = kinds.is_empty() || kinds.contains(&kind);
        (fits && !is_own && !is_owner(inquiry, &host))
            .then(|| Hit::whole(subject, value).found("host", &host).found("kind", kind))
    })
}

/// True where the brand is named like the domain: Facebook may have its site on facebook.com.
fn is_owner(inquiry: &Inquiry<'_>, host: &str) -> bool {
    let Some(domain) = registrable(host) else { return false };
    let label = domain.split('.').next().unwrap_or_default().to_owned();
    let squashed = |name: String| -> String {
        brand::without_suffix(&name)
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase()
    };
    label.len() >= 3 && brand::names(inquiry.evidence.registration).into_iter().any(|name| squashed(name) == label)
}

/// Names of other companies. Argument: `places`, of `with-suffix`, `opening`, `introduction`, `sign-off`.
pub(super) fn other_company(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let places = call.texts("places");
    each(inquiry, |subject, value| {
        let names = inquiry.reader.other_names(value);
        let names: Vec<_> = names.iter().filter(|name| places.contains(&name.place.name())).collect();
        let ranges: Vec<_> = names.iter().map(|name| name.range.clone()).collect();
        Some(Hit::words(subject, value, &ranges).found("name", &names.first()?.name))
    })
}

/// Links to the brand's home page where a page of its own is wanted.
pub(super) fn home_page_link(inquiry: &Inquiry<'_>, _: &BuiltinCall) -> Answer {
    let site = host(inquiry.evidence.registration.text("brand.website"));
    each(inquiry, |subject, value| {
        let text = value.text.trim();
        let url = url::Url::parse(text).or_else(|_| url::Url::parse(&format!("https://{text}"))).ok()?;
        let is_bare = matches!(url.path().trim_end_matches('/'), "" | "/index.html" | "/index.php" | "/home");
        let leads_home = is_bare && url.query().is_none() && url.fragment().is_none() && host(text) == site;
        leads_home.then(|| Hit::whole(subject, value))
    })
}

/// The host of a web or e-mail address, without `www.`.
fn host(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    let host = match text.rsplit_once('@') {
        Some((_, host)) if !text.contains("://") => host.to_owned(),
        _ => {
            let parsed = url::Url::parse(&text).or_else(|_| url::Url::parse(&format!("https://{text}")));
            parsed.ok()?.host_str()?.to_owned()
        }
    };
    Some(host.trim_start_matches("www.").to_owned())
}

/// A mailbox on another domain than the website, where neither is on a host that many share.
pub(super) fn email_on_other_domain(inquiry: &Inquiry<'_>, _: &BuiltinCall) -> Answer {
    let website = inquiry.evidence.registration.text("brand.website");
    let Some(site) = host(website) else { return Answer::pass() };
    let Some(wanted) = registrable(&site) else { return Answer::pass() };
    each(inquiry, |subject, value| {
        let mail = host(&value.text)?;
        let given = registrable(&mail)?;
        let is_shared = word_list::free_mail().kind_of_host(&mail).is_some()
            || word_list::shared_hosts().kind_of_host(&site).is_some();
        (given != wanted && !is_shared && is_email(value.text.trim()))
            .then(|| Hit::whole(subject, value).found("domain", &given).found("site", &wanted))
    })
}

/// Tax numbers of the kind named by `fault`: `shape`, `invented`, `personal`, or `prefix` with the `prefixes` that were
/// never given out. Only numbers of the US.
pub(super) fn tax_number(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let registration = inquiry.evidence.registration;
    let country = [registration.text("brand.ein_issuing_country"), registration.text("brand.country")];
    let country = country.into_iter().find(|country| !country.is_empty()).unwrap_or("US");
    if !country.eq_ignore_ascii_case("US") {
        return Answer::pass();
    }
    let fault = call.text("fault").unwrap_or_default();
    let prefixes = call.texts("prefixes");
    each(inquiry, |subject, value| {
        let kind = tax_number_fault(value.text.trim(), &prefixes)?;
        (kind == fault).then(|| Hit::whole(subject, value))
    })
}

fn tax_number_fault(text: &str, prefixes: &[&str]) -> Option<&'static str> {
    let groups: Vec<usize> = text.split(['-', ' ']).map(str::len).collect();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let only_digits = text.chars().all(|c| c.is_ascii_digit() || c == '-' || c == ' ');
    if only_digits && groups == [3, 2, 4] {
        return Some("personal");
    }
    let is_sound = only_digits && digits.len() == 9 && matches!(groups.as_slice(), [9] | [2, 7]);
    if !is_sound {
        return Some("shape");
    }
    let first = digits.chars().next();
    let is_same = digits.chars().all(|digit| Some(digit) == first);
    if is_same || ["123456789", "987654321", "012345678"].contains(&digits.as_str()) {
        return Some("invented");
    }
    prefixes.contains(&&digits[..2]).then_some("prefix")
}

/// Telephone numbers of the kind named by `fault`: `shape` (no number of North America), or `fictional` (555-01xx).
pub(super) fn telephone(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let fault = call.text("fault").unwrap_or_default();
    each(inquiry, |subject, value| (telephone_fault(value.text.trim())? == fault).then(|| Hit::whole(subject, value)))
}

fn telephone_fault(text: &str) -> Option<&'static str> {
    let main = text.to_ascii_lowercase();
    let main = main.split(" x").next().and_then(|text| text.split("ext").next()).unwrap_or_default();
    let is_foreign = text.starts_with('+') && !text.trim_start_matches(['+', ' ']).starts_with('1');
    if is_foreign {
        let digits = main.chars().filter(char::is_ascii_digit).count();
        return (!(8..=15).contains(&digits)).then_some("shape");
    }
    let signs_are_sound = main.chars().all(|c| c.is_ascii_digit() || "+-. ()/\u{a0}\u{2011}\u{2013}".contains(c));
    let digits: String = main.chars().filter(char::is_ascii_digit).collect();
    let national = digits.strip_prefix('1').filter(|rest| rest.len() == 10).unwrap_or(&digits);
    if !signs_are_sound || national.len() != 10 {
        return Some("shape");
    }
    let (area, exchange) = (&national[..3], &national[3..6]);
    let is_code = |code: &str| code.as_bytes()[0] >= b'2' && !code.ends_with("11");
    if !is_code(area) || !is_code(exchange) {
        return Some("shape");
    }
    let is_toll_free = matches!(area, "800" | "833" | "844" | "855" | "866" | "877" | "888");
    (exchange == "555" && national[6..].starts_with("01") && !is_toll_free).then_some("fictional")
}

/// A trade name and a legal name that have no telling word in common.
pub(super) fn trade_name_unlike_legal_name(inquiry: &Inquiry<'_>, _: &BuiltinCall) -> Answer {
    let registration = inquiry.evidence.registration;
    let (legal, display) = (registration.text("brand.legal_name"), registration.text("brand.display_name"));
    let both_are_given = !legal.is_empty() && !display.is_empty();
    let words = |name: &str| -> Vec<String> {
        let split = name.split(|c: char| !c.is_alphanumeric() && c != '\'').map(str::to_lowercase);
        split.filter(|word| word.len() > 2 && !brand::is_suffix(word) && !word_list::trade_words().has(word)).collect()
    };
    let squashed =
        |name: &str| name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let (own, other) = (words(legal), words(display));
    let is_alike = own.iter().any(|word| other.contains(word) || squashed(display).contains(word.as_str()))
        || other.iter().any(|word| squashed(legal).contains(word.as_str()))
        || own.is_empty()
        || other.is_empty();
    if !both_are_given || is_alike || legal.to_ascii_lowercase().contains("dba") {
        return Answer::pass();
    }
    each(inquiry, |subject, value| Some(Hit::whole(subject, value).found("legal", legal).found("display", display)))
}

/// A government body whose addresses are on no domain that only government gets. Argument: `endings`.
pub(super) fn host_without_ending(inquiry: &Inquiry<'_>, call: &BuiltinCall) -> Answer {
    let endings = call.texts("endings");
    let is_one = |value: &Passage| host(&value.text).is_some_and(|host| endings.iter().any(|end| host.ends_with(end)));
    let subjects = &inquiry.rule.file.subjects;
    let texts = subjects.iter().filter_map(|subject| match inquiry.evidence.read(subject) {
        Reading::Text([value, ..]) => Some((subject, value)),
        _ => None,
    });
    let texts: Vec<_> = texts.collect();
    if texts.iter().any(|(_, value)| is_one(value)) {
        return Answer::pass();
    }
    Answer::fail(texts.first().map(|(subject, value)| Hit::whole(subject, value)).into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mailboxes() {
        for text in ["a@b.com", "first.last+x@mail.acme.clinic", "o'neil@acme.example"] {
            assert!(is_email(text), "{text}");
        }
        for text in ["", "a", "a@", "@b.com", "a@b", "a b@c.com", "a@b..com", "a@b.c0m", "mail to a@b.com", "a@@b.com"]
        {
            assert!(!is_email(text), "{text}");
        }
    }

    #[test]
    fn tax_numbers() {
        for (text, fault) in [
            ("84-2917365", None),
            ("842917365", None),
            ("84 2917365", None),
            ("842-91-7365", Some("personal")),
            ("842 91 7365", Some("personal")),
            ("84-291736", Some("shape")),
            ("EIN 84-2917365", Some("shape")),
            ("842-917365", Some("shape")),
            ("00-0000000", Some("invented")),
            ("12-3456789", Some("invented")),
            ("07-2917365", Some("prefix")),
        ] {
            assert_eq!(tax_number_fault(text, &["07"]), fault, "{text}");
        }
    }

    #[test]
    fn telephones() {
        for (text, fault) in [
            ("+15128341290", None),
            ("(512) 834-1290", None),
            ("512.834.1290 ext. 4", None),
            ("1-800-834-1290", None),
            ("+44 20 7946 0958", None),
            ("512-555-0123", Some("fictional")),
            ("800-555-0123", None),
            ("512-834-129", Some("shape")),
            ("112-834-1290", Some("shape")),
            ("512-134-1290", Some("shape")),
            ("911", Some("shape")),
            ("call us", Some("shape")),
        ] {
            assert_eq!(telephone_fault(text), fault, "{text}");
        }
    }
}
