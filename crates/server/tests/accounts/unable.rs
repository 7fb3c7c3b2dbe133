//! Tests of people who have no way to reset after an import.

use postern_engine::policy::{Policy, PolicySettings, Scope};
use postern_protocol::Method;
use postern_server::accounts::Import;

use super::told::imports;

/// For each person who may reset but cannot: the line and the reason, by the tenant's policy, with
/// equal ones grouped.
#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a table")]
async fn people_who_can_never_reset_are_warned_of_by_line() {
    use Method::{Email, MobileCall, MobileSms, OfficeCall, Questions};
    let head = "tenant,id,identifiers,alternate_emails,mobile,office_phone,licensed,administrator_roles,question_1,answer_1,question_2,answer_2,question_3,answer_3\n";
    let row = |id: &str, more: &str| format!("contoso.example,{id},{id}@contoso.example,{more}\n");
    let shared = |id: &str| row(id, ",,,,,Ship?,one,Fish?,two,Bird?,three");
    let (none, landline) = (",,,,,,,,,,", ",+44 20 7946 0018,,,,,,,,,");
    let no_gate = |lines: &str, why: &str| {
        format!("{lines}: passes no gate of the policy of contoso.example: {why}")
    };
    let one_gate = |lines: &str, why: &str| {
        format!("{lines}: passes only 1 of 2 gates of the policy of contoso.example: {why}")
    };
    let contact = "no alternate email address, no mobile phone";
    for (gates, methods, rows, expected) in [
        (
            1,
            &[Email, MobileSms][..],
            row("a", none),
            vec![no_gate("line 2", contact)],
        ),
        (
            1,
            &[Email, MobileSms],
            row("a", none) + &row("b", none),
            vec![no_gate("lines 2, 3", contact)],
        ),
        (
            1,
            &[Email, MobileSms],
            row("a", "a@home.example,,,,,,,,,,"),
            vec![],
        ),
        (
            1,
            &[MobileSms],
            row("a", landline),
            vec![no_gate("line 2", "a mobile phone that no text reaches")],
        ),
        (1, &[MobileSms, MobileCall], row("a", landline), vec![]),
        (
            1,
            &[OfficeCall],
            row("a", landline),
            vec![no_gate("line 2", "no office phone")],
        ),
        (
            2,
            &[MobileCall, Email],
            row("a", landline),
            vec![one_gate("line 2", "no alternate email address")],
        ),
        (
            1,
            &[Questions],
            row("a", ",,,,,1,one,2,two,,"),
            vec![no_gate("line 2", "fewer than 3 questions")],
        ),
        (
            1,
            &[Questions],
            row("a", ",,,,,1,one,2,two,3,three"),
            vec![],
        ),
        (
            1,
            &[Questions],
            shared("a"),
            vec![no_gate(
                "line 2",
                "fewer than 3 questions that other people have in the same words",
            )],
        ),
        (1, &[Questions], shared("a") + &shared("b"), vec![]),
        // A person who may not be reset gets another message.
        (1, &[Email], row("a", ",,,no,,,,,,,"), vec![]),
        (2, &[Email], row("a", none), vec![]),
    ] {
        let (_database, imports) = imports().await;
        let settings = PolicySettings {
            gates_required: gates,
            methods: methods.to_vec(),
            ..PolicySettings::default()
        };
        let mut tenants = postern_world::contoso::tenants();
        tenants[0].policy = Policy::new(settings).ok();
        for dry_run in [true, false] {
            let import = Import {
                file: imports.file(format!("{head}{rows}")),
                dry_run,
                ..Import::default()
            };
            let said = imports.take_for(&tenants, import).await.unwrap();
            let warnings = said
                .lines()
                .filter(|line| line.contains(" of the policy of "))
                .filter_map(|line| line.strip_prefix("warning: ")?.split_once("accounts.csv, "));
            let warnings: Vec<&str> = warnings.map(|(_, it)| it).collect();
            assert_eq!(warnings, expected, "{methods:?} {dry_run}: {said}");
        }
    }
}

/// Membership through another group that the file itself adds, and a question that is already on
/// file.
#[tokio::test]
async fn what_is_on_file_and_groups_of_the_file_count_for_who_can_reset() {
    let (_database, imports) = imports().await;
    let settings = PolicySettings {
        methods: vec![Method::Questions],
        scope: Scope::Groups(vec!["Everyone".into()]),
        ..PolicySettings::default()
    };
    let mut tenants = postern_world::contoso::tenants();
    tenants[0].policy = Policy::new(settings).ok();
    let columns = "question_1,answer_1,question_2,answer_2,question_3,answer_3";
    let questions = "Ship?,one,Fish?,two,Bird?,three";
    let nested = imports.file_named(
        "nested.csv",
        "tenant,group,member\ncontoso.example,everyone,Staff\n",
    );
    for (id, group, groups, is_told) in [
        ("a", "staff", None, false),
        ("b", "staff", Some(&nested), true),
        // Ben has the same text.
        ("c", "everyone", None, false),
        ("d", "guests", None, false),
    ] {
        let text = format!(
            "tenant,id,identifiers,groups,{columns}\ncontoso.example,{id},{id}@contoso.example,{group},{questions}\n"
        );
        let import = Import {
            file: imports.file(text),
            groups: groups.cloned(),
            ..Import::default()
        };
        let said = imports.take_for(&tenants, import).await.unwrap();
        assert_eq!(said.contains("passes no gate"), is_told, "{id}: {said}");
    }
}
