//! Bytes to text, in the order browsers use: byte order mark, header, `<meta charset>`, UTF-8 if valid, windows-1252.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How far a `<meta charset>` is looked for, in bytes.
const META_REACH: usize = 1024;

/// The text of a body. `content_type` is the value of the header.
///
/// # Errors
/// When it is not text; the reason continues a sentence that begins with the thing's name.
pub fn decode(bytes: &[u8], content_type: Option<&str>) -> Result<String, &'static str> {
    let encoding = Encoding::for_bom(bytes)
        .map(|(encoding, _)| encoding)
        .or_else(|| content_type.and_then(in_header))
        .or_else(|| in_meta(bytes))
        .unwrap_or_else(|| if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 });
    let (text, _, _) = encoding.decode(bytes);
    let (mut all, mut wrong) = (0_usize, 0_usize);
    for c in text.chars() {
        all += 1;
        wrong += usize::from(c == '\u{fffd}' || (c.is_control() && !c.is_whitespace()));
    }
    if wrong * 20 > all { Err("is not text that can be decoded") } else { Ok(text.into_owned()) }
}

fn in_header(content_type: &str) -> Option<&'static Encoding> {
    let lower = content_type.to_ascii_lowercase();
    let label = lower.split(';').find_map(|part| part.trim().strip_prefix("charset="))?;
    Encoding::for_label(label.trim_matches(['"', '\'', ' ']).as_bytes())
}

fn in_meta(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(META_REACH)]).to_ascii_lowercase();
    let encoding = head.match_indices("charset").find_map(|(start, found)| {
        let value = head[start + found.len()..].trim_start().strip_prefix('=')?.trim_start();
        let label = value.trim_start_matches(['"', '\'']).split(['"', '\'', ' ', ';', '>', '/']).next()?;
        Encoding::for_label(label.as_bytes())
    })?;
    // A page that says so in ASCII cannot be UTF-16.
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

/// What the first bytes say that a file is, where it is no text.
pub fn magic(bytes: &[u8]) -> Option<&'static str> {
    let known: [(&[u8], &str); 9] = [
        (b"%PDF", "a PDF"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"RIFF", "a picture"),
        (b"PK\x03\x04", "a document or archive"),
        (b"\xd0\xcf\x11\xe0", "an Office document"),
        (b"\x1f\x8b", "a compressed file"),
        (b"MIME-Version:", "a web archive (MHTML)"),
    ];
    let start = bytes.trim_ascii_start();
    known.into_iter().find(|(mark, _)| start.starts_with(mark) || bytes.starts_with(mark)).map(|(_, kind)| kind)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_encoding_as_browsers_do() {
        let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain("Café".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let table: [(&[u8], Option<&str>); 8] = [
            ("Café".as_bytes(), None),
            (b"Caf\xe9", None),
            (b"Caf\xe9", Some("text/html; charset=ISO-8859-1")),
            (b"Caf\xe9", Some("text/html; charset=\"windows-1252\"")),
            (&utf16, Some("text/html; charset=utf-8")),
            (b"\xef\xbb\xbfCaf\xc3\xa9", Some("text/html; charset=windows-1252")),
            (b"\xef\xbb\xbfCaf\xc3\xa9", None),
            ("Café".as_bytes(), Some("text/html; charset=no-such-thing")),
        ];
        for (bytes, header) in table {
            assert_eq!(decode(bytes, header).unwrap(), "Café", "{bytes:?} {header:?}");
        }
        let japanese = b"<meta http-equiv=content-type content='text/html; charset=shift_jis'>\x83\x65";
        assert!(decode(japanese, None).unwrap().ends_with('テ'));
        assert!(decode(b"<meta charset=utf-16>plain", None).unwrap().ends_with("plain"));
    }

    #[test]
    fn refuses_what_is_not_text() {
        let noise: Vec<u8> = (0..4000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(decode(&noise, Some("text/html; charset=utf-8")).is_err());
        assert!(decode(b"", None).is_ok());
        assert_eq!(magic(b"%PDF-1.7"), Some("a PDF"));
        assert_eq!(magic(b"<!doctype html>"), None);
    }
}
