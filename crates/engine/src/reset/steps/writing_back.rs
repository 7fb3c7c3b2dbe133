//! The directory's result of a write, and its consequences.

use postern_protocol::{ProblemKind, Purpose, Refusal};

use crate::audit::{Activity, AuditResult, Reason};
use crate::ledger::Counter;
use crate::reset::next::Next;
use crate::reset::states::{ChoosingPassword, Done, State, WRITE_BACK_PATIENCE, WritingBack};
use crate::turn::Turn;
use crate::{Case, Open, Written};

impl WritingBack {
    pub(crate) fn begin(case: Case, turn: &Turn<'_>) -> Open {
        let since = turn.now();
        Open::new(case, Self { since })
    }

    /// Returns to the state that ordered the write if the answer counts as lost. Until then the
    /// state stays.
    pub(crate) fn or_give_up(self, case: Case, turn: &mut Turn<'_>) -> Open {
        if turn.now().since(self.since) < WRITE_BACK_PATIENCE {
            return Open::new(case, self);
        }
        audit(
            &case,
            Reason::Refused(Refusal::OnPremisesConnectivity),
            turn,
        );
        back(case, Lost::Answer)
    }

    /// Handles the directory's result.
    pub(crate) fn written(case: Case, written: Written, turn: &mut Turn<'_>) -> Next {
        match written {
            Written::Done => Done::begin(case, turn).into(),
            Written::Refused(rule) => {
                turn.count(Counter::RefusedPassword);
                audit(&case, Reason::PasswordAgainstDirectory, turn);
                let problem = match case.claim.purpose {
                    Purpose::Reset => ProblemKind::DirectoryRefused(rule),
                    // No rule about passwords can prevent an unlock.
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

/// What a failed write has lost.
#[derive(Clone, Copy)]
enum Lost {
    /// The password. Nothing was changed.
    Password,
    /// The answer. It is unknown whether anything was changed.
    Answer,
}

fn back(case: Case, lost: Lost) -> Open {
    match case.claim.purpose {
        Purpose::Reset => {
            let state = ChoosingPassword {
                outcome_unknown: matches!(lost, Lost::Answer),
                was_refused: true,
            };
            Open::new(case, state)
        }
        Purpose::Unlock => Open::new(case, State::ConfirmingUnlock),
    }
}

fn audit(case: &Case, reason: Reason, turn: &mut Turn<'_>) {
    let activity = match case.claim.purpose {
        Purpose::Reset => Activity::ResetPassword,
        Purpose::Unlock => Activity::UnlockAccount,
    };
    turn.audit_as(&case.claim, activity, reason, AuditResult::Failure);
}
