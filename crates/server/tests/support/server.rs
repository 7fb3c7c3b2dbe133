//! A server with the accounts of Contoso, on its own port, and a client that uses raw HTTP.

use std::net::Ipv4Addr;
use std::sync::Arc;

use postern_protocol::{Guid, Started, SupportCode};
use postern_server::clock::Clock;
use postern_server::development::Mailbox;
use postern_server::directory::{BuiltIn, Directories, Directory};
use postern_server::http;
use postern_server::serve::{self, Options, Running};
use postern_server::settings::Settings;
use postern_world::contoso;
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{Database, key};

/// A running server. It stops with its runtime.
pub(crate) struct Server {
    pub(crate) running: Running,
    client: Client,
    _database: Database,
}

impl Server {
    /// A server without proof of work, over a new database.
    pub(crate) async fn start(http: http::HttpSettings) -> Self {
        Self::with(http, None, None, Database::sqlite()).await
    }

    /// The same over another database.
    pub(crate) async fn over(http: http::HttpSettings, database: Database) -> Self {
        Self::with(http, None, None, database).await
    }

    /// The same with a directory of another kind.
    pub(crate) async fn with_directory(
        http: http::HttpSettings,
        other: Arc<dyn Directory>,
    ) -> Self {
        Self::with(http, None, Some(other), Database::sqlite()).await
    }

    /// The same with a built wizard.
    pub(crate) async fn with_site(http: http::HttpSettings, site: &TempDir) -> Self {
        Self::with(http, Some(site), None, Database::sqlite()).await
    }

    /// The same as in production: with proof of work.
    pub(crate) async fn that_asks_work() -> Self {
        Self::that_asks_work_over(Database::sqlite(), Clock::System).await
    }

    /// The same over another database, with this clock.
    pub(crate) async fn that_asks_work_over(database: Database, clock: Clock) -> Self {
        let http = http::HttpSettings::default();
        Self::asking(Some(clock), http, None, None, database).await
    }

    async fn with(
        http: http::HttpSettings,
        site: Option<&TempDir>,
        other: Option<Arc<dyn Directory>>,
        database: Database,
    ) -> Self {
        Self::asking(None, http, site, other, database).await
    }

    /// A server that requires work by this clock, or none.
    async fn asking(
        work_by: Option<Clock>,
        mut http: http::HttpSettings,
        site: Option<&TempDir>,
        other: Option<Arc<dyn Directory>>,
        database: Database,
    ) -> Self {
        let store = Arc::new(database.open().await);
        let directory = Arc::new(BuiltIn::new(store.clone(), key()));
        for (domain, account) in contoso::accounts(&key()) {
            let put = directory.put(domain, &account).await;
            put.expect("there is room for every account");
        }
        http.metrics.listen = (Ipv4Addr::LOCALHOST, 0).into();
        let running = serve::start(
            store,
            Directories::one(other.unwrap_or(directory)),
            Options {
                site: site.map(|site| site.path().to_owned()),
                asks_work: work_by.is_some(),
                clock: work_by.unwrap_or(Clock::System),
                http,
                uncarried: Arc::new(Mailbox::new(Clock::System)).uncarried(),
                ..Options::new(
                    key(),
                    Settings::new(contoso::tenants(), "reset.contoso.example"),
                )
            },
        );
        Self {
            running: running.await.expect("the server starts"),
            client: Client::new(),
            _database: database,
        }
    }

    /// A request to a path.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("http://{}{path}", self.running.address);
        self.client.request(method, url)
    }

    /// Sends a `GET`.
    pub(crate) async fn get(&self, path: &str) -> Response {
        let sent = self.request(Method::GET, path).send().await;
        sent.expect("the server answers")
    }

    /// Requests the metrics of the service.
    pub(crate) async fn numbers(&self) -> Response {
        let sent = self.numbers_with(&[]).await;
        sent.expect("the server answers")
    }

    /// The same with these headers.
    pub(crate) async fn numbers_with(&self, headers: &[(&str, &str)]) -> reqwest::Result<Response> {
        let address = self.running.metrics_address;
        let address = address.expect("the numbers have an address");
        let mut request = self.client.get(format!("http://{address}/metrics"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.send().await
    }

    /// A `POST` of JSON with a key.
    pub(crate) async fn post(&self, path: &str, key: &str, body: &Value) -> Response {
        let request = self.request(Method::POST, path).json(body);
        let sent = request
            .header("Idempotency-Key", format!("\"{key}\""))
            .send();
        sent.await.expect("the server answers")
    }

    /// A new attempt of a person.
    pub(crate) async fn begin(&self, identifier: &str) -> Started {
        let key = Guid::from_random(rand()).to_string();
        let response = self
            .post("/api/v1/attempts", &key, &start(identifier))
            .await;
        assert_eq!(response.status(), 201);
        response.json().await.expect("an attempt began")
    }

    /// Sends bytes and returns all that the server sends until it closes the connection.
    pub(crate) async fn raw(&self, text: &str) -> String {
        let mut stream = self.connect().await;
        let written = stream.write_all(text.as_bytes()).await;
        written.expect("the server takes it");
        let mut answer = Vec::new();
        // If the server refuses a client before it has sent everything, the client may find the
        // connection reset after the answer.
        let _end = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// A new connection without any data.
    pub(crate) async fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.running.address).await;
        stream.expect("the server listens")
    }
}

/// The body that begins an attempt.
pub(crate) fn start(identifier: &str) -> Value {
    let support_code = SupportCode(Guid::from_random(rand()));
    json!({ "identifier": identifier, "locale": "en", "support_code": support_code })
}

fn rand() -> u128 {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("there is randomness");
    u128::from_be_bytes(bytes)
}
