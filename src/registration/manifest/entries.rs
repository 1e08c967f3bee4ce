//! What stands beside brand and campaign: numbers, earlier attempts and saved pages.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::Reader;
use crate::evidence::{Fields, Role};
use crate::registration::problem::shown;
use crate::registration::tree::{Node, Value};
use crate::registration::{Attempt, Number};

impl Reader<'_> {
    pub(super) fn numbers(&mut self, node: &Node) -> Vec<Number> {
        let mut numbers = Vec::new();
        for entry in entries(node) {
            let at = self.values.problems.first_line(entry.at.clone());
            if let Some(number) = entry.text() {
                numbers.push(Number { number: number.to_string(), kind: None, at });
                continue;
            }
            let mut fields = Fields::new();
            self.group("numbers", entry, &mut fields);
            let number = text(&fields, "numbers.number").unwrap_or_default();
            numbers.push(Number { number, kind: text(&fields, "numbers.kind"), at });
        }
        numbers
    }

    pub(super) fn history(&mut self, node: &Node) -> Vec<Attempt> {
        let mut attempts = Vec::new();
        for entry in entries(node) {
            let mut fields = Fields::new();
            self.group("history", entry, &mut fields);
            let at = self.values.problems.first_line(entry.at.clone());
            let codes: Vec<String> = fields
                .get("history.codes")
                .map_or(Vec::new(), |field| field.values.iter().map(|value| value.text.trim().to_string()).collect());
            let outcome = text(&fields, "history.outcome");
            if outcome.is_none() && codes.is_empty() {
                let message = "this attempt does not say what came of it".to_string();
                let help = Some("Add `outcome: rejected`, `approved` or `pending`".to_string());
                self.values.problems.add("missing-key", at.clone(), message, help);
            }
            attempts.push(Attempt {
                submitted: text(&fields, "history.submitted"),
                outcome: outcome.unwrap_or_else(|| if codes.is_empty() { "pending" } else { "rejected" }.to_string()),
                codes,
                text: text(&fields, "history.text"),
                at,
            });
        }
        attempts
    }

    pub(super) fn pages(&mut self, node: &Node) -> BTreeMap<Role, PathBuf> {
        let mut fields = Fields::new();
        self.group("pages", node, &mut fields);
        let mut pages = BTreeMap::new();
        for role in Role::ALL {
            let Some(field) = fields.get(&format!("pages.{role}")).filter(|field| !field.is_empty()) else { continue };
            if field.text().contains("://") {
                let message = format!("`pages` takes saved files, and `{}` is an address", shown(field.text()));
                let help = "Save the page and name the file; addresses go under `campaign:`, as `privacy_policy_link` and so on";
                let at = field.values.first().map_or(field.key.clone(), |value| value.whole());
                self.values.problems.add("not-allowed", at, message, Some(help.to_string()));
                continue;
            }
            pages.insert(role, self.folder.join(field.text()));
        }
        pages
    }
}

/// The entries of a list section; one entry may stand there without its dash.
fn entries(node: &Node) -> &[Node] {
    match &*node.value {
        Value::List(entries) => entries,
        Value::Null => &[],
        _ => std::slice::from_ref(node),
    }
}

fn text(fields: &Fields, name: &str) -> Option<String> {
    let text = fields.get(name)?.text();
    (!text.is_empty()).then(|| text.to_string())
}
