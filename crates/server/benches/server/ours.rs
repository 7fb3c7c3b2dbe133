//! The service itself, in this process, and people who reset their passwords with it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use postern_engine::account::AccountId;
use postern_engine::command::PasswordWrite;
use postern_engine::policy::PolicySettings;
use postern_engine::{Account, Identifier, Person, Policy, Tenant, WriteBackHealth, Written};
use postern_protocol::Method as Way;
use postern_server::clock::Clock;
use postern_server::development::Mailbox;
use postern_server::directory::{BuiltIn, Directories, Directory};
use postern_server::serve::{self, Options, Running};
use postern_server::settings::Settings;
use postern_server::store::SqlStore;
use serde_json::{Value, json};
use sqlx::{AnyConnection, Connection, Row};
use tokio::task::JoinSet;

use super::latencies::{Latencies, rounded};
use super::support::client::{Client, Pass};
use super::support::{Database, key};

pub(crate) const DOMAIN: &str = "contoso.example";

/// The number of people; enough that no person resets more often in an hour than they may.
const PEOPLE: usize = 1_000;

/// Whether a new password is hashed.
#[derive(Clone, Copy)]
pub(crate) enum Passwords {
    Hashed,
    /// Everything but Argon2 is done: the account's row is written all the same.
    Unhashed,
}

/// A service with people in it.
pub(crate) struct Ours {
    running: Arc<Running>,
    mailbox: Arc<Mailbox>,
    client: Client,
    next: AtomicUsize,
}

impl Ours {
    pub(crate) async fn start(database: &Database, passwords: Passwords) -> Self {
        Self::over(database.open().await, passwords).await
    }

    /// A service over an open store.
    pub(crate) async fn over(store: SqlStore, passwords: Passwords) -> Self {
        let store = Arc::new(store);
        let accounts = BuiltIn::new(store.clone(), key());
        for number in 0..PEOPLE {
            accounts.put(DOMAIN, &person(number)).await.unwrap();
        }
        let directory: Arc<dyn Directory> = match passwords {
            Passwords::Hashed => Arc::new(accounts),
            Passwords::Unhashed => Arc::new(Unhashed(accounts)),
        };
        let mailbox = Arc::new(Mailbox::new(Clock::System));
        Self {
            running: Arc::new(start(store, directory, &mailbox).await),
            mailbox,
            client: Client::new(),
            next: AtomicUsize::new(0),
        }
    }

    /// So many resets, so many at once; gives how many were done in a second.
    pub(crate) async fn resets(
        &self,
        resets: usize,
        at_once: usize,
        latencies: &mut Latencies,
    ) -> f64 {
        let first = self.next.fetch_add(resets, Ordering::Relaxed);
        let clock = Instant::now();
        let mut people = JoinSet::new();
        for person in 0..at_once {
            let (client, running) = (self.client.clone(), self.running.clone());
            let mailbox = self.mailbox.clone();
            people.spawn(async move {
                let mut latencies = Latencies::default();
                for number in (person..resets).step_by(at_once) {
                    let number = (first + number) % PEOPLE;
                    reset(&client, &running, &mailbox, number, &mut latencies).await;
                }
                latencies
            });
        }
        for one in people.join_all().await {
            latencies.merge(one);
        }
        #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
        let resets = resets as f64;
        resets / clock.elapsed().as_secs_f64()
    }

    /// Rows that PostgreSQL has written in that database.
    pub(crate) async fn rows_written(&self, url: &str) -> usize {
        // What follows from a reset, and until PostgreSQL has counted it.
        tokio::time::sleep(Duration::from_secs(3)).await;
        let mut connection = AnyConnection::connect(url).await.unwrap();
        let row = sqlx::query(
            "SELECT tup_inserted + tup_updated + tup_deleted FROM pg_stat_database WHERE datname = current_database()",
        )
        .fetch_one(&mut connection)
        .await
        .unwrap();
        usize::try_from(row.get::<i64, _>(0)).unwrap()
    }

    /// What the process holds in memory before so many attempts are opened, and with them. The
    /// people who ask are in the process too.
    pub(crate) async fn memory(&self, attempts: usize) -> Value {
        let before = resident_megabytes();
        let mut people = JoinSet::new();
        for person in 0..16 {
            let (client, address) = (self.client.clone(), self.running.address);
            people.spawn(async move {
                for number in (person..attempts).step_by(16) {
                    client.start(address, &identifier(number % PEOPLE)).await;
                }
            });
        }
        people.join_all().await;
        json!({
            "open_attempts": attempts,
            "megabytes_before": rounded(before),
            "megabytes": rounded(resident_megabytes()),
        })
    }

    pub(crate) async fn stop(self) {
        if let Ok(running) = Arc::try_unwrap(self.running) {
            running.stop().await;
        }
    }
}

async fn start(
    store: Arc<SqlStore>,
    directory: Arc<dyn Directory>,
    mailbox: &Arc<Mailbox>,
) -> Running {
    let settings = PolicySettings {
        methods: vec![Way::Email],
        ..PolicySettings::default()
    };
    let tenant = Tenant {
        policy: Some(Policy::new(settings).unwrap()),
        ..Tenant::new(DOMAIN, "Contoso")
    };
    let running = serve::start(
        store,
        Directories::one(directory),
        Options {
            asks_work: false,
            uncarried: mailbox.uncarried(),
            ..Options::new(key(), Settings::new(vec![tenant], "reset.contoso.example"))
        },
    );
    running.await.unwrap()
}

async fn reset(
    client: &Client,
    running: &Running,
    mailbox: &Mailbox,
    number: usize,
    latencies: &mut Latencies,
) {
    let server = running.address;
    let mut clock = Instant::now();
    let mut took = |endpoint| {
        latencies.took(endpoint, clock.elapsed());
        clock = Instant::now();
    };
    let pass = client.start(server, &identifier(number)).await;
    took("POST /attempts");
    client.send_mail(server, &pass).await;
    took("POST /attempts/{id}/codes");
    let code = code(mailbox, number).await;
    took("the code is carried");
    expect(
        client,
        running,
        &pass,
        "/proofs",
        json!({ "code": code }),
        "choose-password",
    )
    .await;
    took("POST /attempts/{id}/proofs");
    let password = json!({ "password": "Correct-horse-7-battery" });
    expect(client, running, &pass, "/password", password, "done").await;
    took("POST /attempts/{id}/password");
}

async fn expect(
    client: &Client,
    running: &Running,
    pass: &Pass,
    tail: &str,
    body: Value,
    step: &str,
) {
    let reply = client.post(running.address, pass, tail, body).await;
    assert_eq!(reply.step(), step, "{}", reply.body);
}

/// The code, once it has left.
async fn code(mailbox: &Mailbox, number: usize) -> String {
    let address = address(number);
    loop {
        if let Some(code) = mailbox.take_code(&address) {
            return code;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

fn identifier(number: usize) -> String {
    format!("person{number}@{DOMAIN}")
}

fn address(number: usize) -> String {
    format!("person{number}@mail.example")
}

fn person(number: usize) -> Account {
    Account::from(Person {
        primary_email: Some(identifier(number)),
        alternate_emails: vec![address(number)],
        ..Person::new(&format!("person{number}"), &identifier(number))
    })
}

fn resident_megabytes() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|rest| rest.split_whitespace().next());
    kilobytes.unwrap().parse::<f64>().unwrap() / 1024.0
}

/// The built-in accounts, with a write of the same row in the place of Argon2.
struct Unhashed(BuiltIn);

#[async_trait]
impl Directory for Unhashed {
    async fn find(
        &self,
        tenant: &Tenant,
        identifier: &Identifier,
    ) -> anyhow::Result<Option<Person>> {
        self.0.find(tenant, identifier).await
    }

    async fn person(&self, tenant: &Tenant, id: &AccountId) -> anyhow::Result<Option<Person>> {
        self.0.person(tenant, id).await
    }

    async fn write_back(&self, tenant: &Tenant, write: &PasswordWrite) -> Written {
        self.0.unlock(tenant, &write.account).await
    }

    async fn unlock(&self, tenant: &Tenant, id: &AccountId) -> Written {
        self.0.unlock(tenant, id).await
    }

    async fn health(&self, tenant: &Tenant) -> WriteBackHealth {
        self.0.health(tenant).await
    }
}
