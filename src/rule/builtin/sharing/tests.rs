use super::Verdict::{Nothing, Promised, PromisedGenericOnly as Generic, Shares};
use super::*;
use crate::text::{Source, Sources};

fn read(text: &str) -> (SharingVerdict, Passage) {
    let mut sources = Sources::default();
    let source = sources.add(Source { name: "privacy".into(), text: text.to_owned(), is_page: true });
    let passage = Passage::verbatim(text.to_owned(), source, 0);
    (judge(&passage, SharingWords::get()), passage)
}

fn check(cases: &[(&str, Verdict)]) {
    let wrong = cases.iter().filter_map(|(text, expected)| {
        let (verdict, _) = read(text);
        (verdict.verdict() != *expected)
            .then(|| format!("\n{text}\n  expected {expected:?}, got {:?}: {verdict:?}", verdict.verdict()))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{} wrong{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_case_is_judged_as_written() {
    let cases = include_str!("cases.txt").lines().filter(|line| !line.starts_with('#'));
    let wrong = cases.filter_map(|case| {
        let (expected, text) = case.split_once(" | ")?;
        let (verdict, _) = read(&text.replace("\\n", "\n"));
        let right = match verdict.verdict() {
            Promised => expected == "promised",
            Generic => expected == "generic" || expected == "harmless",
            Shares => expected == "shares",
            Nothing => expected == "nothing" || expected == "harmless",
        };
        (!right).then(|| format!("\n{case}\n  got {verdict:?}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{} wrong{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn typography_changes_no_verdict() {
    for case in include_str!("cases.txt").lines().filter(|line| !line.starts_with('#')) {
        let Some((_, text)) = case.split_once(" | ") else { continue };
        let text = text.replace("\\n", "\n");
        let plain = read(&text).0.verdict();
        for variant in
            [text.to_uppercase(), text.replace(' ', "\u{a0} "), text.replace('\'', "\u{2019}").replace('-', "\u{2011}")]
        {
            assert_eq!(read(&variant).0.verdict(), plain, "{variant}");
        }
    }
}

proptest::proptest! {
    #[test]
    fn nothing_panics(parts in proptest::collection::vec(proptest::sample::select(PARTS), 0..60)) {
        let text = parts.concat();
        let (verdict, passage) = read(&text);
        for promise in &verdict.promises {
            proptest::prop_assert!(text.get(passage.folded().original(promise.range.clone())).is_some());
        }
    }
}

const PARTS: &[&str] = &[
    "we ",
    "never ",
    "share ",
    "sold ",
    "your ",
    "phone number ",
    "personal data ",
    "with ",
    "partners",
    "advertisers",
    "third parties",
    ", ",
    "; ",
    ": ",
    ". ",
    "? No. ",
    "\n\n",
    "\n- ",
    "except ",
    "all the above categories exclude ",
    "opt-in data ",
    "joint marketing ",
    "yes ",
    "\"",
    "leads ",
    "buy ",
    "without your consent ",
    "receive ",
    "this information ",
    "é",
    "\u{200b}",
    "is ",
    "not ",
    "only ",
    "se ",
];

#[test]
fn long_and_repetitive_policies_take_linear_time() {
    for part in [
        "we share it with partners, ",
        "advertisers share ",
        "leads ",
        "- a:\n",
        "we do not share; ",
        "except them, ",
        "\"a b c d e f\" ",
        "sms ",
        "never sell ",
    ] {
        let text = part.repeat(200_000 / part.len());
        let begun = std::time::Instant::now();
        read(&text);
        assert!(begun.elapsed().as_secs() < 5, "{part:?} took {:?}", begun.elapsed());
    }
}

#[test]
fn promises_that_mobile_data_stays() {
    check(&[
        (
            "Cell numbers and texting consent are never handed over to any other company for its own advertising.",
            Promised,
        ),
        ("We will not pass your mobile number on to advertisers or sister companies.", Promised),
        ("No phone number given for texting is disclosed to anyone outside our clinic.", Promised),
        ("Your opt-in stays with us: it is not shared with affiliates or other businesses.", Promised),
        ("Under no circumstances will SMS consent be transferred to third parties.", Promised),
        ("Neither your cell number nor your opt-in is sold to or shared with partners.", Promised),
        ("Third parties never receive the numbers you text us from.", Promised),
        (
            "We do NOT:\n\n- Hand your cell number to other companies for promotions\n- Trade what we know about you",
            Promised,
        ),
        ("What we never do\n\n- Share your text messaging consent with outside companies", Promised),
        ("Do you share my cell number with others? No, never.", Promised),
        ("Sharing of SMS Opt-In Data With Third Parties\n\nWe don't.", Promised),
        ("Your mobile data is excluded from all sharing described here.", Promised),
        ("Every category above leaves out SMS opt-in data and consent.", Promised),
        ("We keep phone numbers for texting. This information is not shared with third parties.", Promised),
        (
            "Text Messaging\n\nInformation from this program is not shared with third parties for their promotions.",
            Promised,
        ),
        ("We refrain from sharing your phone number with any third party.", Promised),
        ("We won\u{2019}t share\nyour mobile\nnumber with third\u{2011}party marketers.", Promised),
        (
            "Cell numbers are given to our text vendor and to nobody else. We do not share cell numbers with third parties.",
            Promised,
        ),
        ("We share your cell number only with the SMS provider that delivers our texts.", Promised),
        ("We will not share your mobile number with anyone except vendors that deliver our texts.", Promised),
        ("Mobile numbers are not shared with third parties, other than carriers and aggregators.", Promised),
        ("We do not share text opt-in data with third parties unless required by law.", Promised),
        ("Except as the law requires, we never disclose mobile numbers to third parties.", Promised),
        ("Opt-in data will not be shared with any third party (excluding our message platform).", Promised),
        ("Oak Dental does not use SMS opt-in data for the marketing of affiliates or third parties.", Promised),
        ("No compartimos su número de teléfono con terceros con fines de marketing.", Promised),
        ("Los datos móviles no se venden ni se comparten con terceros.", Promised),
        ("Nunca compartiremos su número de celular con nadie.", Promised),
        ("We do not sell, and we do not share, cell phone numbers with any affiliate.", Promised),
        ("Our clinic never has shared and never will share your cell number with sponsors.", Promised),
    ]);
}

#[test]
fn promises_that_are_too_small() {
    check(&[
        ("We do not share your personal information with third parties for marketing.", Generic),
        ("Your data is never shared with outside companies.", Generic),
        ("We will not disclose your phone number to any unauthorized third party.", Generic),
        ("Your phone number is never sold.", Generic),
        ("We do not share mobile numbers with third parties except as described in this policy.", Generic),
        ("We do not sell your personal information.", Nothing),
        ("We respect your privacy and never spam you.", Nothing),
        ("Your information is safe with us. We follow HIPAA.", Nothing),
        ("We do not share your health information with third parties.", Nothing),
        ("We never share your cell number with anyone without your consent.", Nothing),
        ("We are not responsible for third parties that share your mobile information.", Nothing),
        ("Please do not share your password or phone number with anyone.", Nothing),
        ("You agree not to share your phone number with third parties.", Nothing),
        ("You are not required to provide your phone number.", Nothing),
        ("You will not receive text messages from third parties.", Nothing),
        ("We do not share test results by text message.", Nothing),
        ("We may text you about visits. Your carrier is not liable for delayed messages.", Nothing),
        ("Do we share phone numbers with third parties? See below.", Nothing),
        ("How We Share Your Phone Number With Third Parties\n\nRead on.", Nothing),
        ("", Nothing),
    ]);
}

#[test]
fn advice_and_quotations_promise_nothing() {
    check(&[
        ("Your privacy policy must state that mobile numbers are not shared with third parties.", Nothing),
        ("The privacy policy has to say clearly:\n\n- mobile numbers are not shared with third parties", Nothing),
        (
            "Carriers look for a line such as \"no mobile number will be shared with third parties\" on the page.",
            Nothing,
        ),
        ("Suggested wording:\n\nMobile numbers will not be shared with third parties.", Nothing),
        ("> Mobile numbers will not be shared with third parties.", Nothing),
        ("Is there a sentence in your privacy policy that mobile numbers are not shared?", Nothing),
        ("\"We\" means Oak Dental (\"the clinic\"). We do not share mobile numbers with third parties.", Promised),
    ]);
}

#[test]
fn permissions_for_the_marketing_of_others() {
    check(&[
        (
            "We may share your details with our business partners so that they can offer you products or promotions.",
            Shares,
        ),
        ("We disclose data to:\n\n- hosting firms\n- advertisers\n- the tax office", Shares),
        ("With our marketing partners we may share all that we know about you.", Shares),
        ("Your phone number may be passed on to affiliates.", Shares),
        ("We may provide your information to third parties for their direct marketing.", Shares),
        ("With your consent we share your data with selected partners.", Shares),
        ("From time to time we rent our customer lists to other businesses.", Shares),
        ("Your personal information may be sold.", Shares),
        ("We do not sell your number. However, we may share your phone number with our affiliates.", Shares),
        ("We do not sell your number, but may give it to sponsors.", Shares),
        ("We will not share your mobile number with third parties, except our marketing partners.", Shares),
        ("We will not share your mobile number, except with:\n\n- sponsors\n- carriers", Shares),
        ("Mobile data is not shared with anyone other than affiliates.", Shares),
        ("We may contact you on behalf of external business partners.", Shares),
        ("Our marketplace sells leads to contractors.", Shares),
        (
            "We may disclose information to financial institutions with which we have joint marketing agreements.",
            Shares,
        ),
        ("For joint marketing with other financial companies: Yes", Shares),
        (
            "We never share mobile numbers with third parties.\n\nOther Sharing\n\nWe share your information with advertisers.",
            Shares,
        ),
        ("Podemos compartir sus datos con socios comerciales.", Shares),
        ("We may share your phone number with our trusted partners and sponsors so they can market to you.", Shares),
    ]);
}

#[test]
fn permissions_that_are_harmless() {
    check(&[
        ("We may share your information with service providers, payment processors and other vendors.", Nothing),
        ("We share your phone number with the vendor that sends our texts.", Nothing),
        ("We may disclose information when the law requires it or to stop fraud.", Nothing),
        ("Your information may be transferred in a merger or sale of assets.", Nothing),
        ("We may share your health information with other providers for treatment.", Nothing),
        ("Our site shares cookie data with Google.", Nothing),
        ("Cookies and Analytics\n\nWe share usage data with advertising partners.", Nothing),
        ("We use your phone number for our own marketing with your consent.", Nothing),
        ("You may share our offers with your partners.", Nothing),
        ("Our partners may share information with us.", Nothing),
        ("We receive information from business partners and advertisers.", Nothing),
        ("You may opt out of sharing with marketing partners.", Nothing),
        ("If we ever share data with advertisers, we will ask first.", Nothing),
        ("We may share your information with our affiliates.", Nothing),
        ("We never share your phone number with marketing partners.", Promised),
        ("We sell pool supplies and protect your information.", Nothing),
        ("We may send you information about offers of our business partners.", Nothing),
        ("We never buy leads, and this leads to better service.", Nothing),
        ("We share information with firms that help us with email marketing.", Nothing),
        ("How do you share data with advertisers?", Nothing),
    ]);
}

#[test]
fn carve_outs() {
    let shares =
        "Who We Share With\n\nWe may share your information with our business partners to offer you promotions.";
    for (carve_out, expected) in [
        ("All the above excludes text opt-in data and consent; it goes to no third party.", Promised),
        ("\n\nTexting\n\nAll other categories exclude SMS opt-in data and consent.", Promised),
        (
            "\n\nTexting\n\nNo category of sharing in this policy includes SMS opt-in data: all categories leave out consent to texts.",
            Promised,
        ),
        (" SMS opt-in data and phone numbers for texts are excluded from this sharing.", Promised),
        ("\n\nTexting\n\nThe above excludes text opt-in data.", Shares),
        ("\n\nTexting\n\nMobile numbers are not shared with third parties.", Shares),
    ] {
        let text = format!("{shares}{carve_out}");
        let (verdict, _) = read(&text);
        assert_eq!(verdict.verdict(), expected, "{text}\n{verdict:?}");
    }
    check(&[
        ("All categories of data exclude opt-in data. We may share data with our marketing partners.", Promised),
        ("We may share all categories of data, excluding SMS opt-in data, with business partners.", Promised),
    ]);
}

#[test]
fn ranges_are_those_of_the_words() {
    let text = "We never sell. We don\u{2019}t share  your\u{a0}cell number with sponsors, but we may share your name with advertisers.";
    let (verdict, passage) = read(text);
    let original = |range: &Range<usize>| &text[passage.folded().original(range.clone())];
    assert_eq!(
        original(&verdict.promises[0].range).trim(),
        "We don\u{2019}t share  your\u{a0}cell number with sponsors,"
    );
    assert_eq!(original(&verdict.permissions[0]), "but we may share your name with advertisers.");
    assert_eq!(verdict.strongest_promise(), Some(Strength::Mobile));
}

#[test]
fn what_we_give_to_paste_promises_what_we_ask_for() {
    let rules = crate::rule::RuleSet::embedded().unwrap();
    let paste = |id: &str| rules.find(id).unwrap().file.paste.clone().unwrap().replace("{{brand}}", "Cedar Grove");
    for id in ["instructions-pasted", "npp-only", "promise-conditional", "promise-generic", "promise-missing"] {
        assert_eq!(read(&paste(&format!("privacy/{id}"))).0.verdict(), Promised, "{id}");
    }
    for id in ["shares-data", "sms-unmentioned", "too-short"] {
        assert_eq!(read(&paste(&format!("privacy/{id}"))).0.verdict(), Promised, "{id}");
    }
    for (id, permission) in [
        ("shares-data", "We may share your data with business partners to offer you promotions."),
        ("shares-data", "## Partners\n\nWe rent our customer lists to advertisers.\n\n## Texts"),
        ("sharing-doubtful", "We may share data with our affiliates."),
    ] {
        let text = format!("{permission}\n\n{}", paste(&format!("privacy/{id}")));
        assert_eq!(read(&text).0.verdict(), Promised, "{text}");
    }
}
