//! The server as a host of scenarios: the host sends requests over HTTP, reads codes from the
//! server's mailbox, and sets accounts and time from outside.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use postern_engine::account::{AccountId, Authenticator, Person};
use postern_engine::command::PasswordWrite;
use postern_engine::{
    CallEnd, EngineKey, Identifier, Population, Tenant, WriteBackHealth, Written,
};
use postern_host::{Answer, Operation, Request};
use postern_peers::breaches::{Breaches, Mood};
use postern_protocol::{Attempt, Guid, Problem, Proof, Started, Timestamp};
use postern_server::breached::{self, WhenUnreachable};
use postern_server::cli::locks::{Lift, Locks, ShowLocks};
use postern_server::cli::{Actor, Session};
use postern_server::clock::Clock;
use postern_server::development::Mailbox;
use postern_server::directory::{BuiltIn, Directories, Directory};
use postern_server::serve::{self, Options, Running};
use postern_server::settings::Settings;
use postern_server::store::{Outgoing, SqlStore};
use postern_world::{Fault, World};
use reqwest::{Client, Method};
use serde::de::DeserializeOwned;
use sqlx::{Connection, Executor};
use tokio::runtime::Runtime;

use super::play::Host;
use super::setup;
use super::support;
use super::support::document::Document;
use super::support::{Database, key};

/// The last idempotency key.
static LAST: AtomicU64 = AtomicU64::new(0);

/// The time to wait for the directory that never answers.
const PATIENCE: Duration = Duration::from_millis(400);

/// A server that one scenario after the other uses.
pub(crate) struct Server<'a> {
    runtime: &'a Runtime,
    url: String,
    running: Running,
    store: Arc<SqlStore>,
    mailbox: Arc<Mailbox>,
    directory: Arc<Faulty>,
    breaches: Breaches,
    client: Client,
    time: Arc<AtomicI64>,
    document: Document,
}

impl<'a> Server<'a> {
    pub(crate) fn start(runtime: &'a Runtime, database: &Database) -> Self {
        let time = Arc::new(AtomicI64::new(0));
        let clock = Clock::Set(time.clone());
        let mailbox = Arc::new(Mailbox::new(clock.clone()));
        let (running, store, directory, breaches) = runtime.block_on(async {
            let breaches = Breaches::start().await;
            let store = Arc::new(database.open().await);
            let directory = Arc::new(Faulty {
                accounts: BuiltIn::new(store.clone(), key()),
                state: Mutex::default(),
            });
            let running = serve::start(
                store.clone(),
                Directories::one(directory.clone()),
                Options {
                    clock,
                    asks_work: false,
                    sweeps: false,
                    uncarried: mailbox.uncarried(),
                    ..Options::new(
                        key(),
                        Settings {
                            breached_passwords: Some(asking(&breaches)),
                            ..settings(Vec::new())
                        },
                    )
                },
            );
            let running = running.await.expect("the server starts");
            (running, store, directory, breaches)
        });
        Self {
            runtime,
            url: database.url.clone(),
            running,
            store,
            mailbox,
            directory,
            breaches,
            client: Client::new(),
            time,
            document: Document::read(),
        }
    }

    pub(crate) fn stop(self) {
        // The stop does not wait for a directory that never answers.
        let stopped = async { tokio::time::timeout(PATIENCE, self.running.stop()).await };
        let _waited = self.runtime.block_on(stopped);
    }

    /// The same server with only this world in it.
    pub(crate) fn with(&self, beginning: setup::Beginning) -> Play<'_> {
        let setup::Beginning { world, passwords } = beginning;
        self.runtime.block_on(async {
            let mut connection = sqlx::AnyConnection::connect(&self.url)
                .await
                .expect("the database is there");
            for table in [
                "attempts",
                "ledgers",
                "replies",
                "outbox",
                "accounts",
                "identifiers",
                "members",
                "populations",
                "help_hours",
                "pressure",
            ] {
                connection
                    .execute(sqlx::AssertSqlSafe(format!("DELETE FROM {table}")))
                    .await
                    .expect("a table can be emptied");
            }
            for account in world.directory.accounts() {
                let put = self.directory.accounts.put(setup::DOMAIN, account).await;
                put.expect("an account can be put there");
            }
            for (id, password) in &passwords {
                let given = self
                    .directory
                    .accounts
                    .give_password(setup::DOMAIN, id, password);
                given.await.expect("a password can be given");
            }
        });
        self.directory.set(&world);
        self.breaches.hold(world.breaches.passwords());
        self.breaches.be(Mood::Well);
        self.running
            .judge
            .settings
            .store(Arc::new(settings(world.tenants.clone())));
        let judge = &self.running.judge;
        self.runtime.block_on(judge.renew_populations());
        self.mailbox.clear();
        Play {
            server: self,
            world,
        }
    }
}

fn settings(tenants: Vec<Tenant>) -> Settings {
    Settings::new(tenants, "reset.contoso.example")
}

/// As in the in-memory world, the service accepts no password while the breach service does not
/// answer.
fn asking(breaches: &Breaches) -> breached::BreachSettings {
    breached::BreachSettings {
        url: breaches.url().parse().expect("it is an address"),
        timeout_seconds: 2,
        when_unreachable: WhenUnreachable::Refuse,
    }
}

/// One scenario.
pub(crate) struct Play<'a> {
    server: &'a Server<'a>,
    /// The scenario's directory and its accounts.
    world: World,
}

impl Play<'_> {
    async fn request(&self, request: &Request) -> Result<Answer, Problem> {
        let (method, path, body) = message(&request.operation);
        let asked = (method.clone(), path.clone());
        let url = format!("http://{}/api/v1{path}", self.server.running.address);
        let mut builder = self.server.client.request(method, url);
        if let Some(token) = &request.token {
            builder = builder.bearer_auth(token);
        }
        let key = LAST.fetch_add(1, Ordering::Relaxed);
        builder = builder.header("Idempotency-Key", format!("\"{key:022}\""));
        if let Some(body) = body {
            builder = builder.json(&body);
        }
        let sent = tokio::time::timeout(PATIENCE * 10, builder.send()).await;
        let response = sent
            .expect("the server answers")
            .expect("the server is there");
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.expect("an answer can be read");
        let (method, path) = asked;
        self.server
            .document
            .check(&method, &path, status.as_u16(), &headers, &text);
        if !status.is_success() {
            return Err(read(&text));
        }
        Ok(if matches!(request.operation, Operation::StartAttempt(_)) {
            Answer::Started(read::<Started>(&text))
        } else {
            Answer::Attempt(read::<Attempt>(&text))
        })
    }

    /// Waits until everything that is due has left.
    async fn delivered(&self) {
        for _ in 0..400 {
            let backlog = self.server.running.store.backlog().await;
            if backlog.expect("the store answers").waiting == 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("something never left");
    }
}

impl Host for Play<'_> {
    fn tell_time(&mut self, now: Timestamp) {
        self.server.time.store(now.seconds(), Ordering::SeqCst);
    }

    fn ask(&mut self, request: Request, _: [u8; 32]) -> Result<Answer, Problem> {
        self.server.runtime.block_on(async {
            let never_answers = self.world.directory.fault == Some(Fault::NeverAnswers)
                && matches!(
                    request.operation,
                    Operation::SetPassword(..) | Operation::Unlock(_)
                );
            if never_answers {
                // The client stops waiting, and asks for the state of the attempt.
                let asked = tokio::time::timeout(PATIENCE, self.request(&request)).await;
                let Ok(answer) = asked else {
                    let id = request.operation.attempt().expect("it is about an attempt");
                    let mut look = Request::new(Operation::Look(id));
                    look.token = request.token;
                    return self.request(&look).await;
                };
                return answer;
            }
            let answer = self.request(&request).await;
            self.delivered().await;
            answer
        })
    }

    fn directory(&mut self, state: &str) -> Result<(), String> {
        setup::directory(&mut self.world, state)?;
        self.server.directory.set(&self.world);
        Ok(())
    }

    fn breaches(&mut self, state: &str) -> Result<(), String> {
        setup::breaches(&mut self.world, state)?;
        self.server
            .breaches
            .be(if self.world.breaches.is_unreachable {
                Mood::Says(503, "")
            } else {
                Mood::Well
            });
        Ok(())
    }

    fn change(&mut self, id: &AccountId, changes: &[String]) -> Result<(), String> {
        let accounts = &self.server.directory.accounts;
        self.server.runtime.block_on(async {
            let tenant = Tenant::new(setup::DOMAIN, "Contoso");
            let account = support::account(&self.server.store, &tenant, id).await;
            let account = account.map_err(|error| error.to_string())?;
            let mut account = account.ok_or("no such account")?;
            changes
                .iter()
                .try_for_each(|word| setup::change(&mut account, word))?;
            let put = accounts.put(setup::DOMAIN, &account).await;
            put.map_err(|error| error.to_string())
        })
    }

    fn sign_in(&mut self, id: &AccountId, password: &str) -> Result<&'static str, String> {
        let accounts = &self.server.directory.accounts;
        self.server.runtime.block_on(async {
            let tenant = Tenant::new(setup::DOMAIN, "Contoso");
            let person = accounts.person(&tenant, id).await;
            let person = person.map_err(|error| error.to_string())?;
            let is_locked = person.ok_or("no such account")?.is_locked;
            let is_password = accounts.is_password(setup::DOMAIN, id, password).await;
            Ok(if is_locked {
                "locked-out"
            } else if is_password.map_err(|error| error.to_string())? {
                "welcome"
            } else {
                "wrong"
            })
        })
    }

    fn lift(&mut self, identifier: &str) -> Result<(), String> {
        let session = Session {
            key: key(),
            store: self.server.store.clone(),
            tenants: self.world.tenants.clone(),
            actor: Actor::of(None),
            is_json: false,
            run: Guid::from_random(1),
        };
        let lift = Locks::Lift(Lift {
            show: ShowLocks {
                identifier: identifier.into(),
                tenant: None,
            },
            reason: "called".into(),
        });
        let mut out = Vec::new();
        let lifted = lift.run(&session, &mut out);
        let lifted = self.server.runtime.block_on(lifted);
        lifted.map_err(|error| error.to_string())
    }

    fn sweep(&mut self, _: [u8; 32]) {
        let swept = self.server.running.judge.sweep(100);
        self.server
            .runtime
            .block_on(swept)
            .expect("the sweeper comes by");
    }

    fn end_call(&mut self, end: CallEnd, _: [u8; 32]) -> Result<bool, String> {
        let call = self.server.mailbox.take_call();
        let call = call.ok_or("no call rings")?;
        let judge = &self.server.running.judge;
        self.server.runtime.block_on(async {
            let waits = judge.store.attempt_of_call(call).await;
            judge
                .call_ended(call, end)
                .await
                .map_err(|error| error.to_string())?;
            waits
                .map(|id| id.is_some())
                .map_err(|error| error.to_string())
        })
    }

    fn commands(&mut self) -> Option<Vec<Vec<String>>> {
        None
    }

    fn codes(&mut self) -> Vec<String> {
        let letters = self.server.mailbox.all();
        letters
            .iter()
            .rev()
            .filter_map(|letter| letter.code.clone())
            .collect()
    }

    fn app(&mut self, index: usize) -> Option<Authenticator> {
        let account = self.world.directory.accounts().next()?;
        account.registration.authenticators.get(index).cloned()
    }
}

/// The HTTP form of a request.
fn message(operation: &Operation) -> (Method, String, Option<serde_json::Value>) {
    let json = |body: serde_json::Result<serde_json::Value>| Some(body.expect("it can be written"));
    let (method, id, tail, body) = match operation {
        Operation::StartAttempt(start) => {
            let body = json(serde_json::to_value(start));
            return (Method::POST, "/attempts".into(), body);
        }
        Operation::Look(id) => (Method::GET, id, "", None),
        Operation::ChoosePurpose(id, body) => (
            Method::PUT,
            id,
            "/purpose",
            json(serde_json::to_value(body)),
        ),
        Operation::StartMethod(id, body) => {
            (Method::POST, id, "/codes", json(serde_json::to_value(body)))
        }
        Operation::Prove(id, proof) => {
            let proof: &Proof = proof;
            (
                Method::POST,
                id,
                "/proofs",
                json(serde_json::to_value(proof)),
            )
        }
        Operation::SetPassword(id, body) => (
            Method::POST,
            id,
            "/password",
            json(serde_json::to_value(body)),
        ),
        Operation::Unlock(id) => (Method::POST, id, "/unlock", None),
        Operation::AskForHelp(id) => (Method::POST, id, "/help", None),
        Operation::Cancel(id) => (Method::DELETE, id, "", None),
    };
    (method, format!("/attempts/{id}{tail}"), body)
}

fn read<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The built-in accounts, behind a directory that fails as the scenario specifies.
struct Faulty {
    accounts: BuiltIn,
    state: Mutex<(Option<Fault>, WriteBackHealth)>,
}

impl Faulty {
    fn set(&self, world: &World) {
        *self.state.lock().expect("no thread panics with it in hand") =
            (world.directory.fault, world.write_back);
    }

    fn state(&self) -> (Option<Fault>, WriteBackHealth) {
        *self.state.lock().expect("no thread panics with it in hand")
    }

    /// The result of a change with a fault, whether the change was made or not.
    async fn said(&self, change: impl Future<Output = Written>) -> Written {
        match self.state().0 {
            None => change.await,
            Some(Fault::Unreachable) => Written::Unreachable,
            Some(Fault::Misconfigured) => Written::Misconfigured,
            Some(Fault::LosesAnswer) => {
                change.await;
                Written::Unknown
            }
            Some(Fault::NeverAnswers) => {
                change.await;
                std::future::pending().await
            }
        }
    }
}

#[async_trait]
impl Directory for Faulty {
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
        self.said(self.accounts.write_back(tenant, write)).await
    }

    async fn unlock(&self, tenant: &Tenant, id: &AccountId) -> Written {
        self.said(self.accounts.unlock(tenant, id)).await
    }

    async fn people(&self, tenant: &Tenant) -> anyhow::Result<u64> {
        self.accounts.people(tenant).await
    }

    async fn population(&self, tenant: &Tenant, key: &EngineKey) -> anyhow::Result<Population> {
        self.accounts.population(tenant, key).await
    }

    async fn health(&self, _: &Tenant) -> WriteBackHealth {
        self.state().1
    }
}
