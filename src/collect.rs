//! Which pages to read, in what role, and reading them. The only async code.

pub mod answer;
pub mod body;
pub mod charset;
pub mod failure;
pub mod fault;
pub mod fetch;
pub mod folder;
pub mod further;
pub mod guard;
pub mod reading;
pub mod recognise;
pub mod refresh;
pub mod role;
pub mod tls;

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use url::Url;

use crate::error::Error;
use crate::evidence::{Outcome, PageReading, Pages, Role};
use crate::registration::Registration;
use crate::text::Sources;

use answer::{Answer, Body};
use fault::Fault;
use fetch::Fetcher;
use folder::Folder;
use reading::{Reader, dead_link, unread};
use role::rank::{Linked, linked};
use role::{Address, Wanted};

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

/// Answers are forgotten between registrations once they hold more bytes than this (64 MiB).
const KEPT: usize = 64 * 1024 * 1024;

/// What an address gave.
pub type Fetched = Result<Answer, Fault>;

/// Reads the pages of registrations; asks each address once.
pub struct Collector {
    saved: BTreeMap<Role, (PathBuf, Vec<u8>)>,
    folder: Option<Folder>,
    fetcher: Option<Arc<Fetcher>>,
    asked: HashMap<Url, Arc<Fetched>>,
}

impl Collector {
    /// A collector with its HTTP clients.
    ///
    /// # Errors
    /// When a certificate file, a page or the site folder cannot be read.
    pub fn new(options: CollectOptions) -> Result<Self, Error> {
        let mut saved = BTreeMap::new();
        for (role, path) in &options.pages {
            saved.insert(*role, (path.clone(), folder::read(path)?));
        }
        let folder = options.site_dir.as_deref().map(Folder::open).transpose()?;
        let authorities = tls::authorities(&options.cacert)?;
        let fetcher = if options.offline { None } else { Some(Arc::new(Fetcher::new(&options, authorities)?)) };
        Ok(Self { saved, folder, fetcher, asked: HashMap::new() })
    }

    /// The pages of one registration: every role is a page or a gap.
    ///
    /// # Errors
    /// When a page that the manifest hands in cannot be read.
    pub async fn pages(&mut self, registration: &Registration, sources: &mut Sources) -> Result<Pages, Error> {
        self.forget();
        let wanted = role::wanted(registration);
        let host = wanted.iter().find_map(|(_, wanted)| wanted.address()).map(|address| address.url.clone());
        let mut reader = Reader::new(sources);
        let mut pages = Pages::default();
        for (role, wanted) in &wanted {
            if let Some((path, bytes)) = self.saved(*role, registration)? {
                pages.by_role.insert(*role, reader.saved(*role, &path, &bytes, wanted.address()));
            }
        }
        let known: Vec<_> =
            open(&wanted, &pages).filter_map(|(role, said)| Some((role, said.address()?.clone()))).collect();
        self.read(known, host.as_ref(), &mut reader, &mut pages).await;
        let linked = follow_links(&wanted, &mut pages);
        self.read(linked, host.as_ref(), &mut reader, &mut pages).await;
        let rest: Vec<_> = open(&wanted, &pages).map(|(role, said)| (role, unread(role, said, &pages))).collect();
        pages.by_role.extend(rest);
        self.read_further(host.as_ref(), &mut reader, &mut pages).await;
        further::find_form(registration, &mut pages);
        Ok(pages)
    }

    /// Keeps memory flat over thousands of registrations.
    fn forget(&mut self) {
        let size = |fetched: &Arc<Fetched>| fetched.as_ref().as_ref().map_or(0, |answer| answer.body.text().len());
        if self.asked.values().map(size).sum::<usize>() > KEPT {
            self.asked.clear();
        }
    }

    /// The page handed in for a role: on the command line, else in the manifest.
    fn saved(&self, role: Role, registration: &Registration) -> Result<Option<(PathBuf, Vec<u8>)>, Error> {
        if let Some(saved) = self.saved.get(&role) {
            return Ok(Some(saved.clone()));
        }
        let path = registration.pages.get(&role);
        path.map(|path| Ok((path.clone(), folder::read(path)?))).transpose()
    }

    /// Reads addresses side by side and keeps what they gave.
    async fn read(
        &mut self,
        addresses: Vec<(Role, Address)>,
        host: Option<&Url>,
        reader: &mut Reader<'_>,
        pages: &mut Pages,
    ) {
        self.ask(&addresses, host).await;
        for (role, address) in addresses {
            let fetched = self.answer(&address.url, host);
            pages.by_role.insert(role, reader.fetched(role, &fetched, address));
        }
    }

    /// Reads the further pages of the site side by side; what is no page is left out.
    async fn read_further(&mut self, host: Option<&Url>, reader: &mut Reader<'_>, pages: &mut Pages) {
        let most = if self.folder.is_some() { further::MOST_LOCAL } else { further::MOST_ASKED };
        let addresses: Vec<_> = further::addresses(pages, most)
            .into_iter()
            .map(|url| (Role::OptIn, Address { url, named_at: None }))
            .collect();
        self.ask(&addresses, host).await;
        for (role, address) in addresses {
            let fetched = self.answer(&address.url, host);
            let html = fetched.as_ref().as_ref().is_ok_and(|answer| matches!(answer.body, Body::Html(_)));
            if html && let PageReading::Read(page) = reader.fetched(role, &fetched, address) {
                pages.others.push(*page);
            }
        }
    }

    /// Asks the network for what nothing else answers, each address once.
    async fn ask(&mut self, addresses: &[(Role, Address)], host: Option<&Url>) {
        let Some(fetcher) = &self.fetcher else { return };
        let mut tasks = JoinSet::new();
        for (_, address) in addresses {
            let url = document(&address.url);
            if self.folder_for(&url, host).is_some() || self.asked.contains_key(&url) {
                continue;
            }
            let unfinished = Fault::new(Outcome::Timeout, "the request was not finished");
            self.asked.insert(url.clone(), Arc::new(Err(unfinished)));
            let fetcher = Arc::clone(fetcher);
            tasks.spawn(async move {
                let fetched = fetcher.get(&url).await;
                (url, fetched)
            });
        }
        while let Some(done) = tasks.join_next().await {
            if let Ok((url, fetched)) = done {
                self.asked.insert(url, Arc::new(fetched));
            }
        }
    }

    /// What is known of an address without asking again.
    fn answer(&self, url: &Url, host: Option<&Url>) -> Arc<Fetched> {
        let url = document(url);
        if let Some(folder) = self.folder_for(&url, host) {
            return Arc::new(folder.get(&url));
        }
        let asked = self.asked.get(&url).cloned();
        let offline = || Fault::new(Outcome::Offline, "the run is offline, so this address was not asked");
        asked.unwrap_or_else(|| Arc::new(Err(offline())))
    }

    /// The site folder, if it answers for an address: one on the brand's host, with or without `www`.
    fn folder_for(&self, url: &Url, host: Option<&Url>) -> Option<&Folder> {
        self.folder.as_ref().filter(|_| host.is_some_and(|host| role::same_host(host, url)))
    }
}

/// The addresses that the home page links for the roles that the manifest leaves open; a dead link becomes a gap.
fn follow_links(wanted: &[(Role, Wanted)], pages: &mut Pages) -> Vec<(Role, Address)> {
    let (mut to, mut dead) = (Vec::new(), Vec::new());
    if let Some(PageReading::Read(home)) = pages.by_role.get(&Role::Home) {
        for (role, _) in open(wanted, pages).filter(|(_, said)| matches!(said, Wanted::Unsaid)) {
            match linked(home, home.url.as_ref(), role) {
                Linked::To(_, url) => to.push((role, Address { url, named_at: None })),
                Linked::Dead(link) => dead.push((role, PageReading::Gap(dead_link(role, home, link)))),
                Linked::No => {}
            }
        }
    }
    pages.by_role.extend(dead);
    to
}

/// The roles that have no reading yet.
fn open<'w>(wanted: &'w [(Role, Wanted)], pages: &Pages) -> impl Iterator<Item = (Role, &'w Wanted)> + use<'w> {
    let done: Vec<Role> = pages.by_role.keys().copied().collect();
    wanted.iter().filter(move |(role, _)| !done.contains(role)).map(|(role, wanted)| (*role, wanted))
}

/// An address without its fragment.
fn document(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    url
}
