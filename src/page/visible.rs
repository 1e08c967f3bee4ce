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
//!   A checkbox that a style sheet draws on an empty element, as in a picture of a form, is written alike, but is no control.
//! - White space is one blank, entities are decoded once, and control, bidirectional and zero-width characters are left out.

use std::ops::Range;

use super::clean::is_hidden;

/// A line is broken at the first white space after this many bytes.
pub(super) const SOFT: usize = 470;
/// A word this long is broken, so that no line is ever longer than [`SOFT`] + [`HARD`] bytes.
pub(super) const HARD: usize = 2_000;

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
    pub fn since(&self, mark: Mark) -> Range<usize> {
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::page::tests::read;

    fn assert_reads(cases: &[(&str, &str)]) {
        for (html, expected) in cases {
            assert_eq!(read(html).text.text, *expected, "{html}");
        }
    }

    #[test]
    fn inline_markup_writes_nothing() {
        assert_reads(&[
            ("<p>Reply <strong>STOP</strong> to opt out.</p>", "Reply STOP to opt out."),
            ("<p>un<em>checked</em></p>", "unchecked"),
            ("<p>\n  third parties\n  or&nbsp;affiliates </p>", "third parties or affiliates"),
            ("<span>Frequency varies.</span><span>Reply STOP</span>", "Frequency varies. Reply STOP"),
            ("<b>acme.</b><b>example</b>", "acme.example"),
            ("<a href=/>Home</a><a href=/c>Contact</a>", "Home Contact"),
            ("Msg &amp; data &quot;rates&quot; &#39;may&#39; apply", "Msg & data \"rates\" 'may' apply"),
            ("Msg &amp;amp; data", "Msg &amp; data"),
            ("S\u{200b}T\u{202e}O\u{ad}P \u{7}now", "STOP now"),
            ("a\u{2028}b", "a b"),
        ]);
    }

    #[test]
    fn blocks_lines_and_items_are_parted() {
        assert_reads(&[
            ("<h1>Privacy</h1><p>One.</p><div>Two.</div>", "Privacy\n\nOne.\n\nTwo."),
            ("1 Main St<br>Austin", "1 Main St\nAustin"),
            ("One<br> <br>Two", "One\n\nTwo"),
            (
                "<p>We share with:</p><ul><li>partners</li><li><p>vendors</p></li></ul><p>End",
                "We share with:\n- partners\n- vendors\n\nEnd",
            ),
            ("<ul><li>A<ul><li>a</li></ul></li><li>B</li></ul>", "- A\n- a\n- B"),
            ("<ul><li> </li></ul><p>After</p>", "After"),
            ("<ul><li><i></i></li><li>B</li></ul>", "- B"),
            ("<li>One<p>Two</p></li>", "- One\n\nTwo"),
            ("<dl><dt>Phone</dt><dd>555</dd></dl>", "Phone\n\n555"),
            (
                "<table><tr><th>Day</th><th>Hours</th></tr><tr><td>Mon</td><td>9-5</td></tr></table>",
                "Day | Hours\n\nMon | 9-5",
            ),
            ("<table><tr><td><p>One</p></td><td><p>Two</p></td></tr></table>", "One\n\nTwo"),
            ("<pre>One\ntwo\n\nThree</pre>", "One\ntwo\n\nThree"),
            ("<div class='text-sm whitespace-pre-line'>One\n\nTwo</div>", "One\n\nTwo"),
            ("<img src=x alt='Acme  Dental'><img alt=''>", "Acme Dental"),
        ]);
    }

    #[test]
    fn what_a_visitor_cannot_see_is_left_out() {
        assert_reads(&[
            ("<head><title>T</title><style>a{}</style></head><body>B<script>x</script>", "B"),
            ("A<!-- comment --><template>t</template><noscript>n</noscript><svg><text>s</text></svg>", "A"),
            (
                "A<p hidden>no</p><p style='color:red; DISPLAY : none !important'>no</p><p style='visibility:hidden'>no</p>",
                "A",
            ),
            ("A<dialog>no</dialog><dialog open>yes</dialog>", "A\n\nyes"),
            ("Book <span aria-hidden=true>&rarr;</span><i class=icon aria-hidden=true>menu</i>", "Book"),
            ("A<ul><li role=radio hidden>no</li></ul>", "A"),
            ("<iframe src=/x>fallback</iframe>A<textarea hidden>no</textarea>", "A"),
        ]);
    }

    #[test]
    fn what_a_visitor_can_open_is_kept() {
        assert_reads(&[
            ("<details><summary>Q?</summary><p>A.</p></details>", "Q?\n\nA."),
            ("<div class='modal fade' aria-hidden=true><h5>Policy</h5><p>Text</p></div>", "Policy\n\nText"),
            ("<div class=collapse>Menu</div><div class=hidden>Off</div>", "Menu\n\nOff"),
            ("<button aria-controls=p1>Q</button><div id=p1 hidden>Answer</div>", "[button: Q]\n\nAnswer"),
            ("<a data-bs-target='#m'>Open</a><div id=m style='display:none'>Terms</div>", "Open\n\nTerms"),
            ("<div role=tabpanel hidden>Tab</div>", "Tab"),
            ("<my-card><template shadowrootmode=open><p>Shadow</p></template></my-card>", "Shadow"),
        ]);
    }

    #[test]
    fn controls_stand_in_the_text() {
        assert_reads(&[
            ("<label>Phone <input type=tel></label>", "Phone [tel: Phone]"),
            ("<input type=email placeholder='Your e-mail'>", "[email: Your e-mail]"),
            ("<input type=checkbox id=a checked><div><label for=a>Text me</label></div>", "[x] Text me"),
            ("<label for=a>Text me</label><input type=checkbox id=a><p>Next", "Text me [ ]\n\nNext"),
            ("<table><tr><td><input type=checkbox></td><td>I agree</td></tr></table>", "[ ] I agree"),
            (
                "<label><input type=radio name=r checked>Yes</label><label><input type=radio name=r>No</label>",
                "(x) Yes\n\n( ) No",
            ),
            ("<input type=checkbox aria-label='Text me'><p>Next", "[ ] Text me\n\nNext"),
            ("<div><div class=checkbox-box></div><div><p>I agree</p></div></div>", "[ ] I agree"),
            ("<span class='box checkbox is-checked' aria-hidden=true></span> I agree", "[x] I agree"),
            ("<label><input type=checkbox><span class=checkbox></span>Yes</label>", "[ ] Yes"),
            ("<input type=checkbox id=y><span class=checkbox></span><label for=y>Yes</label>", "[ ] Yes"),
            ("<div role=switch aria-checked=true>Texts</div>", "[x] Texts"),
            ("<select aria-label=State><option>TX<option>OK</select>", "[select: State]"),
            ("<textarea>By signing up\nyou agree.</textarea>", "[text]\n\nBy signing up\nyou agree."),
            (
                "<form><button>Send <b>now</b></button><input type=submit value=Go></form>",
                "[button: Send now]\n\n[button: Go]",
            ),
            ("<button>Menu<p><a href=/>Home</a> <a href=/c>C</a></button>", "Menu\n\nHome C"),
            (
                "<input type=hidden value=x>A<input type=password id=p><label for=p>Secret</label>",
                "A [password: Secret]\n\nSecret",
            ),
        ]);
    }

    #[test]
    fn long_lines_are_broken_at_white_space_only() {
        let page = read(&format!("<p>{}</p><p>{}</p>", "Reply STOP. ".repeat(1_000), "x".repeat(100_000)));
        assert!(page.text.text.lines().all(|line| line.len() <= SOFT + HARD + 10));
        let words = page.text.text.split("\n\n").next().unwrap();
        assert!(words.lines().all(|line| line.len() < 500));
        assert_eq!(words.split_whitespace().count(), 2_000);
        assert!(words.matches('\n').count() == words.matches(" \n").count());
    }
}
