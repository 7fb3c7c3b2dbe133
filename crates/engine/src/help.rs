//! Contacting the administrators: one mail, to one tier of them.
//!
//! Helpdesk first, then user administrators, then global ones, a hundred at most (Microsoft Entra documentation,
//! `concept-sspr-howitworks`).

use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use postern_protocol::{Notice, ProblemKind};

use crate::audit::Reason;
use crate::command::{Command, HelpRequest, Mail, MailContent, RECIPIENTS_MAX};
use crate::ledger::{Counter, Lock};
use crate::turn::{Next, Turn};
use crate::{Attempt, Case, Tenant};

/// A request for help is not delivered after so long: the person no longer waits for an answer.
const HELP_LIFE: Duration = Duration::from_hours(24);

/// Whether the tenant has an administrator who can be asked.
pub(crate) fn is_staffed(tenant: Option<&Tenant>) -> bool {
    tenant.is_some_and(|tenant| !tenant.administrators.first_tier().is_empty())
}

/// Asks them, once for each attempt.
pub(crate) fn ask(mut attempt: Attempt, turn: &mut Turn<'_>) -> Next {
    let is_possible = attempt.can_ask_for_help() && is_staffed(turn.tenant());
    let lock = lock_of(&attempt, turn);
    let Some(case) = attempt.case_mut().filter(|_| is_possible) else {
        return Next::but(attempt, ProblemKind::NotExpected);
    };
    turn.notice(Notice::HelpRequested);
    if case.help_requested_at.is_some() {
        return attempt.into();
    }
    case.help_requested_at = Some(turn.now());
    let reason = Reason::ContactedAdministrator(case.last_method);
    let request = HelpRequest {
        identifier: case.identifier.clone(),
        account: case.account().cloned(),
        last_method: case.last_method,
        at: turn.now(),
        lock,
    };
    let letterhead = turn.letterhead(case);
    // Beyond the limit the administrators know already: attempts cost nothing, and their mailbox is not to be filled.
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
    turn.audit(case, reason);
    attempt.into()
}

/// The lock that the person stands before, or that another attempt of theirs has brought about.
fn lock_of(attempt: &Attempt, turn: &Turn<'_>) -> Option<Lock> {
    let own = match attempt {
        Attempt::Locked(state) => state.lock,
        Attempt::Arriving(_)
        | Attempt::ChoosingPurpose(_)
        | Attempt::ChoosingMethod(_)
        | Attempt::EnteringPhone(_)
        | Attempt::EnteringCode(_)
        | Attempt::EnteringAuthenticatorCode(_)
        | Attempt::AwaitingCall(_)
        | Attempt::AnsweringQuestions(_)
        | Attempt::ChoosingPassword(_)
        | Attempt::ConfirmingUnlock(_)
        | Attempt::WritingBack(_)
        | Attempt::Done(_)
        | Attempt::Refused(_)
        | Attempt::Ended(_) => None,
    };
    let locks = turn.ledger().locks(turn.now());
    let standing = locks
        .filter(|lock| !lock.is_ended_elsewhere || lock.alias == attempt.case().map(Case::alias));
    standing.max_by_key(|lock| lock.until).or(own)
}

/// The addresses of the administrators who are asked for help: those of the first tier that is not empty,
/// [`RECIPIENTS_MAX`] addresses at most.
pub fn recipients(tenant: &Tenant) -> Vec<String> {
    let tier = tenant.administrators.first_tier().iter();
    tier.take(RECIPIENTS_MAX)
        .map(|administrator| administrator.email.clone())
        .collect()
}
