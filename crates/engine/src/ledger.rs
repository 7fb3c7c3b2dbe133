//! What is remembered of a subject beyond one attempt: tries, a lock, codes that no longer work.
//!
//! The engine reads it and orders what to add ([`Entry`]); the host adds it in the transaction that stores the attempt,
//! so that two requests at once cannot both be the fifth.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::time::Duration;

use postern_protocol::Timestamp;
use serde::{Deserialize, Serialize};

use crate::account::AuthenticatorId;
use crate::audit::Blocked;
use crate::key::Digest;
use crate::throttle::{TRIES_MAX, WINDOW_SECONDS_MAX};

/// How long a code that no longer works is still recognised, to say so instead of "wrong" (GOV.UK Design System,
/// "Confirm a phone number").
pub const RETIRED_CODE_LIFE: Duration = Duration::from_hours(2);

/// Retired codes kept: more than the five texts and the ten mails in ten minutes that the throttles let through in the
/// time that anybody waits for a code.
const RETIRED_CODES_MAX: usize = 64;

/// Moments kept of each counter: one more than any limit, so that a limit can be seen to be exceeded.
const MOMENTS_MAX: usize = TRIES_MAX as usize + 1;

/// Authenticators of one account whose last code is remembered: the reference lets a person register ten.
const AUTHENTICATORS_MAX: usize = 16;

/// What is counted, in the reference's terms (Microsoft Entra documentation, `passwords-faq`).
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counter {
    /// A wrong proof, of any method.
    Identity,
    /// A phone number typed and judged, or a call placed again.
    PhoneNumber,
    /// A text message sent.
    Text,
    /// A mail with a code sent.
    Mail,
    /// A code of an authenticator app tried.
    AuthenticatorCode,
    /// Questions answered.
    Questions,
    /// The account was reset or unlocked.
    Reset,
    /// A mail to the administrators.
    Help,
}

impl Counter {
    /// Whether a success clears it.
    ///
    /// Resets of the same account are not cleared by a reset, or the counter could never reach its limit; nor are mails
    /// to administrators, which no proof makes fewer.
    const fn ends_with_success(self) -> bool {
        match self {
            Self::Identity
            | Self::PhoneNumber
            | Self::Text
            | Self::Mail
            | Self::AuthenticatorCode
            | Self::Questions => true,
            Self::Reset | Self::Help => false,
        }
    }
}

/// Why a code no longer works.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Retirement {
    /// Its time, or that of its attempt, was over.
    Expired,
    /// Another was sent, or another method started.
    Superseded,
    /// It passed its gate.
    Used,
}

/// A lock, and what brought it about.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Lock {
    /// When it ends.
    pub until: Timestamp,
    /// What was tried too often.
    pub blocked: Blocked,
}

/// Something to be added to a ledger, at the moment of the call that ordered it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Entry {
    /// One more on that counter.
    Count(Counter),
    /// Nothing more until then.
    Lock(Lock),
    /// A reset or unlock succeeded: all counters but that of resets begin anew.
    ClearCounters,
    /// A code that no longer works.
    RetireCode {
        /// What it is recognised by.
        digest: Digest,
        /// Why it no longer works.
        why: Retirement,
    },
    /// A code of an authenticator was accepted: its time step and those before it are used up.
    AcceptStep {
        /// The authenticator.
        authenticator: AuthenticatorId,
        /// The step (RFC 6238 section 4.2).
        step: u64,
    },
}

/// What is remembered of one subject.
///
/// ```
/// use core::time::Duration;
/// use postern_engine::ledger::{Counter, Entry, Ledger};
/// use postern_protocol::Timestamp;
///
/// let now = Timestamp::from_seconds(1_000);
/// let mut ledger = Ledger::default();
/// ledger.apply(&Entry::Count(Counter::Identity), now);
/// assert_eq!(ledger.count(Counter::Identity, Duration::from_secs(60), now), 1);
/// let later = now + Duration::from_secs(60);
/// assert_eq!(ledger.count(Counter::Identity, Duration::from_secs(60), later), 0);
/// ```
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct Ledger {
    counters: BTreeMap<Counter, Vec<Timestamp>>,
    lock: Option<Lock>,
    retired: Vec<RetiredCode>,
    steps: Vec<AcceptedStep>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
struct RetiredCode {
    digest: Digest,
    at: Timestamp,
    why: Retirement,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
struct AcceptedStep {
    authenticator: AuthenticatorId,
    step: u64,
}

impl Ledger {
    /// Adds an entry, and drops what is too old to matter.
    pub fn apply(&mut self, entry: &Entry, now: Timestamp) {
        self.prune(now);
        match entry {
            Entry::Count(counter) => {
                push_bounded(self.counters.entry(*counter).or_default(), now, MOMENTS_MAX);
            }
            Entry::Lock(lock) => self.lock = Some(*lock),
            Entry::ClearCounters => {
                self.counters
                    .retain(|counter, _| !counter.ends_with_success());
                // Somebody else's failures do not keep out the one who has just proved who they are.
                self.lock = self.lock.filter(|lock| lock.blocked == Blocked::Resets);
            }
            Entry::RetireCode { digest, why } => {
                let retired = RetiredCode {
                    digest: *digest,
                    at: now,
                    why: *why,
                };
                push_bounded(&mut self.retired, retired, RETIRED_CODES_MAX);
            }
            Entry::AcceptStep {
                authenticator,
                step,
            } => {
                self.steps
                    .retain(|accepted| accepted.authenticator != *authenticator);
                let accepted = AcceptedStep {
                    authenticator: authenticator.clone(),
                    step: *step,
                };
                push_bounded(&mut self.steps, accepted, AUTHENTICATORS_MAX);
            }
        }
    }

    /// How often it was counted within the window that ends now.
    pub fn count(&self, counter: Counter, window: Duration, now: Timestamp) -> usize {
        self.counters.get(&counter).map_or(0, |moments| {
            moments
                .iter()
                .filter(|moment| **moment + window > now)
                .count()
        })
    }

    /// When it was last counted.
    pub fn last(&self, counter: Counter) -> Option<Timestamp> {
        self.counters.get(&counter)?.last().copied()
    }

    /// The lock, while there is one.
    pub fn lock(&self, now: Timestamp) -> Option<Lock> {
        self.lock.filter(|lock| now < lock.until)
    }

    /// Why the code with this digest no longer works, if it is one of the last two hours.
    ///
    /// Every retired code is compared, so that the time it takes says nothing.
    pub fn retired(&self, digest: &Digest, now: Timestamp) -> Option<Retirement> {
        self.retired
            .iter()
            .filter(|code| code.digest == *digest && now.since(code.at) < RETIRED_CODE_LIFE)
            .fold(None, |_, code| Some(code.why))
    }

    /// The last time step accepted of an authenticator.
    pub fn accepted_step(&self, authenticator: &AuthenticatorId) -> Option<u64> {
        self.steps
            .iter()
            .find(|accepted| accepted.authenticator == *authenticator)
            .map(|accepted| accepted.step)
    }

    /// When nothing of it matters any more, if nothing is added.
    pub fn forget_at(&self, now: Timestamp) -> Timestamp {
        let window = now + Duration::from_secs(u64::from(WINDOW_SECONDS_MAX));
        self.lock.map_or(window, |lock| lock.until.max(window))
    }

    fn prune(&mut self, now: Timestamp) {
        let longest = Duration::from_secs(u64::from(WINDOW_SECONDS_MAX));
        for moments in self.counters.values_mut() {
            moments.retain(|moment| *moment + longest > now);
        }
        self.counters.retain(|_, moments| !moments.is_empty());
        self.retired
            .retain(|code| now.since(code.at) < RETIRED_CODE_LIFE);
        self.lock = self.lock(now);
    }
}

/// Adds to the end, and drops from the beginning what exceeds the bound.
fn push_bounded<T>(list: &mut Vec<T>, item: T, max: usize) {
    list.push(item);
    let excess = list.len().saturating_sub(max);
    list.drain(..excess);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::EngineKey;

    const DAY: Duration = Duration::from_hours(24);

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(seconds)
    }

    #[test]
    fn a_try_counts_until_the_window_has_passed_it() {
        let mut ledger = Ledger::default();
        ledger.apply(&Entry::Count(Counter::Text), at(0));
        let hour = Duration::from_hours(1);
        assert_eq!(ledger.count(Counter::Text, hour, at(3599)), 1);
        assert_eq!(ledger.count(Counter::Text, hour, at(3600)), 0);
    }

    #[test]
    fn a_success_clears_counters_and_lock_but_not_resets() {
        let mut ledger = Ledger::default();
        for counter in [Counter::Identity, Counter::Reset] {
            ledger.apply(&Entry::Count(counter), at(0));
        }
        let lock = Lock {
            until: at(9),
            blocked: Blocked::SmsCodes,
        };
        ledger.apply(&Entry::Lock(lock), at(0));
        ledger.apply(&Entry::ClearCounters, at(1));
        assert_eq!(ledger.count(Counter::Identity, DAY, at(1)), 0);
        assert_eq!(ledger.count(Counter::Reset, DAY, at(1)), 1);
        assert_eq!(ledger.lock(at(1)), None);
    }

    #[test]
    fn no_list_grows_without_end() {
        let key = EngineKey::new([0; 32]);
        let mut ledger = Ledger::default();
        for moment in 0..500_u16 {
            let digest = key.digest("test", &[&moment.to_be_bytes()]);
            let now = at(i64::from(moment));
            ledger.apply(&Entry::Count(Counter::Mail), now);
            let why = Retirement::Superseded;
            ledger.apply(&Entry::RetireCode { digest, why }, now);
        }
        assert_eq!(ledger.count(Counter::Mail, DAY, at(500)), MOMENTS_MAX);
        assert_eq!(ledger.retired.len(), RETIRED_CODES_MAX);
    }

    #[test]
    fn a_retired_code_is_recognised_for_two_hours() {
        let digest = EngineKey::new([0; 32]).digest("test", &[]);
        let mut ledger = Ledger::default();
        let why = Retirement::Expired;
        ledger.apply(&Entry::RetireCode { digest, why }, at(0));
        assert_eq!(ledger.retired(&digest, at(7199)), Some(why));
        assert_eq!(ledger.retired(&digest, at(7200)), None);
    }
}
