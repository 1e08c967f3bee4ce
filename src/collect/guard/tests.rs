use super::*;

#[test]
fn refuses_every_address_that_is_not_public() {
    let refused = [
        "127.0.0.1",
        "127.9.9.9",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "169.254.0.1",
        "100.64.0.1",
        "100.127.255.255",
        "0.0.0.0",
        "0.1.2.3",
        "255.255.255.255",
        "240.0.0.1",
        "224.0.0.1",
        "192.0.2.1",
        "198.51.100.7",
        "203.0.113.9",
        "198.18.0.1",
        "198.19.255.255",
        "192.0.0.8",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "2002:c0a8:101::1",
        "100::1",
        "fec0::1",
        "2001::1",
    ];
    for address in refused {
        assert!(private(address.parse().unwrap()).is_some(), "{address} must be refused");
    }
    let public = [
        "1.1.1.1",
        "8.8.8.8",
        "172.15.0.1",
        "172.32.0.1",
        "100.63.0.1",
        "100.128.0.1",
        "192.167.1.1",
        "198.17.0.1",
        "198.20.0.1",
        "2606:4700:4700::1111",
        "2a00:1450:4001::1",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::1",
    ];
    for address in public {
        assert_eq!(private(address.parse().unwrap()), None, "{address} is public");
    }
}

#[test]
fn sees_through_disguised_addresses() {
    let refused = [
        "http://0x7f.1/",
        "http://2130706433/",
        "http://017700000001/",
        "http://127.1/",
        "http://0x7f000001/",
        "http://0/",
        "http://[::ffff:169.254.169.254]/",
        "http://[::1]/",
        "https://169.254.169.254/latest/meta-data",
        "http://①②⑦.0.0.1/",
        "file:///etc/passwd",
        "ftp://acme.com/",
        "data:text/html,hi",
        "javascript:alert(1)",
        "gopher://acme.com/",
        "https://www.acme.com@evil.com/",
        "https://user:secret@acme.com/",
        "https://www.acme.com%2f@evil.com/",
    ];
    for address in refused {
        let fault = check(&Url::parse(address).unwrap(), false).unwrap_err();
        assert_eq!(fault.outcome, Outcome::Forbidden, "{address}");
    }
    for address in ["https://acme.com/", "http://acme.com:8080/x", "https://1.1.1.1/"] {
        assert_eq!(check(&Url::parse(address).unwrap(), false), Ok(()), "{address}");
    }
    assert_eq!(check(&Url::parse("http://127.0.0.1:80/").unwrap(), true), Ok(()));
}

fn guard(allow_private: bool, fixed: &[(&str, u16, &str)]) -> Guard {
    let fixed =
        fixed.iter().map(|(host, port, address)| ((host.to_string(), *port), address.parse().unwrap())).collect();
    Guard { fixed: Arc::new(fixed), port: 443, allow_private, handed_out: Arc::default() }
}

fn look_up(guard: &Guard, host: &str) -> Result<Vec<SocketAddr>, Box<dyn StdError + Send + Sync>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(guard.look_up(host))
}

#[test]
fn checks_names_after_they_are_looked_up() {
    let refused = look_up(&guard(false, &[]), "localhost").unwrap_err();
    assert!(refused.downcast_ref::<Refused>().unwrap().0.contains("this computer itself"));
    assert!(look_up(&guard(true, &[]), "localhost").is_ok());
    let missing = look_up(&guard(true, &[]), "acme.invalid").unwrap_err();
    assert!(!missing.downcast_ref::<NoAddress>().unwrap().temporary);
}

#[test]
fn takes_the_addresses_that_the_user_gives() {
    let guard = guard(false, &[("acme.example", 443, "127.0.0.1:8443"), ("other.example", 8080, "127.0.0.2:8080")]);
    assert_eq!(look_up(&guard, "acme.example").unwrap(), ["127.0.0.1:8443".parse().unwrap()]);
    assert_eq!(look_up(&guard, "other.example").unwrap(), ["127.0.0.2:0".parse().unwrap()]);
    assert!(look_up(&guard, "third.example").is_err());
}
