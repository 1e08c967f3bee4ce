//! Every console block of the README and of `docs/` is run, and must print what it shows.

#[test]
fn console_blocks_print_what_they_show() {
    trycmd::TestCases::new().case("README.md").case("docs/*.md");
}
