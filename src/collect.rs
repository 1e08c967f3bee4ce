//! Which pages to read, in what role, and reading them. The only async code.

pub mod answer;
pub mod charset;
pub mod failure;
pub mod fault;
pub mod fetch;
pub mod folder;
pub mod guard;
pub mod recognise;
pub mod role;
pub mod tls;

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use url::Url;

use crate::error::Error;
use crate::evidence::{Outcome, PageReading, Pages, Role};
use crate::page::Page;
use crate::registration::Registration;
use crate::text::{Sources, Span};

use answer::{Answer, Body};
use fault::Fault;
use fetch::Fetcher;
use folder::Folder;
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

/// What an address gave.
type Fetched = Result<Answer, Fault>;

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
        let wanted = role::wanted(registration);
        let host = wanted.iter().find_map(|(_, wanted)| wanted.address()).map(|address| address.url.clone());
        let mut pages = Pages::new();
        for (role, wanted) in &wanted {
            if let Some((path, bytes)) = self.saved(*role, registration)? {
                pages.insert(*role, saved_page(*role, &path, &bytes, wanted.address(), sources));
            }
        }
        let known: Vec<(Role, Address)> =
            open(&wanted, &pages).filter_map(|(role, wanted)| Some((role, wanted.address()?.clone()))).collect();
        self.read(known, host.as_ref(), &mut pages, sources).await;
        let linked = self.linked(&wanted, &pages);
        self.read(linked.to, host.as_ref(), &mut pages, sources).await;
        for (role, url, fault) in linked.dead {
            pages.insert(role, PageReading::Gap(fault.gap(role, url.as_ref(), None)));
        }
        let rest: Vec<_> = open(&wanted, &pages).map(|(role, wanted)| (role, unread(role, wanted, &pages))).collect();
        pages.extend(rest);
        Ok(pages)
    }

    /// The page handed in for a role: on the command line, else in the manifest.
    fn saved(&self, role: Role, registration: &Registration) -> Result<Option<(PathBuf, Vec<u8>)>, Error> {
        if let Some(saved) = self.saved.get(&role) {
            return Ok(Some(saved.clone()));
        }
        let path = registration.pages.get(&role);
        path.map(|path| Ok((path.clone(), folder::read(path)?))).transpose()
    }

    /// What the links of the home page say of the roles that the manifest leaves open.
    fn linked(&self, wanted: &[(Role, Wanted)], pages: &Pages) -> Links {
        let mut links = Links::default();
        let Some(PageReading::Read(home)) = pages.get(&Role::Home) else { return links };
        for (role, wanted) in open(wanted, pages) {
            if !matches!(wanted, Wanted::Unsaid) {
                continue;
            }
            match linked(home, home.url.as_ref(), role) {
                Linked::To(_, url) => links.to.push((role, Address { url, named_at: None })),
                Linked::Dead(link) => {
                    links.dead.push((role, home.url.clone(), dead_link(role, &link.name, &link.href)))
                }
                Linked::No => {}
            }
        }
        links
    }

    /// Reads addresses side by side and keeps what they gave.
    async fn read(
        &mut self,
        addresses: Vec<(Role, Address)>,
        host: Option<&Url>,
        pages: &mut Pages,
        sources: &mut Sources,
    ) {
        self.ask(&addresses, host).await;
        for (role, address) in addresses {
            let reading = match self.answer(&address.url, host).as_ref() {
                Ok(answer) => {
                    let name = answer.url.as_ref().unwrap_or(&address.url).as_str();
                    page(role, answer, Some(&address.url), name, address.named_at.clone(), sources)
                }
                Err(fault) => PageReading::Gap(fault.clone().gap(role, Some(&address.url), address.named_at)),
            };
            pages.insert(role, reading);
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
            let running = Fault::new(Outcome::Timeout, "the request was not finished");
            self.asked.insert(url.clone(), Arc::new(Err(running)));
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
        asked.unwrap_or_else(|| {
            Arc::new(Err(Fault::new(Outcome::Offline, "the run is offline, so this address was not asked")))
        })
    }

    /// The site folder, if it answers for an address: one on the brand's host, with or without `www`.
    fn folder_for(&self, url: &Url, host: Option<&Url>) -> Option<&Folder> {
        self.folder.as_ref().filter(|_| host.is_some_and(|host| role::same_host(host, url)))
    }
}

/// What the home page's links say.
#[derive(Default)]
struct Links {
    to: Vec<(Role, Address)>,
    dead: Vec<(Role, Option<Url>, Fault)>,
}

/// The roles that have no reading yet.
fn open<'w>(wanted: &'w [(Role, Wanted)], pages: &Pages) -> impl Iterator<Item = (Role, &'w Wanted)> {
    let done: Vec<Role> = pages.keys().copied().collect();
    wanted.iter().filter(move |(role, _)| !done.contains(role)).map(|(role, wanted)| (*role, wanted))
}

/// An address without its fragment.
fn document(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    url
}

/// The reading of an answer.
fn page(
    role: Role,
    answer: &Answer,
    requested: Option<&Url>,
    name: &str,
    named_at: Option<Span>,
    sources: &mut Sources,
) -> PageReading {
    let mut page = match &answer.body {
        Body::Html(html) => Page::read(html, answer.url.as_ref(), name, sources),
        Body::Plain(text) => Page::plain(text, answer.url.as_ref(), name, sources),
    };
    if let Some(fault) = recognise::fault(role, answer, &page, requested) {
        return PageReading::Gap(fault.gap(role, requested, named_at));
    }
    page.requested = requested.cloned();
    page.redirects = answer.redirects.clone();
    PageReading::Read(Box::new(page))
}

/// The reading of a page that was handed in as a file.
fn saved_page(role: Role, path: &Path, bytes: &[u8], address: Option<&Address>, sources: &mut Sources) -> PageReading {
    let url = address.map(|address| &address.url);
    let named_at = address.and_then(|address| address.named_at.clone());
    let body = match folder::body(path, bytes) {
        Ok(body) => body,
        Err(fault) => return PageReading::Gap(fault.gap(role, url, named_at)),
    };
    page(role, &Answer::local(url.cloned(), body), url, &path.display().to_string(), named_at, sources)
}

/// The gap of a role that nothing answered for.
fn unread(role: Role, wanted: &Wanted, pages: &Pages) -> PageReading {
    let gap = match wanted {
        Wanted::Not(fault, at) => fault.clone().gap(role, None, at.clone()),
        _ => Fault::new(Outcome::NotGiven, not_given(role, pages)).gap(role, None, None),
    };
    PageReading::Gap(gap)
}

fn not_given(role: Role, pages: &Pages) -> String {
    let field = role::field(role);
    let home_read = matches!(pages.get(&Role::Home), Some(PageReading::Read(_)));
    match role {
        Role::Home => format!("`{field}` gives no address"),
        Role::OptIn => format!("neither `{field}` nor the message flow names a page with the opt-in form"),
        _ if home_read => {
            format!("neither `{field}` nor the message flow gives an address, and the home page links none")
        }
        _ => format!(
            "neither `{field}` nor the message flow gives an address, and there was no home page to look for a link"
        ),
    }
}

fn dead_link(role: Role, name: &str, href: &str) -> Fault {
    let (name, href) = (fault::shown(name), fault::shown(href));
    let advice = format!("Let the link on the home page lead to the address of your {}", fault::called(role));
    Fault::new(Outcome::Missing, format!("the link \"{name}\" on the home page leads nowhere: its address is `{href}`"))
        .advice(advice)
}
