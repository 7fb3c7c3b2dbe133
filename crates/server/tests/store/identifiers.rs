//! Tests of identifiers in databases from before the current comparison rules.

use postern_server::store::SqlStore;
use sqlx::{Connection, Row};

use crate::support::key;

pub(super) async fn identifiers_that_were_kept_before_are_folded_anew(_: SqlStore, url: &str) {
    let mut connection = sqlx::AnyConnection::connect(url).await.unwrap();
    for (identifier, account) in [
        ("ada@contoso.example", "ada"),
        ("strauß@contoso.example", "strauss"),
        ("νίκος@contoso.example", "nikos"),
        // Another account now has the same identifier: the program leaves it to the operator, and
        // the log names it.
        ("weiß@contoso.example", "weiss"),
        ("weiss@contoso.example", "other"),
        ("o\u{2019}brien@contoso.example", "quote"),
        ("o`leary@contoso.example", "tick"),
        // The folded forms of U+00B4 and U+1FBF.
        ("o \u{301}hara@contoso.example", "acute"),
        ("o \u{313}casey@contoso.example", "psili"),
        ("o\u{301}dea@contoso.example", "accent"),
        ("d\u{2032}arcy@contoso.example", "prime"),
        ("d'arcy@contoso.example", "d'arcy"),
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
                ("\u{f3}dea@contoso.example", "accent"),
                ("o'hara@contoso.example", "acute"),
                ("ada@contoso.example", "ada"),
                ("d'arcy@contoso.example", "d'arcy"),
                ("νίκοσ@contoso.example", "nikos"),
                ("weiss@contoso.example", "other"),
                ("d\u{2032}arcy@contoso.example", "prime"),
                ("o'casey@contoso.example", "psili"),
                ("o'brien@contoso.example", "quote"),
                ("strauss@contoso.example", "strauss"),
                ("o'leary@contoso.example", "tick"),
                ("weiß@contoso.example", "weiss"),
            ]
        );
    }
}
