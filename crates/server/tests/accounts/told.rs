//! Tests of the other output of an import: warnings, omissions, and all of it as JSON.

use std::fmt::Write;

use postern_server::accounts::{COLUMNS, Import, column_names};

use super::imports::Imports;
use crate::support::Database;
use postern_engine::policy::{Policy, PolicySettings, Scope};
use postern_world::contoso;

pub(super) async fn imports() -> (Database, Imports) {
    let database = Database::sqlite();
    let imports = Imports::into(&database).await;
    (database, imports)
}

#[tokio::test]
async fn a_number_that_serves_no_method_is_warned_of_by_line() {
    let (_database, imports) = imports().await;
    let text = "tenant,id,identifiers,mobile,office_phone\n\
        contoso.example,a,a@contoso.example,+44 20 7946 0018,+44 20 7946 0018\n\
        contoso.example,b,b@contoso.example,+44 909 879 0000,\n\
        contoso.example,c,c@contoso.example,07700 90065,\n\
        contoso.example,d,d@contoso.example,+44 7912 345678,020 7946 0018 ext. 12\n";
    let said = imports.dry(text).await;
    let warnings: Vec<&str> = said
        .lines()
        .filter(|line| !line.contains(" of the policy of "))
        .filter_map(|line| line.strip_prefix("warning: ")?.split_once("accounts.csv, "))
        .map(|(_, warning)| warning)
        .collect();
    assert_eq!(
        warnings,
        [
            "line 2, column mobile: this is a fixed-line number, which cannot receive texts",
            "line 3, column mobile: this is a premium-rate number, which Postern neither calls nor texts",
            "line 4, column mobile: no numbering plan has this number: a digit may be missing or wrong",
            "line 5, column office_phone: the extension is left out, since calls do not dial it",
        ]
    );
    assert!(
        said.ends_with("4 would be created, 0 would be changed, 0 would be left as they are\n")
    );
}

/// An account has one mobile and one office number: the import does not read a part of a second
/// number as an extension.
#[tokio::test]
async fn several_numbers_in_one_field_are_refused_and_one_with_an_extension_is_not() {
    let (_database, imports) = imports().await;
    let file = |numbers: &str| {
        format!(
            "tenant,id,identifiers,mobile,office_phone\ncontoso.example,a,a@contoso.example,\"{numbers}\",\"{numbers}\"\n"
        )
    };
    let why =
        "the field has several phone numbers, but an account has only one here: keep one of them";
    let wanted = ["mobile", "office_phone"].map(|column| format!("2 {column}: {why}"));
    for numbers in [
        "+31 6 12345678;+31 6 87654321",
        "+31 6 12345678; +31 6 87654321",
        "+31 6 12345678,+31 6 87654321",
        "+31 6 12345678/+31 6 87654321",
        "+31 6 12345678 or +31 6 87654321",
        "+31 6 12345678 en +31 6 87654321",
        "+31 6 12345678\n+31 6 87654321",
        "+31 6 12345678|+31 6 87654321",
        "07912 345678;07912 345679",
        "07912 345678,07912 345679",
        "07912 345678 / 020 7946 0018",
        "07912 345678 & 07912 345679",
        "07912 345678 and 07912 345679",
        "07912 345678;07912 345679;07912 345670",
        "020 7946 0018 ext. 12; 07912 345678",
    ] {
        assert_eq!(imports.faults(file(numbers)).await, wanted, "{numbers:?}");
    }
    for one in [
        "+44 7912 345678 x123",
        "+44 7912 345678 ext. 12",
        "+44 7912 345678;ext=12",
        "+44 7912 345678 #12",
        "+44 7912 345678,12",
        "+44 7912/345678 ext. 12",
        "07912 345678;12345",
    ] {
        let said = imports.dry(file(one)).await;
        let read =
            "create contoso.example a: mobile is +447912345678, office_phone is +447912345678\n";
        assert!(said.starts_with(read), "{one}: {said}");
        let left_out = said.matches("the extension is left out").count();
        assert_eq!(left_out, 2, "{one}: {said}");
    }
}

/// A number that a formula has changed: the import never drops a character silently.
#[tokio::test]
async fn a_number_below_zero_is_refused() {
    let (_database, imports) = imports().await;
    for number in [
        "-612345678",
        "-06 12345678",
        "'-612345678",
        "−612345678",
        "－612345678",
        " -612345678",
        "- 612345678",
        "-612345678.0",
        "-+31612345678",
        "﹣612345678",
    ] {
        let text = format!(
            "tenant,id,identifiers,office_phone\ncontoso.example,a,a@contoso.example,\"{number}\"\n"
        );
        let faults = imports.faults(text).await;
        assert!(
            faults.len() == 1
                && faults[0].starts_with("2 office_phone: the number begins with a minus sign"),
            "{number}: {faults:?}"
        );
    }
}

#[tokio::test]
async fn a_character_of_a_number_is_told_where_it_stands_in_the_field() {
    let (_database, imports) = imports().await;
    for (mobile, told) in [
        ("07700 9OO321", "letters at position 8"),
        ("+44 7700 900321 mobil", "letters at position 17"),
        ("'07700 9OO321", "letters at position 9"),
        ("'+44 7700?900321", "unexpected character at position 10"),
        ("  07700 9OO321", "letters at position 8"),
        ("\u{a0}07700 9OO321", "letters at position 8"),
        ("\u{202a}07700 9OO321\u{202c}", "letters at position 8"),
        ("\u{200e}+44 7700\u{ad} 9OO321", "letters at position 11"),
        ("０７７００ ９OO３２１", "letters at position 8"),
        ("٠٧٧٠٠ ٩?", "unexpected character at position 8"),
        ("\u{1d7ce}7700 9OO321", "letters at position 8"),
        ("07700 900321 €", "unexpected character at position 14"),
        ("+44 7700 900321 ext", "letters at position 17"),
    ] {
        let text = format!(
            "tenant,id,identifiers,mobile\ncontoso.example,a,a@contoso.example,\"{mobile}\"\n"
        );
        let told = format!("2 mobile: this is not a phone number: {told}");
        assert_eq!(imports.faults(text).await, [told], "{mobile}");
    }
}

#[tokio::test]
async fn the_rules_of_the_tenant_hold_for_the_passwords_of_a_file() {
    let (_database, imports) = imports().await;
    let mut text = String::from("tenant,id,identifiers,names,password\n");
    for (id, password) in [
        ("a", "123"),
        ("b", "Password1"),
        ("c", "trebuchet"),
        ("d", "contoso-contoso"),
        ("dora", "dora.elm"),
        ("f", "seven unlikely herons"),
    ] {
        writeln!(
            text,
            "contoso.example,{id},{id}@contoso.example,Dora Elm,{password}"
        )
        .unwrap();
    }
    let faults = imports.faults(&text).await;
    let lines: Vec<&str> = faults
        .iter()
        .filter_map(|it| it.split(' ').next())
        .collect();
    assert_eq!(lines, ["2", "3", "4", "5", "6"], "{faults:?}");
    for fault in &faults {
        assert!(
            fault.contains(" password: the tenant's rules refuse it: "),
            "{fault}"
        );
    }
    assert!(
        faults[0].contains("the password has fewer than 8 characters"),
        "{faults:?}"
    );
}

/// The length limit is that of the page and of the API: code points after composition.
#[tokio::test]
async fn a_password_that_is_too_long_is_told_so_with_its_line() {
    let (_database, imports) = imports().await;
    let long = Some("the password has more than 256 characters");
    let control = Some("the field has a control character");
    let words = "three boats, and no sail on any of the lakes: ";
    let of = |length: usize| words.chars().cycle().take(length).collect::<String>();
    for (password, told) in [
        (of(256), None),
        (of(257), long),
        (of(300), long),
        (of(100_000), long),
        // These have two, three and four bytes, and two UTF-16 units.
        (of(255) + "é", None),
        (of(256) + "é", long),
        (of(255) + "水", None),
        (of(256) + "水", long),
        (of(255) + "😀", None),
        (of(256) + "😀", long),
        // Each of these composes to one character.
        (of(255) + "e\u{301}", None),
        (of(256) + "e\u{301}", long),
        (of(156) + &"\u{3b1}\u{313}\u{300}\u{345}".repeat(100), None),
        (of(157) + &"\u{3b1}\u{313}\u{300}\u{345}".repeat(100), long),
        ("a\u{301}".repeat(100_000), long),
        // White space is a part of the password.
        (of(255) + " ", None),
        (of(256) + " ", long),
        // The message names the error.
        ("three boats\u{7} no sail".into(), control),
        (of(300) + "\u{7}", long),
    ] {
        let text = format!(
            "tenant,id,identifiers,password\ncontoso.example,a,a@contoso.example,\"{password}\"\n"
        );
        let shown: String = password.chars().rev().take(9).collect();
        match told {
            Some(told) => {
                let told = format!("2 password: the tenant's rules refuse it: {told}");
                assert_eq!(imports.faults(text).await, [told], "{shown}");
            }
            None => assert!(imports.dry(text).await.starts_with("create "), "{shown}"),
        }
    }
}

#[tokio::test]
async fn one_cause_is_told_once_and_nothing_that_only_follows_from_it() {
    let (_database, imports) = imports().await;
    let mut text = String::from("tenant,id,identifiers,mobile\n");
    for number in 0..500 {
        writeln!(
            text,
            "contoso.exmaple,p{number},p{number}@contoso.exmaple,07700 900321"
        )
        .unwrap();
    }
    let refused = imports
        .run(imports.file(text), None, false)
        .await
        .unwrap_err();
    let said = refused.to_string();
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines[0], "nothing was imported: there are 500 errors");
    assert!(
        lines[1].ends_with(
            "lines 2, 3, 4, 5, 6 and 495 more, column tenant: no configured tenant has this domain"
        ),
        "{said}"
    );
    assert_eq!(lines.len(), 2, "{said}");
}

/// The group in a policy, the groups of an account, and whether they match.
const GROUPS: [(&str, &str, bool); 8] = [
    ("ÄRZTE", "ärzte", true),
    ("ärzte", "ÄRZTE", true),
    ("ΝΟΣΟΚΟΜΟΙ", "νοσοκομοι", true),
    ("ιατρος", "ΙΑΤΡΟΣ", true),
    ("STRAẞE", "strasse", true),
    ("Straße", "STRAẞE", true),
    ("МЕДСЁСТРЫ", "медсёстры", true),
    ("arzte", "ÄRZTE", false),
];

pub(super) async fn a_group_that_may_reset_is_found_in_every_script(imports: Imports) {
    let row = |group: &str| {
        format!(
            "tenant,id,identifiers,groups\nlab.contoso.example,tove,tove@lab.contoso.example,{group}\n"
        )
    };
    for (scope, own, is_found) in GROUPS {
        let mut tenants = contoso::tenants();
        for tenant in &mut tenants {
            let settings = PolicySettings {
                scope: Scope::Groups(vec![scope.to_owned()]),
                ..PolicySettings::default()
            };
            tenant.policy = Some(Policy::new(settings).unwrap());
        }
        let warning = format!("lets the group {scope} reset, and no account is in it");
        let nested = format!("tenant,group,member\nlab.contoso.example,{own},Σ\n");
        let nested = imports.file_named("groups.csv", nested);
        let none = imports.file_named(
            "none.csv",
            format!("tenant,group,member\nlab.contoso.example,{own},\n"),
        );
        // A dry run uses the file, and the import uses the database. The account is in the group
        // directly, or through a group in it.
        for (group, groups, dry_run) in [
            (own, &none, true),
            (own, &none, false),
            ("ς", &nested, false),
        ] {
            let import = Import {
                file: imports.file(row(group)),
                groups: Some(groups.clone()),
                dry_run,
                ..Import::default()
            };
            let said = imports.take_for(&tenants, import).await.unwrap();
            assert_eq!(
                !said.contains(&warning),
                is_found,
                "{group} for {scope}: {said}"
            );
        }
    }
}

/// A policy names its groups, and a file those of its accounts. If the spelling differs, no person
/// may reset.
#[tokio::test]
async fn a_group_that_may_reset_and_that_no_account_is_in_is_warned_of() {
    let warning = "warning: the tenant lab.contoso.example lets the group self-service reset, and no account is in it: \
        compare its name with those of the accounts";
    let rows = |groups: &str| {
        format!(
            "tenant,id,identifiers,groups\nlab.contoso.example,tove,tove@lab.contoso.example,{groups}\n"
        )
    };
    for (groups, nested, is_warned) in [
        ("", None, true),
        ("staff", None, true),
        ("selfservice;self service", None, true),
        ("self-service", None, false),
        ("Self-Service", None, false),
        ("staff;SELF-SERVICE", None, false),
        // Membership through a group in the group, and through a group in that one.
        ("staff", Some("self-service,staff"), false),
        (
            "desk",
            Some("self-service,staff\nlab.contoso.example,STAFF,desk"),
            false,
        ),
        // That group has no account either.
        ("", Some("self-service,staff"), true),
    ] {
        let (_database, imports) = imports().await;
        let nested = nested.map(|rows| {
            let text = format!("tenant,group,member\nlab.contoso.example,{rows}\n");
            imports.file_named("groups.csv", text)
        });
        let file = imports.file(rows(groups));
        let import = Import {
            file,
            groups: nested,
            ..Import::default()
        };
        let said = imports.take(import).await.unwrap();
        assert_eq!(said.contains(warning), is_warned, "{groups:?}: {said}");
    }
    // A dry run uses the groups that the file would store. Another tenant's import is not affected.
    let (_database, imports) = imports().await;
    assert!(imports.dry(rows("")).await.contains(warning));
    assert!(!imports.dry(rows("Self-Service")).await.contains(warning));
    let other = "tenant,id,identifiers\ncontoso.example,a,a@contoso.example\n";
    assert!(!imports.dry(other).await.contains(warning));
}

/// The page of documentation has the same columns as the command.
#[test]
fn the_readme_names_every_column_as_the_command_does() {
    let readme = include_str!("../../README.md");
    for column in &COLUMNS {
        let row = format!("| `{}` | {} | {} |", column.name, column.what, column.empty);
        assert!(readme.contains(&row), "{row}");
    }
    let header = include_str!("../../examples/accounts.csv")
        .lines()
        .next()
        .unwrap();
    let names = column_names();
    assert!(
        header
            .split(',')
            .all(|name| names.iter().any(|it| it == name))
    );
}
