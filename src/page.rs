//! A web page as a visitor sees it. Pure: HTML in, text, links and forms out.

mod clean;
mod context;
mod control;
mod element;
pub mod form;
mod gather;
mod label;
pub mod link;
mod markup;
mod parse;
mod part;
mod place;
mod script;
mod survey;
pub mod visible;
mod walk;

use std::ops::Range;

use url::Url;

pub use form::{Control, ControlKind, Form};
pub use link::{Link, LinkPlace};

use crate::text::{Passage, Source, Sources};
use survey::Survey;
use walk::Walk;

/// A page that was read.
#[derive(Debug, Clone)]
pub struct Page {
    /// The address after redirects; `None` for a page handed in as a file without a known address.
    pub url: Option<Url>,
    /// The address that was asked for.
    pub requested: Option<Url>,
    /// The addresses passed on the way, the requested one first; empty where there was no redirect.
    pub redirects: Vec<Url>,
    /// The text of the `<title>`, white space collapsed.
    pub title: String,
    /// The language the page declares (`en`, `es-US`), if any.
    pub language: Option<String>,
    /// What a visitor reads, as a text browser would write it.
    pub text: Passage,
    /// How many words a visitor reads outside header, menu and footer.
    pub words: usize,
    /// Its links in order of appearance.
    pub links: Vec<Link>,
    /// Its forms in order of appearance, and one pseudo-form of the controls outside any `<form>`.
    pub forms: Vec<Form>,
    /// Headings in order: level 1 to 6 and the bytes in `text`.
    pub headings: Vec<(u8, Range<usize>)>,
    /// Addresses of embedded frames.
    pub frames: Vec<Url>,
    /// The ids and names that `#fragments` can point to, with the bytes of the element in `text`.
    pub anchors: Vec<(String, Range<usize>)>,
    /// Sentences of its inline scripts that look whether a box is ticked, a line each; `None` where there are none.
    pub script_messages: Option<Passage>,
    /// True where a script keeps a button off until a box is ticked.
    pub waits_for_tick: bool,
    /// True where only the beginning was read, because the page is nested too deeply or is too large.
    pub cut: bool,
}

impl Page {
    /// Reads HTML as a visitor would see it, and adds its visible text to `sources` under `name`.
    pub fn read(html: &str, url: Option<&Url>, name: &str, sources: &mut Sources) -> Self {
        let tree = parse::parse(html);
        let survey = Survey::new(tree.html.tree.root());
        let base = survey.base.and_then(|base| link::resolve(url, base)).or_else(|| url.cloned());
        let mut walk = Walk::new(&survey, base).over(tree.html.tree.root());
        let forms = walk.forms();
        let messages = survey.scripts.messages.join("\n");
        let messages = (!messages.is_empty()).then(|| {
            let source = sources.add(Source { name: name.to_owned(), text: messages.clone(), is_page: true });
            Passage::verbatim(messages, source, 0)
        });
        Self {
            title: survey.title.clone(),
            language: survey.language.clone(),
            words: walk.words,
            links: walk.links,
            forms,
            headings: walk.headings,
            frames: walk.frames,
            anchors: walk.anchors,
            script_messages: messages,
            waits_for_tick: survey.scripts.waits_for_tick,
            cut: tree.cut,
            ..Self::of_text(walk.writer.finish(), url, name, sources)
        }
    }

    /// A page handed in as plain text: no links and no forms.
    pub fn plain(text: &str, url: Option<&Url>, name: &str, sources: &mut Sources) -> Self {
        Self::of_text(clean::plain(text), url, name, sources)
    }

    fn of_text(text: String, url: Option<&Url>, name: &str, sources: &mut Sources) -> Self {
        let words = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
        let source = sources.add(Source { name: name.to_owned(), text: text.clone(), is_page: true });
        Self {
            url: url.cloned(),
            requested: url.cloned(),
            redirects: Vec::new(),
            title: String::new(),
            language: None,
            text: Passage::verbatim(text, source, 0),
            words,
            links: Vec::new(),
            forms: Vec::new(),
            headings: Vec::new(),
            frames: Vec::new(),
            anchors: Vec::new(),
            script_messages: None,
            waits_for_tick: false,
            cut: false,
        }
    }

    /// The links in one part of the page, in order.
    pub fn links_in(&self, place: LinkPlace) -> impl Iterator<Item = &Link> {
        self.links.iter().filter(move |link| link.place == place)
    }

    /// The bytes of the section that `#anchor` points to: the element of that id, or, where it is a heading or an empty
    /// mark, everything up to the next heading of its rank.
    pub fn section(&self, anchor: &str) -> Option<Range<usize>> {
        let (_, range) = self.anchors.iter().find(|(name, _)| name == anchor)?;
        let is_heading = |heading: &&(u8, Range<usize>)| heading.1.start <= range.start && range.end <= heading.1.end;
        if !range.is_empty() && !self.headings.iter().any(|heading| is_heading(&heading)) {
            return Some(range.clone());
        }
        let rest = self.text.text.get(range.start..)?;
        let start = range.start + (rest.len() - rest.trim_start().len());
        let first = self.headings.iter().position(|heading| heading.1.end > start);
        let own = first.filter(|&first| self.headings[first].1.start <= start);
        let rank = own.map_or(6, |own| self.headings[own].0);
        let mut later = self.headings.iter().skip(own.map_or(first.unwrap_or(usize::MAX), |own| own + 1));
        let end = later.find(|heading| heading.0 <= rank).map_or(self.text.text.len(), |heading| heading.1.start);
        Some(start..start + self.text.text.get(start..end)?.trim_end().len())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    pub(super) fn read(html: &str) -> Page {
        let url = Url::parse("https://acme.example/dir/page").unwrap();
        Page::read(html, Some(&url), "https://acme.example/dir/page", &mut Sources::default())
    }

    #[test]
    fn the_page_is_described() {
        let page = read(
            "<html lang=en-US><head><title> Acme\n Dental </title></head><body><nav>Home</nav><h1>Our <b>policy</b></h1><p>Two words</p>
             <div role=heading aria-level=3>Small</div><iframe src=/form></iframe><iframe src='about:blank'></iframe><footer>Foot</footer>",
        );
        assert_eq!((page.title.as_str(), page.language.as_deref(), page.words), ("Acme Dental", Some("en-US"), 5));
        let headings: Vec<_> =
            page.headings.iter().map(|(level, range)| (*level, &page.text.text[range.clone()])).collect();
        assert_eq!(headings, [(1, "Our policy"), (3, "Small")]);
        assert_eq!(page.frames.iter().map(Url::as_str).collect::<Vec<_>>(), ["https://acme.example/form"]);
        assert_eq!(page.links_in(LinkPlace::Menu).count(), 0);
        assert!(!page.cut);
    }

    #[test]
    fn an_anchor_leads_to_its_section() {
        let page = read(
            "<section id=all><h2 id=privacy>Privacy</h2><p>No sharing.</p><h3>Texts</h3><p>None.</p><h2>Terms</h2><p>STOP.</p></section>
             <a name=help></a><p>Help us.</p><p>More.</p><h4>End</h4><p id=last>Bye</p>",
        );
        let section = |anchor| page.section(anchor).map(|range| &page.text.text[range]);
        assert_eq!(section("privacy"), Some("Privacy\n\nNo sharing.\n\nTexts\n\nNone."));
        assert_eq!(section("help"), Some("Help us.\n\nMore."));
        assert_eq!(section("last"), Some("Bye"));
        assert!(section("all").is_some_and(|text| text.starts_with("Privacy") && text.ends_with("STOP.")));
        assert_eq!(section("nowhere"), None);
    }

    #[test]
    fn the_text_is_its_source() {
        let mut sources = Sources::default();
        let page = Page::read("<p>Reply <b>STOP</b>", None, "page.html", &mut sources);
        let span = page.text.span(6..10);
        let source = sources.get(span.source);
        assert_eq!((source.text.as_str(), &source.text[span.hull()], source.is_page), ("Reply STOP", "STOP", true));
        let plain = Page::plain("Reply STOP\nor HELP", None, "page.txt", &mut sources);
        assert_eq!((plain.text.text.as_str(), plain.words, plain.links.len()), ("Reply STOP\nor HELP", 4, 0));
    }

    fn assert_in_order(page: &Page) {
        let controls = page.forms.iter().flat_map(|form| form.controls.iter().map(|control| &control.range));
        let ranges =
            controls.chain(page.forms.iter().map(|form| &form.range)).chain(page.links.iter().map(|link| &link.range));
        let ranges = ranges.chain(page.headings.iter().map(|heading| &heading.1));
        for range in ranges.chain(page.anchors.iter().map(|anchor| &anchor.1)) {
            assert!(page.text.text.get(range.clone()).is_some(), "{range:?} in {:?}", page.text.text);
        }
        for (name, _) in &page.anchors {
            assert!(page.section(name).is_none_or(|range| page.text.text.get(range).is_some()));
        }
        assert!(!page.text.text.chars().any(|c| clean::is_hidden(c) && c != '\n'));
        assert!(page.text.text.lines().all(|line| line.len() < 3_000));
    }

    #[test]
    fn hostile_pages_are_read_in_bounded_time() {
        let pages = [
            "<div>".repeat(200_000),
            "<ul><li>".repeat(100_000),
            "<label>x".repeat(100_000),
            "<button>x".repeat(30_000),
            "<table>".repeat(30_000),
            "<form><input type=checkbox>".repeat(15_000),
            "<a href=/privacy>Privacy</a>".repeat(10_000),
            "word ".repeat(200_000),
            "x".repeat(1_000_000),
            format!(
                "<p id=l>{}</p>{}",
                "long ".repeat(5_000),
                "<input type=checkbox aria-labelledby='l l l l l'>".repeat(10_000)
            ),
            format!("<fieldset><legend>{}</legend>{}", "long ".repeat(5_000), "<input type=radio>".repeat(10_000)),
            "<b><input type=checkbox></b>".repeat(10_000),
            "<i id=x aria-hidden=true><svg></i>".repeat(10_000),
        ];
        for html in pages {
            assert_in_order(&read(&html));
        }
    }

    const PIECES: [&str; 44] = [
        "<p>",
        "</p>",
        "<div hidden>",
        "</div>",
        "<ul>",
        "<li>",
        "</ul>",
        "<a href=/p>",
        "</a>",
        "<form id=f>",
        "</form>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<label for=a>",
        "<label>",
        "</label>",
        "<input id=a type=checkbox>",
        "<input type=tel required>",
        "<input form=f>",
        "<select><option>",
        "</select>",
        "<button>",
        "</button>",
        "<h2 id=h>",
        "</h2>",
        "<br>",
        "<fieldset><legend>",
        "</fieldset>",
        "<template>",
        "</template>",
        "<svg>",
        "</svg>",
        "<b>",
        "</b>",
        "<img alt='é'>",
        "<div role=checkbox aria-labelledby=h>",
        "Privacy ",
        "don\u{2019}t.\u{200b}",
        " \n",
        "&amp;amp;",
        "<textarea>",
        "</textarea>",
    ];

    const FORM_PAGE: &str = "<!doctype html><html lang=en><head><title>A &amp; B</title></head><body class=nav-open><header><nav id=menu>
        <ul><li><a href=/>Home</a></li></ul></nav></header><main><h1 id=top>Sign up</h1><p>We share with:</p><ul><li>no one</li></ul>
        <form action=/send id=f><fieldset><legend>Texts? *</legend><label><input type=radio name=r>Yes</label></fieldset>
        <label for=p>Phone <span aria-hidden=true>*</span></label><input id=p type=tel><div style='display:none'><button>Next</button></div>
        <input type=checkbox id=c><label for=c>I agree to texts. <a href=/privacy>Privacy</a></label><table><tr><td>1</td></tr></table>
        <textarea>Terms</textarea></form></main><div id=footer><p>\u{a9} A\u{a0}B</p></div></body></html>";

    proptest::proptest! {
        #[test]
        fn any_tag_soup_gives_ranges_within_the_text(picks in proptest::collection::vec(0..PIECES.len(), 0..60)) {
            assert_in_order(&read(&picks.iter().map(|&pick| PIECES[pick]).collect::<String>()));
        }

        #[test]
        fn any_characters_are_read(html in "(<|>|/|=|'|\"|&|;|!|-|a|div|input|[ \n]|\\PC|\\pC){0,120}") {
            assert_in_order(&read(&html));
            let plain = Page::plain(&html, None, "page.txt", &mut Sources::default());
            assert_in_order(&plain);
        }

        #[test]
        fn any_mutation_of_a_page_is_read(cuts in proptest::collection::vec((0.0..1.0f64, 0usize..30, 0..PIECES.len()), 1..12)) {
            let mut html: Vec<char> = FORM_PAGE.chars().collect();
            for (place, length, piece) in cuts {
                let at = (place * html.len() as f64) as usize;
                let end = (at + length).min(html.len());
                html.splice(at..end, PIECES[piece].chars());
            }
            assert_in_order(&read(&html.into_iter().collect::<String>()));
        }
    }
}
