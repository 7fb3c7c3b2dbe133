//! The service has sent a code by mail or text, and the attempt waits for it.
//!
//! A try is counted before the comparison. The engine compares digests, in constant time.

use postern_protocol::{ProblemKind, TypedCode};

use crate::code::typed_digest;
use crate::ledger::{Entry, Retirement};
use crate::states::{EnteringCode, Locked};
use crate::turn::{Next, Turn};
use crate::{Case, Open, locks, passage};

impl EnteringCode {
    /// Checks a code.
    pub(crate) fn prove(mut self, case: Case, typed: &TypedCode, turn: &mut Turn<'_>) -> Next {
        if self.code.tries_left == 0 {
            let tries_left = self.tries_left(turn);
            return Next::but(Open::new(case, self), ProblemKind::CodeSpent { tries_left });
        }
        let length = self.code.length;
        if typed.len() != usize::from(length.digits()) {
            return Next::but(Open::new(case, self), ProblemKind::CodeMalformed { length });
        }
        let digest = typed_digest(typed, &case.subject_key, turn.key());
        self.code.tries_left -= 1;
        let hidden = locks::hidden(&case, self.code.method, turn);
        let was_sent = hidden.is_none_or(|lock| self.code.sent_at < lock.since);
        let is_the_code = (self.code.digest == digest) & case.is_known() & was_sent;
        let is_alive = turn.now() < self.code.expires_at;
        if is_the_code && is_alive {
            let why = Retirement::Used;
            turn.record(Entry::RetireCode { digest, why });
            return passage::pass(case, self.code.method, turn);
        }
        let retired = if is_the_code {
            Some(Retirement::Expired)
        } else {
            match turn.ledger().retired(&digest, turn.now()) {
                // The code belongs to an earlier attempt: the page says that a newer one works.
                Some(Retirement::Expired) if is_alive => Some(Retirement::Superseded),
                retired => retired,
            }
        };
        if retired.is_none() && !self.code.wrong.contains(&digest) {
            self.code.wrong.push(digest);
            return self.wrong(case, turn);
        }
        // A code that was right once was sent to the right person. Saying why it no longer works
        // costs no try.
        self.code.tries_left += 1;
        let again = || ProblemKind::CodeWrong {
            tries_left: self.tries_left(turn),
        };
        let problem = retired.map_or_else(again, problem_with);
        Next::but(Open::new(case, self), problem)
    }

    /// The number of wrong tries until the lock. Under a lock in spite of which this attempt
    /// continues, the tries that the code still has.
    pub(crate) fn tries_left(&self, turn: &Turn<'_>) -> u8 {
        let method = self.code.method;
        if locks::on(method, turn).is_some() {
            return self.code.tries_left;
        }
        turn.tries_left(passage::tries(method, turn))
    }

    fn wrong(self, case: Case, turn: &mut Turn<'_>) -> Next {
        let method = self.code.method;
        let lock = locks::on(method, turn);
        if let Err(lock) = passage::fail(&case, method, turn) {
            return passage::lock_out(Open::new(case, self), lock, turn);
        }
        let tries_left = self.tries_left(turn);
        if self.code.tries_left > 0 {
            return Next::but(Open::new(case, self), ProblemKind::CodeWrong { tries_left });
        }
        match lock {
            // The code was the only thing of this method that the attempt still had.
            Some(lock) if case.gates.is_untouched() => {
                turn.retire_code(Some(&self.code), Retirement::Expired);
                match locks::on_all(&case, turn) {
                    Some(lock) => Locked::begin(case, lock, turn).into(),
                    None => locks::elsewhere(case, lock, turn),
                }
            }
            Some(_) | None => {
                Next::but(Open::new(case, self), ProblemKind::CodeSpent { tries_left })
            }
        }
    }
}

const fn problem_with(retirement: Retirement) -> ProblemKind {
    match retirement {
        Retirement::Expired => ProblemKind::CodeExpired,
        Retirement::Superseded => ProblemKind::CodeSuperseded,
        Retirement::Used => ProblemKind::CodeUsed,
    }
}
