//! Proof of work in place of a captcha: challenges of ALTCHA, signed, each taken once.
//!
//! Issuing one costs a hash. Verifying a solution costs as much as one guess of the page, and waits
//! for its turn, so that solutions that are none take no more of the machine than half of it.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use altcha::{
    CreateChallengeOptions, HmacAlgorithm, VerifySolutionOptions, create_challenge, sign_challenge,
    verify_solution,
};
use postern_engine::work::Solved;
use postern_protocol::{ProblemKind, Timestamp};
use serde_json::Value;
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;
use tokio::task;
use tracing::error;

use super::difficulty::{Difficulty, Hardness};
use crate::clock::Clock;
use crate::judge::WorkDone;
use crate::keys::Keys;
use crate::load::Load;
use crate::pressure::Times;

/// What the page can solve with `WebCrypto`.
const ALGORITHM: &str = "PBKDF2/SHA-256";

/// How long a challenge can be solved.
const CHALLENGE_LIFE: Duration = Duration::from_mins(10);

/// What a challenge is for: a solution opens nothing else.
const PURPOSE: (&str, &str) = ("purpose", "attempt");

/// Issues challenges and verifies solutions.
pub struct Work {
    /// One for each key: the first signs, and what any of them has signed is taken.
    secrets: Vec<String>,
    load: Arc<Load>,
    is_asked: bool,
    clock: Clock,
    /// Those whose solution is looked at now.
    turns: Semaphore,
}

impl Work {
    /// With the deployment's secrets. Where no work is asked, challenges are still issued. `load`
    /// is what was taken.
    pub(crate) fn new(keys: &Keys, is_asked: bool, clock: Clock, load: Arc<Load>) -> Self {
        let secrets = keys.iter().map(|key| hex(&key.derived("work challenge")));
        let processors = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Self {
            secrets: secrets.collect(),
            load,
            is_asked,
            clock,
            turns: Semaphore::new((processors / 2).max(1)),
        }
    }

    /// A new challenge, so many times as hard as it is at least. Costs one hash.
    pub(super) fn issue(
        &self,
        difficulty: Difficulty,
        times: Times,
    ) -> anyhow::Result<altcha::Challenge> {
        let now = self.clock.now();
        let load = difficulty.times_of_load(self.load.in_a_minute(now));
        let times = times.beside(load);
        let Hardness { cost, digits } = difficulty.times(times);
        let (name, value) = PURPOSE;
        let options = CreateChallengeOptions {
            algorithm: ALGORITHM.to_owned(),
            cost,
            data: Some(BTreeMap::from([(name.to_owned(), Value::from(value))])),
            expires_at: Some((now + CHALLENGE_LIFE).seconds()),
            key_prefix: (0..digits).map(|_| '0').collect(),
            hmac_signature_secret: self.secrets.first().cloned(),
            ..CreateChallengeOptions::default()
        };
        create_challenge(options).map_err(|error| anyhow::anyhow!("ALTCHA: {error}"))
    }

    /// Takes a solution. The store still has to burn it.
    ///
    /// # Errors
    ///
    /// [`ProblemKind::WorkRefused`] where work is asked and this is none.
    pub(super) async fn take(
        self: &Arc<Self>,
        payload: Option<altcha::Payload>,
    ) -> Result<Option<WorkDone>, ProblemKind> {
        if !self.is_asked {
            return Ok(None);
        }
        let payload = payload.ok_or(ProblemKind::WorkRefused)?;
        // What costs nothing to be seen waits for no turn.
        let secret = self.signed_with(&payload.challenge);
        secret.ok_or(ProblemKind::WorkRefused)?;
        let Ok(_turn) = self.turns.acquire().await else {
            return Err(ProblemKind::Internal);
        };
        let this = self.clone();
        let verified = task::spawn_blocking(move || this.verify(&payload)).await;
        verified
            .unwrap_or_else(|error| {
                error!(%error, "a proof of work could not be verified");
                Err(ProblemKind::Internal)
            })
            .map(Some)
    }

    /// The secret that a challenge is signed with, if it is one of ours.
    fn signed_with(&self, challenge: &altcha::Challenge) -> Option<&String> {
        let signature = challenge.signature.as_ref()?;
        self.secrets.iter().find(|secret| {
            let mut parameters = challenge.parameters.clone();
            let signed =
                sign_challenge(&HmacAlgorithm::Sha256, &mut parameters, None, secret, None);
            let own = signed.ok().and_then(|signed| signed.signature);
            own.is_some_and(|own| own.as_bytes().ct_eq(signature.as_bytes()).into())
        })
    }

    /// Verifies a solution. Costs one derivation, unless it is seen before that it is none.
    pub(super) fn verify(&self, payload: &altcha::Payload) -> Result<WorkDone, ProblemKind> {
        let (challenge, solution) = (&payload.challenge, &payload.solution);
        let parameters = &challenge.parameters;
        let secret = self.signed_with(challenge);
        let secret = secret.ok_or(ProblemKind::WorkRefused)?;
        let (name, value) = PURPOSE;
        let is_for_this = parameters
            .data
            .as_ref()
            .and_then(|data| data.get(name))
            .is_some_and(|purpose| purpose == value);
        let expires_at = parameters.expires_at.map(Timestamp::from_seconds);
        let expires_at = expires_at.filter(|expires_at| self.clock.now() < *expires_at);
        let begins = solution.derived_key.starts_with(&parameters.key_prefix);
        let Some(expires_at) = expires_at.filter(|_| is_for_this && begins) else {
            return Err(ProblemKind::WorkRefused);
        };
        // Without a secret for the key: what was derived is always derived again.
        let options = VerifySolutionOptions::new(challenge, solution, secret);
        let verified = verify_solution(options).is_ok_and(|result| result.verified);
        if !verified {
            return Err(ProblemKind::WorkRefused);
        }
        let hardness = Hardness {
            cost: parameters.cost,
            digits: u32::try_from(parameters.key_prefix.len()).unwrap_or(u32::MAX),
        };
        Ok(WorkDone {
            solved: Solved {
                nonce: parameters.nonce.clone(),
                expires_at,
            },
            iterations: hardness.iterations(),
        })
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes every write");
        text
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::AtomicI64;
    use std::time::Duration;

    use altcha::{SolveChallengeOptions, solve_challenge};
    use postern_engine::EngineKey;
    use postern_protocol::ProblemKind;
    use tokio::time::Instant;

    use super::{Difficulty, Work};
    use crate::clock::Clock;
    use crate::keys::Keys;
    use crate::pressure::Times;

    fn key(byte: u8) -> EngineKey {
        EngineKey::new([byte; 32])
    }

    fn work(keys: &Keys) -> Arc<Work> {
        // Later than any clock that the library looks at.
        let clock = Clock::Set(Arc::new(AtomicI64::new(4_000_000_000_000)));
        Arc::new(Work::new(keys, true, clock, Arc::default()))
    }

    fn easy() -> Difficulty {
        serde_json::from_str(r#"{"cost": 1, "guesses": 16}"#).expect("settings")
    }

    fn solved(work: &Work) -> altcha::Payload {
        let challenge = work.issue(easy(), Times::ONCE).expect("a challenge");
        let solution = solve_challenge(SolveChallengeOptions::new(&challenge));
        let solution = solution.expect("it can be solved").expect("it is solved");
        altcha::Payload {
            challenge,
            solution,
        }
    }

    #[test]
    fn challenges_that_are_not_solved_make_none_harder() {
        let work = work(&key(1).into());
        for _ in 0..20 {
            work.issue(Difficulty::default(), Times::ONCE)
                .expect("a challenge");
        }
        assert_eq!(work.load.in_a_minute(work.clock.now()), 0);
    }

    #[test]
    fn a_challenge_costs_as_little_however_hard_it_is() {
        let hard = r#"{"cost": 200000, "guesses": 4096}"#;
        let hard = serde_json::from_str(hard).expect("settings");
        let work = work(&key(1).into());
        let begun = Instant::now();
        for _ in 0..100 {
            work.issue(hard, Times::ONCE).expect("a challenge");
        }
        // A single derivation takes as long.
        assert!(begun.elapsed() < Duration::from_millis(500));
    }

    #[tokio::test]
    async fn a_challenge_of_any_listed_key_is_taken_and_of_no_other() {
        let old = work(&key(1).into());
        let new = work(&Keys::new(key(2), [key(1)]));
        let ahead = work(&Keys::new(key(1), [key(2)]));
        for (issuer, taker) in [(&old, &new), (&new, &ahead), (&ahead, &new)] {
            let taken = taker.take(Some(solved(issuer))).await;
            assert!(taken.expect("it is a solution").is_some());
        }
        let alone = work(&key(2).into());
        let refused = alone.take(Some(solved(&old))).await;
        assert_eq!(refused.unwrap_err(), ProblemKind::WorkRefused);
    }

    #[tokio::test]
    async fn a_solution_that_was_not_worked_out_is_none() {
        let work = work(&key(1).into());
        let payload = solved(&work);
        let changes: [fn(&mut altcha::Payload); 6] = [
            |it| it.solution.counter += 1,
            |it| it.solution.derived_key = "0".repeat(64),
            |it| it.solution.derived_key.clear(),
            |it| it.challenge.parameters.key_prefix.clear(),
            |it| it.challenge.parameters.expires_at = None,
            |it| it.challenge.signature = None,
        ];
        for (number, change) in changes.into_iter().enumerate() {
            let mut payload = payload.clone();
            change(&mut payload);
            let refused = work.take(Some(payload)).await;
            assert_eq!(refused.unwrap_err(), ProblemKind::WorkRefused, "{number}");
        }
        let none = work.take(None).await;
        assert_eq!(none.unwrap_err(), ProblemKind::WorkRefused);
    }
}
