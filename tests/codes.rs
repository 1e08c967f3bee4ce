//! The code lists, the reasons and the host lists under `rules/` are complete, well formed and agree with one another.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Codes per list, as read in November 2026.
const COUNTS: [(&str, usize); 19] = [
    ("aws", 134),
    ("bandwidth", 23),
    ("dca2", 31),
    ("gohighlevel", 5),
    ("infobip", 5),
    ("microsoft-teams", 66),
    ("onsip", 6),
    ("openphone", 6),
    ("other-resellers", 20),
    ("plivo", 4),
    ("ringcentral", 9),
    ("salesmsg", 5),
    ("sangoma", 6),
    ("sinch", 19),
    ("swivel", 12),
    ("tcr", 8),
    ("telnyx", 20),
    ("twilio", 126),
    ("zoom", 5),
];

const REASONS: usize = 181;

const PARTS_OF_A_REGISTRATION: &str = "brand identity, website, privacy policy, terms, call-to-action, description, use case, \
    content attributes, content category, sample messages, links, opt-in message, help, stop, numbers, history";

const AGGREGATES: [&str; 9] = [
    "attributes-mismatch",
    "content-disallowed",
    "content-high-risk-financial",
    "content-shaft",
    "cta-disclosures-incomplete",
    "cta-unverifiable",
    "field-invalid",
    "optin-msg-incomplete",
    "terms-incomplete",
];

/// Codes whose source has no public address.
const WITHOUT_ADDRESS: [(&str, &str); 2] = [("dca2", "9112"), ("other-resellers", "levitate:marketing-mention")];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CodeList {
    name: String,
    about: String,
    read: String,
    codes: Vec<Code>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Code {
    code: String,
    title: String,
    means: String,
    looks_at: Vec<String>,
    resubmittable: Answer,
    change: Change,
    reasons: Vec<String>,
    #[serde(rename = "checkable")]
    _checkable: Checkable,
    #[serde(rename = "confidence")]
    _confidence: Confidence,
    url: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reason {
    id: String,
    #[serde(rename = "group")]
    _group: Group,
    title: String,
    looks_at: Vec<String>,
    checkable: Checkable,
    parts: Option<Vec<String>>,
    why_not: Option<String>,
    r#do: Option<String>,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Answer {
    Yes,
    No,
    Unknown,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Change {
    Edit,
    NewCampaign,
    Unknown,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Checkable {
    Offline,
    Online,
    External,
    Human,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Confidence {
    High,
    Medium,
    Low,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Group {
    Brand,
    Campaign,
    Consent,
    Replies,
    Samples,
    Privacy,
    Terms,
    Site,
    Content,
    Process,
}

#[derive(Deserialize)]
struct Keywords {
    required: Vec<String>,
    usual: Vec<String>,
    also: Vec<String>,
}

fn rules(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rules").join(path)
}

fn read<T: DeserializeOwned>(path: &Path) -> T {
    let text = fs::read_to_string(path).unwrap();
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn code_lists() -> BTreeMap<String, CodeList> {
    let files = fs::read_dir(rules("providers")).unwrap().map(|entry| entry.unwrap().path());
    files.map(|file| (file.file_stem().unwrap().to_str().unwrap().to_owned(), read(&file))).collect()
}

fn reasons() -> Vec<Reason> {
    read(&rules("registry/reasons.yaml"))
}

fn assert_prose(place: &str, text: &str, longest: usize) {
    assert!(!text.is_empty() && text == text.trim(), "{place}: empty or padded");
    assert!(text.chars().count() <= longest, "{place}: longer than {longest} characters");
    assert!(!text.chars().any(char::is_control), "{place}: a control character");
}

fn assert_parts_known(place: &str, looks_at: &[String]) {
    assert!(!looks_at.is_empty(), "{place}: looks at nothing");
    for part in looks_at {
        assert!(PARTS_OF_A_REGISTRATION.split(", ").any(|known| known == part), "{place}: unknown part {part}");
    }
}

#[test]
fn every_code_list_is_complete() {
    let counted: Vec<(String, usize)> = code_lists().into_iter().map(|(id, list)| (id, list.codes.len())).collect();
    let expected: Vec<(String, usize)> = COUNTS.iter().map(|(id, count)| ((*id).to_owned(), *count)).collect();
    assert_eq!(counted, expected);
    assert_eq!(COUNTS.iter().map(|(_, count)| count).sum::<usize>(), 510);
}

#[test]
fn every_code_is_well_formed() {
    for (id, list) in code_lists() {
        assert_prose(&id, &list.name, 60);
        assert_prose(&id, &list.about, 200);
        assert_eq!(list.read, "2026-11", "{id}");
        let mut seen = BTreeSet::new();
        for code in &list.codes {
            let place = format!("{id}:{}", code.code);
            assert!(seen.insert(&code.code), "{place}: given twice");
            assert_prose(&place, &code.code, 100);
            assert_prose(&place, &code.title, 80);
            assert!(!code.title.ends_with('.'), "{place}: a title has no full stop");
            assert_prose(&place, &code.means, 300);
            assert!(code.means.ends_with('.'), "{place}: means is a sentence");
            assert_parts_known(&place, &code.looks_at);
            assert!(
                code.change != Change::Edit || code.resubmittable == Answer::Yes,
                "{place}: edited but not sent again"
            );
            let nowhere = WITHOUT_ADDRESS.contains(&(id.as_str(), code.code.as_str()));
            assert!(
                if nowhere { code.url == "unknown" } else { code.url.starts_with("https://") },
                "{place}: {}",
                code.url
            );
        }
    }
}

#[test]
fn every_reason_named_by_a_code_exists() {
    let known: BTreeSet<String> = reasons().into_iter().map(|reason| reason.id).collect();
    for (id, list) in code_lists() {
        for code in list.codes {
            assert!(!code.reasons.is_empty(), "{id}:{}: no reason", code.code);
            for reason in code.reasons {
                assert!(known.contains(&reason), "{id}:{}: unknown reason {reason}", code.code);
            }
        }
    }
}

#[test]
fn every_reason_is_well_formed() {
    let reasons = reasons();
    let known: BTreeSet<&str> = reasons.iter().map(|reason| reason.id.as_str()).collect();
    assert_eq!((reasons.len(), known.len()), (REASONS, REASONS));
    for reason in &reasons {
        assert_prose(&reason.id, &reason.title, 80);
        assert_parts_known(&reason.id, &reason.looks_at);
        let beyond_a_program = matches!(reason.checkable, Checkable::External | Checkable::Human);
        assert_eq!(reason.why_not.is_some(), beyond_a_program, "{}: why_not", reason.id);
        assert_eq!(reason.r#do.is_some(), beyond_a_program, "{}: do", reason.id);
        for sentence in reason.why_not.iter().chain(&reason.r#do) {
            assert_prose(&reason.id, sentence, 200);
        }
    }
}

#[test]
fn aggregates_are_made_of_plain_reasons() {
    let reasons = reasons();
    let known: BTreeSet<&str> = reasons.iter().map(|reason| reason.id.as_str()).collect();
    let mut aggregates = BTreeSet::new();
    for reason in &reasons {
        let Some(parts) = &reason.parts else { continue };
        aggregates.insert(reason.id.as_str());
        assert!(parts.len() >= 2, "{}: an aggregate has parts", reason.id);
        assert_eq!(parts.iter().collect::<BTreeSet<_>>().len(), parts.len(), "{}: a part twice", reason.id);
        for part in parts {
            assert!(known.contains(part.as_str()), "{}: unknown part {part}", reason.id);
            assert!(!AGGREGATES.contains(&part.as_str()), "{}: {part} is an aggregate itself", reason.id);
        }
    }
    assert_eq!(aggregates, AGGREGATES.into());
}

fn lines(path: &str) -> Vec<String> {
    let text = fs::read_to_string(rules(path)).unwrap();
    assert!(text.starts_with('#') && text.contains("# Source: "), "{path}: says what it is and where it is from");
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

fn assert_hosts(path: &str, hosts: &[&str]) {
    let mut seen = BTreeSet::new();
    for host in hosts {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
        assert!(host.contains('.') && host.chars().all(plain) && !host.starts_with("www."), "{path}: {host}");
        assert!(seen.insert(host), "{path}: {host} twice");
    }
}

#[test]
fn host_lists_are_well_formed_and_do_not_contradict_one_another() {
    let (free, short, shared) =
        (lines("registry/free-mail.txt"), lines("registry/shorteners.txt"), lines("registry/shared-hosts.txt"));
    let free: Vec<&str> = free.iter().map(String::as_str).collect();
    let short: Vec<&str> = short.iter().map(String::as_str).collect();
    let shared: Vec<(&str, &str)> = shared.iter().map(|line| line.split_once("  ").unwrap()).collect();
    let shared_hosts: Vec<&str> = shared.iter().map(|(host, _)| *host).collect();
    assert_hosts("free-mail.txt", &free);
    assert_hosts("shorteners.txt", &short);
    assert_hosts("shared-hosts.txt", &shared_hosts);
    assert!(short.iter().all(|host| !shared_hosts.contains(host)));

    let head = fs::read_to_string(rules("registry/shared-hosts.txt")).unwrap();
    for (host, kind) in &shared {
        assert!(head.contains(&format!("#   {kind}: ")), "{host}: the head of the file explains {kind}");
    }
    assert!(shared.contains(&("facebook.com", "social")) && shared.contains(&("wixsite.com", "builder")));
    for (list, host) in
        [(&free, "gmail.com"), (&free, "yahoo.co.jp"), (&short, "bit.ly"), (&shared_hosts, "maps.app.goo.gl")]
    {
        assert!(list.contains(&host), "{host} is missing");
    }
}

#[test]
fn a_keyword_has_one_purpose() {
    let groups: BTreeMap<String, Keywords> = read(&rules("registry/keywords.yaml"));
    assert_eq!(groups.keys().map(String::as_str).collect::<Vec<_>>(), ["help", "opt_in", "opt_out"]);
    assert_eq!(groups["opt_out"].required, ["STOP"]);
    assert_eq!(groups["help"].required, ["HELP"]);
    let mut seen = BTreeSet::new();
    for group in groups.values() {
        for word in group.required.iter().chain(&group.usual).chain(&group.also) {
            assert_eq!(*word, word.to_uppercase());
            assert!(seen.insert(word), "{word} twice");
        }
    }
}
