//! The names a brand goes by, and how they look in a text.

mod form;
mod mention;
pub mod other;

pub use mention::{BrandPattern, pattern};

use super::word_list::{common_words, company_suffixes, trade_words};
use crate::registration::Registration;

/// The names in the registration that recipients may know the brand by: as written, most familiar first.
pub fn names(registration: &Registration) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for field in ["brand.display_name", "brand.legal_name"] {
        for part in split_names(registration.text(field)) {
            if !part.is_empty() && !names.contains(&part) {
                names.push(part);
            }
        }
    }
    if let [display, legal, ..] = names.as_slice()
        && let Some(lead) = form::shared_lead(display, legal)
        && !names.contains(&lead)
    {
        names.push(lead);
    }
    names.extend(person(registration));
    names
}

/// A sole proprietor's own name.
pub fn person(registration: &Registration) -> Option<String> {
    let (first, last) = (registration.text("brand.first_name"), registration.text("brand.last_name"));
    (!first.is_empty() && !last.is_empty()).then(|| format!("{first} {last}"))
}

/// What to call the brand in a sentence: the display name, else the legal name without its suffix.
pub fn familiar(registration: &Registration) -> Option<String> {
    let name = names(registration).into_iter().next()?;
    if registration.text("brand.display_name").is_empty() { Some(without_suffix(&name)) } else { Some(name) }
}

/// `Acme LLC dba Best Smiles (Austin Smiles)` holds three names.
fn split_names(text: &str) -> Vec<String> {
    let mut parts = vec![text.to_owned()];
    if let Some((outer, rest)) = text.split_once('(')
        && let Some((inner, after)) = rest.split_once(')')
    {
        parts = vec![format!("{outer} {after}"), inner.to_owned()];
    }
    let names = parts.iter().flat_map(|part| split_dba(part)).map(|name| {
        let name = name.trim().trim_matches(['"', '\'', ',', '-', ';']).trim();
        name.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    names.filter(|name| !name.is_empty()).collect()
}

/// Words between a legal name and the name on the door.
const DBA: [&str; 12] = [
    "d/b/a",
    "d.b.a.",
    "d.b.a",
    "dba",
    "dba:",
    "doing business as",
    "t/a",
    "trading as",
    "aka",
    "a/k/a",
    "formerly",
    "fka",
];

fn split_dba(text: &str) -> Vec<String> {
    let padded = format!(" {text} ");
    let lower = padded.to_ascii_lowercase();
    for word in DBA {
        if let Some(at) = lower.find(&format!(" {word} ")) {
            return vec![padded[..at].to_owned(), padded[at + word.len() + 2..].to_owned()];
        }
    }
    vec![text.to_owned()]
}

/// The name without `LLC`, `Inc.`, `P.A.` and their kin at its end.
pub fn without_suffix(name: &str) -> String {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    while words.len() > 1 && words.last().is_some_and(|word| is_suffix(word)) {
        words.pop();
    }
    words.join(" ").trim_end_matches([',', ' ', '-']).to_owned()
}

/// True for a company suffix, however it is punctuated.
pub fn is_suffix(word: &str) -> bool {
    company_suffixes().has(&bare(word))
}

/// True for a suffix that only companies have: `LLC`, `Inc.`, but not `MD` or `Co`.
pub fn is_company_suffix(word: &str) -> bool {
    company_suffixes().kind(&bare(word)) == Some("company")
}

/// Letters and digits only, in lower case.
fn bare(word: &str) -> String {
    word.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// True where a word alone shows which business is meant.
fn is_distinctive(word: &str) -> bool {
    let word = bare(word);
    let is_known = |word: &str| trade_words().has(word) || common_words().has(word);
    word.len() >= 5 && !is_known(&word) && !word.strip_suffix('s').is_some_and(is_known)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::mention::pattern_of;
    use super::*;
    use crate::rule::address::addresses;
    use crate::text::{Passage, Source, Sources};

    fn mentions(names: &[&str], text: &str) -> bool {
        let names: Vec<String> = names.iter().flat_map(|name| split_names(name)).collect();
        let pattern = pattern_of(&names, Some("Walter Brand"), "austin tx").unwrap();
        let whole = super::super::vocabulary::whole_words(&pattern.expression);
        let regex = regex::bytes::RegexBuilder::new(&whole).unicode(false).build().unwrap();
        let mut sources = Sources::default();
        let source = sources.add(Source { name: String::new(), text: text.to_owned(), is_page: false });
        let passage = Passage::verbatim(text.to_owned(), source, 0);
        let folded = passage.folded().text();
        let places = addresses(folded);
        regex.find_iter(folded.as_bytes()).any(|found| pattern.counts(&passage, &found.range(), &places))
    }

    #[test]
    fn names_are_known_in_every_dress() {
        for (names, text) in [
            (&["Acme Dental LLC"][..], "Texts from Acme Dental."),
            (&["Acme Dental, P.L.L.C."], "acme dental: see you"),
            (&["Acme Dental"], "ACMEDENTAL: see you"),
            (&["Acme Dental"], "Acme-Dental: see you"),
            (&["AcmeDental"], "Acme Dental: see you"),
            (&["The Acme Dental Studio"], "Acme Dental Studio"),
            (&["Smith & Sons Plumbing"], "Smith and Sons Plumbing"),
            (&["Smith and Sons Plumbing"], "Smith&Sons: we are on our way"),
            (&["Joe's Diner"], "Joes Diner"),
            (&["Joes Diner"], "Joe\u{2019}s Diner's terms"),
            (&["P.F. Garner Group"], "PF Garner Group"),
            (&["St. Brannoc Clinic"], "St Brannoc Clinic"),
            (&["Café Olmo"], "Cafe Olmo"),
            (&["Fenwright Inc dba RollPing"], "RollPing: hello"),
            (&["Fenwright Inc dba RollPing"], "Fenwright texts you"),
            (&["Lane Lookout (Harbor Swim Club)"], "Harbor Swim Club: pool closed"),
            (&["Cedar Grove Pediatrics PLLC"], "Cedar Grove: see you at 3"),
            (&["Cedar Grove Pediatrics of Austin"], "Cedar Grove Pediatrics"),
            (&["Wexcombe Veterinary Center"], "Wexcombe: Rex is ready"),
            (&["Bright Dental"], "Bright Dental: see you"),
            (&["Bright Dental"], "text messages from Bright Dental"),
            (&["Spring LLC"], "Spring: your order is ready"),
            (&["Spring LLC"], "messages from Spring about"),
            (&["Spring LLC"], "Spring LLC, 4 Main Street"),
            (&["Spring LLC"], "Spring collects your name"),
            (&["Spring LLC"], "Spring\n\nTell us about you"),
            (&["kilnandcart.example"], "Your order at kilnandcart.example is ready"),
            (&["kilnandcart.example"], "https://www.kilnandcart.example/o/1"),
            (&["kilnandcart.example"], "Kiln and Cart: your order"),
            (&["MyDoc@Fernhill"], "MyDoc @ Fernhill: hello"),
            (&["Walter Brand"], "Walter J. Brand here"),
            (&["Slotzy Social Inc"], "Slotzy: your spins are here"),
            (&["Larchmont County Preparedness"], "Larchmont - see you at 3"),
        ] {
            assert!(mentions(names, text), "{names:?} in {text}");
        }
    }

    #[test]
    fn other_words_are_no_mention() {
        for (names, text) in [
            (&["Acme Dental"][..], "see acmedental.com/terms"),
            (&["Acme Dental"], "write to office@acmedental.com"),
            (&["Acme"], "https://acme.com/terms"),
            (&["Downtown Medical Associates"], "DMA: see you"),
            (&["Bright Dental"], "our rooms are bright and clean"),
            (&["Spring LLC"], "Spring is here, come by"),
            (&["Spring LLC"], "come in the spring"),
            (&["Now"], "Reply now to confirm"),
            (&["Clinic"], "the clinic will call you"),
            (&["Family Dental Care"], "we are a family business"),
            (&["Cedar Grove Pediatrics"], "a cedar in the grove"),
            (&["Acme Dental"], "Acmer Dental"),
            (&["Best Smiles"], "the best. Smiles all round"),
            (&["kilnandcart.example"], "office@kilnandcart.example"),
            (&["Slotzy Social Inc"], "we and Slotzy are friends"),
            (&["Austin Social Inc"], "Austin: see you"),
            (&["Best Social Inc"], "Best: see you"),
        ] {
            assert!(!mentions(names, text), "{names:?} in {text}");
        }
    }

    #[test]
    fn two_names_share_their_lead() {
        for (one, other, lead) in [
            ("Big Kahuna Food Truck", "Big Kahuna Holdings LLC", Some("Big Kahuna")),
            ("New York Smiles", "New York Dental PLLC", None),
            ("Kahuna Tacos", "Kahuna LLC", None),
            ("Acme Dental", "Fenwright Inc", None),
        ] {
            assert_eq!(form::shared_lead(one, other).as_deref(), lead, "{one} and {other}");
        }
    }

    #[test]
    fn suffixes_go_and_names_stay() {
        for (name, wanted) in [
            ("Acme Dental, LLC", "Acme Dental"),
            ("Hollins Creek Group, P.A.", "Hollins Creek Group"),
            ("Jane Doe MD PA", "Jane Doe"),
            ("LLC", "LLC"),
            ("Company", "Company"),
        ] {
            assert_eq!(without_suffix(name), wanted);
        }
    }
}
