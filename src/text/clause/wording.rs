use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::word_set::WordSet;

/// What a phrase does to the clause it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Negation,
    FalseNegation,
    /// Denies nothing where it ends what it stands in.
    Afterthought,
    Contrast,
    ContrastAfterComma,
    FalseContrast,
    Exception,
    ConditionAfterComma,
    Condition,
    Subordinate,
    Without,
    Reversal,
}

/// The words of `rules/registry/clauses.yaml`, ready for look-up.
#[derive(Debug)]
pub(super) struct Wording {
    phrases: HashMap<String, Vec<Phrase>>,
    narrow: HashMap<String, Vec<Phrase>>,
    denials: WordSet,
    sets: Sets,
    /// Every word that begins a phrase or stands in a set that the search for clauses asks for.
    known: WordSet,
}

#[derive(Debug)]
struct Phrase {
    words: Vec<String>,
    roles: Vec<Role>,
}

/// The single words that are looked up as they are.
#[derive(Debug, Deserialize)]
pub(super) struct Sets {
    pub but_excepts_after: WordSet,
    pub subjects: WordSet,
    pub determiners: WordSet,
    pub auxiliaries: WordSet,
    pub modals: WordSet,
    pub pronouns: WordSet,
    pub relatives: WordSet,
    pub conjunctions: WordSet,
    pub abbreviations: WordSet,
    pub numbering: WordSet,
    pub starters: WordSet,
    pub openers: WordSet,
}

#[derive(Debug, Deserialize)]
struct Lists {
    negations: Vec<String>,
    false_negations: Vec<String>,
    afterthoughts: Vec<String>,
    narrow: Vec<String>,
    reversals: Vec<String>,
    contrasts: Vec<String>,
    contrasts_after_comma: Vec<String>,
    false_contrasts: Vec<String>,
    exceptions: Vec<String>,
    conditions_after_comma: Vec<String>,
    conditions: Vec<String>,
    subordinates: Vec<String>,
    false_subordinates: Vec<String>,
    without: Vec<String>,
    false_without: Vec<String>,
    denials: Vec<String>,
    #[serde(flatten)]
    sets: Sets,
}

impl Wording {
    /// The words that the program carries.
    pub(super) fn get() -> &'static Self {
        static WORDING: OnceLock<Wording> = OnceLock::new();
        WORDING.get_or_init(|| {
            let json = include_str!(concat!(env!("OUT_DIR"), "/registry/clauses.json"));
            match serde_json::from_str(json) {
                Ok(lists) => Self::new(lists),
                Err(error) => unreachable!("rules/registry/clauses.yaml is checked by the tests: {error}"),
            }
        })
    }

    fn new(lists: Lists) -> Self {
        let mut phrases = HashMap::new();
        for (list, role) in [
            (&lists.negations, Role::Negation),
            (&lists.false_negations, Role::FalseNegation),
            (&lists.afterthoughts, Role::Afterthought),
            (&lists.reversals, Role::Reversal),
            (&lists.contrasts, Role::Contrast),
            (&lists.contrasts_after_comma, Role::ContrastAfterComma),
            (&lists.false_contrasts, Role::FalseContrast),
            (&lists.exceptions, Role::Exception),
            (&lists.conditions_after_comma, Role::ConditionAfterComma),
            (&lists.conditions, Role::Condition),
            (&lists.subordinates, Role::Subordinate),
            (&lists.false_subordinates, Role::FalseContrast),
            (&lists.without, Role::Without),
            (&lists.false_without, Role::FalseContrast),
        ] {
            list.iter().for_each(|text| add(&mut phrases, text, role));
        }
        let mut narrow = HashMap::new();
        lists.narrow.iter().for_each(|text| add(&mut narrow, text, Role::Negation));
        for table in [&mut phrases, &mut narrow] {
            table
                .values_mut()
                .for_each(|phrases| phrases.sort_by_key(|phrase: &Phrase| std::cmp::Reverse(phrase.words.len())));
        }
        let sets = lists.sets;
        let marked = [&sets.conjunctions, &sets.pronouns, &sets.auxiliaries, &sets.modals];
        let marked = marked.into_iter().flat_map(|set| &set.words);
        let known = WordSet::from(phrases.keys().chain(marked).cloned().collect::<Vec<_>>());
        Self { phrases, narrow, denials: lists.denials.into(), sets, known }
    }

    /// The single words that are looked up as they are.
    pub(super) fn sets(&self) -> &Sets {
        &self.sets
    }

    /// False for a word that means nothing to the search for clauses.
    pub(super) fn knows(&self, word: &str) -> bool {
        self.known.contains(word) || word.ends_with("n't")
    }

    /// The longest phrase that these words begin with: how many words it has, and what it does.
    pub(super) fn phrase<'w>(&self, words: impl Iterator<Item = &'w str> + Clone) -> Option<(usize, &[Role])> {
        longest(&self.phrases, words)
    }

    /// How many words long the phrase is that narrows a negation before it, where these words begin with one.
    pub(super) fn narrow<'w>(&self, words: impl Iterator<Item = &'w str> + Clone) -> Option<usize> {
        longest(&self.narrow, words).map(|(count, _)| count)
    }

    /// True where the text as a whole is an answer that denies.
    pub(super) fn denies(&self, text: &str) -> bool {
        self.denials.contains(text)
    }
}

fn add(table: &mut HashMap<String, Vec<Phrase>>, text: &str, role: Role) {
    let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let phrases = table.entry(words[0].clone()).or_default();
    match phrases.iter_mut().find(|phrase| phrase.words == words) {
        Some(phrase) => phrase.roles.push(role),
        None => phrases.push(Phrase { words, roles: vec![role] }),
    }
}

fn longest<'t, 'w>(
    table: &'t HashMap<String, Vec<Phrase>>,
    words: impl Iterator<Item = &'w str> + Clone,
) -> Option<(usize, &'t [Role])> {
    let candidates = table.get(words.clone().next()?)?;
    let fits = |phrase: &&Phrase| {
        let mut words = words.clone();
        phrase.words.iter().all(|word| words.next() == Some(word.as_str()))
    };
    candidates.iter().find(fits).map(|phrase| (phrase.words.len(), phrase.roles.as_slice()))
}
