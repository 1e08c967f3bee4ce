//! What a visitor reads of a page.
