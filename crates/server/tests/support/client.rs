//! A client of the API that stores nothing between requests, so that each request can go to another
//! replica.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};

use postern_host::work;
use reqwest::Method;
use serde_json::{Value, json};

/// Sends requests to a service under test.
#[derive(Clone)]
pub(crate) struct Client(reqwest::Client);

/// An attempt and its credentials.
#[derive(Clone, Debug)]
pub(crate) struct Pass {
    pub(crate) id: String,
    pub(crate) token: String,
}

/// The answer to a request.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Reply {
    /// The last part of a problem's type.
    pub(crate) fn problem(&self) -> &str {
        let kind = self.body["type"].as_str().unwrap_or_default();
        kind.rsplit('/').next().unwrap_or_default()
    }

    /// The credentials of the new attempt, if there is one.
    pub(crate) fn pass(&self) -> Option<Pass> {
        Some(Pass {
            id: self.body["attempt"]["id"].as_str()?.to_owned(),
            token: self.body["token"].as_str()?.to_owned(),
        })
    }

    /// The name of the attempt's current step; for a problem, of the attempt in the problem.
    pub(crate) fn step(&self) -> &str {
        let attempt = self.body.get("attempt").unwrap_or(&self.body);
        let step = &attempt["step"];
        let name = step.as_object().and_then(|step| step.keys().next());
        name.map(String::as_str)
            .or(step.as_str())
            .unwrap_or_default()
    }
}

/// An idempotency key that was not used before.
pub(crate) fn fresh_key() -> String {
    static LAST: AtomicU64 = AtomicU64::new(0);
    format!("test-{:022}", LAST.fetch_add(1, Ordering::Relaxed))
}

impl Client {
    pub(crate) fn new() -> Self {
        // The TLS provider of the server. An earlier installation used the same provider.
        let _said_before = rustls::crypto::ring::default_provider().install_default();
        Self(reqwest::Client::new())
    }

    /// Sends a request under this idempotency key.
    ///
    /// # Errors
    ///
    /// If the server does not answer.
    pub(crate) async fn ask(
        &self,
        server: SocketAddr,
        pass: Option<&Pass>,
        key: &str,
        (method, tail): (Method, &str),
        body: Option<Value>,
    ) -> reqwest::Result<Reply> {
        let path = pass.map_or_else(
            || "/attempts".to_owned(),
            |pass| format!("/attempts/{}{tail}", pass.id),
        );
        let url = format!("http://{server}/api/v1{path}");
        let mut request = self.0.request(method, url);
        request = request.header("Idempotency-Key", format!("\"{key}\""));
        if let Some(pass) = pass {
            request = request.bearer_auth(&pass.token);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await?;
        let status = response.status().as_u16();
        let text = response.text().await?;
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Ok(Reply { status, body })
    }

    /// Asks for a challenge and solves it.
    ///
    /// # Errors
    ///
    /// When the server does not answer.
    pub(crate) async fn work(&self, server: SocketAddr) -> reqwest::Result<Value> {
        let url = format!("http://{server}/api/v1/challenges");
        let response = self.0.post(url).send().await?;
        Ok(solved(&response.json().await?))
    }

    /// Tries to start an attempt.
    ///
    /// # Errors
    ///
    /// When the server does not answer.
    pub(crate) async fn try_start(
        &self,
        server: SocketAddr,
        identifier: &str,
    ) -> reqwest::Result<Reply> {
        let body = json!({
            "identifier": identifier,
            "locale": "en",
            "support_code": "6f1c3a52-8d0e-4f7b-9a26-0c5d7e8f9a1b",
        });
        let key = fresh_key();
        self.ask(server, None, &key, (Method::POST, ""), Some(body))
            .await
    }

    /// Starts an attempt.
    pub(crate) async fn start(&self, server: SocketAddr, identifier: &str) -> Pass {
        let reply = self.try_start(server, identifier).await;
        let reply = reply.expect("the server answers");
        let pass = reply.pass();
        pass.unwrap_or_else(|| panic!("{}: {}", reply.status, reply.body))
    }

    /// Posts about an attempt, under a key of its own.
    pub(crate) async fn post(
        &self,
        server: SocketAddr,
        pass: &Pass,
        tail: &str,
        body: Value,
    ) -> Reply {
        let post = (Method::POST, tail);
        let reply = self
            .ask(server, Some(pass), &fresh_key(), post, Some(body))
            .await;
        reply.expect("the server answers")
    }

    /// Has a code sent by mail.
    pub(crate) async fn send_mail(&self, server: SocketAddr, pass: &Pass) {
        let reply = self
            .post(server, pass, "/codes", json!({ "method": "email" }))
            .await;
        assert_eq!(reply.step(), "enter-code", "{}", reply.body);
    }

    /// Requests the state of the attempt.
    pub(crate) async fn look(&self, server: SocketAddr, pass: &Pass) -> Reply {
        let reply = self
            .ask(server, Some(pass), &fresh_key(), (Method::GET, ""), None)
            .await;
        reply.expect("the server answers")
    }
}

/// The proof of work for a challenge.
pub(crate) fn solved(challenge: &Value) -> Value {
    let challenge = serde_json::from_value(challenge.clone()).expect("it is a challenge");
    let solved = work::solve(&challenge, u32::MAX).expect("it can be solved");
    serde_json::to_value(solved).expect("it is JSON")
}
