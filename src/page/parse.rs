//! HTML to a tree, within limits.
//!
//! The parser takes time quadratic in the depth of nesting and copies open formatting tags into every paragraph, so hostile
//! input is fed in small chunks and left off once the tree is too deep, too large or too slow to build.

use std::time::{Duration, Instant};

use html5ever::driver::{ParseOpts, parse_document};
use html5ever::tendril::{StrTendril, TendrilSink};
use scraper::{Html, HtmlTreeSink};

const CHUNK: usize = 1024;
const MAX_NODES: usize = 400_000;
const MAX_DEPTH: usize = 2_000;
const MAX_WORK: usize = 40_000_000;
/// Far above what a real page takes; only tags with very many attributes get this far.
const MAX_TIME: Duration = Duration::from_millis(if cfg!(debug_assertions) { 3_000 } else { 400 });

/// A parsed page.
pub(super) struct Tree {
    pub html: Html,
    /// True where reading stopped before the end of the input.
    pub cut: bool,
}

/// Parses a page; on hostile input only its beginning.
pub(super) fn parse(source: &str) -> Tree {
    let mut parser = parse_document(HtmlTreeSink::new(Html::new_document()), ParseOpts::default());
    let mut limits = Limits { started: Instant::now(), nodes: 0, work: 0 };
    let mut rest = source;
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(chunk_end(rest));
        rest = after;
        parser.process(StrTendril::from_slice(chunk));
        if !rest.is_empty() && limits.exceeded(&parser.tokenizer.sink.sink.0.borrow()) {
            return Tree { html: parser.finish(), cut: true };
        }
    }
    Tree { html: parser.finish(), cut: false }
}

fn chunk_end(rest: &str) -> usize {
    (CHUNK..rest.len()).find(|&at| rest.is_char_boundary(at)).unwrap_or(rest.len())
}

struct Limits {
    started: Instant,
    nodes: usize,
    work: usize,
}

impl Limits {
    fn exceeded(&mut self, html: &Html) -> bool {
        let nodes = html.tree.values().len();
        let depth = html.tree.nodes().next_back().map_or(0, |newest| newest.ancestors().take(MAX_DEPTH + 1).count());
        self.work += (nodes - self.nodes) * depth;
        self.nodes = nodes;
        nodes > MAX_NODES || depth > MAX_DEPTH || self.work > MAX_WORK || self.started.elapsed() > MAX_TIME
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_input_is_cut_and_ordinary_input_is_not() {
        let cases = [
            ("nested divs", "<div>".repeat(200_000), true),
            ("nested spans", "<span>".repeat(100_000), true),
            ("formatting copied into every paragraph", formatting(), true),
            ("attributes without end", attributes(), true),
            ("unclosed paragraphs", "<p>Reply STOP".repeat(20_000), false),
            ("unclosed items", format!("<ul>{}", "<li>item".repeat(20_000)), false),
            ("one line", "word ".repeat(200_000), false),
        ];
        for (name, html, cut) in cases {
            assert_eq!(parse(&html).cut, cut, "{name}");
        }
    }

    fn formatting() -> String {
        let open: String = (0..5_000).map(|n| format!("<b a={n}>")).collect();
        format!("{open}{}", "<p>x".repeat(100_000))
    }

    fn attributes() -> String {
        let names: String = (0..400_000).map(|n| format!("a{n} ")).collect();
        format!("<a {names}>")
    }
}
