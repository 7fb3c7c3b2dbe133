//! Tests of the configuration: the accepted values, and the messages for errors.

mod at_once;
mod bare;
mod example;
mod files;
mod independent;
mod keys;
mod lists;
mod own_lines;
mod two_tenants;
mod warned;
mod wrong;

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::sync::LazyLock;

use postern_server::config::{Config, ConfigError};

const EXAMPLE: &str = include_str!("../postern.example.toml");

/// The example, with its secrets and its pictures in files that exist.
fn example() -> String {
    let source = format!("{{ file = {:?} }}", secret());
    let mut parts = EXAMPLE.split("{ env = ");
    let mut example = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (_, after) = part.split_once('}').expect("a secret ends");
        example.push_str(&source);
        example.push_str(after);
    }
    for name in ["/etc/postern/contoso.svg", "/etc/postern/contoso-dark.svg"] {
        example = example.replace(name, picture());
    }
    example
}

fn parse(text: &str) -> Result<Config, Vec<ConfigError>> {
    Config::parse(text)
}

/// The warnings about an accepted configuration.
fn warnings(text: &str) -> Vec<String> {
    let warnings = parse(text).expect("it is taken").warnings().into_iter();
    warnings.map(|warning| warning.reason).collect()
}

#[test]
fn what_is_most_likely_not_meant_is_warned_of() {
    let warned = |tables: &str| {
        let text = format!(
            "public-url = \"https://reset.contoso.example\"\nkey = {{ file = {:?} }}\n[store]\nurl = \"sqlite:///x\"\n{tables}",
            secret()
        );
        let mut warnings = warnings(&text);
        warnings.retain(|warning| !warning.contains("[[tenants]]"));
        warnings
    };
    let proxies = "trusted-proxies = [\"192.0.2.1/32\"]";
    let header = "forwarded-header = \"forwarded\"";
    for (tables, told) in [
        (String::new(), Some("neither http.tls nor")),
        (
            format!("[http]\n{proxies}"),
            Some("without http.forwarded-header"),
        ),
        (
            format!("[http]\n{header}"),
            Some("without http.trusted-proxies"),
        ),
        (
            format!("[http]\n{header}\ntrusted-proxies = [\"::/0\"]"),
            Some("every address"),
        ),
        (
            format!("[http]\n{header}\ntrusted-proxies = [\"0.0.0.0/1\", \"128.0.0.0/1\"]"),
            Some("every address"),
        ),
        (
            format!(
                "[http]\n{header}\ntrusted-proxies = [\"128.0.0.0/2\", \"10.0.0.0/8\", \"0.0.0.0/2\", \"64.0.0.0/2\", \"192.0.0.0/3\"]"
            ),
            Some("every address"),
        ),
        (
            format!("[http]\n{header}\ntrusted-proxies = [\"::/1\", \"8000::/1\"]"),
            Some("every address"),
        ),
        (
            format!("[http]\n{header}\ntrusted-proxies = [\"2000::/4\", \"3000::/4\"]"),
            Some("every address"),
        ),
        (
            format!("[http]\n{header}\ntrusted-proxies = [\"::ffff:0:0/96\"]"),
            Some("every address"),
        ),
        (
            format!(
                "[http]\n{header}\ntrusted-proxies = [\"0.0.0.0/1\", \"128.0.0.0/3\", \"fd00::/8\"]"
            ),
            None,
        ),
        (
            format!("[http]\n{header}\n{proxies}\n[http.metrics]\nlisten = \"0.0.0.0:9464\""),
            Some("none of them"),
        ),
        (format!("[http]\n{header}\n{proxies}"), None),
        (
            format!(
                "[http]\n{header}\n{proxies}\n[delivery.mail]\nhost = \"localhost\"\nfrom = \"a@contoso.example\"\n[[tenants]]\nname = \"Contoso\"\ndomains = [\"contoso.example\"]\n\
                 [tenants.policy]\nmethods = [\"email\", \"authenticator-code\"]"
            ),
            Some("six digits"),
        ),
        (
            "[http.tls]\ncertificate = \"a\"\nkey = \"b\"".to_owned(),
            None,
        ),
    ] {
        let warnings = warned(&tables);
        match told {
            Some(told) => assert!(
                warnings.iter().any(|warning| warning.contains(told)),
                "{tables}: {warnings:?}"
            ),
            None => assert!(warnings.is_empty(), "{tables}: {warnings:?}"),
        }
    }
}

/// A file with a secret, in Cargo's folder for test files: a shared static value is never dropped.
fn secret() -> &'static str {
    static FILE: LazyLock<&str> = LazyLock::new(|| {
        let path = concat!(env!("CARGO_TARGET_TMPDIR"), "/secret-of-the-configuration");
        std::fs::write(path, crate::support::KEY).expect("a file");
        std::fs::set_permissions(path, Permissions::from_mode(0o600)).expect("a file");
        path
    });
    &FILE
}

const DRAWING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

/// A file with a picture, in the same folder.
fn picture() -> &'static str {
    static FILE: LazyLock<&str> = LazyLock::new(|| {
        let path = concat!(env!("CARGO_TARGET_TMPDIR"), "/picture-of-the-configuration");
        std::fs::write(path, DRAWING).expect("a file");
        path
    });
    &FILE
}

/// The example with its comments turned into content.
fn uncommented(example: &str, is_wanted: fn(&str) -> bool) -> String {
    let mut text = String::new();
    for line in example.lines() {
        let written = line.strip_prefix('#').filter(|rest| {
            rest.starts_with(|first: char| first.is_ascii_lowercase()) && is_wanted(rest)
        });
        text.push_str(written.unwrap_or(line));
        text.push('\n');
    }
    text
}

#[test]
fn a_portal_is_an_origin_and_a_page_of_this_machine_may_do_without_tls() {
    let portals = [
        "https://portal.contoso.example",
        "https://portal.contoso.example:8443",
        "http://localhost:3000",
        "http://portal.localhost",
        "http://127.0.0.1:3000",
        "http://[::1]:3000",
    ];
    let written = format!("portals = {portals:?}");
    let config = parse(&example().replace("#portals = []", &written)).expect("they are taken");
    assert_eq!(config.tenants()[0].portals, portals);
}

#[test]
fn an_address_to_go_back_to_is_kept_as_a_parser_writes_it() {
    for (written, kept) in [
        (
            "https://portal.contoso.example/account",
            "https://portal.contoso.example/account",
        ),
        (
            "https://Portal.contoso.example:443",
            "https://portal.contoso.example/",
        ),
        ("http://[::1]:3000/a/../b", "http://[::1]:3000/b"),
    ] {
        let written = format!("return-to = [{written:?}]");
        let config = parse(&example().replace("#return-to = []", &written)).expect("it is taken");
        assert_eq!(config.tenants()[0].return_to, [kept]);
    }
}

#[test]
fn the_pictures_of_a_tenant_are_read_with_its_configuration() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = |name: &str, content: &[u8]| {
        let path = directory.path().join(name);
        std::fs::write(&path, content).expect("a file");
        path
    };
    let (svg, text) = (
        file("logo", DRAWING.as_bytes()),
        file("logo.svg", b"a picture"),
    );
    let page = file("page.svg", b"<html>\n<svg/></html>");
    let with = |keys: &str| {
        parse(&example().replace("[tenants.logo]", &format!("[tenants.logo]\n{keys}")))
    };
    let logos = |keys: &str| with(keys).expect("it is taken").settings().logos;
    assert!(logos("").is_empty());
    let logo = &logos(&format!("light = {svg:?}"))["contoso.example"];
    assert!(
        logo.light.name.split('.').nth(1) == Some("svg"),
        "{}",
        logo.light.name
    );
    assert_eq!(logo.pictures().count(), 1);
    let logo = &logos(&format!("light = {svg:?}\ndark = {svg:?}"))["contoso.example"];
    assert_eq!(logo.pictures().count(), 2);
    for (written, told) in [
        (
            format!("light = {text:?}"),
            "logo.svg is not an SVG, PNG, JPEG or WebP file",
        ),
        (
            format!("light = {svg:?}\ndark = {page:?}"),
            "page.svg is an SVG that Postern does not accept: line 1 begins with html",
        ),
        (
            "light = \"/nowhere.svg\"".to_owned(),
            "/nowhere.svg cannot be read: No such file",
        ),
        (
            format!("dark = {svg:?}"),
            "needs `light` beside it, which is missing",
        ),
    ] {
        let errors = with(&written).expect_err("it is wrong");
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(errors[0].reason.contains(told), "{errors:?}");
        assert!(errors[0].place.is_some(), "{errors:?}");
    }
}

#[test]
fn all_that_is_wrong_is_told_at_once_each_at_its_line() {
    let example = example();
    let wrong = [
        ("#listen =", "lissten = \"127.0.0.1:80\""),
        ("port = 587", "port = \"587\""),
        ("domains =", "domains = \"contoso.example\""),
        ("#enabled =", "enabled = \"yes\""),
        ("#gates-required =", "gates-required = 3"),
        ("#code-lifetime-seconds =", "code-lifetime-seconds = 5"),
        ("#min-length =", "min-length = 4"),
        ("#accent =", "accent = \"teal\""),
    ];
    let mut text: Vec<&str> = example.lines().collect();
    let mut lines = Vec::new();
    for (begins, broken) in wrong {
        let place = text.iter().position(|line| line.starts_with(begins));
        let place = place.expect(begins);
        text[place] = broken;
        lines.push(place + 1);
    }
    lines.sort_unstable();
    let errors = parse(&text.join("\n")).expect_err("eight faults");
    let told: Vec<usize> = errors
        .iter()
        .filter_map(|error| error.place)
        .map(|(line, _)| line)
        .collect();
    assert_eq!(told, lines, "{errors:?}");
    // Each error contains the explanation of the key from the example.
    let port = errors.iter().find(|error| error.reason.starts_with("port"));
    let help = port.and_then(|error| error.help).unwrap_or_default();
    assert!(
        help.starts_with("The port of the mail server. Without this key: 587 with starttls"),
        "{help}"
    );
}

#[test]
fn all_that_is_no_toml_is_told_at_once() {
    let text = "public-url = https://reset.contoso.example\nkey = { env = \"PATH\" }\n[store\nurl = \"sqlite::memory:\"\n[http]\nopenapi = maybe\n";
    let errors = parse(text).expect_err("four faults");
    let mut lines: Vec<usize> = errors
        .iter()
        .filter_map(|error| error.place)
        .map(|(line, _)| line)
        .collect();
    lines.dedup();
    // The variable exists, but contains no valid key.
    assert_eq!(lines, [1, 2, 3, 6], "{errors:?}");
}

#[test]
fn what_is_wrong_with_a_gateway_is_told_at_its_own_line() {
    let example = example();
    let begins = example.find("[delivery.texts.kannel]").expect("it has one");
    let ends = example.find("[delivery.calls]").expect("it has calls");
    for (gateway, key, reason) in [
        (
            "url = \"https://sms.example/send\"\nform = { to = \"{too}\" }",
            "form",
            "there is no placeholder {too}",
        ),
        (
            "url = \"http://sms.example/send\"\nform = { to = \"{to}\" }",
            "url",
            "must begin with https://",
        ),
        (
            "url = \"https://sms.example/send\"\nauthentication = \"bearer\"",
            "authentication",
            "a password is needed",
        ),
        (
            "url = \"https://sms.example/send\"\ntimeout-seconds = \"1\"",
            "timeout-seconds",
            "timeout-seconds: expected a whole number",
        ),
        (
            "url = \"https://sms.example/send\"\nca-file = \"/nowhere.pem\"",
            "ca-file",
            "/nowhere.pem",
        ),
    ] {
        let text = format!(
            "{}[delivery.texts.gateway]\n{gateway}\n{}",
            &example[..begins],
            &example[ends..]
        );
        let line = text
            .lines()
            .position(|line| line.starts_with(key) && gateway.contains(line));
        let errors = parse(&text).expect_err(reason);
        assert!(errors[0].reason.contains(reason), "{errors:?}");
        assert_eq!(
            errors[0].place.map(|(line, _)| line - 1),
            line,
            "{errors:?}"
        );
    }
}

#[test]
fn a_domain_has_one_tenant() {
    let second = "\n[[tenants]]\ndomains = [\"Contoso.Test\"]\nname = \"Another\"\n";
    let text = example() + second;
    let errors = parse(&text).expect_err("two tenants");
    let line = text.lines().count() - 1;
    assert!(errors[0].reason.contains("contoso.test"), "{errors:?}");
    assert_eq!(errors[0].place.map(|(line, _)| line), Some(line));
}

#[test]
fn no_tenant_asks_for_fewer_than_eight_characters() {
    let asking =
        |length: u16| example().replace("#min-length = 8", &format!("min-length = {length}"));
    assert!(parse(&asking(8)).is_ok());
    let text = asking(7);
    let line = text.lines().position(|line| line == "min-length = 7");
    let errors = parse(&text).expect_err("seven characters");
    assert!(
        errors[0]
            .reason
            .starts_with("min-length: expected a whole number from 8"),
        "{errors:?}"
    );
    assert_eq!(errors[0].place.map(|(line, _)| line - 1), line);
}

#[test]
fn breached_passwords_may_be_asked_of_this_machine_or_not_at_all() {
    let example = example();
    let asked = |text: &str| {
        let settings = parse(text).expect("it is taken").settings();
        settings.breached_passwords.map(|it| it.url.to_string())
    };
    let public = "https://api.pwnedpasswords.com/range/";
    assert_eq!(asked(&example).as_deref(), Some(public));
    let here = "http://127.0.0.1:8000/range/";
    let text = example.replace(public, here);
    assert_eq!(asked(&text).as_deref(), Some(here));
    let (before, rest) = example
        .split_once("[breached-passwords]")
        .expect("it has the table");
    let (_, after) = rest.split_once("\n[").expect("another table follows");
    assert_eq!(asked(&format!("{before}[{after}")), None);
}

#[test]
fn in_development_only_this_machine_is_listened_to() {
    let open = example().replace("#listen = \"127.0.0.1:8080\"", "listen = \"0.0.0.0:8080\"");
    assert!(parse(&open).is_ok());
    let open = open.replace("#development = false", "development = true");
    let errors = parse(&open).expect_err("an open mailbox");
    assert!(
        errors[0].reason.contains("only on this machine"),
        "{errors:?}"
    );
}

#[test]
fn what_a_policy_has_sent_needs_a_configured_carrier() {
    let without = |table: &str| {
        let example = example();
        let (before, rest) = example.split_once(table).expect(table);
        let after = rest.split_once("\n[").map_or("", |(_, after)| after);
        format!("{before}\n[{after}").replace("#methods = [", "methods = [\"office-call\", ")
    };
    for (table, expected) in [
        ("[delivery.mail]", "the configuration has no delivery.mail"),
        (
            "[delivery.texts.kannel]",
            "the configuration has no delivery.texts",
        ),
        (
            "[delivery.calls]",
            "the configuration has no delivery.calls",
        ),
    ] {
        let errors = parse(&without(table)).expect_err(table);
        assert!(errors[0].reason.contains(expected), "{table}: {errors:?}");
        let developing = without(table).replace("#development = false", "development = true");
        assert!(parse(&developing).is_ok(), "{table}");
    }
}

#[test]
fn an_administrator_is_written_to_at_an_address() {
    for address in [
        "",
        "helpdesk",
        "@contoso.example",
        "helpdesk@",
        "help desk@contoso.example",
    ] {
        let text = example().replace("helpdesk@contoso.example", address);
        let errors = parse(&text).expect_err(address);
        assert!(
            errors
                .iter()
                .any(|error| error.reason.contains("expected an email address")),
            "{errors:?}"
        );
    }
}
