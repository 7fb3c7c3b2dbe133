//! Every gate is passed, and the service unlocks the account. The password stays the same.

use crate::Case;
use crate::command::{Command, UnlockAccount};
use crate::reset::arrival;
use crate::reset::next::Next;
use crate::reset::states::WritingBack;
use crate::turn::Turn;

/// Orders the unlock of the account.
pub(crate) fn unlock(case: Case, turn: &mut Turn<'_>) -> Next {
    let account = match arrival::readmit(&case, turn) {
        Ok((_, account)) => account,
        Err(turned_away) => return turned_away.end(case, turn),
    };
    turn.order(Command::UnlockAccount(UnlockAccount {
        account: account.person.id.clone(),
    }));
    WritingBack::begin(case, turn).into()
}
