#![allow(clippy::single_range_in_vec_init)]

use super::*;

fn source(name: &str, text: &str) -> Source {
    Source { name: name.to_owned(), text: text.to_owned(), is_page: false }
}

fn place<'s>(source: &'s Source, words: &str) -> Place<'s> {
    let at = source.text.find(words).unwrap();
    Place { source, pieces: vec![at..at + words.len()] }
}

#[test]
fn places_near_each_other_share_an_excerpt_and_keep_their_true_coordinates() {
    let manifest = source("a.yaml", "one\ntwo é stop\nthree\nfour\n\n\n\nnine end\n");
    let other = source("b.yaml", "alone\n");
    let places = [place(&manifest, "end"), place(&manifest, "stop"), place(&manifest, "four"), place(&other, "alone")];
    let (excerpts, shown) = Excerpts::new(&places, 1, 80);
    assert_eq!(excerpts.fragments.len(), 3);
    let words: Vec<&str> = shown.iter().map(|ranges| excerpts.words(&ranges[0])).collect();
    assert_eq!(words, ["end", "stop", "four", "alone"]);
    let span = SourceSpan::from(shown[1][0].clone());
    let contents = excerpts.read_span(&span, 0, 0).unwrap();
    assert_eq!((contents.name(), contents.line(), contents.column()), (Some("a.yaml"), 1, 6));
    let contents = excerpts.read_span(&span, 1, 1).unwrap();
    assert_eq!(std::str::from_utf8(contents.data()).unwrap(), "one\ntwo é stop\nthree\nfour\n");
    let across = SourceSpan::from(shown[1][0].start..shown[3][0].end);
    assert!(excerpts.read_span(&across, 1, 1).is_err());
}

#[test]
fn no_place_makes_it_panic() {
    let texts = ["", "\n", "é\r\nx\r\n", "no end", "\u{feff}a: b\n"];
    for text in texts {
        let source = source("x", text);
        for start in 0..text.len() + 2 {
            for end in start..text.len() + 3 {
                let place = Place { source: &source, pieces: vec![start..end] };
                let (excerpts, shown) = Excerpts::new(&[place], 1, 40);
                for range in &shown[0] {
                    assert!(excerpts.text.is_char_boundary(range.start) && range.end <= excerpts.text.len());
                }
            }
        }
    }
}
