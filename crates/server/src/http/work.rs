//! Proof of work in place of a captcha: signed ALTCHA challenges, each of which counts once.
//!
//! Issuing a challenge costs one hash. Verifying a solution costs as much as one guess of the page.
//! Verifications wait for a turn, so that invalid solutions take at most half of the machine.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread;

use postern_engine::EngineKey;
use postern_host::work::{self, Hardness};
use postern_protocol::ProblemKind;
use postern_protocol::work::{Challenge, Payload};
use tokio::sync::Semaphore;
use tokio::task;
use tracing::error;

use super::difficulty::Difficulty;
use crate::clock::Clock;
use crate::judge::WorkDone;
use crate::keys::Keys;
use crate::load::Load;
use crate::pressure::Times;
use crate::random;

/// Issues challenges and verifies solutions.
pub struct Work {
    /// The first key signs. A challenge that any of the keys has signed is accepted.
    keys: Keys,
    load: Arc<Load>,
    is_asked: bool,
    clock: Clock,
    /// Permits for verifications: half the number of processors.
    turns: Semaphore,
}

impl Work {
    /// With the deployment's keys. If no work is required, challenges are still issued. `load`
    /// counts the work that was taken.
    pub(crate) fn new(keys: &Keys, is_asked: bool, clock: Clock, load: Arc<Load>) -> Self {
        let processors = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Self {
            keys: keys.clone(),
            load,
            is_asked,
            clock,
            turns: Semaphore::new((processors / 2).max(1)),
        }
    }

    /// A new challenge. It is as hard as the load or `times` requires, whichever is more. Costs one
    /// hash.
    pub(super) fn issue(&self, difficulty: Difficulty, times: Times) -> Challenge {
        let now = self.clock.now();
        let load = difficulty.times_of_load(self.load.in_a_minute(now));
        let hardness = difficulty.times(times.beside(load));
        work::issue(self.keys.first(), hardness, now, random::bytes())
    }

    /// Takes a solution. The store must still mark it as used.
    ///
    /// # Errors
    ///
    /// [`ProblemKind::WorkRefused`] if work is required and the solution is missing or invalid.
    pub(super) async fn take(
        self: &Arc<Self>,
        payload: Option<Payload>,
    ) -> Result<Option<WorkDone>, ProblemKind> {
        if !self.is_asked {
            return Ok(None);
        }
        let payload = payload.ok_or(ProblemKind::WorkRefused)?;
        // Checks that cost nothing do not wait for a turn.
        let key = self.signed_with(&payload.challenge);
        key.ok_or(ProblemKind::WorkRefused)?;
        let Ok(_turn) = self.turns.acquire().await else {
            return Err(ProblemKind::Internal);
        };
        let this = self.clone();
        let verified = task::spawn_blocking(move || this.verify(&payload)).await;
        verified
            .unwrap_or_else(|error| {
                error!(%error, "the server could not verify a proof of work");
                Err(ProblemKind::Internal)
            })
            .map(Some)
    }

    /// The key that signed a challenge, if it is one of ours.
    fn signed_with(&self, challenge: &Challenge) -> Option<&EngineKey> {
        self.keys.iter().find(|key| work::is_signed(challenge, key))
    }

    /// Verifies a solution. Costs one derivation, unless it fails a cheaper check first.
    pub(super) fn verify(&self, payload: &Payload) -> Result<WorkDone, ProblemKind> {
        let key = self.signed_with(&payload.challenge);
        let key = key.ok_or(ProblemKind::WorkRefused)?;
        let solved = work::verify(payload, key, self.clock.now());
        Ok(WorkDone {
            solved: solved.map_err(|_| ProblemKind::WorkRefused)?,
            iterations: Hardness::of(&payload.challenge.parameters).iterations(),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::AtomicI64;
    use std::time::Duration;

    use postern_engine::EngineKey;
    use postern_host::work::solve;
    use postern_protocol::work::Payload;
    use postern_protocol::{ProblemKind, Timestamp};
    use serde_json::json;
    use tokio::time::Instant;

    use super::{Difficulty, Work};
    use crate::clock::Clock;
    use crate::keys::Keys;
    use crate::pressure::Times;

    fn key(byte: u8) -> EngineKey {
        EngineKey::new([byte; 32])
    }

    fn work(keys: &Keys) -> Arc<Work> {
        let clock = Clock::Set(Arc::new(AtomicI64::new(4_000_000_000_000)));
        Arc::new(Work::new(keys, true, clock, Arc::default()))
    }

    fn easy() -> Difficulty {
        serde_json::from_str(r#"{"cost": 1, "guesses": 16}"#).expect("settings")
    }

    fn solved(work: &Work) -> Payload {
        let challenge = work.issue(easy(), Times::ONCE);
        solve(&challenge, 10_000).expect("it can be solved")
    }

    #[test]
    fn challenges_that_are_not_solved_make_none_harder() {
        let work = work(&key(1).into());
        for _ in 0..20 {
            work.issue(Difficulty::default(), Times::ONCE);
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
            work.issue(hard, Times::ONCE);
        }
        // A single derivation takes as long as all of these.
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
        let changes: [fn(&mut Payload); 6] = [
            |it| it.solution.counter += 1,
            |it| it.solution.derived_key = "0".repeat(64),
            |it| it.solution.derived_key.clear(),
            |it| it.challenge.parameters.key_prefix.clear(),
            |it| it.challenge.parameters.expires_at = Timestamp::from_seconds(5_000_000_000),
            |it| it.challenge.signature.clear(),
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

    #[tokio::test]
    async fn a_solution_is_taken_as_the_page_and_libraries_write_it() {
        let work = work(&key(1).into());
        let untimed = serde_json::to_value(solved(&work)).expect("it is JSON");
        let mut timed = untimed.clone();
        timed["solution"]["time"] = json!(204.8);
        let mut empty = untimed.clone();
        empty["challenge"]["parameters"]["keySignature"] = json!(null);
        for text in [&untimed, &timed, &empty] {
            let payload = serde_json::from_value(text.clone()).expect("it is a solution");
            assert!(work.take(Some(payload)).await.is_ok(), "{text}");
        }
        let mut costly = untimed.clone();
        costly["challenge"]["parameters"]["memoryCost"] = json!(1);
        let payload = serde_json::from_value(costly).expect("it is in the format");
        let refused = work.take(Some(payload)).await;
        assert_eq!(refused.unwrap_err(), ProblemKind::WorkRefused);
        let mut unknown = untimed;
        unknown["solution"]["memoryCost"] = json!(1);
        serde_json::from_value::<Payload>(unknown).expect_err("it is not in the format");
    }
}
