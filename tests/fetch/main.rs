//! Reading pages from real servers on loopback: every outcome, in words a person understands.
#![allow(clippy::unwrap_used)]

mod server;
mod site;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::AsyncWriteExt;

use tcr_lint::collect::{CollectOptions, Collector};
use tcr_lint::evidence::{Gap, Outcome, PageReading, Pages, Role};
use tcr_lint::page::Page;
use tcr_lint::registration::{Registration, load};
use tcr_lint::text::{Source, Sources};

use server::{Authority, Visits, closed, raw, self_signed, serve};
use site::{page, site};

/// Everything a test needs: the addresses of its servers and the authority it trusts.
struct World {
    options: CollectOptions,
    visits: Visits,
    _scratch: tempfile::TempDir,
}

fn options() -> CollectOptions {
    CollectOptions {
        offline: false,
        pages: Default::default(),
        site_dir: None,
        resolve: Vec::new(),
        cacert: Vec::new(),
        allow_private: false,
        timeout: Duration::from_secs(5),
    }
}

impl World {
    async fn new() -> Self {
        let scratch = tempfile::tempdir().unwrap();
        let (ours, theirs) = (Authority::new("Test Authority"), Authority::new("Stranger Authority"));
        let pem = scratch.path().join("authority.pem");
        std::fs::write(&pem, ours.pem()).unwrap();
        let visits = Visits::default();
        let valid = (2020, 2090);
        let certificates = [
            ("acme.example", ours.acceptor(&["acme.example", "www.acme.example", "other.example"], valid)),
            ("expired.example", ours.acceptor(&["expired.example"], (2020, 2024))),
            ("early.example", ours.acceptor(&["early.example"], (2088, 2090))),
            ("wrong.example", ours.acceptor(&["acme-hosting.example", "a.example", "b.example", "c.example"], valid)),
            ("stranger.example", theirs.acceptor(&["stranger.example"], valid)),
            ("self.example", self_signed(&["self.example"])),
        ];
        let mut resolve = Vec::new();
        for (host, tls) in certificates {
            resolve.push((host.to_owned(), 443, serve(Some(tls), site, Arc::clone(&visits)).await));
        }
        let plain = serve(None, site, Arc::clone(&visits)).await;
        let stall = raw(|stream| async move {
            tokio::time::sleep(Duration::from_secs(60)).await;
            drop(stream);
        });
        let hang_up = raw(|stream| async move { drop(stream) });
        let not_tls = raw(|mut stream| async move {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
            tokio::time::sleep(Duration::from_secs(1)).await;
        });
        let not_tls = not_tls.await;
        let (secure, stall, hang_up) = (resolve[0].2, stall.await, hang_up.await);
        let more: [(&str, u16, SocketAddr); 9] = [
            ("www.acme.example", 443, secure),
            ("other.example", 443, secure),
            ("acme.example", 80, plain),
            ("plain.example", 443, not_tls),
            ("stall.example", 443, stall),
            ("hang-up.example", 443, hang_up),
            ("hang-up.example", 80, hang_up),
            ("closed.example", 443, closed().await),
            ("closed.example", 80, closed().await),
        ];
        resolve.extend(more.map(|(host, port, address)| (host.to_owned(), port, address)));
        Self { options: CollectOptions { resolve, cacert: vec![pem], ..options() }, visits, _scratch: scratch }
    }

    /// Reads `address` as the privacy policy.
    async fn read(&self, address: &str) -> PageReading {
        let mut pages = self.pages(&format!("campaign: {{ privacy_policy_link: '{address}' }}")).await;
        pages.by_role.remove(&Role::Privacy).unwrap()
    }

    async fn pages(&self, manifest: &str) -> Pages {
        let mut collector = Collector::new(self.options.clone()).unwrap();
        collect(&mut collector, manifest).await
    }

    async fn gap(&self, address: &str) -> Gap {
        match self.read(address).await {
            PageReading::Gap(gap) => gap,
            PageReading::Read(page) => panic!("{address} is a page: {}", page.text.text),
        }
    }

    async fn page(&self, address: &str) -> Page {
        match self.read(address).await {
            PageReading::Read(page) => *page,
            PageReading::Gap(gap) => panic!("{address}: {} ({})", gap.why, gap.outcome.name()),
        }
    }
}

fn registration(manifest: &str, sources: &mut Sources) -> Registration {
    let source = sources.add(Source { name: "campaign.yaml".into(), text: manifest.into(), is_page: false });
    load(source, sources).unwrap().remove(0)
}

async fn collect(collector: &mut Collector, manifest: &str) -> Pages {
    let mut sources = Sources::default();
    let registration = registration(manifest, &mut sources);
    collector.pages(&registration, &mut sources).await.unwrap()
}

#[tokio::test]
async fn every_failure_has_its_outcome_and_its_words() {
    use Outcome::*;
    let world = World::new().await;
    let acme = [
        ("/404", Missing, "answers 404: there is no such page"),
        ("/410", Missing, "the page was removed"),
        ("/soft-404", Missing, "page was not found"),
        ("/soft-404-short", Missing, "page was not found"),
        ("/to-home", Missing, "leads to the home page"),
        ("/401", LoginRequired, "user name and password"),
        ("/login", LoginRequired, "asks visitors to sign in"),
        ("/403", Blocked, "a browser may still be let in"),
        ("/429", Blocked, "too many requests"),
        ("/cloudflare", Blocked, "Cloudflare"),
        ("/cloudflare-503", Blocked, "Cloudflare"),
        ("/cloudflare-404", Blocked, "Cloudflare"),
        ("/challenge-200", Blocked, "check for robots"),
        ("/sucuri", Blocked, "Sucuri"),
        ("/imperva", Blocked, "check for robots"),
        ("/wordfence", Blocked, "Wordfence"),
        ("/captcha", Blocked, "check for robots"),
        ("/500", ServerError, "answers 500: the server failed"),
        ("/503", ServerError, "overloaded or under maintenance"),
        ("/gibberish", ServerError, "does not answer as a web server"),
        ("/coming-soon", UnderConstruction, "coming soon"),
        ("/policy-soon", UnderConstruction, "coming soon"),
        ("/parked", Parked, "parked domain"),
        ("/default", Parked, "default page of the hosting company"),
        ("/shell", NeedsJavascript, "until scripts run"),
        ("/termly", NeedsJavascript, "policy service"),
        ("/empty", Unreadable, "has no text"),
        ("/pdf", Unreadable, "is a PDF"),
        ("/pdf-as-html", Unreadable, "is a PDF"),
        ("/image", Unreadable, "is a picture"),
        ("/json", Unreadable, "`application/json`"),
        ("/large", Unreadable, "larger than 2 MB"),
        ("/bomb", Unreadable, "larger than 2 MB"),
        ("/bad-gzip", Unreadable, "cannot be decompressed"),
        ("/noise", Unreadable, "not text"),
        ("/cut", Refused, "before the page was complete"),
        ("/closes", Refused, "closed the connection without an answer"),
        ("/circle", RedirectLoop, "in a circle"),
        ("/itself", RedirectLoop, "in a circle"),
        ("/hop-6", RedirectLoop, "more than 5 times"),
        ("/to-nonsense", RedirectLoop, "no web address"),
        ("/other", OtherSite, "https://other.example/privacy"),
        ("/inside", Forbidden, "this computer itself"),
        ("/metadata", Forbidden, "cloud's metadata service"),
        ("/disguised", Forbidden, "127.0.0.1"),
        ("/to-file", Forbidden, "`file:`"),
    ];
    let acme = acme.map(|(path, outcome, words)| (format!("https://acme.example{path}"), outcome, words));
    let hosts = [
        ("https://expired.example/", Certificate, "expired on 2024-01-01"),
        ("https://early.example/", Certificate, "not valid before 2088-01-01"),
        (
            "https://wrong.example/",
            Certificate,
            "is for acme-hosting.example, a.example, b.example and 1 more, not for wrong.example",
        ),
        ("https://stranger.example/", Certificate, "comes from `Stranger Authority`, which browsers do not know"),
        ("https://self.example/", Certificate, "self-signed"),
        ("https://plain.example/", Certificate, "not TLS"),
        ("https://nowhere.invalid/", NoSuchHost, "there is no site by the name nowhere.invalid"),
        ("https://closed.example/", Refused, "refuses the connection"),
        ("http://closed.example/", Refused, "refuses the connection"),
        ("http://hang-up.example/", Refused, "closed the connection"),
        ("https://hang-up.example/", Refused, "closed the connection"),
        ("https://127.0.0.1/", Forbidden, "this computer itself"),
        ("http://0x7f.1/", Forbidden, "this computer itself"),
        ("http://[::ffff:10.0.0.1]/", Forbidden, "a private network"),
        ("http://localhost/", Forbidden, "this computer itself"),
        ("https://acme.example@evil.example/", Forbidden, "the site it leads to is evil.example"),
        ("file:///etc/passwd", Forbidden, "does not begin with https://"),
    ];
    let hosts = hosts.map(|(address, outcome, words)| (address.to_owned(), outcome, words));
    for (address, outcome, words) in acme.into_iter().chain(hosts) {
        let gap = world.gap(&address).await;
        assert_eq!(gap.outcome, outcome, "{address}: {}", gap.why);
        assert!(gap.why.contains(words), "{address}: {}", gap.why);
        assert!(!gap.remedy.is_empty() && gap.named_at.is_some(), "{address}: {}", gap.remedy);
        assert!(gap.why.len() < 400 && !gap.why.contains(char::is_control), "{address}: {}", gap.why);
    }
}

#[tokio::test]
async fn says_what_it_was_waiting_for() {
    let mut world = World::new().await;
    world.options.timeout = Duration::from_millis(700);
    let table = [
        ("https://stall.example/", "did not finish the TLS handshake within 0.7 seconds"),
        ("https://acme.example/no-answer", "sent no answer within 0.7 seconds"),
        ("https://acme.example/half-headers", "sent no answer within"),
        ("http://acme.example/no-answer", "sent no answer within"),
        ("https://acme.example/half-body", "did not finish within 0.7 seconds"),
    ];
    for (address, words) in table {
        let gap = world.gap(address).await;
        assert_eq!(gap.outcome, Outcome::Timeout, "{address}: {}", gap.why);
        assert!(gap.why.contains(words), "{address}: {}", gap.why);
    }
}

#[tokio::test]
async fn a_failure_is_not_hidden_by_the_time_limit_of_its_retry() {
    let mut world = World::new().await;
    world.options.timeout = Duration::from_millis(150);
    assert_eq!(world.gap("https://acme.example/500").await.outcome, Outcome::ServerError);
    assert_eq!(world.gap("https://closed.example/").await.outcome, Outcome::Refused);
}

#[tokio::test]
async fn pages_are_read_in_any_encoding() {
    let world = World::new().await;
    for path in ["/utf8", "/latin", "/latin-meta", "/utf16", "/gzip"] {
        let page = world.page(&format!("https://acme.example{path}")).await;
        assert!(page.text.text.contains("Café Cedar"), "{path}: {}", page.text.text);
    }
    let plain = world.page("https://acme.example/plain").await;
    assert_eq!(plain.text.text.trim(), "We never share mobile numbers.");
}

#[tokio::test]
async fn ordinary_pages_are_not_taken_for_something_else() {
    let world = World::new().await;
    for path in ["/privacy", "/many-words-coming-soon", "/sign-up", "/portal-box", "/flaky"] {
        world.page(&format!("https://acme.example{path}")).await;
    }
}

#[tokio::test]
async fn redirects_within_the_site_are_followed() {
    let world = World::new().await;
    let table = [
        ("https://acme.example/once", "https://acme.example/privacy", 1),
        ("https://acme.example/refresh", "https://acme.example/privacy", 1),
        ("https://acme.example/hop-5", "https://acme.example/privacy", 5),
        ("https://acme.example/www", "https://www.acme.example/privacy", 1),
        ("http://acme.example/upgrade", "https://acme.example/upgrade", 1),
    ];
    for (asked, reached, redirects) in table {
        let page = world.page(asked).await;
        assert_eq!(page.url.as_ref().unwrap().as_str(), reached);
        assert_eq!(page.requested.as_ref().unwrap().as_str(), asked);
        assert_eq!(page.redirects.len(), redirects, "{asked}");
        assert_eq!(page.redirects[0].as_str(), asked);
    }
    assert!(world.page("https://acme.example/privacy").await.redirects.is_empty());
}

#[tokio::test]
async fn the_pages_of_a_registration_are_found_and_asked_once_and_side_by_side() {
    let world = World::new().await;
    let flow = "Parents fill in the form at https://acme.example/new-patient and tick a box.";
    let manifest = format!("brand: {{ website: acme.example }}\ncampaign: {{ message_flow: '{flow}' }}");
    let mut collector = Collector::new(world.options.clone()).unwrap();
    for _ in 0..2 {
        let pages = collect(&mut collector, &manifest).await;
        let read: Vec<String> = pages.by_role.values().map(address).collect();
        let paths = ["/", "/privacy", "/sms-terms", "/new-patient"];
        assert_eq!(read, paths.map(|path| format!("https://acme.example{path}")));
    }
    assert!(world.visits.lock().unwrap().values().all(|count| *count == 1), "{:?}", world.visits.lock().unwrap());

    let slow = "campaign: { privacy_policy_link: 'https://acme.example/slow-1', terms_and_conditions_link: 'https://acme.example/slow-2', \
                opt_in_url: 'https://acme.example/slow-3' }";
    let start = Instant::now();
    world.pages(slow).await;
    assert!(start.elapsed() < Duration::from_millis(1000), "{:?}", start.elapsed());
}

fn address(reading: &PageReading) -> String {
    match reading {
        PageReading::Read(page) => page.url.as_ref().unwrap().to_string(),
        PageReading::Gap(gap) => format!("{}: {}", gap.outcome.name(), gap.why),
    }
}

fn outcomes(pages: &Pages) -> Vec<Outcome> {
    let outcome = |reading: &PageReading| match reading {
        PageReading::Read(_) => Outcome::Page,
        PageReading::Gap(gap) => gap.outcome,
    };
    pages.by_role.values().map(outcome).collect()
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).unwrap();
}

const MANIFEST: &str = "brand: { website: 'https://acme.example' }\n\
                        campaign: { terms_and_conditions_link: 'https://elsewhere.example/terms' }";

#[tokio::test]
async fn offline_only_files_answer() {
    use Outcome::*;
    let scratch = tempfile::tempdir().unwrap();
    let offline = CollectOptions { offline: true, ..options() };
    let mut collector = Collector::new(offline.clone()).unwrap();
    assert_eq!(outcomes(&collect(&mut collector, MANIFEST).await), [Offline, NotGiven, Offline, NotGiven]);

    write(scratch.path(), "index.html", &page("Acme", "<a href='/privacy'>Privacy Policy</a>"));
    write(scratch.path(), "privacy.html", &page("Privacy", ""));
    let folder = CollectOptions { site_dir: Some(scratch.path().into()), ..offline.clone() };
    let pages = collect(&mut Collector::new(folder.clone()).unwrap(), MANIFEST).await;
    assert_eq!(outcomes(&pages), [Page, Page, Offline, NotGiven]);
    assert_eq!(address(&pages.by_role[&Role::Privacy]), "https://acme.example/privacy");

    let other = "brand: { website: 'https://www.acme.example' }\ncampaign: { opt_in_url: 'https://acme.example/form' }";
    let pages = collect(&mut Collector::new(folder).unwrap(), other).await;
    assert_eq!(outcomes(&pages), [Page, Page, NotGiven, Missing]);

    write(scratch.path(), "terms.txt", "Reply STOP to <b>opt out</b>.");
    write(scratch.path(), "policy.pdf", "%PDF-1.7");
    let files = [(Role::Terms, "terms.txt"), (Role::Privacy, "policy.pdf")];
    let pages = files.map(|(role, name)| (role, scratch.path().join(name))).into();
    let pages = collect(&mut Collector::new(CollectOptions { pages, ..offline }).unwrap(), MANIFEST).await;
    assert_eq!(outcomes(&pages), [Offline, Unreadable, Page, NotGiven]);
    let PageReading::Read(terms) = &pages.by_role[&Role::Terms] else { panic!() };
    assert_eq!(terms.text.text.trim(), "Reply STOP to <b>opt out</b>.");
    assert_eq!(terms.url.as_ref().unwrap().as_str(), "https://elsewhere.example/terms");
}

#[tokio::test]
async fn a_page_that_the_home_page_links_to_nowhere_is_missing() {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), "index.html", &page("Acme", "<a href='#TODO'>Privacy Policy</a>"));
    let folder = CollectOptions { offline: true, site_dir: Some(scratch.path().into()), ..options() };
    let pages = collect(&mut Collector::new(folder).unwrap(), "brand: { website: acme.example }").await;
    let PageReading::Gap(gap) = &pages.by_role[&Role::Privacy] else { panic!() };
    assert_eq!(gap.outcome, Outcome::Missing);
    assert!(gap.why.contains("\"Privacy Policy\"") && gap.why.contains("`#TODO`"), "{}", gap.why);
}

#[tokio::test]
async fn further_pages_of_the_site_are_read() {
    let scratch = tempfile::tempdir().unwrap();
    let links = "<a href='/about'>About</a> <a href='/contact?x=1#y'>Contact</a> <a href='/contact'>Again</a> <a href='/blog/privacy'>Blog</a> \
                 <a href='/menu.pdf'>Menu</a> <a href='/gone'>Gone</a> <a href='/login'>Log in</a> <a href='https://other.example/form'>Form</a> \
                 <a href='/privacy'>Privacy</a> <a href='/'>Home</a> <a href='mailto:a@acme.example'>Mail</a>";
    write(scratch.path(), "index.html", &page("Acme", links));
    for name in ["about", "contact", "privacy", "blog", "login"] {
        write(scratch.path(), &format!("{name}.html"), &page(name, "<form><input type=tel></form>"));
    }
    let folder = CollectOptions { offline: true, site_dir: Some(scratch.path().into()), ..options() };
    let pages = collect(&mut Collector::new(folder.clone()).unwrap(), "brand: { website: acme.example }").await;
    let read: Vec<&str> = pages.others.iter().map(|page| page.url.as_ref().unwrap().path()).collect();
    assert_eq!(read, ["/contact", "/about"], "the likeliest to hold a form first");

    let flow = "brand: { website: acme.example }\ncampaign: { message_flow: 'People fill in the contact form on our website.' }";
    let pages = collect(&mut Collector::new(folder).unwrap(), flow).await;
    assert_eq!(address(&pages.by_role[&Role::OptIn]), "https://acme.example/contact");
    assert_eq!(pages.others.len(), 1);
}

#[tokio::test]
async fn a_server_is_asked_for_few_further_pages() {
    let world = World::new().await;
    let pages = world.pages("brand: { website: 'https://acme.example/many' }").await;
    let visits = world.visits.lock().unwrap();
    assert_eq!(visits.len(), 1 + 8, "the page itself and eight more: {visits:?}");
    assert!(visits.values().all(|count| *count == 1) && !pages.others.is_empty(), "{visits:?}");
}

#[tokio::test]
async fn a_policy_at_a_section_of_the_home_page_is_that_section() {
    let scratch = tempfile::tempdir().unwrap();
    let policy = "We collect your name and mobile number when you ask for a visit, and share neither with anybody.";
    let body = format!("<p>Reply STOP to end.</p><section id=privacy><h2>Privacy</h2><p>{policy}</p></section>");
    write(scratch.path(), "index.html", &page("Acme", &body));
    let folder = CollectOptions { offline: true, site_dir: Some(scratch.path().into()), ..options() };
    let manifest = "brand: { website: acme.example }\ncampaign: { privacy_policy_link: 'https://acme.example/#privacy', terms_and_conditions_link: 'https://acme.example/#sms' }";
    let pages = collect(&mut Collector::new(folder).unwrap(), manifest).await;
    let PageReading::Read(read) = &pages.by_role[&Role::Privacy] else { panic!() };
    assert!(read.text.text.contains(policy) && !read.text.text.contains("STOP"), "{}", read.text.text);
    assert!(address(&pages.by_role[&Role::Terms]).starts_with("missing: the home page has no section `#sms`"));
}

#[tokio::test]
async fn what_is_no_address_is_said_to_be_none() {
    let manifest =
        "brand: { website: 'Acme Clinic, Austin' }\ncampaign: { privacy_policy_link: 'n/a', opt_in_url: '' }";
    let pages = collect(&mut Collector::new(options()).unwrap(), manifest).await;
    assert_eq!(outcomes(&pages), [Outcome::Forbidden, Outcome::NotGiven, Outcome::NotGiven, Outcome::NotGiven]);
}

#[test]
fn files_that_cannot_be_read_stop_the_run() {
    let scratch = tempfile::tempdir().unwrap();
    let path = scratch.path().to_path_buf();
    write(&path, "empty.pem", "hello");
    write(&path, "bad.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    write(&path, "torn.pem", "-----BEGIN CERTIFICATE-----\nAA!!\n");
    let certificates = |name: &str| CollectOptions { cacert: vec![path.join(name)], ..options() };
    let table = [
        (certificates("empty.pem"), "holds no certificate"),
        (certificates("bad.pem"), "damaged"),
        (certificates("torn.pem"), "damaged"),
        (certificates("nowhere.pem"), "cannot be read"),
        (CollectOptions { site_dir: Some(path.join("nowhere")), ..options() }, "site folder"),
        (CollectOptions { pages: [(Role::Home, path.join("nowhere.html"))].into(), ..options() }, "nowhere.html"),
    ];
    for (options, words) in table {
        let Err(error) = Collector::new(options) else { panic!("{words}") };
        assert!(error.message.contains(words) && error.help.is_some(), "{error}");
    }
}
