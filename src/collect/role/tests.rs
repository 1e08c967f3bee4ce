use std::sync::Arc;

use super::rank::{Linked, linked};
use super::*;
use crate::evidence::{Field, Fields};
use crate::page::Page;
use crate::text::{Passage, Source, Sources};

fn registration(fields: &[(&str, &str)]) -> Registration {
    let mut sources = Sources::default();
    let source = sources.add(Source { name: "campaign.yaml".into(), text: String::new(), is_page: false });
    let at = Span::new(source, 0..0);
    let field = |value: &str| Field { key: at.clone(), values: vec![Passage::verbatim(value.into(), source, 0)] };
    let fields: Fields = fields.iter().map(|(name, value)| (name.to_string(), Arc::new(field(value)))).collect();
    Registration {
        source,
        campaign: 0,
        provider: None,
        fields,
        brand_at: at.clone(),
        campaign_at: at,
        numbers: Vec::new(),
        history: Vec::new(),
        pages: Default::default(),
        siblings: Arc::default(),
        problems: Vec::new(),
    }
}

fn found(fields: &[(&str, &str)]) -> [String; 4] {
    let wanted = wanted(&registration(fields));
    let text = |wanted: &Wanted| match wanted {
        Wanted::At(address) => address.url.to_string(),
        Wanted::Not(fault, _) => format!("! {}", fault.why),
        Wanted::Unsaid => "-".into(),
    };
    [0, 1, 2, 3].map(|role| text(&wanted[role].1))
}

const SITE: (&str, &str) = ("brand.website", "https://acme.example");

#[test]
fn reads_addresses_as_people_write_them() {
    let table = [
        ("https://acme.com", Ok("https://acme.com/")),
        ("  www.acme.com ", Ok("https://www.acme.com/")),
        ("acme.com/privacy", Ok("https://acme.com/privacy")),
        ("HTTP://Acme.COM", Ok("http://acme.com/")),
        ("acme.com:8443/x", Ok("https://acme.com:8443/x")),
        ("<https://acme.com>", Ok("https://acme.com/")),
        ("//acme.com/x", Ok("https://acme.com/x")),
        ("https://acme.com/a https://acme.com/b", Ok("https://acme.com/a")),
        ("http://localhost:8080/", Ok("http://localhost:8080/")),
        ("office@acme.com", Err("is an e-mail address, not a web address")),
        ("mailto:office@acme.com", Err("is no web address: it does not begin with https://")),
        ("file:///etc/passwd", Err("is no web address: it does not begin with https://")),
        ("javascript:alert(1)", Err("is no web address: it does not begin with https://")),
        ("Acme Clinic", Err("is no web address")),
        ("https://acme", Err("is no web address: the name of the site is not complete")),
        ("https://", Err("is no web address")),
        ("https://ac me.com", Err("is no web address: the name of the site is not complete")),
    ];
    for (text, expected) in table {
        assert_eq!(parse(text).map(|url| url.to_string()), expected.map(str::to_owned), "{text}");
    }
}

#[test]
fn takes_fields_first() {
    let [home, privacy, terms, opt_in] = found(&[
        SITE,
        ("campaign.privacy_policy_link", "https://acme.example/legal/p"),
        ("campaign.terms_and_conditions_link", "N/A"),
        ("campaign.opt_in_url", "ask the front desk"),
        ("campaign.message_flow", "Privacy: https://acme.example/privacy Terms: https://acme.example/sms-terms"),
    ]);
    assert_eq!((home.as_str(), privacy.as_str()), ("https://acme.example/", "https://acme.example/legal/p"));
    assert_eq!(terms, "https://acme.example/sms-terms", "`N/A` is no answer");
    assert_eq!(opt_in, "! `ask the front desk` is no web address");
}

#[test]
fn reads_the_message_flow() {
    // The flow, then privacy, terms and opt-in.
    let table: [(&str, &str, &str, &str); 26] = [
        (
            "Links: https://acme.example/privacy,https://acme.example/terms;https://acme.example/join",
            "/privacy",
            "/terms",
            "/join",
        ),
        (
            "[Privacy](https://acme.example/p?to=https://x.example/) and [sign up](https://acme.example/s)",
            "/p?to=https://x.example/",
            "-",
            "/s",
        ),
        ("Customers visit www.acme.example and fill out the contact form.", "-", "-", "www/"),
        ("Patients who found us on acme.example fill in a paper form at the front desk.", "-", "-", "-"),
        ("At https://acme.example/visit they enter their number.", "-", "-", "/visit"),
        ("Our site is https://acme.example. Patients sign up at the desk.", "-", "-", "-"),
        (
            "Users opt in on the phone page, https://acme.example/verify, after they made an account at acme.example/register.",
            "-",
            "-",
            "/verify",
        ),
        ("Patients fill in the form at https://acme.example/new-patient.", "-", "-", "/new-patient"),
        ("Fill in the form at https://acme.example/#contact and tick the box.", "-", "-", "/#contact"),
        ("Patients of https://acme.example are told at the desk.", "-", "-", "-"),
        ("They sign up on www.acme.example, our website.", "-", "-", "www/"),
        ("Sign up at acme.example/join (see acme.example/privacy).", "/privacy", "-", "/join"),
        (
            "The words link to https://acme.example/privacy-policy/ and https://acme.example/sms-terms/.",
            "/privacy-policy/",
            "/sms-terms/",
            "-",
        ),
        (
            "Our policy (https://acme.example/terms#privacy-policy), Terms (https://acme.example/terms#sms).",
            "/terms#privacy-policy",
            "/terms#sms",
            "-",
        ),
        (
            "Privacy Policy: https://acme.example/legal-1. Terms: https://acme.example/legal-2.",
            "/legal-1",
            "/legal-2",
            "-",
        ),
        ("Privacy policy and terms: https://acme.example/legal.", "/legal", "/legal", "-"),
        ("See https://acme.example/legal (Privacy Policy).", "/legal", "-", "-"),
        ("Our privacy policy is linked on the form at https://acme.example/visit.", "-", "-", "/visit"),
        ("Our privacy policy is linked in the footer of https://acme.example.", "-", "-", "-"),
        ("Patients join by voice while they book (numbers at https://acme.example/contact-us.html).", "-", "-", "-"),
        ("Visit https://acme.example and book at https://acme.example/contact?x=1!", "-", "-", "/contact?x=1"),
        (
            "A screenshot is at https://acme.example/optin.png, the form at https://acme.example/start.",
            "-",
            "-",
            "/start",
        ),
        ("People write to office@acme.example to sign up.", "-", "-", "-"),
        ("They sign up on https://www.facebook.com/acme or at the desk.", "-", "-", "-"),
        ("The wording is public at https://acme.example/about-us.", "-", "-", "-"),
        ("Los pacientes llenan el formulario en «https://acme.example/cita».", "-", "-", "/cita"),
    ];
    for (flow, privacy, terms, opt_in) in table {
        let got = found(&[SITE, ("campaign.message_flow", flow)]);
        let full = |path: &str| match path {
            "-" => "-".to_owned(),
            "www/" => "https://www.acme.example/".into(),
            path => format!("https://acme.example{path}"),
        };
        assert_eq!(got[1..], [full(privacy), full(terms), full(opt_in)], "{flow}");
    }
}

#[test]
fn finds_addresses_without_the_punctuation_around_them() {
    let home = Url::parse("https://acme.example").unwrap();
    let text = "See (https://acme.example/a), “https://acme.example/b”; www.other.example/c. Or acme.example/d_(e): not 3.5 or e.g. this";
    let found = flow::addresses(text, Some(&home));
    let exact: Vec<&str> = found.iter().map(|(range, _)| &text[range.clone()]).collect();
    assert_eq!(
        exact,
        ["https://acme.example/a", "https://acme.example/b", "www.other.example/c", "acme.example/d_(e)"]
    );
}

fn page(body: &str) -> Page {
    let url = Url::parse("https://acme.example/").unwrap();
    Page::read(&format!("<title>Acme</title>{body}"), Some(&url), url.as_str(), &mut Sources::default())
}

#[test]
fn ranks_links() {
    // The page, then where privacy and terms lead (`dead` = a link that leads nowhere).
    let table: [(&str, &str, &str); 24] = [
        ("<a href=/privacy>Privacy Policy</a> <a href=/terms>Terms</a>", "/privacy", "/terms"),
        ("<a href=/npp>Notice of Privacy Practices</a><a href=/p>Privacy</a>", "/p", "-"),
        ("<a href=/p>Website Privacy Policy</a><a href=/npp>HIPAA Privacy Policy</a>", "/p", "-"),
        ("<a href=/notice.html>Notice of Privacy Practices</a>", "/notice.html", "-"),
        ("<a href=/notice-of-privacy-practices>Privacy Policy</a><a href=/web-policy>Privacy</a>", "/web-policy", "-"),
        ("<a href=/cookies>Cookie Policy</a>", "-", "-"),
        ("<a href=/choices>Your Privacy Choices</a><a href=/privacy-policy>Our policy</a>", "/privacy-policy", "-"),
        ("<a href=https://www.wix.com/privacy>Privacy Policy</a>", "-", "-"),
        (
            "<a href=https://policies.google.com/privacy>Privacy</a> <a href=https://policies.google.com/terms>Terms</a>",
            "-",
            "-",
        ),
        (
            "<a href=https://app.termly.io/policy-viewer/policy.html?policyUUID=1>Privacy Policy</a>",
            "https://app.termly.io/policy-viewer/policy.html?policyUUID=1",
            "-",
        ),
        ("<a href=https://termly.io/legal/privacy-policy/>Privacy Policy</a>", "-", "-"),
        ("<a href=https://parent.example/privacy>Privacy Policy</a><a href=/privacy>Privacy</a>", "/privacy", "-"),
        ("<a href=https://parent.example/privacy>Privacy Policy</a>", "https://parent.example/privacy", "-"),
        (
            "<a href=/blog/privacy-for-families>Five tips for privacy</a><footer><a href=/p>Privacy Policy</a></footer>",
            "/p",
            "-",
        ),
        ("<a href=/legal>Privacy Policy &amp; Terms of Service</a>", "/legal", "/legal"),
        ("<a href=/terms>Terms of Use</a><a href=/sms-terms>SMS Terms</a>", "-", "/sms-terms"),
        ("<a href=/pay>Payment terms</a><a href=/loans>Short-term loans</a>", "-", "-"),
        ("<a href=/tos>T&amp;Cs</a>", "-", "/tos"),
        ("<a href=/privacy-policy-2/ aria-label='Read our privacy policy'><img src=x></a>", "/privacy-policy-2/", "-"),
        ("<a href='#TODO-PRIVACY-POLICY'>Privacy Policy</a>", "dead", "-"),
        ("<a href='#privacy'>Privacy</a><section id=privacy>We keep numbers.</section>", "/#privacy", "-"),
        (
            "<a href='#'>Privacy Policy</a> <a href='/'>Terms</a> <a href='javascript:void(0)'>Terms of Use</a>",
            "dead",
            "dead",
        ),
        (
            "<a href=mailto:privacy@acme.example>privacy@acme.example</a><a href=/privacy-fences>Privacy fences</a>",
            "-",
            "-",
        ),
        (
            "<a href=/aviso>Aviso de prácticas de privacidad</a><a href=/politica>Política de privacidad</a>",
            "/politica",
            "-",
        ),
    ];
    for (body, privacy, terms) in table {
        let page = page(body);
        let got = |role| match linked(&page, page.url.as_ref(), role) {
            Linked::To(_, url) => url.as_str().strip_prefix("https://acme.example").unwrap_or(url.as_str()).to_owned(),
            Linked::Dead(_) => "dead".into(),
            Linked::No => "-".into(),
        };
        assert_eq!((got(Role::Privacy).as_str(), got(Role::Terms).as_str()), (privacy, terms), "{body}");
    }
}

#[test]
fn knows_one_site_from_another() {
    let url = |text: &str| Url::parse(text).unwrap();
    let table = [
        ("https://acme.com/", "https://www.acme.com/", true),
        ("https://acme.com/", "https://shop.acme.com/x", true),
        ("https://acme.co.uk/", "https://other.co.uk/", false),
        ("https://a.github.io/", "https://b.github.io/", false),
        ("https://acme.com/", "https://acme.net/", false),
        ("http://127.0.0.1:1/", "http://127.0.0.1:2/", true),
        ("http://127.0.0.1/", "http://127.1.0.1/", false),
    ];
    for (one, other, same) in table {
        assert_eq!(same_site(&url(one), &url(other)), same, "{one} {other}");
    }
}

proptest::proptest! {
    #[test]
    fn any_flow_and_any_address_is_read(text in "(https?://|www\\.|acme\\.example|[(/#?@ .é“”]|privacy|terms|form|\\PC){0,40}") {
        let home = Url::parse("https://acme.example").unwrap();
        for (range, _) in flow::addresses(&text, Some(&home)) {
            proptest::prop_assert!(parse(&text[range]).is_ok());
        }
        let _ = found(&[SITE, ("campaign.message_flow", &text), ("campaign.opt_in_url", &text)]);
    }
}
