//! Checks the code that the service has sent by mail or text.
//!
//! A try is counted before the comparison. The engine compares digests, in constant time.

use postern_protocol::{ProblemKind, TypedCode};

use super::claim::Claim;
use super::progress::Progress;
use super::proving::{EnteringCode, Proving};
use super::{locks, tries};
use crate::code::typed_digest;
use crate::ledger::{Entry, Retirement};
use crate::turn::Turn;

impl EnteringCode {
    /// Checks a code.
    pub(crate) fn prove(
        mut self,
        claim: &mut Claim,
        typed: &TypedCode,
        turn: &mut Turn<'_>,
    ) -> Progress {
        if self.code.tries_left == 0 {
            let tries_left = self.tries_left(turn);
            return Progress::but(Proving::from(self), ProblemKind::CodeSpent { tries_left });
        }
        let length = self.code.length;
        if typed.len() != usize::from(length.digits()) {
            return Progress::but(Proving::from(self), ProblemKind::CodeMalformed { length });
        }
        let digest = typed_digest(typed, &claim.subject_key, turn.key());
        self.code.tries_left -= 1;
        let hidden = locks::hidden(claim, self.code.method, turn);
        let was_sent = hidden.is_none_or(|lock| self.code.sent_at < lock.since);
        let is_the_code = (self.code.digest == digest) & claim.is_known() & was_sent;
        let is_alive = turn.now() < self.code.expires_at;
        if is_the_code && is_alive {
            let why = Retirement::Used;
            turn.record(Entry::RetireCode { digest, why });
            return tries::pass(claim, self.code.method, turn);
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
            return self.wrong(claim, turn);
        }
        // A code that was right once was sent to the right person. Saying why it no longer works
        // costs no try.
        self.code.tries_left += 1;
        let again = || ProblemKind::CodeWrong {
            tries_left: self.tries_left(turn),
        };
        let problem = retired.map_or_else(again, problem_with);
        Progress::but(Proving::from(self), problem)
    }

    /// The number of wrong tries until the lock. Under a lock in spite of which this attempt
    /// continues, the tries that the code still has.
    pub(crate) fn tries_left(&self, turn: &Turn<'_>) -> u8 {
        let method = self.code.method;
        if locks::on(method, turn).is_some() {
            return self.code.tries_left;
        }
        turn.tries_left(tries::tries(method, turn))
    }

    fn wrong(self, claim: &mut Claim, turn: &mut Turn<'_>) -> Progress {
        let method = self.code.method;
        let lock = locks::on(method, turn);
        if let Err(lock) = tries::fail(claim, method, turn) {
            return tries::lock_out(claim, Some(&self.into()), lock, turn);
        }
        let tries_left = self.tries_left(turn);
        if self.code.tries_left > 0 {
            return Progress::but(Proving::from(self), ProblemKind::CodeWrong { tries_left });
        }
        match lock {
            // The code was the only thing of this method that the attempt still had.
            Some(lock) if claim.gates.is_untouched() => {
                turn.retire_code(Some(&self.code), Retirement::Expired);
                tries::locked(claim, lock, turn)
            }
            Some(_) | None => {
                Progress::but(Proving::from(self), ProblemKind::CodeSpent { tries_left })
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
