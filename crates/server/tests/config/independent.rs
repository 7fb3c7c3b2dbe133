//! Tests of independent errors: the check reports all of them at once, in any order.

use super::at_once::{small, told};
use super::*;

/// A valid line, an invalid one in its place, and the error for it.
const LINES: [(&str, &str, &str); 15] = [
    (
        "public-url = \"https://reset.contoso.example\"",
        "public-url = \"http://reset.contoso.example\"",
        "expected https://, or http:// only to this machine",
    ),
    (
        "key = { file = \"SECRET\" }",
        "key = { env = \"POSTERN_NOT_SET\" }",
        "the environment variable POSTERN_NOT_SET is not set",
    ),
    (
        "url = \"sqlite:///x\"",
        "url = \"mysql:///x\"",
        "expected sqlite:///path",
    ),
    (
        "openapi = false",
        "openapy = false",
        "there is no key `openapy` here",
    ),
    (
        "listen = \"127.0.0.1:9464\"",
        "listen = \"127.0.0.1:8080\"",
        "http.metrics.listen and listen have the same address",
    ),
    (
        "from = \"a@contoso.example\"",
        "from = \"nowhere\"",
        "from: expected a mail address",
    ),
    (
        "reply-to = \"b@contoso.example\"",
        "reply-to = \"nowhere\"",
        "reply-to: expected a mail address",
    ),
    (
        "domains = [\"contoso.example\"]",
        "domains = [\"no domain\"]",
        "\"no domain\" is not a domain",
    ),
    (
        "name = \"Contoso\"",
        "name = \"\"",
        "a tenant needs a name that is printed on one line",
    ),
    (
        "time-zone = \"Europe/Amsterdam\"",
        "time-zone = \"Europe/Amsterdm\"",
        "\"Europe/Amsterdm\" is not a time zone",
    ),
    (
        "write-back = \"not-deployed\"",
        "write-back = \"deployed\"",
        "write-back = \"deployed\" needs a directory",
    ),
    (
        "methods = [\"email\"]",
        "methods = [\"email\", \"mobile-sms\"]",
        " sends texts, but the configuration has no delivery.texts",
    ),
    (
        "code-length = 6",
        "code-length = 3",
        "code-length: expected a whole number from 6 to 10",
    ),
    (
        "accent = \"#0b5e63\"",
        "accent = \"#f5f5f5\"",
        " has a contrast of ",
    ),
    (
        "locales = [\"nl\"] # of the second",
        "locales = [\"xx\"] # of the second",
        "Postern has no translation for \"xx\"",
    ),
];

/// The tables. Those after the root may be in any order.
const TABLES: [&str; 5] = [
    "[store]\nurl = \"sqlite:///x\"\n",
    "[http]\nopenapi = false\n",
    "[http.metrics]\nlisten = \"127.0.0.1:9464\"\n",
    "[delivery.mail]\nhost = \"localhost\"\nfrom = \"a@contoso.example\"\nreply-to = \"b@contoso.example\"\n",
    "[[tenants]]\ndomains = [\"contoso.example\"]\nname = \"Contoso\"\ntime-zone = \"Europe/Amsterdam\"\nwrite-back = \"not-deployed\"\n\
     [tenants.policy]\ngates-required = 1\nmethods = [\"email\"]\ncode-length = 6\n\
     [tenants.colours]\naccent = \"#0b5e63\"\n\
     [[tenants]]\nname = \"Fabrikam\"\ndomains = [\"fabrikam.example\"]\nlocales = [\"nl\"] # of the second\n",
];

/// A valid configuration with its tables in one order or another.
fn sound(first: usize) -> String {
    let mut tables = TABLES;
    tables.rotate_left(first);
    let root = "public-url = \"https://reset.contoso.example\"\nkey = { file = \"SECRET\" }\n";
    format!("{root}{}", tables.concat())
}

/// With these lines invalid, the errors must be about them only, each once.
fn tell_alone(first: usize, wrong: &[usize]) {
    let mut text = sound(first);
    for index in wrong {
        let (right, wrong, _) = LINES[*index];
        assert_eq!(text.matches(right).count(), 1, "{right}");
        text = text.replace(right, wrong);
    }
    let text = text.replace("SECRET", secret());
    let mut expected: Vec<(usize, &str)> = wrong
        .iter()
        .map(|index| {
            let (_, wrong, reason) = LINES[*index];
            let line = text.lines().position(|line| line == wrong);
            (line.expect("it is there") + 1, reason)
        })
        .collect();
    expected.sort_unstable();
    let mut told = told(&text);
    // A colour with a low contrast to several others causes several errors.
    told.dedup_by(|next, one| next.0 == one.0 && next.2.contains(" has a contrast of "));
    assert_eq!(told.len(), expected.len(), "{text}\n{told:#?}");
    for ((line, _, reason), (expected_line, expected)) in told.iter().zip(expected) {
        assert_eq!(*line, expected_line, "{text}\n{told:#?}");
        assert!(reason.contains(expected), "{reason}, not {expected}");
    }
}

#[test]
fn fifteen_faults_are_all_told_whichever_comes_first() {
    let all: Vec<usize> = (0..LINES.len()).collect();
    let sound = sound(0).replace("SECRET", secret());
    assert!(parse(&sound).is_ok(), "{:?}", parse(&sound).err());
    for first in 0..TABLES.len() {
        tell_alone(first, &all);
    }
}

#[test]
fn none_of_two_faults_hides_the_other() {
    for one in 0..LINES.len() {
        tell_alone(0, &[one]);
        for other in one + 1..LINES.len() {
            tell_alone(0, &[one, other]);
        }
    }
}

/// The check reports invalid TOML and text in a code page together with all other errors, but no
/// error that could follow from them.
#[test]
fn what_cannot_be_read_hides_nothing_that_is_apart_from_it() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("postern.toml");
    let zone = LINES[9];
    let mut failed = Vec::new();
    let wrong_zone = |text: &str| text.replace(zone.0, zone.1).replace("SECRET", secret());
    for (from, to, reason, is_zone_told) in [
        (
            "openapi = false",
            "openapi = no",
            "openapi: expected true or false",
            true,
        ),
        (
            "[http]",
            "[http",
            "the header of this table has no end",
            true,
        ),
        (
            "openapi = false",
            "openapi = false\nopenapi = true",
            "this occurs twice",
            true,
        ),
        (
            "name = \"Contoso\"",
            "name = \"Contoso",
            "the quotation mark at its end",
            true,
        ),
        (
            "name = \"Contoso\"",
            "name = \"M\u{fc}nchen\"",
            "the file is not UTF-8",
            true,
        ),
        (
            "[http]",
            "# M\u{fc}nchen\n[http]",
            "the file is not UTF-8",
            true,
        ),
        // All content after it may be a part of it.
        (
            "domains = [\"contoso.example\"]",
            "domains = [\"contoso.example\"",
            "this list has no end",
            false,
        ),
    ] {
        let text = wrong_zone(&sound(0));
        assert_eq!(text.matches(from).count(), 1, "{from}");
        let text = text.replace(from, to);
        let bytes: Vec<u8> = if to.contains('\u{fc}') {
            text.chars()
                .map(|it| u8::try_from(u32::from(it)).unwrap_or_default())
                .collect()
        } else {
            text.clone().into_bytes()
        };
        std::fs::write(&path, bytes).expect("a file");
        let errors = Config::read(&path).expect_err(&text).errors;
        let count = |reason: &str| {
            let of_it = errors.iter().filter(|it| it.reason.contains(reason));
            of_it.count()
        };
        let of_zone = usize::from(is_zone_told);
        if [count(reason), count(zone.2), errors.len()] != [1, of_zone, 1 + of_zone] {
            failed.push((to, errors));
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

/// The parser attaches such a key to the following content: the check reports its line, and reads
/// all others.
#[test]
fn a_key_without_a_value_hides_nothing_else() {
    let tenants = "[[tenants]]\ndomains = [\"contoso.example\"]\nname = \"Contoso\"\n";
    let lone = "this cannot be read: key with no value, expected `=`";
    for line in [
        "openapi false",
        "openapi",
        "openapi true # as always",
        "openapi: false",
        "open-api \"x\"",
        "a.b 7",
        "\"openapi\" 1",
        "  openapi false",
        "größe 1",
        "x y z",
    ] {
        let wrong = small(
            &format!("{line}\nlisten = 1\n"),
            &format!("[audit]\n{line}\nretention-days = 0\n{tenants}nickname = \"C\"\n"),
        );
        let told = told(&wrong);
        let at: Vec<usize> = told
            .iter()
            .filter(|it| it.2.contains(lone))
            .map(|it| it.0)
            .collect();
        let lines: Vec<usize> = (1..)
            .zip(wrong.lines())
            .filter(|(_, it)| *it == line)
            .map(|(at, _)| at)
            .collect();
        assert_eq!(at, lines, "{line}: {told:?}");
        for other in [
            "listen: expected",
            "retention-days: expected a whole number from 1 to 4294967295",
            "there is no key `nickname`",
        ] {
            assert!(
                told.iter().any(|it| it.2.contains(other)),
                "{line}: {other}: {told:?}"
            );
        }
        assert_eq!(told.len(), 6, "{line}: {told:?}");
    }
    // Inside a value without an end, no text is a key.
    let told = told(&small(
        "",
        "[http]\ntrusted-proxies = [\n\"192.0.2.0/24\"\nopenapi\n",
    ));
    assert_eq!(told.len(), 1, "{told:?}");
}
