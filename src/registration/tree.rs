//! The span tree of a YAML text, from parser events.
