//! Proof of work in place of a captcha: challenges of ALTCHA, signed, each taken once.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use altcha::{CreateChallengeOptions, VerifySolutionOptions, create_challenge, verify_solution};
use postern_engine::EngineKey;
use postern_engine::work::Solved;
use postern_protocol::{ProblemKind, Timestamp};
use serde::Deserialize;
use serde_json::Value;

use crate::clock::Clock;
use crate::load::Load;
use crate::random;

/// What the page can solve with `WebCrypto`.
const ALGORITHM: &str = "PBKDF2/SHA-256";

/// How long a challenge can be solved.
const CHALLENGE_LIFE: Duration = Duration::from_mins(10);

/// More iterations than this would take a phone half a second for each counter.
const COST_MAX: u32 = 200_000;

/// More counters than this no page will try, however busy it is.
const COUNTER_MAX: u32 = 10_000;
const RISES_TO_MAX: u32 = 10;

/// What a challenge is for: a solution opens nothing else.
const PURPOSE: (&str, &str) = ("purpose", "attempt");

/// How hard challenges are: settings that make sense.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(try_from = "Written")]
pub struct Difficulty(Written);

/// As an administrator writes it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    /// Iterations for each counter.
    cost: u32,
    /// The counter that solves a challenge is one of these: the first and the last.
    counters: (u32, u32),
    /// Attempts a minute, in one process, that are nothing special.
    ordinary_per_minute: u32,
    /// With twice as many, twice as many counters are to be tried; this many times as many at most.
    rises_to: u32,
}

impl Default for Written {
    /// Two seconds at most, on a phone of the cheapest kind: `postern_engine::work` says how that is reckoned.
    fn default() -> Self {
        Self {
            cost: 2_000,
            counters: (200, 400),
            ordinary_per_minute: 60,
            rises_to: 4,
        }
    }
}

impl TryFrom<Written> for Difficulty {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let (least, most) = written.counters;
        if !(1..=COST_MAX).contains(&written.cost) {
            return Err(format!("cost is 1 to {COST_MAX}"));
        }
        if least > most || most > COUNTER_MAX {
            return Err(format!(
                "counters are the smaller and the larger, {COUNTER_MAX} at most"
            ));
        }
        if written.ordinary_per_minute == 0 {
            return Err("ordinary-per-minute is 1 at least".into());
        }
        if !(1..=RISES_TO_MAX).contains(&written.rises_to) {
            return Err(format!("rises-to is 1 to {RISES_TO_MAX}"));
        }
        Ok(Self(written))
    }
}

impl Difficulty {
    /// The counters to choose from, where so many attempts were begun in the last minute.
    fn counters(self, in_a_minute: u32) -> (u32, u32) {
        let times = in_a_minute / self.0.ordinary_per_minute;
        let times = times.clamp(1, self.0.rises_to);
        let (least, most) = self.0.counters;
        (least.saturating_mul(times), most.saturating_mul(times))
    }
}

/// Issues challenges and verifies solutions.
pub struct Work {
    challenge_secret: String,
    key_secret: String,
    load: Arc<Load>,
    is_asked: bool,
    clock: Clock,
}

impl Work {
    /// With the deployment's secret. Where no work is asked, challenges are still issued. `load` is what was taken.
    pub(crate) fn new(key: &EngineKey, is_asked: bool, clock: Clock, load: Arc<Load>) -> Self {
        let secret = |purpose| hex(&key.derived(purpose));
        Self {
            challenge_secret: secret("work challenge"),
            key_secret: secret("work key"),
            load,
            is_asked,
            clock,
        }
    }

    /// A new challenge. Costs one derivation.
    pub(super) fn issue(&self, difficulty: Difficulty) -> anyhow::Result<altcha::Challenge> {
        let (least, most) = difficulty.counters(self.load.in_a_minute(self.clock.now()));
        let span = u64::from(most.saturating_sub(least)) + 1;
        let chance = u64::from_be_bytes(random::bytes()) % span;
        let counter = least.saturating_add(u32::try_from(chance)?);
        let expires_at = self.clock.now() + CHALLENGE_LIFE;
        let (name, value) = PURPOSE;
        let options = CreateChallengeOptions {
            algorithm: ALGORITHM.to_owned(),
            cost: difficulty.0.cost,
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
        let now = self.clock.now();
        match expires_at.map(Timestamp::from_seconds) {
            Some(expires_at) if verified && is_for_this && now < expires_at => Ok(Some(Solved {
                nonce: parameters.nonce.clone(),
                expires_at,
            })),
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::AtomicI64;

    use altcha::{SolveChallengeOptions, solve_challenge};
    use postern_engine::EngineKey;

    use super::{Difficulty, Work};
    use crate::clock::Clock;

    #[test]
    fn work_rises_with_what_is_begun_and_falls_again() {
        let difficulty = Difficulty::default();
        assert_eq!(difficulty.counters(0), (200, 400));
        assert_eq!(difficulty.counters(119), (200, 400));
        assert_eq!(difficulty.counters(120), (400, 800));
        assert_eq!(difficulty.counters(100_000), (800, 1600));
    }

    #[test]
    fn challenges_that_nobody_solves_make_none_harder() {
        let clock = Clock::Set(Arc::new(AtomicI64::new(1_000_000)));
        let work = Work::new(&EngineKey::new([1; 32]), true, clock, Arc::default());
        for _ in 0..20 {
            work.issue(Difficulty::default()).expect("a challenge");
        }
        assert_eq!(work.load.in_a_minute(work.clock.now()), 0);
    }

    #[test]
    fn work_that_is_given_back_again_makes_none_harder() {
        let clock = Clock::Set(Arc::new(AtomicI64::new(1_000_000_000_000)));
        let work = Work::new(&EngineKey::new([1; 32]), true, clock, Arc::default());
        let easy = serde_json::from_str(r#"{"cost": 1, "counters": [1, 3]}"#).expect("settings");
        let challenge = work.issue(easy).expect("a challenge");
        let solution = solve_challenge(SolveChallengeOptions::new(&challenge));
        let solution = solution.expect("it can be solved").expect("it is solved");
        let payload = altcha::Payload {
            challenge,
            solution,
        };
        for _ in 0..20 {
            work.take(Some(&payload)).expect("it is a solution");
        }
        assert_eq!(work.load.in_a_minute(work.clock.now()), 0);
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for wrong in [
            r#"{"cost": 0}"#,
            r#"{"counters": [400, 200]}"#,
            r#"{"counters": [1, 1000000]}"#,
            r#"{"ordinary-per-minute": 0}"#,
            r#"{"rises-to": 11}"#,
            r#"{"costs": 1}"#,
        ] {
            assert!(
                serde_json::from_str::<Difficulty>(wrong).is_err(),
                "{wrong}"
            );
        }
    }
}
