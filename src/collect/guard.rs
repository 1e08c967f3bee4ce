//! What may be asked: public web addresses only, checked in every address, on every redirect and after every look-up.

use std::collections::HashMap;
use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use crate::evidence::Outcome;

use super::fault::{Fault, shown};

/// Top-level names that never exist on the internet (RFC 2606, RFC 6761); they are not looked up.
const RESERVED: [&str; 2] = [".example", ".invalid"];

/// What an address is, if it is not a public one that anybody can reach.
pub fn private(ip: IpAddr) -> Option<&'static str> {
    match ip {
        IpAddr::V4(ip) => private_v4(ip),
        IpAddr::V6(ip) => private_v6(ip),
    }
}

fn private_v4(ip: Ipv4Addr) -> Option<&'static str> {
    let [a, b, c, _] = ip.octets();
    match () {
        () if ip.is_loopback() => Some("this computer itself"),
        () if ip.is_private() => Some("a private network"),
        () if ip.is_link_local() => Some("the local network or a cloud's metadata service"),
        () if a == 0 => Some("no address at all"),
        () if a >= 240 => Some("a reserved address"),
        () if ip.is_multicast() => Some("a multicast address"),
        () if ip.is_documentation() => Some("an address for documentation only"),
        () if a == 100 && b & 0xc0 == 64 => Some("a provider's internal network"),
        () if a == 198 && b & 0xfe == 18 => Some("a test network"),
        () if a == 192 && b == 0 && c == 0 => Some("a reserved address"),
        () if a == 192 && b == 88 && c == 99 => Some("a reserved address"),
        () => None,
    }
}

fn private_v6(ip: Ipv6Addr) -> Option<&'static str> {
    let s = ip.segments();
    let inner = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match s {
        _ if ip.is_loopback() => Some("this computer itself"),
        _ if ip.is_unspecified() => Some("no address at all"),
        // v4-mapped, v4-compatible, NAT64 and 6to4 carry a v4 address.
        [0, 0, 0, 0, 0, 0xffff | 0, high, low] => private_v4(inner(high, low)),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => private_v4(inner(high, low)),
        [0x64, 0xff9b, ..] => Some("a private network"),
        [0x2002, high, low, ..] => private_v4(inner(high, low)),
        _ if ip.is_unique_local() => Some("a private network"),
        _ if ip.is_unicast_link_local() => Some("the local network"),
        _ if ip.is_multicast() => Some("a multicast address"),
        [0x2001, 0xdb8, ..] | [0x3fff, ..] => Some("an address for documentation only"),
        [0x2001, 0..=0x1ff, ..] => Some("a reserved address"),
        [first, ..] if first & 0xe000 != 0x2000 => Some("a reserved address"),
        _ => None,
    }
}

/// Refuses what is no public web address. Names are checked again when they are looked up.
///
/// # Errors
/// With [`Outcome::Forbidden`] and the reason.
pub fn check(url: &Url, allow_private: bool) -> Result<(), Fault> {
    let forbidden = |why: String| Err(Fault::new(Outcome::Forbidden, why));
    let name = shown(url.as_str());
    if !matches!(url.scheme(), "http" | "https") {
        return forbidden(format!("{name} is no web address: it begins with `{}:`", shown(url.scheme())));
    }
    let Some(host) = url.host() else { return forbidden(format!("{name} names no site")) };
    if !url.username().is_empty() || url.password().is_some() {
        return forbidden(format!("{name} carries a user name; the site it leads to is {}", shown(&host.to_string())));
    }
    let ip = match host {
        Host::Ipv4(ip) => IpAddr::V4(ip),
        Host::Ipv6(ip) => IpAddr::V6(ip),
        Host::Domain(_) => return Ok(()),
    };
    match private(ip).filter(|_| !allow_private) {
        Some(what) => forbidden(format!("{name} is {ip}, {what}, not a public website")),
        None => Ok(()),
    }
}

/// A name that leads to an address that may not be asked.
#[derive(Debug)]
pub struct Refused(pub String);

/// A name that could not be looked up.
#[derive(Debug)]
pub struct NoAddress {
    /// True where the look-up itself failed, so that the name may well exist.
    pub temporary: bool,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for NoAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name could not be looked up")
    }
}

impl StdError for Refused {}
impl StdError for NoAddress {}

/// Looks names up and hands out checked addresses only, so that nothing can change between check and use.
///
/// The HTTP client asks by name alone; therefore there is one guard for each scheme, which knows the scheme's port.
#[derive(Debug, Clone)]
pub struct Guard {
    /// Addresses to use instead of looking up, by host and port.
    pub fixed: Arc<HashMap<(String, u16), SocketAddr>>,
    /// The port of the scheme.
    pub port: u16,
    /// Private and loopback addresses may be asked.
    pub allow_private: bool,
    /// The addresses handed out, by host.
    pub handed_out: Arc<Mutex<HashMap<String, SocketAddr>>>,
}

impl Guard {
    async fn look_up(&self, host: &str) -> Result<Vec<SocketAddr>, Box<dyn StdError + Send + Sync>> {
        if let Some(address) = self.fixed.get(&(host.to_owned(), self.port)) {
            return Ok(vec![*address]);
        }
        // An address given for another port: a port in the URL wins over the one from here.
        if let Some((_, address)) = self.fixed.iter().find(|((name, _), _)| name == host) {
            return Ok(vec![SocketAddr::new(address.ip(), 0)]);
        }
        if RESERVED.iter().any(|reserved| host.ends_with(reserved)) {
            return Err(Box::new(NoAddress { temporary: false }));
        }
        let found =
            tokio::net::lookup_host((host, 0)).await.map_err(|error| NoAddress { temporary: is_temporary(&error) })?;
        let addresses: Vec<SocketAddr> = found.collect();
        if addresses.is_empty() {
            return Err(Box::new(NoAddress { temporary: false }));
        }
        // One bad address spoils the name: otherwise it could be chosen at the next connection.
        let bad = addresses.iter().find_map(|address| Some((address.ip(), private(address.ip())?)));
        match bad.filter(|_| !self.allow_private) {
            Some((ip, what)) => {
                Err(Box::new(Refused(format!("{} leads to {ip}, {what}, not to a public website", shown(host)))))
            }
            None => Ok(addresses),
        }
    }
}

/// The system tells a name server's failure from a missing name by its words only.
fn is_temporary(error: &io::Error) -> bool {
    let said = error.to_string().to_lowercase();
    said.contains("temporary") || said.contains("try again") || said.contains("timed out")
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            let host = name.as_str().trim_end_matches('.').to_ascii_lowercase();
            let addresses = guard.look_up(&host).await?;
            if let (Ok(mut handed_out), Some(first)) = (guard.handed_out.lock(), addresses.first()) {
                handed_out.insert(host, *first);
            }
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
