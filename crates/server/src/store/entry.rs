//! Tracks whether the keys of this process still open the database. They do not after another
//! process exchanged the key. Then this process neither reads nor seals nor chains anything until
//! its keys open the database again.

use std::sync::atomic::{AtomicBool, Ordering};

use serde::de::IgnoredAny;
use sqlx::Row;
use sqlx::any::AnyRow;
use tracing::{error, info, warn};

use super::Result;
use super::vault::Vault;
use crate::keys::Keys;
use crate::metrics;
use crate::seal::Seal;

/// The result of the last try of the keys.
pub(super) struct KeyTrial {
    seal: Seal,
    is_shut: AtomicBool,
    is_behind: AtomicBool,
}

impl KeyTrial {
    pub(super) fn new(keys: &Keys) -> Self {
        Self {
            seal: Vault::seal(keys),
            is_shut: AtomicBool::new(false),
            is_behind: AtomicBool::new(false),
        }
    }

    /// Whether the keys opened the database at the last try.
    pub(super) fn is_open(&self) -> bool {
        !self.is_shut.load(Ordering::SeqCst)
    }

    /// Whether a key other than the first had sealed the database at the last try.
    pub(super) fn is_behind(&self) -> bool {
        self.is_behind.load(Ordering::SeqCst)
    }

    /// Whether the keys open the database. Updates the metrics, and logs a change. A database
    /// without a vault counts as open.
    pub(super) fn tried(&self, row: Option<&AnyRow>) -> Result<bool> {
        let sealed: Option<Vec<u8>> = row.map(|row| row.try_get(0)).transpose()?;
        let is_shut = sealed
            .as_ref()
            .is_some_and(|sealed| self.seal.open::<IgnoredAny>(sealed).is_err());
        let is_of_first = sealed.is_none_or(|sealed| sealed.starts_with(&self.seal.prefix()));
        let is_behind = !is_shut && !is_of_first;
        metrics::keys(is_shut, is_behind);
        let was_shut = self.is_shut.swap(is_shut, Ordering::SeqCst);
        if is_shut && !was_shut {
            error!(
                "the key of the database was exchanged, and this process does not have the new one. It answers, seals and chains nothing \
                 until you add the key to its configuration and restart it"
            );
        } else if was_shut && !is_shut {
            info!("the keys of this process open the database again");
        }
        if is_behind && !self.is_behind.swap(is_behind, Ordering::SeqCst) {
            warn!(
                "the database is sealed with a configured key that is not the first: put that key first and restart this process before \
                 you remove the other keys anywhere"
            );
        }
        self.is_behind.store(is_behind, Ordering::SeqCst);
        Ok(!is_shut)
    }
}
