//! The code that an authenticator app shows now is waited for.
//!
//! Nothing was sent, so that there is nothing to expire; every try counts, right or wrong, and each code is taken once.

use postern_protocol::{CodeLength, Method, ProblemKind, TypedCode};
use serde::{Deserialize, Serialize};

use crate::Case;
use crate::audit::{Blocked, Reason};
use crate::ledger::{Counter, Entry};
use crate::passage;
use crate::totp::{self, Verdict};
use crate::turn::{Next, Turn};

/// A code of an app is asked for.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct EnteringAuthenticatorCode {
    pub(crate) case: Case,
}

impl EnteringAuthenticatorCode {
    /// Judges a code.
    pub(crate) fn prove(self, typed: &TypedCode, turn: &mut Turn<'_>) -> Next {
        const METHOD: Method = Method::AuthenticatorCode;
        let length = CodeLength::AUTHENTICATOR;
        if typed.len() != usize::from(length.digits()) {
            return Next::but(self, ProblemKind::CodeMalformed { length });
        }
        let authenticators = turn
            .account_of(&self.case)
            .map_or(&[][..], |account| &account.authenticators);
        let verdict = totp::judge(typed, authenticators, turn.ledger(), turn.now());
        if matches!(verdict, Verdict::Used) {
            return Next::but(self, ProblemKind::CodeUsed);
        }
        if let Err(lock) = turn.count(Counter::AuthenticatorCode, Blocked::by(METHOD)) {
            return passage::lock_out(self, lock, turn);
        }
        if let Verdict::Right {
            authenticator,
            step,
        } = verdict
        {
            turn.record(Entry::AcceptStep {
                authenticator,
                step,
            });
            return passage::pass(self.case, METHOD, turn);
        }
        turn.audit_failure(&self.case, Reason::FailedProof(METHOD));
        if let Err(lock) = turn.count(Counter::Identity, Blocked::by(METHOD)) {
            return passage::lock_out(self, lock, turn);
        }
        let tries_left = tries_left(turn);
        Next::but(self, ProblemKind::CodeWrong { tries_left })
    }
}

/// Codes that may still be tried before the lock.
pub(crate) fn tries_left(turn: &Turn<'_>) -> u8 {
    turn.left(Counter::AuthenticatorCode)
        .min(passage::proofs_left(turn))
}
