#![no_main]

use libfuzzer_sys::fuzz_target;
use tcr_lint::text::{Passage, Source, Sources};

fuzz_target!(|text: &str| {
    let mut sources = Sources::default();
    let source = sources.add(Source { name: "text".to_owned(), text: text.to_owned(), is_page: true });
    let passage = Passage::verbatim(text.to_owned(), source, 0);
    let folded = passage.folded();
    for sentence in passage.sentences() {
        let covered: usize = sentence.clauses.iter().map(|clause| clause.range.len()).sum();
        assert_eq!(covered, sentence.range.len());
        assert!(text.get(folded.original(sentence.range.clone())).is_some());
    }
});
