//! Checks the code that an authenticator app shows now.
//!
//! Nothing was sent, so nothing can expire. Every wrong try counts, and each code is accepted once.

use alloc::vec::Vec;

use postern_protocol::{CodeLength, Method, ProblemKind, TypedCode};

use super::claim::Claim;
use super::progress::Progress;
use super::proving::{EnteringAuthenticatorCode, Proving, WrongCode};
use super::{locks, tries};
use crate::account::AuthenticatorId;
use crate::audit::Reason;
use crate::ledger::Entry;
use crate::totp::{self, Verdict};
use crate::turn::Turn;

impl WrongCode {
    fn new(typed: &TypedCode, claim: &Claim, turn: &Turn<'_>) -> Self {
        let subject = claim.subject_key.as_str().as_bytes();
        let parts = [subject, typed.digits().as_bytes()];
        Self {
            digest: turn.key().digest("app code", &parts),
            step: totp::shortest_step(turn.now()),
        }
    }
}

impl EnteringAuthenticatorCode {
    /// Checks a code.
    pub(crate) fn prove(
        self,
        claim: &mut Claim,
        typed: &TypedCode,
        turn: &mut Turn<'_>,
    ) -> Progress {
        const METHOD: Method = Method::AuthenticatorCode;
        let length = CodeLength::AUTHENTICATOR;
        if typed.len() != usize::from(length.digits()) {
            return Progress::but(Proving::from(self), ProblemKind::CodeMalformed { length });
        }
        let account = turn.account_of(claim);
        let is_hidden = locks::hidden(claim, METHOD, turn).is_some();
        let apps = account.filter(|_| !is_hidden);
        let apps = apps.map_or(&[][..], |account| &account.registration.authenticators);
        let verdict = totp::judge(typed, apps, turn.ledger(), turn.now());
        match verdict {
            Verdict::Used => Progress::but(Proving::from(self), ProblemKind::CodeUsed),
            Verdict::Right {
                authenticator,
                step,
            } => {
                turn.record(Entry::AcceptStep {
                    authenticator,
                    step,
                });
                tries::pass(claim, METHOD, turn)
            }
            Verdict::Wrong => self.wrong(claim, typed, turn),
        }
    }

    fn wrong(mut self, claim: &mut Claim, typed: &TypedCode, turn: &mut Turn<'_>) -> Progress {
        const METHOD: Method = Method::AuthenticatorCode;
        let wrong = WrongCode::new(typed, claim, turn);
        if self.wrong.as_ref() != Some(&wrong) {
            self.wrong = Some(wrong);
            let failed = tries::fail(claim, METHOD, turn);
            fail_apps(claim, turn);
            if let Err(lock) = failed {
                return tries::lock_out(claim, Some(&self.into()), lock, turn);
            }
        }
        let tries_left = turn.tries_left(tries::tries(METHOD, turn));
        Progress::but(Proving::from(self), ProblemKind::CodeWrong { tries_left })
    }
}

/// Counts consecutive failures. Only a success ends them, and the hundredth disables the
/// authenticator.
fn fail_apps(claim: &Claim, turn: &mut Turn<'_>) {
    let Some(account) = turn.account_of(claim) else {
        return;
    };
    let apps = account
        .registration
        .authenticators
        .iter()
        .map(|app| app.id.clone());
    let apps: Vec<AuthenticatorId> = apps.filter(|app| !turn.ledger().is_disabled(app)).collect();
    if apps.is_empty() {
        return;
    }
    turn.record(Entry::FailAuthenticators(apps.clone()));
    let is_disabled = |app: &&AuthenticatorId| turn.ledger().is_disabled(app);
    for _ in 0..apps.iter().filter(is_disabled).count() {
        turn.audit_failure(claim, Reason::AuthenticatorDisabled);
    }
}
