//! The attempt waits for the code that an authenticator app shows now.
//!
//! Nothing was sent, so nothing can expire. Every wrong try counts, and each code is accepted once.

use alloc::vec::Vec;

use postern_protocol::{CodeLength, Method, ProblemKind, TypedCode};

use crate::account::AuthenticatorId;
use crate::audit::Reason;
use crate::ledger::Entry;
use crate::states::{EnteringAuthenticatorCode, WrongCode};
use crate::totp::{self, Verdict};
use crate::turn::{Next, Turn};
use crate::{Case, Open, locks, passage};

impl WrongCode {
    fn new(typed: &TypedCode, case: &Case, turn: &Turn<'_>) -> Self {
        let subject = case.subject_key.as_str().as_bytes();
        let parts = [subject, typed.digits().as_bytes()];
        Self {
            digest: turn.key().digest("app code", &parts),
            step: totp::shortest_step(turn.now()),
        }
    }
}

impl EnteringAuthenticatorCode {
    /// Checks a code.
    pub(crate) fn prove(self, case: Case, typed: &TypedCode, turn: &mut Turn<'_>) -> Next {
        const METHOD: Method = Method::AuthenticatorCode;
        let length = CodeLength::AUTHENTICATOR;
        if typed.len() != usize::from(length.digits()) {
            return Next::but(Open::new(case, self), ProblemKind::CodeMalformed { length });
        }
        let account = turn.account_of(&case);
        let is_hidden = locks::hidden(&case, METHOD, turn).is_some();
        let apps = account.filter(|_| !is_hidden);
        let apps = apps.map_or(&[][..], |account| &account.registration.authenticators);
        let verdict = totp::judge(typed, apps, turn.ledger(), turn.now());
        match verdict {
            Verdict::Used => Next::but(Open::new(case, self), ProblemKind::CodeUsed),
            Verdict::Right {
                authenticator,
                step,
            } => {
                turn.record(Entry::AcceptStep {
                    authenticator,
                    step,
                });
                passage::pass(case, METHOD, turn)
            }
            Verdict::Wrong => self.wrong(case, typed, turn),
        }
    }

    fn wrong(mut self, case: Case, typed: &TypedCode, turn: &mut Turn<'_>) -> Next {
        const METHOD: Method = Method::AuthenticatorCode;
        let wrong = WrongCode::new(typed, &case, turn);
        if self.wrong.as_ref() != Some(&wrong) {
            self.wrong = Some(wrong);
            let failed = passage::fail(&case, METHOD, turn);
            fail_apps(&case, turn);
            if let Err(lock) = failed {
                return passage::lock_out(Open::new(case, self), lock, turn);
            }
        }
        let tries_left = turn.tries_left(passage::tries(METHOD, turn));
        Next::but(Open::new(case, self), ProblemKind::CodeWrong { tries_left })
    }
}

/// Counts consecutive failures. Only a success ends them, and the hundredth disables the
/// authenticator.
fn fail_apps(case: &Case, turn: &mut Turn<'_>) {
    let Some(account) = turn.account_of(case) else {
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
        turn.audit_failure(case, Reason::AuthenticatorDisabled);
    }
}
