//! What the service remembers about a subject beyond one attempt: tries, locks, and codes that no
//! longer work.
//!
//! The engine reads the ledger and orders what to add ([`Entry`]). The host adds it in the
//! transaction that stores the attempt, so that two requests at the same time cannot both count as
//! the fifth.
//!
//! Each account has one ledger for all its identifiers; locks are decided by its counts. Each count
//! is also kept for the typed identifier ([`Alias`]), so that what the page shows under one
//! identifier reveals nothing about another.

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

/// How long a retired code is still recognised, so that the page can say why it no longer works
/// instead of "wrong" (GOV.UK Design System, "Confirm a phone number").
pub const RETIRED_CODE_LIFE: Duration = Duration::from_hours(2);

/// The maximum number of retired codes that are kept. It exceeds what the throttles allow while a
/// person waits for a code: five texts, and ten mails in ten minutes.
const RETIRED_CODES_MAX: usize = 64;

/// The maximum number of moments that are kept of each counter: one more than any limit, so that an
/// exceeded limit is visible.
const MOMENTS_MAX: usize = TRIES_MAX as usize + 1;

/// The maximum number of authenticators of one account whose last code is remembered. The reference
/// lets a person register ten.
const AUTHENTICATORS_MAX: usize = 16;

/// The maximum number of identifiers of one account that have counts of their own in a day. It
/// bounds the data of an account, however many names a directory gives it. The reference lets a
/// person have a handful.
///
/// Tries under a further identifier count only for the account. No number that is shown under
/// another identifier changes, and limits and locks apply to all of them. A person who types the
/// further identifier sees the full number of tries each time, and its lock comes without a
/// warning. The next day the identifier can have its own counts.
const ALIASES_MAX: usize = 16;

/// How long consecutive failures of an authenticator are kept: only a success or a lift by an
/// administrator ends them (NIST SP 800-63B-4 section 3.2.2). Ten years are longer than any
/// authenticator is in use.
const FAILURES_KEPT: Duration = Duration::from_hours(10 * 365 * 24);

/// Why a code no longer works.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Retirement {
    /// The time of the code, or of its attempt, was over.
    Expired,
    /// Another code was sent, or another method was started.
    Superseded,
    /// The code passed its gate.
    Used,
}

/// A lock, and its cause.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Lock {
    /// When it ends.
    pub until: Timestamp,
    /// The action that was tried too often.
    pub blocked: Blocked,
    /// When the try happened that caused the lock.
    #[serde(default)]
    pub since: Timestamp,
    /// The support code of the attempt with that try.
    #[serde(default)]
    pub support_code: Option<SupportCode>,
    /// The identifier under which that try was made.
    #[serde(default)]
    pub alias: Option<Alias>,
    /// Whether a success under another identifier has ended the lock. It then applies only under
    /// its own identifier, where the page has shown it.
    #[serde(default)]
    pub is_ended_elsewhere: bool,
}

impl Lock {
    /// A lock of which only cause and end are known.
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

    /// Whether the lock closes this method, in a policy whose locks close only one method.
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

/// An addition to a ledger, at the moment of the call that ordered it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Entry {
    /// One more on this counter, under the typed identifier.
    Count {
        /// The counter.
        counter: Counter,
        /// The identifier. `None` if the person typed none.
        alias: Option<Alias>,
    },
    /// A lock: no more tries before its end.
    Lock(Lock),
    /// A reset or unlock succeeded. All counters of the account except the one of resets begin
    /// anew, and so do those of the typed identifier. What the page shows under the account's other
    /// identifiers stays.
    ClearCounters {
        /// The identifier. `None` if the person typed none: then the counters of all identifiers
        /// begin anew.
        alias: Option<Alias>,
    },
    /// An administrator ends every lock and clears the counts that caused it.
    Lift,
    /// The person tried a code that none of these authenticators shows.
    FailAuthenticators(Vec<AuthenticatorId>),
    /// A code that no longer works.
    RetireCode {
        /// The digest of the code.
        digest: Digest,
        /// Why it no longer works.
        why: Retirement,
    },
    /// A code of an authenticator was accepted. Its time step and all earlier ones are used up.
    AcceptStep {
        /// The authenticator.
        authenticator: AuthenticatorId,
        /// The step (RFC 6238 section 4.2).
        step: u64,
    },
}

/// What the service remembers about one subject.
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
    /// One lock for each reason, and locks from versions without a reason.
    #[serde(alias = "lock", deserialize_with = "one_or_several")]
    locks: Vec<Lock>,
    retired: Vec<RetiredCode>,
    /// What is known about each authenticator.
    steps: Vec<AcceptedStep>,
    /// The same counters for each typed identifier.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    aliases: BTreeMap<Alias, Counters>,
}

type Counters = BTreeMap<Counter, Vec<Timestamp>>;

/// Reads the list of locks. Before a policy could have several locks, the field was one lock or
/// null.
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
    /// The number of wrong codes since the last accepted code.
    #[serde(default, skip_serializing_if = "is_zero")]
    failures: u8,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
const fn is_zero(number: &u8) -> bool {
    *number == 0
}

impl Ledger {
    /// Adds an entry, and removes data that is too old to matter.
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

    /// Begins anew after a success under an identifier. What the page shows under other identifiers
    /// stays, because it reveals nothing about this one.
    fn clear(&mut self, alias: Option<Alias>) {
        let is_elsewhere = |other: Alias| alias.is_some_and(|alias| alias != other);
        let under = self.aliases.iter_mut();
        let under = under.filter(|(other, _)| !is_elsewhere(**other));
        let counters = core::iter::once(&mut self.counters).chain(under.map(|(_, it)| it));
        for counters in counters {
            counters.retain(|counter, _| !counter.ends_with_success());
        }
        // Another person's failures do not lock out the person who has just proved who they are. A
        // lock stays only under the identifier that has shown it. A lock that several identifiers
        // caused together was shown nowhere.
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

    /// The entry of an authenticator.
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

    /// The counters of an identifier. `None` above the limit.
    fn counters_of(&mut self, alias: Alias) -> Option<&mut Counters> {
        let has_room = self.aliases.len() < ALIASES_MAX || self.aliases.contains_key(&alias);
        has_room.then(|| self.aliases.entry(alias).or_default())
    }

    /// What the page may show under an identifier: the counts under it, and the locks that were
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

    /// The number of counts within the window that ends now.
    pub fn count(&self, counter: Counter, window: Duration, now: Timestamp) -> usize {
        self.counted(counter, window, now).len()
    }

    /// The moments of the counts within the window that ends now, oldest first.
    pub(crate) fn counted(
        &self,
        counter: Counter,
        window: Duration,
        now: Timestamp,
    ) -> &[Timestamp] {
        within(&self.counters, counter, window, now)
    }

    /// The number of counts within the window that ends now, under this identifier alone: the
    /// number that the page may show under it.
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

    /// The number of wrong tries in a day under this identifier. It decides how much proof of work
    /// the next attempt costs.
    pub fn failures_under(&self, alias: Alias, now: Timestamp) -> usize {
        let day = Duration::from_secs(u64::from(WINDOW_SECONDS_MAX));
        let count = |counter| self.count_under(alias, counter, day, now);
        Counter::FAILURES.into_iter().map(count).max().unwrap_or(0)
    }

    /// All counts of a day, for an administrator.
    pub fn counts(&self, now: Timestamp) -> impl Iterator<Item = (Counter, usize)> {
        let day = Duration::from_secs(u64::from(WINDOW_SECONDS_MAX));
        let counters = self.counters.keys().copied();
        counters
            .map(move |counter| (counter, self.count(counter, day, now)))
            .filter(|(_, count)| *count > 0)
    }

    /// The moment of the last count.
    pub fn last(&self, counter: Counter) -> Option<Timestamp> {
        self.counters.get(&counter)?.last().copied()
    }

    /// The last moment at which the service sent something: each moment counts only if it is at
    /// least `pause` after the one before. For a request that came too soon, the service sent
    /// nothing.
    pub(crate) fn last_apart(&self, counter: Counter, pause: Duration) -> Option<Timestamp> {
        let moments = self.counters.get(&counter)?.iter().copied();
        moments.reduce(|last, moment| if moment < last + pause { last } else { moment })
    }

    /// The lock that ends last, if there is one.
    pub fn lock(&self, now: Timestamp) -> Option<Lock> {
        self.locks(now).max_by_key(|lock| lock.until)
    }

    /// Every lock that is not over.
    pub fn locks(&self, now: Timestamp) -> impl Iterator<Item = Lock> {
        let locks = self.locks.iter().copied();
        locks.filter(move |lock| now < lock.until)
    }

    /// Why the code with this digest no longer works, if it was retired in the last two hours.
    ///
    /// The function compares every retired code, so that its time reveals nothing.
    pub fn retired(&self, digest: &Digest, now: Timestamp) -> Option<Retirement> {
        self.retired
            .iter()
            .filter(|code| code.digest == *digest && now.since(code.at) < RETIRED_CODE_LIFE)
            .fold(None, |_, code| Some(code.why))
    }

    /// The last accepted time step of an authenticator.
    pub fn accepted_step(&self, authenticator: &AuthenticatorId) -> Option<u64> {
        self.steps
            .iter()
            .find(|accepted| accepted.authenticator == *authenticator)
            .and_then(|accepted| accepted.step)
    }

    /// The number of consecutive wrong codes of an authenticator.
    pub fn failures_in_a_row(&self, authenticator: &AuthenticatorId) -> u8 {
        let mut apps = self.steps.iter();
        apps.find(|app| app.authenticator == *authenticator)
            .map_or(0, |app| app.failures)
    }

    /// Whether an authenticator is disabled because of too many consecutive wrong codes (NIST SP
    /// 800-63B-4 section 3.2.2).
    pub fn is_disabled(&self, authenticator: &AuthenticatorId) -> bool {
        self.failures_in_a_row(authenticator) >= TRIES_MAX
    }

    /// Whether an authenticator of this account is disabled.
    pub(crate) fn has_disabled(&self, account: &Account) -> bool {
        let mut apps = account.registration.authenticators.iter();
        apps.any(|app| self.is_disabled(&app.id))
    }

    /// The moment at which the ledger no longer matters, if nothing is added.
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

/// The moments of a counter within the window. Moments are kept in the order of their arrival, so
/// they are the last ones.
fn within(counters: &Counters, counter: Counter, window: Duration, now: Timestamp) -> &[Timestamp] {
    let moments = counters.get(&counter).map_or(&[][..], Vec::as_slice);
    let is_over = |moment: &&Timestamp| **moment + window <= now;
    let over = moments.iter().take_while(is_over).count();
    moments.get(over..).unwrap_or_default()
}

/// Adds an item at the end, and removes items above the limit from the beginning.
fn push_bounded<T>(list: &mut Vec<T>, item: T, max: usize) {
    list.push(item);
    let excess = list.len().saturating_sub(max);
    list.drain(..excess);
}

#[cfg(test)]
mod tests;
