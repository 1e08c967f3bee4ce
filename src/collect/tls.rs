//! Certificates.
use crate::error::Error;
use rustls::pki_types::CertificateDer;
use std::path::PathBuf;
/// The certificates of PEM files.
pub fn authorities(_files: &[PathBuf]) -> Result<Vec<CertificateDer<'static>>, Error> {
    Ok(Vec::new())
}
