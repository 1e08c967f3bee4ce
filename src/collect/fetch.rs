//! Reading one address over the network: redirects, limits, and what each failure means.

use std::collections::{BTreeMap, HashMap};
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

use super::answer::{Answer, Body};
use super::fault::{Fault, shown};
use super::guard::{self, Guard};
use super::tls::Recorder;
use super::{CollectOptions, charset, failure, recognise};

/// The most redirects that are followed.
const REDIRECTS: usize = 5;
/// The most bytes of a page, decompressed (2 MiB).
const PAGE: usize = 2 * 1024 * 1024;
/// The most bytes of an error page, in which only the marks of guards are looked for (128 KiB).
const ERROR_PAGE: usize = 128 * 1024;
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
            match next(&response, &url)? {
                Some(target) => passed.push(std::mem::replace(&mut url, target)),
                None => {
                    note(progress, |progress| progress.in_body = true);
                    return self.read(response, url, passed).await;
                }
            }
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
            Ok(response) => recognise::status(response.status().as_u16(), &headers(&response), "", url),
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

    /// The text of the last answer.
    async fn read(&self, mut response: Response, url: Url, redirects: Vec<Url>) -> Result<Answer, Fault> {
        let (status, headers) = (response.status().as_u16(), headers(&response));
        if !response.status().is_success() {
            let (bytes, _) = self.body(&mut response, &url, ERROR_PAGE).await.unwrap_or_default();
            return Err(recognise::status(status, &headers, &String::from_utf8_lossy(&bytes), &url));
        }
        let name = shown(url.as_str());
        let unreadable = |why: String| Fault::new(Outcome::Unreadable, format!("{name} {why}"));
        let content_type = headers.get("content-type").map(String::as_str);
        let kind = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if !is_text(&kind) {
            return Err(unreadable(not_a_page(&kind)));
        }
        let (bytes, whole) = self.body(&mut response, &url, PAGE).await?;
        if !whole {
            return Err(unreadable("is larger than 2 MB".into()));
        }
        if let Some(kind) = charset::magic(&bytes) {
            return Err(unreadable(format!("is {kind}, not a web page")));
        }
        let text = charset::decode(&bytes, content_type).map_err(|why| unreadable(why.into()))?;
        let plain = kind == "text/plain" || kind == "text/markdown";
        let body = if plain { Body::Plain(text) } else { Body::Html(text) };
        Ok(Answer { url: Some(url), redirects, status, headers, body })
    }

    /// The decompressed body up to `most` bytes, and whether that is all of it.
    async fn body(&self, response: &mut Response, url: &Url, most: usize) -> Result<(Vec<u8>, bool), Fault> {
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| failure::fault(&error, url, &self.recorder))? {
            let room = most - bytes.len();
            bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
            if chunk.len() > room {
                return Ok((bytes, false));
            }
        }
        Ok((bytes, true))
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

fn headers(response: &Response) -> BTreeMap<String, String> {
    let pairs = response.headers().iter();
    pairs
        .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect()
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

/// A time as people say it.
fn seconds(time: Duration) -> String {
    match time.as_secs_f64() {
        1.0 => "1 second".into(),
        seconds => format!("{seconds} seconds"),
    }
}
