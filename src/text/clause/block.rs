use std::ops::Range;

use super::Sentence;
use super::sentence;
use super::wording::Wording;

/// A heading has at most this many bytes …
const LONGEST_HEADING: usize = 90;
/// … and an item of a list without marks no more words than this.
const LONGEST_BARE_ITEM: usize = 14;

/// Lists nest no deeper than this.
const DEEPEST: usize = 5;

/// A block of a folded text: a paragraph, a heading or a list item.
struct Block {
    range: Range<usize>,
    mark: Option<Mark>,
}

/// The kind of mark before a list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Bullet(u8),
    Number,
    Letter,
    Roman,
    Box,
}

/// An open list: what marks its items, and what introduces them.
struct List {
    mark: Option<Mark>,
    intro: Option<Range<usize>>,
}

/// The sentences of a folded text without their clauses.
pub(super) fn sentences(text: &str, wording: &Wording) -> Vec<Sentence> {
    let blocks = blocks(text);
    let mut sentences: Vec<Sentence> = Vec::new();
    let mut lists: Vec<List> = Vec::new();
    let mut under = None;
    for (number, block) in blocks.iter().enumerate() {
        let ranges = sentence::split(text, &block.range, wording);
        let next = blocks.get(number + 1);
        let bare = is_in_bare_list(&lists, block, next, sentences.last(), text);
        let listed = block.mark.is_some() && lists.iter().any(|list| list.mark == block.mark);
        let heading = ranges.len() == 1 && !bare && !listed && is_heading(text, block, next);
        let item = enter(&mut lists, block, heading, sentences.last(), text);
        if heading {
            under = None;
        }
        for range in ranges {
            let question = text[range.clone()].trim_end_matches(['"', '\'', ')', '*']).ends_with('?');
            let intros = if item { lists.iter().filter_map(|list| list.intro.clone()).collect() } else { Vec::new() };
            sentences.push(Sentence {
                range,
                intros,
                under: under.clone(),
                heading,
                item,
                question,
                clauses: Vec::new(),
            });
        }
        if heading {
            under = sentences.last().map(|sentence| sentence.range.clone());
        }
    }
    sentences
}

/// Opens, keeps or closes lists as a block demands; true where the block is an item.
fn enter(lists: &mut Vec<List>, block: &Block, heading: bool, last: Option<&Sentence>, text: &str) -> bool {
    let body = &text[block.range.clone()];
    if heading {
        lists.clear();
        return false;
    }
    match block.mark {
        Some(mark) => {
            enter_marked(lists, mark, last, text);
            true
        }
        None => enter_bare(lists, body, last, text),
    }
}

fn enter_marked(lists: &mut Vec<List>, mark: Mark, last: Option<&Sentence>, text: &str) {
    let intro = last.filter(|last| introduces(&text[last.range.clone()])).map(|last| last.range.clone());
    let after_item = last.is_some_and(|last| last.item);
    let Some(level) = lists.iter().position(|list| list.mark == Some(mark)) else {
        if !after_item {
            lists.clear();
        }
        lists.truncate(DEEPEST - 1);
        return lists.push(List { mark: Some(mark), intro });
    };
    let innermost = lists.len() - 1;
    let nests = after_item && intro.as_ref().is_some_and(|intro| text[intro.clone()].ends_with(':'));
    if nests && lists[innermost].mark == Some(mark) {
        lists.truncate(level + 1);
        lists.push(List { mark: Some(mark), intro });
    } else if lists[innermost].mark != Some(mark) {
        lists.truncate(level + 1);
    }
}

/// True where a short block without a mark is an item and no heading: right after a colon, or among its like.
fn is_in_bare_list(lists: &[List], block: &Block, next: Option<&Block>, last: Option<&Sentence>, text: &str) -> bool {
    if block.mark.is_some() || text[block.range.clone()].starts_with('#') {
        return false;
    }
    if last.is_some_and(|last| !last.heading && opens_list(&text[last.range.clone()])) {
        return true;
    }
    let open = lists.last().is_some_and(|list| list.mark.is_none());
    open && next.is_none_or(|next| next.mark.is_none() && is_bare_item(&text[next.range.clone()]))
}

/// A block without a mark is an item right after a colon, and after such an item while the blocks stay short.
fn enter_bare(lists: &mut Vec<List>, body: &str, last: Option<&Sentence>, text: &str) -> bool {
    if let Some(last) = last.filter(|last| !last.heading && opens_list(&text[last.range.clone()])) {
        if !last.item {
            lists.clear();
        }
        lists.truncate(DEEPEST - 1);
        lists.push(List { mark: None, intro: Some(last.range.clone()) });
        return true;
    }
    let led_on = last.is_some_and(|last| last.item && leads_on(&text[last.range.clone()]));
    let goes_on = lists.last().is_some_and(|list| list.mark.is_none()) && (led_on || is_bare_item(body));
    if !goes_on {
        lists.clear();
    }
    goes_on
}

/// True where a marked list that follows the sentence belongs to it.
fn introduces(sentence: &str) -> bool {
    let open = !sentence.ends_with(['.', '!', '?', ';', ',']);
    open || opens_list(sentence) || ["following", "as follows", "below"].iter().any(|word| sentence.contains(word))
}

fn opens_list(sentence: &str) -> bool {
    let end = sentence.trim_end_matches(['*', '_', '"', ' ']);
    end.ends_with(':') || end.ends_with(":-") || end.ends_with(" -")
}

/// True for an item after which another one follows: `…;`, `…, and`.
fn leads_on(item: &str) -> bool {
    [";", ",", "; and", ", and", "; or", ", or"].iter().any(|end| item.ends_with(end))
}

fn is_bare_item(body: &str) -> bool {
    body.ends_with([';', ',']) || !body.ends_with(['.', '!', '?', ':']) && body.split(' ').count() <= LONGEST_BARE_ITEM
}

fn is_heading(text: &str, block: &Block, next: Option<&Block>) -> bool {
    let body = &text[block.range.clone()];
    if body.starts_with('#') {
        return true;
    }
    let bare = body.trim_end_matches(['*', '_', '"']);
    if body.len() > LONGEST_HEADING || bare.ends_with(['.', '!', ';', ',', ':']) {
        return false;
    }
    let Some(next) = next else { return false };
    match block.mark {
        None => true,
        Some(Mark::Number | Mark::Letter | Mark::Roman) => next.mark != block.mark,
        Some(_) => false,
    }
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut start = 0;
    for part in text.split("\n\n") {
        let range = start..start + part.len();
        start = range.end + 2;
        if part.trim().is_empty() {
            continue;
        }
        match blocks.last_mut() {
            Some(last) if is_lone_mark(&text[last.range.clone()]) => last.range.end = range.end,
            _ => blocks.push(Block { range, mark: None }),
        }
    }
    for block in &mut blocks {
        block.mark = mark(&text[block.range.clone()]);
    }
    blocks
}

fn is_lone_mark(block: &str) -> bool {
    matches!(block, "-" | "*" | "+" | "[ ]" | "[x]" | "[]")
}

/// How many bytes the mark of a list item takes, the blank after it included.
pub(super) fn mark_length(item: &str) -> usize {
    let Some(mark) = mark(item) else { return 0 };
    let length = item.find(if mark == Mark::Box { ']' } else { ' ' }).map_or(0, |at| at + 1);
    item.len() - item[length..].trim_start().len()
}

fn mark(block: &str) -> Option<Mark> {
    let (mark, rest) = block.split_once([' ', '\n'])?;
    if mark.len() <= 4 && !mark.is_ascii() || matches!(mark, "-" | "*" | "+") {
        let single = mark.chars().count() == 1 && !mark.starts_with(char::is_alphanumeric);
        return single.then(|| Mark::Bullet(mark.as_bytes()[0]));
    }
    if matches!(mark, "[x]" | "[]" | "(o)") || mark == "[" && rest.starts_with(']') {
        return Some(Mark::Box);
    }
    let bracketed = mark.starts_with('(');
    let body = mark.trim_start_matches('(');
    let body = body.strip_suffix(')').or_else(|| body.strip_suffix('.').filter(|_| !bracketed))?;
    if body.is_empty() || body.len() > 6 {
        return None;
    }
    if body.starts_with(|letter: char| letter.is_ascii_digit())
        && body.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    {
        return Some(Mark::Number);
    }
    if body.len() > 1 && body.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x')) {
        return Some(Mark::Roman);
    }
    (body.len() == 1 && body.as_bytes()[0].is_ascii_lowercase()).then_some(Mark::Letter)
}
