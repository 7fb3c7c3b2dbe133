//! One person on the way back in, and what each answer has to be however often the program died
//! meanwhile.

use std::collections::BTreeSet;
use std::time::Duration;

use fastrand::Rng;
use postern_protocol::Method;
use serde_json::{Value, json};
use tokio::sync::SemaphorePermit;

use crate::attempt::Attempt;
use crate::people::{answer, mailbox, shown};
use crate::service::{Service, Told, count};
use crate::support::client::{Pass, Reply};

/// Proofs that may be wrong before the one that locks: the configuration says so.
const WRONG_MAX: usize = 3;

/// How long a mail is waited for before another is asked for: one that was on lease when the
/// program died comes a minute later.
const MAIL_WITHIN: Duration = Duration::from_secs(4);

/// How long until a person looks again whether the directory has answered, or the authenticator
/// shows another code.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// The longest that a person thinks before they go on.
const THINKS_MILLISECONDS: u64 = 300;

/// What can be told of a journey that has come to its end.
pub(crate) struct Journey {
    /// The name of the person.
    pub(crate) name: String,
    /// The attempt.
    pub(crate) pass: Pass,
    /// What it was proved by, or would have been.
    pub(crate) method: Method,
    /// Wrong proofs that were acknowledged.
    pub(crate) wrong: usize,
    /// Where it has led.
    pub(crate) end: End,
    /// Attempts that were made beside it, with a code that had opened its gate.
    pub(crate) beside: usize,
}

/// Where a journey leads.
pub(crate) enum End {
    /// The password is that one, as far as this journey goes.
    Reset { password: String },
    /// The account is locked for the rest of the day.
    Locked,
}

/// A person who gets back in, by methods chosen at random.
pub(crate) struct Traveller<'a> {
    pub(crate) service: &'a Service,
    pub(crate) name: String,
    pub(crate) rng: Rng,
    /// Theirs, but while they wait for what has become of a password.
    pub(crate) place: Option<SemaphorePermit<'a>>,
}

impl Traveller<'_> {
    /// Gets back in.
    pub(crate) async fn reset(&mut self) -> Told<Journey> {
        let method = [Method::Email, Method::Questions, Method::AuthenticatorCode];
        let method = method[self.rng.usize(..method.len())];
        let wrong = self.rng.usize(..WRONG_MAX);
        let (mut attempt, reply) = Attempt::start(self.service, &self.name).await?;
        attempt.is_at(&reply, "choose-method")?;
        // What came before is of no use any more.
        let mut useless: BTreeSet<String> = self.letters().into_iter().collect();
        self.think().await;
        let begun = attempt.ask_for_code(method).await?;
        let beside = if method == Method::Questions {
            attempt.is_at(&begun, "answer-questions")?;
            self.answer(&mut attempt, begun, wrong).await?;
            0
        } else {
            attempt.is_at(&begun, "enter-code")?;
            self.type_wrong(&mut attempt, method, wrong).await?;
            let code = self.give_code(&mut attempt, method, &mut useless).await?;
            self.replay(method, &code).await?
        };
        self.think().await;
        let password = self.set_password(&mut attempt).await?;
        Ok(Journey {
            name: self.name.clone(),
            pass: attempt.pass,
            method,
            wrong,
            end: End::Reset { password },
            beside,
        })
    }

    /// Guesses until the account is locked.
    pub(crate) async fn guess(&mut self) -> Told<Journey> {
        let (mut attempt, reply) = Attempt::start(self.service, &self.name).await?;
        attempt.is_at(&reply, "choose-method")?;
        let method = Method::Email;
        let begun = attempt.ask_for_code(method).await?;
        attempt.is_at(&begun, "enter-code")?;
        self.type_wrong(&mut attempt, method, WRONG_MAX).await?;
        let locked = attempt
            .post("/proofs", json!({ "code": "00000000" }))
            .await?;
        attempt.is_at(&locked, "locked")?;
        Ok(Journey {
            name: self.name.clone(),
            pass: attempt.pass,
            method,
            wrong: WRONG_MAX + 1,
            end: End::Locked,
            beside: 0,
        })
    }

    /// Gives codes that are none, so often. Each is counted, and counted once.
    async fn type_wrong(
        &mut self,
        attempt: &mut Attempt<'_>,
        method: Method,
        times: usize,
    ) -> Told<()> {
        for time in 1..=times {
            self.think().await;
            let code = if method == Method::AuthenticatorCode {
                another(&shown(&self.name), time)
            } else {
                format!("{time:08}")
            };
            let reply = attempt.post("/proofs", json!({ "code": code })).await?;
            is_counted(&reply, "code-wrong", time)?;
        }
        Ok(())
    }

    /// Answers the questions, so often with one wrong and then rightly.
    async fn answer(&mut self, attempt: &mut Attempt<'_>, asked: Reply, wrong: usize) -> Told<()> {
        let mut asked = asked.body;
        for time in 1..=wrong {
            self.think().await;
            let mut given = self.answers(&asked);
            if let Some(first) = given.get_mut(0) {
                first["answer"] = json!("a wrong answer");
            }
            let body = json!({ "answers": given });
            let reply = attempt.post("/proofs", body).await?;
            is_counted(&reply, "answers-wrong", time)?;
            asked = reply.body["attempt"].clone();
        }
        let body = json!({ "answers": self.answers(&asked) });
        let reply = attempt.post("/proofs", body).await?;
        attempt.is_at(&reply, "choose-password")
    }

    /// What the questions of an attempt are answered.
    fn answers(&self, attempt: &Value) -> Vec<Value> {
        let questions = &attempt["step"]["answer-questions"]["questions"];
        let answered = questions.as_array().into_iter().flatten().map(|question| {
            let id = question["id"].as_u64().unwrap_or_default();
            json!({ "question": id, "answer": answer(&self.name, id) })
        });
        answered.collect()
    }

    /// Gives the code that works, and gives it back here.
    async fn give_code(
        &mut self,
        attempt: &mut Attempt<'_>,
        method: Method,
        useless: &mut BTreeSet<String>,
    ) -> Told<String> {
        loop {
            let Some(code) = self.wait_for_code(method, useless).await else {
                let again = attempt.ask_for_code(method).await?;
                attempt.is_at(&again, "enter-code")?;
                continue;
            };
            let reply = attempt.post("/proofs", json!({ "code": code })).await?;
            let is_late = method == Method::Email
                && ["code-superseded", "code-expired"].contains(&reply.problem());
            if !is_late {
                attempt.is_at(&reply, "choose-password")?;
                return Ok(code);
            }
            useless.insert(code);
        }
    }

    /// A code that has not been given yet; `None` if no mail comes.
    async fn wait_for_code(&self, method: Method, useless: &BTreeSet<String>) -> Option<String> {
        if method == Method::Email {
            let mailbox = mailbox(&self.name);
            return self.service.post.code(&mailbox, useless, MAIL_WITHIN).await;
        }
        loop {
            let code = shown(&self.name);
            if self.service.last_given(&self.name).as_ref() != Some(&code) {
                return Some(code);
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// A code that has opened a gate opens no other: now and then a person tries. Returns how many
    /// attempts that made.
    async fn replay(&mut self, method: Method, code: &str) -> Told<usize> {
        if method == Method::AuthenticatorCode {
            self.service.was_given(&self.name, code);
        }
        if self.rng.u8(..4) > 0 {
            return Ok(0);
        }
        let (mut other, reply) = Attempt::start(self.service, &self.name).await?;
        other.is_at(&reply, "choose-method")?;
        let begun = other.ask_for_code(method).await?;
        other.is_at(&begun, "enter-code")?;
        let reply = other.post("/proofs", json!({ "code": code })).await?;
        // Those of an authenticator are recognised for as long as it could show them.
        let is_old = method == Method::AuthenticatorCode && reply.problem() == "code-wrong";
        if reply.problem() != "code-used" && !is_old {
            return Err(format!("a code was taken for another: {}", reply.body));
        }
        other.cancel().await?;
        count(&self.service.counts.replayed);
        Ok(1)
    }

    /// Sets a password; gives the one that was acknowledged.
    async fn set_password(&mut self, attempt: &mut Attempt<'_>) -> Told<String> {
        loop {
            let password = self.password();
            let body = json!({ "password": password });
            let reply = attempt.post("/password", body).await?;
            match reply.problem() {
                "" => {
                    attempt.is_at(&reply, "done")?;
                    return Ok(password);
                }
                // The process that took the request is gone, or still works on it.
                "key-in-use" | "outcome-unknown" => {}
                _ => return Err(format!("a password was refused: {}", reply.body)),
            }
            let told = self.come_of_it(attempt).await?;
            if told.step() == "done" {
                return Ok(password);
            }
            let is_told = &told.body["step"]["choose-password"]["outcome_unknown"];
            if *is_told != true {
                return Err(format!(
                    "the answer does not say that it may be set: {}",
                    told.body
                ));
            }
            count(&self.service.counts.unknown);
        }
    }

    /// Waits until the directory is written to no more.
    async fn come_of_it(&mut self, attempt: &mut Attempt<'_>) -> Told<Reply> {
        self.place = None;
        loop {
            let reply = attempt.look().await?;
            if reply.step() != "writing-back" {
                self.place = Some(self.service.place().await);
                return Ok(reply);
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// A password that was not used before.
    fn password(&mut self) -> String {
        // None of them is in a name: a password with four of those in a row would be refused.
        const LETTERS: [char; 16] = [
            'b', 'd', 'f', 'g', 'j', 'k', 'm', 'q', 't', 'v', 'w', 'x', 'z', '6', '7', '8',
        ];
        let letters = std::iter::repeat_with(|| LETTERS[self.rng.usize(..LETTERS.len())]);
        letters.take(24).collect()
    }

    fn letters(&self) -> Vec<String> {
        self.service.post.of(&mailbox(&self.name)).codes
    }

    async fn think(&mut self) {
        let milliseconds = self.rng.u64(..THINKS_MILLISECONDS);
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    }
}

/// A code of an authenticator that is not that one, and another each time: the same wrong one costs
/// one try.
fn another(code: &str, time: usize) -> String {
    let digits = ('0'..='9').filter(|digit| !code.starts_with(*digit));
    let first = digits.cycle().nth(time).unwrap_or('0');
    let mut other = String::from(first);
    other.extend(code.chars().skip(1));
    other
}

/// A wrong proof leaves exactly as many as there were, less the one: none is forgotten, and none is
/// counted twice.
fn is_counted(reply: &Reply, problem: &str, time: usize) -> Told<()> {
    let left = &reply.body["kind"][problem]["tries_left"];
    if reply.problem() == problem && *left == json!(WRONG_MAX + 1 - time) {
        return Ok(());
    }
    Err(format!("wrong proof {time} was answered: {}", reply.body))
}
