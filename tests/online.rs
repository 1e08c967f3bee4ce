//! The whole program over a real network: the examples' websites behind HTTPS on loopback, with a throw-away authority.

#![allow(clippy::unwrap_used)]

#[allow(dead_code)]
#[path = "fetch/server.rs"]
mod server;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use server::{Authority, Reply, Visits, http, serve};

const HOST: &str = "juniperhollow.example";

/// The page of an example's folder, as a web server with clean addresses would send it.
fn file(example: &str, path: &str) -> Reply {
    let name = if path == "/" { "index" } else { path.trim_start_matches('/') };
    let file = PathBuf::from(format!("examples/{example}/site/{name}.html"));
    let html = [("content-type", "text/html; charset=utf-8")];
    match std::fs::read(file) {
        Ok(body) => Reply::Send(http("200 OK", &html, body)),
        Err(_) => Reply::Send(http("404 Not Found", &html, "<title>Not found</title>")),
    }
}

fn ready(_: &str, path: &str, _: usize) -> Reply {
    file("clinic-ready", path)
}

fn rejected(_: &str, path: &str, _: usize) -> Reply {
    file("clinic-rejected", path)
}

/// Runs `check` on an example, its website served by `site` with a certificate for `names`.
fn check(example: &str, site: server::Site, names: &[&str], trusted: bool) -> Output {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (authority, scratch) = (Authority::new("Test Authority"), tempfile::tempdir().unwrap());
    let pem = scratch.path().join("authority.pem");
    std::fs::write(&pem, authority.pem()).unwrap();
    runtime.block_on(async {
        let address = serve(Some(authority.acceptor(names, (2020, 2090))), site, Visits::default()).await;
        let mut program = Command::new(env!("CARGO_BIN_EXE_tcr-lint"));
        program.arg("check").arg(Path::new("examples").join(example).join("campaign.yaml"));
        program.args(["--allow-private", "--timeout", "5", "--resolve", &format!("{HOST}:443:{address}")]);
        if trusted {
            program.arg("--cacert").arg(&pem);
        }
        let run = std::thread::spawn(move || program.output().unwrap());
        while !run.is_finished() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        run.join().unwrap()
    })
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn the_sound_clinic_is_ready_on_a_live_website() {
    let output = check("clinic-ready", ready, &[HOST], true);
    assert!(text(&output).contains("Outlook: ready to submit"), "{}", text(&output));
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn the_rejected_clinic_is_told_the_words_on_its_live_pages() {
    let output = check("clinic-rejected", rejected, &[HOST], true);
    let report = text(&output);
    assert!(report.contains("─[https://juniperhollow.example/privacy:"), "{report}");
    assert!(report.contains("https://juniperhollow.example/privacy#:~:text="), "{report}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_website_whose_certificate_is_for_another_name_is_a_fault_that_says_so() {
    let output = check("clinic-ready", ready, &["hosting.example"], true);
    let report = text(&output);
    assert!(report.contains("hosting.example") && report.contains("certificate"), "{report}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn an_unknown_authority_is_a_fault_that_says_so() {
    let output = check("clinic-ready", ready, &[HOST], false);
    assert!(text(&output).contains("certificate"), "{}", text(&output));
    assert_eq!(output.status.code(), Some(1));
}
