//! The directory is being written to while the request waits.
//!
//! This state holds no password. If the host dies before it can report the outcome, the outcome is unknown: the gates
//! stay passed, and the person is told and chooses again.

use core::time::Duration;

use postern_protocol::{ProblemKind, Purpose, Refusal, Timestamp};
use serde::{Deserialize, Serialize};

use super::{ChoosingPassword, ConfirmingUnlock, Done};
use crate::audit::{Activity, AuditResult, Reason};
use crate::ledger::Counter;
use crate::turn::{Next, Turn};
use crate::{Attempt, Case, Written};

/// A directory that has said nothing for so long will say nothing any more: a write takes half a second on average
/// (Microsoft Entra documentation, `passwords-faq`), and no host waits longer than this.
pub const WRITE_BACK_PATIENCE: Duration = Duration::from_mins(1);

/// The directory is being written to.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct WritingBack {
    pub(crate) case: Case,
    pub(crate) since: Timestamp,
}

impl WritingBack {
    pub(crate) const fn begin(case: Case, turn: &Turn<'_>) -> Self {
        Self {
            case,
            since: turn.now(),
        }
    }

    /// Back to where it was ordered once the answer has to be taken for lost; on until then.
    pub(crate) fn or_give_up(self, turn: &mut Turn<'_>) -> Attempt {
        if turn.now().since(self.since) < WRITE_BACK_PATIENCE {
            return self.into();
        }
        audit(
            &self.case,
            Reason::Refused(Refusal::OnPremisesConnectivity),
            turn,
        );
        back(self.case, Lost::Answer)
    }

    /// What the directory said.
    pub(crate) fn written(self, written: Written, turn: &mut Turn<'_>) -> Next {
        let case = self.case;
        match written {
            Written::Done => Done::begin(case, turn).into(),
            Written::Refused(rule) => {
                turn.count(Counter::RefusedPassword);
                audit(&case, Reason::PasswordAgainstDirectory, turn);
                let problem = match case.purpose {
                    Purpose::Reset => ProblemKind::DirectoryRefused(rule),
                    // No rule about passwords can stand in the way of an unlock.
                    Purpose::Unlock => ProblemKind::DirectoryMisconfigured,
                };
                Next::but(back(case, Lost::Password), problem)
            }
            Written::Unreachable => {
                audit(
                    &case,
                    Reason::Refused(Refusal::OnPremisesConnectivity),
                    turn,
                );
                Next::but(
                    back(case, Lost::Password),
                    ProblemKind::DirectoryUnreachable,
                )
            }
            Written::Misconfigured => {
                audit(&case, Reason::Refused(Refusal::OnPremisesAdminAction), turn);
                Next::but(
                    back(case, Lost::Password),
                    ProblemKind::DirectoryMisconfigured,
                )
            }
            Written::Unknown => {
                audit(
                    &case,
                    Reason::Refused(Refusal::OnPremisesConnectivity),
                    turn,
                );
                Next::but(back(case, Lost::Answer), ProblemKind::OutcomeUnknown)
            }
        }
    }
}

/// What a write that failed has cost.
#[derive(Clone, Copy)]
enum Lost {
    /// The password: nothing was changed.
    Password,
    /// The answer: whether anything was changed is unknown.
    Answer,
}

fn back(case: Case, lost: Lost) -> Attempt {
    match case.purpose {
        Purpose::Reset => ChoosingPassword {
            case,
            outcome_unknown: matches!(lost, Lost::Answer),
            was_refused: true,
        }
        .into(),
        Purpose::Unlock => ConfirmingUnlock { case }.into(),
    }
}

fn audit(case: &Case, reason: Reason, turn: &mut Turn<'_>) {
    let activity = match case.purpose {
        Purpose::Reset => Activity::ResetPassword,
        Purpose::Unlock => Activity::UnlockAccount,
    };
    turn.audit_as(case, activity, reason, AuditResult::Failure);
}
