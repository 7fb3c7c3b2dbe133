//! An import that is overtaken by what people do meanwhile.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use postern_engine::account::AccountId;
use postern_server::directory::BuiltIn;
use sqlx::Connection;

use super::imports::{CONTOSO, Imports};
use crate::support::key;

/// What is planned is overtaken, again and again: all of the file is still imported, and no password is lost.
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
    assert_eq!(p650.groups, ["round-3"]);
    // The last one is theirs, and each one before is remembered.
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
