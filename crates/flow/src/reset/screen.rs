//! Places and the trail between them: they define where Back leads from every step.
//!
//! A place is the part of a step that the history knows: a screen's name and its gate. The person
//! cannot go back behind a passed gate; the trail begins again there, with the question whether to
//! leave.

use postern_protocol::{
    AnswerQuestions, Attempt, AwaitCall, ChooseMethod, ChoosePassword, Done, EndReason, EnterCode,
    EnterPhone, Method, Offer, Refused, Step, Timestamp,
};

use postern_protocol::decimal;

/// The screen to draw, with its data.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Screen {
    Identify,
    Resuming,
    Purpose,
    Method(ChooseMethod),
    Phone(EnterPhone),
    Code(EnterCode),
    Call(AwaitCall),
    Questions(AnswerQuestions),
    Password(ChoosePassword),
    Unlock,
    WritingBack,
    Leave,
    Done(Done),
    Refused(Refused),
    Locked(Timestamp),
    Ended(EndReason),
}

/// The person's place, as the browser's history may know it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Place {
    Identify,
    Purpose,
    Method { gate: u8 },
    Phone { gate: u8, method: Method },
    Code { gate: u8, method: Method },
    Call { gate: u8, method: Method },
    Questions { gate: u8 },
    Leave,
    Password,
    Unlock,
    Over,
}

impl Place {
    /// The name in the browser's history: the screen and the gate, without any data about the
    /// person.
    pub fn name(self) -> String {
        match self {
            Self::Identify => "identify".into(),
            Self::Purpose => "purpose".into(),
            Self::Method { gate } => ["method-", &decimal(gate)].concat(),
            Self::Phone { gate, method } => ["phone-", &decimal(gate), "-", method.name()].concat(),
            Self::Code { gate, method } => ["code-", &decimal(gate), "-", method.name()].concat(),
            Self::Call { gate, method } => ["call-", &decimal(gate), "-", method.name()].concat(),
            Self::Questions { gate } => ["questions-", &decimal(gate)].concat(),
            Self::Leave => "leave".into(),
            Self::Password => "password".into(),
            Self::Unlock => "unlock".into(),
            Self::Over => "over".into(),
        }
    }
}

impl Screen {
    /// A number that distinguishes the kinds of screen.
    pub fn number(&self) -> u16 {
        match self {
            Self::Identify => 0,
            Self::Resuming => 1,
            Self::Purpose => 2,
            Self::Method(_) => 3,
            Self::Phone(_) => 4,
            Self::Code(_) => 5,
            Self::Call(_) => 6,
            Self::Questions(_) => 7,
            Self::Password(_) => 8,
            Self::Unlock => 9,
            Self::WritingBack => 10,
            Self::Leave => 11,
            Self::Done(_) => 12,
            Self::Refused(_) => 13,
            Self::Locked(_) => 14,
            Self::Ended(_) => 15,
        }
    }

    /// The screen of an attempt if the person has stepped back to `detour`.
    pub(super) fn of(attempt: &Attempt, detour: Option<Place>) -> Self {
        match detour {
            Some(Place::Identify) => return Self::Identify,
            Some(Place::Purpose) => return Self::Purpose,
            Some(Place::Leave) => return Self::Leave,
            Some(Place::Method { gate }) => {
                if let Some((_, offers)) = gate_of(&attempt.step) {
                    return Self::Method(ChooseMethod {
                        gate,
                        offers: offers.to_vec(),
                    });
                }
            }
            Some(Place::Phone { gate, method }) => {
                if let Some((_, offers)) = gate_of(&attempt.step) {
                    let hint = hint_of(offers, method);
                    let offers = offers.to_vec();
                    return Self::Phone(EnterPhone {
                        gate,
                        offers,
                        method,
                        hint,
                        // Only the judge knows the number, and reports it after the person has
                        // typed something.
                        tries_left: 0,
                    });
                }
            }
            Some(
                Place::Code { .. }
                | Place::Call { .. }
                | Place::Questions { .. }
                | Place::Password
                | Place::Unlock
                | Place::Over,
            )
            | None => {}
        }
        match attempt.step.clone() {
            Step::ChoosePurpose => Self::Purpose,
            Step::ChooseMethod(step) => Self::Method(step),
            Step::EnterPhone(step) => Self::Phone(step),
            Step::EnterCode(step) => Self::Code(step),
            Step::AwaitCall(step) => Self::Call(step),
            Step::AnswerQuestions(step) => Self::Questions(step),
            Step::ChoosePassword(step) => Self::Password(step),
            Step::ConfirmUnlock => Self::Unlock,
            Step::WritingBack => Self::WritingBack,
            Step::Done(step) => Self::Done(step),
            Step::Refused(step) => Self::Refused(step),
            Step::Locked { until } => Self::Locked(until),
            Step::Ended { reason } => Self::Ended(reason),
        }
    }
}

/// Whether the attempt allows no more actions.
pub(super) fn is_over(step: &Step) -> bool {
    match step {
        Step::Done(_) | Step::Refused(_) | Step::Locked { .. } | Step::Ended { .. } => true,
        Step::ChoosePurpose
        | Step::ChooseMethod(_)
        | Step::EnterPhone(_)
        | Step::EnterCode(_)
        | Step::AwaitCall(_)
        | Step::AnswerQuestions(_)
        | Step::ChoosePassword(_)
        | Step::ConfirmUnlock
        | Step::WritingBack => false,
    }
}

/// Whether the attempt can change its step without a request.
pub(super) fn may_move(step: &Step) -> bool {
    matches!(step, Step::Locked { .. }) || !is_over(step)
}

/// Whether the attempt is locked, and the lock is over by the judge's clock.
pub(super) fn is_lifted(attempt: &Attempt) -> bool {
    matches!(attempt.step, Step::Locked { until } if until <= attempt.now)
}

/// Whether the judge already waits for this method, so that choosing it again must not send another
/// code.
pub(super) fn is_under_way(step: &Step, method: Method) -> bool {
    match step {
        Step::EnterPhone(step) => step.method == method,
        Step::EnterCode(step) => step.method == method,
        Step::AwaitCall(step) => step.method == method,
        Step::AnswerQuestions(_) => method == Method::Questions,
        Step::ChoosePurpose
        | Step::ChooseMethod(_)
        | Step::ChoosePassword(_)
        | Step::ConfirmUnlock
        | Step::WritingBack
        | Step::Done(_)
        | Step::Refused(_)
        | Step::Locked { .. }
        | Step::Ended { .. } => false,
    }
}

/// Every place to which the person can go back, from the first up to the judge's own step.
pub(super) fn trail(attempt: &Attempt) -> Vec<Place> {
    let mut trail = Vec::new();
    if attempt.gates.passed == 0 {
        trail.push(Place::Identify);
        if attempt.asks_purpose {
            trail.push(Place::Purpose);
        }
    } else {
        trail.push(Place::Leave);
    }
    if let Some((gate, offers)) = gate_of(&attempt.step)
        && (!is_only_way(offers) || matches!(attempt.step, Step::ChooseMethod(_)))
    {
        trail.push(Place::Method { gate });
    }
    match &attempt.step {
        Step::EnterPhone(step) => trail.push(Place::Phone {
            gate: step.gate,
            method: step.method,
        }),
        Step::EnterCode(step) => {
            if step.method.asks_for_phone() {
                trail.push(Place::Phone {
                    gate: step.gate,
                    method: step.method,
                });
            }
            trail.push(Place::Code {
                gate: step.gate,
                method: step.method,
            });
        }
        Step::AwaitCall(step) => {
            trail.push(Place::Phone {
                gate: step.gate,
                method: step.method,
            });
            trail.push(Place::Call {
                gate: step.gate,
                method: step.method,
            });
        }
        Step::AnswerQuestions(step) => trail.push(Place::Questions { gate: step.gate }),
        Step::ChoosePassword(_) | Step::WritingBack => trail.push(Place::Password),
        Step::ConfirmUnlock => trail.push(Place::Unlock),
        Step::ChoosePurpose | Step::ChooseMethod(_) => {}
        Step::Done(_) | Step::Refused(_) | Step::Locked { .. } | Step::Ended { .. } => {
            return vec![Place::Over];
        }
    }
    trail
}

/// The current place of the person.
pub(super) fn place(attempt: &Attempt, detour: Option<Place>) -> Place {
    detour
        .or_else(|| trail(attempt).pop())
        .expect("a trail has one place at least")
}

/// The place to which Back leads, if there is one.
pub(super) fn place_before(attempt: &Attempt, detour: Option<Place>) -> Option<Place> {
    let here = place(attempt, detour);
    let trail = trail(attempt);
    let position = trail.iter().position(|place| *place == here)?;
    trail.get(position.checked_sub(1)?).copied()
}

/// The place with the choice of methods for the current gate.
pub(super) fn choice_of_methods(attempt: &Attempt) -> Option<Place> {
    gate_of(&attempt.step).map(|(gate, _)| Place::Method { gate })
}

/// The method to start without a question, if there is only one.
pub(super) fn only_way(step: &Step) -> Option<Method> {
    match step {
        Step::ChooseMethod(step) if is_only_way(&step.offers) => {
            step.offers.first().map(|offer| offer.method)
        }
        Step::ChooseMethod(_)
        | Step::ChoosePurpose
        | Step::EnterPhone(_)
        | Step::EnterCode(_)
        | Step::AwaitCall(_)
        | Step::AnswerQuestions(_)
        | Step::ChoosePassword(_)
        | Step::ConfirmUnlock
        | Step::WritingBack
        | Step::Done(_)
        | Step::Refused(_)
        | Step::Locked { .. }
        | Step::Ended { .. } => None,
    }
}

/// Whether there is only one method, and its start sends nothing: the service sends a mail only
/// when the person asks for it.
fn is_only_way(offers: &[Offer]) -> bool {
    matches!(offers, [only] if only.method != Method::Email)
}

/// Whether a phone method is offered or was chosen.
pub(super) fn offers_phone(step: &Step) -> bool {
    offers(step)
        .iter()
        .any(|offer| offer.method.asks_for_phone())
}

/// The methods on offer for the current gate.
pub(super) fn offers(step: &Step) -> &[Offer] {
    gate_of(step).map_or(&[], |(_, offers)| offers)
}

/// The gate of a step, and the methods on offer for it.
fn gate_of(step: &Step) -> Option<(u8, &[Offer])> {
    match step {
        Step::ChooseMethod(step) => Some((step.gate, &step.offers)),
        Step::EnterPhone(step) => Some((step.gate, &step.offers)),
        Step::EnterCode(step) => Some((step.gate, &step.offers)),
        Step::AwaitCall(step) => Some((step.gate, &step.offers)),
        Step::AnswerQuestions(step) => Some((step.gate, &step.offers)),
        Step::ChoosePurpose
        | Step::ChoosePassword(_)
        | Step::ConfirmUnlock
        | Step::WritingBack
        | Step::Done(_)
        | Step::Refused(_)
        | Step::Locked { .. }
        | Step::Ended { .. } => None,
    }
}

fn hint_of(offers: &[Offer], method: Method) -> String {
    offers
        .iter()
        .find(|offer| offer.method == method)
        .and_then(|offer| offer.hint.clone())
        .unwrap_or_default()
}
