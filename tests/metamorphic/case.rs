//! A registration with its website, as a text that can be rewritten, and what is found of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

use super::phrases::Place;
use serde_json::{Map, Value};
use tcr_lint::collect::{CollectOptions, Collector};
use tcr_lint::evaluate::evaluate;
use tcr_lint::evidence::Evidence;
use tcr_lint::registration;
use tcr_lint::rule::{RuleSet, Severity};
use tcr_lint::text::{Source, Sources};

/// The fields of a campaign that hold prose.
pub const PROSE: [&str; 6] =
    ["description", "message_flow", "sample_messages", "opt_in_message", "opt_out_message", "help_message"];

/// A registration and, where it has one, the files of its website.
#[derive(Debug, Clone)]
pub struct Case {
    pub name: String,
    pub brand: Map<String, Value>,
    pub campaign: Map<String, Value>,
    /// What else stands in the manifest.
    pub rest: Map<String, Value>,
    pub site: BTreeMap<String, String>,
}

/// How the prose of a manifest is written down.
#[derive(Debug, Clone, Copy)]
pub enum Style {
    Double,
    Single,
    Folded(usize),
    Literal(usize),
    /// Quoted over several lines.
    Wrapped(usize),
}

/// What was found: each rule at warning or error with its reasons, each page that was not read, and the outlook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub rules: BTreeMap<String, Vec<String>>,
    unread: BTreeSet<String>,
    outlook: &'static str,
}

impl Verdict {
    /// What one verdict has and the other lacks.
    pub fn difference(&self, other: &Self) -> String {
        let only = |one: &Self, two: &Self| {
            let rules = one.rules.iter().filter(|(rule, reasons)| two.rules.get(*rule) != Some(reasons));
            rules.map(|(rule, _)| rule.clone()).collect::<Vec<_>>().join(" ")
        };
        let mut out = format!("gone: [{}], new: [{}]", only(self, other), only(other, self));
        if self.unread != other.unread || self.outlook != other.outlook {
            out += &format!(", {:?} {} against {:?} {}", self.unread, self.outlook, other.unread, other.outlook);
        }
        out
    }
}

/// The examples that are shipped and the registrations of this test.
pub fn cases() -> Vec<Case> {
    let shipped = ["answers-only", "clinic-ready", "clinic-rejected", "non-profit"]
        .map(|name| read(name, &format!("examples/{name}/campaign.yaml"), &format!("examples/{name}/site")));
    let mut own: Vec<String> = fs::read_dir("tests/metamorphic")
        .unwrap()
        .filter_map(|file| file.unwrap().file_name().to_str()?.strip_suffix(".yaml").map(str::to_owned))
        .collect();
    own.sort();
    let own = own.iter().map(|name| case(name));
    shipped.into_iter().chain(own).collect()
}

/// A registration of this test.
pub fn case(name: &str) -> Case {
    read(name, &format!("tests/metamorphic/{name}.yaml"), &format!("tests/metamorphic/{name}"))
}

fn read(name: &str, manifest: &str, site: &str) -> Case {
    let mut rest: Map<String, Value> = serde_yaml::from_str(&fs::read_to_string(manifest).unwrap()).unwrap();
    let mut part = |key: &str| rest.remove(key).unwrap().as_object().unwrap().clone();
    let (brand, campaign) = (part("brand"), part("campaign"));
    let mut pages = BTreeMap::new();
    if Path::new(site).is_dir() {
        for file in fs::read_dir(site).unwrap() {
            let file = file.unwrap();
            let html = fs::read_to_string(file.path()).unwrap();
            pages.insert(file.file_name().into_string().unwrap(), super::html::one_line(&html));
        }
    }
    let case = Case { name: name.to_owned(), brand, campaign, rest, site: pages };
    case.with_prose(|_, text| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

impl Case {
    /// The same registration with its prose rewritten; `rewrite` gets the field and the text.
    pub fn with_prose(&self, rewrite: impl Fn(&str, &str) -> String) -> Self {
        let mut case = self.clone();
        for field in PROSE {
            match case.campaign.get_mut(field) {
                Some(Value::String(text)) => *text = rewrite(field, text),
                Some(Value::Array(texts)) => {
                    for text in texts {
                        *text = Value::String(rewrite(field, text.as_str().unwrap()));
                    }
                }
                _ => {}
            }
        }
        case
    }

    /// The same registration with its pages rewritten; `rewrite` gets HTML.
    pub fn with_pages(&self, rewrite: impl Fn(&str) -> String) -> Self {
        let mut case = self.clone();
        case.site.values_mut().for_each(|html| *html = rewrite(html));
        case
    }

    /// The same registration with the words that people read rewritten, in the manifest and on the pages.
    pub fn with_words(&self, rewrite: impl Fn(&str) -> String) -> Self {
        self.with_prose(|_, text| rewrite(text)).with_pages(|html| super::html::with_text(html, &rewrite))
    }

    /// The same business under another name, wherever it is named.
    pub fn renamed(&self, display: &str, legal: &str) -> Self {
        let field = |name: &str| self.brand[name].as_str().unwrap().to_owned();
        let (old_display, old_legal) = (field("display_name"), field("legal_name"));
        // A non-profit is no company for profit.
        let legal = if field("entity_type") == "NON_PROFIT" { "Willow Bend Foundation Inc." } else { legal };
        let mut case = self.with_prose(|_, text| text.replace(&old_legal, legal).replace(&old_display, display));
        case = case.with_pages(|html| {
            let names = [&old_legal, &old_display].map(|name| super::html::escaped(name));
            html.replace(&names[0], &super::html::escaped(legal)).replace(&names[1], &super::html::escaped(display))
        });
        case.brand["display_name"] = display.into();
        case.brand["legal_name"] = legal.into();
        case
    }

    /// The same registration with one phrase in the place of another, wherever it stands; nothing where it stands nowhere.
    pub fn rephrased(&self, from: &str, to: &str) -> Option<Self> {
        let case = self.with_words(|text| text.replace(from, to));
        (case.campaign != self.campaign || case.site != self.site).then_some(case)
    }

    /// True for the examples that are shipped.
    pub fn is_shipped(&self) -> bool {
        Path::new("examples").join(&self.name).is_dir()
    }

    /// The same registration with `left` instead of the words, in one place only; nothing where the words are not there.
    pub fn without(&self, place: Place, words: &[&str], left: &str) -> Option<Self> {
        let host = self.brand["website"].as_str().unwrap().trim_start_matches("https://");
        let name = self.brand["display_name"].as_str().unwrap();
        let cut = |text: &str| {
            let words = words.iter().map(|words| words.replace("HOST", host).replace("NAME", name));
            words.fold(text.to_owned(), |text, words| text.replace(&words, left))
        };
        let in_field =
            |wanted: &str| self.with_prose(|field, text| if field == wanted { cut(text) } else { text.to_owned() });
        let in_page = |mut case: Self, file: &str| {
            if let Some(html) = case.site.get_mut(file) {
                *html = cut(html);
            }
            case
        };
        let case = match place {
            Place::CallToAction => in_page(in_field("message_flow"), "visit.html"),
            Place::Field(field) => in_field(field),
            Place::Page(file) => in_page(self.clone(), file),
        };
        (case.campaign != self.campaign || case.site != self.site).then_some(case)
    }

    /// The manifest as YAML.
    pub fn manifest(&self, style: Style) -> String {
        let mut out = String::new();
        for (name, part) in [("brand", &self.brand), ("campaign", &self.campaign)] {
            out += &format!("{name}:\n");
            for (key, value) in part {
                match value {
                    Value::String(text) if PROSE.contains(&key.as_str()) => {
                        out += &format!("  {key}: {}", scalar(text, style, 4));
                    }
                    Value::Array(texts) if PROSE.contains(&key.as_str()) => {
                        out += &format!("  {key}:\n");
                        for text in texts {
                            out += &format!("    - {}", scalar(text.as_str().unwrap(), style, 6));
                        }
                    }
                    other => out += &format!("  {key}: {other}\n"),
                }
            }
        }
        self.rest.iter().fold(out, |out, (key, value)| format!("{out}{key}: {value}\n"))
    }

    /// What is found of the registration, with its prose as the shipped examples write it.
    pub fn verdict(&self) -> Verdict {
        self.verdict_in(Style::Folded(100))
    }

    /// What is found of the registration, with its prose in a style of YAML.
    pub fn verdict_in(&self, style: Style) -> Verdict {
        self.verdict_of(self.manifest(style))
    }

    /// What is found of a manifest with this case's website.
    pub fn verdict_of(&self, manifest: String) -> Verdict {
        static RULES: OnceLock<RuleSet> = OnceLock::new();
        let rules = RULES.get_or_init(|| RuleSet::embedded().unwrap());
        let mut sources = Sources::default();
        let source = Source { name: "campaign.yaml".to_owned(), text: manifest, is_page: false };
        let source = sources.add(source);
        let registration = match registration::load(source, &sources) {
            Ok(mut registrations) => registrations.remove(0),
            Err(error) => panic!("{}: {error:?}\n{}", self.name, sources.get(source).text),
        };
        let folder = tempfile::tempdir().unwrap();
        for (name, html) in &self.site {
            fs::write(folder.path().join(name), html).unwrap();
        }
        let options = CollectOptions {
            offline: true,
            pages: BTreeMap::new(),
            site_dir: (!self.site.is_empty()).then(|| folder.path().to_owned()),
            resolve: Vec::new(),
            cacert: Vec::new(),
            allow_private: false,
            timeout: Duration::from_secs(1),
        };
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let mut collector = Collector::new(options).unwrap();
        let pages = runtime.block_on(collector.pages(&registration, &mut sources)).unwrap();
        let evaluation = evaluate(rules, Evidence { registration: &registration, pages: &pages }, None);
        let outlook = evaluation.outlook().name();
        let unread = evaluation.unchecked.iter().map(|unchecked| unchecked.gap.role.name().to_owned()).collect();
        let findings = evaluation.findings.into_iter().filter(|finding| finding.severity >= Severity::Warning);
        Verdict { rules: findings.map(|finding| (finding.rule, finding.reasons)).collect(), unread, outlook }
    }
}

/// A scalar of a block mapping with its line end, indented by `indent` where it goes on.
fn scalar(text: &str, style: Style, indent: usize) -> String {
    let margin = " ".repeat(indent);
    let lines = |width: usize| -> Vec<String> {
        let lines = text.split('\n').flat_map(|line| wrapped(line, width));
        lines.map(|line| if line.is_empty() { line } else { format!("{margin}{line}") }).collect()
    };
    match style {
        Style::Double => format!("{}\n", Value::from(text)),
        Style::Single if !text.contains('\n') => format!("'{}'\n", text.replace('\'', "''")),
        Style::Folded(width) if !text.contains('\n') => format!(">-\n{}\n", lines(width).join("\n")),
        Style::Wrapped(width) if !text.contains(['\n', '\\']) => {
            format!("\"{}\"\n", lines(width).join("\n").trim_start().replace('"', "\\\""))
        }
        Style::Folded(width) | Style::Literal(width) | Style::Wrapped(width) => {
            format!("|-\n{}\n", lines(width).join("\n"))
        }
        Style::Single => format!("|-\n{}\n", lines(130).join("\n")),
    }
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split([' ', '\t']).filter(|word| !word.is_empty()) {
        let line = lines.last_mut().unwrap();
        if !line.is_empty() && visible(line) + 1 + visible(word) > width {
            lines.push(word.to_owned());
        } else {
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(word);
        }
    }
    lines
}

fn visible(text: &str) -> usize {
    text.chars().filter(|letter| !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')).count()
}
