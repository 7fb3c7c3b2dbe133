//! Walks the chain while the service runs, one part at a time, so that no request waits for it.

use sqlx::{Any, Transaction};

use super::{Chain, Link, behind};
use crate::store::{Result, SqlStore};

/// The progress of a walk.
#[derive(Clone, Debug, Default)]
pub struct Walk {
    /// The last verified row; `None` before the first part.
    here: Option<Link>,
}

/// The result of one part of a walk.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Walked {
    /// The chain is whole so far, and more rows follow.
    Part,
    /// The chain is whole to its end. The next walk starts again from the beginning.
    Whole,
    /// The chain is broken here. The next part tries the same place again.
    Broken,
    /// The keys of this process do not open the database, so it cannot tell. The next part
    /// continues here.
    Shut,
}

impl Chain {
    /// Walks at most `limit` rows. Skips rows that were deleted or left outside meanwhile.
    async fn walk(
        &self,
        transaction: &mut Transaction<'static, Any>,
        walk: &mut Walk,
        limit: i64,
    ) -> Result<Walked> {
        let ends = self.both_ends(transaction).await?;
        let is_there = |here: &Link| here.position >= ends.first.position;
        let before = walk.here.take().filter(is_there);
        let mut here = before.unwrap_or_else(|| ends.first.clone());
        let rows = behind(transaction, &here, limit).await?;
        let mut is_sound = true;
        for row in &rows {
            let Some(next) = self.link(&here, row)? else {
                is_sound = false;
                break;
            };
            here = next;
        }
        let is_part = i64::try_from(rows.len()) == Ok(limit);
        if is_sound && !is_part {
            if self.is_end(&ends, &here) {
                return Ok(Walked::Whole);
            }
            is_sound = false;
        }
        walk.here = Some(here);
        Ok(if is_sound {
            Walked::Part
        } else {
            Walked::Broken
        })
    }
}

impl SqlStore {
    /// Walks at most `limit` rows of the audit log's chain. Reports the result in the metrics and
    /// in the log.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub async fn walk_audit(&self, walk: &mut Walk, limit: i64) -> Result<Walked> {
        // Reads a snapshot, so that chaining and writing need not wait.
        let mut transaction = self.readers.begin_with(self.dialect.snapshot()).await?;
        if !self.try_entry_in(&mut transaction).await? {
            return Ok(Walked::Shut);
        }
        let walked = self.chain.walk(&mut transaction, walk, limit).await?;
        match walked {
            Walked::Part | Walked::Shut => {}
            Walked::Whole => self.chain.is_whole(),
            Walked::Broken => self
                .chain
                .is_broken("a row was changed, removed or inserted"),
        }
        Ok(walked)
    }
}
