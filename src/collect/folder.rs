//! A folder of built HTML that answers for the brand's host.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use url::Url;

use crate::error::Error;
use crate::evidence::Outcome;

use super::answer::{Answer, Body};
use super::charset;
use super::fault::{Fault, shown};

/// The most bytes of a file that is read as a page (16 MiB).
pub const MAX_FILE: u64 = 16 * 1024 * 1024;

/// A folder of built HTML.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The folder at `path`.
    ///
    /// # Errors
    /// When it is no folder that can be read.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let wrong = |why: String| {
            Error::new(format!("the site folder {} {why}", path.display()))
                .help("Give --site-dir the folder that holds index.html")
        };
        let root = path.canonicalize().map_err(|error| wrong(format!("cannot be read: {error}")))?;
        fs::read_dir(&root).map_err(|error| wrong(format!("cannot be read: {error}")))?;
        Ok(Self { root })
    }

    /// The file that answers for an address; query and fragment play no part.
    ///
    /// # Errors
    /// When there is no such file, or none that can be read as a page.
    pub fn get(&self, url: &Url) -> Result<Answer, Fault> {
        let tried = candidates(url.path());
        let found = tried.iter().find_map(|name| self.file(name));
        let Some(path) = found else {
            let names = tried.iter().map(|name| format!("`{}`", shown(name))).collect::<Vec<_>>().join(", ");
            let why = if tried.is_empty() {
                format!("the address {} leads out of the site folder", shown(url.path()))
            } else {
                format!("the site folder has none of the files {names}")
            };
            return Err(Fault::new(Outcome::Missing, why));
        };
        let bytes = read(&path).map_err(|error| Fault::new(Outcome::Unreadable, error.message))?;
        Ok(Answer::local(Some(url.clone()), body(&path, &bytes)?))
    }

    /// The file of that name, if it is one and lies in the folder.
    fn file(&self, name: &str) -> Option<PathBuf> {
        let path = self.root.join(name).canonicalize().ok()?;
        (path.starts_with(&self.root) && path.is_file()).then_some(path)
    }
}

/// Reads a page that was handed in as a file.
///
/// # Errors
/// When the file cannot be read or is far too large for a page.
pub fn read(path: &Path) -> Result<Vec<u8>, Error> {
    let wrong = |why: String| Error::new(format!("the page {} {why}", path.display()));
    let help = "Give --page the file that your browser saved, or a text file with the words of the page";
    let file = fs::File::open(path).map_err(|error| wrong(format!("cannot be opened: {error}")).help(help))?;
    let mut bytes = Vec::new();
    file.take(MAX_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| wrong(format!("cannot be read: {error}")).help(help))?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(wrong("is larger than 16 MB".into()).help(help));
    }
    Ok(bytes)
}

/// The text of a page that lies in a file: plain where the name ends in `.txt`, otherwise HTML.
///
/// # Errors
/// When the file holds something else than text.
pub fn body(path: &Path, bytes: &[u8]) -> Result<Body, Fault> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    if let Some(kind) = charset::magic(bytes) {
        return Err(Fault::new(Outcome::Unreadable, format!("the file {} is {kind}, not a web page", shown(&name))));
    }
    let text = charset::decode(bytes, None)
        .map_err(|why| Fault::new(Outcome::Unreadable, format!("the file {} {why}", shown(&name))))?;
    let plain = matches!(extension.as_str(), "txt" | "text" | "md");
    Ok(if plain { Body::Plain(text) } else { Body::Html(text) })
}

/// The file names that can stand for a path, as static hosts look for them; none where it leads out of the folder.
fn candidates(path: &str) -> Vec<String> {
    let mut segments: Vec<String> = Vec::new();
    for segment in path.split('/').map(percent_decoded) {
        match segment.as_str() {
            "" | "." => {}
            ".." => return Vec::new(),
            name if name.contains(['/', '\\', '\0', ':']) => return Vec::new(),
            name => segments.push(name.to_owned()),
        }
    }
    let name = segments.join("/");
    if name.is_empty() {
        return vec!["index.html".into(), "index.htm".into()];
    }
    let mut names = vec![
        name.clone(),
        format!("{name}.html"),
        format!("{name}/index.html"),
        format!("{name}.htm"),
        format!("{name}/index.htm"),
    ];
    if let Some(bare) = name.strip_suffix(".html").filter(|bare| !bare.is_empty()) {
        names = vec![name.clone(), format!("{bare}/index.html")];
    }
    names
}

/// A path with its `%xx` resolved; what is no UTF-8 becomes replacement characters.
pub fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).filter(|pair| bytes[at] == b'%' && pair.iter().all(u8::is_ascii_hexdigit));
        let hex = hex.and_then(|pair| std::str::from_utf8(pair).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
