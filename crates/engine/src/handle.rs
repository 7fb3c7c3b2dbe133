//! Which state of an attempt takes which input, and what time does to it.
//!
//! Time first: an attempt whose time is over ends before anything else is done with it, and a subject that was locked
//! elsewhere is locked here too. Then each input goes to the one state, or the few, that take it.

use alloc::boxed::Box;
use alloc::vec::Vec;

use postern_protocol as protocol;
use postern_protocol::password::NewPassword;
use postern_protocol::{
    CodeLength, EndReason, Notice, Problem, ProblemKind, Proof, Purpose, SetPassword, TypedCode,
    TypedSecret,
};

use crate::ledger::{Lock, Retirement};
use crate::states::Done;
use crate::turn::{Next, Turn};
use crate::{
    Attempt, Breach, CallEnd, CallId, Case, Command, Context, Identify, Input, Written, arrival,
    ending, help, locks, passage, start, view,
};

/// Requests of one attempt that may change something. A whole reset takes about ten, and the longest attempt in which every
/// limit is reached takes about a hundred.
const WRITES_MAX: u16 = 200;

/// What became of an input.
///
/// The host stores the attempt and everything durable among the commands in one transaction, runs what is left, and
/// answers with the reply.
pub struct Outcome {
    /// The attempt as it is now.
    pub attempt: Attempt,
    /// What the person is told: the attempt, or a problem with the attempt in it.
    pub reply: Result<protocol::Attempt, Problem>,
    /// What the host has to do, in this order.
    pub commands: Vec<Command>,
}

impl Attempt {
    /// Takes what happens.
    ///
    /// The host owes: the attempt as it was last stored, under a lock or a version check, so that of two inputs at once
    /// one comes after the other; the context of that moment; and afterwards the attempt and everything durable among
    /// the commands stored in one transaction, before anything is run or answered.
    #[must_use = "the attempt lives on in the outcome, and its commands have to be run"]
    pub fn handle(self, input: Input, context: &Context<'_>) -> Outcome {
        let mut turn = Turn::new(context);
        let before = self.clone();
        let mut next = route(self, input, &mut turn);
        let attempt = &mut next.attempt;
        if (turn.has_ordered() || *attempt != before)
            && let Some(case) = attempt.case_mut()
        {
            case.writes = case.writes.saturating_add(1);
        }
        tell(next, turn)
    }

    /// The password that an input would have written back if it is in no breach; `None` for any other input, and where
    /// a rule or anything else is in the way. A host that can find out looks it up, and says in
    /// [`Context::breach`] what it found when it gives the input to [`handle`](Self::handle).
    pub fn would_write_back(&self, input: &Input, context: &Context<'_>) -> Option<NewPassword> {
        let (Self::ChoosingPassword(_), Input::SetPassword(request)) = (self, input) else {
            return None;
        };
        let again = Input::SetPassword(SetPassword {
            password: TypedSecret::new(request.password.reveal().into()),
        });
        let context = Context {
            breach: Breach::NotFound,
            ..*context
        };
        let outcome = self.clone().handle(again, &context);
        outcome.commands.into_iter().find_map(|command| {
            if let Command::WriteBack(write) = command {
                Some(write.password)
            } else {
                None
            }
        })
    }
}

/// Tells where an input has led.
fn tell(next: Next, mut turn: Turn<'_>) -> Outcome {
    let Next { attempt, problem } = next;
    let notices = turn.take_notices();
    let seen = view::of(&attempt, &turn, notices);
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

fn route(attempt: Attempt, input: Input, turn: &mut Turn<'_>) -> Next {
    if let Some(case) = attempt.case() {
        turn.count_under(case);
    }
    let attempt = match &input {
        // Only the host knows this, and only once: neither the clock nor a lock makes it untrue.
        Input::WrittenBack(_) => attempt,
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
            let was_over = attempt.is_over();
            let asked = attempt.asked_now();
            let attempt = ending::by_now(attempt, turn);
            if attempt.is_over() && !was_over {
                return attempt.into();
            }
            let closed = asked.filter(|_| attempt.asked_now().is_none());
            // A lock of this method alone: there are others.
            let lock = closed.and_then(|method| locks::on(method, turn));
            match (&input, lock) {
                (Input::Prove(_), Some(Lock { until, .. })) => {
                    return Next::but(attempt, ProblemKind::MethodLocked { until });
                }
                (Input::Look, Some(Lock { until, .. })) => {
                    turn.notice(Notice::MethodLocked { until });
                }
                _ => {}
            }
            attempt
        }
    };
    if input.is_persons() && attempt.case().is_some_and(|case| case.writes >= WRITES_MAX) {
        let retry_at = attempt.case().map_or(turn.now(), Case::expires_at);
        return Next::but(attempt, ProblemKind::TooManyRequests { retry_at });
    }
    match input {
        Input::Identify(request) => identify(attempt, &request, turn),
        Input::Look | Input::Expire => attempt.into(),
        Input::ChoosePurpose(purpose) => choose_purpose(attempt, purpose, turn),
        Input::StartMethod { method, phone } => {
            start::start(attempt, method, phone.as_deref(), turn)
        }
        Input::Prove(proof) => prove(attempt, &proof, turn),
        Input::CallEnded { call, end } => call_ended(attempt, call, end, turn),
        Input::SetPassword(request) => set_password(attempt, &request, turn),
        Input::Unlock => unlock(attempt, turn),
        Input::WrittenBack(written) => written_back(attempt, written, turn),
        Input::AskForHelp => help::ask(attempt, turn),
        Input::Cancel => cancel(attempt, turn),
    }
}

fn identify(attempt: Attempt, request: &Identify, turn: &mut Turn<'_>) -> Next {
    let Attempt::Arriving(_) = attempt else {
        return Next::but(attempt, ProblemKind::NotExpected);
    };
    arrival::identify(request, turn)
}

/// The purpose may be chosen again until a gate is passed. What was started for the gate meanwhile stays.
fn choose_purpose(mut attempt: Attempt, purpose: Purpose, turn: &mut Turn<'_>) -> Next {
    let is_open = attempt.is_at_gate() || matches!(attempt, Attempt::ChoosingPurpose(_));
    let Some(case) = attempt
        .case_mut()
        .filter(|case| is_open && case.asks_purpose && case.gates.is_untouched())
    else {
        return Next::but(attempt, ProblemKind::NotExpected);
    };
    case.purpose = purpose;
    if let Attempt::ChoosingPurpose(state) = attempt {
        return state.chosen(turn).into();
    }
    attempt.into()
}

fn prove(attempt: Attempt, proof: &Proof, turn: &mut Turn<'_>) -> Next {
    match (attempt, proof) {
        (Attempt::EnteringCode(state), Proof::Code(typed)) => {
            let typed = TypedCode::parse(typed.reveal(), state.length());
            state.prove(&typed, turn)
        }
        (Attempt::EnteringAuthenticatorCode(state), Proof::Code(typed)) => {
            let typed = TypedCode::parse(typed.reveal(), CodeLength::AUTHENTICATOR);
            state.prove(&typed, turn)
        }
        (Attempt::AnsweringQuestions(state), Proof::Answers(answers)) => state.prove(answers, turn),
        (attempt, Proof::Code(_) | Proof::Answers(_)) => {
            Next::but(attempt, ProblemKind::NotExpected)
        }
    }
}

/// The end of a call that the attempt no longer waits for changes nothing: the person may have chosen another method.
fn call_ended(mut attempt: Attempt, call: CallId, end: CallEnd, turn: &mut Turn<'_>) -> Next {
    let Some(live) = attempt.live_call_mut().filter(|live| live.id == call) else {
        return Next::but(attempt, ProblemKind::NotExpected);
    };
    let method = live.method;
    match end {
        CallEnd::KeyPressed => match attempt.into_case() {
            Some(case) => passage::pass(case, method, turn),
            None => Attempt::default().into(),
        },
        CallEnd::NoAnswer | CallEnd::Failed => {
            live.failed = true;
            attempt.into()
        }
    }
}

fn set_password(attempt: Attempt, request: &SetPassword, turn: &mut Turn<'_>) -> Next {
    let Attempt::ChoosingPassword(state) = attempt else {
        return Next::but(attempt, ProblemKind::NotExpected);
    };
    state.set(request, turn)
}

fn unlock(attempt: Attempt, turn: &mut Turn<'_>) -> Next {
    let Attempt::ConfirmingUnlock(state) = attempt else {
        return Next::but(attempt, ProblemKind::NotExpected);
    };
    state.unlock(turn)
}

fn written_back(attempt: Attempt, written: Written, turn: &mut Turn<'_>) -> Next {
    match (attempt, written) {
        (Attempt::WritingBack(state), written) => state.written(written, turn),
        // The engine had stopped waiting for this answer. The password was changed, so the person and the
        // administrators are notified.
        (Attempt::ChoosingPassword(state), Written::Done) if state.outcome_unknown => {
            Done::begin(state.case, turn).into()
        }
        (attempt, _) => Next::but(attempt, ProblemKind::NotExpected),
    }
}

/// The person leaves. What is over stays as it is, and what is being written cannot be called back.
fn cancel(attempt: Attempt, turn: &mut Turn<'_>) -> Next {
    if matches!(attempt, Attempt::Arriving(_) | Attempt::WritingBack(_)) {
        return Next::but(attempt, ProblemKind::NotExpected);
    }
    let Some(reason) = ending::canceled(&attempt) else {
        return attempt.into();
    };
    turn.retire_code(&attempt, Retirement::Expired);
    ending::end(attempt, EndReason::Cancelled, reason, turn).into()
}
