//! Tests of several errors at once: each is reported once, at its place, without errors that only
//! follow from it.

use std::collections::BTreeSet;

use super::*;

/// A valid configuration, with `{}` where more content may be, in a table or after it.
pub(super) fn small(root: &str, more: &str) -> String {
    format!(
        "public-url = \"https://reset.contoso.example\"\nkey = {{ file = {:?} }}\n{root}\n[store]\nurl = \"sqlite:///x\"\n{more}\n",
        secret()
    )
}

/// The errors: line, column and reason.
pub(super) fn told(text: &str) -> Vec<(usize, usize, String)> {
    let errors = parse(text).expect_err(text);
    let errors = errors.into_iter().map(|error| {
        let (line, column) = error.place.unwrap_or_default();
        (line, column, error.reason)
    });
    errors.collect()
}

/// The places where a text begins, by line and column.
pub(super) fn places(text: &str, what: &[&str]) -> Vec<(usize, usize)> {
    let found = what.iter().map(|what| {
        let place = text.find(what).unwrap_or_else(|| panic!("no {what}"));
        let before = &text[..place];
        let line = before.rsplit('\n').next().unwrap_or_default();
        (before.split('\n').count(), line.chars().count() + 1)
    });
    found.collect()
}

#[test]
fn each_wrong_part_of_a_list_is_told_at_its_place_in_words() {
    let network = "expected a network such as 192.0.2.0/24";
    let tenant = |line: &str| {
        small(
            "",
            &format!(
                "[delivery.mail]\nhost = \"localhost\"\nfrom = \"a@contoso.example\"\n[[tenants]]\nname = \"Contoso\"\ndomains = [\"contoso.example\"]\n{line}"
            ),
        )
    };
    for (text, wrong, reasons) in [
        (
            small(
                "",
                "[http]\ntrusted-proxies = [\"192.0.2.1/32\", \"192.0.2.9\", \"10.0.0.0/33\"]\n[http.metrics]\nnetworks = [\"x\", \"y\"]",
            ),
            vec!["\"192.0.2.9\"", "\"10.0.0.0/33\"", "\"x\"", "\"y\""],
            vec![
                format!("trusted-proxies: {network}"),
                format!("trusted-proxies: {network}"),
                format!("networks: {network}"),
                format!("networks: {network}"),
            ],
        ),
        (
            tenant("[tenants.policy]\nmethods = [\"email\", \"sms\", \"post\"]"),
            vec!["\"sms\"", "\"post\""],
            vec![
                "methods: expected one of `email`,".into(),
                ", not `post`".into(),
            ],
        ),
        (
            tenant("banned-terms = [\"abc\", \"portcullis\", \"a\\u0001bcd\"]"),
            vec!["\"abc\"", "\"a\\u0001bcd\""],
            vec![
                "the term \"abc\": shorter than 4 characters".into(),
                "a control character".into(),
            ],
        ),
        (
            tenant("locales = [\"xx\", \"nl\", \"yy\"]"),
            vec!["\"xx\"", "\"yy\""],
            vec!["\"xx\"".into(), "\"yy\"".into()],
        ),
        (
            tenant("").replace("[\"contoso.example\"]", "[\"a b\", \"c d\"]"),
            vec!["\"a b\"", "\"c d\""],
            vec!["\"a b\"".into(), "\"c d\"".into()],
        ),
    ] {
        let told = told(&text);
        let found: Vec<_> = told
            .iter()
            .map(|(line, column, _)| (*line, *column))
            .collect();
        assert_eq!(found, places(&text, &wrong), "{told:?}");
        for ((.., told), reason) in told.iter().zip(reasons) {
            assert!(told.contains(&reason), "{told}, not {reason}");
        }
    }
}

/// A key that is reported as missing in a table is really required, and other keys are optional:
/// the test removes each key in turn.
#[test]
fn all_keys_that_a_table_lacks_are_told_at_once() {
    let secret = format!("{{ file = {:?} }}", secret());
    let kannel = format!("url = \"http://127.0.0.1\"\nusername = \"a\"\npassword = {secret}\n");
    let twilio = format!("account-sid = \"a\"\nauth-token = {secret}\nfrom = \"+31612345678\"\n");
    let limit = "identity = { tries = 5, window-seconds = 5 }\n";
    for (header, keys) in [
        (
            "[delivery.mail]",
            "host = \"localhost\"\nfrom = \"a@contoso.example\"\n",
        ),
        ("[delivery.texts.kannel]", kannel.as_str()),
        ("[delivery.texts.twilio]", &twilio),
        ("[delivery.calls]", &twilio),
        ("[http.tls]", "certificate = \"a\"\nkey = \"b\"\n"),
        (
            "[[tenants]]",
            "domains = [\"contoso.example\"]\nname = \"Contoso\"\n",
        ),
        (
            "[[tenants.administrators.helpdesk]]",
            "account = \"a\"\nemail = \"a@contoso.example\"\n",
        ),
        (
            "[[tenants.administrators.user]]",
            "account = \"a\"\nemail = \"a@contoso.example\"\n",
        ),
        (
            "[[tenants.administrators.global]]",
            "account = \"a\"\nemail = \"a@contoso.example\"\n",
        ),
    ] {
        let before = if header.starts_with("[[tenants.") {
            "[delivery.mail]\nhost = \"localhost\"\nfrom = \"a@contoso.example\"\n[[tenants]]\ndomains = [\"contoso.example\"]\nname = \"Contoso\"\n"
        } else {
            ""
        };
        let missing = |keys: &str| -> BTreeSet<String> {
            let errors = told(&small("", &format!("{before}{header}\n{keys}")));
            let names = errors
                .iter()
                .filter_map(|(.., reason)| reason.strip_suffix(" is missing"));
            names.map(str::to_owned).collect()
        };
        let mut each = BTreeSet::new();
        for left_out in keys.lines() {
            each.extend(missing(&keys.replace(&format!("{left_out}\n"), "")));
        }
        assert!(each.len() > 1, "{header}: {each:?}");
        assert_eq!(missing(""), each, "{header}");
    }
    let tenant = "[delivery.mail]\nhost = \"localhost\"\nfrom = \"a@a.example\"\n[[tenants]]\ndomains = [\"a.example\"]\nname = \"A\"\n\
         [tenants.policy]\ngates-required = 1\nmethods = [\"email\"]\n[tenants.policy.throttles]\n";
    let told_of = |text: &str| -> Vec<String> {
        let told = told(text).into_iter().map(|(.., reason)| reason);
        told.collect()
    };
    let limits = small(
        "",
        &format!(
            "{tenant}{}",
            limit.replace("tries = 5, window-seconds = 5", "")
        ),
    );
    assert_eq!(
        told_of(&limits),
        ["tries is missing", "window-seconds is missing"]
    );
    let mut root = told_of("");
    root.sort();
    assert_eq!(
        root,
        [
            "key is missing",
            "public-url is missing",
            "store is missing"
        ]
    );
}

#[test]
fn what_is_wrong_in_one_tenant_hides_nothing_of_the_next() {
    let text = small(
        "",
        "[[tenants]]\nname = 1\n[[tenants]]\ndomains = [\"b.example\"]\n[[tenants]]\ndomains = [\"c.example\"]\nname = \"\"\n\
         [delivery.mail]\nhost = \"localhost\"\nfrom = \"a@contoso.example\"",
    );
    let told = told(&text);
    let told: Vec<_> = told
        .iter()
        .map(|(line, _, reason)| (*line, reason.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (6, "domains is missing"),
            (
                7,
                "name: expected text in quotation marks, not the number 1"
            ),
            (8, "name is missing"),
            (12, "a tenant needs a name that is printed on one line"),
        ]
    );
}

#[test]
fn each_number_out_of_its_bounds_is_told_with_them() {
    let text = small(
        "",
        "[delivery.mail]\nhost = \"localhost\"\nfrom = \"a@contoso.example\"\nport = 99999999999999999999\n\
         [[tenants]]\ndomains = [\"contoso.example\"]\nname = \"Contoso\"\n[tenants.policy]\ngates-required = 1\nmethods = [\"email\"]\ncode-length = 3\nsession-seconds = 1\n\
         [tenants.policy.throttles]\nidentity = { tries = 500, window-seconds = 0 }\ncodes-per-day = 300\nlock-seconds = 0\n\
         mail = { tries = -1, window-seconds = 99999999 }\n[tenants.password-rules]\nmin-length = 7\nmax-length = 9999999999999999999999999999999999999999",
    );
    let told: Vec<String> = told(&text).into_iter().map(|(.., reason)| reason).collect();
    let number = |key: &str, bounds: &str, found: &str| {
        format!("{key}: expected a whole number from {bounds}, not the number {found}")
    };
    assert_eq!(
        told,
        [
            number("port", "1 to 65535", "99999999999999999999"),
            number("code-length", "6 to 10", "3"),
            number("session-seconds", "300 to 3600", "1"),
            number("tries", "1 to 100", "500"),
            number("window-seconds", "1 to 86400", "0"),
            number("codes-per-day", "1 to 100", "300"),
            number("lock-seconds", "1 to 4294967295", "0"),
            number("tries", "1 to 100", "-1"),
            number("window-seconds", "1 to 86400", "99999999"),
            number("min-length", "8 to 256", "7"),
            number(
                "max-length",
                "8 to 256",
                "9999999999999999999999999999999999999999"
            ),
        ]
    );
}

#[test]
fn what_is_not_closed_is_told_where_it_begins_and_once() {
    let tables = "[delivery.texts.gateway]\nurl = \"http://127.0.0.1/[\" # [\nform = { to = \"{to}\" }\n\
        [[tenants]]\nname = '['\ndomains = [\n  \"contoso.example\",\n]\n[tenants.policy]\nmethods = [\"email\"]\n";
    for (whole, open, reason) in [
        (
            "form = { to = \"{to}\" }",
            "form = { to = \"{to}\"",
            "this table has no end: } is missing",
        ),
        (
            "  \"contoso.example\",\n]",
            "  \"contoso.example\",\n",
            "this list has no end: ] is missing",
        ),
        (
            "methods = [\"email\"]",
            "methods = [\"email\"",
            "this list has no end: ] is missing",
        ),
    ] {
        let text = small("listen \"127.0.0.1:80\"", &tables.replace(whole, open));
        let told = told(&text);
        let key = if open.starts_with(' ') {
            "domains = ["
        } else {
            open
        };
        let (line, column) = places(&text, &[key])[0];
        let bracket = key.find(['[', '{']).unwrap_or_default();
        assert_eq!(told.len(), 2, "{told:?}");
        assert_eq!(told[0].0, 3, "{told:?}");
        assert_eq!((told[1].0, told[1].1), (line, column + bracket), "{told:?}");
        assert!(told[1].2.starts_with(reason), "{told:?}");
    }
}

#[test]
fn a_table_that_is_there_twice_is_told_once() {
    let text = small(
        "listen = \"127.0.0.1:80\"\nlisten = \"127.0.0.1:81\"",
        "[http]\nopenapi = false\n[store]\nurl = \"sqlite:///y\"\n[audit]\nretention-days = 1\nretention-days = 2",
    );
    let told = told(&text);
    let lines: Vec<usize> = told.iter().map(|(line, ..)| *line).collect();
    assert_eq!(lines, [4, 9, 13], "{told:?}");
    let is_told = |(.., reason): &(usize, usize, String)| reason.contains("twice");
    assert!(told.iter().all(is_told), "{told:?}");
}

#[test]
fn of_several_where_one_is_meant_each_that_there_is_is_named() {
    let gateways = "[delivery.texts.gateway]\nurl = \"http://127.0.0.1\"\n[delivery.texts.twilio]\nfrom = \"x\"";
    for (more, reason) in [
        (
            gateways,
            "texts: expected one gateway: [delivery.texts.gateway], [delivery.texts.kannel] or [delivery.texts.twilio], but there are several",
        ),
        (
            "[delivery.texts]",
            "texts: expected one gateway: [delivery.texts.gateway], [delivery.texts.kannel] or [delivery.texts.twilio], but there is none",
        ),
        (
            "[delivery.texts.pigeon]",
            "there is no key `pigeon` here, expected one of `gateway`, `kannel`, `twilio`",
        ),
    ] {
        let told = told(&small("", more));
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].2, reason);
    }
}

#[test]
fn a_secret_that_cannot_be_read_is_one_fault() {
    let text = small("", "").replace(&format!("{:?}", secret()), "\"/nowhere/key\"");
    let told = told(&text);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].2.starts_with("/nowhere/key cannot be read"),
        "{told:?}"
    );
}

#[test]
fn each_key_of_a_list_that_cannot_be_taken_is_told_at_its_place() {
    let sound = format!("{{ file = {:?} }}", secret());
    let again = format!("{{ file = '{}' }}", secret());
    let list = format!(
        "[{sound}, {{ file = \"/no-1\" }}, {{ env = \"POSTERN_NOT_SET\" }},\n 73, \"sesame\", {again}, {{ env = 74 }}, {{ fille = \"x\" }}, 2026-01-01]"
    );
    let text = small("", "").replace(&sound, &list);
    let told = told(&text);
    let wrong = [
        ("\"/no-1\"", "/no-1 cannot be read"),
        (
            "{ env = \"P",
            "the environment variable POSTERN_NOT_SET is not set",
        ),
        ("73", "key: expected { env ="),
        ("\"sesame\"", "key: expected { env ="),
        (again.as_str(), "the list has the same key twice"),
        ("74", "expected { env ="),
        ("{ fille", "expected { env ="),
        ("2026", "expected { env ="),
    ];
    let found: Vec<_> = told.iter().map(|(line, at, _)| (*line, *at)).collect();
    assert_eq!(found, places(&text, &wrong.map(|(at, _)| at)), "{told:?}");
    for ((.., told), (_, reason)) in told.iter().zip(wrong) {
        assert!(told.contains(reason), "{told}, not {reason}");
        // The text in this place may be the secret.
        let repeats = ["73", "74", "sesame"].iter().any(|it| told.contains(it));
        assert!(!repeats, "{told}");
    }
}

/// A date replaces each value of the example, and each table: no key accepts a date.
#[test]
fn a_date_is_told_as_one_wherever_it_stands() {
    let example = uncommented(&example(), |line| !line.contains("{ file ="));
    let lines: Vec<&str> = example.lines().collect();
    let mut tried = 0;
    for (date, name) in [("2026-01-01", "a date"), ("07:32:00", "a time")] {
        for (place, line) in lines.iter().enumerate() {
            let Some((key, value)) = line.split_once(" = ") else {
                continue;
            };
            if key.starts_with('#') {
                continue;
            }
            let wrong = if value.starts_with('[') && key != "key" {
                vec![format!("{key} = {date}"), format!("{key} = [{date}]")]
            } else {
                vec![format!("{key} = {date}")]
            };
            for wrong in wrong {
                let mut text = lines.clone();
                text[place] = &wrong;
                let told = told(&text.join("\n"));
                let at_it: Vec<_> = told.iter().filter(|(at, ..)| *at == place + 1).collect();
                let [(.., reason)] = at_it[..] else {
                    panic!("{wrong}: {told:?}");
                };
                // An error about a secret contains no part of its value.
                let is_told = reason.ends_with(&format!("not {name}"))
                    || reason.starts_with("expected { env =")
                    || reason.starts_with("key: expected { env =");
                assert!(is_told, "{wrong}: {reason}");
                tried += 1;
            }
        }
    }
    assert!(tried > 150, "{tried}");
    for table in ["store", "http", "delivery", "audit", "proof-of-work"] {
        let text = small(&format!("{table} = 2026-01-01"), "").replace("[store]\nurl", "#");
        let told = told(&text);
        let reason = format!("{table}: expected a table, not a date");
        assert!(told.iter().any(|(.., it)| *it == reason), "{told:?}");
    }
}

#[test]
fn the_line_is_told_that_is_not_utf_8() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("postern.toml");
    std::fs::write(&path, b"# Z\xc3\xbcrich\n\xc3\xbc = \"M\xfcnchen\"\n").expect("a file");
    let told = Config::read(&path).expect_err("latin-1").to_string();
    let path = path.display();
    assert_eq!(
        told,
        format!("{path}:2:7: the file is not UTF-8: save it as UTF-8")
    );
}

#[test]
fn two_addresses_that_cannot_be_listened_to_both_are_refused() {
    let both = |listen: &str, metrics: &str| {
        let text = small(
            &format!("listen = {listen:?}"),
            &format!("[http.metrics]\nlisten = {metrics:?}"),
        );
        parse(&text).err().map(|errors| errors[0].clone())
    };
    for (listen, metrics) in [
        ("127.0.0.1:9464", "127.0.0.1:9464"),
        ("0.0.0.0:9464", "127.0.0.1:9464"),
        ("127.0.0.1:9464", "0.0.0.0:9464"),
        ("[::]:9464", "127.0.0.1:9464"),
        ("[::]:9464", "[::1]:9464"),
    ] {
        let error = both(listen, metrics).unwrap_or_else(|| panic!("{listen}, {metrics}"));
        assert!(error.reason.contains("a port of its own"), "{error:?}");
        assert_eq!(error.place.map(|(line, _)| line), Some(7), "{error:?}");
    }
    for (listen, metrics) in [
        ("127.0.0.1:8080", "127.0.0.1:9464"),
        ("127.0.0.1:9464", "127.0.0.2:9464"),
        ("0.0.0.0:9464", "[::1]:9464"),
        ("127.0.0.1:0", "127.0.0.1:0"),
    ] {
        assert_eq!(both(listen, metrics), None, "{listen}, {metrics}");
    }
}
