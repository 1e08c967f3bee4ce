//! What a privacy policy says about sharing mobile data: promises, permissions, and what is carved out of them.
//!
//! Clauses carry the polarity (`text/clause.rs`); here their words are weighed: who hands what to whom, what for. The words are
//! data in `rules/registry/sharing.yaml`.

mod carve_out;
mod permission;
mod policy;
mod promise;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
mod words;

use std::ops::Range;

pub use words::SharingWords;

use crate::text::Passage;
use carve_out::CarveOut;
use policy::Policy;

/// What a policy says about sharing. All ranges are bytes of the folded text, see [`Passage::folded_span`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SharingVerdict {
    /// Clauses that promise not to share.
    pub promises: Vec<Promise>,
    /// Clauses that permit sharing for the marketing of others, and that no carve-out covers.
    pub permissions: Vec<Range<usize>>,
    /// Clauses that permit sharing with affiliates or partners without saying what for: some reviewers object.
    pub doubtful: Vec<Range<usize>>,
    /// Clauses that take mobile data out of the sharing that is permitted elsewhere.
    pub carve_outs: Vec<Range<usize>>,
    /// Promises that hold only until the person agrees: `not … without your consent`.
    pub conditional: Vec<Range<usize>>,
}

/// A clause that promises not to share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// Its bytes in the folded text.
    pub range: Range<usize>,
    /// What it covers.
    pub strength: Strength,
}

/// What a promise covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Personal data in general, only some recipients, or only selling.
    Generic,
    /// Mobile numbers, texting data, opt-in or consent.
    Mobile,
}

/// What a reviewer concludes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Mobile data is promised to stay, and nothing contradicts it.
    Promised,
    /// Only personal data in general is promised to stay.
    PromisedGenericOnly,
    /// Sharing for the marketing of others is permitted, whatever is promised besides.
    Shares,
    /// Neither.
    Nothing,
}

impl SharingVerdict {
    /// What a reviewer concludes.
    pub fn verdict(&self) -> Verdict {
        if !self.permissions.is_empty() {
            return Verdict::Shares;
        }
        match self.strongest_promise() {
            Some(Strength::Mobile) => Verdict::Promised,
            Some(Strength::Generic) => Verdict::PromisedGenericOnly,
            None => Verdict::Nothing,
        }
    }

    /// The strongest promise, whether or not something contradicts it.
    pub fn strongest_promise(&self) -> Option<Strength> {
        self.promises.iter().map(|promise| promise.strength).max()
    }
}

/// Reads a privacy policy.
pub fn judge(passage: &Passage, words: &SharingWords) -> SharingVerdict {
    let policy = Policy::new(passage.folded().text(), passage.sentences(), words);
    let mut verdict = SharingVerdict::default();
    let mut permissions = Vec::new();
    let mut carve_outs = Vec::new();
    for (number, sentence) in policy.sentences.iter().enumerate() {
        if policy.says_nothing(number) {
            continue;
        }
        for clause in 0..sentence.clauses.len() {
            carve_out::read(&policy, number, clause, &mut carve_outs, &mut verdict);
            promise::read(&policy, number, clause, &mut carve_outs, &mut permissions, &mut verdict);
            permission::read(&policy, number, clause, &mut permissions, &mut verdict);
        }
    }
    let cover = carve_out::Cover::of(&carve_outs, &policy);
    let reaches = permissions.iter().filter(|permission| !cover.covers(permission, &policy));
    verdict.permissions = reaches.map(|permission| permission.range.clone()).collect();
    verdict.carve_outs = carve_outs.into_iter().map(|CarveOut { range, .. }| range).collect();
    verdict
}
