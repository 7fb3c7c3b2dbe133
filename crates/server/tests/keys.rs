//! Tests of the keys of a deployment: the program refuses a wrong key before it changes anything,
//! and can exchange one key for another.

#![expect(
    clippy::unwrap_used,
    reason = "a store that fails here fails its test, and says why"
)]

mod exchange;
mod forgotten;

use std::sync::Arc;

use crate::support::{self, KEY, OTHER_KEY};
use postern_engine::account::AccountId;
use postern_engine::answer::answer_digest;
use postern_engine::{Account, EngineKey, Tenant};
use postern_protocol::Guid;
use postern_server::cli::keys::{KeysCommand, Rotate, Status};
use postern_server::cli::{Actor, Session};
use postern_server::config::Config;
use postern_server::directory::BuiltIn;
use postern_server::keys::Keys;
use postern_server::store::{AuditLog, SqlStore, WrongKey};
use serde_json::Value;
use sqlx::{AnyConnection, Connection, Executor};

const CONTOSO: &str = "contoso.example";

on_each_store![
    |database| (database.url.clone());
    a_database_of_another_key_is_refused_and_nothing_in_it_is_changed,
    a_database_from_before_the_check_value_is_tried_by_what_is_sealed_in_it,
    a_key_is_exchanged_for_another_and_nothing_is_lost,
];

fn old() -> EngineKey {
    EngineKey::new([1; 32])
}

fn new() -> EngineKey {
    EngineKey::new([2; 32])
}

async fn open(url: &str, keys: impl Into<Keys>) -> anyhow::Result<Arc<SqlStore>> {
    SqlStore::open(url, 4, keys).await.map(Arc::new)
}

/// A command session on this database.
fn session(store: Arc<SqlStore>) -> Session {
    Session {
        key: store.keys().first().clone(),
        store,
        tenants: vec![Tenant::new(CONTOSO, "Contoso")],
        actor: Actor::of(None),
        is_json: true,
        run: Guid::from_random(5),
    }
}

/// The output of a command.
async fn said(session: &Session, command: KeysCommand) -> Value {
    let mut out = Vec::new();
    command.run(session, &mut out).await.unwrap();
    serde_json::from_slice(&out).unwrap()
}

const fn rotate() -> KeysCommand {
    KeysCommand::Rotate(Rotate { reason: None })
}

async fn put(store: &Arc<SqlStore>, count: u32) {
    let accounts = BuiltIn::new(store.clone(), store.keys());
    for number in 0..count {
        let id = format!("{number}");
        let account = Account::new(&id, &format!("person{number}@{CONTOSO}"));
        accounts.put(CONTOSO, &account).await.unwrap();
    }
}

async fn count(url: &str, table: &str) -> usize {
    let mut connection = AnyConnection::connect(url).await.unwrap();
    let query = sqlx::AssertSqlSafe(format!("SELECT 1 FROM {table}"));
    connection.fetch_all(query).await.unwrap().len()
}

async fn forget_vault(url: &str) {
    let mut connection = AnyConnection::connect(url).await.unwrap();
    connection.execute("DELETE FROM vault").await.unwrap();
}

async fn is_refused(url: &str, keys: impl Into<Keys>) -> bool {
    match open(url, keys).await {
        Ok(_) => false,
        Err(error) => error.is::<WrongKey>(),
    }
}

async fn a_database_of_another_key_is_refused_and_nothing_in_it_is_changed(url: String) {
    drop(open(&url, old()).await.unwrap());
    // This includes an empty database: another replica may be about to use it.
    assert!(is_refused(&url, new()).await);
    put(&open(&url, old()).await.unwrap(), 2).await;
    assert!(is_refused(&url, new()).await);
    assert!(SqlStore::connect(&url, 1, new()).await.is_err());
    assert_eq!(count(&url, "accounts").await, 2);
    assert!(open(&url, old()).await.is_ok());
}

async fn a_database_from_before_the_check_value_is_tried_by_what_is_sealed_in_it(url: String) {
    put(&open(&url, old()).await.unwrap(), 2).await;
    forget_vault(&url).await;
    assert!(is_refused(&url, new()).await);
    assert_eq!(count(&url, "vault").await, 0);
    // An account that was imported with a wrong key does not make that key valid.
    let other = Keys::new(old(), [new()]);
    let store = open(&url, other).await.unwrap();
    assert_eq!(count(&url, "vault").await, 1);
    let digest = |key: &EngineKey| answer_digest(key, &AccountId("0".into()), 1, "a tree");
    assert_eq!(digest(store.keys().first()), digest(&old()));
    assert!(is_refused(&url, new()).await);
}

async fn a_key_is_exchanged_for_another_and_nothing_is_lost(url: String) {
    let store = open(&url, old()).await.unwrap();
    put(&store, 250).await;
    let digest = |key: &EngineKey| answer_digest(key, &AccountId("7".into()), 1, "a tree");
    let registered = digest(store.keys().first());
    said(&session(store.clone()), rotate()).await;
    while store.chain(100).await.unwrap() > 0 {}
    drop(store);
    assert!(is_refused(&url, new()).await);

    let both = open(&url, Keys::new(new(), [old()])).await.unwrap();
    let both = session(both);
    let status = KeysCommand::Status(Status {});
    let before = said(&both, status).await;
    assert_eq!(before["accounts"]["others"], 250);
    assert_eq!(before["is_done"], false);
    for _ in 0..2 {
        let after = said(&both, rotate()).await;
        assert_eq!(after["accounts"]["first"], 250);
        assert_eq!(after["is_done"], true, "{after}");
    }
    while both.store.chain(100).await.unwrap() > 0 {}
    drop(both);

    // This configuration omits the old key.
    let store = open(&url, new()).await.unwrap();
    let tenant = Tenant::new(CONTOSO, "Contoso");
    for id in ["0", "249"] {
        let found = support::account(&store, &tenant, &AccountId(id.into())).await;
        assert!(found.unwrap().is_some(), "{id}");
    }
    assert_eq!(digest(store.keys().first()), registered);
    let verdict = store.verify_audit(None).await.unwrap();
    assert!(verdict.is_whole() && verdict.chained == 3, "{verdict:?}");
    assert!(is_refused(&url, old()).await);
}

/// A configuration with these keys and tenants.
fn parsed(keys: &str, tenants: &str) -> Result<Config, String> {
    let text = format!(
        "public-url = \"http://localhost\"\ndevelopment = true\nkey = {keys}\n[store]\nurl = \"sqlite::memory:\"\n{tenants}"
    );
    Config::parse(&text).map_err(|errors| {
        let reasons = errors.into_iter().map(|error| error.reason);
        reasons.collect::<Vec<_>>().join("\n")
    })
}

#[tokio::test]
async fn a_configuration_takes_one_key_or_a_list_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, digits: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, digits).unwrap();
        format!("{{ file = {path:?} }}")
    };
    let (one, other) = (file("one", KEY), file("other", OTHER_KEY));
    for keys in [one.clone(), format!("[{one}]"), format!("[{other}, {one}]")] {
        assert!(parsed(&keys, "").is_ok(), "{keys}");
    }
    let both = parsed(&format!("[{other}, {one}]"), "").unwrap().keys();
    let alone = parsed(&other, "").unwrap().keys();
    assert_eq!(both.iter().count(), 2);
    assert_eq!(both.first_name(), alone.first_name());
    let twice = parsed(&format!("[{one}, {one}]"), "").unwrap_err();
    assert!(twice.contains("the list has the same key twice"), "{twice}");
    let none = parsed("[]", "").unwrap_err();
    assert!(none.contains("at least one key"), "{none}");
}

#[tokio::test]
async fn an_id_of_a_tenant_is_no_id_and_no_domain_of_another() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    std::fs::write(&path, KEY).unwrap();
    let key = format!("{{ file = {path:?} }}");
    let tenant = |id: &str, domain: &str| {
        format!("[[tenants]]\nid = {id:?}\ndomains = [{domain:?}]\nname = \"Contoso\"\n")
    };
    let two = |one: String, other: String| parsed(&key, &(one + &other));
    let sound = two(tenant("contoso", "a.example"), tenant("bank", "b.example"));
    let tenants = sound.unwrap().tenants();
    assert_eq!(tenants[0].id(), "contoso");
    assert_eq!(tenants[0].domain(), "a.example");
    let same = two(
        tenant("contoso", "a.example"),
        tenant("contoso", "b.example"),
    );
    assert!(same.unwrap_err().contains("another tenant already has"));
    let domain = two(
        tenant("b.example", "a.example"),
        tenant("bank", "b.example"),
    );
    assert!(domain.unwrap_err().contains("a domain of another tenant"));
    let odd = parsed(&key, &tenant("Contoso & Co", "a.example")).unwrap_err();
    assert!(
        odd.contains("an id consists of lower-case letters"),
        "{odd}"
    );
}
