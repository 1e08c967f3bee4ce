mod subject;

use std::ops::Range;

use super::word::{self, Kind, Word};
use super::wording::{Role, Wording};
use super::{Link, block};

/// Where a clause starts, and what was found in it.
#[derive(Debug, Clone)]
pub(super) struct Start {
    pub at: usize,
    pub link: Link,
    /// The first word that denies the clause.
    pub negation: Option<Range<usize>>,
    /// True where another word turns the denial back: `nothing prevents us from …`.
    pub reversed: bool,
    /// True where the clause begins with a subject of its own.
    pub subject: bool,
    /// The words that link the clause to the one before it; empty where nothing but a mark does.
    pub words: Range<usize>,
    verb: bool,
    content: bool,
    /// The number of the word where its last relative clause begins.
    relative: Option<usize>,
}

/// The clauses of a sentence, in order; the first starts where the sentence does.
pub(super) fn find(text: &str, sentence: &Range<usize>, wording: &Wording) -> Vec<Start> {
    let body = sentence.start + block::mark_length(&text[sentence.clone()])..sentence.end;
    let words = word::words(text, &body);
    let last_letters = words.iter().rposition(|word| word.kind == Kind::Letters).unwrap_or(0);
    let starts = vec![start(sentence.start, Link::First)];
    let mut finder = Finder { words: &words, last_letters, wording, starts, open: Vec::new() };
    let mut number = 0;
    while number < words.len() {
        number = finder.step(number).max(number + 1);
    }
    for start in &mut finder.starts {
        start.subject = subject::begins_with_subject(&words, start.at, wording);
    }
    finder.starts
}

fn start(at: usize, link: Link) -> Start {
    Start {
        at,
        link,
        negation: None,
        reversed: false,
        subject: false,
        words: at..at,
        verb: false,
        content: false,
        relative: None,
    }
}

struct Finder<'t> {
    words: &'t [Word<'t>],
    /// The number of the last word that is no mark.
    last_letters: usize,
    wording: &'t Wording,
    starts: Vec<Start>,
    /// For each open bracket: how many clauses there were before it.
    open: Vec<usize>,
}

impl Finder<'_> {
    /// Reads the word of that number, and gives the number to go on with.
    fn step(&mut self, number: usize) -> usize {
        let next = number + 1;
        match self.words[number].kind {
            Kind::Letters => self.letters(number),
            Kind::Comma => {
                self.after_comma(next);
                next
            }
            Kind::Semicolon => {
                self.split_at(next, Link::Semicolon);
                next
            }
            Kind::Colon => {
                self.split_at(next, Link::Colon);
                next
            }
            Kind::Open => {
                self.open.push(self.starts.len());
                next
            }
            Kind::Close => {
                self.close(next);
                next
            }
            Kind::Other => next,
        }
    }

    fn letters(&mut self, number: usize) -> usize {
        let word = self.words[number].text;
        let sets = self.wording.sets();
        if !self.wording.knows(word) {
            self.last_mut().verb |= self.follows_subject(number);
            self.last_mut().content = true;
            return number + 1;
        }
        if sets.conjunctions.contains(word) && self.starts_clause(number + 1) {
            self.split_at(number, Link::Independent);
            self.last_mut().content = true;
            return number + 1;
        }
        let phrase = self.wording.phrase(self.run(number));
        let (count, roles) = match phrase {
            Some((count, roles)) => (count, roles.to_vec()),
            None if word.ends_with("n't") => (1, vec![Role::Negation]),
            None => {
                self.verb(number);
                self.last_mut().content = true;
                return number + 1;
            }
        };
        self.verb(number);
        self.phrase(number, number + count, &roles)
    }

    /// Does what a phrase demands, and gives the number of the word to go on with.
    fn phrase(&mut self, number: usize, end: usize, roles: &[Role]) -> usize {
        let ends = self.words.get(end).is_none_or(|next| next.kind != Kind::Letters);
        let says_nothing = roles.contains(&Role::FalseNegation)
            || roles.contains(&Role::Afterthought) && ends && self.last().content
            || roles.contains(&Role::FalseContrast)
            || self.is_number_sign(number);
        if says_nothing {
            self.last_mut().content = true;
        } else if roles.contains(&Role::Reversal) && self.last().negation.is_some() {
            self.last_mut().reversed = true;
            self.last_mut().content = true;
        } else if roles.contains(&Role::Negation) {
            return self.negation(number, end);
        } else if let Some(link) = self.link(number, end, roles) {
            self.split_at(number, link);
            self.last_mut().words = self.words[number].range.start..self.words[end - 1].range.end;
        } else {
            self.last_mut().content = true;
        }
        end
    }

    fn link(&self, number: usize, end: usize, roles: &[Role]) -> Option<Link> {
        let after_comma = number == 0 || self.words[number - 1].kind != Kind::Letters;
        roles.iter().find_map(|role| match role {
            Role::Contrast if self.is_aside(number, end) => None,
            Role::Contrast if self.excepting_but(number) => Some(Link::Exception),
            Role::Contrast => Some(Link::Contrast),
            Role::ContrastAfterComma => (after_comma && !self.is_aside(number, end)).then_some(Link::Contrast),
            Role::Exception => Some(Link::Exception),
            Role::ConditionAfterComma => (after_comma && number > 0).then_some(Link::Condition),
            Role::Condition => Some(Link::Condition),
            Role::Subordinate => Some(Link::Subordinate),
            Role::Without => Some(Link::Without),
            _ => None,
        })
    }

    /// Notes a denial, and gives the number of the word to go on with.
    fn negation(&mut self, number: usize, end: usize) -> usize {
        let range = self.words[number].range.start..self.words[end - 1].range.end;
        if self.words[number].text == "nor"
            && self.words.get(end).is_some_and(|next| self.wording.sets().auxiliaries.contains(next.text))
        {
            self.split_at(number, Link::Independent);
        }
        if let Some(relative) = self.last().relative.filter(|_| self.last().negation.is_none()) {
            self.split_at(relative, Link::Relative);
        }
        self.last_mut().negation.get_or_insert(range);
        self.last_mut().content = true;
        let Some(count) = self.wording.narrow(self.run(end)) else { return end };
        self.split_at(end + count, Link::Detached);
        end + count
    }

    /// Splits after a comma where a new subject and verb or a `not` follows.
    fn after_comma(&mut self, number: usize) {
        let Some(word) = self.words.get(number).filter(|word| word.kind == Kind::Letters) else { return };
        let sets = self.wording.sets();
        let verb = self.last().verb;
        let denies = matches!(word.text, "not" | "never") && verb && self.last().negation.is_none();
        if denies && self.wording.phrase(self.run(number)).is_some_and(|(_, roles)| roles.contains(&Role::Negation)) {
            self.split_at(number, Link::Contrast);
        } else if self.ends_leading_clause(number) {
            let host = self.unfinished_host();
            self.split_at(number, host.map_or(Link::Independent, Link::Resumed));
        } else if !sets.conjunctions.contains(word.text) && self.starts_clause(number) {
            self.split_at(number, Link::Independent);
        }
    }

    fn verb(&mut self, number: usize) {
        let sets = self.wording.sets();
        let word = self.words[number].text;
        if sets.pronouns.contains(word) && self.last().verb {
            self.last_mut().relative = Some(number);
        }
        if self.follows_subject(number) || sets.auxiliaries.contains(word) || word.ends_with("n't") {
            self.last_mut().verb = true;
        }
    }

    fn follows_subject(&self, number: usize) -> bool {
        let Some(before) = number.checked_sub(1).map(|before| &self.words[before]) else { return false };
        !self.last().verb
            && before.kind == Kind::Letters
            && (before.text == "you" || self.wording.sets().subjects.contains(before.text))
    }

    fn close(&mut self, next: usize) {
        let Some(before) = self.open.pop() else { return };
        if self.starts.len() > before {
            self.split_at(next, Link::Resumed(before - 1));
        }
    }

    /// Starts a clause at that word. Where the current clause holds nothing yet, it only changes how that one is linked.
    fn split_at(&mut self, number: usize, link: Link) {
        if number > self.last_letters {
            return;
        }
        let at = self.words[number].range.start;
        if self.last().content {
            self.starts.push(start(at, link));
        } else if !matches!(link, Link::Independent | Link::Resumed(_)) {
            self.last_mut().link = link;
        }
    }

    fn run(&self, number: usize) -> impl Iterator<Item = &str> + Clone {
        self.words[number.min(self.words.len())..]
            .iter()
            .take_while(|word| word.kind == Kind::Letters)
            .map(|word| word.text)
    }

    fn last(&self) -> &Start {
        &self.starts[self.starts.len() - 1]
    }

    fn last_mut(&mut self) -> &mut Start {
        let last = self.starts.len() - 1;
        &mut self.starts[last]
    }
}
