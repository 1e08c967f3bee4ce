//! Names of other companies in a text: who else speaks there, or is spoken of as a company.

use std::ops::Range;

use super::{bare, is_company_suffix, is_distinctive, is_suffix};
use crate::registration::Registration;
use crate::rule::address::addresses;
use crate::rule::word_list::{common_words, generic_words, platforms, trade_words};
use crate::text::Passage;

/// Where a name stands, which says how sure it is that it is a company's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamePlace {
    /// Before `LLC`, `Inc.` and their kin.
    WithSuffix,
    /// At the start, before a colon: `ABC Dental: your visit …`.
    Opening,
    /// `this is Kate from ABC Dental`, `thank you for visiting ABC Dental`.
    Introduction,
    /// At the end after a dash: `… - ABC Dental`.
    SignOff,
}

impl NamePlace {
    /// The name that rules use.
    pub fn name(self) -> &'static str {
        match self {
            NamePlace::WithSuffix => "with-suffix",
            NamePlace::Opening => "opening",
            NamePlace::Introduction => "introduction",
            NamePlace::SignOff => "sign-off",
        }
    }
}

/// A name that is not the brand's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherName {
    /// As written.
    pub name: String,
    /// Its bytes in the folded text.
    pub range: Range<usize>,
    /// Where it stands.
    pub place: NamePlace,
}

/// A word of the text with how it is written.
struct Word<'t> {
    range: Range<usize>,
    folded: &'t str,
    is_capital: bool,
    /// True where a sentence or line ends behind it.
    ends: bool,
}

/// How sure a name has to be a company's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// It says its trade or its legal form.
    Sure,
    /// It stands where a business names itself; for texts that are known to come from many.
    Likely,
}

/// The names of companies in a passage that are neither the brand's nor a platform's.
pub fn other_names(passage: &Passage, registration: &Registration, doubt: Doubt) -> Vec<OtherName> {
    let words = words(passage);
    let own: Vec<String> = super::names(registration).iter().flat_map(|name| own_words(name)).collect();
    let mut found: Vec<OtherName> = Vec::new();
    for (run, place) in runs(passage, &words, doubt) {
        let range = words[run.start].range.start..words[run.end - 1].range.end;
        let name = passage.text[passage.folded().original(range.clone())].trim_end_matches([',', '.', ':']).to_owned();
        let next = found.partition_point(|known| known.range.end <= range.start);
        let is_known = found.get(next).is_some_and(|known| known.range.start < range.end);
        if !is_known && is_company(&words[run.clone()], place, doubt) && !is_own(&words[run], &own) {
            found.insert(next, OtherName { name, range, place });
        }
    }
    found
}

/// True where these bytes of the text are the name of a company that is neither the brand nor a platform.
pub fn is_other(passage: &Passage, range: &Range<usize>, registration: &Registration) -> bool {
    let inside = |word: &Word<'_>| {
        let original = passage.folded().original(word.range.clone());
        range.start <= original.start && original.start < range.end
    };
    let words: Vec<Word<'_>> = words(passage).into_iter().filter(inside).collect();
    let own: Vec<String> = super::names(registration).iter().flat_map(|name| own_words(name)).collect();
    is_company(&words, NamePlace::Introduction, Doubt::Sure) && !is_own(&words, &own)
}

/// The squashed words of a name that tell it from others, and the whole name squashed.
fn own_words(name: &str) -> Vec<String> {
    let telling = name.split(|c: char| !c.is_alphanumeric() && c != '\'').map(bare);
    let telling = telling.filter(|word| word.len() >= 4 && !trade_words().has(word) && !is_suffix(word));
    telling.chain([bare(&super::without_suffix(name))]).filter(|word| !word.is_empty()).collect()
}

fn is_own(words: &[Word<'_>], own: &[String]) -> bool {
    let squashed: String = words.iter().map(|word| bare(word.folded)).collect();
    let shares = |word: &Word<'_>| own.iter().any(|own| *own == bare(word.folded.trim_end_matches("'s")));
    words.iter().any(shares)
        || own.iter().any(|own| own.len() >= 4 && (squashed.contains(own) || own.contains(&squashed)))
}

fn words(passage: &Passage) -> Vec<Word<'_>> {
    let folded = passage.folded().text();
    let addresses = addresses(folded);
    let mut addresses = addresses.iter().peekable();
    let mut words = Vec::new();
    let mut at = 0;
    for piece in folded.split_inclusive([' ', '\n']) {
        let word = piece.trim_end_matches([' ', '\n']);
        let range = at..at + word.len();
        at += piece.len();
        while addresses.next_if(|address| address.range.end <= range.start).is_some() {}
        if word.is_empty() || addresses.peek().is_some_and(|address| address.range.start < range.end) {
            continue;
        }
        let original = &passage.text[passage.folded().original(range.clone())];
        let first = original.chars().find(|c| c.is_alphanumeric());
        let is_capital = first.is_some_and(char::is_uppercase) && !original.starts_with(['[', '{', '<']);
        let ends = piece.ends_with('\n') || word.ends_with([':', ';', '!', '?', '"']) || ends_sentence(word);
        words.push(Word { range, folded: word, is_capital, ends });
    }
    words
}

fn ends_sentence(word: &str) -> bool {
    word.ends_with('.') && !is_suffix(word) && word.len() > 3
}

/// Stretches of words that stand where companies name themselves.
fn runs(passage: &Passage, words: &[Word<'_>], doubt: Doubt) -> Vec<(Range<usize>, NamePlace)> {
    let folded = passage.folded().text();
    let mut runs = Vec::new();
    for (index, word) in words.iter().enumerate() {
        if word.is_capital && is_company_suffix(word.folded) {
            let start = back(words, index);
            if start < index {
                runs.push((start..index + 1, NamePlace::WithSuffix));
            }
        }
        if doubt == Doubt::Likely && is_presented(words, index) {
            let end = forward(words, index);
            let texts: Vec<String> = words[index..end.max(index)].iter().map(|word| bare(word.folded)).collect();
            if ends_in_trade(&texts) {
                runs.push((index..end, NamePlace::Introduction));
            }
        }
        if is_introduced(words, index) || doubt == Doubt::Likely && is_host(words, index) {
            let end = forward(words, index);
            if end > index {
                runs.push((index..end, NamePlace::Introduction));
            }
        }
    }
    let opening = words.iter().take(7).position(|word| word.folded.ends_with(':'));
    if let Some(end) = opening
        && words[0].range.start == 0
        && words[..=end].iter().all(|word| word.is_capital || is_joiner(word.folded))
    {
        runs.push((0..end + 1, NamePlace::Opening));
    }
    let dash = words.iter().rposition(|word| matches!(word.folded, "-" | "--" | "~" | "|"));
    if let Some(dash) = dash
        && (2..=6).contains(&(words.len() - dash))
        && words.last().is_some_and(|word| word.range.end == folded.trim_end().len())
        && words[dash + 1..].iter().all(|word| word.is_capital || is_joiner(word.folded))
    {
        runs.push((dash + 1..words.len(), NamePlace::SignOff));
    }
    runs
}

fn is_joiner(word: &str) -> bool {
    matches!(word, "&" | "and" | "of" | "the" | "+" | "at" | "for")
}

/// The start of the capitalised words that end before `index`.
fn back(words: &[Word<'_>], index: usize) -> usize {
    let mut start = index;
    while start > 0 && index - start < 6 {
        let word = &words[start - 1];
        if word.ends || !(word.is_capital || is_joiner(word.folded)) {
            break;
        }
        start -= 1;
    }
    let is_plain = |word: &Word<'_>| common_words().has(&bare(word.folded)) || !is_distinctive(word.folded);
    while start < index
        && (!words[start].is_capital
            || opens_a_sentence(words, start) && is_plain(&words[start]) && is_joiner(words[start + 1].folded))
    {
        start += 1;
    }
    start
}

/// True for a word that has its capital from where it stands.
fn opens_a_sentence(words: &[Word<'_>], index: usize) -> bool {
    index == 0 || words[index - 1].ends
}

/// The end of the capitalised words that begin at `index`.
fn forward(words: &[Word<'_>], index: usize) -> usize {
    let mut end = index;
    while end < words.len()
        && end - index < 6
        && (words[end].is_capital || (end > index && is_joiner(words[end].folded)))
    {
        end += 1;
        if words[end - 1].ends || words[end - 1].folded.ends_with(',') {
            break;
        }
    }
    while end > index && !words[end - 1].is_capital {
        end -= 1;
    }
    end
}

/// True behind words after which a company names itself.
fn is_introduced(words: &[Word<'_>], index: usize) -> bool {
    let before = |back: usize| index.checked_sub(back).map_or("", |at| words[at].folded);
    if index == 0 || !words[index].is_capital || words[index - 1].ends {
        return false;
    }
    let thanks = matches!(before(1), "visiting" | "choosing" | "contacting" | "calling")
        && matches!(before(2), "for" | "you")
        || matches!((before(1), before(2)), ("at" | "to" | "with", "shopping" | "coming" | "booking"));
    let presents = matches!(before(1), "from" | "with" | "at")
        && (2..=5).any(|back| matches!(before(back), "is" | "it's" | "i'm"))
        && words[index.saturating_sub(6)..index]
            .iter()
            .any(|word| matches!(word.folded, "this" | "it's" | "i'm" | "it"));
    thanks || presents
}

/// True behind `it's` and `this is`.
fn is_presented(words: &[Word<'_>], index: usize) -> bool {
    let before = |back: usize| index.checked_sub(back).map_or("", |at| words[at].folded);
    words[index].is_capital && (before(1) == "it's" || before(1) == "is" && before(2) == "this")
}

/// True behind `your table at`, `an order from` and the like.
fn is_host(words: &[Word<'_>], index: usize) -> bool {
    let Some([thing, link]) = index.checked_sub(2).map(|from| &words[from..index]) else { return false };
    let is_thing = !thing.is_capital && thing.folded.len() > 3 && !thing.ends;
    words[index].is_capital && !link.ends && matches!(link.folded, "at" | "from") && is_thing
}

/// True where the words are the name of a company and not a label, a person, a place or a platform.
fn is_company(words: &[Word<'_>], place: NamePlace, doubt: Doubt) -> bool {
    let texts: Vec<String> = words.iter().map(|word| bare(word.folded)).collect();
    let plain = words.iter().map(|word| word.folded.trim_matches([',', '.', ':', '"'])).collect::<Vec<_>>().join(" ");
    if platforms().has(&plain)
        || platforms().has(&super::without_suffix(&plain))
        || texts
            .iter()
            .any(|word| matches!(word.as_str(), "stop" | "help" | "reply" | "hi" | "hello" | "dear" | "name"))
    {
        return false;
    }
    let known = |word: &String| common_words().has(word) || trade_words().has(word);
    let has_trade = texts.iter().any(|word| trade_words().has(word));
    let has_own = words.iter().any(|word| is_distinctive(word.folded))
        || texts.iter().any(|word| word.len() >= 2 && !known(word));
    match place {
        NamePlace::WithSuffix => has_own,
        _ if is_label(texts.last()) => false,
        _ if doubt == Doubt::Likely => {
            let is_two_part = texts.first().is_some_and(|word| !trade_words().has(word) && !generic_words().has(word));
            (has_own || is_two_part && ends_in_trade(&texts)) && !texts.iter().any(|word| is_title(word))
        }
        NamePlace::Opening | NamePlace::SignOff | NamePlace::Introduction => has_own && has_trade && words.len() >= 2,
    }
}

fn ends_in_trade(texts: &[String]) -> bool {
    texts.len() >= 2 && texts.last().is_some_and(|word| trade_words().has(word))
}

/// True for the last word of `Eye Exam Reminder`, which heads a text and signs none.
fn is_label(last: Option<&String>) -> bool {
    last.is_some_and(|word| {
        let singular = word.strip_suffix('s').unwrap_or(word);
        generic_words().has(singular) && !trade_words().has(word)
    })
}

/// True for words that go before the name of a person, a place or a thing of one's own.
fn is_title(word: &str) -> bool {
    matches!(
        word,
        "dr" | "mr" | "mrs" | "ms" | "miss" | "coach" | "prof" | "pastor" | "room" | "suite" | "your" | "our"
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::text::{Source, Sources};

    fn others(text: &str) -> Vec<String> {
        named(text, Doubt::Sure)
    }

    fn named(text: &str, doubt: Doubt) -> Vec<String> {
        let manifest = "brand:\n  legal_name: Cedar Grove Pediatrics PLLC\n  display_name: Cedar Grove Pediatrics\n";
        let mut sources = Sources::default();
        let source =
            sources.add(Source { name: "campaign.yaml".to_owned(), text: manifest.to_owned(), is_page: false });
        let registration = crate::registration::load(source, &sources).unwrap().remove(0);
        let passage = Passage::verbatim(text.to_owned(), source, 0);
        other_names(&passage, &registration, doubt).into_iter().map(|name| name.name).collect()
    }

    #[test]
    fn other_companies_are_found() {
        for (text, wanted) in [
            ("Norfield Dental: see you at 3 pm.", "Norfield Dental"),
            ("Hi Maria, thank you for visiting XYZ Dental. Please rate us.", "XYZ Dental"),
            ("Hi, this is Kate from Norfield Plumbing about your leak.", "Norfield Plumbing"),
            ("Your order is ready. - Norfield Bakery", "Norfield Bakery"),
            ("This policy is that of Norfield Holdings, Inc. and says", "Norfield Holdings, Inc"),
            ("operated by Norfield & Sons LLC.", "Norfield & Sons LLC"),
        ] {
            assert_eq!(others(text), [wanted], "{text}");
        }
    }

    #[test]
    fn where_texts_come_from_many_a_place_of_a_host_is_enough() {
        for (text, wanted) in [
            ("Hi Sam, your table at Olive & Thyme is ready!", &["Olive & Thyme"][..]),
            ("Your order from Bombay Garden is on its way.", &["Bombay Garden"]),
            ("Valley Eye Care: your glasses are ready.", &["Valley Eye Care"]),
            ("Hi Ana, it's Marco's Barbershop. See you at 3!", &["Marco's Barbershop"]),
            ("Peak Roofing: your estimate is ready.", &["Peak Roofing"]),
            ("Hi Ana, it's Marco. See you at 3!", &[]),
            ("Dental Care: brush twice a day.", &[]),
            ("Eye Exam Reminder: see you at 3.", &[]),
            ("Thank you for visiting Rosalia's!", &["Rosalia's!"]),
            ("Your visit with Dr. Kim at 5.", &[]),
            ("Your visit at Cedar Grove is tomorrow.", &[]),
            ("See you at Room Birch.", &[]),
        ] {
            assert_eq!(named(text, Doubt::Likely), wanted, "{text}");
            assert_eq!(named(text, Doubt::Sure), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn the_brand_labels_people_and_platforms_are_none() {
        for text in [
            "Cedar Grove Pediatrics: see you at 3 pm.",
            "Cedar Grove: see you at 3 pm.",
            "CedarGrove Pediatrics, PLLC runs this site.",
            "Appointment Reminder: see you at 3 pm.",
            "Security Alert: a new sign-in.",
            "Hi Maria Lopez: see you at 3 pm.",
            "Dr. Smith: see you at 3 pm.",
            "Hi, this is Kate from Cedar Grove about your visit.",
            "Hi, this is Kate from the front desk.",
            "Pay with Google Pay. - Kate",
            "Thank you for visiting us today.",
            "Powered by Podium.",
            "See Norfield Dental at norfield.com/inc",
            "Reply STOP to opt out.",
            "",
        ] {
            assert_eq!(others(text), Vec::<String>::new(), "{text}");
        }
    }
}
