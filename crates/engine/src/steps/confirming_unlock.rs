//! Every gate is passed: the account is unlocked, with the password as it is.

use crate::arrival;
use crate::command::{Command, UnlockAccount};
use crate::states::{ConfirmingUnlock, WritingBack};
use crate::turn::{Next, Turn};

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
