//! What a text means that somebody was sent: a notice that is known, or the codes and reasons that speak of the same.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{Knowledge, item};
use crate::error::Error;
use crate::report::clean;
use crate::report::screen::{Paint, Screen};

/// How many near meanings are named.
const MOST: usize = 5;
/// The share of a text that a meaning has to cover, by the weight of the words.
const NEAR: f64 = 0.4;
/// The share from which a text is taken for a known notice.
const SAME: f64 = 0.75;

/// How many words a meaning has to share with a text.
const LEAST: usize = 3;
/// What a word weighs that no meaning has.
const STRANGE: f64 = 3.0;

/// What a phone or a console says: an entry of `rules/registry/notices.yaml`.
#[derive(Debug, Deserialize)]
struct Notice {
    text: String,
    means: String,
    #[serde(rename = "do")]
    remedy: String,
    source: String,
    read: String,
}

/// Something that a text may mean.
struct Meaning {
    name: String,
    title: String,
    words: BTreeSet<String>,
}

impl Knowledge {
    /// What a text of several words means; none where nothing is near.
    ///
    /// # Errors
    /// Never with a sound build.
    pub(super) fn prose(&self, text: &str, screen: &Screen) -> Result<Option<String>, Error> {
        let asked = words(text);
        if !text.contains(char::is_whitespace) || asked.len() < LEAST {
            return Ok(None);
        }
        for notice in notices()? {
            let known = words(&notice.text);
            let shared = known.intersection(&asked).count();
            if shared as f64 >= SAME * known.len() as f64 {
                return Ok(Some(told(&notice, screen)));
            }
        }
        let meanings = self.meanings_in_words();
        let near = nearest(&meanings, &asked);
        if near.is_empty() {
            return Ok(None);
        }
        let shown = clean::short(text, 160);
        let mut out = screen.paragraph("", 0, &format!("\"{shown}\" may mean, nearest first:"));
        out.push('\n');
        for meaning in near {
            out.push_str(&screen.paragraph("  ", 4, &format!("{}: {}", meaning.name, meaning.title)));
        }
        out.push('\n');
        out.push_str(&screen.paragraph("", 0, "Ask again with one of these names, and check the whole manifest."));
        Ok(Some(out))
    }

    fn meanings_in_words(&self) -> Vec<Meaning> {
        let reasons = self.reasons.iter().map(|reason| Meaning {
            name: reason.id.clone(),
            title: reason.title.clone(),
            words: words(&format!("{} {}", reason.title, reason.id)),
        });
        let codes = self.providers.iter().flat_map(|(provider, list)| {
            list.codes.iter().map(move |code| Meaning {
                name: format!("{provider}:{}", code.code),
                title: code.title.clone(),
                words: words(&format!("{} {} {}", code.title, code.means, code.code)),
            })
        });
        reasons.chain(codes).collect()
    }
}

fn notices() -> Result<Vec<Notice>, Error> {
    serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/registry/notices.json")))
        .map_err(|error| Error::new(format!("the built-in notices are damaged: {error}")))
}

fn told(notice: &Notice, screen: &Screen) -> String {
    let mut out = format!("{}\n", screen.paint(Paint::Bold, &notice.text));
    out.push('\n');
    out.push_str(&item(screen, "Means", &notice.means));
    out.push_str(&item(screen, "Fix", &notice.remedy));
    out.push_str(&item(screen, "Source", &format!("{} (read {})", notice.source, notice.read)));
    out
}

/// The meanings that share most with the words, where rare words weigh more.
fn nearest<'m>(meanings: &'m [Meaning], asked: &BTreeSet<String>) -> Vec<&'m Meaning> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for word in meanings.iter().flat_map(|meaning| &meaning.words) {
        *seen.entry(word).or_default() += 1;
    }
    let weight = |word: &String| match seen.get(word.as_str()) {
        None => STRANGE,
        Some(count) => (meanings.len() as f64 / *count as f64).ln(),
    };
    let whole: f64 = asked.iter().map(weight).sum();
    let share = |meaning: &Meaning| {
        let shared: Vec<f64> = meaning.words.intersection(asked).map(weight).collect();
        if shared.len() < LEAST { 0.0 } else { shared.iter().sum::<f64>() / whole }
    };
    let mut near: Vec<(f64, &Meaning)> = meanings.iter().map(|meaning| (share(meaning), meaning)).collect();
    near.retain(|(share, _)| *share >= NEAR);
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.words.len().cmp(&b.1.words.len())));
    near.into_iter().take(MOST).map(|(_, meaning)| meaning).collect()
}

/// The words of a text without their endings.
fn words(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.chars().count() > 2);
    words.take(400).map(|word| stem(word).to_owned()).collect()
}

fn stem(word: &str) -> &str {
    let ending =
        ["ing", "ed", "es", "s"].into_iter().find(|ending| word.len() > ending.len() + 3 && word.ends_with(ending));
    ending.map_or(word, |ending| &word[..word.len() - ending.len()])
}
