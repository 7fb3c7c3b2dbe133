//! Tests of values without quotation marks: each error states the expected value of the key, at its
//! place.

use super::at_once::told;
use super::*;

const TEXT: &str = "expected text in quotation marks";
const PORT: &str = "port: expected a whole number from 1 to 65535";

/// The line of the example that is replaced, the value without quotation marks, and the error.
const BARE: [(&str, &str, &str); 45] = [
    // Text, including text that begins like a TOML keyword.
    ("name =", "Contoso", "name: {}"),
    ("name =", "Contoso Ltd", "name: {}"),
    ("name =", "fabrikam", "name: {}"),
    ("name =", "trey research", "name: {}"),
    ("name =", "northwind", "name: {}"),
    ("name =", "international", "name: {}"),
    ("name =", "3rd Street", "name: {}"),
    ("name =", "Stadt München", "name: {}"),
    ("name =", "it's us", "name: {}"),
    ("name =", "“Contoso”", "name: {}"),
    ("name =", "Contoso\"", "name: {}"),
    ("name =", "Contoso # the group", "name: {}"),
    (
        "name =",
        "",
        "a tenant needs a name that is printed on one line",
    ),
    ("domains =", "[contoso.example]", "domains: {}"),
    (
        "domains =",
        "[\"contoso.org\", contoso.example]",
        "domains: {}",
    ),
    (
        "public-url =",
        "https://reset.contoso.example",
        "public-url: {}",
    ),
    ("#listen =", "127.0.0.1:8080", "listen: {}"),
    ("ca-file =", "/etc/ssl/ca.pem", "ca-file: {}"),
    ("#light =", "/dev/null", "/dev/null is a pipe"),
    ("time-zone =", "Europe/Amsterdam", "time-zone: {}"),
    ("default-region =", "NL", "default-region: {}"),
    ("locales =", "[nl, en]", "locales: {}"),
    ("#methods =", "[email]", "methods: {}"),
    ("#scope =", "all", "scope: {}"),
    (
        "help-url =",
        "https://help.contoso.example/a?b",
        "help-url: {}",
    ),
    // Text that is invalid even in quotation marks.
    (
        "#listen =",
        "localhost",
        "listen: expected an address and a port, such as 127.0.0.1:8080; text must be in quotation marks",
    ),
    (
        "trusted-proxies =",
        "[10.0.0.1]",
        "trusted-proxies: expected a network such as",
    ),
    (
        "time-zone =",
        "Amsterdam",
        "\"Amsterdam\" is not a time zone: write its name in the IANA database",
    ),
    ("locales =", "[xx]", "Postern has no translation for \"xx\""),
    (
        "public-url =",
        "http://reset.contoso.example",
        "or http:// only to this machine; text must be",
    ),
    ("#scope =", "none", "; text must be in quotation marks"),
    // Values that are not text.
    ("port = 587", "smtp", PORT),
    ("port = 587", "587_", PORT),
    ("port = 587", "5 87", PORT),
    ("port = 587", "submission", PORT),
    ("port = 587", "", PORT),
    ("#enabled =", "yes", "enabled: expected true or false"),
    ("#enabled =", "True", "enabled: expected true or false"),
    ("#enabled =", "no", "enabled: expected true or false"),
    (
        "#session-seconds =",
        "5m",
        "session-seconds: expected a whole number from 300 to 3600",
    ),
    (
        "#methods =",
        "email",
        "methods: expected a list in square brackets",
    ),
    ("#phone-number =", "many", "phone-number: expected a table"),
    (
        "#connections =",
        "some",
        "connections: expected a whole number from 1 to 4294967295",
    ),
    ("key =", "sesame", "key: expected { env = \"NAME\" }"),
    ("key =", "{ env = SESAME }", "env: {}"),
];

#[test]
fn a_value_without_quotation_marks_is_told_by_what_its_key_expects() {
    for (begins, value, expected) in BARE {
        let example = example();
        let place = example.lines().position(|text| text.starts_with(begins));
        let place = place.unwrap_or_else(|| panic!("the example has no line {begins}"));
        let key = begins
            .trim_start_matches('#')
            .split(" =")
            .next()
            .expect("a key");
        let line = format!("{key} = {value}");
        let mut lines: Vec<&str> = example.lines().collect();
        lines[place] = &line;
        let errors = told(&lines.join("\n"));
        let [(at, _, reason)] = &errors[..] else {
            panic!("{line}: {errors:?}");
        };
        assert_eq!(*at, place + 1, "{line}: {reason}");
        let expected = expected.replace("{}", TEXT);
        if expected.ends_with(TEXT) {
            assert_eq!(*reason, expected, "{line}");
        } else {
            assert!(reason.contains(&expected), "{line}: {reason}");
        }
        assert!(!reason.to_lowercase().contains("sesame"), "{reason}");
        assert!(!reason.contains("not text"), "{line}: {reason}");
    }
}

#[test]
fn several_are_told_each_at_its_place_with_what_the_example_says_of_it() {
    let example = example();
    let wrong = [
        ("#listen =", "listen = 127.0.0.1:8080"),
        ("port = 587", "port = smtp"),
        ("name =", "name = fabrikam"),
        ("#enabled =", "enabled = on"),
    ];
    let mut lines: Vec<&str> = example.lines().collect();
    let mut places = Vec::new();
    for (begins, line) in wrong {
        let place = lines.iter().position(|text| text.starts_with(begins));
        let place = place.expect(begins);
        lines[place] = line;
        places.push(Some((place + 1, line.find("= ").expect("a value") + 3)));
    }
    let errors = parse(&lines.join("\n")).expect_err("it is wrong");
    let found: Vec<_> = errors.iter().map(|error| error.place).collect();
    assert_eq!(found, places, "{errors:?}");
    assert!(
        errors.iter().all(|error| error.help.is_some()),
        "{errors:?}"
    );
}
