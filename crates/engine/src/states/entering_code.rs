//! A code was sent by mail or text, and is waited for.
//!
//! A try is spent before it is compared, and what is compared is digests, in constant time.

use postern_protocol::{CodeLength, Method, ProblemKind, TypedCode};
use serde::{Deserialize, Serialize};

use crate::Case;
use crate::audit::{Blocked, Reason};
use crate::code::{LiveCode, typed_digest};
use crate::ledger::{Counter, Entry, Retirement};
use crate::passage;
use crate::turn::{Next, Turn};

/// A code is asked for.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct EnteringCode {
    pub(crate) case: Case,
    pub(crate) code: LiveCode,
}

impl EnteringCode {
    /// Where the code comes from.
    pub const fn method(&self) -> Method {
        self.code.method
    }

    /// How many digits the code has.
    pub(crate) const fn length(&self) -> CodeLength {
        self.code.length
    }

    /// Judges a code.
    pub(crate) fn prove(mut self, typed: &TypedCode, turn: &mut Turn<'_>) -> Next {
        if self.code.tries_left == 0 {
            return Next::but(self, ProblemKind::CodeSpent);
        }
        let length = self.code.length;
        if typed.len() != usize::from(length.digits()) {
            return Next::but(self, ProblemKind::CodeMalformed { length });
        }
        let digest = typed_digest(typed, &self.case.subject_key, turn.key());
        self.code.tries_left -= 1;
        let is_the_code = (self.code.digest == digest) & self.case.is_known();
        let is_alive = turn.now() < self.code.expires_at;
        if is_the_code && is_alive {
            let why = Retirement::Used;
            turn.record(Entry::RetireCode { digest, why });
            return passage::pass(self.case, self.code.method, turn);
        }
        let retired = if is_the_code {
            Some(Retirement::Expired)
        } else {
            turn.ledger().retired(&digest, turn.now())
        };
        match retired {
            // A code that was right once was sent to the right person: to say what became of it costs no try.
            Some(why) => {
                self.code.tries_left += 1;
                Next::but(self, problem_with(why))
            }
            None => self.wrong(turn),
        }
    }

    /// Wrong tries that it still takes before the code dies or the lock falls.
    pub(crate) fn tries_left(&self, turn: &Turn<'_>) -> u8 {
        self.code.tries_left.min(passage::proofs_left(turn))
    }

    fn wrong(self, turn: &mut Turn<'_>) -> Next {
        let method = self.code.method;
        turn.audit_failure(&self.case, Reason::FailedProof(method));
        if let Err(lock) = turn.count(Counter::Identity, Blocked::by(method)) {
            return passage::lock_out(self, lock, turn);
        }
        if self.code.tries_left == 0 {
            return Next::but(self, ProblemKind::CodeSpent);
        }
        let tries_left = self.tries_left(turn);
        Next::but(self, ProblemKind::CodeWrong { tries_left })
    }
}

const fn problem_with(retirement: Retirement) -> ProblemKind {
    match retirement {
        Retirement::Expired => ProblemKind::CodeExpired,
        Retirement::Superseded => ProblemKind::CodeSuperseded,
        Retirement::Used => ProblemKind::CodeUsed,
    }
}
