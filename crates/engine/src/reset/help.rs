//! Requests for help: one mail to one tier of administrators.
//!
//! The helpdesk comes first, then user administrators, then global administrators, with a hundred
//! recipients at most (Microsoft Entra documentation, `concept-sspr-howitworks`).

use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use postern_protocol::{Notice, ProblemKind};

use crate::audit::Reason;
use crate::command::{Command, HelpRequest, Mail, MailContent, RECIPIENTS_MAX};
use crate::ledger::{Counter, Lock};
use crate::reset::next::Next;
use crate::reset::states::State;
use crate::turn::Turn;
use crate::{Open, Tenant};

/// How long delivery of a request for help is tried. After that the person no longer waits for an
/// answer.
const HELP_LIFE: Duration = Duration::from_hours(24);

/// Whether the tenant has an administrator who can be asked.
pub(crate) fn is_staffed(tenant: Option<&Tenant>) -> bool {
    tenant.is_some_and(|tenant| !tenant.administrators.first_tier().is_empty())
}

/// Asks the administrators for help, once for each attempt.
pub(crate) fn ask(mut open: Open, turn: &mut Turn<'_>) -> Next {
    if !open.can_ask_for_help() || !is_staffed(turn.tenant()) {
        return Next::but(open, ProblemKind::NotExpected);
    }
    let lock = lock_of(&open, turn);
    let case = &mut open.case;
    turn.notice(Notice::HelpRequested);
    if case.help_requested_at.is_some() {
        return open.into();
    }
    case.help_requested_at = Some(turn.now());
    let reason = Reason::ContactedAdministrator(case.claim.last_method);
    let request = HelpRequest {
        identifier: case.claim.identifier.clone(),
        account: case.account().cloned(),
        last_method: case.claim.last_method,
        at: turn.now(),
        lock,
    };
    let letterhead = turn.letterhead(&case.claim);
    // Above the limit, no mail is sent. The administrators already know of the request, and an
    // attacker could otherwise fill their mailbox with cheap attempts.
    if turn.left_to_account(Counter::Help) > 0 {
        turn.count(Counter::Help);
        turn.order(Command::SendMail(Mail {
            to: turn.tenant().map(recipients).unwrap_or_default(),
            content: MailContent::HelpRequest(request),
            is_app_disabled: false,
            deadline: turn.now() + HELP_LIFE,
            letterhead,
        }));
    }
    turn.audit(&case.claim, reason);
    open.into()
}

/// The lock that the page shows to the person, or one that another of their attempts caused.
fn lock_of(open: &Open, turn: &Turn<'_>) -> Option<Lock> {
    let own = if let State::Locked(state) = &open.at {
        state.lock
    } else {
        None
    };
    let locks = turn.ledger().locks(turn.now());
    let standing =
        locks.filter(|lock| !lock.is_ended_elsewhere || lock.alias == Some(open.case.claim.alias));
    standing.max_by_key(|lock| lock.until).or(own)
}

/// The addresses of the administrators who are asked for help: the first tier that is not empty,
/// with [`RECIPIENTS_MAX`] addresses at most.
pub fn recipients(tenant: &Tenant) -> Vec<String> {
    let tier = tenant.administrators.first_tier().iter();
    tier.take(RECIPIENTS_MAX)
        .map(|administrator| administrator.email.clone())
        .collect()
}
