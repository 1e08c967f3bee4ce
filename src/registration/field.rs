//! The fields of a registration, as rules/registry/fields.yaml knows them.
