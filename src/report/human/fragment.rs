//! Links that open a page at the very words: `URL#:~:text=first%20words,last%20words`.

/// Words up to which a passage stands in the link as a whole; longer ones by their first and last words.
const WHOLE: usize = 8;

/// The address with a text fragment for the words; none where the address is no web address or there are no words.
pub fn link(url: &str, words: &str) -> Option<String> {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    let is_plain = url.bytes().all(|byte| byte.is_ascii_graphic());
    let words: Vec<&str> = words.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).collect();
    if !is_web || !is_plain || words.is_empty() {
        return None;
    }
    let text = if words.len() <= WHOLE {
        encode(&words.join(" "))
    } else {
        let (first, last) = (&words[..WHOLE / 2], &words[words.len() - WHOLE / 2..]);
        format!("{},{}", encode(&first.join(" ")), encode(&last.join(" ")))
    };
    let hash = if url.contains('#') { "" } else { "#" };
    Some(format!("{url}{hash}:~:text={text}"))
}

/// Percent-encoding of everything but letters, digits, `.`, `_` and `~`; `-` and `,` mean something in a fragment.
fn encode(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::link;

    #[test]
    fn links_name_the_words() {
        for (url, words, wanted) in [
            ("https://a.example/p", "we share it", "https://a.example/p#:~:text=we%20share%20it"),
            ("https://a.example/p#top", "A, b-c & d", "https://a.example/p#top:~:text=A%2C%20b%2Dc%20d"),
            ("https://a.example/", "naïve\n text", "https://a.example/#:~:text=na%C3%AFve%20text"),
            (
                "https://a.example/",
                "one two three four five six seven eight nine",
                "https://a.example/#:~:text=one%20two%20three%20four,six%20seven%20eight%20nine",
            ),
        ] {
            assert_eq!(link(url, words).as_deref(), Some(wanted));
        }
        assert_eq!(link("saved/privacy.html", "words"), None);
        assert_eq!(link("https://a.example/", " – "), None);
        assert_eq!(link("https://a.example/\u{1b}[2J", "words"), None);
    }
}
