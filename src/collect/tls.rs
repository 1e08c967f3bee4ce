//! TLS: which authorities are trusted, and what a certificate says where it is refused.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use x509_parser::extensions::GeneralName;
use x509_parser::time::ASN1Time;

use crate::error::Error;
use crate::evidence::Outcome;

use super::fault::{Fault, shown};

/// The most names of a certificate that a message lists.
const NAMES: usize = 3;

/// The certificates in PEM files.
///
/// # Errors
/// When a file cannot be read or holds no certificate.
pub fn authorities(files: &[PathBuf]) -> Result<Vec<CertificateDer<'static>>, Error> {
    let mut authorities = Vec::new();
    for file in files {
        let wrong = |why: String| {
            let message = format!("the certificate file {} {why}", file.display());
            Error::new(message).help("Give --cacert a PEM file: text with -----BEGIN CERTIFICATE----- in it")
        };
        let bytes = std::fs::read(file).map_err(|error| wrong(format!("cannot be read: {error}")))?;
        let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&bytes).collect();
        let found = found.map_err(|error| wrong(format!("is damaged: {error}")))?;
        if found.is_empty() {
            return Err(wrong("holds no certificate".into()));
        }
        if let Some(bad) = found.iter().find(|der| RootCertStore::empty().add((*der).clone()).is_err()) {
            return Err(wrong(format!("holds a damaged certificate of {} bytes", bad.len())));
        }
        authorities.extend(found);
    }
    Ok(authorities)
}

/// Checks certificates as browsers do and remembers what they said.
#[derive(Debug)]
pub struct Recorder {
    inner: Arc<WebPkiServerVerifier>,
    seen: Mutex<HashMap<String, Certificate>>,
}

/// What a certificate says.
#[derive(Debug, Clone, Default)]
struct Certificate {
    names: Vec<String>,
    issuer: String,
    self_signed: bool,
    from: String,
    until: String,
}

impl Recorder {
    /// A TLS set-up that trusts the built-in authorities and `extra`, and its recorder.
    ///
    /// # Errors
    /// When the set-up is refused by the TLS library.
    pub fn config(extra: Vec<CertificateDer<'static>>) -> Result<(Arc<Self>, ClientConfig), Error> {
        let failed = |error: &dyn std::fmt::Display| Error::new(format!("TLS cannot be set up: {error}"));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        for authority in extra {
            roots.add(authority).map_err(|error| failed(&error))?;
        }
        let inner = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider));
        let inner = inner.build().map_err(|error| failed(&error))?;
        let recorder = Arc::new(Self { inner, seen: Mutex::default() });
        let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let config = config.map_err(|error| failed(&error))?.dangerous();
        let verifier: Arc<dyn ServerCertVerifier> = Arc::clone(&recorder) as _;
        let mut config = config.with_custom_certificate_verifier(verifier).with_no_client_auth();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok((recorder, config))
    }

    /// True where the host showed a certificate.
    pub fn has_seen(&self, host: &str) -> bool {
        self.seen.lock().is_ok_and(|seen| seen.contains_key(host))
    }

    /// What a TLS error of a host means.
    pub fn fault(&self, error: &rustls::Error, host: &str) -> Fault {
        use CertificateError as Wrong;
        let seen = self.seen.lock().ok().and_then(|seen| seen.get(host).cloned()).unwrap_or_default();
        let site = shown(host);
        let fault = |why: String| Fault::new(Outcome::Certificate, why);
        match error {
            rustls::Error::InvalidCertificate(wrong) => match wrong {
                Wrong::Expired | Wrong::ExpiredContext { .. } => fault(format!("the certificate of {site} expired on {}", seen.until))
                    .advice("Ask whoever hosts the site to renew the certificate; most hosts do this automatically and free of charge once asked"),
                Wrong::NotValidYet | Wrong::NotValidYetContext { .. } => fault(format!("the certificate of {site} is not valid before {}", seen.from))
                    .advice("Check the date of this computer; if it is right, ask whoever hosts the site to install a valid certificate"),
                Wrong::NotValidForName | Wrong::NotValidForNameContext { .. } => {
                    fault(format!("the certificate of {site} is for {}, not for {site}", seen.names()))
                        .advice(format!("Ask whoever hosts the site to install a certificate that names {site}"))
                }
                _ if seen.self_signed => fault(format!("the certificate of {site} is self-signed: no authority vouches for it")),
                Wrong::UnknownIssuer => fault(format!("the certificate of {site} comes from {}, which browsers do not know, or the server leaves out an intermediate certificate", seen.issuer())),
                other => fault(format!("the certificate of {site} is not accepted ({})", shown(&format!("{other:?}")))),
            },
            rustls::Error::InvalidMessage(_) => fault(format!("{site} does not speak https on this port: its answer is not TLS"))
                .advice("Ask whoever hosts the site to switch https on; most hosts do it free of charge"),
            other => fault(format!("{site} and this program could not agree on a secure connection ({})", shown(&other.to_string()))),
        }
    }
}

impl Certificate {
    fn read(der: &[u8]) -> Option<Self> {
        let (_, certificate) = x509_parser::parse_x509_certificate(der).ok()?;
        let names = certificate.subject_alternative_name().ok().flatten();
        let names = names.map(|names| names.value.general_names.iter().filter_map(name).collect()).unwrap_or_default();
        let common_name = certificate.issuer().iter_common_name().next().and_then(|name| name.as_str().ok());
        let issuer = common_name.map_or_else(|| certificate.issuer().to_string(), str::to_owned);
        let self_signed = certificate.subject().as_raw() == certificate.issuer().as_raw();
        let (from, until) = (day(certificate.validity().not_before), day(certificate.validity().not_after));
        Some(Self { names, issuer, self_signed, from, until })
    }

    fn names(&self) -> String {
        let mut names = self.names.iter().take(NAMES).map(|name| shown(name)).collect::<Vec<_>>().join(", ");
        if self.names.len() > NAMES {
            names.push_str(&format!(" and {} more", self.names.len() - NAMES));
        }
        if names.is_empty() { "no name at all".into() } else { names }
    }

    fn issuer(&self) -> String {
        if self.issuer.trim().is_empty() {
            "an issuer without a name".into()
        } else {
            format!("`{}`", shown(&self.issuer))
        }
    }
}

fn name(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress([a, b, c, d]) => Some(format!("{a}.{b}.{c}.{d}")),
        _ => None,
    }
}

/// The day of a time, as `2026-10-02`.
fn day(time: ASN1Time) -> String {
    time.to_datetime().date().to_string()
}

impl ServerCertVerifier for Recorder {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        if let Ok(mut seen) = self.seen.lock() {
            seen.insert(server_name.to_str().into_owned(), Certificate::read(end_entity).unwrap_or_default());
        }
        self.inner.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.inner.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.inner.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}
