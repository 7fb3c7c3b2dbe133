//! Every gate is passed: the account is unlocked, with the password as it is.

use crate::command::{Command, UnlockAccount};
use crate::states::WritingBack;
use crate::turn::{Next, Turn};
use crate::{Case, arrival};

/// Has the account unlocked.
pub(crate) fn unlock(case: Case, turn: &mut Turn<'_>) -> Next {
    let account = match arrival::readmit(&case, turn) {
        Ok((_, account)) => account,
        Err(turned_away) => return turned_away.end(case, turn),
    };
    turn.order(Command::UnlockAccount(UnlockAccount {
        account: account.id.clone(),
    }));
    WritingBack::begin(case, turn).into()
}
