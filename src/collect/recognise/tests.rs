use super::*;
use crate::text::Sources;

const MENU_LINKS: &str = "<nav><a href=/a>A</a><a href=/b>B</a><a href=/c>C</a><a href=/d>D</a></nav>";

fn outcome(role: Role, html: &str) -> Outcome {
    let url = Url::parse("https://acme.example/page").unwrap();
    let answer = Answer::local(Some(url.clone()), Body::Html(html.into()));
    let page = Page::read(html, Some(&url), url.as_str(), &mut Sources::default());
    fault(role, &answer, &page, Some(&url)).map_or(Outcome::Page, |fault| fault.outcome)
}

#[test]
fn takes_ordinary_pages_for_what_they_are() {
    let words = "We look after teeth of every kind in Austin. ".repeat(20);
    let few = "Acme Dental, 100 Main St, Austin. Call 512 555 0123 for a visit with us.";
    let pages = [
        format!("{MENU_LINKS}<h1>Acme</h1><p>New location coming soon! {few}"),
        format!("{MENU_LINKS}<h1>Acme</h1><p>Flu shots coming soon. {words}"),
        format!("<title>Construction law</title><h1>Under construction law firm</h1><p>{words}"),
        format!(
            "<h1>Contact us</h1><form><label>Phone <input type=tel></label><p>Please verify you are human</p></form>{few}"
        ),
        format!(
            "<h1>Contact us</h1><form><label>Name <input></label><div class=g-recaptcha></div><button>Send</button></form>{few}"
        ),
        format!(
            "<h1>Create your account</h1><form><input type=email><input type=password><button>Sign up</button></form>{few}"
        ),
        format!("{MENU_LINKS}<form><input type=password><button>Log in</button></form><h1>Acme</h1><p>{words}"),
        format!("<title>Suite 404 - Acme</title><h1>Visit us in Suite 404</h1><p>{few}"),
        format!("<title>What to do in case of error 404</title>{MENU_LINKS}<h1>Our blog</h1><p>{words}{words}"),
        format!("<noscript>Please enable JavaScript</noscript><div id=\"root\"><h1>Acme</h1><p>{words}</div>"),
        "<div id=\"__next\"><h1>Get texts</h1><form><input type=tel><button>Join</button></form></div>".to_owned(),
        format!("<h1>Acme Realty</h1><p>This domain of ours: houses for sale. {words}"),
        format!("{MENU_LINKS}<h1>Privacy Policy</h1><p>{words}<iframe src=https://www.youtube.com/embed/1></iframe>"),
    ];
    for html in pages {
        for role in Role::ALL {
            assert_eq!(outcome(role, &html), Outcome::Page, "{role}: {html}");
        }
    }
}

#[test]
fn tells_what_is_no_page() {
    let table = [
        (Role::Home, "<title>Acme</title><h1>Coming Soon</h1>", Outcome::UnderConstruction),
        (Role::Home, "<title>Site under construction</title><p>Call us at 512 555 0123.", Outcome::UnderConstruction),
        (
            Role::Home,
            "<h1>Acme</h1><p>Opening soon</p><form action=\"/password\"><input type=password><button>Enter</button></form>",
            Outcome::UnderConstruction,
        ),
        (Role::Home, "<h1>It works!</h1>", Outcome::Parked),
        (Role::Home, "<title>Index of /</title><h1>Index of /</h1><a href=/x>x</a>", Outcome::Parked),
        (Role::Home, "<title>Account Suspended</title><p>Contact your hosting provider.", Outcome::Parked),
        (Role::Home, "<h1>acme.com</h1><p>This domain is for sale!", Outcome::Parked),
        (Role::Privacy, "<title>Page Not Found - Acme</title><h1>Oops!</h1>", Outcome::Missing),
        (Role::Privacy, "<title>Acme</title><h1>404</h1><p>Sorry.", Outcome::Missing),
        (Role::Privacy, "<h1>Oops! That page can’t be found.</h1>", Outcome::Missing),
        (
            Role::OptIn,
            "<h1>Patient Portal</h1><form><input name=user><input type=password><button>Go</button></form>",
            Outcome::LoginRequired,
        ),
        (Role::Home, "<div id=root></div><script src=/app.js></script>", Outcome::NeedsJavascript),
        (Role::Home, "<app-root></app-root>", Outcome::NeedsJavascript),
        (Role::Privacy, "<h1>Privacy Policy</h1><iframe src=https://app.termly.io/x></iframe>", Outcome::Unreadable),
        (Role::Home, "<img src=poster.png>", Outcome::Unreadable),
        (Role::Home, "<title>Just a moment...</title><p>Enable JavaScript and cookies to continue", Outcome::Blocked),
    ];
    for (role, html, expected) in table {
        assert_eq!(outcome(role, html), expected, "{html}");
    }
}

#[test]
fn reads_the_status_of_errors() {
    let url = Url::parse("https://acme.example/x").unwrap();
    let table = [
        (404, Outcome::Missing),
        (410, Outcome::Missing),
        (401, Outcome::LoginRequired),
        (403, Outcome::Blocked),
        (429, Outcome::Blocked),
        (999, Outcome::Blocked),
        (400, Outcome::ServerError),
        (500, Outcome::ServerError),
        (503, Outcome::ServerError),
        (530, Outcome::ServerError),
    ];
    for (number, expected) in table {
        assert_eq!(status(number, &BTreeMap::new(), "<h1>Sorry</h1>", &url).outcome, expected, "{number}");
    }
}
