//! Reads the bytes of a manifest, from a file or from standard input.

use std::fs::File;
use std::io::{ErrorKind, Read, stdin};
use std::path::Path;

use crate::error::Error;
use crate::text::Source;

/// A manifest may have this many bytes; a thousand campaigns with long texts have fewer.
pub const MOST_BYTES: u64 = 8 * 1024 * 1024;

/// Reads a manifest as text; `-` reads standard input.
///
/// # Errors
/// When it cannot be opened, is a folder, is larger than [`MOST_BYTES`], or is not UTF-8 text.
pub fn read_manifest(path: &Path) -> Result<Source, Error> {
    let (name, bytes) = if path == Path::new("-") {
        let name = "<stdin>".to_string();
        let bytes = capped(stdin().lock()).map_err(|error| unreadable(&name, &error))?;
        (name, bytes)
    } else {
        let name = path.display().to_string();
        let metadata = std::fs::metadata(path).map_err(|error| unreadable(&name, &error))?;
        if metadata.is_dir() {
            return Err(
                Error::new(format!("{name} is a folder, not a manifest")).help("Name the file: FOLDER/campaign.yaml")
            );
        }
        if metadata.len() > MOST_BYTES {
            return Err(too_large(&name));
        }
        let file = File::open(path).map_err(|error| unreadable(&name, &error))?;
        let bytes = capped(file).map_err(|error| unreadable(&name, &error))?;
        (name, bytes)
    };
    if bytes.len() as u64 > MOST_BYTES {
        return Err(too_large(&name));
    }
    Ok(Source { text: decoded(&name, bytes)?, name, is_page: false })
}

/// All bytes, but at most one more than allowed.
fn capped(reader: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn decoded(name: &str, bytes: Vec<u8>) -> Result<String, Error> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Error::new(format!("{name} is saved as UTF-16")).help("Save the file as UTF-8"));
    }
    if bytes.contains(&0) {
        return Err(Error::new(format!("{name} is a binary file, not a text")).help(
            "Name the manifest, a text file such as campaign.yaml; save a document or a spreadsheet as text first",
        ));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..valid].iter().filter(|byte| **byte == b'\n').count() + 1;
        Error::new(format!("{name} is not UTF-8: line {line} has a character in another encoding"))
            .help("Save the file as UTF-8")
    })
}

fn unreadable(name: &str, error: &std::io::Error) -> Error {
    match error.kind() {
        ErrorKind::NotFound => Error::new(format!("there is no file {name}")).help("Check the name and the folder"),
        ErrorKind::PermissionDenied => {
            Error::new(format!("{name} may not be read")).help("Ask for permission to read the file")
        }
        _ => Error::new(format!("{name} cannot be read: {error}")).help("Check that it is a file on a working disk"),
    }
}

fn too_large(name: &str) -> Error {
    let most = MOST_BYTES / (1024 * 1024);
    Error::new(format!("{name} is larger than {most} MiB: this is no registration"))
        .help("Name the manifest, a text file such as campaign.yaml")
}
