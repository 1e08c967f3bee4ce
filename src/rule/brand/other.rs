//! Names of other companies in a text.
