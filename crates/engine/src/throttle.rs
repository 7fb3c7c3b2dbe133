//! How often what may be tried, as data of a policy.
//!
//! The default is the reference's throttling (Microsoft Entra documentation, `passwords-faq`). A
//! limit of five on wrong tries lets five of them through; the sixth within the window locks. A
//! limit on what is sent never locks: who has reached it waits.

use core::time::Duration;

use postern_protocol::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ledger::{Counter, Ledger, TRIES_MAX, WINDOW_SECONDS_MAX};

/// Codes sent to one account by one method in a day, unless the policy says otherwise. The limits
/// on shorter windows forget within the hour: without this one, an attacker could have 1,440 mails
/// a day sent to a person.
const CODES_PER_DAY_DEFAULT: u8 = 20;

/// So many tries in so many seconds.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limit {
    /// Tries that are let through: 1 to [`TRIES_MAX`].
    pub tries: u8,
    /// Seconds that a try counts: 1 to [`WINDOW_SECONDS_MAX`].
    pub window_seconds: u32,
}

impl Limit {
    const fn new(tries: u8, window_seconds: u32) -> Self {
        Self {
            tries,
            window_seconds,
        }
    }

    /// Whether it is within the bounds of a limit.
    pub(crate) fn is_possible(self) -> bool {
        (1..=TRIES_MAX).contains(&self.tries)
            && (1..=WINDOW_SECONDS_MAX).contains(&self.window_seconds)
    }

    /// How many more tries it lets through.
    pub(crate) fn left(self, counter: Counter, ledger: &Ledger, now: Timestamp) -> u8 {
        let tries = ledger.count(counter, self.window(), now);
        self.tries
            .saturating_sub(u8::try_from(tries).unwrap_or(u8::MAX))
    }

    /// Whether more was let through than it lets.
    pub(crate) fn is_exceeded(self, counter: Counter, ledger: &Ledger, now: Timestamp) -> bool {
        ledger.count(counter, self.window(), now) > usize::from(self.tries)
    }

    /// When it lets one more through, if that is not now.
    pub(crate) fn opens_at(
        self,
        counter: Counter,
        ledger: &Ledger,
        now: Timestamp,
    ) -> Option<Timestamp> {
        let moments = ledger.counted(counter, self.window(), now);
        let first_in_the_way = moments.len().checked_sub(usize::from(self.tries))?;
        moments
            .get(first_in_the_way)
            .map(|moment| *moment + self.window())
    }

    fn window(self) -> Duration {
        Duration::from_secs(u64::from(self.window_seconds))
    }
}

/// The limit of each counter, and how long a lock lasts.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Throttles {
    /// Proofs that were wrong, of any method.
    pub identity: Limit,
    /// Phone numbers that were typed and are not the one on file.
    pub phone_number: Limit,
    /// Text messages sent. Exceeding it locks nothing: the person waits.
    pub text: Limit,
    /// Mails with a code sent. Exceeding it locks nothing: the person waits.
    pub mail: Limit,
    /// Calls placed to one phone. Exceeding it locks nothing: the person waits.
    pub call: Limit,
    /// Codes sent, or calls placed, by one method in a day: 1 to [`TRIES_MAX`]. Exceeding it locks
    /// nothing.
    pub codes_per_day: u8,
    /// Codes of an authenticator app that were wrong.
    pub authenticator_code: Limit,
    /// Times that questions were answered wrongly.
    pub questions: Limit,
    /// Passwords that the directory refused. Exceeding it locks nothing: the person waits.
    pub refused_password: Limit,
    /// Times that the account was reset or unlocked.
    pub reset: Limit,
    /// Mails to the administrators about this person. Exceeding it locks nothing: the mail is left
    /// out.
    pub help: Limit,
    /// How long a lock lasts, counted from the try that brought it about.
    pub lock_seconds: u32,
}

impl Throttles {
    /// The reference's limits. Those that the reference says nothing of are our own: on codes in a
    /// day, on passwords that the directory refused, and on mails to administrators.
    pub const REFERENCE: Self = Self {
        identity: Limit::new(5, 24 * 60 * 60),
        phone_number: Limit::new(5, 60 * 60),
        text: Limit::new(5, 60 * 60),
        mail: Limit::new(10, 10 * 60),
        call: Limit::new(5, 60 * 60),
        codes_per_day: CODES_PER_DAY_DEFAULT,
        authenticator_code: Limit::new(5, 60 * 60),
        questions: Limit::new(5, 60 * 60),
        refused_password: Limit::new(10, 60 * 60),
        reset: Limit::new(5, 60 * 60),
        help: Limit::new(5, 60 * 60),
        lock_seconds: 24 * 60 * 60,
    };

    /// The limit of a counter.
    pub const fn limit(&self, counter: Counter) -> Limit {
        match counter {
            Counter::Identity | Counter::EmailCode | Counter::TextCode => self.identity,
            Counter::PhoneNumber => self.phone_number,
            Counter::Text => self.text,
            Counter::Mail => self.mail,
            Counter::MobileCall | Counter::OfficeCall => self.call,
            Counter::AuthenticatorCode => self.authenticator_code,
            Counter::Questions => self.questions,
            Counter::RefusedPassword => self.refused_password,
            Counter::Reset => self.reset,
            Counter::Help => self.help,
        }
    }

    /// The limit on what one method sends in a day.
    pub(crate) const fn a_day(&self) -> Limit {
        Limit::new(self.codes_per_day, WINDOW_SECONDS_MAX)
    }

    /// How long a lock lasts.
    pub(crate) fn lock(&self) -> Duration {
        Duration::from_secs(u64::from(self.lock_seconds))
    }
}

impl Default for Throttles {
    fn default() -> Self {
        Self::REFERENCE
    }
}
