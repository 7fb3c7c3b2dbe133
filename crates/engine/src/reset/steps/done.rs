//! The person is back in.
//!
//! The service notifies the person and the administrators as the policy says, so that they notice a
//! reset that was not theirs (Microsoft Entra documentation, `concept-sspr-howitworks`; NIST SP
//! 800-63B-4 section 4.6).

use alloc::string::String;
use alloc::vec::Vec;

use postern_protocol::Purpose;

use crate::account::Account;
use crate::audit::{Activity, AuditResult, Reason};
use crate::command::{Command, Mail, MailContent, NOTICE_LIFE, RECIPIENTS_MAX};
use crate::identifier::normalise;
use crate::ledger::{Counter, Entry};
use crate::reset::states::Done;
use crate::turn::Turn;
use crate::{Case, Open, Subject, mask};

/// The time in minutes until other systems have copied the password (Microsoft Entra documentation,
/// `tutorial-enable-sspr-writeback`).
const SYNCHRONISATION_MINUTES: u8 = 2;

impl Done {
    /// Notifies the person and the administrators as the policy says, and resets the counters.
    pub(crate) fn begin(case: Case, turn: &mut Turn<'_>) -> Open {
        let at = turn.now();
        turn.record(Entry::ClearCounters {
            alias: Some(case.claim.alias),
        });
        turn.count(Counter::Reset);
        let notified = turn
            .account_of(&case.claim)
            .map(|account| notify(account, &case, turn))
            .unwrap_or_default();
        let (activity, reason) = match case.claim.purpose {
            Purpose::Reset => (Activity::ResetPassword, Reason::CompletedReset),
            Purpose::Unlock => (Activity::UnlockAccount, Reason::Unlocked),
        };
        turn.audit_as(&case.claim, activity, reason, AuditResult::Success);
        if case.claim.purpose == Purpose::Reset {
            turn.audit(&case.claim, Reason::Succeeded);
        }
        let state = Self {
            effective_in_minutes: effective_in_minutes(&case),
            at,
            notified,
        };
        Open::new(case, state)
    }
}

/// A new password takes time to reach the systems that copy it from the directory. An unlock is not
/// copied.
const fn effective_in_minutes(case: &Case) -> u8 {
    match (&case.claim.subject, case.claim.purpose) {
        (
            Subject::Account {
                on_premises: true, ..
            },
            Purpose::Reset,
        ) => SYNCHRONISATION_MINUTES,
        (Subject::Account { .. } | Subject::Decoy(_), Purpose::Reset | Purpose::Unlock) => 0,
    }
}

/// Sends a mail to the person, and to the other administrators if the person is one. Returns the
/// person's addresses, masked.
fn notify(account: &Account, case: &Case, turn: &mut Turn<'_>) -> Vec<String> {
    let at = turn.now();
    let deadline = at + NOTICE_LIFE;
    let own = account.notified_addresses();
    let notified = own.iter().map(|address| mask::email(address)).collect();
    let letterhead = turn.letterhead(&case.claim);
    if !own.is_empty() {
        let content = match case.claim.purpose {
            Purpose::Reset => MailContent::PasswordReset { at },
            Purpose::Unlock => MailContent::AccountUnlocked { at },
        };
        turn.order(Command::SendMail(Mail {
            to: own.clone(),
            content,
            is_app_disabled: turn.ledger().has_disabled(account),
            deadline,
            letterhead: letterhead.clone(),
        }));
    }
    let others = other_administrators(account, &own, turn);
    if account.person.is_administrator && case.claim.purpose == Purpose::Reset && !others.is_empty()
    {
        turn.order(Command::SendMail(Mail {
            to: others,
            content: MailContent::AdministratorPasswordReset {
                identifier: case.claim.identifier.clone(),
                at,
            },
            is_app_disabled: false,
            deadline,
            letterhead,
        }));
    }
    notified
}

fn other_administrators(account: &Account, own: &[String], turn: &Turn<'_>) -> Vec<String> {
    let mut others: Vec<String> = Vec::new();
    let Some(tenant) = turn.tenant() else {
        return others;
    };
    for administrator in tenant.administrators.all() {
        let is_known = |address: &String| normalise(address) == normalise(&administrator.email);
        let is_themself = administrator.account == account.person.id || own.iter().any(is_known);
        if !is_themself && !others.iter().any(is_known) && others.len() < RECIPIENTS_MAX {
            others.push(administrator.email.clone());
        }
    }
    others
}
