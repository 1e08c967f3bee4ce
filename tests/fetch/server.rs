//! Servers on loopback with certificates of a throw-away authority, and the nasty ones that no HTTP library would be.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// What a server does with a request.
pub enum Reply {
    /// Sends these bytes and closes.
    Send(Vec<u8>),
    /// Sends these bytes and then nothing more, without closing.
    Stall(Vec<u8>),
    /// Waits before it sends.
    Late(Duration, Vec<u8>),
}

/// Chooses the reply for a host and a path.
pub type Site = fn(host: &str, path: &str, visit: usize) -> Reply;

/// How often each `host/path` was asked for.
pub type Visits = Arc<Mutex<HashMap<String, usize>>>;

/// An HTTP answer with a length.
pub fn http(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut bytes = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n", body.len());
    for (name, value) in headers {
        bytes.push_str(&format!("{name}: {value}\r\n"));
    }
    [bytes.as_bytes(), b"\r\n", body].concat()
}

/// A throw-away authority.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// A TLS set-up for `names`, valid from the first day of one year to the first day of another.
    pub fn acceptor(&self, names: &[&str], years: (i32, i32)) -> TlsAcceptor {
        let key = KeyPair::generate().unwrap();
        let certificate = params(names, years).signed_by(&key, &self.0).unwrap();
        acceptor(certificate.der().clone(), &key)
    }
}

/// A TLS set-up that nobody vouches for.
pub fn self_signed(names: &[&str]) -> TlsAcceptor {
    let key = KeyPair::generate().unwrap();
    let certificate = params(names, (2020, 2090)).self_signed(&key).unwrap();
    acceptor(certificate.der().clone(), &key)
}

fn params(names: &[&str], (from, until): (i32, i32)) -> CertificateParams {
    let names: Vec<String> = names.iter().map(|name| name.to_string()).collect();
    let mut params = CertificateParams::new(names).unwrap();
    params.not_before = date_time_ymd(from, 1, 1);
    params.not_after = date_time_ymd(until, 1, 1);
    params
}

fn acceptor(certificate: rustls::pki_types::CertificateDer<'static>, key: &KeyPair) -> TlsAcceptor {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = config.with_no_client_auth().with_single_cert(vec![certificate], key).unwrap();
    TlsAcceptor::from(Arc::new(config))
}

/// Serves a site, over TLS where there is an acceptor; gives its address.
pub async fn serve(tls: Option<TlsAcceptor>, site: Site, visits: Visits) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (tls, visits) = (tls.clone(), Arc::clone(&visits));
            tokio::spawn(async move {
                match tls {
                    Some(tls) => match tls.accept(stream).await {
                        Ok(stream) => answer(stream, site, visits).await,
                        Err(_) => None,
                    },
                    None => answer(stream, site, visits).await,
                }
            });
        }
    });
    address
}

/// A server that does as it likes with each connection.
pub async fn raw<F: Future<Output = ()> + Send + 'static>(behave: fn(TcpStream) -> F) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(behave(stream));
        }
    });
    address
}

/// An address where nothing listens.
pub async fn closed() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap()
}

async fn answer<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S, site: Site, visits: Visits) -> Option<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    assert!(head.starts_with("GET ") && head.to_lowercase().contains("user-agent: tcr-lint/"), "{head}");
    let path = head.split(' ').nth(1)?;
    let host = head.lines().find_map(|line| line.to_lowercase().strip_prefix("host: ").map(str::to_owned))?;
    let visit = {
        let mut visits = visits.lock().unwrap();
        let count = visits.entry(format!("{host}{path}")).or_default();
        *count += 1;
        *count
    };
    let (bytes, stall) = match site(&host, path, visit) {
        Reply::Send(bytes) => (bytes, false),
        Reply::Stall(bytes) => (bytes, true),
        Reply::Late(wait, bytes) => {
            tokio::time::sleep(wait).await;
            (bytes, false)
        }
    };
    stream.write_all(&bytes).await.ok()?;
    stream.flush().await.ok()?;
    if stall {
        tokio::time::sleep(Duration::from_secs(60)).await;
    }
    stream.shutdown().await.ok()
}
