//! Tests of an import during changes by other people.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use postern_engine::account::AccountId;
use postern_engine::command::PasswordWrite;
use postern_engine::{Tenant, Written};
use postern_protocol::password::NewPassword;
use postern_server::directory::{BuiltIn, Directory};
use sqlx::Connection;

use super::imports::{CONTOSO, Imports};
use crate::support::key;

/// Other changes invalidate the plan again and again: the import still completes, and no password
/// is lost.
pub(super) async fn an_import_goes_through_while_a_person_sets_passwords(imports: Imports) {
    const PEOPLE: usize = 700;
    let file = |group: &str| {
        let mut text = String::from("tenant,id,identifiers,groups\n");
        for number in 0..PEOPLE {
            writeln!(
                text,
                "contoso.example,p{number},p{number}@contoso.example,{group}"
            )
            .unwrap();
        }
        text
    };
    imports.import(&file("before")).await.unwrap();
    let accounts = BuiltIn::new(imports.store.clone(), key());
    let is_over = Arc::new(AtomicBool::new(false));
    let is_imported = is_over.clone();
    let resets = tokio::spawn(async move {
        let id = AccountId("p650".into());
        let mut set = 0;
        while !is_imported.load(Ordering::SeqCst) {
            set += 1;
            let password = format!("correct horse {set}");
            let given = accounts.give_password(CONTOSO, &id, &password);
            given.await.unwrap();
        }
        set
    });
    for round in 0..4 {
        let said = imports
            .import(&file(&format!("round-{round}")))
            .await
            .unwrap();
        assert_eq!(
            said,
            format!("0 created, {PEOPLE} changed, 0 left as they are\n")
        );
    }
    is_over.store(true, Ordering::SeqCst);
    let set: usize = resets.await.unwrap();
    let p650 = imports.account(CONTOSO, "p650").await.unwrap();
    assert_eq!(p650.person.groups, ["round-3"]);
    // The last password is the person's, and the history contains each earlier one.
    let (id, last) = (AccountId("p650".into()), format!("correct horse {set}"));
    assert!(
        imports
            .accounts
            .is_password(CONTOSO, &id, &last)
            .await
            .unwrap()
    );
    let mut connection = sqlx::AnyConnection::connect(&imports.url).await.unwrap();
    let kept = "SELECT passwords FROM accounts WHERE id = 'p650'";
    let kept: String = sqlx::query_scalar(kept)
        .fetch_one(&mut connection)
        .await
        .unwrap();
    let kept: Vec<String> = serde_json::from_str(&kept).unwrap();
    assert_eq!(kept.len(), set);
}

/// A change to an account whose rows change at every moment: the import gives up and changes
/// nothing.
pub(super) async fn a_change_that_is_always_overtaken_is_given_up(imports: Imports) {
    imports
        .import("tenant,id,identifiers\ncontoso.example,ada,ada@contoso.example\n")
        .await
        .unwrap();
    sqlx::any::install_default_drivers();
    let mut connection = sqlx::AnyConnection::connect(&imports.url).await.unwrap();
    // The statements act as if another request wrote in between: no row matches the one that was
    // read.
    let statements: &[&'static str] = if imports.url.starts_with("sqlite") {
        &["CREATE TRIGGER overtaken BEFORE UPDATE ON accounts BEGIN SELECT RAISE(IGNORE); END"]
    } else {
        &[
            "CREATE FUNCTION overtaken() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
            "CREATE TRIGGER overtaken BEFORE UPDATE ON accounts FOR EACH ROW EXECUTE FUNCTION overtaken()",
        ]
    };
    for &statement in statements {
        sqlx::query(statement)
            .execute(&mut connection)
            .await
            .unwrap();
    }
    let (tenant, ada) = (Tenant::new(CONTOSO, "Contoso"), AccountId("ada".into()));
    let write = PasswordWrite {
        account: ada.clone(),
        password: NewPassword::parse("three boats, no sail").unwrap(),
    };
    let accounts = &imports.accounts;
    assert_eq!(
        accounts.write_back(&tenant, &write).await,
        Written::Unreachable
    );
    assert_eq!(accounts.unlock(&tenant, &ada).await, Written::Unreachable);
    let refused = accounts.give_password(CONTOSO, &ada, "three boats").await;
    let refused = refused.expect_err("it cannot be given").to_string();
    assert_eq!(
        refused,
        "other requests changed the account ada of contoso.example 10 times in a row"
    );
    assert!(!imports.is_password("ada", "three boats, no sail").await);
}
