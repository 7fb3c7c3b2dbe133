//! What is opened where there is no account: opening one takes time, by which people who are there could be told from
//! those who are not.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use postern_engine::Account;
use sqlx::Row;

use super::BuiltIn;

/// The account that was opened last of each tenant, as it is sealed.
#[derive(Default)]
pub(super) struct StandIns(Mutex<HashMap<String, Vec<u8>>>);

impl StandIns {
    pub(super) fn keep(&self, tenant: &str, sealed: Vec<u8>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = kept.get_mut(tenant) {
            *last = sealed;
        } else {
            kept.insert(tenant.to_owned(), sealed);
        }
    }

    fn last(&self, tenant: &str) -> Option<Vec<u8>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(tenant).cloned()
    }
}

impl BuiltIn {
    /// Opens an account of the tenant and forgets it again.
    pub(super) async fn open_stand_in(&self, tenant: &str) -> Result<()> {
        let sealed = match self.stand_ins.last(tenant) {
            Some(sealed) => sealed,
            // The first since the start.
            None => {
                let row = sqlx::query("SELECT account FROM accounts WHERE tenant = $1 LIMIT 1")
                    .bind(tenant)
                    .fetch_optional(self.store.readers())
                    .await?;
                let Some(row) = row else { return Ok(()) };
                row.try_get(0)?
            }
        };
        // An account that a key of before has sealed is no reason to answer otherwise.
        let _opened = self.seal.open::<Account>(&sealed);
        self.stand_ins.keep(tenant, sealed);
        Ok(())
    }
}
