//! Predicts why a 10DLC brand or campaign registration would be rejected: load, collect, evaluate, report.

pub mod collect;
pub mod error;
pub mod evidence;
pub mod page;
pub mod registration;
pub mod rule;
pub mod text;
