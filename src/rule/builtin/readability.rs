//! How hard an English text is to read, by the Flesch-Kincaid grade: years of school in the United States.

use std::ops::Range;

use crate::text::Passage;

/// The counts that readability is computed from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reading {
    /// Sentences of at least four words; headings and short list items aside.
    pub sentences: usize,
    /// Their words.
    pub words: usize,
    /// The syllables of these words.
    pub syllables: usize,
}

impl Reading {
    /// The counts of a passage.
    pub fn of(passage: &Passage) -> Self {
        let text = passage.folded().text();
        let prose = passage.sentences().iter().filter(|sentence| !sentence.heading);
        prose.map(|sentence| Self::of_sentence(&text[sentence.range.clone()])).fold(Self::default(), |sum, one| Self {
            sentences: sum.sentences + one.sentences,
            words: sum.words + one.words,
            syllables: sum.syllables + one.syllables,
        })
    }

    /// The counts of one sentence; nothing where it is too short to be one.
    fn of_sentence(sentence: &str) -> Self {
        let words = sentence.split(|letter: char| !letter.is_alphanumeric() && letter != '\'');
        let words: Vec<&str> = words.filter(|word| word.contains(char::is_alphabetic)).collect();
        if words.len() < 4 {
            return Self::default();
        }
        let syllables = words.iter().map(|word| syllables(word)).sum();
        Self { sentences: 1, words: words.len(), syllables }
    }

    /// The years of school the text asks for; 0 for an empty text.
    pub fn grade(self) -> f64 {
        if self.sentences == 0 || self.words == 0 {
            return 0.0;
        }
        let length = self.words as f64 / self.sentences as f64;
        let weight = self.syllables as f64 / self.words as f64;
        (0.39 * length + 11.8 * weight - 15.59).max(0.0)
    }
}

/// The hardest sentence of a passage of those with at least twelve words: bytes of its folded text.
pub fn hardest(passage: &Passage) -> Option<Range<usize>> {
    let text = passage.folded().text();
    let prose = passage.sentences().iter().filter(|sentence| !sentence.heading);
    let graded = prose.map(|sentence| (Reading::of_sentence(&text[sentence.range.clone()]), &sentence.range));
    let long = graded.filter(|(reading, _)| reading.words >= 12);
    long.max_by(|one, other| one.0.grade().total_cmp(&other.0.grade())).map(|(_, range)| range.clone())
}

/// The syllables of an English word, by its groups of vowels.
fn syllables(word: &str) -> usize {
    let is_vowel = |letter: char| "aeiouyáéíóú".contains(letter);
    let mut groups = 0;
    let mut before = false;
    for letter in word.chars() {
        let vowel = is_vowel(letter);
        groups += usize::from(vowel && !before);
        before = vowel;
    }
    let silent = word.ends_with('e') && !word.ends_with("le") || word.ends_with("ed") && !word.ends_with("ted");
    groups.saturating_sub(usize::from(silent && groups > 1)).max(1)
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

    #[test]
    fn words_have_syllables() {
        for (word, count) in [("text", 1), ("number", 2), ("phone", 1), ("notification", 5), ("shared", 1), ("b", 1)] {
            assert_eq!(syllables(word), count, "{word}");
        }
    }

    #[test]
    fn long_words_and_sentences_are_hard() {
        let easy = Reading::of(&passage("We text you the day before. You can stop it. Reply STOP and we stop."));
        let hard = passage(
            "Notwithstanding the aforementioned provisions, the organization reserves discretionary authority to \
             communicate electronically regarding administrative obligations, subject to applicable regulations.",
        );
        assert!(easy.grade() < 4.0, "{}", easy.grade());
        assert!(Reading::of(&hard).grade() > 18.0);
        assert_eq!(hardest(&hard), Some(0..hard.folded().text().len()));
        assert!(Reading::default().grade() < 0.1);
    }
}
