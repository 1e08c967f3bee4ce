//! Reading one address over the network: redirects, limits, and what each failure means.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::{Client, Response, header, redirect};
use rustls::pki_types::CertificateDer;
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};
use url::Url;

use crate::error::Error;
use crate::evidence::Outcome;

use super::answer::Answer;
use super::fault::{Fault, shown};
use super::guard::{self, Guard};
use super::tls::Recorder;
use super::{CollectOptions, body, failure, recognise, refresh};

/// The most redirects that are followed.
const REDIRECTS: usize = 5;
/// The pause before the one retry.
const PAUSE: Duration = Duration::from_millis(300);
/// How long a server may take to accept a connection, when it is only asked whether it does.
const PROBE: Duration = Duration::from_millis(500);

/// How this program introduces itself.
const USER_AGENT: &str =
    concat!("tcr-lint/", env!("CARGO_PKG_VERSION"), " (website check before a 10DLC registration)");
const ACCEPT: &str = "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1";

/// Reads addresses with GET.
pub struct Fetcher {
    http: Client,
    https: Client,
    recorder: Arc<Recorder>,
    handed_out: Arc<Mutex<HashMap<String, SocketAddr>>>,
    allow_private: bool,
    timeout: Duration,
}

/// How far a request has come, to say what it was waiting for.
#[derive(Default)]
struct Progress {
    url: Option<Url>,
    in_body: bool,
    first: Option<Fault>,
}

impl Fetcher {
    /// A fetcher that trusts the built-in authorities and `authorities`.
    ///
    /// # Errors
    /// When TLS or the HTTP client cannot be set up.
    pub fn new(options: &CollectOptions, authorities: Vec<CertificateDer<'static>>) -> Result<Self, Error> {
        let (recorder, tls) = Recorder::config(authorities)?;
        let given = options.resolve.iter().map(|(host, port, address)| ((host.to_ascii_lowercase(), *port), *address));
        let fixed: Arc<HashMap<_, _>> = Arc::new(given.collect());
        let handed_out = Arc::default();
        let client = |port| {
            let guard = Guard {
                fixed: Arc::clone(&fixed),
                port,
                allow_private: options.allow_private,
                handed_out: Arc::clone(&handed_out),
            };
            let client = Client::builder().tls_backend_preconfigured(tls.clone()).no_proxy().dns_resolver(guard);
            let client = client.redirect(redirect::Policy::none()).user_agent(USER_AGENT).referer(false).build();
            client.map_err(|error| Error::new(format!("the HTTP client cannot be set up: {error}")))
        };
        let (http, https) = (client(80)?, client(443)?);
        Ok(Self { http, https, recorder, handed_out, allow_private: options.allow_private, timeout: options.timeout })
    }

    /// What an address answers, redirects followed.
    ///
    /// # Errors
    /// Why it gave no page.
    pub async fn get(&self, url: &Url) -> Result<Answer, Fault> {
        let progress = Mutex::new(Progress::default());
        match timeout(self.timeout, self.follow(url, &progress)).await {
            Ok(answer) => answer,
            Err(_) => Err(self.late(progress.into_inner().unwrap_or_default(), url).await),
        }
    }

    async fn follow(&self, start: &Url, progress: &Mutex<Progress>) -> Result<Answer, Fault> {
        let mut url = start.clone();
        let mut passed: Vec<Url> = Vec::new();
        loop {
            guard::check(&url, self.allow_private).map_err(|fault| on_the_way(fault, &passed))?;
            if passed.contains(&url) {
                let why = format!(
                    "{} redirects in a circle: it comes back to {}",
                    shown(start.as_str()),
                    shown(url.as_str())
                );
                return Err(Fault::new(Outcome::RedirectLoop, why));
            }
            if passed.len() > REDIRECTS {
                let why = format!("{} redirects more than {REDIRECTS} times", shown(start.as_str()));
                return Err(Fault::new(Outcome::RedirectLoop, why));
            }
            note(progress, |progress| progress.url = Some(url.clone()));
            let response = self.send(&url, progress).await.map_err(|fault| on_the_way(fault, &passed))?;
            let target = match next(&response, &url)? {
                Some(target) => target,
                None => {
                    note(progress, |progress| progress.in_body = true);
                    let answer = body::read(response, &url, &passed, &self.recorder).await?;
                    let Some(target) = refresh::target(&answer) else { return Ok(answer) };
                    note(progress, |progress| progress.in_body = false);
                    target
                }
            };
            passed.push(std::mem::replace(&mut url, target));
        }
    }

    /// Sends one request, and once more where the connection or the server failed.
    async fn send(&self, url: &Url, progress: &Mutex<Progress>) -> Result<Response, Fault> {
        let client = if url.scheme() == "https" { &self.https } else { &self.http };
        let request = || {
            let request = client.get(url.clone()).header(header::ACCEPT, ACCEPT);
            request.header(header::ACCEPT_LANGUAGE, "en-US,en;q=0.8").send()
        };
        let fault = match request().await {
            Ok(response) if !response.status().is_server_error() => return Ok(response),
            Ok(response) => recognise::status(response.status().as_u16(), &body::headers(&response), "", url),
            Err(error) => match failure::fault(&error, url, &self.recorder) {
                fault if fault.outcome == Outcome::Refused => fault,
                fault => return Err(fault),
            },
        };
        note(progress, |progress| progress.first = Some(fault));
        sleep(PAUSE).await;
        let second = request().await.map_err(|error| failure::fault(&error, url, &self.recorder));
        note(progress, |progress| progress.first = None);
        second
    }

    /// What a request that ran out of time was waiting for.
    async fn late(&self, progress: Progress, start: &Url) -> Fault {
        if let Some(first) = progress.first {
            return first;
        }
        let url = progress.url.unwrap_or_else(|| start.clone());
        let host = url.host_str().unwrap_or_default();
        let (site, seconds) = (shown(host), seconds(self.timeout));
        let why = if progress.in_body {
            format!("{site} began to send the page and did not finish within {seconds}")
        } else {
            match self.connects(&url, host).await {
                None => format!("the name {site} was not looked up within {seconds}"),
                Some(false) => format!("{site} did not accept a connection within {seconds}"),
                Some(true) if url.scheme() == "https" && !self.recorder.has_seen(host) => {
                    format!("{site} accepted the connection but did not finish the TLS handshake within {seconds}")
                }
                Some(true) => format!("{site} accepted the request and sent no answer within {seconds}"),
            }
        };
        Fault::new(Outcome::Timeout, why)
    }

    /// Whether the server accepts connections at all; `None` where its address is not known.
    async fn connects(&self, url: &Url, host: &str) -> Option<bool> {
        let literal = host.trim_matches(['[', ']']).parse::<IpAddr>().ok().map(|ip| SocketAddr::new(ip, 0));
        let given = self.handed_out.lock().ok().and_then(|handed_out| handed_out.get(host).copied());
        let mut address = literal.or(given)?;
        if url.port().is_some() || address.port() == 0 {
            address.set_port(url.port_or_known_default()?);
        }
        Some(matches!(timeout(PROBE, TcpStream::connect(address)).await, Ok(Ok(_))))
    }
}

fn note(progress: &Mutex<Progress>, change: impl FnOnce(&mut Progress)) {
    if let Ok(mut progress) = progress.lock() {
        change(&mut progress);
    }
}

/// Says by which redirect a refused address was reached.
fn on_the_way(mut fault: Fault, passed: &[Url]) -> Fault {
    if let Some(before) = passed.last() {
        fault.why = format!("{} redirects to another address: {}", shown(before.as_str()), fault.why);
    }
    fault
}

/// The address that an answer redirects to.
fn next(response: &Response, url: &Url) -> Result<Option<Url>, Fault> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let Some(location) = response.headers().get(header::LOCATION) else { return Ok(None) };
    let location = String::from_utf8_lossy(location.as_bytes());
    let mut target = url.join(&location).map_err(|_| {
        let why = format!("{} redirects to `{}`, which is no web address", shown(url.as_str()), shown(&location));
        Fault::new(Outcome::RedirectLoop, why)
    })?;
    target.set_fragment(None);
    Ok(Some(target))
}

/// A time as people say it.
fn seconds(time: Duration) -> String {
    match time.as_secs_f64() {
        1.0 => "1 second".into(),
        seconds => format!("{seconds} seconds"),
    }
}
