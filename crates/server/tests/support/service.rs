//! A server with the accounts of Contoso, and people who use it over HTTP.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use postern_engine::Account;
use postern_engine::audit::{AuditEvent, Reason};
use postern_peers::process::until;
use postern_protocol::{Attempt, Method, Step};
use postern_server::clock::Clock;
use postern_server::delivery;
use postern_server::directory::{BuiltIn, Directories};
use postern_server::http;
use postern_server::serve::{self, Options, Running};
use postern_server::settings::Settings;
use postern_server::store::{AuditLog, Outgoing, SqlStore};
use postern_server::uncarried::Uncarried;
use postern_world::contoso;
use reqwest::Client;
use serde_json::{Value, json};
use sqlx::{Connection, Row};

use super::{Database, key};

/// The number of guesses so far.
static GUESSES: AtomicU64 = AtomicU64::new(0);

/// The host to which text messages are bound.
pub(crate) const HOST: &str = "reset.contoso.example";

/// A server and its client.
pub(crate) struct Service {
    pub(crate) running: Running,
    client: Client,
    directory: Arc<BuiltIn>,
    database: Database,
}

/// A person with an open attempt.
pub(crate) struct Person {
    id: String,
    token: String,
}

impl Service {
    pub(crate) async fn start(delivery: delivery::DeliverySettings, clock: Clock) -> Self {
        let started = Self::try_start(delivery, clock).await;
        started.unwrap_or_else(|error| panic!("the server does not start: {error}"))
    }

    /// Starts a service, or returns the reason why it cannot start.
    pub(crate) async fn try_start(
        delivery: delivery::DeliverySettings,
        clock: Clock,
    ) -> Result<Self, String> {
        let settings = Settings::new(contoso::tenants(), HOST);
        Self::try_with(settings, delivery, Uncarried::default(), clock).await
    }

    /// Starts a service with these settings that hands over all messages that it sends.
    pub(crate) async fn with(settings: Settings, uncarried: Uncarried) -> Self {
        let delivery = delivery::DeliverySettings::default();
        let started = Self::try_with(settings, delivery, uncarried, Clock::System).await;
        started.unwrap_or_else(|error| panic!("the server does not start: {error}"))
    }

    /// The same with other HTTP settings.
    pub(crate) async fn speaking(http: http::HttpSettings, uncarried: Uncarried) -> Self {
        let settings = Settings::new(contoso::tenants(), HOST);
        let delivery = delivery::DeliverySettings::default();
        let started = Self::start_with(http, settings, delivery, uncarried, Clock::System).await;
        started.unwrap_or_else(|error| panic!("the server does not start: {error}"))
    }

    async fn try_with(
        settings: Settings,
        delivery: delivery::DeliverySettings,
        uncarried: Uncarried,
        clock: Clock,
    ) -> Result<Self, String> {
        let http = http::HttpSettings::default();
        Self::start_with(http, settings, delivery, uncarried, clock).await
    }

    async fn start_with(
        mut http: http::HttpSettings,
        settings: Settings,
        delivery: delivery::DeliverySettings,
        uncarried: Uncarried,
        clock: Clock,
    ) -> Result<Self, String> {
        let database = Database::sqlite();
        let store = Arc::new(database.open().await);
        let directory = Arc::new(BuiltIn::new(store.clone(), key()));
        for (domain, account) in contoso::accounts(&key()) {
            let put = directory.put(domain, &account).await;
            put.expect("there is room for every account");
        }
        http.metrics.listen = (Ipv4Addr::LOCALHOST, 0).into();
        let running = serve::start(
            store,
            Directories::one(directory.clone()),
            Options {
                clock,
                http,
                asks_work: false,
                delivery,
                uncarried,
                ..Options::new(key(), settings)
            },
        );
        let running = running.await.map_err(|error| format!("{error:#}"))?;
        Ok(Self {
            running,
            client: Client::new(),
            directory,
            database,
        })
    }

    /// Adds a person with only a private mailbox.
    pub(crate) async fn put(&self, name: &str, domain: &str) {
        let mailbox = format!("{name}@home.example");
        self.put_with(name, domain, &mailbox).await;
    }

    /// Adds a person with only this mailbox.
    pub(crate) async fn put_with(&self, name: &str, domain: &str, mailbox: &str) {
        let mut account = Account::new(name, &format!("{name}@{domain}"));
        account.person.alternate_emails = vec![mailbox.to_owned()];
        let put = self.directory.put(domain, &account).await;
        put.expect("there is room for the account");
    }

    pub(crate) async fn arrive(&self, identifier: &str, locale: &str) -> Person {
        let support_code = "00000000-0000-4000-8000-000000000001";
        let body =
            json!({ "identifier": identifier, "locale": locale, "support_code": support_code });
        self.arrive_with(&body).await
    }

    /// The same with additional members.
    pub(crate) async fn arrive_with(&self, body: &Value) -> Person {
        Self::person(&self.post("/attempts", None, body).await)
    }

    /// The same on a page of this origin.
    pub(crate) async fn arrive_from(&self, origin: &str, body: &Value) -> Person {
        let url = format!("{}/api/v1/attempts", self.url());
        let request = self.client.post(url).header("Origin", origin).json(body);
        let request = request.header("Idempotency-Key", "\"from a page of another origin\"");
        let response = request.send().await.expect("the server answers");
        Self::person(&response.json().await.expect("it answers JSON"))
    }

    fn person(started: &Value) -> Person {
        let text = |value: &Value| value.as_str().expect("it is text").to_owned();
        Person {
            id: text(&started["attempt"]["id"]),
            token: text(&started["token"]),
        }
    }

    /// Requests a code by a message or a call.
    pub(crate) async fn choose(&self, person: &Person, method: Method, phone: Option<&str>) {
        let body = match phone {
            Some(phone) => json!({ "method": method, "phone": phone }),
            None => json!({ "method": method }),
        };
        self.about(person, "/codes", &body).await;
    }

    /// Sends a code, and returns the number of passed gates.
    pub(crate) async fn prove(&self, person: &Person, code: &str) -> u8 {
        let body = json!({ "code": code });
        self.about(person, "/proofs", &body).await.gates.passed
    }

    /// Sends a code that differs from the sent one, except once in a hundred million times.
    pub(crate) async fn guess(&self, person: &Person) {
        let path = format!("/attempts/{}/proofs", person.id);
        // Each guess differs: the same one again would cost no try.
        let guess = GUESSES.fetch_add(1, Ordering::Relaxed);
        let body = json!({ "code": format!("{guess:08}") });
        self.post(&path, Some(&person.token), &body).await;
    }

    /// Sends a password under this key, and returns the answer.
    pub(crate) async fn try_password(&self, person: &Person, key: &str, password: &str) -> Value {
        let path = format!("/attempts/{}/password", person.id);
        let body = json!({ "password": password });
        self.post_as(key, &path, Some(&person.token), &body).await
    }

    pub(crate) async fn set_password(&self, person: &Person, password: &str) -> Step {
        let body = json!({ "password": password });
        self.about(person, "/password", &body).await.step
    }

    pub(crate) async fn ask_for_help(&self, person: &Person) {
        self.about(person, "/help", &json!({})).await;
    }

    pub(crate) async fn look(&self, person: &Person) -> Attempt {
        let url = format!("{}/api/v1/attempts/{}", self.url(), person.id);
        let request = self.client.get(url).bearer_auth(&person.token);
        let response = request.send().await.expect("the server answers");
        response.json().await.expect("it is an attempt")
    }

    /// Waits until a gate is passed.
    pub(crate) async fn passed(&self, person: &Person) {
        until("a gate is passed", async || {
            (self.look(person).await.gates.passed > 0).then_some(())
        })
        .await;
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.running.address
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address())
    }

    /// Changes the carriers from now on.
    pub(crate) fn reload(&self, delivery: &delivery::DeliverySettings) {
        let settings = Settings::new(contoso::tenants(), HOST);
        let reloaded = self.running.reload(settings, delivery);
        reloaded.expect("they can be used");
    }

    pub(crate) fn store(&self) -> &SqlStore {
        &self.running.store
    }

    pub(crate) async fn waiting(&self) -> i64 {
        let backlog = self.store().backlog().await;
        backlog.expect("the store answers").waiting
    }

    /// Waits until the service reports this readiness. The service repeats a report for a second.
    pub(crate) async fn becomes_ready(&self, is_ready: bool) {
        until("it is ready, or not any more", async || {
            let response = self.client.get(format!("{}/readyz", self.url())).send();
            let response = response.await.expect("the server answers");
            (response.status().is_success() == is_ready).then_some(())
        })
        .await;
    }

    /// The service's report about each of its parts.
    pub(crate) async fn readiness(&self) -> Value {
        let response = self.client.get(format!("{}/readyz", self.url())).send();
        let response = response.await.expect("the server answers");
        response.json().await.expect("it answers JSON")
    }

    /// Waits until no message waits any more.
    pub(crate) async fn nothing_waits(&self) {
        until("nothing waits", async || {
            (self.waiting().await == 0).then_some(())
        })
        .await;
    }

    /// The undelivered messages, from the audit log.
    pub(crate) async fn undelivered(&self) -> Vec<Option<Method>> {
        let rows = self.store().audit(0, 1_000).await;
        let rows = rows.expect("the store answers");
        let events = rows
            .iter()
            .map(|row| serde_json::from_str::<AuditEvent>(&row.event).expect("it is an event"));
        events
            .filter_map(|event| {
                if let Reason::Undelivered(method) = event.reason {
                    Some(method)
                } else {
                    None
                }
            })
            .collect()
    }

    /// Makes every waiting message unreadable.
    pub(crate) async fn spoil_parcels(&self) {
        let mut connection = sqlx::AnyConnection::connect(&self.database.url)
            .await
            .expect("the database is there");
        sqlx::query("UPDATE outbox SET sealed = $1")
            .bind(vec![0_u8; 40])
            .execute(&mut connection)
            .await
            .expect("the database answers");
    }

    /// The number of messages that were tried and postponed, for less than the time of a lease.
    pub(crate) async fn put_by(&self, now: i64) -> i64 {
        let mut connection = sqlx::AnyConnection::connect(&self.database.url)
            .await
            .expect("the database is there");
        let row = sqlx::query("SELECT COUNT(*) FROM outbox WHERE due_at > $1 AND due_at < $1 + 60")
            .bind(now)
            .fetch_one(&mut connection)
            .await
            .expect("the database answers");
        row.get(0)
    }

    async fn about(&self, person: &Person, path: &str, body: &Value) -> Attempt {
        let path = format!("/attempts/{}{path}", person.id);
        let answer = self.post(&path, Some(&person.token), body).await;
        serde_json::from_value(answer.clone()).unwrap_or_else(|error| panic!("{error}: {answer}"))
    }

    async fn post(&self, path: &str, token: Option<&str>, body: &Value) -> Value {
        static LAST: AtomicU64 = AtomicU64::new(0);
        let key = format!("{:022}", LAST.fetch_add(1, Ordering::Relaxed));
        self.post_as(&key, path, token, body).await
    }

    async fn post_as(&self, key: &str, path: &str, token: Option<&str>, body: &Value) -> Value {
        let mut request = self
            .client
            .post(format!("{}/api/v1{path}", self.url()))
            .header("Idempotency-Key", format!("\"{key}\""))
            .json(body);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let response = request.send().await.expect("the server answers");
        response.json().await.expect("it answers JSON")
    }
}
