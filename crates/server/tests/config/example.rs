//! Tests of `postern.example.toml`: it is a valid configuration, and names every key.

use std::collections::{BTreeMap, BTreeSet};

use super::{EXAMPLE, example, parse, uncommented};

#[test]
fn the_example_is_taken() {
    let config = parse(&example()).expect("the example");
    assert_eq!(config.tenants()[0].domain(), "contoso.example");
    assert_eq!(config.public_url.as_ref().host(), "reset.contoso.example");
    let zone = config.tenants()[0].time_zone.clone();
    assert_eq!(zone.as_deref(), Some("Europe/Amsterdam"));
}

#[test]
fn what_the_example_calls_defaults_are_the_defaults() {
    let without = parse(&example()).expect("the example");
    let with = uncommented(&example(), |line| !line.contains("{ file ="));
    let with = parse(&with).unwrap_or_else(|errors| panic!("{errors:?}"));
    // This key has no default.
    assert_eq!(
        with.settings().audit_kept.map(|kept| kept.as_secs()),
        Some(400 * 24 * 60 * 60)
    );
    assert_eq!(without.settings().audit_kept, None);
    assert_eq!(
        format!("{:?}", with.tenants()),
        format!("{:?}", without.tenants())
    );
    assert_eq!(with.listen.as_ref(), without.listen.as_ref());
    assert_eq!(with.connections(), without.connections());
    assert_eq!(
        format!("{:?}", with.settings().breached_passwords),
        format!("{:?}", without.settings().breached_passwords)
    );
    assert!(with.needs_restart(&without).is_empty());
}

/// Each table of the example gets an unknown key: the keys that the error lists must be valid
/// there.
#[test]
fn the_example_names_every_key() {
    let example = uncommented(&example(), |_| true);
    let mut written: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut table = "";
    for line in example.lines() {
        if let Some(name) = line.strip_prefix('[') {
            table = name.trim_matches(['[', ']']);
        } else if let Some((key, _)) = line.split_once(" = ").filter(|_| !line.starts_with('#')) {
            written.entry(table).or_default().insert(key);
        }
    }
    assert!(written.len() > 5, "the example was not read");
    for (table, keys) in &written {
        let broken = if table.is_empty() {
            format!("no-such-key = 1\n{example}")
        } else {
            let header = |brackets: (&str, &str)| format!("{}{table}{}\n", brackets.0, brackets.1);
            let (single, double) = (header(("[", "]")), header(("[[", "]]")));
            let header = if example.contains(&double) {
                double
            } else {
                single
            };
            example.replacen(&header, &format!("{header}no-such-key = 1\n"), 1)
        };
        let errors = parse(&broken).expect_err("an unknown key");
        let expected: BTreeSet<&str> = errors[0]
            .reason
            .split_once("expected")
            .map_or("", |(_, expected)| expected)
            .split('`')
            .skip(1)
            .step_by(2)
            .collect();
        let missing: Vec<_> = expected.difference(keys).collect();
        // Tables have their own headers.
        let missing: Vec<_> = missing
            .into_iter()
            .filter(|key| {
                let inner = if table.is_empty() {
                    (**key).to_owned()
                } else {
                    format!("{table}.{key}")
                };
                !written.keys().any(|table| table.starts_with(&inner))
            })
            .collect();
        assert!(!expected.is_empty(), "[{table}]: {}", errors[0].reason);
        assert!(missing.is_empty(), "[{table}] does not name {missing:?}");
    }
}

#[test]
fn the_colours_of_the_example_are_those_of_the_page() {
    let with = uncommented(&example(), |line| line.contains(" = \"#"));
    let settings = parse(&with).expect("they can be read").settings();
    let values = |text: &str| -> Vec<String> {
        let values = text.split(['{', ';']).map(str::trim);
        let values = values.filter(|it| it.starts_with("--postern-") && it.contains(": #"));
        values.map(str::to_owned).collect()
    };
    let page = values(include_str!("../../../../style/00-tokens.css"));
    assert_eq!(page.len(), 20);
    assert_eq!(values(&settings.themes["contoso.example"])[..20], page);
    let without = parse(&example()).expect("the example").settings();
    assert!(without.themes.is_empty());
}

#[test]
fn the_example_says_beside_the_methods_what_texts_and_calls_risk() {
    let (before, _) = EXAMPLE.split_once("#methods =").expect("it has the key");
    let begins = before.rfind("\n#gates-required").expect("it comes before");
    let comment = &before[begins..];
    for word in [
        "reaches the phone that has the number",
        "mobile-sms, mobile-call and office-call",
        "add authenticator-code",
    ] {
        assert!(comment.contains(word), "{comment}");
    }
}

/// Other gateways for texts than the one in the example; its comments describe them.
#[test]
fn the_example_names_every_key_of_the_other_gateways() {
    for gateway in ["twilio", "gateway"] {
        let header = format!("[delivery.texts.{gateway}]");
        let (_, told) = EXAMPLE.split_once(&format!("# {header}")).expect(gateway);
        let told = told.split("\n\n").next().unwrap_or_default();
        let told = told.split("\n#\n").next().unwrap_or_default();
        let text = format!("public-url = \"https://contoso.example\"\n{header}\nno-such-key = 1\n");
        let errors = parse(&text).expect_err("an unknown key");
        let mut unknown = errors.iter().filter(|it| it.reason.contains("no-such-key"));
        let reason = &unknown.next().expect("it is told").reason;
        let keys = reason.split('`').skip(3).step_by(2);
        let missing: Vec<_> = keys.filter(|key| !told.contains(key)).collect();
        assert!(reason.contains("expected"), "{reason}");
        assert!(missing.is_empty(), "{header} does not name {missing:?}");
    }
}
