use super::*;
use crate::evidence::{Gap, Outcome, PageReading, Pages, Role};
use crate::finding::{Evaluation, Finding};
use crate::page::Page as WebPage;
use crate::registration;
use crate::rule::Confidence;
use crate::text::{Source, SourceId, Sources, Span};

const SCREEN: Screen = Screen { color: false, width: 100, spoken: false };

const MANIFEST: &str = r#"provider: twilio
brand:
  display_name: Cedar Grove Pediatrics
  website: https://cedargrove.example
campaign:
  use_case: CUSTOMER_CARE
  message_flow: Parents give their number at the front desk.
  sample_messages:
    - "Cedar Grove: see bit.ly/3x for your visit."
"#;

/// A report on [`MANIFEST`] that tests fill.
struct Stage {
    report: Report,
    manifest: SourceId,
    policy: SourceId,
}

impl Stage {
    fn new(manifest: &str) -> Self {
        let mut sources = Sources::default();
        let source = sources.add(Source { name: "campaign.yaml".into(), text: manifest.to_owned(), is_page: false });
        let registration = registration::load(source, &sources).unwrap().swap_remove(0);
        let url = url::Url::parse("https://cedargrove.example/privacy").unwrap();
        let text = "Privacy policy\nWe share phone numbers with our partners.\n";
        let page = WebPage::plain(text, Some(&url), url.as_str(), &mut sources);
        let policy = page.text.whole().source;
        let pages = Pages { by_role: [(Role::Privacy, PageReading::Read(Box::new(page)))].into(), ..Pages::default() };
        let evaluation = Evaluation { rules: 9, subjects: 5, pages: 1, ..Evaluation::default() };
        let checked = vec![Checked { registration, pages, evaluation, rejected: Vec::new() }];
        Self { report: Report { provider: None, checked, own_rules: Vec::new(), sources }, manifest: source, policy }
    }

    fn span(&self, source: SourceId, words: &str) -> Span {
        let at = self.report.sources.get(source).text.find(words).unwrap();
        Span::new(source, at..at + words.len())
    }

    fn add(&mut self, rule: &str, severity: Severity, subject: &str, anchor: &str, words: Option<(SourceId, &str)>) {
        let fault = rule.rsplit('/').next().unwrap().replace('-', " ");
        let finding = Finding {
            rule: rule.into(),
            severity,
            confidence: Confidence::High,
            subject: subject.into(),
            title: format!("{fault} is the fault"),
            label: "these words".into(),
            help: format!("mend {fault}"),
            paste: rule.starts_with("consent/").then(|| format!("Words for {fault}.")),
            reasons: Vec::new(),
            rejections: vec![format!("twilio:{}", 30_000 + rule.len()), "aws:X".into()],
            places: words.map(|(source, words)| self.span(source, words)).into_iter().collect(),
            matched: String::new(),
            anchor: self.span(self.manifest, anchor),
        };
        self.report.checked[0].evaluation.findings.push(finding);
    }

    fn finding(&mut self) -> &mut Finding {
        self.report.checked[0].evaluation.findings.last_mut().unwrap()
    }

    fn filled() -> Self {
        let mut stage = Self::new(MANIFEST);
        let (manifest, policy) = (stage.manifest, stage.policy);
        let flow = "campaign.message_flow";
        stage.add("privacy/shared", Severity::Error, "page.privacy", "website", Some((policy, "share phone numbers")));
        stage.add("consent/rates", Severity::Error, flow, "message_flow", None);
        stage.add("consent/help", Severity::Warning, flow, "message_flow", None);
        stage.add(
            "samples/shortener",
            Severity::Warning,
            "campaign.sample_messages",
            "sample_messages",
            Some((manifest, "bit.ly/3x")),
        );
        let gap = Gap {
            role: Role::Home,
            url: Some("https://cedargrove.example/".into()),
            outcome: Outcome::Blocked,
            why: "the site asks visitors to prove that they are human".into(),
            remedy: "Save the page and add --page home=saved.html".into(),
            named_at: None,
        };
        stage.report.checked[0].evaluation.unchecked.push(Unchecked { gap, rules: vec!["site/x".into()] });
        stage
    }

    fn text(&self, screen: &Screen) -> String {
        let mut out = Vec::new();
        write(&self.report, true, screen, &mut out).unwrap();
        let outlooks: Vec<_> = self.report.checked.iter().map(|checked| checked.evaluation.outlook()).collect();
        finish(&outlooks, screen, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }
}

#[test]
fn a_report_reads_from_harmless_to_fatal_and_ends_with_the_outlook() {
    let expected = "\
campaign.yaml · Cedar Grove Pediatrics · CUSTOMER_CARE

── What you send · 1 warning ──

  warning: shortener is the fault
   ╭─[campaign.yaml:9:25]
 8 │   sample_messages:
 9 │     - \"Cedar Grove: see bit.ly/3x for your visit.\"
   ·                         ────┬────
   ·                             ╰── these words
   ╰────
  fix    Mend shortener
  codes  twilio would answer 30017
  more   tcr-lint explain samples/shortener

── How people agreed · 2 errors, 1 warning ──

  error: shared is the fault
   ╭─[https://cedargrove.example/privacy:2:4]
 1 │ Privacy policy
 2 │ We share phone numbers with our partners.
   ·    ─────────┬─────────
   ·             ╰── these words
   ╰────
  see    https://cedargrove.example/privacy#:~:text=share%20phone%20numbers
  fix    Mend shared
  codes  twilio would answer 30014
  more   tcr-lint explain privacy/shared

  error: message_flow: 2 things to put right
   ╭─[campaign.yaml:7:3]
 7 │   message_flow: Parents give their number at the front desk.
   ·   ────────────
   ╰────
  1. rates is the fault
     fix Mend rates
  2. help is the fault (warning)
     fix Mend help
  paste

    Words for rates.
    Words for help.

  codes  twilio would answer 30013, 30012
  more   tcr-lint explain consent/rates consent/help

── What could not be checked ──
  the home page (https://cedargrove.example/): the site asks visitors to prove that they are human
  fix    Save the page and add --page home=saved.html

Outlook: rejected. Reviewers would send this registration back for 2 errors. A rejection costs
another 2 to 4 weeks of waiting, and after 4 rejections an application is closed for good.
  codes  twilio would answer 30014, 30013, 30012, 30017
  2 errors, 2 warnings; 5 fields and 1 page were read with 9 rules
";
    let text = Stage::filled().text(&SCREEN);
    assert!(text == expected, "{text}");
}

#[test]
fn nothing_is_drawn_for_those_who_listen() {
    let text = Stage::filled().text(&Screen { spoken: true, ..SCREEN });
    assert!(text.chars().all(|character| !('\u{2500}'..='\u{25ff}').contains(&character)), "{text}");
    for line in [
        "Warning: shortener is the fault",
        "  In campaign.yaml, line 9, column 25: bit.ly/3x",
        "  What to do: Mend shortener",
        "What you send: 1 warning.",
    ] {
        assert!(text.lines().any(|shown| shown == line), "{line}\n{text}");
    }
}

#[test]
fn every_line_fits_the_screen_but_text_to_paste() {
    let mut stage = Stage::filled();
    stage.finding().title = "many words that have to be broken over several lines of a narrow screen".repeat(3);
    stage.finding().label = "a label that is too long for a narrow screen".into();
    for width in 40..=120 {
        let text = stage.text(&Screen { width, ..SCREEN });
        for line in text.lines().filter(|line| !line.contains("https://")) {
            assert!(unicode_width::UnicodeWidthStr::width(line) <= width, "{width}: {line}");
        }
    }
}

#[test]
fn no_text_of_a_stranger_acts_on_the_terminal() {
    let manifest = MANIFEST.replace("Parents give", "Parents \u{202e}evig \u{200b}2J");
    let mut stage = Stage::new(&manifest);
    let source = stage.manifest;
    stage.add("samples/x", Severity::Error, "campaign.message_flow", "message_flow", Some((source, "\u{202e}evig")));
    let hostile = "\u{1b}]0;owned\u{7} \u{1b}[31m\r\u{8}\u{202e} end";
    let finding = stage.finding();
    finding.title = hostile.into();
    finding.label = format!("label {hostile}");
    finding.help = hostile.into();
    finding.paste = Some(format!("first\n{hostile}"));
    for screen in [SCREEN, Screen { spoken: true, ..SCREEN }] {
        let text = stage.text(&screen);
        let acts = |character: &char| character.is_control() && *character != '\n' || *character == '\u{202e}';
        assert_eq!(text.chars().find(acts), None, "{text}");
        assert!(text.contains("<U+202E>evig"), "{text}");
    }
    let colored = stage.text(&Screen { color: true, ..SCREEN });
    assert!(!colored.contains("\u{1b}]") && !colored.contains('\u{7}') && !colored.contains("\u{1b}[31m\r"));
}

#[test]
fn many_places_are_counted_and_not_drawn() {
    let samples: String = (1..=20).map(|number| format!("    - text number {number} bit.ly/{number}\n")).collect();
    let manifest = MANIFEST.replace("    - \"Cedar Grove: see bit.ly/3x for your visit.\"\n", &samples);
    let mut stage = Stage::new(&manifest);
    let source = stage.manifest;
    stage.add("samples/x", Severity::Error, "campaign.sample_messages", "sample_messages", Some((source, "bit.ly/1")));
    let places: Vec<Span> = (2..=20).map(|number| stage.span(source, &format!("number {number} "))).collect();
    stage.finding().places.extend(places);
    let text = stage.text(&SCREEN);
    assert!(text.contains("and 17 more places, in lines 12, 13, 14, 15, 16, 17, 18, 19, 20, 21 …"), "{text}");
    assert!(!text.contains("number 7"), "{text}");
}

#[test]
fn the_price_counts_what_came_back_already() {
    for (history, wanted) in [
        ("", "and after 4 rejections an application is closed for good."),
        ("rejected", "It has come back 1 time already: 3 attempts left before"),
        ("rejected approved rejected rejected", "It has come back 3 times already: 1 attempt left before"),
        ("rejected rejected rejected rejected", "It has come back 4 times already; after 4 rejections"),
    ] {
        let entries: String = history
            .split_whitespace()
            .map(|outcome| format!("  - {{ submitted: 2026-10-02, outcome: {outcome} }}\n"))
            .collect();
        let history = if entries.is_empty() { String::new() } else { format!("history:\n{entries}") };
        let mut stage = Stage::new(&format!("{MANIFEST}{history}"));
        stage.add("samples/x", Severity::Warning, "campaign.message_flow", "message_flow", None);
        let text = stage.text(&SCREEN).replace('\n', " ");
        assert!(text.contains("some reviewers would send it back for 1 warning."), "{text}");
        assert!(text.contains(wanted), "{text}");
    }
}

#[test]
fn codes_are_few_and_of_different_providers() {
    let codes = |list: &str| list.split(' ').map(str::to_owned).collect::<Vec<_>>();
    for (given, provider, wanted) in [
        ("twilio:1 twilio:2", Some("twilio"), Some("twilio would answer 1, 2")),
        ("twilio:1", Some("aws"), None),
        ("other:a:b other:c", Some("other"), Some("other would answer a:b, c")),
        (
            "twilio:1 twilio:2 aws:X dca2:9 telnyx:7 sinch:5",
            None,
            Some("reviewers would answer twilio:1, aws:X, dca2:9, telnyx:7 and 2 more"),
        ),
    ] {
        assert_eq!(block::answer(&codes(given), provider).as_deref(), wanted);
    }
    assert_eq!(block::answer(&[], None), None);
}

#[test]
fn what_was_said_of_the_brand_is_not_said_again() {
    let mut stage = Stage::filled();
    let mut second = Stage::filled().report.checked.swap_remove(0);
    second.registration.campaign = 1;
    second.evaluation.findings.retain(|finding| finding.rule != "samples/shortener");
    stage.report.checked.push(second);
    let text = stage.text(&SCREEN);
    assert!(text.contains("Pediatrics · campaign 2 · CUSTOMER_CARE"), "{text}");
    assert!(text.contains("3 faults that stand above already"), "{text}");
    assert!(text.ends_with("\n2 registrations: 2 rejected\n"), "{text}");
    assert_eq!(text.matches("shared is the fault").count(), 1);
}

#[test]
fn those_who_are_ready_hear_what_stays_to_be_done() {
    let text = Stage::new(MANIFEST).text(&SCREEN);
    assert!(
        text.contains("Outlook: ready to submit. 5 fields and 1 page (the privacy policy) were read with 9 rules"),
        "{text}"
    );
    assert!(text.contains("IRS letter"), "{text}");
}

#[test]
fn an_error_shows_its_place_and_what_to_do() {
    let failure = Error::new("the quote is never closed").help("Add \" at the end").at("a.yaml", "x: \"y\n", 3..5);
    let text = error(&failure, &SCREEN);
    assert!(text.contains("╭─[a.yaml:1:4]") && text.ends_with("  fix    Add \" at the end\n"), "{text}");
    let text = error(&Error::new("no \u{1b}[2J"), &Screen { spoken: true, ..SCREEN });
    assert_eq!(text, "Error: no ␛[2J\n");
}
