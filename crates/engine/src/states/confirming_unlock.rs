//! Every gate is passed: the account can be unlocked, with the password as it is.
//!
//! One press and nothing to type; it waits for that press because a page may be reloaded at any moment.

use serde::{Deserialize, Serialize};

use super::WritingBack;
use crate::command::{Command, UnlockAccount};
use crate::turn::{Next, Turn};
use crate::{Case, arrival};

/// The last press before the account is unlocked.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ConfirmingUnlock {
    pub(crate) case: Case,
}

impl ConfirmingUnlock {
    /// Has the account unlocked.
    pub(crate) fn unlock(self, turn: &mut Turn<'_>) -> Next {
        let account = match arrival::readmit(&self.case, turn) {
            Ok((_, account)) => account,
            Err(turned_away) => return turned_away.end(self.case, turn),
        };
        turn.order(Command::UnlockAccount(UnlockAccount {
            account: account.id.clone(),
        }));
        WritingBack::begin(self.case, turn).into()
    }
}
