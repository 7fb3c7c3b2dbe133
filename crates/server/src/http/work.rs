//! Proof of work in place of a captcha: challenges of ALTCHA, signed, each taken once.

use std::collections::BTreeMap;
use std::time::Duration;

use altcha::{CreateChallengeOptions, VerifySolutionOptions, create_challenge, verify_solution};
use postern_engine::EngineKey;
use postern_engine::work::Solved;
use postern_protocol::{ProblemKind, Timestamp};
use serde_json::Value;

use crate::clock::Clock;
use crate::random;

/// What the page can solve with `WebCrypto`.
const ALGORITHM: &str = "PBKDF2/SHA-256";

/// How long a challenge can be solved.
const CHALLENGE_LIFE: Duration = Duration::from_mins(10);

/// What a challenge is for: a solution opens nothing else.
const PURPOSE: (&str, &str) = ("purpose", "attempt");

/// How hard challenges are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Difficulty {
    /// Iterations for each counter.
    pub cost: u32,
    /// The counter that solves a challenge is one of these.
    pub counters: (u32, u32),
}

impl Default for Difficulty {
    /// Two seconds at most, on a phone of the cheapest kind: `postern_engine::work` says how that is reckoned.
    fn default() -> Self {
        Self {
            cost: 2_000,
            counters: (200, 400),
        }
    }
}

/// Issues challenges and verifies solutions.
pub struct Work {
    challenge_secret: String,
    key_secret: String,
    difficulty: Difficulty,
    is_asked: bool,
    clock: Clock,
}

impl Work {
    /// With the deployment's secret. Where no work is asked, challenges are still issued.
    pub fn new(key: &EngineKey, difficulty: Difficulty, is_asked: bool, clock: Clock) -> Self {
        let secret = |purpose| hex(&key.derived(purpose));
        Self {
            challenge_secret: secret("work challenge"),
            key_secret: secret("work key"),
            difficulty,
            is_asked,
            clock,
        }
    }

    /// A new challenge. Costs one derivation.
    pub(super) fn issue(&self) -> anyhow::Result<altcha::Challenge> {
        let (least, most) = self.difficulty.counters;
        let span = u64::from(most.saturating_sub(least)) + 1;
        let chance = u64::from_be_bytes(random::bytes()) % span;
        let counter = least.saturating_add(u32::try_from(chance)?);
        let expires_at = self.clock.now() + CHALLENGE_LIFE;
        let (name, value) = PURPOSE;
        let options = CreateChallengeOptions {
            algorithm: ALGORITHM.to_owned(),
            cost: self.difficulty.cost,
            counter: Some(counter),
            data: Some(BTreeMap::from([(name.to_owned(), Value::from(value))])),
            expires_at: Some(expires_at.seconds()),
            hmac_signature_secret: Some(self.challenge_secret.clone()),
            hmac_key_signature_secret: Some(self.key_secret.clone()),
            ..CreateChallengeOptions::default()
        };
        create_challenge(options).map_err(|error| anyhow::anyhow!("ALTCHA: {error}"))
    }

    /// Takes a solution. The store still has to burn it.
    ///
    /// # Errors
    ///
    /// [`ProblemKind::WorkRefused`] where work is asked and this is none.
    pub(super) fn take(
        &self,
        payload: Option<&altcha::Payload>,
    ) -> Result<Option<Solved>, ProblemKind> {
        if !self.is_asked {
            return Ok(None);
        }
        let payload = payload.ok_or(ProblemKind::WorkRefused)?;
        let (challenge, solution) = (&payload.challenge, &payload.solution);
        let mut options = VerifySolutionOptions::new(challenge, solution, &self.challenge_secret);
        options.hmac_key_signature_secret = Some(self.key_secret.clone());
        let verified = verify_solution(options).is_ok_and(|result| result.verified);
        let parameters = &challenge.parameters;
        let (name, value) = PURPOSE;
        let is_for_this = parameters
            .data
            .as_ref()
            .and_then(|data| data.get(name))
            .is_some_and(|purpose| purpose == value);
        let expires_at = parameters.expires_at;
        match expires_at.map(Timestamp::from_seconds) {
            Some(expires_at) if verified && is_for_this && self.clock.now() < expires_at => {
                Ok(Some(Solved {
                    nonce: parameters.nonce.clone(),
                    expires_at,
                }))
            }
            Some(_) | None => Err(ProblemKind::WorkRefused),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes every write");
        text
    })
}
