//! From the tree of a manifest to its registrations.

mod entries;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::field::{plain, registry};
use super::tree::{Node, Tree, Value};
use super::unknown::unknown_key;
use super::value::Values;
use super::{Attempt, Number, Registration, Sibling};
use crate::error::Error;
use crate::evidence::{Field, Fields, Role};
use crate::text::{Source, SourceId, Span};

/// A manifest has at most this many campaigns, so that aliases cannot make a small file large.
const CAMPAIGNS: usize = 10_000;

/// The registrations of a manifest.
pub(super) fn registrations(source: SourceId, manifest: &Source, tree: &Tree) -> Result<Vec<Registration>, Error> {
    let root = match &*tree.root.value {
        Value::Mapping(entries) => entries,
        value => return Err(no_manifest(manifest, value, &tree.root)),
    };
    let folder = Path::new(&manifest.name).parent().map(Path::to_path_buf).unwrap_or_default();
    let mut reader = Reader { source, folder, values: Values::new(source, &manifest.text) };
    for fault in &tree.faults {
        reader.values.problems.add_fault(fault);
    }
    Ok(reader.manifest(root))
}

fn no_manifest(manifest: &Source, value: &Value, root: &Node) -> Error {
    let message = match value {
        Value::Null => "the file is empty".to_string(),
        _ => format!("this is no registration: it is {} where `brand:` and `campaign:` should be", root.kind()),
    };
    let first_line = manifest.text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
    let start = if manifest.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    Error::new(message)
        .help("Start with `brand:` and, below it and indented, `legal_name: …`; then `campaign:` likewise")
        .at(&manifest.name, &manifest.text, start..start + first_line.len())
}

/// The parts of a manifest that belong to all its campaigns.
#[derive(Default)]
struct Shared {
    provider: Option<String>,
    brand: Fields,
    brand_at: Option<Span>,
    numbers: Vec<Number>,
    history: Vec<Attempt>,
    pages: BTreeMap<Role, PathBuf>,
}

struct Reader<'a> {
    source: SourceId,
    folder: PathBuf,
    values: Values<'a>,
}

impl Reader<'_> {
    fn manifest(&mut self, root: &[(Node, Node)]) -> Vec<Registration> {
        let mut shared = Shared::default();
        let mut campaigns: Vec<(Span, &Node)> = Vec::new();
        for (key, node) in root {
            let Some(name) = self.key(key) else { continue };
            match name {
                "brand" => {
                    shared.brand_at = Some(self.span(key));
                    self.group("brand", node, &mut shared.brand);
                }
                name @ ("campaign" | "campaigns") => campaigns.extend(self.campaigns(name, key, node)),
                "provider" => shared.provider = self.provider(node),
                "numbers" => shared.numbers = self.numbers(node),
                "history" => shared.history = self.history(node),
                "pages" => shared.pages = self.pages(node),
                name if name == "$schema" || name.starts_with("x-") => {}
                name => {
                    unknown_key("", name, key.at.clone(), &mut self.values.problems);
                }
            }
        }
        self.too_many(&mut campaigns);
        let mut registrations = Vec::with_capacity(campaigns.len().max(1));
        for (number, (at, node)) in campaigns.into_iter().enumerate() {
            let mut fields = Fields::new();
            self.group("campaign", node, &mut fields);
            registrations.push(self.registration(number, &shared, fields, at));
        }
        if registrations.is_empty() {
            let start = Span::new(self.source, 0..0);
            registrations.push(self.registration(0, &shared, Fields::new(), start));
        }
        let siblings: Arc<Vec<Sibling>> = Arc::new(registrations.iter().filter_map(Sibling::of).collect());
        if registrations.len() > 1 {
            registrations.iter_mut().for_each(|registration| registration.siblings = Arc::clone(&siblings));
        }
        if let (Some(last), Some(more)) = (registrations.last_mut(), self.values.problems.remainder()) {
            last.problems.push(more);
        }
        registrations
    }

    fn too_many(&mut self, campaigns: &mut Vec<(Span, &Node)>) {
        let Some((at, _)) = campaigns.get(CAMPAIGNS) else { return };
        let message = format!("the file has {} campaigns; those from here on are not read", campaigns.len());
        let help = Some(format!("Split the file: at most {CAMPAIGNS} campaigns in each"));
        self.values.problems.add("too-much", at.clone(), message, help);
        campaigns.truncate(CAMPAIGNS);
    }

    fn registration(&mut self, campaign: usize, shared: &Shared, fields: Fields, at: Span) -> Registration {
        let mut all = shared.brand.clone();
        all.extend(fields);
        Registration {
            source: self.source,
            campaign,
            provider: shared.provider.clone(),
            fields: all,
            brand_at: shared.brand_at.clone().unwrap_or_else(|| Span::new(self.source, 0..0)),
            campaign_at: at,
            numbers: shared.numbers.clone(),
            history: shared.history.clone(),
            pages: shared.pages.clone(),
            siblings: Arc::default(),
            problems: self.values.problems.take(),
        }
    }

    /// The campaigns under `campaign:` or `campaigns:`, each with its place.
    fn campaigns<'n>(&mut self, name: &str, key: &Node, node: &'n Node) -> Vec<(Span, &'n Node)> {
        let other = if name == "campaign" { "campaigns" } else { "campaign" };
        match (&*node.value, name) {
            (Value::List(entries), _) => {
                if name == "campaign" {
                    self.shape(key, "one campaign", "a list", format!("Write `{other}:`"));
                }
                let at = |entry: &Node| match &*entry.value {
                    Value::Mapping(fields) => fields.first().map_or(entry.at.clone(), |(key, _)| key.at.clone()),
                    _ => entry.at.clone(),
                };
                entries.iter().map(|entry| (self.values.problems.first_line(at(entry)), entry)).collect()
            }
            (_, "campaigns") => {
                self.shape(
                    key,
                    "a list of campaigns",
                    node.kind(),
                    format!("Write `{other}:`, or `-` before each campaign"),
                );
                vec![(self.span(key), node)]
            }
            _ => vec![(self.span(key), node)],
        }
    }

    /// Reads the fields of a section.
    fn group(&mut self, section: &str, node: &Node, fields: &mut Fields) {
        let entries = match &*node.value {
            Value::Mapping(entries) => entries.as_slice(),
            Value::Null => &[],
            _ => {
                let help = format!("Write its fields below `{section}:`, each on its own line and indented");
                self.shape(node, "a group of fields", node.kind(), help);
                &[]
            }
        };
        let mut samples = Vec::new();
        for (key, value) in entries {
            let Some(name) = self.key(key) else { continue };
            match sample_number(name).filter(|_| section == "campaign") {
                Some(number) => samples.push((number, key, value)),
                None => self.field(section, name, (key, value), fields),
            }
        }
        samples.sort_by_key(|(number, ..)| *number);
        for (_, key, value) in samples {
            self.sample(key, value, fields);
        }
    }

    fn field(&mut self, section: &str, name: &str, (key, value): (&Node, &Node), fields: &mut Fields) {
        let dotted = format!("{section}.{name}");
        let known = registry().find(&dotted);
        let is_known = known.is_some();
        let problems = &mut self.values.problems;
        let Some(definition) = known.or_else(|| unknown_key(section, name, key.at.clone(), problems)) else { return };
        if !is_known && fields.contains_key(&definition.name) {
            return;
        }
        let values = self.values.read(definition, value);
        fields.insert(definition.name.clone(), Arc::new(Field { key: self.span(key), values }));
    }

    /// `sample1` to `sample5`: TCR's way to write the list of sample messages.
    fn sample(&mut self, key: &Node, value: &Node, fields: &mut Fields) {
        let Some(definition) = registry().find("campaign.sample_messages") else { return };
        let values = self.values.read(definition, value);
        let key = self.span(key);
        let field =
            fields.entry(definition.name.clone()).or_insert_with(|| Arc::new(Field { key, values: Vec::new() }));
        Arc::make_mut(field).values.extend(values);
    }

    fn provider(&mut self, node: &Node) -> Option<String> {
        let definition = registry().find("provider")?;
        let value = self.values.read(definition, node).into_iter().next()?;
        definition.canonical(&value.text).map(str::to_string)
    }

    /// The text of a key; a list or a group of keys in its place is reported.
    fn key<'n>(&mut self, key: &'n Node) -> Option<&'n str> {
        if key.text().is_none() {
            let help = "Write `name: value`; put a text that begins with a bracket in quotes".to_string();
            self.shape(key, "the name of a field", key.kind(), help);
        }
        key.text()
    }

    fn span(&self, node: &Node) -> Span {
        self.values.problems.first_line(node.at.clone())
    }

    fn shape(&mut self, node: &Node, wanted: &str, is: &str, help: String) {
        let at = self.values.problems.first_line(node.at.clone());
        let message = format!("here should be {wanted}, and it is {is}");
        self.values.problems.add("wrong-type", at, message, Some(help));
    }
}

/// The number of `sample1`, `sample_2`, `sampleMessage3` and the like.
fn sample_number(key: &str) -> Option<u8> {
    let key = plain(key);
    let rest = key.strip_prefix("samplemessage").or_else(|| key.strip_prefix("sample"))?;
    rest.parse().ok().filter(|number| (1..=5).contains(number))
}
