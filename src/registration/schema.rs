//! The manifest's JSON Schema and its page in the docs, from the registry.
