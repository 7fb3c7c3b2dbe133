//! An attempt, and its last acknowledged progress: the progress may not decrease later.

use std::time::Duration;

use postern_protocol::Method as Proof;
use reqwest::Method;
use serde_json::{Value, json};

use crate::people::identifier;
use crate::service::{Service, Told};
use crate::support::client::{Pass, Reply, fresh_key, solved};

/// The wait between two codes, as in the configuration.
const COOL_DOWN: Duration = Duration::from_secs(1);

/// An attempt, as the page stores it.
pub(crate) struct Attempt<'a> {
    service: &'a Service,
    pub(crate) pass: Pass,
    /// The furthest step that was acknowledged.
    reached: u8,
}

impl<'a> Attempt<'a> {
    /// Starts an attempt. It can end at once.
    pub(crate) async fn start(service: &'a Service, name: &str) -> Told<(Self, Reply)> {
        let mut body = json!({
            "identifier": identifier(name),
            "locale": "en",
            "support_code": "6f1c3a52-8d0e-4f7b-9a26-0c5d7e8f9a1b",
            "work": service.work().await?,
        });
        let mut key = fresh_key();
        loop {
            let request = (Method::POST, "");
            let asked = service.ask(None, &key, request, Some(body.clone()));
            if let Some(reply) = asked.await? {
                // After failed proofs the service requires more work, as soon as it knows the
                // person.
                if reply.problem() == "work-refused" {
                    body["work"] = solved(&reply.body["challenge"]);
                    key = fresh_key();
                    continue;
                }
                let pass = reply.pass();
                let pass = pass.ok_or_else(|| format!("no attempt began: {}", reply.body))?;
                let mut attempt = Self::again(service, pass);
                attempt.reach(&reply)?;
                return Ok((attempt, reply));
            }
        }
    }

    /// Continues an earlier attempt.
    pub(crate) const fn again(service: &'a Service, pass: Pass) -> Self {
        Self {
            service,
            pass,
            reached: 0,
        }
    }

    /// Posts under a new key. If the connection breaks, it asks for the state of the attempt, and
    /// sends the same request again under the same key.
    pub(crate) async fn post(&mut self, tail: &str, body: Value) -> Told<Reply> {
        self.ask((Method::POST, tail), Some(body)).await
    }

    /// Asks for a code, or for the questions. The wait between two codes is the account's, so that
    /// another attempt may have begun it: it is waited for.
    pub(crate) async fn ask_for_code(&mut self, method: Proof) -> Told<Reply> {
        loop {
            let reply = self.post("/codes", json!({ "method": method })).await?;
            if reply.problem() != "resend-too-soon" {
                return Ok(reply);
            }
            tokio::time::sleep(COOL_DOWN).await;
        }
    }

    /// Cancels the attempt.
    pub(crate) async fn cancel(&mut self) -> Told<()> {
        let reply = self.ask((Method::DELETE, ""), None).await?;
        self.is_at(&reply, "ended")
    }

    /// Requests the state of the attempt.
    pub(crate) async fn look(&mut self) -> Told<Reply> {
        loop {
            let request = (Method::GET, "");
            let asked = self.service.ask(Some(&self.pass), "", request, None);
            if let Some(reply) = asked.await? {
                self.reach(&reply)?;
                return Ok(reply);
            }
        }
    }

    /// Checks the step of an answer. Returns an error if the answer has another than the only
    /// possible step.
    pub(crate) fn is_at(&self, reply: &Reply, step: &str) -> Told<()> {
        if reply.status < 300 && reply.step() == step {
            return Ok(());
        }
        Err(format!(
            "attempt {} should be at {step}: {}",
            self.pass.id, reply.body
        ))
    }

    async fn ask(&mut self, (method, tail): (Method, &str), body: Option<Value>) -> Told<Reply> {
        let key = fresh_key();
        loop {
            let request = (method.clone(), tail);
            let asked = self
                .service
                .ask(Some(&self.pass), &key, request, body.clone());
            if let Some(reply) = asked.await? {
                self.reach(&reply)?;
                return Ok(reply);
            }
            self.look().await?;
        }
    }

    /// Records the progress that an answer shows. Acknowledged progress stays.
    fn reach(&mut self, reply: &Reply) -> Told<()> {
        let Some(place) = place(reply.step()) else {
            return Ok(());
        };
        if place < self.reached {
            return Err(format!(
                "attempt {} went back: {}",
                self.pass.id, reply.body
            ));
        }
        self.reached = place;
        Ok(())
    }
}

/// The progress of a step; `None` for an unknown name.
fn place(step: &str) -> Option<u8> {
    Some(match step {
        "choose-method" => 1,
        "enter-code" | "answer-questions" => 2,
        // The page does not learn that a write has begun. A write with an unknown result leads
        // back.
        "choose-password" | "writing-back" => 3,
        "done" | "locked" | "ended" => 4,
        _ => return None,
    })
}
