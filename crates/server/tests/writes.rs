//! Tests of the number of changes that one attempt may make, and of their records.

use std::sync::Arc;

use postern_engine::Policy;
use postern_engine::policy::PolicySettings;
use postern_protocol::Method;
use postern_server::settings::Settings;
use postern_world::contoso;
use serde_json::{Value, json};
use sqlx::{AnyConnection, Connection, Executor};

use crate::support::Database;
use crate::support::client::{Client, Pass, fresh_key};
use crate::support::server::Server;

/// The maximum number of changing requests of one attempt; its beginning is one of them.
const WRITES_MAX: usize = 200;

async fn begun(server: &Server, client: &Client) -> Pass {
    client
        .start(server.running.address, "ada@contoso.example")
        .await
}

async fn count(url: &str, table: &str) -> usize {
    let mut connection = AnyConnection::connect(url).await.expect("it is there");
    let query = sqlx::AssertSqlSafe(format!("SELECT 1 FROM {table}"));
    let rows = connection.fetch_all(query).await;
    rows.expect("the database answers").len()
}

#[tokio::test]
async fn after_200_requests_that_change_something_an_attempt_changes_no_more() {
    let server = Server::start(postern_server::http::HttpSettings::default()).await;
    let mut tenants = contoso::tenants();
    let policy = PolicySettings {
        methods: vec![Method::Email, Method::MobileSms, Method::MobileCall],
        ..PolicySettings::default()
    };
    tenants[0].policy = Some(Policy::new(policy).expect("it makes sense"));
    let settings = Settings::new(tenants, "reset.contoso.example");
    server.running.judge.settings.store(Arc::new(settings));
    let client = Client::new();
    let pass = begun(&server, &client).await;
    let address = server.running.address;
    // Each request uses another method, and the service sends nothing before the person types a
    // number.
    let mut methods = ["mobile-sms", "mobile-call"].into_iter().cycle();
    let mut choose = async || {
        let method = methods.next().expect("it goes round");
        let body = json!({ "method": method });
        client.post(address, &pass, "/codes", body).await
    };
    for write in 1..WRITES_MAX {
        let chosen = choose().await;
        assert_eq!(chosen.status, 200, "{write}: {}", chosen.body);
        assert_eq!(chosen.step(), "enter-phone");
    }
    for _ in 0..3 {
        let refused = choose().await;
        assert_eq!(
            (refused.status, refused.problem()),
            (429, "too-many-requests")
        );
    }
    for (tail, body) in [
        ("/proofs", json!({ "code": "00000000" })),
        ("/help", json!({})),
    ] {
        let refused = client.post(address, &pass, tail, body).await;
        assert_eq!(refused.status, 429, "{tail}");
    }
    let look = client.look(address, &pass).await;
    assert_eq!((look.status, look.step()), (200, "enter-phone"));
    // Only this attempt has reached its limit.
    begun(&server, &client).await;
}

#[tokio::test]
async fn a_request_that_changes_nothing_leaves_no_row() {
    let database = Database::sqlite();
    let url = database.url.clone();
    let http = postern_server::http::HttpSettings::default();
    let server = Server::over(http, database).await;
    let client = Client::new();
    let pass = begun(&server, &client).await;
    let address = server.running.address;
    let key = fresh_key();
    let cancel = client.ask(
        address,
        Some(&pass),
        &key,
        (reqwest::Method::DELETE, ""),
        None,
    );
    assert_eq!(cancel.await.expect("the server answers").status, 200);
    let tables = ["replies", "audit", "outbox", "ledgers", "attempts"];
    let mut before = Vec::new();
    for table in tables {
        before.push(count(&url, table).await);
    }
    let requests: [(&str, Value); 5] = [
        ("/codes", json!({ "method": "email" })),
        ("/proofs", json!({ "code": "00000000" })),
        ("/password", json!({ "password": "three boats, no sail" })),
        ("/unlock", json!({})),
        ("/help", json!({})),
    ];
    for (tail, body) in requests {
        for _ in 0..10 {
            let refused = client.post(address, &pass, tail, body.clone()).await;
            assert_eq!(
                refused.problem(),
                "not-expected",
                "{tail}: {}",
                refused.body
            );
        }
    }
    for (table, before) in tables.iter().zip(before) {
        assert_eq!(count(&url, table).await, before, "{table}");
    }
}
