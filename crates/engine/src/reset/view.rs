//! The attempt in the form that the person may see.
//!
//! One function decides what leaves the service, so that no fact about a decoy, no digest and no
//! secret ever does.

use alloc::string::ToString;
use alloc::vec::Vec;

use postern_protocol as protocol;
use postern_protocol::{Help, Notice, Step, Timestamp};

use crate::ledger::Lock;
use crate::proof::{locks, step_of};
use crate::reset::help;
use crate::reset::states::{self, State};
use crate::turn::Turn;
use crate::{Open, Subject};

/// The answer to every request, once the person has said who they are.
pub(crate) fn of(open: &Open, turn: &Turn<'_>, notices: Vec<Notice>) -> protocol::Attempt {
    let case = &open.case;
    let tenant = turn.tenant();
    let can_request =
        open.can_ask_for_help() && help::is_staffed(tenant) && case.help_requested_at.is_none();
    protocol::Attempt {
        id: case.claim.id,
        correlation_id: case.claim.correlation_id,
        support_code: case.claim.support_code,
        tenant_name: tenant.map(|tenant| tenant.name.clone()),
        default_region: turn.region().map(|region| region.to_string()),
        identifier: case.claim.identifier.clone(),
        purpose: case.claim.purpose,
        asks_purpose: case.asks_purpose,
        now: turn.now(),
        expires_at: case.claim.expires_at,
        gates: case.claim.gates.summary(),
        step: step(open, turn),
        locked_until: in_spite_of(open, turn).map(|lock| lock.until),
        help: Help {
            url: tenant.and_then(|tenant| tenant.help_url.clone()),
            can_request,
            requested_at: case.help_requested_at,
        },
        notices,
    }
}

fn step(open: &Open, turn: &Turn<'_>) -> Step {
    let case = &open.case;
    match &open.at {
        State::ChoosingPurpose => Step::ChoosePurpose,
        State::ChoosingMethod => Step::ChooseMethod(protocol::ChooseMethod {
            gate: case.claim.gates.current(),
            offers: locks::open_offers(&case.claim, None, turn),
        }),
        State::Proving(proving) => step_of(&case.claim, proving, turn),
        State::ChoosingPassword(state) => Step::ChoosePassword(protocol::ChoosePassword {
            rules: turn
                .tenant()
                .map(|tenant| tenant.password_rules)
                .unwrap_or_default(),
            directory_rules: matches!(
                case.claim.subject,
                Subject::Account {
                    on_premises: true,
                    ..
                }
            ),
            outcome_unknown: state.outcome_unknown,
        }),
        State::ConfirmingUnlock => Step::ConfirmUnlock,
        State::WritingBack(_) => Step::WritingBack,
        State::Done(state) => Step::Done(protocol::Done {
            at: state.at,
            effective_in_minutes: state.effective_in_minutes,
            notified: state.notified.clone(),
            sign_in_url: case.return_to.clone().or_else(|| {
                let tenant = turn.tenant()?;
                tenant.sign_in_url.clone()
            }),
        }),
        State::Refused(state) => Step::Refused(protocol::Refused {
            refusal: state.refusal,
            at: state.at,
        }),
        State::Locked(state) => Step::Locked {
            until: stands_until(state, turn),
        },
        State::Ended(state) => Step::Ended {
            reason: state.reason,
        },
    }
}

/// The lock in spite of which an attempt continues: on the method that is asked for now, or on all
/// methods if none is.
fn in_spite_of(open: &Open, turn: &Turn<'_>) -> Option<Lock> {
    if !open.is_at_gate() {
        return None;
    }
    match open.asked_now() {
        Some(method) => locks::on(method, turn),
        None => locks::on_all(&open.case.claim, turn),
    }
}

/// The end of a lock. If an administrator has lifted it, it has ended by now.
fn stands_until(state: &states::Locked, turn: &Turn<'_>) -> Timestamp {
    match turn.seen().lock(turn.now()) {
        Some(_) => state.until,
        None => state.until.min(turn.now()),
    }
}
