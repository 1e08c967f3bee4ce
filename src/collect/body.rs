//! From the body of an HTTP answer to text, within limits.

use std::collections::BTreeMap;

use reqwest::Response;
use url::Url;

use crate::evidence::Outcome;

use super::answer::{Answer, Body};
use super::fault::{Fault, shown};
use super::tls::Recorder;
use super::{charset, failure, recognise};

/// The most bytes of a page, decompressed (2 MiB).
const PAGE: usize = 2 * 1024 * 1024;
/// The most bytes of an error page, in which only the marks of guards are looked for (128 KiB).
const ERROR_PAGE: usize = 128 * 1024;

/// The text of an answer that is no redirect.
///
/// # Errors
/// When its status is an error, or when it holds no text that can be read.
pub async fn read(mut response: Response, url: &Url, redirects: &[Url], recorder: &Recorder) -> Result<Answer, Fault> {
    let (status, headers) = (response.status().as_u16(), headers(&response));
    if !response.status().is_success() {
        let (bytes, _) = bytes(&mut response, url, ERROR_PAGE, recorder).await.unwrap_or_default();
        return Err(recognise::status(status, &headers, &String::from_utf8_lossy(&bytes), url));
    }
    let name = shown(url.as_str());
    let unreadable = |why: &str| Fault::new(Outcome::Unreadable, format!("{name} {why}"));
    let content_type = headers.get("content-type").map(String::as_str);
    let kind = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if !is_text(&kind) {
        return Err(unreadable(&not_a_page(&kind)));
    }
    let (bytes, whole) = bytes(&mut response, url, PAGE, recorder).await?;
    if !whole {
        return Err(unreadable("is larger than 2 MB"));
    }
    if let Some(kind) = charset::magic(&bytes) {
        return Err(unreadable(&format!("is {kind}, not a web page")));
    }
    let text = charset::decode(&bytes, content_type).map_err(unreadable)?;
    let plain = kind == "text/plain" || kind == "text/markdown";
    let body = if plain { Body::Plain(text) } else { Body::Html(text) };
    Ok(Answer { url: Some(url.clone()), redirects: redirects.to_vec(), status, headers, body })
}

/// The decompressed body up to `most` bytes, and whether that is all of it.
async fn bytes(response: &mut Response, url: &Url, most: usize, recorder: &Recorder) -> Result<(Vec<u8>, bool), Fault> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| failure::fault(&error, url, recorder))? {
        let room = most - bytes.len();
        bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if chunk.len() > room {
            return Ok((bytes, false));
        }
    }
    Ok((bytes, true))
}

/// The headers of an answer, names in lower case.
pub fn headers(response: &Response) -> BTreeMap<String, String> {
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    response.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes()))).collect()
}

fn is_text(kind: &str) -> bool {
    matches!(kind, "" | "text/html" | "application/xhtml+xml" | "text/plain" | "text/markdown")
}

fn not_a_page(kind: &str) -> String {
    match kind {
        "application/pdf" => "is a PDF, not a web page".into(),
        picture if picture.starts_with("image/") => "is a picture, not a web page".into(),
        other => format!("is a file of type `{}`, not a web page", shown(other)),
    }
}
