//! What the test site answers for each path.

use std::io::Write;
use std::time::Duration;

use crate::server::{Reply, http};

const HTML: (&str, &str) = ("content-type", "text/html; charset=utf-8");

/// A page with a title and enough words to be one.
pub fn page(title: &str, body: &str) -> String {
    let words =
        "Cedar Grove Pediatrics looks after children of every age in Austin and keeps what you tell us to itself. "
            .repeat(4);
    format!(
        "<!doctype html><title>{title}</title><header><nav><a href=/>Home</a> <a href=/team>Team</a> <a href=/visit>Visit</a> \
         <a href=/contact>Contact</a></nav></header><main><h1>{title}</h1><p>{words}</p>{body}</main>"
    )
}

fn ok(body: impl AsRef<[u8]>) -> Vec<u8> {
    http("200 OK", &[HTML], body)
}

fn status(status: &str, body: &str) -> Vec<u8> {
    http(status, &[HTML], body)
}

fn typed(kind: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    http("200 OK", &[("content-type", kind)], body)
}

fn to(location: &str) -> Vec<u8> {
    http("302 Found", &[("location", location)], "")
}

fn bare(title: &str, body: &str) -> Vec<u8> {
    ok(format!("<!doctype html><title>{title}</title><body>{body}"))
}

fn bomb() -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let block = vec![b'a'; 1 << 20];
    (0..200).for_each(|_| gzip.write_all(&block).unwrap());
    gzip.finish().unwrap()
}

fn utf16(text: &str) -> Vec<u8> {
    [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

/// The pages of `acme.example` and `other.example`, over https and http alike.
pub fn site(host: &str, path: &str, visit: usize) -> Reply {
    let cafe = page("Privacy", "Caf\u{e9} Cedar");
    let latin = || {
        cafe.replace('\u{e9}', "\u{1}")
            .into_bytes()
            .into_iter()
            .map(|b| if b == 1 { 0xe9 } else { b })
            .collect::<Vec<u8>>()
    };
    let bytes = match path {
        _ if host == "other.example" => ok(page("Other", "")),
        "/" => ok(page(
            "Cedar Grove",
            "<footer><a href=/privacy>Privacy Policy</a> <a href='/sms-terms'>SMS Terms</a></footer>",
        )),
        "/privacy" | "/sms-terms" | "/new-patient" => ok(page("A page", "")),
        "/many" => ok(page(
            "Cedar Grove",
            &(0..12).map(|n| format!("<a href='/further-{n}?a=b#c'>Page</a>")).collect::<String>(),
        )),
        _ if path.starts_with("/further-") => ok(page("A page", "<form><input type=tel></form>")),
        "/slow-1" | "/slow-2" | "/slow-3" => return Reply::Late(Duration::from_millis(400), ok(page("Slow", ""))),
        "/plain" => typed("text/plain", "We never share mobile numbers."),
        "/utf8" => ok(&cafe),
        "/latin" => typed("text/html", latin()),
        "/latin-meta" => typed("text/html", [b"<meta charset=windows-1252>".as_slice(), &latin()].concat()),
        "/utf16" => typed("text/html", utf16(&cafe)),
        "/gzip" => {
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            gzip.write_all(cafe.as_bytes()).unwrap();
            http("200 OK", &[HTML, ("content-encoding", "gzip")], gzip.finish().unwrap())
        }
        "/flaky" if visit == 1 => status("503 Service Unavailable", "later"),
        "/flaky" => ok(page("Back again", "")),
        "/many-words-coming-soon" => ok(page("Cedar Grove", "<p>New location coming soon! Flu shots coming soon.</p>")),
        "/sign-up" => bare(
            "Sign up",
            "<h1>Create your account</h1><form><label>Mobile phone <input type=tel></label><input type=password><button>Sign up</button></form>",
        ),
        "/portal-box" => ok(page("Cedar Grove", "<form><input type=password><button>Log in</button></form>")),

        "/404" => status("404 Not Found", "<h1>Not here</h1>"),
        "/410" => status("410 Gone", ""),
        "/soft-404" => ok(page("Page not found", "")),
        "/soft-404-short" => bare("404 | Cedar Grove", "<p>Sorry."),
        "/to-home" => to("/"),
        "/401" => http("401 Unauthorized", &[HTML, ("www-authenticate", "Basic")], ""),
        "/403" => status("403 Forbidden", "<h1>Forbidden</h1>"),
        "/429" => http("429 Too Many Requests", &[HTML, ("retry-after", "60")], ""),
        "/500" => status("500 Internal Server Error", "<h1>Fatal error</h1>"),
        "/503" => status("503 Service Unavailable", "maintenance"),
        "/cloudflare" => {
            http("403 Forbidden", &[HTML, ("cf-mitigated", "challenge")], "<title>Just a moment...</title>")
        }
        "/cloudflare-503" => status("503 Service Unavailable", "<script>window._cf_chl_opt={}</script>"),
        "/cloudflare-404" => http("404 Not Found", &[HTML, ("cf-mitigated", "challenge")], ""),
        "/challenge-200" => bare("Just a moment...", "<p>Checking your browser before accessing."),
        "/sucuri" => status("403 Forbidden", "<title>Sucuri WebSite Firewall - Access Denied</title>"),
        "/imperva" => bare("", "<iframe src='/_Incapsula_Resource?x=1'></iframe><p>Request unsuccessful."),
        "/wordfence" => status("503 Service Unavailable", "<p>Generated by Wordfence"),
        "/captcha" => bare("Robot check", "<p>Please verify you are human"),
        "/login" => bare(
            "Patient portal - Log in",
            "<h1>Log in</h1><form><input type=email><input type=password><button>Log in</button></form>",
        ),
        "/coming-soon" => bare("Cedar Grove", "<h1>Coming soon</h1><p>Our new website is on its way.</p>"),
        "/policy-soon" => ok(
            "<title>Privacy</title><nav><a href=/a>A</a><a href=/b>B</a><a href=/c>C</a><a href=/d>D</a></nav><main><h1>Privacy Policy</h1><p>Coming soon.</main>",
        ),
        "/parked" => bare("acme.example", "<p>This domain is for sale. Buy this domain today."),
        "/default" => bare("Welcome to nginx!", "<h1>Welcome to nginx!</h1><p>Further configuration is required."),
        "/shell" => bare(
            "Acme",
            "<noscript>You need to enable JavaScript to run this app.</noscript><div id=\"root\"></div><script src=/a.js></script>",
        ),
        "/termly" => ok(
            "<title>Privacy</title><nav><a href=/a>A</a></nav><main><h1>Privacy Policy</h1><div name=\"termly-embed\"></div></main>",
        ),
        "/empty" => ok(""),
        "/pdf" => typed("application/pdf", "%PDF-1.7"),
        "/pdf-as-html" => ok("%PDF-1.7 hello"),
        "/image" => typed("image/png", "\u{89}PNG"),
        "/json" => typed("application/json", "{}"),
        "/large" => ok(page("Large", &"word ".repeat(700_000))),
        "/bomb" => http("200 OK", &[HTML, ("content-encoding", "gzip")], bomb()),
        "/bad-gzip" => http("200 OK", &[HTML, ("content-encoding", "gzip")], "this is no gzip at all"),
        "/noise" => ok((0..9000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect::<Vec<u8>>()),
        "/cut" => b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 9999\r\n\r\n<p>half".to_vec(),
        "/no-answer" => return Reply::Stall(Vec::new()),
        "/half-headers" => return Reply::Stall(b"HTTP/1.1 200 OK\r\n".to_vec()),
        "/half-body" => {
            return Reply::Stall(
                b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 99\r\n\r\n<p>".to_vec(),
            );
        }
        "/closes" => Vec::new(),
        "/gibberish" => b"220 mail.acme.example ESMTP\r\n".to_vec(),

        "/refresh" => ok("<meta http-equiv=refresh content='0; url=/privacy'>"),
        "/once" => to("/privacy"),
        "/circle" => to("/circle-2"),
        "/circle-2" => to("/circle"),
        "/itself" => to("/itself"),
        "/hop-6" => to("/hop-5"),
        "/hop-5" => to("/hop-4"),
        "/hop-4" => to("/hop-3"),
        "/hop-3" => to("/hop-2"),
        "/hop-2" => to("/hop-1"),
        "/hop-1" => to("/privacy"),
        "/upgrade" if visit == 1 => to("https://acme.example/upgrade"),
        "/upgrade" => ok(page("Upgraded", "")),
        "/other" => to("https://other.example/privacy"),
        "/www" => to("https://www.acme.example/privacy"),
        "/inside" => to("http://127.0.0.1/admin"),
        "/metadata" => to("http://169.254.169.254/latest/meta-data"),
        "/disguised" => to("http://2130706433/"),
        "/to-file" => to("file:///etc/passwd"),
        "/to-nonsense" => to("https://[/"),
        _ => status("404 Not Found", ""),
    };
    Reply::Send(bytes)
}
