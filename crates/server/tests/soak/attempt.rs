//! One attempt, and how far it has said it has come: it may not be less far later.

use std::time::Duration;

use postern_protocol::Method as Proof;
use reqwest::Method;
use serde_json::{Value, json};

use crate::people::identifier;
use crate::service::{Service, Told};
use crate::support::client::{Pass, Reply, fresh_key, solved};

/// The wait between two codes, as the configuration has it.
const COOL_DOWN: Duration = Duration::from_secs(1);

/// An attempt, as the page has it.
pub(crate) struct Attempt<'a> {
    service: &'a Service,
    pub(crate) pass: Pass,
    /// The furthest step that was acknowledged.
    reached: u8,
}

impl<'a> Attempt<'a> {
    /// Starts one. It may be over at once.
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
                // Where proofs have failed, more work is asked for once it is known of whom.
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

    /// One that was begun before.
    pub(crate) const fn again(service: &'a Service, pass: Pass) -> Self {
        Self {
            service,
            pass,
            reached: 0,
        }
    }

    /// Posts under a key of its own. If the connection breaks it looks where the attempt is, and
    /// sends the same again under the same key.
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

    /// The person leaves it.
    pub(crate) async fn cancel(&mut self) -> Told<()> {
        let reply = self.ask((Method::DELETE, ""), None).await?;
        self.is_at(&reply, "ended")
    }

    /// Where it is.
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

    /// What is broken where an answer is another than the one that there can be.
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

    /// An answer tells how far it is. What was acknowledged stays.
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

/// How far a step is; `None` for what is no step.
fn place(step: &str) -> Option<u8> {
    Some(match step {
        "choose-method" => 1,
        "enter-code" | "answer-questions" => 2,
        // The page is not told that a write was begun. A write with an unknown outcome leads back.
        "choose-password" | "writing-back" => 3,
        "done" | "locked" | "ended" => 4,
        _ => return None,
    })
}
