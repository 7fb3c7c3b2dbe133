//! The limits of tries, as data of a policy.
//!
//! The defaults are the reference's throttling (Microsoft Entra documentation, `passwords-faq`). A
//! limit of five wrong tries allows five of them; the sixth within the window locks. A limit on
//! messages never locks: a person who has reached it waits.

use core::time::Duration;

use postern_protocol::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ledger::{Counter, Ledger, TRIES_MAX, WINDOW_SECONDS_MAX};

/// The number of codes to one account by one method in a day, if the policy does not set it. The
/// limits with shorter windows forget within the hour: without this one, an attacker could cause
/// 1,440 mails a day to a person.
const CODES_PER_DAY_DEFAULT: u8 = 20;

/// A number of tries in a number of seconds.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limit {
    /// The number of allowed tries: 1 to [`TRIES_MAX`].
    pub tries: u8,
    /// The number of seconds that a try counts: 1 to [`WINDOW_SECONDS_MAX`].
    pub window_seconds: u32,
}

impl Limit {
    const fn new(tries: u8, window_seconds: u32) -> Self {
        Self {
            tries,
            window_seconds,
        }
    }

    /// Whether the limit is within its bounds.
    pub(crate) fn is_possible(self) -> bool {
        (1..=TRIES_MAX).contains(&self.tries)
            && (1..=WINDOW_SECONDS_MAX).contains(&self.window_seconds)
    }

    /// The number of tries that the limit still allows.
    pub(crate) fn left(self, counter: Counter, ledger: &Ledger, now: Timestamp) -> u8 {
        let tries = ledger.count(counter, self.window(), now);
        self.tries
            .saturating_sub(u8::try_from(tries).unwrap_or(u8::MAX))
    }

    /// Whether there were more tries than the limit allows.
    pub(crate) fn is_exceeded(self, counter: Counter, ledger: &Ledger, now: Timestamp) -> bool {
        ledger.count(counter, self.window(), now) > usize::from(self.tries)
    }

    /// When the limit allows one more try, if that is not now.
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
    /// Wrong proofs of any method.
    pub identity: Limit,
    /// Typed phone numbers that are not the one on file.
    pub phone_number: Limit,
    /// Sent text messages. Exceeding this locks nothing: the person waits.
    pub text: Limit,
    /// Sent mails with a code. Exceeding this locks nothing: the person waits.
    pub mail: Limit,
    /// Calls placed to one phone. Exceeding this locks nothing: the person waits.
    pub call: Limit,
    /// Sent codes, or placed calls, by one method in a day: 1 to [`TRIES_MAX`]. Exceeding this
    /// locks nothing.
    pub codes_per_day: u8,
    /// Wrong codes of an authenticator app.
    pub authenticator_code: Limit,
    /// Wrong answers to the questions.
    pub questions: Limit,
    /// Passwords that the directory refused. Exceeding this locks nothing: the person waits.
    pub refused_password: Limit,
    /// Resets and unlocks of the account.
    pub reset: Limit,
    /// Mails to the administrators about this person. Exceeding this locks nothing: the mail is not
    /// sent.
    pub help: Limit,
    /// How long a lock lasts, counted from the try that caused it.
    pub lock_seconds: u32,
}

impl Throttles {
    /// The reference's limits. Three limits are not in the reference: codes in a day, passwords
    /// that the directory refused, and mails to administrators.
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

    /// The limit of messages by one method in a day.
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
