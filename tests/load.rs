//! Manifests as people write them, and as nobody should: what is read and what is said.

#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use proptest::prelude::*;
use tcr_lint::error::Error;
use tcr_lint::registration::schema::{fields_page, manifest_schema};
use tcr_lint::registration::{Problem, Registration, load, read_manifest};
use tcr_lint::text::{Source, Sources, Span};

fn read(text: &str) -> Result<(Vec<Registration>, Sources), Error> {
    let mut sources = Sources::default();
    let name = "clinic/campaign.yaml".to_string();
    let id = sources.add(Source { name, text: text.to_string(), is_page: false });
    load(id, &sources).map(|registrations| (registrations, sources))
}

fn one(text: &str) -> Registration {
    let (mut registrations, _) = read(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(registrations.len(), 1);
    registrations.remove(0)
}

fn values(registration: &Registration, name: &str) -> Vec<String> {
    registration.fields[name].values.iter().map(|value| value.text.clone()).collect()
}

fn shown(text: &str, span: &Span) -> String {
    span.pieces.iter().map(|piece| &text[piece.clone()]).collect::<Vec<_>>().join("|")
}

/// Kind, underlined text and help of every problem.
fn problems(text: &str) -> Vec<(&'static str, String, String)> {
    let (registrations, _) = read(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let all = registrations.iter().flat_map(|registration| &registration.problems);
    all.map(|problem| (problem.kind, shown(text, &problem.at), problem.help.clone().unwrap_or_default())).collect()
}

#[track_caller]
fn assert_problem(text: &str, kind: &str, underlined: &str, help: &str) {
    let found = problems(text);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((found[0].0, found[0].1.as_str()), (kind, underlined), "{found:#?}");
    assert!(found[0].2.contains(help), "{found:#?}");
}

const GOOD: &str = r#"# A clinic
provider: twilio
brand:
  legal_name: Cedar Grove Pediatrics PLLC
  display_name: Cedar Grove Pediatrics
  entity_type: PRIVATE_PROFIT
  ein: 842917365
  vertical: HEALTHCARE
  website: https://cedargrove.example
  email: office@cedargrove.example
  phone: "+15125550123"
  street: 100 Main St
  city: Austin
  state: TX
  postal_code: 01234
  country: US
campaign:
  use_case: LOW_VOLUME
  sub_use_cases: [CUSTOMER_CARE, ACCOUNT_NOTIFICATION]
  description: >
    Reminders that Cedar Grove Pediatrics sends
    to the parents of its patients.
  message_flow: |
    Parents tick a box on the form.

    It is not ticked beforehand.
  sample_messages:
    - "Cedar Grove: see you at 3 pm. Reply STOP to opt out."
    - 'Cedar Grove: it''s time for a check-up. Reply STOP to opt out.'
  opt_in_keywords: START, YES
  opt_out_keywords: [STOP, END]
  opt_out_message: Cedar Grove, you are out and get
    no more messages.
  help_keywords: HELP
  embedded_link: no
  privacy_policy_link: https://cedargrove.example/privacy
  opt_in_url: https://cedargrove.example/new
numbers:
  - { number: "+15125550100", kind: local }
history:
  - { submitted: 2026-10-02, outcome: rejected, codes: ["twilio:30896"], text: "Unclear opt-in" }
pages:
  privacy: ./saved/privacy.html
"#;

#[test]
fn a_good_manifest_is_read_without_a_problem() {
    let registration = one(GOOD);
    assert!(registration.problems.is_empty(), "{:#?}", registration.problems);
    assert_eq!(registration.provider.as_deref(), Some("twilio"));
    for (name, text) in [
        ("brand.legal_name", "Cedar Grove Pediatrics PLLC"),
        ("brand.ein", "842917365"),
        ("brand.postal_code", "01234"),
        ("brand.phone", "+15125550123"),
        ("campaign.description", "Reminders that Cedar Grove Pediatrics sends to the parents of its patients."),
        ("campaign.opt_out_message", "Cedar Grove, you are out and get no more messages."),
        ("campaign.embedded_link", "false"),
        ("campaign.missing", ""),
    ] {
        assert_eq!(registration.text(name), text, "{name}");
    }
    assert_eq!(registration.fields["campaign.embedded_link"].flag(), Some(false));
    assert_eq!(values(&registration, "campaign.opt_in_keywords"), ["START", "YES"]);
    assert_eq!(values(&registration, "campaign.sample_messages").len(), 2);
    assert_eq!(registration.numbers[0].kind.as_deref(), Some("local"));
    assert_eq!(registration.history[0].codes, ["twilio:30896"]);
    assert_eq!(registration.history[0].submitted.as_deref(), Some("2026-10-02"));
    let page = registration.pages.values().next().unwrap();
    assert_eq!(page.to_str(), Some("clinic/./saved/privacy.html"));
}

#[test]
fn words_have_their_place() {
    let registration = one(GOOD);
    for (name, entry, word, place) in [
        ("campaign.description", 0, "sends to the", "sends|to the"),
        ("campaign.sample_messages", 1, "it's time", "it''s time"),
        ("campaign.opt_in_keywords", 1, "YES", "YES"),
        ("campaign.opt_out_message", 0, "get no", "get|no"),
        ("campaign.embedded_link", 0, "false", "no"),
    ] {
        let value = &registration.fields[name].values[entry];
        let start = value.text.find(word).unwrap();
        assert_eq!(shown(GOOD, &value.span(start..start + word.len())), place, "{name}");
    }
    assert_eq!(shown(GOOD, &registration.anchor("campaign.use_case")), "use_case");
    assert_eq!(shown(GOOD, &registration.anchor("campaign.help_message")), "campaign");
    assert_eq!(shown(GOOD, &registration.anchor("brand.first_name")), "brand");
}

#[test]
fn json_crlf_and_a_byte_order_mark_work() {
    let json = r#"{"$schema": "x", "brand": {"legal_name": "Acme \u00e9 LLC"},
        "campaign": {"use_case": "2FA", "sample_messages": ["a\nb"], "embedded_link": true}}"#;
    let registration = one(json);
    assert!(registration.problems.is_empty(), "{:?}", registration.problems);
    assert_eq!(registration.text("brand.legal_name"), "Acme é LLC");
    assert_eq!(shown(json, &registration.fields["brand.legal_name"].values[0].span(5..7)), "\\u00e9");

    let text = format!("\u{feff}{}", GOOD.replace('\n', "\r\n"));
    let registration = one(&text);
    assert!(registration.problems.is_empty(), "{:#?}", registration.problems);
    let value = &registration.fields["campaign.description"].values[0];
    let start = value.text.find("sends to").unwrap();
    assert_eq!(shown(&text, &value.span(start..start + 8)), "sends|to");
}

#[test]
fn a_manifest_may_be_partial() {
    for text in ["brand: {}\n", "campaign:\n", "brand:\n  legal_name: A\n", "campaign: {}\nbrand:\n", "{}"] {
        assert_eq!(one(text).problems.len(), 0, "{text}");
    }
    assert_eq!(read("brand: {}\ncampaigns: []\n").unwrap().0.len(), 1);
}

#[test]
fn empty_and_absent_are_different() {
    let registration = one("brand:\n  website:\n  email: \"\"\n  city: ~\n");
    assert!(registration.fields["brand.website"].values.is_empty());
    assert!(registration.fields["brand.city"].values.is_empty());
    assert_eq!(values(&registration, "brand.email"), [""]);
    assert!(registration.fields["brand.email"].is_empty());
    assert!(!registration.fields.contains_key("brand.phone"));
}

#[test]
fn several_campaigns_share_the_brand() {
    let text = "brand:\n  legal_nam: A\ncampaigns:\n  - use_case: 2FA\n    descripton: x\n  - use_case: MIXED\n";
    let (registrations, _) = read(text).unwrap();
    assert_eq!(registrations.len(), 2);
    assert_eq!(registrations[1].campaign, 1);
    assert_eq!(registrations[0].problems.len(), 2, "the brand's and its own");
    assert_eq!(registrations[1].problems.len(), 0);
    assert_eq!(registrations[1].text("campaign.use_case"), "MIXED");
    assert_eq!(shown(text, &registrations[0].campaign_at), "use_case");
    assert!(registrations[1].campaign_at.hull().start > registrations[0].campaign_at.hull().start);
}

#[test]
fn samples_are_a_list_one_text_or_numbered() {
    let list = |text: &str| values(&one(text), "campaign.sample_messages");
    assert_eq!(list("campaign:\n  sample_messages: Hi, you, there\n"), ["Hi, you, there"]);
    assert_eq!(list("campaign:\n  sample2: b\n  sample1: a\n"), ["a", "b"]);
    assert_eq!(list("campaign:\n  sample1: a\n  sample_1: b\n"), ["a", "b"]);
    assert_eq!(list("campaign:\n  sample_messages: [a]\n  sample2: b\n"), ["a", "b"]);
    assert_eq!(list("campaign:\n  sample_messages:\n  - a\n  - >-\n    b\n    c\n"), ["a", "b c"]);
}

#[test]
fn lists_may_have_commas() {
    let registration = one("campaign:\n  opt_out_keywords: \"STOP, END,,  QUIT \"\n  help_keywords: [\"HELP,INFO\"]\n");
    assert_eq!(values(&registration, "campaign.opt_out_keywords"), ["STOP", "END", "QUIT"]);
    assert_eq!(values(&registration, "campaign.help_keywords"), ["HELP", "INFO"]);
}

#[test]
fn flags_are_read_in_every_spelling() {
    for (written, flag) in [("true", true), ("Yes", true), ("no", false), ("\"FALSE\"", false), ("on", true)] {
        let registration = one(&format!("campaign:\n  age_gated: {written}\n"));
        assert_eq!(registration.fields["campaign.age_gated"].flag(), Some(flag), "{written}");
        assert!(registration.problems.is_empty());
    }
    assert_problem("campaign:\n  age_gated: maybe\n", "wrong-type", "maybe", "age_gated: true");
}

#[test]
fn unknown_keys_get_the_right_advice() {
    for (text, underlined, help) in [
        ("campaign:\n  descripton: x\n", "descripton", "`description`"),
        ("campaign:\n  website: x\n", "website", "under `brand:`"),
        ("brand:\n  use_case: x\n", "use_case", "under `campaign:`"),
        ("brand:\n  companyName: x\n", "companyName", "Write `legal_name`"),
        ("campaign:\n  companyName: x\n", "companyName", "under `brand:`, as `legal_name`"),
        ("campaign:\n  MessageFlow: x\n", "MessageFlow", "Write `message_flow`"),
        ("brand:\n  name: x\n", "name", "`legal_name` or `display_name`"),
        ("brnd:\n  legal_name: x\n", "brnd", "`brand`"),
        ("legal_name: x\n", "legal_name", "under `brand:`"),
        ("opt_in_url: x\n", "opt_in_url", "under `campaign:`"),
        ("campaign:\n  history: []\n", "history", "outside of `campaign:`"),
        ("brand:\n  zzzzzz: x\n", "zzzzzz", "schema manifest"),
    ] {
        assert_problem(text, "unknown-key", underlined, help);
    }
}

#[test]
fn a_field_by_another_name_is_read() {
    let registration = one("brand:\n  companyName: Acme LLC\ncampaign:\n  UsAppToPersonUsecase: MARKETING\n");
    assert_eq!(registration.text("brand.legal_name"), "Acme LLC");
    assert_eq!(registration.text("campaign.use_case"), "MARKETING");
    let both = one("brand:\n  legal_name: Acme LLC\n  companyName: Other\n");
    assert_eq!(both.text("brand.legal_name"), "Acme LLC");
}

#[test]
fn duplicates_show_both_places() {
    let text = "brand:\n  city: Austin\n  city: Dallas\n";
    let registration = one(text);
    let Problem { kind, at, also: Some((also, _)), .. } = &registration.problems[0] else { panic!() };
    assert_eq!(*kind, "duplicate-key");
    assert_eq!((at.hull(), also.hull()), (24..28, 9..13));
    assert_eq!(registration.text("brand.city"), "Austin");
}

#[test]
fn wrong_types_say_what_is_there() {
    for (text, underlined, help) in [
        ("brand:\n  city: [Austin]\n", "[Austin]", "city: …"),
        ("brand:\n  city: {a: b}\n", "{a: b}", "city: \"…\""),
        ("campaign:\n  sample_messages:\n  - Acme: see you at 3\n", "Acme: see you at 3", "quotes"),
        ("campaign:\n  sample_messages:\n  - [a, b]\n", "[a, b]", "one `-`"),
        ("brand: Acme\n", "Acme", "below `brand:`"),
        ("campaign:\n  - use_case: 2FA\n", "campaign", "campaigns:"),
        ("brand:\n  ? [a]\n  : b\n", "[a]", "name: value"),
        ("campaigns:\n  use_case: 2FA\n", "use_case: 2FA", "campaign:"),
    ] {
        let found = problems(text);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(found[0].0, "wrong-type");
        assert!(found[0].2.contains(help), "{found:#?}");
        assert!(!text.starts_with("brand") || found[0].1 == underlined, "{found:#?}");
    }
    let registration = one("campaign:\n  sample_messages:\n  - Acme: see you at 3\n");
    assert_eq!(values(&registration, "campaign.sample_messages"), ["Acme: see you at 3"]);
}

#[test]
fn enums_are_corrected_or_refused() {
    assert_problem("campaign:\n  use_case: low volume\n", "spelling", "low volume", "LOW_VOLUME");
    assert_problem("brand:\n  state: Texas\n", "spelling", "Texas", "TX");
    assert_problem("brand:\n  country: USA\n", "spelling", "USA", "US");
    assert_problem("campaign:\n  use_case: MARKETTING\n", "not-allowed", "MARKETTING", "`MARKETING`");
    assert_problem("brand:\n  country: Mexico\n", "not-allowed", "Mexico", "two letters");
    assert_problem("provider: twillio\n", "not-allowed", "twillio", "`twilio`");
    assert_problem("campaign:\n  sub_use_cases: MARKETING, FOO\n", "not-allowed", "FOO", "Write one of");
    assert_eq!(one("campaign:\n  use_case: STARTER\n").text("campaign.use_case"), "SOLE_PROPRIETOR");
    assert_eq!(one("brand:\n  country: MX\n  state: Jalisco\n").problems.len(), 0);
    assert_eq!(one("provider: twillio\n").provider, None);
}

#[test]
fn aliases_and_merge_keys_lead_to_the_text() {
    let text = "x-texts:\n  stop: &stop Reply STOP\n  base: &base {city: Austin, state: TX}\n\
                brand:\n  <<: *base\n  city: Dallas\ncampaign:\n  help_message: *stop\n";
    let registration = one(text);
    assert!(registration.problems.is_empty(), "{:?}", registration.problems);
    assert_eq!((registration.text("brand.city"), registration.text("brand.state")), ("Dallas", "TX"));
    assert_eq!(shown(text, &registration.fields["campaign.help_message"].values[0].span(6..10)), "STOP");
    assert_problem("brand:\n  city: *town\n", "alias-unknown", "*town", "quotes");
    assert_problem("brand:\n  <<: Austin\n", "wrong-type", "Austin", "<<: *name");
}

#[test]
fn history_and_pages_are_checked() {
    assert_problem("history:\n- text: no\n", "missing-key", "text: no", "outcome");
    assert_problem("pages:\n  privacy: https://a.example\n", "not-allowed", "https://a.example", "privacy_policy_link");
    assert_problem("pages:\n  privcy: a.html\n", "unknown-key", "privcy", "`privacy`");
    assert_problem("brand: {}\n---\nbrand: {}\n", "second-document", "---", "campaigns:");
    assert_problem("campaign:\n  sample_messages:\n  - a\n  -\n", "empty-entry", "a|-", "Remove");
    assert_eq!(one("history:\n- outcome: Declined\n").history[0].outcome, "rejected");
    assert_eq!(one("numbers: ['+15125550100']\n").numbers[0].number, "+15125550100");
}

#[test]
fn every_problem_is_told_in_one_run() {
    let text = "provider: nobody\nbrand:\n  citty: A\n  country: Mexico\n  state: [TX]\n  email: a\n  email: b\n\
                campaign:\n  age_gated: 3\n  use_case: zzz\n  help_message: *x\n";
    let kinds: Vec<&str> = problems(text).iter().map(|problem| problem.0).collect();
    assert_eq!(kinds.len(), 8, "{kinds:?}");
}

#[test]
fn syntax_errors_help() {
    for (text, underlined, message, help) in [
        ("brand:\n  name: foo: bar\n", "foo: bar", "quotes", "`name: \"foo: bar\"`"),
        ("brand:\n  name: say \"hi\": bar\n", "say \"hi\": bar", "quotes", "'say \"hi\": bar'"),
        ("brand:\n  city: \"Austin\n  state: TX\n", "\"Austin", "line 2 is never closed", "Add \""),
        ("brand:\n  city: 'Austin\n", "'Austin", "line 2 is never closed", "Add '"),
        ("brand:\n  city: 'it's'\n", "'it's'", "goes on after", "''"),
        ("brand:\n\tcity: Austin\n", "\t", "tab", "spaces"),
        ("brand:\n  city: [a, b\n", "[", "never closed", "`]`"),
        ("brand:\n  city: \"\\q\"\n", "\\q", "backslash", "two backslashes"),
        ("brand:\n  city: @home\n", "@", "cannot begin with `@`", "quotes"),
        ("brand:\n  city: a\n state: b\n", "state: b", "indented", "spaces"),
        ("just a text\n", "just a text", "no registration", "Start with"),
        ("- a\n- b\n", "- a", "a list", "Start with"),
        ("", "", "empty", "Start with"),
    ] {
        let error = read(text).map(|_| ()).expect_err(text);
        let place = error.place.as_ref().expect(text);
        assert!(error.message.contains(message), "{text}: {}", error.message);
        assert_eq!(&place.text[place.range.clone()], underlined, "{text}: {}", error.message);
        assert!(error.help.as_ref().is_some_and(|it| it.contains(help)), "{text}: {:?}", error.help);
    }
}

/// Not run for speed, but to notice what would take minutes or gigabytes.
fn soon<T>(what: &str, run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = run();
    assert!(start.elapsed() < Duration::from_secs(10), "{what}: {:?}", start.elapsed());
    result
}

#[test]
fn hostile_texts_end_soon() {
    let mut laughs = "a0: &a0 [lol, lol]\n".to_string();
    for level in 1..40 {
        let inner = vec![format!("*a{}", level - 1); 10].join(", ");
        laughs.push_str(&format!("a{level}: &a{level} [{inner}]\n"));
    }
    laughs.push_str("campaign:\n  sample_messages: *a39\n");
    soon("laughs", || read(&laughs)).unwrap();

    let mut merges = "m0: &m0 {a: 1}\n".to_string();
    for level in 1..200 {
        merges.push_str(&format!("m{level}: &m{level}\n  <<: [*m{0}, *m{0}]\n  k{level}: 1\n", level - 1));
    }
    soon("merges", || read(&merges)).unwrap();

    for deep in ["[".repeat(100_000), "{a: ".repeat(100_000), "- ".repeat(100_000)] {
        let error = soon("deep", || read(&deep)).map(|_| ()).unwrap_err();
        assert!(error.message.contains("too deeply"), "{}", error.message);
    }
    let stair: String = (0..2_000).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    assert!(soon("stair", || read(&stair)).is_err());
    soon("itself", || read("campaign: &c\n  sample_messages: [*c]\n")).unwrap();

    let text = "x".repeat(1_000_000);
    let echo = format!("x-t: &t {text}\ncampaign:\n  sample_messages: [{}]\n", "*t, ".repeat(100_000));
    let (registrations, _) = soon("echo", || read(&echo)).unwrap();
    assert_eq!(registrations[0].problems[0].kind, "too-much");
    assert_eq!(registrations[0].fields["campaign.sample_messages"].values.len(), 33);
    let copies = format!("campaigns: [&c {{use_case: 2FA}}, {}]\n", "*c, ".repeat(100_000));
    let (registrations, _) = soon("copies", || read(&copies)).unwrap();
    assert_eq!((registrations.len(), registrations[0].problems[0].kind), (10_000, "too-much"));

    let many = format!("x-y: [{}]", "[],".repeat(200_000));
    assert!(soon("many", || read(&many)).is_ok());
    let too_many = format!("x-y: [{}]", "[],".repeat(300_000));
    assert!(soon("too many", || read(&too_many)).map(|_| ()).unwrap_err().message.contains("more than"));
    let unknown: String = (0..100_000).map(|key| format!("key{key}: 1\n")).collect();
    let (registrations, _) = soon("unknown keys", || read(&unknown)).unwrap();
    assert_eq!(registrations[0].problems.len(), 201);
    assert_eq!(registrations[0].problems[200].kind, "more-problems");
    let comments = format!("brand:\n{}  city: Austin\n", "  # note\n".repeat(50_000));
    assert!(soon("comments", || read(&comments)).is_ok());
    for text in
        ["brand:\n  city: \0\u{1}\n", "\u{feff}", "%YAML 9\n---\n", "? [a]\n: b\n", "? {a: b}\n", "&a *a", "!<x> y"]
    {
        let _ = read(text);
    }
}

#[test]
fn files_are_read_with_care() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    for (path, message) in [
        (folder.path().join("none.yaml"), "there is no file"),
        (folder.path().to_path_buf(), "is a folder"),
        (file("binary", b"PK\x03\x04\0\0"), "binary"),
        (file("utf16", &[0xFF, 0xFE, b'a', 0]), "UTF-16"),
        (file("latin1", b"brand:\n  city: Montr\xe9al\n"), "line 2"),
    ] {
        let error = read_manifest(&path).map(|_| ()).unwrap_err();
        assert!(error.message.contains(message), "{}", error.message);
        assert!(error.help.is_some());
    }
    let large = folder.path().join("large.yaml");
    std::fs::File::create(&large).unwrap().set_len(50 * 1024 * 1024).unwrap();
    let error = soon("large", || read_manifest(&large)).map(|_| ()).unwrap_err();
    assert!(error.message.contains("larger than 8 MiB"), "{}", error.message);
    let source = read_manifest(&file("good.yaml", GOOD.as_bytes())).unwrap();
    assert_eq!(source.text, GOOD);
    assert!(source.name.ends_with("good.yaml"));
}

#[cfg(target_os = "linux")]
#[test]
fn an_endless_file_is_cut() {
    let error = soon("endless", || read_manifest("/dev/zero".as_ref())).map(|_| ()).unwrap_err();
    assert!(error.message.contains("larger"), "{}", error.message);
}

#[derive(Debug, Clone)]
enum Mutation {
    Delete(usize),
    Double(usize),
    Indent(usize, usize),
    Insert(usize, usize, &'static str),
    Cut(usize),
    Swap(usize, usize),
}

fn mutations() -> impl Strategy<Value = Mutation> {
    let odd = prop::sample::select(vec![
        ":", ": ", "- ", "\"", "'", "\t", "|", ">", "&a ", "*a", "!!str ", "{", "}", "[", "]", "#", "\u{0}", "🎉", "é",
        "\r", "\\", "\u{feff}", "\u{200b}", "<<: ", "? ", "%", "@", "`", "---\n", "\n", ",", "~", "\u{2028}", "\u{85}",
    ]);
    prop_oneof![
        any::<usize>().prop_map(Mutation::Delete),
        any::<usize>().prop_map(Mutation::Double),
        (any::<usize>(), 0..9_usize).prop_map(|(line, by)| Mutation::Indent(line, by)),
        (any::<usize>(), any::<usize>(), odd).prop_map(|(line, at, text)| Mutation::Insert(line, at, text)),
        any::<usize>().prop_map(Mutation::Cut),
        (any::<usize>(), any::<usize>()).prop_map(|(one, other)| Mutation::Swap(one, other)),
    ]
}

fn mutate(text: &str, mutation: &Mutation) -> String {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_string).collect();
    if lines.is_empty() {
        return String::new();
    }
    let count = lines.len();
    match mutation {
        Mutation::Delete(line) => drop(lines.remove(line % count)),
        Mutation::Double(line) => lines.insert(line % count, lines[line % count].clone()),
        Mutation::Indent(line, by) => {
            let line = &mut lines[line % count];
            *line = format!("{}{}", " ".repeat(*by), line.trim_start_matches(' '));
        }
        Mutation::Insert(line, at, odd) => {
            let line = &mut lines[line % count];
            let places: Vec<usize> = line.char_indices().map(|(at, _)| at).collect();
            line.insert_str(places.get(at % (places.len() + 1)).copied().unwrap_or(0), odd);
        }
        Mutation::Cut(at) => {
            let text = lines.concat();
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            return text[..places[at % places.len()]].to_string();
        }
        Mutation::Swap(one, other) => lines.swap(one % count, other % count),
    }
    lines.concat()
}

fn assert_inside(text: &str, span: &Span) {
    assert!(!span.pieces.is_empty());
    for piece in &span.pieces {
        assert!(text.get(piece.clone()).is_some(), "{piece:?} in {text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_manifests_never_panic(changes in prop::collection::vec(mutations(), 1..5)) {
        let text = changes.iter().fold(GOOD.to_string(), |text, mutation| mutate(&text, mutation));
        match read(&text) {
            Err(error) => {
                let place = error.place.expect("a load error has a place");
                prop_assert!(place.text.get(place.range.clone()).is_some(), "{:?} in {:?}", place.range, text);
                prop_assert!(error.help.is_some());
            }
            Ok((registrations, _)) => for registration in registrations {
                for field in registration.fields.values() {
                    assert_inside(&text, &field.key);
                    for value in &field.values {
                        assert_inside(&text, &value.whole());
                        for (at, char) in value.text.char_indices() {
                            assert_inside(&text, &value.span(at..at + char.len_utf8()));
                        }
                    }
                }
                for problem in &registration.problems {
                    assert_inside(&text, &problem.at);
                    problem.also.iter().for_each(|(also, _)| assert_inside(&text, also));
                }
                assert_inside(&text, &registration.campaign_at);
                registration.numbers.iter().for_each(|number| assert_inside(&text, &number.at));
                registration.history.iter().for_each(|attempt| assert_inside(&text, &attempt.at));
            },
        }
    }
}

#[test]
fn the_schema_takes_good_manifests_and_refuses_unknown_keys() {
    let schema = manifest_schema();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let good: serde_json::Value = serde_yaml::from_str(GOOD).unwrap();
    let errors: Vec<String> = validator.iter_errors(&good).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    for bad in [
        serde_json::json!({ "brnd": {} }),
        serde_json::json!({ "brand": { "companyName": "x" } }),
        serde_json::json!({ "campaign": { "use_case": "NOPE" } }),
        serde_json::json!({ "campaign": { "embedded_link": "maybe" } }),
    ] {
        assert!(!validator.is_valid(&bad), "{bad}");
    }
    for partial in ["{}", "{ brand: {}, campaign: }", "{ x-note: 1, campaigns: [{ use_case: 2FA }] }"] {
        let partial: serde_json::Value = serde_yaml::from_str(partial).unwrap();
        assert!(validator.is_valid(&partial), "{partial}");
    }
    let page = fields_page();
    for field in &tcr_lint::registration::field::registry().fields {
        assert!(page.contains(&format!("### `{}`", field.name)), "{}", field.name);
    }
}

#[test]
fn fields_are_required_as_the_registry_says() {
    let required = |text: &str, name: &str| {
        let field = tcr_lint::registration::field::registry().find(name).unwrap();
        field.required_for(&one(text))
    };
    assert!(required("brand: {}", "brand.legal_name"));
    assert!(!required("brand: {entity_type: SOLE_PROPRIETOR}", "brand.legal_name"));
    assert!(required("brand: {entity_type: INDIVIDUAL}", "brand.mobile_phone"));
    assert!(!required("brand: {}", "brand.stock_symbol"));
    assert!(required("brand: {entity_type: PUBLIC_PROFIT}", "brand.stock_symbol"));
    assert!(!required("brand: {}", "campaign.privacy_policy_link"));
    assert!(required("provider: twilio", "campaign.privacy_policy_link"));
    assert!(required("campaign: {subscriber_optin: yes}", "campaign.opt_in_message"));
    assert!(!required("campaign: {}", "campaign.opt_in_message"));
}
