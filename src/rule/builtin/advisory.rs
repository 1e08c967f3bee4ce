//! Advisory passages: where a text tells somebody else what to write, and so states nothing of its own.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use serde::Deserialize;

use crate::text::{Passage, Sentence};

/// The phrases of `rules/registry/advisory.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrases {
    topics: Vec<String>,
    demands: Vec<String>,
    documents: Vec<String>,
    says: Vec<String>,
    cues: Vec<String>,
    orders: Vec<String>,
}

/// What a phrase is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Topic,
    Demand,
    Document,
    Says,
    Cue,
    Order,
}

/// A phrase that was found: what it is, and its bytes in the folded text.
type Found = (Kind, Range<usize>);

/// Finds the phrases in a folded text.
struct Finder {
    scanner: AhoCorasick,
    kinds: Vec<Kind>,
}

impl Finder {
    fn get() -> Option<&'static Self> {
        static FINDER: OnceLock<Option<Finder>> = OnceLock::new();
        FINDER.get_or_init(Self::new).as_ref()
    }

    fn new() -> Option<Self> {
        let json = include_str!(concat!(env!("OUT_DIR"), "/registry/advisory.json"));
        let phrases: Phrases = serde_json::from_str(json).ok()?;
        let lists = [
            (Kind::Topic, &phrases.topics),
            (Kind::Demand, &phrases.demands),
            (Kind::Document, &phrases.documents),
            (Kind::Says, &phrases.says),
            (Kind::Cue, &phrases.cues),
            (Kind::Order, &phrases.orders),
        ];
        let all = lists.iter().flat_map(|(kind, list)| list.iter().map(move |phrase| (*kind, phrase)));
        let (kinds, words): (Vec<Kind>, Vec<&String>) = all.unzip();
        Some(Self { scanner: AhoCorasick::new(words).ok()?, kinds })
    }

    /// Every phrase that stands as whole words, in order of its end.
    fn phrases(&self, text: &str) -> Vec<Found> {
        let bytes = text.as_bytes();
        let letter = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric);
        let whole = |range: &Range<usize>| !letter(range.start.checked_sub(1)) && !letter(Some(range.end));
        let hits = self.scanner.find_overlapping_iter(text);
        hits.map(|hit| (self.kinds[hit.pattern().as_usize()], hit.range())).filter(|(_, range)| whole(range)).collect()
    }
}

/// A text of which so much is advice is an instruction: what it quotes is proposed wording.
const INSTRUCTION: f64 = 0.25;

/// A text that advises so often may order, too.
const REPEATED: usize = 2;

/// The parts of a passage that are advice to somebody else: bytes of its folded text, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Advisory {
    parts: Vec<Range<usize>>,
}

impl Advisory {
    /// The advisory parts of a passage: sentences that advise, the lists and sections they introduce, and the wording
    /// that they propose.
    pub fn of(passage: &Passage) -> Self {
        let text = passage.folded().text();
        let found = Finder::get().map(|finder| finder.phrases(text)).unwrap_or_default();
        let mut advisory = Self::default();
        if found.is_empty() {
            return advisory;
        }
        let mut proposal = false;
        for sentence in passage.sentences() {
            let range = sentence.range.clone();
            if advises(&found, &range) || advisory.above(sentence) || proposal && advisory.continued(text, &range) {
                proposal |= proposes(&text[range.clone()]);
                advisory.parts.push(range);
            } else {
                proposal = false;
            }
        }
        advisory.add_instructions(text, passage.sentences(), &found);
        advisory
    }

    /// Adds, in a text that advises more than once, what it orders and, where it is largely advice, what it quotes.
    fn add_instructions(&mut self, text: &str, sentences: &[Sentence], found: &[Found]) {
        if self.parts.len() < REPEATED {
            return;
        }
        self.add(sentences, |range| orders(text, found, range));
        if self.share(text.len()) >= INSTRUCTION {
            self.add(sentences, |range| text[range.clone()].starts_with('>') || text[range.clone()].contains('"'));
        }
    }

    fn add(&mut self, sentences: &[Sentence], is_advice: impl Fn(&Range<usize>) -> bool) {
        let all = sentences.iter().map(|sentence| &sentence.range);
        let new: Vec<_> = all.filter(|range| !self.covers(range) && is_advice(range)).cloned().collect();
        self.parts.extend(new);
        self.parts.sort_by_key(|part| part.start);
    }

    /// True where the words at `range` are advice.
    pub fn covers(&self, range: &Range<usize>) -> bool {
        let after = self.parts.partition_point(|part| part.start <= range.start);
        self.parts[..after].last().is_some_and(|part| range.start < part.end)
    }

    /// The advisory parts, in order.
    pub fn parts(&self) -> &[Range<usize>] {
        &self.parts
    }

    /// How much of a text of that many bytes is advice, from 0 to 1.
    pub fn share(&self, length: usize) -> f64 {
        let advised: usize = self.parts.iter().map(Range::len).sum();
        if length == 0 { 0.0 } else { advised as f64 / length as f64 }
    }

    /// True where a list intro or the heading above a sentence is advice.
    fn above(&self, sentence: &Sentence) -> bool {
        sentence.intros.iter().chain(&sentence.under).any(|above| self.covers(above))
    }

    /// True where a sentence goes on with the wording that the part before it proposes.
    fn continued(&self, text: &str, sentence: &Range<usize>) -> bool {
        let Some(last) = self.parts.last() else { return false };
        let same_paragraph = !text[last.end..sentence.start].contains('\n');
        let announced = text[last.clone()].ends_with(':') || has_open_quote(&text[last.clone()]);
        same_paragraph || announced || text[sentence.clone()].starts_with(['"', '>'])
    }
}

/// True where a sentence advises by its own words.
fn advises(found: &[Found], sentence: &Range<usize>) -> bool {
    let from = found.partition_point(|(_, range)| range.end <= sentence.start);
    let inside = found[from..].iter().take_while(|(_, range)| range.end <= sentence.end);
    let kinds: Vec<Kind> = inside.filter(|(_, range)| sentence.start <= range.start).map(|(kind, _)| *kind).collect();
    let has = |kind| kinds.contains(&kind);
    has(Kind::Cue) || has(Kind::Topic) && has(Kind::Demand) || has(Kind::Document) && has(Kind::Says)
}

/// True where a sentence begins with an order: `Explain that …`.
fn orders(text: &str, found: &[Found], sentence: &Range<usize>) -> bool {
    let is_bare = |start: usize| !text[sentence.start..start].contains(char::is_alphabetic);
    let from = found.partition_point(|(_, range)| range.end <= sentence.start);
    let inside = found[from..].iter().take_while(|(_, range)| range.end <= sentence.end);
    inside
        .filter(|(kind, _)| *kind == Kind::Order)
        .any(|(_, range)| sentence.start <= range.start && is_bare(range.start))
}

/// True where a sentence announces wording to use.
fn proposes(sentence: &str) -> bool {
    sentence.ends_with([':', '"']) || has_open_quote(sentence)
}

fn has_open_quote(sentence: &str) -> bool {
    sentence.matches('"').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Source, Sources};

    fn passage(text: &str) -> Passage {
        let mut sources = Sources::default();
        let source = sources.add(Source { name: "page".to_owned(), text: text.to_owned(), is_page: true });
        Passage::verbatim(text.to_owned(), source, 0)
    }

    fn advised(text: &str, words: &str) -> bool {
        let passage = passage(text);
        let at = passage.folded().text().find(words);
        at.is_some_and(|at| Advisory::of(&passage).covers(&(at..at + words.len())))
    }

    #[test]
    fn advice_states_nothing() {
        let example = "Here is one example:\n\nNumbers are never shared. Opt-in data is left out.\n\n## Contact\n\nCall the shop.";
        let guide = "Your privacy policy must be linked from your website. Ask your attorney.\n\nLike this: \"Reply STOP to opt out.\"";
        let orders = "Your website should link the page. Ask your attorney. Check your site has it: update it. Explain how people leave: STOP.";
        let cases = [
            (orders, "people leave", true),
            ("Explain to us how to leave: STOP.", "stop", false),
            (guide, "stop", true),
            ("Your privacy policy must state that numbers are not shared.", "not shared", true),
            ("Your privacy is important. We do not share numbers.", "not share", false),
            ("Suggested wording: \"We never share mobile numbers.\"", "never share", true),
            (example, "opt-in data", true),
            (example, "call the shop", false),
            ("Wording on our form: \"Reply STOP to opt out.\"", "stop", false),
            ("Opt-in language you must have:\n- How to leave (\"Text STOP to opt out.\")\n- Fees", "text stop", true),
            ("We update our privacy policy when the law changes.", "law changes", false),
            ("You must be 18 to use your account on our website.", "must be 18", false),
            ("Carriers expect a privacy policy that says so. Cedar Grove never shares numbers.", "never shares", false),
        ];
        for (text, words, expected) in cases {
            assert_eq!(advised(text, words), expected, "{text}");
        }
    }

    #[test]
    fn the_share_of_advice_is_a_part_of_the_text() {
        let text = "Make sure your policy is linked.";
        assert!(Advisory::of(&passage(text)).share(text.len()) > 0.9);
        assert!(Advisory::of(&passage("We text reminders.")).share(18) < 0.1);
        assert!(Advisory::default().share(0) < 0.1);
    }
}
