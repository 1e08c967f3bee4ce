//! The pages of the providers' codes, one a provider and an index with what the rules cover.

use std::collections::BTreeMap;

use super::escape;
use crate::coverage::{Cover, Coverage, Tally};
use crate::error::Error;
use crate::explain::code::next;
use crate::explain::{Knowledge, with_placeholders};
use crate::provider::{Code, Provider};

/// Every page by its path under the folder.
///
/// # Errors
/// Never with a sound build.
pub fn pages(knowledge: &Knowledge) -> Result<BTreeMap<String, String>, Error> {
    let coverage = Coverage::new(knowledge)?;
    let mut pages = BTreeMap::new();
    for (short, provider) in &knowledge.providers {
        pages.insert(format!("{short}.md"), page(knowledge, &coverage, short, provider));
    }
    pages.insert("README.md".to_owned(), index(knowledge, &coverage));
    Ok(pages)
}

fn index(knowledge: &Knowledge, coverage: &Coverage<'_>) -> String {
    let mut out = String::from(
        "# Rejection codes\n\nWritten by `tcr-lint rules codes`; edit the files in `rules/`.\n\n\
         What the rules find of the codes that each list publishes. The last column counts the codes that hang on data of \
         others or on a judgement, which no program can foresee; the page of the list says why, one by one. \
         `tcr-lint explain CODE` tells more of each.\n\n",
    );
    out.push_str(&table(knowledge, coverage));
    out
}

/// The figures of every list as a table.
pub fn table(knowledge: &Knowledge, coverage: &Coverage<'_>) -> String {
    let mut out = String::from("| List | Codes | Found by a rule | No program can foresee |\n|---|--:|--:|--:|\n");
    let mut sum = Tally::default();
    for (short, provider) in &knowledge.providers {
        let tally = coverage.tally(short);
        sum += tally;
        let name = format!("[{}]({short}.md)", escape(&provider.name));
        out.push_str(&row(&name, tally));
    }
    out.push_str(&row("All", sum));
    out
}

fn row(name: &str, tally: Tally) -> String {
    format!("| {name} | {} | {} | {} |\n", tally.codes, tally.found, tally.never)
}

fn page(knowledge: &Knowledge, coverage: &Coverage<'_>, short: &str, provider: &Provider) -> String {
    let tally = coverage.tally(short);
    let mut out = format!(
        "# {}\n\n{} Read {}.\n\n{} codes: {} found by a rule, {} that no program can foresee.\n",
        escape(&provider.name),
        escape(&provider.about),
        provider.read,
        tally.codes,
        tally.found,
        tally.never
    );
    for code in &provider.codes {
        out.push_str(&entry(knowledge, &coverage.cover(short, code), code));
    }
    out
}

fn entry(knowledge: &Knowledge, cover: &Cover, code: &Code) -> String {
    let mut out = format!("\n## {}: {}\n\n{}\n\n", escape(&code.code), escape(&code.title), escape(&code.means));
    let again = next(code).map_or_else(|| "not published".to_owned(), |next| escape(&next));
    out.push_str(&format!("- After it: {again}.\n"));
    match cover {
        Cover::Rules(rules) => {
            out.push_str("- Found by:\n");
            for id in rules {
                let title = knowledge.rules.find(id).map(|rule| with_placeholders(&rule.file.title));
                let title = escape(&title.unwrap_or_default());
                out.push_str(&format!("  - [{id}](../rules/{id}.md): {title}\n"));
            }
        }
        Cover::Never(why) => {
            out.push_str("- No program can foresee it:\n");
            for reason in why {
                out.push_str(&format!("  - {}\n", escape(reason)));
            }
        }
        Cover::Open => out.push_str("- No rule finds it yet.\n"),
    }
    if code.url.starts_with("https://") {
        out.push_str(&format!("- Source: <{}>\n", code.url));
    }
    out
}
