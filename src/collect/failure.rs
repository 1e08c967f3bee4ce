//! From an error of the HTTP client to what it means.

use std::error::Error as StdError;
use std::io::{self, ErrorKind};

use url::Url;

use crate::evidence::Outcome;

use super::fault::{Fault, shown};
use super::guard::{NoAddress, Refused};
use super::tls::Recorder;

/// What a failed request to `url` means.
pub fn fault(error: &reqwest::Error, url: &Url, recorder: &Recorder) -> Fault {
    let host = url.host_str().unwrap_or_default();
    let site = shown(host);
    let mut kind = None;
    let mut last = String::new();
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(this) = cause {
        if let Some(Refused(why)) = this.downcast_ref() {
            return Fault::new(Outcome::Forbidden, why.as_str());
        }
        if let Some(missing) = this.downcast_ref::<NoAddress>() {
            return no_address(missing, &site);
        }
        if let Some(tls) = this.downcast_ref::<rustls::Error>() {
            return recorder.fault(tls, host);
        }
        last = this.to_string();
        // `source` of an I/O error skips the error that it wraps.
        cause = match this.downcast_ref::<io::Error>() {
            Some(io) => {
                kind = Some(io.kind());
                io.get_ref().map(|inner| inner as &(dyn StdError + 'static))
            }
            None => this.source(),
        };
    }
    by_kind(error, kind, &site, &last)
}

fn by_kind(error: &reqwest::Error, kind: Option<ErrorKind>, site: &str, last: &str) -> Fault {
    let fault = |outcome, what: &str| Fault::new(outcome, format!("{site} {what}"));
    match kind {
        Some(ErrorKind::ConnectionRefused) => {
            fault(Outcome::Refused, "refuses the connection: no web server answers there")
        }
        Some(ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::NetworkDown) => {
            fault(Outcome::Refused, "cannot be reached: no way leads to its address")
                .advice("Check this computer's internet connection, then ask whoever hosts the site")
        }
        Some(ErrorKind::TimedOut) => fault(Outcome::Timeout, "did not accept a connection in time"),
        Some(
            ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe
            | ErrorKind::UnexpectedEof,
        ) if error.is_connect() && last.contains("handshake") => {
            fault(Outcome::Refused, "closed the connection during the TLS handshake")
        }
        _ if error.is_decode() && !cut_short(last) => {
            fault(Outcome::Unreadable, "sends a page that cannot be decompressed or decoded")
        }
        _ if error.is_body() || error.is_decode() => {
            fault(Outcome::Refused, "closed the connection before the page was complete")
        }
        Some(_) => fault(Outcome::Refused, "closed the connection without an answer"),
        None if cut_short(last) => fault(Outcome::Refused, "closed the connection without an answer"),
        None => fault(Outcome::ServerError, &format!("does not answer as a web server does ({})", shown(last))),
    }
}

fn cut_short(said: &str) -> bool {
    ["before message", "connection closed", "end of file", "reset", "body write aborted"]
        .iter()
        .any(|sign| said.contains(sign))
}

fn no_address(missing: &NoAddress, site: &str) -> Fault {
    if missing.temporary {
        let advice = "Check this computer's internet connection and run again";
        return Fault::new(
            Outcome::Timeout,
            format!("the name {site} could not be looked up: the name server gave no answer"),
        )
        .advice(advice);
    }
    Fault::new(Outcome::NoSuchHost, format!("there is no site by the name {site}"))
}
