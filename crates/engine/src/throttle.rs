//! How often what may be tried, as data of a policy.
//!
//! The default is the reference's throttling (Microsoft Entra documentation, `passwords-faq`). A limit of five lets five
//! tries through; the sixth within the window locks.

use core::time::Duration;

use postern_protocol::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ledger::{Counter, Ledger};

/// The longest window: what is older is not kept in a [`Ledger`].
pub const WINDOW_SECONDS_MAX: u32 = 24 * 60 * 60;

/// More consecutive failures than this no authenticator may see (NIST SP 800-63B-4 section 3.2.2).
pub const TRIES_MAX: u8 = 100;

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

    /// How many more tries it lets through before one locks.
    pub(crate) fn left(self, counter: Counter, ledger: &Ledger, now: Timestamp) -> u8 {
        let window = Duration::from_secs(u64::from(self.window_seconds));
        let tries = ledger.count(counter, window, now);
        self.tries
            .saturating_sub(u8::try_from(tries).unwrap_or(u8::MAX))
    }
}

/// The limit of each counter, and how long a lock lasts.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Throttles {
    /// Proofs that were wrong, of any method.
    pub identity: Limit,
    /// Phone numbers that were typed and judged, and calls placed again to a number that was right.
    pub phone_number: Limit,
    /// Text messages sent.
    pub text: Limit,
    /// Mails with a code sent.
    pub mail: Limit,
    /// Codes of an authenticator app that were tried, right or wrong.
    pub authenticator_code: Limit,
    /// Times that questions were answered, rightly or wrongly.
    pub questions: Limit,
    /// Times that the account was reset or unlocked.
    pub reset: Limit,
    /// Mails to the administrators about this person. Exceeding it locks nothing: the mail is left out.
    pub help: Limit,
    /// How long a lock lasts, counted from the try that brought it about.
    pub lock_seconds: u32,
}

impl Throttles {
    /// The reference's limits; that on mails to administrators, of which the reference says nothing, is our own.
    pub const REFERENCE: Self = Self {
        identity: Limit::new(5, 24 * 60 * 60),
        phone_number: Limit::new(5, 60 * 60),
        text: Limit::new(5, 60 * 60),
        mail: Limit::new(10, 10 * 60),
        authenticator_code: Limit::new(5, 60 * 60),
        questions: Limit::new(5, 60 * 60),
        reset: Limit::new(5, 60 * 60),
        help: Limit::new(5, 60 * 60),
        lock_seconds: 24 * 60 * 60,
    };

    /// The limit of a counter.
    pub const fn limit(&self, counter: Counter) -> Limit {
        match counter {
            Counter::Identity => self.identity,
            Counter::PhoneNumber => self.phone_number,
            Counter::Text => self.text,
            Counter::Mail => self.mail,
            Counter::AuthenticatorCode => self.authenticator_code,
            Counter::Questions => self.questions,
            Counter::Reset => self.reset,
            Counter::Help => self.help,
        }
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
