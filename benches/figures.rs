//! Prints the figures of `docs/performance.md`: `cargo bench`. Nothing is asserted; a slow machine fails no test.

#![allow(clippy::print_stdout)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tcr_lint::collect::{CollectOptions, Collector};
use tcr_lint::evaluate::evaluate;
use tcr_lint::evidence::Evidence;
use tcr_lint::registration;
use tcr_lint::rule::RuleSet;
use tcr_lint::text::Sources;

const PROGRAM: &str = env!("CARGO_BIN_EXE_tcr-lint");
const MANIFEST: &str = "examples/clinic-ready/campaign.yaml";
const SITE: &str = "examples/clinic-ready/site";

fn main() {
    let folder = std::env::temp_dir().join(format!("tcr-lint-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("the temporary folder is writable");
    println!("| what | time | peak memory |\n|---|---|---|");
    cold_start();
    warm();
    large_policy(&folder);
    growth(&folder);
    let _ = fs::remove_dir_all(&folder);
}

/// Whole processes, from start to exit.
fn cold_start() {
    process("whole process, `--version`", &["--version"], 41);
    process("whole process, `check --offline` on the example", &["check", MANIFEST, "--offline"], 41);
    let with_site = ["check", MANIFEST, "--offline", "--site-dir", SITE];
    process("whole process, the example with its website folder", &with_site, 41);
}

/// One registration in a process that has run before.
fn warm() {
    let rules = RuleSet::embedded().expect("the rules are sound");
    for (what, site) in [("one registration, warm", None), ("one registration with its website, warm", Some(SITE))] {
        let time = median(401, || judge(&rules, site));
        row(what, time, None);
    }
}

fn judge(rules: &RuleSet, site: Option<&str>) {
    let options = CollectOptions {
        offline: true,
        pages: Default::default(),
        site_dir: site.map(Into::into),
        resolve: Vec::new(),
        cacert: Vec::new(),
        allow_private: false,
        timeout: Duration::from_secs(1),
    };
    let mut sources = Sources::default();
    let source = registration::read_manifest(Path::new(MANIFEST)).expect("the example is readable");
    let source = sources.add(source);
    let mut collector = Collector::new(options).expect("the site folder is there");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("tokio starts");
    for registration in registration::load(source, &sources).expect("the example is sound") {
        let pages = runtime.block_on(collector.pages(&registration, &mut sources)).expect("the pages are readable");
        let evaluation = evaluate(rules, Evidence { registration: &registration, pages: &pages }, None);
        std::hint::black_box(evaluation);
    }
}

/// A privacy policy of a megabyte.
fn large_policy(folder: &Path) {
    let policy = fs::read_to_string("examples/clinic-rejected/site/privacy.html").expect("the example is readable");
    let (head, body) = policy.split_once("<h2>").expect("the policy has headings");
    let body = format!("<h2>{}", body.split("</main>").next().unwrap_or(body));
    let large = format!("{head}{}</main></body></html>", body.repeat(1_000_000 / body.len()));
    let file = folder.join("privacy.html");
    fs::write(&file, &large).expect("the temporary folder is writable");
    let page = format!("privacy={}", file.display());
    let arguments = ["check", MANIFEST, "--offline", "--format", "json", "--page", &page];
    process(&format!("whole process, a policy page of {:.1} MB", large.len() as f64 / 1e6), &arguments, 11);
}

/// How time and memory grow with the number of registrations in one call.
fn growth(folder: &Path) {
    let manifest = fs::read_to_string(MANIFEST).expect("the example is readable");
    for count in [1, 10, 100, 1_000] {
        let manifests = folder.join(count.to_string());
        fs::create_dir_all(&manifests).expect("the temporary folder is writable");
        for number in 0..count {
            fs::write(manifests.join(format!("{number:04}.yaml")), &manifest).expect("the folder is writable");
        }
        let path = manifests.display().to_string();
        process(&format!("{count} registrations in one call"), &["check", &path, "--offline", "--format", "json"], 5);
    }
}

fn process(what: &str, arguments: &[&str], times: usize) {
    let time = median(times, || {
        let run = Command::new(PROGRAM).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
        assert!(run.is_ok(), "{PROGRAM} does not start");
    });
    row(what, time, peak_memory(arguments));
}

/// The highest resident size of a run in MB, as GNU time measures it; none where that is not installed.
fn peak_memory(arguments: &[&str]) -> Option<f64> {
    let measured =
        Command::new("/usr/bin/time").args(["-f", "%M", PROGRAM]).args(arguments).stdout(Stdio::null()).output();
    let text = String::from_utf8_lossy(&measured.ok()?.stderr).into_owned();
    Some(text.lines().last()?.trim().parse::<f64>().ok()? / 1024.0)
}

fn median(times: usize, mut run: impl FnMut()) -> Duration {
    let mut taken: Vec<Duration> = Vec::with_capacity(times);
    for _ in 0..times {
        let start = Instant::now();
        run();
        taken.push(start.elapsed());
    }
    taken.sort();
    taken[times / 2]
}

fn row(what: &str, time: Duration, memory: Option<f64>) {
    let memory = memory.map_or_else(String::new, |megabytes| format!("{megabytes:.1} MB"));
    println!("| {what} | {:.2} ms | {memory} |", time.as_secs_f64() * 1e3);
}
