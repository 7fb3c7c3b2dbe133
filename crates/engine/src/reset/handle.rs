//! Which state of an attempt accepts which input, and the effects of time.
//!
//! Time comes first. An attempt whose time is over ends before any other step. An attempt whose
//! subject was locked by another attempt is locked too. After that, each input goes to the one
//! state, or the few states, that accept it.

use alloc::boxed::Box;
use alloc::vec::Vec;

use postern_protocol as protocol;
use postern_protocol::password::NewPassword;
use postern_protocol::{
    EndReason, Method, Notice, Problem, ProblemKind, Proof, Purpose, SetPassword,
};

use crate::ledger::{Lock, Retirement};
use crate::proof::{self, locks};
use crate::reset::next::Next;
use crate::reset::states::{Done, State, WritingBack};
use crate::reset::steps::{choosing_method, confirming_unlock};
use crate::reset::{arrival, ending, help, passage, view};
use crate::turn::Turn;
use crate::{Attempt, CallEnd, CallId, Command, Context, Input, Open, Written};

/// Requests of one attempt that may change something. A whole reset takes about ten, and the
/// longest attempt in which every limit is reached takes about a hundred.
const WRITES_MAX: u16 = 200;

/// The result of an input.
///
/// The host stores the attempt and all durable commands in one transaction, runs the other
/// commands, and answers with the reply.
pub struct Outcome {
    /// The attempt after the input.
    pub attempt: Attempt,
    /// What the person gets: the attempt, or a problem with the attempt in it.
    pub reply: Result<protocol::Attempt, Problem>,
    /// What the host has to do, in this order.
    pub commands: Vec<Command>,
}

/// The result of [`Attempt::handle`].
#[expect(
    clippy::large_enum_variant,
    reason = "a value that lives for one call, and is nearly always an outcome"
)]
pub enum Handled {
    /// The engine has handled the input.
    Done(Outcome),
    /// Nothing has happened yet. This password keeps every rule, and would be written back if it is
    /// not a breached one. The host asks the breach service, and gives the input again with the
    /// answer in [`Context::breach`].
    NeedsBreach(NewPassword),
}

impl Attempt {
    /// Handles one input.
    ///
    /// The host has to provide the attempt as it was last stored, under a lock or a version check,
    /// so that two inputs at the same time are handled one after the other. It has to provide the
    /// context of that moment. Afterwards it has to store the attempt and all durable commands in
    /// one transaction, before it runs or answers anything.
    #[must_use = "the attempt lives on in the outcome, and its commands have to be run"]
    pub fn handle(&self, input: &Input, context: &Context<'_>) -> Handled {
        let mut turn = Turn::new(context);
        let mut next = match self.clone() {
            Self::Arriving => arrive(input, &mut turn),
            Self::Open(open) => route(open, input, &mut turn),
        };
        if let Some(password) = turn.take_question() {
            return Handled::NeedsBreach(password);
        }
        let has_changed = turn.has_ordered() || next.attempt != *self;
        if let Self::Open(open) = &mut next.attempt
            && has_changed
        {
            open.case.writes = open.case.writes.saturating_add(1);
        }
        Handled::Done(tell(next, turn))
    }
}

/// Makes the outcome of an input.
fn tell(next: Next, mut turn: Turn<'_>) -> Outcome {
    let Next { attempt, problem } = next;
    let notices = turn.take_notices();
    let seen = attempt.open().map(|open| view::of(open, &turn, notices));
    let reply = match (problem, seen) {
        (None, Some(seen)) => Ok(seen),
        (problem, seen) => Err(Problem {
            kind: problem.unwrap_or(ProblemKind::AttemptUnknown),
            attempt: seen.map(Box::new),
        }),
    };
    Outcome {
        attempt,
        reply,
        commands: turn.into_commands(),
    }
}

/// Handles an input before the person has said who they are.
fn arrive(input: &Input, turn: &mut Turn<'_>) -> Next {
    match input {
        Input::Identify(request) => arrival::identify(request, turn),
        Input::Look | Input::Expire => Attempt::Arriving.into(),
        Input::ChoosePurpose(_)
        | Input::StartMethod { .. }
        | Input::Prove(_)
        | Input::CallEnded { .. }
        | Input::SetPassword(_)
        | Input::Unlock
        | Input::WrittenBack(_)
        | Input::AskForHelp
        | Input::Cancel => Next::but(Attempt::Arriving, ProblemKind::NotExpected),
    }
}

fn route(open: Open, input: &Input, turn: &mut Turn<'_>) -> Next {
    turn.count_under(&open.case.claim);
    let open = match input {
        // The result of a write is always handled: only the host knows it, it comes only once, and
        // neither the clock nor a lock makes it untrue.
        Input::WrittenBack(_) => open,
        Input::Identify(_)
        | Input::Look
        | Input::ChoosePurpose(_)
        | Input::StartMethod { .. }
        | Input::Prove(_)
        | Input::CallEnded { .. }
        | Input::SetPassword(_)
        | Input::Unlock
        | Input::AskForHelp
        | Input::Cancel
        | Input::Expire => {
            let was_over = open.is_over();
            let asked = open.asked_now();
            let open = ending::by_now(open, turn);
            if open.is_over() && !was_over {
                return open.into();
            }
            let closed = asked.filter(|_| open.asked_now().is_none());
            // The lock closes only this method, and other methods are open.
            let lock = closed.and_then(|method| locks::on(method, turn));
            match (input, lock) {
                (Input::Prove(_), Some(Lock { until, .. })) => {
                    return Next::but(open, ProblemKind::MethodLocked { until });
                }
                (Input::Look, Some(Lock { until, .. })) => {
                    turn.notice(Notice::MethodLocked { until });
                }
                _ => {}
            }
            open
        }
    };
    if input.is_persons() && open.case.writes >= WRITES_MAX {
        let retry_at = open.case.claim.expires_at;
        return Next::but(open, ProblemKind::TooManyRequests { retry_at });
    }
    match input {
        Input::Identify(_) => Next::but(open, ProblemKind::NotExpected),
        Input::Look | Input::Expire => open.into(),
        Input::ChoosePurpose(purpose) => choose_purpose(open, *purpose, turn),
        Input::StartMethod { method, phone } => start(open, *method, phone.as_deref(), turn),
        Input::Prove(proof) => prove(open, proof, turn),
        Input::CallEnded { call, end } => call_ended(open, *call, *end, turn),
        Input::SetPassword(request) => set_password(open, request, turn),
        Input::Unlock => unlock(open, turn),
        Input::WrittenBack(written) => written_back(open, *written, turn),
        Input::AskForHelp => help::ask(open, turn),
        Input::Cancel => cancel(open, turn),
    }
}

/// Chooses the purpose. The person may choose it again until a gate is passed. A method that was
/// started at the gate continues.
fn choose_purpose(mut open: Open, purpose: Purpose, turn: &mut Turn<'_>) -> Next {
    let is_asked = matches!(open.at, State::ChoosingPurpose);
    let is_possible = open.case.asks_purpose && open.case.claim.gates.is_untouched();
    if !is_possible || !(is_asked || open.is_at_gate()) {
        return Next::but(open, ProblemKind::NotExpected);
    }
    open.case.claim.purpose = purpose;
    if is_asked {
        return choosing_method::begin(open.case, turn).into();
    }
    open.into()
}

/// Starts a method of this gate, or repeats what it did.
fn start(open: Open, method: Method, phone: Option<&str>, turn: &mut Turn<'_>) -> Next {
    if !open.is_at_gate() {
        return Next::but(open, ProblemKind::NotExpected);
    }
    let Open { mut case, at } = open;
    let progress = proof::start(&mut case.claim, at.proving(), method, phone, turn);
    passage::follow(case, progress, turn)
}

fn prove(open: Open, given: &Proof, turn: &mut Turn<'_>) -> Next {
    match open {
        Open {
            mut case,
            at: State::Proving(proving),
        } => {
            let progress = proof::prove(&mut case.claim, proving, given, turn);
            passage::follow(case, progress, turn)
        }
        open => Next::but(open, ProblemKind::NotExpected),
    }
}

/// Handles the end of a call.
fn call_ended(open: Open, call: CallId, end: CallEnd, turn: &mut Turn<'_>) -> Next {
    match open {
        Open {
            mut case,
            at: State::Proving(proving),
        } => {
            let progress = proof::call_ended(&mut case.claim, proving, call, end, turn);
            passage::follow(case, progress, turn)
        }
        open => Next::but(open, ProblemKind::NotExpected),
    }
}

fn set_password(open: Open, request: &SetPassword, turn: &mut Turn<'_>) -> Next {
    match open {
        Open {
            case,
            at: State::ChoosingPassword(state),
        } => state.set(case, request, turn),
        open => Next::but(open, ProblemKind::NotExpected),
    }
}

fn unlock(open: Open, turn: &mut Turn<'_>) -> Next {
    if !matches!(open.at, State::ConfirmingUnlock) {
        return Next::but(open, ProblemKind::NotExpected);
    }
    confirming_unlock::unlock(open.case, turn)
}

fn written_back(Open { case, at }: Open, written: Written, turn: &mut Turn<'_>) -> Next {
    match (at, written) {
        (State::WritingBack(_), written) => WritingBack::written(case, written, turn),
        // The engine had stopped waiting for this answer. The password was changed, so the person
        // and the administrators are notified.
        (State::ChoosingPassword(state), Written::Done) if state.outcome_unknown => {
            Done::begin(case, turn).into()
        }
        (at, _) => Next::but(Open { case, at }, ProblemKind::NotExpected),
    }
}

/// The person leaves the attempt. An attempt that is over stays as it is. A write that is in
/// progress cannot be cancelled.
fn cancel(open: Open, turn: &mut Turn<'_>) -> Next {
    if matches!(open.at, State::WritingBack(_)) {
        return Next::but(open, ProblemKind::NotExpected);
    }
    let Some(reason) = ending::canceled(&open) else {
        return open.into();
    };
    turn.retire_code(open.live_code(), Retirement::Expired);
    ending::end(open.case, EndReason::Cancelled, reason, turn).into()
}
