//! Rewriting of pages that leaves what a visitor reads as it is.

use crate::words::Rewrite;

/// The words of a page with single blanks and no line breaks inside a block.
pub fn one_line(html: &str) -> String {
    html.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Rewrites each text between tags, as it reads without its entities.
pub fn with_text(html: &str, rewrite: impl Fn(&str) -> String) -> String {
    with_raw_text(html, |text| escaped(&rewrite(&plain(text))))
}

/// Rewrites each text between tags into HTML.
pub fn with_raw_text(html: &str, rewrite: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = html;
    let mut in_title = false;
    while let Some(at) = rest.find('<') {
        let end = at + rest[at..].find('>').unwrap() + 1;
        let (text, tag) = (&rest[..at], &rest[at..end]);
        out += &if text.trim().is_empty() || in_title { text.to_owned() } else { rewrite(text) };
        out += tag;
        in_title = tag.eq_ignore_ascii_case("<title>");
        rest = &rest[end..];
    }
    out + rest
}

/// A text as HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn plain(html: &str) -> String {
    html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Applies `rewrite` to each word of a text that is no address and no entity.
fn words(text: &str, rewrite: impl Fn(usize, &str) -> String) -> String {
    let mut index = 0;
    let parts = text.split(' ').map(|word| {
        index += 1;
        if super::words::is_address(word) || word.contains('&') || word.len() < 2 {
            word.to_owned()
        } else {
            rewrite(index, word)
        }
    });
    parts.collect::<Vec<_>>().join(" ")
}

fn cut(word: &str, between: &str) -> String {
    let at = word.char_indices().nth(word.chars().count() / 2).map_or(0, |(at, _)| at);
    format!("{}{between}{}", &word[..at], &word[at..])
}

fn swap_tag(html: &str, tag: &str, open: &str, close: &str) -> String {
    html.replace(&format!("<{tag}>"), open).replace(&format!("</{tag}>"), close)
}

/// Each paragraph that holds nothing but words and links as a list of its sentences.
fn sentences_as_items(html: &str) -> String {
    let parts = html.split("<p>").enumerate().map(|(index, part)| match part.split_once("</p>") {
        Some((inside, after)) if index > 0 && !inside.contains("<input") && !inside.contains("<select") => {
            let items = super::words::sentences(inside).join("</li><li>");
            format!("<ul><li>{items}</li></ul>{after}")
        }
        _ if index > 0 => format!("<p>{part}"),
        _ => part.to_owned(),
    });
    parts.collect()
}

/// Ways to write the same page.
pub const REWRITES: &[Rewrite] = &[
    ("strong keywords", |html| {
        with_raw_text(html, |text| text.replace("STOP", "<strong>STOP</strong>").replace("HELP", "<b><i>HELP</i></b>"))
    }),
    ("spans inside words", |html| {
        with_raw_text(html, |text| words(text, |_, word| format!("<span>{}</span>", cut(word, "</span><span>"))))
    }),
    ("emphasis on every third word", |html| {
        with_raw_text(html, |text| {
            words(text, |index, word| if index % 3 == 0 { format!("<em>{word}</em>") } else { word.to_owned() })
        })
    }),
    ("comments inside words", |html| with_raw_text(html, |text| words(text, |_, word| cut(word, "<!-- x -->")))),
    ("word breaks", |html| with_raw_text(html, |text| words(text, |_, word| cut(word, "<wbr>")))),
    ("soft hyphens", |html| with_raw_text(html, |text| words(text, |_, word| cut(word, "&shy;")))),
    ("font tags", |html| {
        with_raw_text(html, |text| format!("<font size=\"2\"><span style=\"color: #333\">{text}</span></font>"))
    }),
    ("divisions", |html| swap_tag(html, "p", "<div>", "</div>")),
    ("nested divisions", |html| swap_tag(html, "p", "<section><div><div>", "</div></div></section>")),
    ("list items", |html| swap_tag(html, "p", "<ul><li>", "</li></ul>")),
    ("table cells", |html| swap_tag(html, "p", "<table><tr><td>", "</td></tr></table>")),
    ("one list item a sentence", sentences_as_items),
    ("other headings", |html| swap_tag(&swap_tag(html, "h2", "<h4>", "</h4>"), "h1", "<h2>", "</h2>")),
    ("bold headings", |html| swap_tag(html, "h2", "<p><strong>", "</strong></p>")),
    ("paragraphs in list items", |html| swap_tag(html, "li", "<li><p>", "</p></li>")),
    ("tags in capitals", |html| swap_tag(&swap_tag(html, "p", "<P>", "</P>"), "ul", "<UL>", "</UL>")),
    ("named entities", |html| {
        with_raw_text(html, |text| {
            text.replace('\'', "&rsquo;").replace('-', "&ndash;").replace(" may ", "&nbsp;may&nbsp;")
        })
    }),
    ("blanks as entities", |html| with_raw_text(html, |text| text.replace(' ', "&nbsp;"))),
    ("letters as entities", |html| {
        with_raw_text(html, |text| {
            words(text, |_, word| word.chars().map(|letter| format!("&#{};", u32::from(letter))).collect())
        })
    }),
    ("letters as hexadecimal entities", |html| {
        with_raw_text(html, |text| text.replace('o', "&#x6f;").replace('S', "&#X53;"))
    }),
    ("a line for each word", |html| with_raw_text(html, |text| text.replace(' ', "\r\n\t"))),
    ("a line for each tag", |html| html.replace("><", ">\n<").replace("</p>", "</p>\n\n\n")),
    ("scripts and styles beside the text", |html| {
        html.replace(
            "</p>",
            "</p><script>var consent = 'we sell your phone number';</script><style>p { color: red }</style>",
        )
    }),
    ("attributes", |html| {
        html.replace("<p>", "<p class=\"lead\" data-x='a > b'>").replace("<h2>", "<h2 id=\"sharing\" class='sell'>")
    }),
];
