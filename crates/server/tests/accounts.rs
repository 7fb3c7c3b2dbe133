//! Imports of accounts from a file: all accounts or none, on each store.

#![expect(
    clippy::unwrap_used,
    reason = "a store that fails here fails its test, and says why"
)]

mod authenticators;
mod bounds;
mod chosen;
mod formulas;
mod ids;
mod imports;
mod journal;
mod json;
mod overtaken;
mod sheets;
mod told;
mod unable;
mod workbooks;

use std::fmt::Write;

use crate::support::{Database, key};
use imports::{CONTOSO, EXAMPLE, GROUPS, Imports};
use journal::{
    an_import_is_told_in_the_audit_log_with_who_did_it,
    an_import_tells_in_the_audit_log_which_fields_it_changed,
};
use overtaken::{
    a_change_that_is_always_overtaken_is_given_up,
    an_import_goes_through_while_a_person_sets_passwords,
};
use postern_engine::account::{AccountId, AccountState, PasswordSource, TotpAlgorithm, TotpPeriod};
use postern_engine::command::PasswordWrite;
use postern_engine::{Tenant, Written};
use postern_protocol::QuestionText;
use postern_protocol::password::NewPassword;
use postern_server::accounts::Import;
use postern_server::directory::Directory;
use told::a_group_that_may_reset_is_found_in_every_script;

on_each_store![
    |database| (super::imports::Imports::into(&database).await);
    the_example_is_imported_as_its_columns_say,
    the_same_file_again_changes_nothing,
    a_dry_run_says_what_would_be_changed_and_changes_nothing,
    a_column_that_is_not_there_changes_nothing_and_an_empty_field_empties,
    an_initial_password_never_replaces_one_that_is_set,
    an_identifier_of_another_account_is_refused_unless_it_is_given_up,
    one_row_that_is_wrong_keeps_all_others_out,
    more_accounts_than_one_statement_takes_are_imported,
    an_import_goes_through_while_a_person_sets_passwords,
    a_change_that_is_always_overtaken_is_given_up,
    one_question_changes_no_other,
    an_import_is_told_in_the_audit_log_with_who_did_it,
    an_import_tells_in_the_audit_log_which_fields_it_changed,
    a_group_that_may_reset_is_found_in_every_script,
];

async fn the_example_is_imported_as_its_columns_say(imports: Imports) {
    let said = imports
        .run(EXAMPLE.into(), Some(GROUPS), false)
        .await
        .unwrap();
    assert_eq!(said, "4 created, 1 changed, 1 left as they are\n");

    let rosa = imports.account(CONTOSO, "rosa").await.unwrap();
    assert_eq!(
        rosa.person.identifiers,
        ["rosa@contoso.example", "rosa.elm@contoso.example"]
    );
    assert_eq!(rosa.person.names, ["Rosa", "Elm", "Rosa Elm"]);
    assert_eq!(
        rosa.person.primary_email.as_deref(),
        Some("rosa@contoso.example")
    );
    assert_eq!(
        rosa.person.alternate_emails,
        ["rosa@home.example", "rosa@school.example"]
    );
    assert_eq!(rosa.person.mobile.as_deref(), Some("+44 7700 900321"));
    assert_eq!(
        rosa.person.office_phone.as_deref(),
        Some("+44 20 7946 0018")
    );
    assert_eq!(rosa.person.groups, ["everybody", "first-aid", "staff"]);
    assert!(!rosa.person.is_administrator && rosa.person.is_licensed && !rosa.person.is_locked);
    assert_eq!(rosa.registration.questions.len(), 3);
    assert_eq!(
        rosa.registration.questions[0].text,
        QuestionText::Predefined(3)
    );
    let tree = &rosa.registration.questions[2];
    assert_eq!(
        tree.text,
        QuestionText::Custom("Which tree, if any, stood before the house?".into())
    );
    let expected =
        postern_engine::answer::answer_digest(&key(), &rosa.person.id, 3, "a lime; cut DOWN");
    assert!(expected.is_some_and(|expected| expected == tree.answer));
    assert!(
        imports
            .is_password("rosa", "correct horse battery staple")
            .await
    );

    let sami = imports.account(CONTOSO, "sami").await.unwrap();
    assert!(sami.person.is_administrator);
    assert_eq!(sami.person.password_source, PasswordSource::OnPremises);
    let app = &sami.registration.authenticators[0];
    assert_eq!(
        (app.algorithm, app.period),
        (TotpAlgorithm::Sha256, TotpPeriod::Seconds60)
    );
    assert_eq!(app.secret.reveal(), b"and now it is thatre");

    let ugo = imports.account("lab.contoso.example", "ugo").await.unwrap();
    assert_eq!(ugo.person.state, AccountState::OptedOut);
    assert!(ugo.person.is_locked && !ugo.person.is_licensed && ugo.person.groups.is_empty());
}

async fn the_same_file_again_changes_nothing(imports: Imports) {
    imports
        .run(EXAMPLE.into(), Some(GROUPS), false)
        .await
        .unwrap();
    let said = imports
        .run(EXAMPLE.into(), Some(GROUPS), false)
        .await
        .unwrap();
    let left_out = "line 2, column password: the account has a password already, and keeps it";
    assert_eq!(
        said,
        format!("left out: {EXAMPLE}, {left_out}\n0 created, 0 changed, 6 left as they are\n")
    );
}

async fn a_dry_run_says_what_would_be_changed_and_changes_nothing(imports: Imports) {
    let said = imports
        .run(EXAMPLE.into(), Some(GROUPS), true)
        .await
        .unwrap();
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(
        lines,
        [
            "create contoso.example rosa: mobile is +447700900321, office_phone is +442079460018",
            "create contoso.example sami: mobile is +447700900654",
            "create lab.contoso.example tove: mobile is +31612345678",
            "create lab.contoso.example ugo",
            "change contoso.example group everybody",
            "4 would be created, 1 would be changed, 1 would be left as they are",
        ]
    );
    assert!(imports.account(CONTOSO, "rosa").await.is_none());

    imports.run(EXAMPLE.into(), None, false).await.unwrap();
    let changed = "tenant,id,identifiers,mobile,groups\n\
        contoso.example,rosa,rosa@contoso.example;rosa.elm@contoso.example,+44 7700 900322,staff\n";
    let said = imports
        .run(imports.file(changed), None, true)
        .await
        .unwrap();
    assert_eq!(
        said,
        "change contoso.example rosa: mobile, groups, mobile is +447700900322\n\
         0 would be created, 1 would be changed, 0 would be left as they are\n"
    );
    let rosa = imports.account(CONTOSO, "rosa").await.unwrap();
    assert_eq!(rosa.person.groups, ["first-aid", "staff"]);
}

async fn a_column_that_is_not_there_changes_nothing_and_an_empty_field_empties(imports: Imports) {
    imports.run(EXAMPLE.into(), None, false).await.unwrap();
    // The file has the form of a spreadsheet program: with a byte order mark, and other line ends.
    let said = imports
        .import("\u{feff}id,tenant,identifiers,mobile\r\nrosa,CONTOSO.example,rosa@contoso.example,\r\n")
        .await
        .unwrap();
    assert_eq!(said, "0 created, 1 changed, 0 left as they are\n");
    let rosa = imports.account(CONTOSO, "rosa").await.unwrap();
    assert_eq!(rosa.person.identifiers, ["rosa@contoso.example"]);
    assert_eq!(rosa.person.mobile, None);
    assert_eq!(rosa.person.names, ["Rosa", "Elm", "Rosa Elm"]);
    assert_eq!(
        (
            rosa.registration.questions.len(),
            rosa.registration.authenticators.len()
        ),
        (3, 1)
    );
    assert_eq!(rosa.person.groups, ["first-aid", "staff"]);
    // Accounts that are missing in the file stay.
    assert!(imports.account(CONTOSO, "sami").await.is_some());
}

async fn an_initial_password_never_replaces_one_that_is_set(imports: Imports) {
    imports.run(EXAMPLE.into(), None, false).await.unwrap();
    let id = AccountId("rosa".into());
    let write = PasswordWrite {
        account: id,
        password: NewPassword::parse("a password of her own").unwrap(),
    };
    let tenant = Tenant::new(CONTOSO, "Contoso");
    assert_eq!(
        imports.accounts.write_back(&tenant, &write).await,
        Written::Done
    );
    let said = imports.run(EXAMPLE.into(), None, false).await.unwrap();
    let left_out = "line 2, column password: the account has a password already, and keeps it";
    assert_eq!(
        said,
        format!("left out: {EXAMPLE}, {left_out}\n0 created, 0 changed, 4 left as they are\n")
    );
    assert!(imports.is_password("rosa", "a password of her own").await);

    // Sami has no password yet, and gets one with a hash from another system.
    let hash =
        "$argon2id$v=19$m=256,t=1,p=1$c2FsdHNhbHRzYWx0$6dXVaLcdfRHqLZkV+ncbf8qhLBCgOoEZh6QXGS1eo3Y";
    let text = format!(
        "tenant,id,identifiers,password\ncontoso.example,sami,sami@contoso.example,\"{hash}\"\n"
    );
    assert_eq!(
        imports.faults(&text).await,
        ["2 password: this is the hash of a password: use --hashed for hashes"]
    );
    let hashed = |text: &str| Import {
        file: imports.file(text),
        hashed: true,
        ..Import::default()
    };
    let said = imports.take(hashed(&text)).await.unwrap();
    assert_eq!(said, "0 created, 1 changed, 0 left as they are\n");
    let plain = "tenant,id,identifiers,password\ncontoso.example,vera,vera@contoso.example,a plain password\n";
    let faults = imports.faults_of(hashed(plain)).await;
    assert!(
        faults[0].starts_with("2 password: --hashed asks for a hash"),
        "{faults:?}"
    );
}

async fn one_question_changes_no_other(imports: Imports) {
    imports.run(EXAMPLE.into(), None, false).await.unwrap();
    let file = |question: &str| {
        format!(
            "tenant,id,identifiers,question_1,answer_1\n\
             contoso.example,rosa,rosa@contoso.example,{question},Assen\n"
        )
    };
    imports.import(&file("5")).await.unwrap();
    let rosa = imports.account(CONTOSO, "rosa").await.unwrap();
    let questions: Vec<_> = rosa
        .registration
        .questions
        .iter()
        .map(|it| (it.id, &it.text))
        .collect();
    assert_eq!(questions.len(), 3);
    assert_eq!(questions[0], (1, &QuestionText::Predefined(5)));
    assert_eq!(questions[1], (2, &QuestionText::Predefined(12)));
    // The error is already in the second row.
    assert_eq!(
        imports.faults(&file("12")).await,
        ["2 question_1: the account has another question, not in the file, with the same text"]
    );
    // An empty cell removes its value, and no other.
    let empty =
        "tenant,id,identifiers,question_1,answer_1\ncontoso.example,rosa,rosa@contoso.example,,\n";
    imports.import(empty).await.unwrap();
    let rosa = imports.account(CONTOSO, "rosa").await.unwrap();
    assert_eq!(
        rosa.registration
            .questions
            .iter()
            .map(|it| it.id)
            .collect::<Vec<_>>(),
        [2, 3]
    );
    // A question without its answer is not a complete column pair.
    assert_eq!(
        imports.faults("tenant,id,identifiers,question_1\n").await,
        ["1 answer_1: the column is missing, which question_1 needs"]
    );
}

async fn an_identifier_of_another_account_is_refused_unless_it_is_given_up(imports: Imports) {
    imports.run(EXAMPLE.into(), None, false).await.unwrap();
    let taken = "tenant,id,identifiers\ncontoso.example,vera,vera@contoso.example;Rosa.Elm@contoso.example\n";
    assert_eq!(
        imports.faults(taken).await,
        ["2 identifiers: one of them belongs to another account, which is not in the file"]
    );
    let given_up = format!("{taken}contoso.example,rosa,rosa@contoso.example\n");
    let said = imports.import(&given_up).await.unwrap();
    assert_eq!(said, "1 created, 1 changed, 0 left as they are\n");
    let tenant = Tenant::new(CONTOSO, "Contoso");
    let identifier = postern_engine::Identifier::parse("rosa.elm@contoso.example").unwrap();
    let found = imports.accounts.find(&tenant, &identifier).await.unwrap();
    assert_eq!(found.unwrap().id.as_str(), "vera");
}

async fn one_row_that_is_wrong_keeps_all_others_out(imports: Imports) {
    let text = "tenant,id,identifiers\n\
        contoso.example,wim,wim@contoso.example\n\
        nowhere.example,xena,xena@nowhere.example\n";
    assert_eq!(
        imports.faults(text).await,
        ["3 tenant: no configured tenant has this domain"]
    );
    assert!(imports.account(CONTOSO, "wim").await.is_none());
}

async fn more_accounts_than_one_statement_takes_are_imported(imports: Imports) {
    let mut text = String::from("tenant,id,identifiers,groups\n");
    for number in 0..1_201 {
        writeln!(
            text,
            "contoso.example,p{number},p{number}@contoso.example,staff;all"
        )
        .unwrap();
    }
    let said = imports.import(&text).await.unwrap();
    assert_eq!(said, "1201 created, 0 changed, 0 left as they are\n");
    let said = imports.import(&text.replace(";all", "")).await.unwrap();
    assert_eq!(said, "0 created, 1201 changed, 0 left as they are\n");
    let last = imports.account(CONTOSO, "p1200").await.unwrap();
    assert_eq!(last.person.groups, ["staff"]);
    // The database knows the number of rows, and plans its queries for it.
    assert_eq!(imports.rows_counted().await, 1_201);
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_where_it_stands() {
    let database = Database::sqlite();
    let imports = Imports::into(&database).await;
    let header = "tenant,id,identifiers,names,primary_email,mobile,licensed,state,\
        question_1,answer_1,question_2,answer_2,authenticators,password\n";
    let long = "x".repeat(257);
    let text = format!(
        "{header}\
         contoso.example,a,a@contoso.example,,,,,,,,,,,\n\
         contoso.example,a,A@contoso.example,,,,,,,,,,,\n\
         contoso.example,,b@elsewhere.example,{long},nobody,,,,,,,,,\n\
         contoso.example,c,,,,+44 12,maybe,gone,,,,,,\n\
         contoso.example,d\n\
         contoso.example,e,e@contoso.example,,,,,,36,Utrecht,4,,GEZDGNBVGY3TQOJQ:md5,\n\
         contoso.example,f,f@contoso.example,,,,,,3,Utrecht,4,UTRECHT,not Base32!,$argon2i$v=19$m=8,t=1,p=1$a$b\n\
         contoso.example,g,g@contoso.example,,,,,,3,Utrecht,3,Assen,GEZDGNBVGY3TQOJQ,$argon2id$nonsense\n"
    );
    assert_eq!(
        imports.faults(&text).await,
        [
            "3 id: line 2 has the same one",
            "3 identifiers: line 2 has one of them too",
            "4 identifiers: one of them has a domain that is not the tenant's, so it would never be found",
            "4 id: the field is empty",
            "4 names: the text has more than 256 characters",
            "4 primary_email: this is not a mail address such as ada@contoso.example",
            "5 identifiers: the field is empty",
            "5 mobile: this is not a phone number: too short, possible lengths 7,9,10",
            "5 licensed: expected one of yes, no",
            "5 state: expected one of enabled, disabled, opted-out",
            "6 -: the row has 2 fields, but there are 14 columns: only empty fields after identifiers may be left out",
            "7 authenticators: number 1: the algorithm must be sha1 or sha256",
            "7 question_1: predefined questions have the numbers 1 to 35",
            "7 answer_2: the question has no answer",
            "8 -: the row has 16 fields, but there are 14 columns: a field with a separator in it needs quotation marks",
            "9 question_2: the same question occurs twice",
            "9 password: this is the hash of a password: use --hashed for hashes",
        ]
    );
}

#[tokio::test]
async fn answers_are_measured_and_told_apart_as_they_are_compared() {
    let database = Database::sqlite();
    let imports = Imports::into(&database).await;
    let text = "tenant,id,identifiers,question_1,answer_1,question_2,answer_2\n\
         contoso.example,a,a@contoso.example,3,Ox,4,--a..b--\n\
         contoso.example,b,b@contoso.example,3,O'Brien-Town,4,O\u{2019}BRIEN  town.\n\
         contoso.example,c,c@contoso.example,3,Oss,4,دبي\n";
    assert_eq!(
        imports.faults(text).await,
        [
            "2 answer_1: an answer needs at least 3 characters, not counting punctuation",
            "3 answer_2: another question has the same answer",
        ]
    );
}

#[tokio::test]
async fn nothing_secret_is_repeated_in_what_is_said_of_a_file() {
    let database = Database::sqlite();
    let imports = Imports::into(&database).await;
    // Every secret is wrong. Then the header is missing, so that all secrets are in the place of
    // column names.
    let header = "tenant,id,identifiers,question_1,answer_1,authenticators,password\n";
    let answer = "Utrecht".repeat(40);
    let row =
        format!("contoso.example,a,a@contoso.example,3,{answer},SECRETS-0189,\"pass\nword\"\n");
    for text in [format!("{header}{row}"), row] {
        let refused = imports
            .run(imports.file(&text), None, false)
            .await
            .unwrap_err();
        let said = format!("{refused:#} {refused:?}");
        for secret in ["Utrecht", "SECRETS", "0189", "pass\n", "word"] {
            let said = said.replace("column password", "");
            assert!(!said.contains(secret), "{secret}: {said}");
        }
    }
}

#[tokio::test]
async fn a_file_without_its_columns_is_not_read_further() {
    let database = Database::sqlite();
    let imports = Imports::into(&database).await;
    let faults = imports.faults("tenant,id,id,phone\nx,y\n").await;
    assert_eq!(faults.len(), 3);
    assert_eq!(faults[0], "1 id: the column occurs twice");
    assert!(
        faults[1]
            .starts_with("1 4: there is no column of this name, only tenant, id, identifiers,"),
        "{faults:?}"
    );
    assert_eq!(faults[2], "1 identifiers: the column is missing");
    // The error for a missing header contains no part of the row in its place.
    let faults = imports
        .faults("contoso.example,ada,ada@contoso.example\n")
        .await;
    assert_eq!(faults.len(), 1);
    assert!(
        faults[0].starts_with("1 -: this row must be the header, such as tenant,id,identifiers"),
        "{faults:?}"
    );
    let faults = imports
        .faults(b"tenant,id,identifiers\ncontoso.example,a,\xff\n")
        .await;
    assert!(
        faults[0].starts_with("2 identifiers: a character was lost or is not UTF-8"),
        "{faults:?}"
    );
}

#[tokio::test]
async fn groups_within_groups_are_checked_too() {
    let database = Database::sqlite();
    let imports = Imports::into(&database).await;
    let groups = imports.folder.path().join("groups.csv");
    std::fs::write(
        &groups,
        "tenant,group,member\nnowhere.example,a,b\ncontoso.example,,b\n",
    )
    .unwrap();
    let file = imports.file("tenant,id,identifiers\ncontoso.example,a,a@contoso.example\n");
    let refused = imports.run(file, groups.to_str(), false).await.unwrap_err();
    let said = refused.to_string();
    assert!(
        said.contains("groups.csv, line 2, column tenant: no configured tenant has this domain"),
        "{said}"
    );
    assert!(
        said.contains("groups.csv, line 3, column group: the field is empty"),
        "{said}"
    );
    assert!(imports.account(CONTOSO, "a").await.is_none());
}
