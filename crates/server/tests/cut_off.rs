//! Tests of a process that dies during a write to the directory: the person can continue.

#![expect(
    clippy::unwrap_used,
    reason = "a server that fails here fails its test, and says why"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

use crate::support::client::Client;
use crate::support::{Database, key};
use async_trait::async_trait;
use postern_engine::account::AccountId;
use postern_engine::command::PasswordWrite;
use postern_engine::{Identifier, Person, Tenant, WriteBackHealth, Written};
use postern_server::clock::Clock;
use postern_server::development::Mailbox;
use postern_server::directory::{BuiltIn, Directories, Directory};
use postern_server::serve::{self, Options};
use postern_server::settings::Settings;
use postern_world::contoso;
use reqwest::Method;
use serde_json::json;

/// Long enough for a request to be under way.
const MOMENT: Duration = Duration::from_secs(1);

/// The built-in accounts. The first write never returns.
struct CutOff {
    accounts: BuiltIn,
    was_asked: AtomicBool,
}

#[async_trait]
impl Directory for CutOff {
    async fn find(
        &self,
        tenant: &Tenant,
        identifier: &Identifier,
    ) -> anyhow::Result<Option<Person>> {
        self.accounts.find(tenant, identifier).await
    }

    async fn person(&self, tenant: &Tenant, id: &AccountId) -> anyhow::Result<Option<Person>> {
        self.accounts.person(tenant, id).await
    }

    async fn write_back(&self, tenant: &Tenant, write: &PasswordWrite) -> Written {
        if !self.was_asked.swap(true, Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        self.accounts.write_back(tenant, write).await
    }

    async fn unlock(&self, tenant: &Tenant, id: &AccountId) -> Written {
        self.accounts.unlock(tenant, id).await
    }

    async fn health(&self, tenant: &Tenant) -> WriteBackHealth {
        self.accounts.health(tenant).await
    }
}

on_each_store![
    |database| (database);
    a_password_is_set_under_the_same_key_as_soon_as_the_cut_off_write_is_given_up,
];

async fn a_password_is_set_under_the_same_key_as_soon_as_the_cut_off_write_is_given_up(
    database: Database,
) {
    let store = Arc::new(database.open().await);
    let accounts = BuiltIn::new(store.clone(), key());
    for (domain, account) in contoso::accounts(&key()) {
        accounts.put(domain, &account).await.unwrap();
    }
    let time = Arc::new(AtomicI64::new(1_700_000_000));
    let clock = Clock::Set(time.clone());
    let mailbox = Arc::new(Mailbox::new(clock.clone()));
    let directory = Arc::new(CutOff {
        accounts,
        was_asked: AtomicBool::new(false),
    });
    let running = serve::start(
        store,
        Directories::one(directory),
        Options {
            clock,
            asks_work: false,
            uncarried: mailbox.uncarried(),
            ..Options::new(
                key(),
                Settings::new(contoso::tenants(), "reset.contoso.example"),
            )
        },
    );
    let running = running.await.unwrap();
    let (client, server) = (Client::new(), running.address);
    let pass = client.start(server, "ada@contoso.example").await;
    client.send_mail(server, &pass).await;
    let code = loop {
        match mailbox.all().into_iter().find_map(|letter| letter.code) {
            Some(code) => break code,
            None => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    };
    client
        .post(server, &pass, "/proofs", json!({ "code": code }))
        .await;

    let set = || {
        let password = json!({ "password": "Correct-horse-7-battery" });
        client.ask(
            server,
            Some(&pass),
            "one key",
            (Method::POST, "/password"),
            Some(password),
        )
    };
    assert!(tokio::time::timeout(MOMENT, set()).await.is_err());
    assert_eq!(set().await.unwrap().problem(), "key-in-use");
    // The server waits a minute for a directory. A client that was cut off waits a little longer.
    time.fetch_add(91, Ordering::SeqCst);
    let reply = set().await.unwrap();
    assert_eq!(reply.step(), "done", "{}", reply.body);
}
