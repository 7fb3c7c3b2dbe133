//! Tests of values that cause a warning or a refusal because they are not what they look like.

use super::{example, parse, secret, warnings};

#[test]
fn a_database_in_memory_is_warned_of_in_every_spelling() {
    for (url, is_in_memory) in [
        ("sqlite::memory:", true),
        ("sqlite://:memory:", true),
        ("sqlite://%3Amemory%3A", true),
        ("sqlite::memory:?cache=shared", true),
        ("sqlite:?mode=memory", true),
        ("sqlite:accounts.db?mode=memory", true),
        ("sqlite:///var/lib/postern/x?cache=shared&mode=memory", true),
        ("sqlite:file::memory:?cache=shared", true),
        ("sqlite:", true),
        ("sqlite://", true),
        ("sqlite:///x", false),
        ("sqlite:///x?mode=rwc", false),
        ("sqlite:memory", false),
        ("sqlite:///srv/memory.db", false),
        ("postgres://user@host/memory?options=mode=memory", false),
    ] {
        let text = format!(
            "public-url = \"https://reset.contoso.example\"\nkey = {{ file = {:?} }}\n[store]\nurl = {url:?}\n",
            secret()
        );
        let config = match parse(&text) {
            Ok(config) => config,
            // The value has no readable host.
            Err(errors) => {
                assert!(is_in_memory && errors[0].reason.contains("expected sqlite:"));
                continue;
            }
        };
        let warnings = config.warnings().into_iter();
        let mut warnings = warnings.filter(|it| it.reason.contains("a database in memory"));
        let place = warnings.next().map(|it| it.place);
        assert_eq!(place.is_some(), is_in_memory, "{url}");
        assert!(place.is_none_or(|place| place.is_some()), "{url}");
    }
}

#[test]
fn the_name_of_a_tenant_can_be_seen_as_it_is() {
    let text = |name: &str| {
        format!(
            "public-url = \"https://reset.contoso.example\"\nkey = {{ file = {:?} }}\n[store]\nurl = \"sqlite:///x\"\n\
             [delivery.mail]\nhost = \"localhost\"\nfrom = \"a@contoso.example\"\n[[tenants]]\ndomains = [\"contoso.example\"]\nname = \"{name}\"\n",
            secret()
        )
    };
    for mark in [
        '\u{202e}',
        '\u{202a}',
        '\u{202c}',
        '\u{2066}',
        '\u{2069}',
        '\u{200e}',
        '\u{200f}',
        '\u{61c}',
        '\u{200b}',
        '\u{2060}',
        '\u{ad}',
        '\u{feff}',
        '\u{3164}',
        '\u{2028}',
        '\u{e0041}',
    ] {
        let errors = parse(&text(&format!("Con{mark}toso"))).unwrap_err();
        let wanted = format!(
            "must not contain the invisible character U+{:04X}",
            u32::from(mark)
        );
        assert!(
            errors.iter().any(|it| it.reason.contains(&wanted)),
            "{mark:?}: {errors:?}"
        );
    }
    // Joiners and the emoji form are a part of the written text.
    for name in [
        "شرکت می\u{200c}خواهم",
        "ශ්\u{200d}රී",
        "Contoso ❤\u{fe0f}",
        "כונטוסו",
        "コントソ",
    ] {
        parse(&text(name)).unwrap_or_else(|errors| panic!("{name}: {errors:?}"));
    }
}

#[test]
fn what_the_parser_puts_in_the_place_of_a_value_is_not_told() {
    for (line, at) in [
        ("port = = 3", 9),
        ("port = == 3", 9),
        ("port = , 3", 9),
        ("port =", 9),
        ("port = }", 9),
        ("port = @", 9),
        ("timeout-seconds = = 5", 9),
        ("port = 0x", 9),
        ("port = 1_", 9),
        ("port = = 70000", 9),
    ] {
        let text = format!(
            "public-url = \"https://reset.contoso.example\"\nkey = {{ file = {:?} }}\n[store]\nurl = \"sqlite:///x\"\n[http]\nopenapi = = true\n\
             [delivery.mail]\nhost = \"localhost\"\n{line}\nfrom = \"a@contoso.example\"\n",
            secret()
        );
        let errors = parse(&text).unwrap_err();
        let places = errors.iter().filter_map(|it| it.place);
        let lines: Vec<usize> = places.map(|(line, _)| line).collect();
        assert_eq!(lines, [6, at], "{line}: {errors:?}");
    }
}

#[test]
fn settings_that_let_no_person_reset_are_warned_of() {
    let text = example();
    let (before, _) = text.split_once("[[tenants]]").expect("it has one");
    let warned = warnings;
    let mut warnings = warned(before);
    warnings.retain(|warning| warning.contains("tenant"));
    assert_eq!(
        warnings,
        ["the configuration has no [[tenants]]: every identifier is unknown"]
    );
    assert_eq!(warned(&example()), [""; 0]);
    let text = example().replace("#scope = ", "scope = { groups = [] }\n#scope = ");
    let warnings = warned(&text);
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(
        warnings[0].contains("scope = { groups = [] }"),
        "{warnings:?}"
    );
    let second = "\n[[tenants]]\ndomains = [\"fabrikam.example\"]\nname = \"Fabrikam\"\n";
    let warnings = warned(&(example() + second));
    assert_eq!(warnings.len(), 1);
    assert!(
        warnings[0].contains("fabrikam.example has no policy"),
        "{warnings:?}"
    );
}
