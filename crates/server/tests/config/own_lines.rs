//! If a value is valid by itself but conflicts with another, the error is at the line of the key,
//! not of its table.

use super::*;

const HEAD: &str =
    "public-url = \"https://reset.contoso.example\"\nkey = KEY\n[store]\nurl = \"sqlite:///x\"\n";
const MAIL: &str = "[delivery.mail]\nhost = \"localhost\"\nfrom = \"a@contoso.example\"\n";
const TEXTS: &str = "[delivery.texts.gateway]\nurl = \"http://127.0.0.1:1/send\"\n";

fn tenant(number: u8, more: &str) -> String {
    format!("[[tenants]]\ndomains = [\"t{number}.example\"]\nname = \"T\"\n{more}")
}

/// The errors of a configuration, and the lines at which they are reported.
fn told(text: &str) -> Vec<(String, String)> {
    let key = format!("{{ file = {:?} }}", secret());
    let text = text.replace("KEY", &key);
    let errors = parse(&text).err().unwrap_or_default();
    let line = |error: &ConfigError| {
        let (line, column) = error.place.expect("a place");
        let line = text.lines().nth(line - 1).expect("a line");
        line.chars().skip(column - 1).collect::<String>()
    };
    let errors = errors.iter();
    errors
        .map(|error| (line(error), error.reason.clone()))
        .collect()
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn what_no_carrier_takes_is_told_at_the_method_that_has_it_sent() {
    let policy = |methods: &str| format!("[tenants.policy]\nmethods = {methods}\n");
    for (delivery, tenants, expected) in [
        (
            MAIL,
            tenant(1, &policy("[\"email\", \"mobile-sms\"]")),
            &[(
                "\"mobile-sms\"]",
                "t1.example sends texts, but the configuration has no delivery.texts",
            )][..],
        ),
        (
            MAIL,
            tenant(
                1,
                &policy(
                    "[\n  \"email\",\n  \"mobile-sms\",\n  \"mobile-call\",\n  \"office-call\",\n]",
                ),
            ),
            &[
                (
                    "\"mobile-sms\",",
                    "t1.example sends texts, but the configuration has no delivery.texts",
                ),
                (
                    "\"mobile-call\",",
                    "t1.example sends calls, but the configuration has no delivery.calls",
                ),
            ],
        ),
        (
            TEXTS,
            tenant(1, &policy("[\"mobile-sms\", \"email\"]")),
            &[(
                "\"email\"]",
                "t1.example sends mails, but the configuration has no delivery.mail",
            )],
        ),
        // Only the table itself has it by default.
        (
            MAIL,
            tenant(1, "[tenants.policy]\ngates-required = 1\n"),
            &[(
                "policy]",
                "t1.example sends texts, but the configuration has no delivery.texts",
            )],
        ),
        (
            MAIL,
            tenant(1, "policy = { }\n"),
            &[(
                "policy = { }",
                "t1.example sends texts, but the configuration has no delivery.texts",
            )],
        ),
        (
            TEXTS,
            tenant(1, &policy("[\"mobile-sms\"]")),
            &[(
                "policy]",
                "t1.example sends mails, but the configuration has no delivery.mail",
            )],
        ),
        (
            "",
            tenant(1, ""),
            &[(
                "[[tenants]]",
                "t1.example sends mails, but the configuration has no delivery.mail",
            )],
        ),
        // If two tenants have the error, each gets its own line.
        (
            MAIL,
            tenant(1, &policy("[\"email\", \"questions\"]"))
                + &tenant(2, &policy("[\"office-call\", \"email\"]"))
                + &tenant(3, &policy("[\"email\", \"mobile-sms\"]")),
            &[
                (
                    "\"office-call\", \"email\"]",
                    "t2.example sends calls, but the configuration has no delivery.calls",
                ),
                (
                    "\"mobile-sms\"]",
                    "t3.example sends texts, but the configuration has no delivery.texts",
                ),
            ],
        ),
        (MAIL, tenant(1, &policy("[\"email\", \"questions\"]")), &[]),
    ] {
        let text = format!("{HEAD}{delivery}{tenants}");
        let expected: Vec<(String, String)> = expected
            .iter()
            .map(|(line, reason)| ((*line).to_owned(), (*reason).to_owned()))
            .collect();
        assert_eq!(told(&text), expected, "{text}");
    }
}

#[test]
fn writing_back_without_a_directory_is_told_at_its_line_unless_in_development() {
    const REASON: &str = "write-back = \"deployed\" needs a directory";
    let deployed = "write-back = \"deployed\"\nenabled = true\n";
    let at = |text: &str| {
        let mut told = told(text).into_iter();
        told.find(|(_, reason)| reason.starts_with(REASON))
            .map(|(line, _)| line)
    };
    let tenants = format!("{}{}", tenant(1, ""), tenant(2, deployed));
    // A build with a development mode also has no directory outside of that mode.
    for mode in ["", "development = false\n"] {
        let text = format!("{mode}{HEAD}{MAIL}{tenants}");
        assert_eq!(at(&text).as_deref(), Some("\"deployed\""), "{text}");
        let none = text.replace("\"deployed\"", "\"not-deployed\"");
        assert_eq!(at(&none), None);
    }
    let developing = format!("development = true\n{HEAD}{tenants}");
    assert_eq!(at(&developing), None);
}
