//! Every possible error of a configuration, with its message and its line.

use super::*;

/// The invalid text, the line of the example that it replaces, and the error at that line.
const WRONG: [(&str, &str, &str); 71] = [
    (
        "#listen =",
        "listen = \"localhost\"",
        "listen: expected an address and a port, such as 127.0.0.1:8080",
    ),
    (
        "#listen =",
        "listen = 8080",
        "listen: expected an address and a port, such as 127.0.0.1:8080, not the number 8080",
    ),
    (
        "trusted-proxies =",
        "trusted-proxies = [10]",
        "trusted-proxies: expected a network such as 192.0.2.0/24 or 2001:db8::/32, not the number 10",
    ),
    (
        "port = 587",
        "port = 2026-01-01",
        "port: expected a whole number from 1 to 65535, not a date",
    ),
    (
        "#scope =",
        "scope = 2026-01-01",
        "scope: expected \"all\", or { groups = [\"a group\", \"another\"] }, not a date",
    ),
    (
        "#listen =",
        "lissten = \"127.0.0.1:80\"",
        "there is no key `lissten` here, expected one of `listen`",
    ),
    (
        "public-url =",
        "public-url = \"http://reset.contoso.example\"",
        "or http:// only to this machine",
    ),
    (
        "public-url =",
        "public-url = \"http://localhost:8080\"",
        "must begin with https://",
    ),
    (
        "public-url =",
        "public-url = \"https://contoso.example/reset\"",
        "no path",
    ),
    ("public-url =", "", "public-url is missing"),
    ("key =", "key = \"0123456789abcdef\"", "expected { env ="),
    (
        "key =",
        "key = { env = \"POSTERN_NOT_SET\" }",
        "POSTERN_NOT_SET",
    ),
    (
        "key =",
        "key = { file = \"/dev/null\" }",
        "/dev/null is a pipe, a socket or a device, but a file is expected",
    ),
    (
        "url = \"postgres:",
        "url = \"mysql://localhost/postern\"",
        "sqlite:",
    ),
    (
        "url = \"postgres:",
        "url = \"postgres://postern:open-sesame@localhost/postern\"",
        "put the password into its own key",
    ),
    (
        "#connections =",
        "connections = 0",
        "connections: expected a whole number from 1 to 4294967295, not the number 0",
    ),
    (
        "port = 587",
        "port = \"587\"",
        "port: expected a whole number from 1 to 65535, not text in quotation marks",
    ),
    (
        "#phone-number =",
        "phone-number = { tries = 500, window-seconds = 3600 }",
        "tries: expected a whole number from 1 to 100, not the number 500",
    ),
    (
        "#questions =",
        "questions = { tries = 0, window-seconds = 3600 }",
        "tries: expected a whole number from 1 to 100, not the number 0",
    ),
    (
        "#methods =",
        "methods = \"email\"",
        "methods: expected a list in square brackets, not text in quotation marks",
    ),
    (
        "#methods =",
        "methods = [\"authenticator-code\"]",
        "methods: beside authenticator-code there have to be as many other ways as gates-required says",
    ),
    (
        "#scope =",
        "scope = { groups = [\"a\"], all = true }",
        "scope: expected \"all\", or { groups =",
    ),
    (
        "#enabled =",
        "enabled = \"yes\"",
        "enabled: expected true or false",
    ),
    ("#code-length =", "code-length = 12", "6 to 10"),
    (
        "#session-seconds =",
        "session-seconds = 60",
        "session-seconds: expected a whole number from 300 to 3600, not the number 60",
    ),
    (
        "ca-file =",
        "ca-file = \"/nowhere.pem\"",
        "/nowhere.pem cannot be read",
    ),
    ("domains =", "domains = []", "at least one domain"),
    (
        "domains =",
        "domains = [\"contoso.example\", \"CONTOSO.example\"]",
        "twice",
    ),
    (
        "domains =",
        "domains = [\"contoso example\"]",
        "not a domain",
    ),
    (
        "default-region =",
        "default-region = \"UK\"",
        "not a region",
    ),
    (
        "time-zone =",
        "time-zone = \"Amsterdam\"",
        "not a time zone: write its name in the IANA database",
    ),
    ("time-zone =", "time-zone = \"CEST\"", "not a time zone"),
    (
        "locales =",
        "locales = [\"nl\", \"fr\"]",
        "no translation for \"fr\"",
    ),
    (
        "help-url =",
        "help-url = \"javascript:alert(1)\"",
        "expected the address of a page, with https://",
    ),
    (
        "help-url =",
        "help-url = \"mailto:\"",
        "of a mailbox, with mailto:",
    ),
    (
        "port = 587",
        "port = 0",
        "port: expected a whole number from 1 to 65535, not the number 0",
    ),
    (
        "#portals =",
        "portals = [\"https://portal.contoso.example/\"]",
        "as a browser writes them: https://portal.contoso.example",
    ),
    (
        "#portals =",
        "portals = [\"https://Portal.contoso.example:443\"]",
        "as a browser writes them: https://portal.contoso.example",
    ),
    (
        "#portals =",
        "portals = [\"https://postern:sesame@portal.contoso.example\"]",
        "as a browser writes them",
    ),
    (
        "#portals =",
        "portals = [\"https://*.contoso.example\"]",
        "expected an origin",
    ),
    (
        "#portals =",
        "portals = [\"https://portal.example;script-src\"]",
        "expected an origin",
    ),
    ("#portals =", "portals = [\"*\"]", "expected an origin"),
    (
        "#portals =",
        "portals = [\"http://portal.contoso.example\"]",
        "http:// only to this machine",
    ),
    (
        "#portals =",
        "portals = [\"https://reset.contoso.example\"]",
        "the wizard's own",
    ),
    (
        "#return-to =",
        "return-to = [\"/account\"]",
        "expected an address",
    ),
    (
        "#return-to =",
        "return-to = [\"http://portal.contoso.example/account\"]",
        "http:// only to this machine",
    ),
    (
        "#return-to =",
        "return-to = [\"javascript:alert(1)\"]",
        "expected an address",
    ),
    (
        "#return-to =",
        "return-to = [\"https://*.contoso.example/account\"]",
        "expected an address",
    ),
    (
        "#return-to =",
        "return-to = [\"https://portal.contoso.example/account?tab=1\"]",
        "host, port and path",
    ),
    (
        "#return-to =",
        "return-to = [\"https://portal.contoso.example/account#password\"]",
        "host, port and path",
    ),
    (
        "#return-to =",
        "return-to = [\"https://postern:sesame@portal.contoso.example/account\"]",
        "host, port and path",
    ),
    (
        "#banned-terms =",
        "banned-terms = [\"abc\"]",
        "the term \"abc\": shorter than 4 characters",
    ),
    (
        "#min-length =",
        "min-length = 20\nmax-length = 10",
        "min-length: password lengths",
    ),
    (
        "url = \"http://127.0.0.1:13013",
        "url = \"nonsense\"",
        "is not an address such as https://",
    ),
    ("#accent =", "accent = \"teal\"", "expected a colour"),
    (
        "#accent =",
        "acccent = \"#0b5e63\"",
        "there is no key `acccent` here, expected one of",
    ),
    (
        "#accent =",
        "accent = \"#5fc7c2\"",
        "accent #5fc7c2 on paper #fbfaf7 has a contrast of 1.92:1, but needs 4.5:1: the nearest accent with enough contrast is #3c7e7b",
    ),
    (
        "#line = \"#75818e\"",
        "line = \"#303030\"",
        "line #303030 on paper #14191f has a contrast of 1.3",
    ),
    ("#encryption =", "encryption = \"none\"", "another machine"),
    (
        "host = \"smtp",
        "host = \"\"",
        "host: expected the name of the mail server",
    ),
    (
        "from = \"Contoso <",
        "from = \"nobody\"",
        "from: expected a mail address",
    ),
    (
        "url = \"http://127.0.0.1:13013",
        "url = \"http://sms.example\"",
        "https",
    ),
    (
        "#guesses =",
        "guesses = 300",
        "guesses must be 1, 16, 256 or 4096",
    ),
    (
        "#gates-required =",
        "gates-required = 3",
        "gates-required: expected a whole number from 1 to 2, not the number 3",
    ),
    (
        "#min-length =",
        "min-length = 300",
        "min-length: expected a whole number from 8 to 256, not the number 300",
    ),
    (
        "url = \"https://api.pwned",
        "url = \"http://breaches.contoso.example/range/\"",
        "begins with https://",
    ),
    (
        "url = \"https://api.pwned",
        "url = \"https://postern:sesame@breaches.contoso.example/range/\"",
        "expected an address",
    ),
    (
        "url = \"https://api.pwned",
        "url = \"https://breaches.contoso.example/range\"",
        "ends with /",
    ),
    ("url = \"https://api.pwned", "", "url is missing"),
    (
        "#when-unreachable =",
        "when-unreachable = \"retry\"",
        "`accept` or `refuse`",
    ),
    (
        "#when-unreachable =",
        "timeout-seconds = 11",
        "timeout-seconds must be from 1 to 10",
    ),
];

#[test]
fn what_is_wrong_is_told_with_its_line() {
    for (line, wrong, reason) in WRONG {
        let example = example();
        let place = example.lines().position(|text| text.starts_with(line));
        let place = place.unwrap_or_else(|| panic!("the example has no line {line}"));
        let text: Vec<&str> = example
            .lines()
            .enumerate()
            .map(|(index, text)| if index == place { wrong } else { text })
            .collect();
        let errors = parse(&text.join("\n")).expect_err(wrong);
        let ConfigError {
            place: found,
            reason: told,
            ..
        } = &errors[0];
        assert!(told.contains(reason), "{wrong}: {told}");
        assert!(!told.contains("sesame"), "{told}");
        let (found, _) = found.unwrap_or_default();
        // A missing key is reported at the header of its table.
        assert!(
            wrong.is_empty() || found == place + 1,
            "{wrong}: {found}, {told}"
        );
    }
}
