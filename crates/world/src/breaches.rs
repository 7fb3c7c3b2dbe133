//! A set of breached passwords in memory. A test or the demo can make it fail.

use alloc::collections::BTreeSet;
use alloc::string::String;

use postern_engine::Breach;
use postern_protocol::password::NewPassword;
use serde::{Deserialize, Serialize};

/// Passwords that count as breached.
#[derive(Default, Deserialize, Serialize)]
pub struct Breaches {
    passwords: BTreeSet<String>,
    /// Whether the service does not answer. Then no password is accepted.
    pub is_unreachable: bool,
}

impl Breaches {
    /// Adds a password.
    pub fn add(&mut self, password: &str) {
        self.passwords.insert(password.into());
    }

    /// Every password.
    pub fn passwords(&self) -> impl Iterator<Item = &str> {
        self.passwords.iter().map(String::as_str)
    }

    pub(crate) fn look_up(&self, password: &NewPassword) -> Breach {
        if self.is_unreachable {
            Breach::Unknown
        } else if self.passwords.contains(password.reveal()) {
            Breach::Found
        } else {
            Breach::NotFound
        }
    }
}
