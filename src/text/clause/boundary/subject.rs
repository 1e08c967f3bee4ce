use super::super::Link;
use super::super::word::{Kind, Word};
use super::super::word_set::WordSet;
use super::super::wording::{Role, Wording};
use super::Finder;

/// Looked ahead for the verb of a new subject, in words.
const REACH: usize = 7;

/// What the words around a place say about it.
impl Finder<'_> {
    /// `nothing but`, `no one but`.
    pub(super) fn excepting_but(&self, number: usize) -> bool {
        let before = number.checked_sub(1).map(|before| self.words[before].text);
        self.words[number].text == "but"
            && before.is_some_and(|before| self.wording.sets().but_excepts_after.contains(before))
    }

    /// `we will not, however, share`: an aside between a verb's parts splits nothing, nor does one that ends the sentence.
    pub(super) fn is_aside(&self, number: usize, end: usize) -> bool {
        let Some(after) = self.words.get(end) else { return true };
        if after.kind == Kind::Other && end + 1 == self.words.len() {
            return true;
        }
        let (Some(comma), Some(before)) = (number.checked_sub(1), number.checked_sub(2)) else { return false };
        let before = self.words[before].text;
        let sets = self.wording.sets();
        let unfinished = sets.auxiliaries.contains(before) || sets.subjects.contains(before) || self.negates(before);
        self.words[comma].kind == Kind::Comma && after.kind == Kind::Comma && unfinished
    }

    /// `No. 5`, `no. #7`.
    pub(super) fn is_number_sign(&self, number: usize) -> bool {
        let [no, stop, digits, ..] = &self.words[number..] else { return false };
        let number = digits.text.starts_with(|letter: char| letter.is_ascii_digit() || letter == '#');
        no.text == "no" && stop.text == "." && number
    }

    pub(super) fn negates(&self, word: &str) -> bool {
        word.ends_with("n't")
            || self.wording.phrase(std::iter::once(word)).is_some_and(|(_, roles)| roles.contains(&Role::Negation))
    }

    /// True where the current clause is an opening `except …`, `unless …`, `although …`, or an aside, and ends here.
    pub(super) fn ends_leading_clause(&self, number: usize) -> bool {
        let last = self.last();
        let leading =
            matches!(last.link, Link::Exception | Link::Condition | Link::Subordinate | Link::Contrast | Link::Without);
        if !leading {
            return false;
        }
        if self.unfinished_host().is_some() {
            return true;
        }
        let sets = self.wording.sets();
        let word = self.words[number].text;
        let subject = sets.subjects.contains(word) || sets.determiners.contains(word);
        self.starts.len() == 1 && (subject || self.has_verb(number, &sets.modals))
    }

    /// The clause that the current aside interrupted between a verb's parts: `we will not, except …, share`.
    pub(super) fn unfinished_host(&self) -> Option<usize> {
        let host = self.starts.len().checked_sub(2)?;
        if !matches!(self.last().link, Link::Exception | Link::Condition | Link::Subordinate | Link::Without) {
            return None;
        }
        let at = self.last().at;
        let next = self.words.partition_point(|word| word.range.start < at);
        let before = self.words[..next].iter().rev().find(|word| word.kind == Kind::Letters)?;
        let comma = self.words[..next].last().is_some_and(|word| word.kind == Kind::Comma);
        let sets = self.wording.sets();
        (comma && (sets.auxiliaries.contains(before.text) || self.negates(before.text))).then_some(host)
    }

    /// True where a subject with its verb starts at that word, or a verb that repeats the subject before it.
    pub(super) fn starts_clause(&self, number: usize) -> bool {
        let Some(word) = self.words.get(number).filter(|word| word.kind == Kind::Letters) else { return false };
        let sets = self.wording.sets();
        if sets.subjects.contains(word.text) {
            let goes_on = self.words.get(number + 1).is_some_and(|next| next.kind == Kind::Letters);
            return goes_on && (self.last().verb || self.ends_exception(number));
        }
        if !self.last().verb && !self.ends_exception(number) {
            return false;
        }
        if sets.auxiliaries.contains(word.text) {
            let after = number.checked_sub(1).is_some_and(|before| sets.conjunctions.contains(self.words[before].text));
            return after && self.last().negation.is_some();
        }
        if sets.pronouns.contains(word.text) && word.text != "that" {
            return false;
        }
        let determined = sets.determiners.contains(word.text);
        self.has_verb(number, if determined { &sets.auxiliaries } else { &sets.modals })
    }

    /// `except our carriers, and these are …`: after a comma an exception may end although it has no verb.
    fn ends_exception(&self, number: usize) -> bool {
        let aside = matches!(self.last().link, Link::Exception | Link::Condition | Link::Without);
        let conjunction = number.checked_sub(1).filter(|&before| self.words[before].kind == Kind::Letters);
        let comma = conjunction.unwrap_or(number).checked_sub(1);
        aside && comma.is_some_and(|comma| self.words[comma].kind == Kind::Comma)
    }

    /// True where one of these verbs follows within a few words that belong to the same subject.
    pub(super) fn has_verb(&self, number: usize, verbs: &WordSet) -> bool {
        let sets = self.wording.sets();
        for (distance, word) in self.words[number..].iter().take(REACH).enumerate() {
            if word.kind != Kind::Letters || distance > 0 && sets.relatives.contains(word.text) {
                return false;
            }
            if distance > 0 && verbs.contains(word.text) {
                return true;
            }
        }
        false
    }
}

/// True where the clause at that byte begins with a subject: `we share`, `your number may be`.
pub(super) fn begins_with_subject(words: &[Word<'_>], at: usize, wording: &Wording) -> bool {
    let sets = wording.sets();
    let from = words.partition_point(|word| word.range.start < at);
    let mut words = words[from..]
        .iter()
        .filter(|word| word.kind == Kind::Letters)
        .skip_while(|word| sets.conjunctions.contains(word.text));
    let Some(first) = words.next() else { return false };
    if sets.subjects.contains(first.text) {
        return true;
    }
    sets.determiners.contains(first.text)
        && words
            .take(REACH)
            .take_while(|word| !sets.relatives.contains(word.text))
            .any(|word| sets.auxiliaries.contains(word.text))
}
