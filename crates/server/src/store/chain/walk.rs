//! Walking the chain while the service runs: a part at a time, so that nothing waits for it.

use sqlx::{Any, Transaction};

use super::{Chain, Link, behind};
use crate::store::{Result, SqlStore};

/// How far the chain was walked.
#[derive(Clone, Debug, Default)]
pub struct Walk {
    /// The last row that is as it was written; `None` before the first part.
    here: Option<Link>,
}

/// What became of a part of a walk.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Walked {
    /// It is whole so far, and there is more of it.
    Part,
    /// It is whole to its end. The next walk begins anew.
    Whole,
    /// It is broken here. The next part tries the same place again.
    Broken,
    /// That is not for this process to say: its keys do not open the database. The next part goes
    /// on here.
    Shut,
}

impl Chain {
    /// Walks so many rows at most. What is forgotten or begun anew meanwhile is left behind.
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
    /// Walks so many rows of the audit log's chain at most, and has the numbers of the service and
    /// its log tell what is found.
    ///
    /// # Errors
    ///
    /// When the store does not do what it is there for.
    pub async fn walk_audit(&self, walk: &mut Walk, limit: i64) -> Result<Walked> {
        // As it is at one moment, so that what is chained and written meanwhile does not wait.
        let mut transaction = self.readers.begin_with(self.dialect.snapshot()).await?;
        if !self.try_entry_in(&mut transaction).await? {
            return Ok(Walked::Shut);
        }
        let walked = self.chain.walk(&mut transaction, walk, limit).await?;
        match walked {
            Walked::Part | Walked::Shut => {}
            Walked::Whole => self.chain.is_whole(),
            Walked::Broken => self.chain.is_broken("a row was changed, removed or put in"),
        }
        Ok(walked)
    }
}
