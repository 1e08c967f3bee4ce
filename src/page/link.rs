//! Links with their name and their place on the page.

use std::ops::Range;

use url::Url;

/// Where on a page a link stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkPlace {
    /// In the page's header.
    Header,
    /// In a menu.
    Menu,
    /// In the footer.
    Footer,
    /// In a form.
    Form,
    /// Anywhere else.
    Body,
}

/// A link of a page.
#[derive(Debug, Clone)]
pub struct Link {
    /// Its name: the text, else `aria-label` or `title`, else the image's `alt`; white space collapsed.
    pub name: String,
    /// The `href` as written.
    pub href: String,
    /// The absolute address, if the `href` is one that can be followed (http or https).
    pub target: Option<Url>,
    /// Where it stands.
    pub place: LinkPlace,
    /// Its bytes in the page's text; empty where the link shows no text.
    pub range: Range<usize>,
}

/// The absolute address that an `href` or `src` leads to, if it can be followed (http or https).
pub(super) fn resolve(base: Option<&Url>, address: &str) -> Option<Url> {
    let address = address.trim();
    let url = base.map_or_else(|| Url::parse(address), |base| base.join(address)).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}

#[cfg(test)]
mod tests {
    use super::LinkPlace::*;
    use super::*;
    use crate::page::tests::read;

    #[test]
    fn links_are_named_by_what_a_visitor_sees_or_hears() {
        let cases = [
            ("<a href=/p> Privacy\n <b>Policy</b></a>", "Privacy Policy"),
            ("<a href=/p aria-label='Our privacy policy'>Privacy</a>", "Privacy"),
            ("<a href=/p aria-label='Privacy policy'><svg></svg></a>", "Privacy policy"),
            ("<a href=/p title='Privacy policy'><i class=icon></i></a>", "Privacy policy"),
            ("<a href=/p><img src=x alt='Privacy policy'></a>", "Privacy policy"),
            ("<a href=/p aria-label=Privacy>&raquo;</a>", "Privacy"),
            ("<a href=/p></a>", ""),
            ("<ul><a href=/p><li>PRIVACY</li></a></ul>", "PRIVACY"),
        ];
        for (html, name) in cases {
            assert_eq!(read(html).links[0].name, name, "{html}");
        }
    }

    #[test]
    fn only_links_that_can_be_followed_have_a_target() {
        let cases = [
            ("<a href='privacy'>", Some("https://acme.example/dir/privacy")),
            ("<a href=' ../privacy#sms '>", Some("https://acme.example/privacy#sms")),
            ("<a href='//other.example/x'>", Some("https://other.example/x")),
            ("<a href='http://other.example'>", Some("http://other.example/")),
            ("<base href='/sub/'><a href='privacy'>", Some("https://acme.example/sub/privacy")),
            ("<base href='javascript:x'><a href='privacy'>", Some("https://acme.example/dir/privacy")),
            ("<a href='tel:+15125550123'>", None),
            ("<a href='mailto:a@b.example'>", None),
            ("<a href='javascript:void(0)'>", None),
            ("<a href='http://'>", None),
        ];
        for (html, target) in cases {
            let page = read(html);
            assert_eq!(page.links[0].target.as_ref().map(Url::as_str), target, "{html}");
        }
        assert!(read("<a name=top>no link</a>").links.is_empty());
    }

    #[test]
    fn a_link_knows_its_part_of_the_page() {
        let cases = [
            ("<header><a href=/>", Header),
            ("<header><nav><a href=/>", Menu),
            ("<main><article><header><a href=/>", Body),
            ("<div id=nav-mobile><a href=/>", Menu),
            ("<ul class='navbar-nav'><li><a href=/>", Menu),
            ("<footer><nav><a href=/>", Footer),
            ("<div role=contentinfo><a href=/>", Footer),
            ("<div id=SiteFooter><a href=/>", Footer),
            ("<div class='elementor elementor-location-footer'><a href=/>", Footer),
            ("<div class=card-footer><a href=/>", Body),
            ("<body class='et_fixed_nav has-footer'><p><a href=/>", Body),
            ("<div class=menu-page><h1>Menu</h1><p><a href=/>", Body),
            ("<div id=footer><h1>Contact</h1><p><a href=/>", Body),
            ("<form><label><a href=/>", Form),
            ("<form id=aspnet><div id=footer><a href=/>", Footer),
            ("<footer><form><a href=/>", Form),
            ("<p><a href=/>", Body),
        ];
        for (html, place) in cases {
            assert_eq!(read(&format!("{html}Privacy</a>")).links[0].place, place, "{html}");
        }
    }
}
