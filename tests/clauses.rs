//! The splitter decides what a rule takes for denied: its table of cases, and what must hold for any text.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use tcr_lint::text::{Folded, Sentence, clause};

const CASES: &str = include_str!("clauses.txt");

fn split(text: &str) -> (String, Vec<Sentence>) {
    let folded = Folded::new(text).text().to_owned();
    let sentences = clause::sentences(&folded);
    (folded, sentences)
}

/// Sentences as `tests/clauses.txt` writes them.
fn render(text: &str) -> String {
    let (folded, sentences) = split(text);
    let sentence = |sentence: &Sentence| {
        let clauses = sentence.clauses.iter().map(|clause| {
            let tail = if clause.exception { "~" } else { "" };
            let sign = if clause.negated { "-" } else { "+" };
            format!("{tail}{sign}{}", folded[clause.range.clone()].trim())
        });
        clauses.collect::<Vec<_>>().join(" | ")
    };
    sentences.iter().map(sentence).collect::<Vec<_>>().join(" // ")
}

fn cases() -> Vec<(String, &'static str)> {
    let lines: Vec<&str> = CASES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let case = |pair: &[&'static str]| (pair[0].strip_prefix("> ").unwrap().replace("\\n", "\n"), pair[1]);
    lines.chunks(2).map(case).collect()
}

/// Polarities in order without the words.
fn polarities(text: &str) -> Vec<(bool, bool)> {
    let (_, sentences) = split(text);
    sentences.iter().flat_map(|sentence| &sentence.clauses).map(|clause| (clause.negated, clause.exception)).collect()
}

#[test]
fn every_case_splits_as_written() {
    let cases = cases();
    assert!(cases.len() >= 150, "{} cases", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expected)| render(text) != *expected)
        .map(|(text, expected)| format!("\n{text}\n expected {expected}\n got      {}", render(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn typography_and_wrapping_change_no_polarity() {
    for (text, _) in cases() {
        let plain = polarities(&text);
        for variant in [
            text.to_uppercase(),
            text.replace('\'', "\u{2019}").replace('-', "\u{2011}"),
            text.replace(' ', "\u{a0}"),
            text.replace(' ', "  \t"),
            text.replace("a", "a\u{200b}"),
            wrap(&text, 60),
            wrap(&text, 90),
        ] {
            assert_eq!(polarities(&variant), plain, "{variant:?}");
        }
    }
}

/// Breaks lines where an editor would.
fn wrap(text: &str, width: usize) -> String {
    let mut wrapped = String::new();
    for line in text.split('\n') {
        let mut column = 0;
        for word in line.split(' ') {
            let breaks = column > 0 && column + 1 + word.len() > width;
            wrapped.push_str(match (column, breaks) {
                (0, _) => "",
                (_, true) => "\n",
                _ => " ",
            });
            column = if breaks { word.len() } else { column + word.len() + usize::from(column > 0) };
            wrapped.push_str(word);
        }
        wrapped.push('\n');
    }
    wrapped.trim_end().to_owned()
}

#[test]
fn list_items_carry_their_intros_and_stand_under_their_heading() {
    let text = "What We Never Do\n\nWe never:\n- sell the following:\n  a) numbers\n  b) names\n- rent them\n\nFurther Notes\n\nAsk us.";
    let (folded, sentences) = split(text);
    let seen: Vec<(&str, bool, Vec<&str>, Option<&str>)> = sentences
        .iter()
        .map(|sentence| {
            let intros = sentence.intros.iter().map(|intro| &folded[intro.clone()]).collect();
            (
                &folded[sentence.range.clone()],
                sentence.heading,
                intros,
                sentence.under.clone().map(|under| &folded[under]),
            )
        })
        .collect();
    let top = Some("what we never do");
    assert_eq!(
        seen,
        [
            ("what we never do", true, vec![], None),
            ("we never:", false, vec![], top),
            ("- sell the following:", false, vec!["we never:"], top),
            ("a) numbers", false, vec!["we never:", "- sell the following:"], top),
            ("b) names", false, vec!["we never:", "- sell the following:"], top),
            ("- rent them", false, vec!["we never:"], top),
            ("further notes", true, vec![], None),
            ("ask us.", false, vec![], Some("further notes")),
        ]
    );
    assert!(sentences[2..6].iter().all(|sentence| sentence.item && sentence.clauses[0].negated));
}

#[test]
fn a_negation_has_a_place() {
    for (text, expected) in [
        ("We never sell it.", "never"),
        ("Your number is shared with no one.", "no one"),
        ("We refrain from selling it.", "refrain from"),
        ("We won't sell it.", "won't"),
        ("Is it sold? Absolutely not.", "absolutely not"),
        ("We do not:\n- sell it", "not"),
    ] {
        let (folded, sentences) = split(text);
        let negation = sentences[0].clauses[0].negation.clone().unwrap();
        assert_eq!(&folded[negation], expected, "{text}");
    }
}

#[test]
fn a_clause_is_found_by_its_bytes() {
    let (folded, sentences) = split("We do not sell it, but we may share it.");
    let negated = |word: &str| sentences[0].clause_at(folded.find(word).unwrap()).unwrap().negated;
    assert!(negated("sell"));
    assert!(!negated("share"));
    assert!(sentences[0].clause_at(folded.len()).is_none());
}

#[test]
fn long_and_repetitive_texts_take_linear_time() {
    for part in [
        "a; ",
        ", and we ",
        "(",
        ")",
        "not ",
        "but ",
        ";",
        ": ",
        "- a\n",
        "no. ",
        "... ",
        "&amp;",
        "if x, ",
        "\u{301}",
        "\n",
        ", however, ",
        "a-",
        "\u{2022} ",
        "no ",
        "without x ",
        "a: x\n\n",
        "a:\n\n",
        "- a:\n",
    ] {
        let text = part.repeat(150_000 / part.len());
        let begun = std::time::Instant::now();
        split(&text);
        assert!(begun.elapsed().as_secs() < 5, "{part:?} took {:?}", begun.elapsed());
    }
}

#[test]
fn every_character_folds_to_something_stable() {
    for letter in char::MIN..='\u{ffff}' {
        let text = format!("a{letter}b {letter} c");
        let fold = Folded::new(&text);
        assert_eq!(Folded::new(fold.text()).text(), fold.text(), "{letter:?}");
    }
}

/// Texts made of the words that the splitter looks for.
fn legalese() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "we",
        "you",
        "do",
        "not",
        "never",
        "no",
        "share",
        "sell",
        "your",
        "number",
        "with",
        "partners",
        "but",
        "however",
        ",",
        ";",
        ":",
        ".",
        "?",
        "!",
        "(",
        ")",
        "except",
        "unless",
        "without",
        "consent",
        "and",
        "or",
        "nor",
        "may",
        "if",
        "which",
        "only",
        "-",
        "\n",
        "\n\n",
        "- ",
        "\u{2022} ",
        "1. ",
        "a) ",
        "don\u{2019}t",
        "&amp;",
        "&nbsp;",
        "U.S.",
        "e.g.",
        "\u{a0}",
        "\u{200b}",
        "\u{2014}",
        "No.",
        "5",
        "Heading",
        "nothing",
        "prevents",
        "liable",
        "for",
        "é",
        "e\u{301}",
        "\u{fb01}",
        "…",
        "\r\n",
        "\t",
    ]);
    let blank = prop::sample::select(vec![" ", " ", " ", "", "\n"]);
    prop::collection::vec((part, blank), 0..60)
        .prop_map(|parts| parts.into_iter().flat_map(|(part, blank)| [part, blank]).collect())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![legalese(), ".{0,80}", "(?s).{0,80}", "[ -~\n]{0,120}"]
}

fn check_offsets(text: &str, fold: &Folded) {
    let folded = fold.text();
    let mut before = 0..0;
    for (at, letter) in folded.char_indices() {
        let original = fold.original(at..at + letter.len_utf8());
        assert!(!original.is_empty() && text.get(original.clone()).is_some(), "{text:?} at {at}: {original:?}");
        assert!(original == before || original.start >= before.end, "{text:?} at {at}: {original:?} after {before:?}");
        assert_eq!(fold.original(0..at + letter.len_utf8()).end, original.end, "{text:?} at {at}");
        before = original;
    }
}

fn check_sentences(folded: &str, sentences: &[Sentence]) {
    let mut end = 0;
    for sentence in sentences {
        assert!(folded[end..sentence.range.start].trim().is_empty(), "{folded:?}: text between sentences");
        let mut at = sentence.range.start;
        for clause in &sentence.clauses {
            assert_eq!(clause.range.start, at, "{folded:?}: clauses are contiguous");
            assert!(clause.range.end > at && folded.get(clause.range.clone()).is_some(), "{folded:?}");
            assert_eq!(clause.negated, clause.negation.is_some(), "{folded:?}");
            at = clause.range.end;
        }
        assert_eq!(at, sentence.range.end, "{folded:?}: clauses cover the sentence");
        end = sentence.range.end;
    }
    assert!(folded[end..].trim().is_empty(), "{folded:?}: text after the last sentence");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn folding_is_stable_and_maps_back(text in any_text()) {
        let fold = Folded::new(&text);
        let again = Folded::new(fold.text());
        prop_assert_eq!(again.text(), fold.text());
        check_offsets(&text, &fold);
    }

    #[test]
    fn sentences_and_clauses_cover_the_text(text in any_text()) {
        let (folded, sentences) = split(&text);
        check_sentences(&folded, &sentences);
    }

    #[test]
    fn any_range_maps_without_panic(text in any_text(), start in 0usize..200, end in 0usize..200) {
        let original = Folded::new(&text).original(start..end);
        prop_assert!(text.get(original).is_some());
    }
}
