//! What a visitor reads of a page, written as a text browser would. The splitter of sentences relies on this contract:
//!
//! - **Blocks** (paragraphs, headings, table rows, `<div>`) are parted by an empty line: `\n\n`. Nothing reads on across it.
//! - **List items** stand on their own line, which begins with `- `; the text before the first item is its introduction.
//!   The items of a list follow each other without empty lines. A nested list is written like its parent list.
//! - **Table cells** of a row are parted by ` | `; a cell that holds blocks is written as blocks.
//! - **A single newline is white space.** Where it is a `<br>` or a line of preformatted text, it stands alone; where it
//!   only keeps lines short (about 500 bytes), a blank stands before it. Two `<br>` make an empty line.
//! - **Controls** stand in the line: `[x]`, `[ ]` (checkbox, switch) and `(x)`, `( )` (radio) with the label after them,
//!   `[tel: Mobile number]`, `[email: …]`, `[select: …]`, `[date: …]`, `[password: …]`, `[text: …]`, `[button: Send]`.
//! - White space is one blank, entities are decoded once, and control, bidirectional and zero-width characters are left out.

/// A line is broken at the first white space after this many bytes.
const SOFT: usize = 470;
/// A word this long is broken, so that no line is ever longer than [`SOFT`] + [`HARD`] bytes.
const HARD: usize = 2_000;

/// What parts two pieces of text; the strongest asked for is written, and only once more text follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    None,
    Blank,
    Cell,
    Line,
    Block,
    Item,
}

/// A place at which an element starts: the text written next, once it is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark(usize);

/// Writes visible text.
#[derive(Debug)]
pub(super) struct Writer {
    text: String,
    line: usize,
    pending: Break,
    /// Set after a checkbox whose label follows: the label stays in its line, whatever element it is in.
    glued: bool,
    /// Set at the edge of an element.
    seam: bool,
    starts: Vec<usize>,
    waiting: Vec<usize>,
}

impl Writer {
    pub fn new() -> Self {
        let (starts, waiting) = (Vec::new(), Vec::new());
        Self { text: String::new(), line: 0, pending: Break::None, glued: false, seam: false, starts, waiting }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn finish(self) -> String {
        self.text
    }

    /// Parts what was written from what will be.
    pub fn part(&mut self, wanted: Break) {
        let second_line = wanted == Break::Line && self.pending == Break::Line;
        self.pending = self.pending.max(if second_line { Break::Block } else { wanted });
    }

    /// Ends a list item: one without text leaves no empty item behind.
    pub fn end_item(&mut self) {
        self.pending = Break::Block;
    }

    /// Notes the edge of an element that has no box of its own.
    pub fn seam(&mut self) {
        self.seam = true;
    }

    /// Keeps the text that follows in the line of the control before it.
    pub fn glue(&mut self) {
        self.glued = true;
    }

    /// Remembers where the next text will start.
    pub fn mark(&mut self) -> Mark {
        self.starts.push(usize::MAX);
        self.waiting.push(self.starts.len() - 1);
        Mark(self.starts.len() - 1)
    }

    /// The bytes from a mark up to here; empty where nothing was written since.
    pub fn since(&self, mark: Mark) -> std::ops::Range<usize> {
        let end = self.text.len();
        self.starts[mark.0].min(end)..end
    }

    /// Writes text of the page; `pre` keeps its line breaks.
    pub fn write(&mut self, raw: &str, pre: bool) {
        for c in raw.chars() {
            match c {
                '\n' if pre => self.part(Break::Line),
                c if c.is_whitespace() => self.part(Break::Blank),
                c if is_hidden(c) => {}
                c => self.push(c),
            }
        }
    }

    /// Writes a control, parted by blanks from what is around it.
    pub fn atom(&mut self, raw: &str) {
        self.part(Break::Blank);
        self.glued = false;
        self.write(raw, false);
        self.part(Break::Blank);
    }

    fn push(&mut self, c: char) {
        if self.seam {
            self.close_seam(c);
        }
        if self.pending != Break::None || !self.waiting.is_empty() {
            self.open();
        }
        if self.text.len() - self.line > SOFT + HARD {
            self.wrap();
        }
        self.text.push(c);
    }

    /// Sentences in neighbouring elements without white space between them are parted by style sheets.
    fn close_seam(&mut self, next: char) {
        self.seam = false;
        if self.text.ends_with(['.', '!', '?', ':', ';']) && next.is_uppercase() {
            self.part(Break::Blank);
        }
    }

    fn open(&mut self) {
        let glued = std::mem::take(&mut self.glued) && self.pending > Break::Blank;
        let pending = std::mem::replace(&mut self.pending, Break::None);
        match if glued { Break::Blank } else { pending } {
            Break::Item if self.text.is_empty() => self.text.push_str("- "),
            _ if self.text.is_empty() => {}
            Break::None => {}
            Break::Blank if self.text.len() - self.line > SOFT => self.wrap(),
            Break::Blank => self.text.push(' '),
            Break::Cell => self.text.push_str(" | "),
            Break::Line => self.start_line("\n", ""),
            Break::Block => self.start_line("\n\n", ""),
            Break::Item => self.start_line("\n", "- "),
        }
        for mark in self.waiting.drain(..) {
            self.starts[mark] = self.text.len();
        }
    }

    fn wrap(&mut self) {
        self.start_line(" \n", "");
    }

    fn start_line(&mut self, end: &str, start: &str) {
        self.text.push_str(end);
        self.line = self.text.len();
        self.text.push_str(start);
    }
}

/// True for characters that a visitor cannot see: controls, bidirectional overrides, zero-width and other ignorable ones.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}')
        || matches!(c, '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}')
        || matches!(c, '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// White space collapsed, hidden characters left out, at most `limit` bytes.
pub(super) fn collapse(raw: &str, limit: usize) -> String {
    let mut text = String::new();
    let mut blank = false;
    for c in raw.chars().filter(|&c| c.is_whitespace() || !is_hidden(c)) {
        if c.is_whitespace() {
            blank = !text.is_empty();
            continue;
        }
        if text.len() + c.len_utf8() + usize::from(blank) > limit {
            break;
        }
        if std::mem::take(&mut blank) {
            text.push(' ');
        }
        text.push(c);
    }
    text
}

/// A text file: its own lines, without hidden characters and with long lines broken.
pub(super) fn plain(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut line = 0;
    let raw = raw.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    for c in raw.chars().filter(|&c| c.is_whitespace() || !is_hidden(c)) {
        match c {
            '\n' => {
                text.push('\n');
                line = text.len();
            }
            c if c.is_whitespace() || text.len() - line > SOFT + HARD => {
                text.push(' ');
                if text.len() - line > SOFT {
                    text.push('\n');
                    line = text.len();
                }
                if !c.is_whitespace() {
                    text.push(c);
                }
            }
            c => text.push(c),
        }
    }
    text
}
