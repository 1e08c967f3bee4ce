//! Rules: what is looked for, and the named checks that patterns cannot say.

pub mod builtin;
