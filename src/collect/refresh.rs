//! Redirects that a page itself asks for: `<meta http-equiv="refresh">`.

use url::Url;

use super::answer::{Answer, Body};

/// How far into the page it is looked for, in bytes.
const REACH: usize = 8 * 1024;
/// A page that stays longer than this, in seconds, is one to be read.
const STAY: f32 = 5.0;

/// Where the page sends a visitor at once.
pub fn target(answer: &Answer) -> Option<Url> {
    let (Body::Html(html), Some(url)) = (&answer.body, &answer.url) else { return None };
    let reach = (0..=REACH.min(html.len())).rev().find(|end| html.is_char_boundary(*end))?;
    let head = &html[..reach];
    let lower = head.to_ascii_lowercase();
    let (start, _) = lower.match_indices("<meta").find(|(start, _)| is_refresh(&lower[*start..]))?;
    let before = &lower[..start];
    let hidden = |open: &str, close: &str| before.rfind(open) > before.rfind(close);
    if hidden("<noscript", "</noscript") || hidden("<!--", "-->") || hidden("<script", "</script") {
        return None;
    }
    let end = lower[start..].find('>')? + start;
    let (stay, address) = content(&head[start..end])?;
    let mut target = url.join(address).ok().filter(|_| stay <= STAY)?;
    target.set_fragment(None);
    (target != *url).then_some(target)
}

fn is_refresh(tag: &str) -> bool {
    let tag = &tag[..tag.find('>').unwrap_or(0)];
    tag.contains("http-equiv") && tag.contains("refresh")
}

/// The seconds and the address of `content="0; url=/home"`.
fn content(tag: &str) -> Option<(f32, &str)> {
    let at = tag.to_ascii_lowercase().find("content=")? + "content=".len();
    let value = tag.get(at..)?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let value = quote.map_or(value, |quote| value[1..].split(quote).next().unwrap_or_default());
    let (stay, rest) = value.split_once([';', ','])?;
    let at = rest.to_ascii_lowercase().find("url=")? + "url=".len();
    let address = rest.get(at..)?.trim().trim_matches(['"', '\'']);
    Some((stay.trim().parse().ok()?, address))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn follows_only_what_a_visitor_is_sent_to_at_once() {
        let table = [
            (r#"<meta http-equiv="refresh" content="0; url=/home.html">"#, Some("https://acme.example/home.html")),
            ("<META HTTP-EQUIV=refresh CONTENT='1;URL=https://www.acme.example/'>", Some("https://www.acme.example/")),
            (r#"<meta content="0;url='/x'" http-equiv="Refresh">"#, Some("https://acme.example/x")),
            (r#"<meta http-equiv="refresh" content="300; url=/home.html">"#, None),
            (r#"<meta http-equiv="refresh" content="30">"#, None),
            (r#"<meta http-equiv="refresh" content="0; url=/">"#, None),
            (r#"<noscript><meta http-equiv="refresh" content="0; url=/no-script"></noscript>"#, None),
            (r#"<!-- <meta http-equiv="refresh" content="0; url=/old"> -->"#, None),
            (r#"<meta name="refresh" content="0; url=/x">"#, None),
            ("<meta http-equiv=refresh content=", None),
            ("<p>meta http-equiv refresh", None),
        ];
        for (html, expected) in table {
            let url = Url::parse("https://acme.example/").unwrap();
            let answer = Answer::local(Some(url), Body::Html(format!("<title>é</title>{html}")));
            assert_eq!(target(&answer).as_ref().map(Url::as_str), expected, "{html}");
        }
    }
}
