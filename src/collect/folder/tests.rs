use super::*;

fn site(files: &[(&str, &[u8])]) -> (tempfile::TempDir, Folder) {
    let root = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = root.path().join("site").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let folder = Folder::open(&root.path().join("site")).unwrap();
    (root, folder)
}

fn get(folder: &Folder, path: &str) -> Result<String, Fault> {
    let url = Url::parse(&format!("https://acme.example{path}")).unwrap();
    folder.get(&url).map(|answer| answer.body.text().to_owned())
}

#[test]
fn finds_files_as_static_hosts_do() {
    let (_root, folder) = site(&[
        ("index.html", b"home"),
        ("privacy.html", b"privacy"),
        ("terms/index.html", b"terms"),
        ("old.htm", b"old"),
        ("bare", b"<p>bare"),
        ("caf\u{e9} menu.html", b"menu"),
        ("sms.txt", b"plain"),
    ]);
    let table = [
        ("/", "home"),
        ("", "home"),
        ("/?utm=1#top", "home"),
        ("/index.html", "home"),
        ("/privacy", "privacy"),
        ("/privacy/", "privacy"),
        ("/privacy.html", "privacy"),
        ("/privacy?x=1#y", "privacy"),
        ("/./privacy", "privacy"),
        ("/terms", "terms"),
        ("/terms/", "terms"),
        ("/terms.html", "terms"),
        ("/old", "old"),
        ("/bare", "<p>bare"),
        ("/caf%C3%A9%20menu", "menu"),
        ("/sms.txt", "plain"),
    ];
    for (path, expected) in table {
        assert_eq!(get(&folder, path).as_deref(), Ok(expected), "{path}");
    }
}

#[test]
fn says_which_files_it_looked_for() {
    let (_root, folder) = site(&[("index.html", b"home")]);
    let fault = get(&folder, "/privacy").unwrap_err();
    assert_eq!(fault.outcome, Outcome::Missing);
    assert!(fault.why.contains("`privacy.html`") && fault.why.contains("`privacy/index.html`"), "{}", fault.why);
}

#[test]
fn never_leaves_the_folder() {
    let (root, folder) = site(&[("index.html", b"home")]);
    fs::write(root.path().join("secret.html"), "secret").unwrap();
    for path in [
        "/../secret",
        "/..%2fsecret.html",
        "/%2e%2e/secret",
        "/a/../../secret",
        "/..%5csecret",
        "/%00",
        "/%2Fetc%2Fpasswd",
    ] {
        assert_eq!(get(&folder, path).unwrap_err().outcome, Outcome::Missing, "{path}");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(root.path().join("secret.html"), root.path().join("site/link.html")).unwrap();
        assert_eq!(get(&folder, "/link").unwrap_err().outcome, Outcome::Missing);
    }
}

#[test]
fn tells_files_that_are_no_pages() {
    let (_root, folder) = site(&[("policy.pdf", b"%PDF-1.7 x"), ("photo.html", b"\x89PNG\r\n")]);
    for path in ["/policy.pdf", "/photo"] {
        assert_eq!(get(&folder, path).unwrap_err().outcome, Outcome::Unreadable, "{path}");
    }
    assert!(get(&folder, "/policy.pdf").unwrap_err().why.contains("PDF"));
}

#[test]
fn says_what_is_wrong_with_files_from_the_user() {
    let root = tempfile::tempdir().unwrap();
    assert!(Folder::open(&root.path().join("nowhere")).is_err());
    assert!(read(&root.path().join("nowhere.html")).unwrap_err().message.contains("nowhere.html"));
    assert!(read(root.path()).is_err());
    let big = root.path().join("big.html");
    fs::File::create(&big).unwrap().set_len(MAX_FILE + 1).unwrap();
    assert!(read(&big).unwrap_err().message.contains("16 MB"));
}
