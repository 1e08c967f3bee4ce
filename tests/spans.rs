//! What is underlined decodes to what was matched: places of words in YAML scalars of every style.

#![allow(clippy::unwrap_used, clippy::single_range_in_vec_init)]

use std::ops::Range;

use granit_parser::{Event, Parser};
use proptest::prelude::*;
use tcr_lint::text::ScalarMap;

struct Scalar {
    text: String,
    span: Range<usize>,
}

fn scalars(yaml: &str) -> Option<Vec<Scalar>> {
    let mut scalars = Vec::new();
    for next in Parser::new_from_str(yaml) {
        let (event, span) = next.ok()?;
        if let Event::Scalar(text, ..) = event {
            scalars.push(Scalar { text: text.into_owned(), span: span.byte_range()? });
        }
    }
    Some(scalars)
}

/// YAML, words of a decoded scalar, and the source of these words: one piece for each line.
const TABLE: &[(&str, &str, &[&str])] = &[
    ("k: hello world\n", "world", &["world"]),
    ("k: héllo 🎉 wörld # c\n", "🎉 wörld", &["🎉 wörld"]),
    ("k: hello\n  big\n\n  world\n", "big\nwor", &["big", "wor"]),
    ("k: hello  \n  \t big\n", "lo bi", &["lo", "bi"]),
    ("k:\n  hello\n  big\n", "hello big", &["hello", "big"]),
    ("k: a\n  b # c\n", "a b", &["a", "b"]),
    ("k: foo#bar\n", "foo#bar", &["foo#bar"]),
    ("k:\ttab before\n", "tab before", &["tab before"]),
    ("k: a\tb  c\n", "a\tb  c", &["a\tb  c"]),
    ("k: \"a\\tb \\u00e9\\x41 \\U0001F389 \\\"q\\\"\"\n", "éA", &["\\u00e9\\x41"]),
    ("k: \"a\\tb \\u00e9 \\x41 \\U0001F389 \\\"q\\\"\"\n", "🎉 \"q", &["\\U0001F389 \\\"q"]),
    ("k: \"\\uD83C\\uDF89 x\"\n", "🎉 x", &["\\uD83C\\uDF89 x"]),
    ("k: \"one\n   two \\\n   three\\n four\"\n", "two three\n fo", &["two ", "three\\n fo"]),
    ("k: \"a \\\n\n\n  b\"\n", "a \n\nb", &["a ", "b"]),
    ("k: \"a\\ \n  b\"\n", "a", &["a"]),
    ("k: \"a\\\n  \\  b\"\n", "a  b", &["a", "\\  b"]),
    ("k: \"a\n\n\n  \\nb\"\n", "a\n\n\nb", &["a", "\\nb"]),
    ("k: \"\n  foo\n  \"\n", " foo ", &["foo"]),
    ("k: \"STOP\\/END\"\n", "P/E", &["P\\/E"]),
    ("k: \"back\\\\slash\"\n", "k\\s", &["k\\\\s"]),
    ("k: \"a\\_b\\Nc\\Ld\\Pe\\ef\\0\"\n", "a\u{a0}b\u{85}c\u{2028}d\u{2029}e", &["a\\_b\\Nc\\Ld\\Pe"]),
    ("k: \"👩‍👩‍👧 e\\u0301 x\"\n", "e\u{301} x", &["e\\u0301 x"]),
    ("k: 'it''s\n  ok'\n", "it's ok", &["it''s", "ok"]),
    ("k: ''''\n", "'", &["''"]),
    ("k: 'a\n\n  b'\n", "a\nb", &["a", "b"]),
    ("k: 'no \\n escape'\n", "\\n e", &["\\n e"]),
    ("k: |\n  l1 🎉\n   l2\n\n  l3\n", "🎉\n l2\n\nl3", &["🎉", " l2", "l3"]),
    ("k: |-\n  l1\n  l2\n\n\nb: x\n", "1\nl2", &["1", "l2"]),
    ("k: |+\n  l1\n  l2\n\n\nb: x\n", "l2\n\n\n", &["l2"]),
    ("k: |2+\n   l1\n  l2\n\n\nb: x\n", " l1\nl2", &[" l1", "l2"]),
    ("k: |\n\n\n  text here\n", "text", &["text"]),
    ("k: |\n\n\n  text here\n", "\n\ntext", &["text"]),
    ("k: |\n  l1\n  l2", "l2", &["l2"]),
    ("k: |\r\n  l1 é\r\n  l2\r\nb: x\r\n", "é\nl2", &["é", "l2"]),
    ("k: |\n  a\n    \n  b\n", "a\n  \nb", &["a", "  ", "b"]),
    ("k: |\n  a\n  \tb\n", "a\n\tb", &["a", "\tb"]),
    ("k: >\n  f1 🎉\n  f2\n\n  p2\n    more\n  f3\n", "🎉 f2\np2", &["🎉", "f2", "p2"]),
    ("k: >\n  f1\n  f2\n\n  p2\n    more\n  f3\n", "p2\n  more\nf3", &["p2", "  more", "f3"]),
    ("k: >-\n  a\n\n\n  b\n   c\n\n  d\n  e\n", "a\n\nb\n c\n\nd e", &["a", "b", " c", "d", "e"]),
    ("k: >\n\n  lead\n  x\n", "lead x", &["lead", "x"]),
    ("k: >1\n  x\n y\n", " x\ny", &[" x", "y"]),
    ("k: >\r\n  l1 é\r\n  l2\r\n\r\n  l3\r\nb: x\r\n", "é l2\nl3", &["é", "l2", "l3"]),
    ("\u{feff}k: >\n  l1 é\n  l2\n", "é l2", &["é", "l2"]),
    ("k: >\n  trailing  \n  spaces\n", "trailing   spaces", &["trailing  ", "spaces"]),
    ("k: >\n  a\n  \tb\n  c\n", "a\n\tb\nc", &["a", "\tb", "c"]),
    ("k: > # note\n  a\n  b\n", "a b", &["a", "b"]),
    ("k: >+2\n    a\n  b\n", "  a\nb", &["  a", "b"]),
    ("a:\n  - b:\n      - k: >-\n          deep é 🎉\n          text\n", "é 🎉 text", &["é 🎉", "text"]),
    ("- |\n a\n b\n", "a\nb", &["a", "b"]),
    ("- - >\n   x\n   y\n", "x y", &["x", "y"]),
    ("|\n  root\n  two\n", "root\ntwo", &["root", "two"]),
    ("k: !!str >\n  x\n  y\n", "x y", &["x", "y"]),
    ("k: &a |\n  x\n  y\nb: *a\n", "x\ny", &["x", "y"]),
    ("{k: 'a b', j: \"c\\nd\", l: plain\n  more}\n", "plain more", &["plain", "more"]),
    ("{\"k\": \"JSON \\ud83c\\udf89 text\"}", "🎉 te", &["\\ud83c\\udf89 te"]),
    ("? >\n  key\n  two\n: v\n", "key two", &["key", "two"]),
];

#[test]
fn words_are_found_in_every_style() {
    for (yaml, words, expected) in TABLE {
        let scalars = scalars(yaml).unwrap_or_else(|| panic!("{yaml:?} is no YAML"));
        let scalar = scalars.iter().rev().find(|scalar| scalar.text.contains(words));
        let scalar = scalar.unwrap_or_else(|| panic!("{yaml:?} has no {words:?}"));
        let map = ScalarMap::read(yaml, scalar.span.clone(), &scalar.text);
        assert!(map.is_exact(), "{yaml:?}");
        let start = scalar.text.find(words).unwrap();
        let pieces = map.pieces(start..start + words.len());
        let found: Vec<&str> = pieces.into_iter().map(|piece| &yaml[piece]).collect();
        assert_eq!(found, *expected, "{yaml:?} {words:?}");
    }
}

#[test]
fn empty_ranges_give_a_caret() {
    let yaml = "k: one\n  two\n";
    let map = ScalarMap::read(yaml, 3..12, "one two");
    for (range, caret) in [(0..0, 3), (2..2, 5), (3..3, 6), (3..4, 6), (4..4, 9), (7..7, 12), (99..99, 12)] {
        assert_eq!(map.pieces(range.clone()), [caret..caret], "{range:?}");
    }
    assert_eq!(ScalarMap::read("k: \"\"\n", 3..5, "").pieces(0..0), [3..5]);
    assert_eq!(ScalarMap::read("k:\n", 2..2, "").pieces(0..0), [2..2]);
}

#[test]
fn what_does_not_decode_maps_to_the_whole() {
    let yaml = "k: one\n   two  \n";
    let map = ScalarMap::read(yaml, 3..13, "another text");
    assert!(!map.is_exact());
    assert_eq!(map.pieces(2..4), [3..6, 10..13]);
    assert_eq!(ScalarMap::read(yaml, 3..999, "x").pieces(0..1), [3..3]);
}

#[test]
fn parts_and_verbatim_texts_keep_their_places() {
    let yaml = "k: STOP, \"x\"\n";
    let part = ScalarMap::read(yaml, 3..12, "STOP, \"x\"").part(6..9);
    assert_eq!(part.pieces(1..2), [10..11]);
    let page = "first line\nsecond\r\n\nthird";
    let map = ScalarMap::verbatim(100, page);
    assert_eq!(map.pieces(6..20), [106..110, 111..117]);
    assert_eq!(map.pieces(0..page.len()), [100..110, 111..117, 120..125]);
    assert_eq!(ScalarMap::verbatim(7, "").pieces(0..0), [7..7]);
}

#[test]
fn a_long_scalar_takes_linear_time() {
    let start = std::time::Instant::now();
    for text in [" ".repeat(2_000_000), "a  ".repeat(600_000), "a\n ".repeat(600_000)] {
        for yaml in [format!("\"x{text}x\""), format!("x{text}x"), format!("'x{text}x"), format!("|\n x{text}x\n")] {
            ScalarMap::read(&yaml, 0..yaml.len(), "something else");
            let decoded = format!("x{text}x");
            let start = yaml.find('x').unwrap();
            ScalarMap::read(&yaml, start..start + decoded.len(), &decoded);
        }
    }
    assert!(start.elapsed() < std::time::Duration::from_secs(20), "{:?}", start.elapsed());
}

const WORDS: &[&str] = &["a", "b", "é", "🎉", "c d", " ", "\t", "x", "NL", "NLI", "NL", "NLI"];
const DOUBLE: &[&str] =
    &["\\n", "\\t", "\\u00e9", "\\x41", "\\\"", "\\\\", "\\\n  ", "\\ ", "\\U0001F389", "'", "\\uD83C\\uDF89", "\\/"];

/// Pieces of text that make trouble, put together at random.
fn words(more: &'static [&'static str]) -> impl Strategy<Value = String> {
    let all: Vec<&'static str> = WORDS.iter().chain(more).copied().collect();
    prop::collection::vec(prop::sample::select(all), 1..14).prop_map(|words| words.concat())
}

fn block() -> impl Strategy<Value = String> {
    let header = (
        prop::sample::select(vec!["|", ">"]),
        prop::sample::select(vec!["", "", "", "1", "2", "3"]),
        prop::sample::select(vec!["", "-", "+", " # c", "-  "]),
    );
    let blank = prop::sample::select(vec!["", " ", "  ", "   ", "     ", "\t"]).prop_map(str::to_string);
    let inner = prop::sample::select(vec!["", "", "", " ", "  ", "\t"]);
    let body =
        prop::collection::vec(prop::sample::select(vec!["a", "é", "🎉", "c d", "'q'", "\"", "\\n", " ", "#"]), 1..6);
    let line = (inner, body).prop_map(|(inner, body)| format!("  IND{inner}{}", body.concat()));
    let lines = prop::collection::vec(prop_oneof![1 => blank, 3 => line], 1..7);
    (header, lines, any::<bool>()).prop_map(|((style, indent, chomp), lines, cut)| {
        let text = format!("{style}{indent}{chomp}NL{}NL", lines.join("NL"));
        if cut { text.trim_end_matches("NL").to_string() } else { text }
    })
}

fn documents() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        words(&["-", "#", " #", "!", "'", "\""]),
        words(&["''", "\"", "\\n", "''''"]).prop_map(|text| format!("'{text}'")),
        words(DOUBLE).prop_map(|text| format!("\"{text}\"")),
        block(),
        block(),
    ];
    let before = prop::sample::select(vec!["", "# é🎉\n", "\u{feff}", "a: 1\n", "---\n"]);
    let key = prop::sample::select(vec!["k: ", "k:\n  ", "- ", "- - ", "k: &x ", "k: !!str ", "\"q k\": "]);
    let after = prop::sample::select(vec!["", "\n", "\nz: 1\n", "z: 1\n", "\n# c\n", "# c\n- y\n"]);
    let newline = prop::sample::select(vec!["\n", "\n", "\n", "\r\n"]);
    (before, key, value, after, newline, 1..4_usize).prop_map(|(before, key, value, after, newline, indent)| {
        let indent = " ".repeat(indent);
        let value = value.replace("NLI", &format!("NL  {indent}")).replace("IND", &indent).replace("NL", newline);
        format!("{before}{key}{value}{after}")
    })
}

/// Replaces the source of one decoded character by `Z`: exactly this character must change.
fn poke(yaml: &str, index: usize, scalar: &Scalar, map: &ScalarMap) -> Result<(), TestCaseError> {
    for (at, char) in scalar.text.char_indices() {
        let end = at + char.len_utf8();
        let pieces = map.pieces(at..end);
        prop_assert!(pieces.iter().all(|piece| yaml.get(piece.clone()).is_some()));
        let is_same = pieces.len() == 1 && yaml[pieces[0].clone()].chars().eq([char]);
        if !(is_same && char.is_alphabetic()) {
            continue;
        }
        let mut poked = yaml.to_string();
        poked.replace_range(pieces[0].clone(), "Z");
        let mut expected = scalar.text.clone();
        expected.replace_range(at..end, "Z");
        if let Some(again) = scalars(&poked) {
            prop_assert_eq!(again.get(index).map(|scalar| &scalar.text), Some(&expected), "{:?} at {}", yaml, at);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn poking_the_source_changes_exactly_that_character(yaml in documents()) {
        for (index, scalar) in scalars(&yaml).unwrap_or_default().iter().enumerate() {
            let map = ScalarMap::read(&yaml, scalar.span.clone(), &scalar.text);
            if map.is_exact() {
                poke(&yaml, index, scalar, &map)?;
            } else {
                // The parser gives `~` for an empty value, and swallows a comment line that begins with a tab in plain text.
                let swallowed = yaml.contains("\t#") || yaml.contains("\t #");
                prop_assert!(scalar.span.is_empty() || scalar.text.trim().is_empty() || swallowed, "{:?} {:?}", yaml, scalar.text);
            }
        }
    }
}
