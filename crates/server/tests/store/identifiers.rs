//! Identifiers in databases from before they were compared as they are now.

use postern_server::store::SqlStore;
use sqlx::{Connection, Row};

use crate::support::key;

pub(super) async fn identifiers_that_were_kept_before_are_folded_anew(_: SqlStore, url: &str) {
    let mut connection = sqlx::AnyConnection::connect(url).await.unwrap();
    for (identifier, account) in [
        ("ada@contoso.example", "ada"),
        ("strauß@contoso.example", "strauss"),
        ("νίκος@contoso.example", "nikos"),
        // Another account has the same by now: it is left to the operator, and the log names it.
        ("weiß@contoso.example", "weiss"),
        ("weiss@contoso.example", "other"),
    ] {
        sqlx::query("INSERT INTO identifiers (tenant, identifier, account) VALUES ($1, $2, $3)")
            .bind("contoso.example")
            .bind(identifier)
            .bind(account)
            .execute(&mut connection)
            .await
            .unwrap();
    }
    for _ in 0..2 {
        SqlStore::open(url, 2, &key()).await.unwrap();
        let rows = sqlx::query("SELECT identifier, account FROM identifiers ORDER BY account")
            .fetch_all(&mut connection)
            .await
            .unwrap();
        let kept: Vec<(String, String)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
        let kept: Vec<(&str, &str)> = kept
            .iter()
            .map(|(it, of)| (it.as_str(), of.as_str()))
            .collect();
        assert_eq!(
            kept,
            [
                ("ada@contoso.example", "ada"),
                ("νίκοσ@contoso.example", "nikos"),
                ("weiss@contoso.example", "other"),
                ("strauss@contoso.example", "strauss"),
                ("weiß@contoso.example", "weiss"),
            ]
        );
    }
}
