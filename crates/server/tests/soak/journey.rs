//! The journey of one person, and the required answers, however often the program is killed in the
//! meantime.

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

/// The number of wrong proofs before the one that locks, as in the configuration.
const WRONG_MAX: usize = 3;

/// The wait for a mail before the person requests another: a mail that was on lease when the
/// program died arrives a minute later.
const MAIL_WITHIN: Duration = Duration::from_secs(4);

/// The delay before the person checks again whether the directory has answered, or the
/// authenticator shows another code.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// The maximum delay before a person continues.
const THINKS_MILLISECONDS: u64 = 300;

/// The result of a completed journey.
pub(crate) struct Journey {
    /// The name of the person.
    pub(crate) name: String,
    /// The attempt.
    pub(crate) pass: Pass,
    /// The method of the proof, successful or not.
    pub(crate) method: Method,
    /// The number of acknowledged wrong proofs.
    pub(crate) wrong: usize,
    /// The end of the journey.
    pub(crate) end: End,
    /// The number of other attempts with a code that had already opened its gate.
    pub(crate) beside: usize,
}

/// The possible ends of a journey.
pub(crate) enum End {
    /// The password of the account after this journey.
    Reset { password: String },
    /// The account is locked for the rest of the day.
    Locked,
}

/// A person who resets the password, by methods chosen at random.
pub(crate) struct Traveller<'a> {
    pub(crate) service: &'a Service,
    pub(crate) name: String,
    pub(crate) rng: Rng,
    /// The person's place, except while they wait for the result of a password change.
    pub(crate) place: Option<SemaphorePermit<'a>>,
}

impl Traveller<'_> {
    /// Resets the password.
    pub(crate) async fn reset(&mut self) -> Told<Journey> {
        let method = [Method::Email, Method::Questions, Method::AuthenticatorCode];
        let method = method[self.rng.usize(..method.len())];
        let wrong = self.rng.usize(..WRONG_MAX);
        let (mut attempt, reply) = Attempt::start(self.service, &self.name).await?;
        attempt.is_at(&reply, "choose-method")?;
        // The earlier codes are no longer of use.
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

    /// Sends wrong codes, this number of times. The service must count each exactly once.
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

    /// Answers the questions wrongly this number of times, and then correctly.
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

    /// The answers to the questions of an attempt.
    fn answers(&self, attempt: &Value) -> Vec<Value> {
        let questions = &attempt["step"]["answer-questions"]["questions"];
        let answered = questions.as_array().into_iter().flatten().map(|question| {
            let id = question["id"].as_u64().unwrap_or_default();
            json!({ "question": id, "answer": answer(&self.name, id) })
        });
        answered.collect()
    }

    /// Sends the working code, and returns it.
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

    /// A code that the person has not used yet; `None` if no mail arrives.
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

    /// Sometimes tries a used code: a code that has opened a gate must open no other. Returns the
    /// number of attempts for this.
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
        // The service recognises old codes of an authenticator as long as the authenticator could
        // show them.
        let is_old = method == Method::AuthenticatorCode && reply.problem() == "code-wrong";
        if reply.problem() != "code-used" && !is_old {
            return Err(format!("a code was taken for another: {}", reply.body));
        }
        other.cancel().await?;
        count(&self.service.counts.replayed);
        Ok(1)
    }

    /// Sets a password; returns the acknowledged one.
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
                // The process that received the request was killed, or still works on it.
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

    /// Waits until the directory write has ended.
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
        // No name contains these letters: the service would refuse a password with four of them in
        // a row.
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

/// A wrong code of an authenticator, different each time: the same wrong code costs only one try.
fn another(code: &str, time: usize) -> String {
    let digits = ('0'..='9').filter(|digit| !code.starts_with(*digit));
    let first = digits.cycle().nth(time).unwrap_or('0');
    let mut other = String::from(first);
    other.extend(code.chars().skip(1));
    other
}

/// Checks that a wrong proof reduces the remaining tries by exactly one: the service neither
/// forgets a wrong proof nor counts it twice.
fn is_counted(reply: &Reply, problem: &str, time: usize) -> Told<()> {
    let left = &reply.body["kind"][problem]["tries_left"];
    if reply.problem() == problem && *left == json!(WRONG_MAX + 1 - time) {
        return Ok(());
    }
    Err(format!("wrong proof {time} was answered: {}", reply.body))
}
