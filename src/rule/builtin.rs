//! Checks that weigh a whole text: each a pure function with its words in `rules/registry/`.

pub mod sharing;
