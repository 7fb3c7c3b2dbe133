//! Every gate is passed, and the service asks for a new password.
//!
//! Whatever is wrong with a password, the person stays in this state. No refusal costs a gate.

use alloc::vec::Vec;

use postern_protocol::password::{
    Context, NewPassword, PasswordRefusal, contains_identifier, judge,
};
use postern_protocol::{ProblemKind, SetPassword};

use crate::account::Account;
use crate::audit::{Activity, AuditResult, Reason};
use crate::command::{Command, PasswordWrite};
use crate::ledger::Counter;
use crate::reset::arrival;
use crate::reset::next::Next;
use crate::reset::states::{ChoosingPassword, WritingBack};
use crate::turn::Turn;
use crate::{Breach, Case, Open, Tenant};

impl ChoosingPassword {
    /// Checks a password, and orders the write-back.
    pub(crate) fn set(self, case: Case, request: &SetPassword, turn: &mut Turn<'_>) -> Next {
        let (tenant, account) = match arrival::readmit(&case, turn) {
            Ok(admitted) => admitted,
            Err(turned_away) => return turned_away.end(case, turn),
        };
        let password = match NewPassword::parse(request.password.reveal()) {
            Ok(password) => password,
            Err(refusal) => {
                let refusal = refusal.under(&tenant.password_rules);
                return self.refuse(case, Vec::from([refusal]), turn);
            }
        };
        let refusals = refusals(&password, &case, tenant, account, turn);
        if !refusals.is_empty() {
            return self.refuse(case, refusals, turn);
        }
        if let Some(retry_at) = turn.opens_at(Counter::RefusedPassword) {
            return Next::but(
                Open::new(case, self),
                ProblemKind::TooManyRequests { retry_at },
            );
        }
        match turn.context().breach {
            // The host repeats the input with the answer.
            None => {
                turn.ask_about(password);
                return Open::new(case, self).into();
            }
            // Nothing is wrong with the password, so the person may send it again.
            Some(Breach::Unknown) => {
                let (activity, reason) =
                    (Activity::ResetPassword, Reason::BreachServiceUnreachable);
                turn.audit_as(&case.claim, activity, reason, AuditResult::Failure);
                let problem = ProblemKind::BreachServiceUnreachable;
                return Next::but(Open::new(case, self), problem);
            }
            Some(Breach::Found | Breach::NotFound) => {}
        }
        turn.order(Command::WriteBack(PasswordWrite {
            account: account.person.id.clone(),
            password,
        }));
        WritingBack::begin(case, turn).into()
    }

    fn refuse(mut self, case: Case, refusals: Vec<PasswordRefusal>, turn: &mut Turn<'_>) -> Next {
        let reason = if refusals.iter().any(is_banned) {
            Reason::PasswordBanned
        } else {
            Reason::PasswordAgainstPolicy
        };
        let activity = Activity::ResetPassword;
        turn.audit_as(&case.claim, activity, reason, AuditResult::Failure);
        self.was_refused = true;
        Next::but(
            Open::new(case, self),
            ProblemKind::PasswordRefused(refusals),
        )
    }
}

/// Every rule that the password breaks, in the order of [`judge`]. A breached password counts as
/// banned, whatever the lists say.
fn refusals(
    password: &NewPassword,
    case: &Case,
    tenant: &Tenant,
    account: &Account,
    turn: &Turn<'_>,
) -> Vec<PasswordRefusal> {
    let names: Vec<&str> = account.person.names.iter().map(AsRef::as_ref).collect();
    let context = Context {
        identifier: &case.claim.identifier,
        names: &names,
        tenant: &[&tenant.name],
        custom: tenant.banned_terms.terms(),
        banned: turn.context().banned,
    };
    let mut refusals = judge(password, &tenant.password_rules, &context);
    let own = PasswordRefusal::ContainsIdentifier;
    // People have more identifiers than the one that they typed.
    let mut others = account.person.identifiers.iter();
    if !refusals.contains(&own) && others.any(|other| contains_identifier(password, other)) {
        // The page knows only the typed identifier, so it has not shown that the password contains
        // a part of this other one.
        add(
            PasswordRefusal::ContainsOtherIdentifier,
            &mut refusals,
            is_of_shape,
        );
    }
    if turn.context().breach == Some(Breach::Found) {
        add(PasswordRefusal::Banned, &mut refusals, |refusal| {
            is_of_shape(refusal) || is_of_context(refusal)
        });
    }
    refusals
}

/// Adds a refusal after those for which `is_before` is true, if it is not there already.
fn add(
    refusal: PasswordRefusal,
    refusals: &mut Vec<PasswordRefusal>,
    is_before: fn(&PasswordRefusal) -> bool,
) {
    if refusals.contains(&refusal) {
        return;
    }
    let place = refusals.iter().take_while(|it| is_before(it)).count();
    refusals.insert(place, refusal);
}

/// Whether a refusal comes before the ones about the person, the organisation and the lists.
const fn is_of_shape(refusal: &PasswordRefusal) -> bool {
    match refusal {
        PasswordRefusal::ControlCharacter
        | PasswordRefusal::TooShort { .. }
        | PasswordRefusal::TooLong { .. }
        | PasswordRefusal::NotAscii
        | PasswordRefusal::TooFewClasses { .. }
        | PasswordRefusal::Repetition
        | PasswordRefusal::Sequence
        | PasswordRefusal::Date => true,
        PasswordRefusal::ContainsIdentifier
        | PasswordRefusal::ContainsOtherIdentifier
        | PasswordRefusal::ContainsName
        | PasswordRefusal::ContainsTenant
        | PasswordRefusal::Banned
        | PasswordRefusal::BannedCustom
        | PasswordRefusal::TooGuessable { .. }
        | PasswordRefusal::SameAsCurrent => false,
    }
}

/// Whether a refusal is about the person or the organisation. These come after those of shape, and
/// before those of the lists.
const fn is_of_context(refusal: &PasswordRefusal) -> bool {
    match refusal {
        PasswordRefusal::ContainsIdentifier
        | PasswordRefusal::ContainsOtherIdentifier
        | PasswordRefusal::ContainsName
        | PasswordRefusal::ContainsTenant => true,
        PasswordRefusal::ControlCharacter
        | PasswordRefusal::TooShort { .. }
        | PasswordRefusal::TooLong { .. }
        | PasswordRefusal::NotAscii
        | PasswordRefusal::TooFewClasses { .. }
        | PasswordRefusal::Repetition
        | PasswordRefusal::Sequence
        | PasswordRefusal::Date
        | PasswordRefusal::Banned
        | PasswordRefusal::BannedCustom
        | PasswordRefusal::TooGuessable { .. }
        | PasswordRefusal::SameAsCurrent => false,
    }
}

/// Whether a refusal belongs to the reference's banned-password check, or to what this service adds
/// to it.
const fn is_banned(refusal: &PasswordRefusal) -> bool {
    match refusal {
        PasswordRefusal::Repetition
        | PasswordRefusal::Sequence
        | PasswordRefusal::Date
        | PasswordRefusal::ContainsName
        | PasswordRefusal::ContainsTenant
        | PasswordRefusal::Banned
        | PasswordRefusal::BannedCustom
        | PasswordRefusal::TooGuessable { .. } => true,
        PasswordRefusal::ControlCharacter
        | PasswordRefusal::TooShort { .. }
        | PasswordRefusal::TooLong { .. }
        | PasswordRefusal::NotAscii
        | PasswordRefusal::TooFewClasses { .. }
        | PasswordRefusal::ContainsIdentifier
        | PasswordRefusal::ContainsOtherIdentifier
        | PasswordRefusal::SameAsCurrent => false,
    }
}
