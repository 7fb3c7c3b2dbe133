//! What is remembered of a subject beyond one attempt: tries, a lock, codes that no longer work.
//!
//! The engine reads it and orders what to add ([`Entry`]); the host adds it in the transaction that
//! stores the attempt, so that two requests at once cannot both be the fifth.
//!
//! There is one for each account, whichever of its identifiers is typed: what locks is counted
//! there. What is counted is also kept by the identifier that was typed ([`Alias`]), so that what
//! is shown under one identifier tells nothing of another.

mod counter;

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::time::Duration;

use postern_protocol::{Method, SupportCode, Timestamp};
use serde::{Deserialize, Deserializer, Serialize};

pub use counter::{Counter, TRIES_MAX, WINDOW_SECONDS_MAX};

use crate::account::{Account, AuthenticatorId};
use crate::audit::Blocked;
use crate::key::{Alias, Digest};

/// How long a code that no longer works is still recognised, to say so instead of "wrong" (GOV.UK
/// Design System, "Confirm a phone number").
pub const RETIRED_CODE_LIFE: Duration = Duration::from_hours(2);

/// Retired codes kept: more than the five texts and the ten mails in ten minutes that the throttles
/// let through in the time that a person waits for a code.
const RETIRED_CODES_MAX: usize = 64;

/// Moments kept of each counter: one more than any limit, so that a limit can be seen to be
/// exceeded.
const MOMENTS_MAX: usize = TRIES_MAX as usize + 1;

/// Authenticators of one account whose last code is remembered: the reference lets a person
/// register ten.
const AUTHENTICATORS_MAX: usize = 16;

/// Identifiers of one account that are counted apart in a day: what is kept of an account is
/// bounded, however many names a directory gives it. The reference lets a person have a handful.
///
/// Tries under a further one count for the account alone: no number that is shown under another
/// identifier changes, and limits and locks hold for all of them. A person who types that further
/// one is shown the full number of tries each time, and its lock comes unannounced; the next day it
/// is counted as the others are.
const ALIASES_MAX: usize = 16;

/// How long failures in a row of an authenticator are kept: nothing but a success or a lift ends
/// them (NIST SP 800-63B-4 section 3.2.2). Ten years are longer than any authenticator is used.
const FAILURES_KEPT: Duration = Duration::from_hours(10 * 365 * 24);

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
    /// When the try was that brought it about.
    #[serde(default)]
    pub since: Timestamp,
    /// The support code of the attempt in which that was.
    #[serde(default)]
    pub support_code: Option<SupportCode>,
    /// The identifier under which that was.
    #[serde(default)]
    pub alias: Option<Alias>,
    /// Whether a success under another identifier has ended it: it stands under its own alone,
    /// where it was told.
    #[serde(default)]
    pub is_ended_elsewhere: bool,
}

impl Lock {
    /// A lock that nothing is known of but why and how long.
    pub const fn new(blocked: Blocked, until: Timestamp) -> Self {
        Self {
            until,
            blocked,
            since: until,
            support_code: None,
            alias: None,
            is_ended_elsewhere: false,
        }
    }

    /// Whether it closes a method where a lock closes one method alone.
    pub(crate) const fn closes(&self, method: Method) -> bool {
        match self.blocked {
            Blocked::EmailCodes => matches!(method, Method::Email),
            Blocked::SmsCodes => matches!(method, Method::MobileSms),
            Blocked::MobileCalls => matches!(method, Method::MobileCall),
            Blocked::OfficeCalls => matches!(method, Method::OfficeCall),
            Blocked::Questions => matches!(method, Method::Questions),
            Blocked::AuthenticatorCodes => matches!(method, Method::AuthenticatorCode),
            Blocked::PhoneNumbers => matches!(
                method,
                Method::MobileSms | Method::MobileCall | Method::OfficeCall
            ),
            Blocked::Resets => true,
        }
    }
}

/// Something to be added to a ledger, at the moment of the call that ordered it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Entry {
    /// One more on that counter, under the identifier that was typed.
    Count {
        /// The counter.
        counter: Counter,
        /// The identifier; `None` where none was typed.
        alias: Option<Alias>,
    },
    /// Nothing more until then.
    Lock(Lock),
    /// A reset or unlock succeeded: all counters of the account but that of resets begin anew, and
    /// those of the identifier that was typed. What is shown under its others stays.
    ClearCounters {
        /// The identifier; `None` where none was typed: then those of all begin anew.
        alias: Option<Alias>,
    },
    /// An administrator ends every lock, with what brought it about.
    Lift,
    /// A code was tried that none of these authenticators shows.
    FailAuthenticators(Vec<AuthenticatorId>),
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
/// let counter = Counter::Identity;
/// ledger.apply(&Entry::Count { counter, alias: None }, now);
/// assert_eq!(ledger.count(counter, Duration::from_secs(60), now), 1);
/// let later = now + Duration::from_secs(60);
/// assert_eq!(ledger.count(counter, Duration::from_secs(60), later), 0);
/// ```
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct Ledger {
    counters: Counters,
    /// One for each reason, and those of before there were several.
    #[serde(alias = "lock", deserialize_with = "one_or_several")]
    locks: Vec<Lock>,
    retired: Vec<RetiredCode>,
    /// What is known of each authenticator.
    steps: Vec<AcceptedStep>,
    /// The same counters by the identifier that was typed.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    aliases: BTreeMap<Alias, Counters>,
}

type Counters = BTreeMap<Counter, Vec<Timestamp>>;

/// A lock was one or none before a policy could have several.
fn one_or_several<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Lock>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Several(Vec<Lock>),
        One(Option<Lock>),
    }
    Ok(match Written::deserialize(deserializer)? {
        Written::Several(locks) => locks,
        Written::One(lock) => lock.into_iter().collect(),
    })
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
    /// The last step that was accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    step: Option<u64>,
    /// Wrong codes since.
    #[serde(default, skip_serializing_if = "is_zero")]
    failures: u8,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
const fn is_zero(number: &u8) -> bool {
    *number == 0
}

impl Ledger {
    /// Adds an entry, and drops what is too old to matter.
    pub fn apply(&mut self, entry: &Entry, now: Timestamp) {
        self.prune(now);
        match entry {
            Entry::Count { counter, alias } => {
                push_bounded(self.counters.entry(*counter).or_default(), now, MOMENTS_MAX);
                if let Some(counters) = alias.and_then(|alias| self.counters_of(alias)) {
                    push_bounded(counters.entry(*counter).or_default(), now, MOMENTS_MAX);
                }
            }
            Entry::Lock(lock) => {
                let replaces = (lock.blocked, lock.alias);
                self.locks
                    .retain(|other| (other.blocked, other.alias) != replaces);
                self.locks.push(*lock);
            }
            Entry::ClearCounters { alias } => self.clear(*alias),
            Entry::Lift => {
                self.locks.clear();
                self.aliases.clear();
                self.counters
                    .retain(|counter, _| matches!(counter, Counter::Help));
                for app in &mut self.steps {
                    app.failures = 0;
                }
            }
            Entry::FailAuthenticators(authenticators) => {
                for authenticator in authenticators {
                    let app = self.app(authenticator);
                    app.failures = app.failures.saturating_add(1).min(TRIES_MAX);
                }
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
                let app = self.app(authenticator);
                app.step = Some(*step);
                app.failures = 0;
            }
        }
    }

    /// Begins anew after a success under an identifier. What others show stays: it tells nothing of
    /// this one.
    fn clear(&mut self, alias: Option<Alias>) {
        let is_elsewhere = |other: Alias| alias.is_some_and(|alias| alias != other);
        let under = self.aliases.iter_mut();
        let under = under.filter(|(other, _)| !is_elsewhere(**other));
        let counters = core::iter::once(&mut self.counters).chain(under.map(|(_, it)| it));
        for counters in counters {
            counters.retain(|counter, _| !counter.ends_with_success());
        }
        // Another person's failures do not lock out the person who has just proved who they are: a
        // lock stands on where it was told alone, and one by several identifiers together was told
        // nowhere.
        let is_told = |lock: &Lock| {
            let told = lock.alias.filter(|alias| *alias != Alias::default());
            told.is_some_and(is_elsewhere)
        };
        self.locks
            .retain(|lock| lock.blocked == Blocked::Resets || is_told(lock));
        for lock in &mut self.locks {
            lock.is_ended_elsewhere |= lock.blocked != Blocked::Resets;
        }
    }

    /// What is known of an authenticator.
    fn app(&mut self, authenticator: &AuthenticatorId) -> &mut AcceptedStep {
        let known = self
            .steps
            .iter()
            .position(|app| app.authenticator == *authenticator);
        let place = known.unwrap_or_else(|| {
            let app = AcceptedStep {
                authenticator: authenticator.clone(),
                step: None,
                failures: 0,
            };
            push_bounded(&mut self.steps, app, AUTHENTICATORS_MAX);
            self.steps.len().saturating_sub(1)
        });
        &mut self.steps[place]
    }

    /// The counters of an identifier; `None` beyond the bound.
    fn counters_of(&mut self, alias: Alias) -> Option<&mut Counters> {
        let has_room = self.aliases.len() < ALIASES_MAX || self.aliases.contains_key(&alias);
        has_room.then(|| self.aliases.entry(alias).or_default())
    }

    /// What may be shown under an identifier: what was counted under it, and the locks that were
    /// caused under it or under no identifier.
    #[must_use]
    pub fn seen_under(&self, alias: Alias) -> Self {
        let is_shown = |lock: &Lock| lock.alias.is_none_or(|of| of == alias);
        Self {
            counters: self.aliases.get(&alias).cloned().unwrap_or_default(),
            locks: self.locks.iter().copied().filter(is_shown).collect(),
            ..Self::default()
        }
    }

    /// How often it was counted within the window that ends now.
    pub fn count(&self, counter: Counter, window: Duration, now: Timestamp) -> usize {
        self.counted(counter, window, now).len()
    }

    /// When it was counted within the window that ends now, oldest first.
    pub(crate) fn counted(
        &self,
        counter: Counter,
        window: Duration,
        now: Timestamp,
    ) -> &[Timestamp] {
        within(&self.counters, counter, window, now)
    }

    /// How often it was counted within the window that ends now, under that identifier alone: what
    /// may be shown under it.
    pub fn count_under(
        &self,
        alias: Alias,
        counter: Counter,
        window: Duration,
        now: Timestamp,
    ) -> usize {
        self.aliases
            .get(&alias)
            .map_or(0, |counters| within(counters, counter, window, now).len())
    }

    /// Wrong tries of a day under that identifier: what decides how much work its next attempt
    /// costs.
    pub fn failures_under(&self, alias: Alias, now: Timestamp) -> usize {
        let day = Duration::from_secs(u64::from(WINDOW_SECONDS_MAX));
        let count = |counter| self.count_under(alias, counter, day, now);
        Counter::FAILURES.into_iter().map(count).max().unwrap_or(0)
    }

    /// What was counted within a day, for an administrator to see.
    pub fn counts(&self, now: Timestamp) -> impl Iterator<Item = (Counter, usize)> {
        let day = Duration::from_secs(u64::from(WINDOW_SECONDS_MAX));
        let counters = self.counters.keys().copied();
        counters
            .map(move |counter| (counter, self.count(counter, day, now)))
            .filter(|(_, count)| *count > 0)
    }

    /// When it was last counted.
    pub fn last(&self, counter: Counter) -> Option<Timestamp> {
        self.counters.get(&counter)?.last().copied()
    }

    /// The last of the moments that are so far apart, each from the one before: of what was asked
    /// for too soon after another nothing was sent.
    pub(crate) fn last_apart(&self, counter: Counter, pause: Duration) -> Option<Timestamp> {
        let moments = self.counters.get(&counter)?.iter().copied();
        moments.reduce(|last, moment| if moment < last + pause { last } else { moment })
    }

    /// The lock that lasts longest, while there is one.
    pub fn lock(&self, now: Timestamp) -> Option<Lock> {
        self.locks(now).max_by_key(|lock| lock.until)
    }

    /// Every lock that is not over.
    pub fn locks(&self, now: Timestamp) -> impl Iterator<Item = Lock> {
        let locks = self.locks.iter().copied();
        locks.filter(move |lock| now < lock.until)
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
            .and_then(|accepted| accepted.step)
    }

    /// Wrong codes in a row of an authenticator.
    pub fn failures_in_a_row(&self, authenticator: &AuthenticatorId) -> u8 {
        let mut apps = self.steps.iter();
        apps.find(|app| app.authenticator == *authenticator)
            .map_or(0, |app| app.failures)
    }

    /// Whether so many codes in a row were wrong that an authenticator is taken no more (NIST SP
    /// 800-63B-4 section 3.2.2).
    pub fn is_disabled(&self, authenticator: &AuthenticatorId) -> bool {
        self.failures_in_a_row(authenticator) >= TRIES_MAX
    }

    /// Whether that is so of an authenticator of a person.
    pub(crate) fn has_disabled(&self, account: &Account) -> bool {
        let mut apps = account.authenticators.iter();
        apps.any(|app| self.is_disabled(&app.id))
    }

    /// When nothing of it matters any more, if nothing is added.
    pub fn forget_at(&self, now: Timestamp) -> Timestamp {
        let window = now + Duration::from_secs(u64::from(WINDOW_SECONDS_MAX));
        let kept = if self.steps.iter().any(|app| app.failures > 0) {
            now + FAILURES_KEPT
        } else {
            window
        };
        self.lock(now).map_or(kept, |lock| lock.until.max(kept))
    }

    fn prune(&mut self, now: Timestamp) {
        let longest = Duration::from_secs(u64::from(WINDOW_SECONDS_MAX));
        for counters in core::iter::once(&mut self.counters).chain(self.aliases.values_mut()) {
            for moments in counters.values_mut() {
                moments.retain(|moment| *moment + longest > now);
            }
            counters.retain(|_, moments| !moments.is_empty());
        }
        self.aliases.retain(|_, counters| !counters.is_empty());
        self.retired
            .retain(|code| now.since(code.at) < RETIRED_CODE_LIFE);
        self.locks.retain(|lock| now < lock.until);
    }
}

/// Moments are kept in the order in which they came, so those within the window are the last ones.
fn within(counters: &Counters, counter: Counter, window: Duration, now: Timestamp) -> &[Timestamp] {
    let moments = counters.get(&counter).map_or(&[][..], Vec::as_slice);
    let is_over = |moment: &&Timestamp| **moment + window <= now;
    let over = moments.iter().take_while(is_over).count();
    moments.get(over..).unwrap_or_default()
}

/// Adds to the end, and drops from the beginning what exceeds the bound.
fn push_bounded<T>(list: &mut Vec<T>, item: T, max: usize) {
    list.push(item);
    let excess = list.len().saturating_sub(max);
    list.drain(..excess);
}

#[cfg(test)]
mod tests;
