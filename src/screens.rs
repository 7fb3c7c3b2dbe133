//! Each screen has one file with the name of the step that it draws. Screens read the state and
//! report events; they make no decisions.

mod call;
mod code;
mod done;
mod ended;
mod identify;
mod leave;
mod locked;
mod method;
mod password;
mod phone;
mod purpose;
mod questions;
pub(crate) mod refused;
mod resuming;
mod unlock;

use postern_flow::reset::Screen;
use postern_kit::element::{View, live};

use crate::desk::Desk;

/// Draws the current screen, and redraws it only when the screen changes.
pub(crate) fn current_screen(desk: Desk) -> View {
    let draw = move || match desk.wizard().screen() {
        Screen::Identify => identify::identify(desk),
        Screen::Resuming => resuming::resuming(desk),
        Screen::Purpose => purpose::purpose(desk),
        Screen::Method(step) => method::method(desk, &step),
        Screen::Phone(step) => phone::phone(desk, step),
        Screen::Code(step) => code::code(desk, step),
        Screen::Call(step) => call::call(desk, &step),
        Screen::Questions(step) => questions::questions(desk, step),
        Screen::Password(step) => password::password(desk, step),
        Screen::Unlock => unlock::unlock(desk),
        Screen::WritingBack => resuming::writing_back(desk),
        Screen::Leave => leave::leave(desk),
        Screen::Done(step) => done::done(desk, step),
        Screen::Refused(step) => refused::refused(desk, step),
        Screen::Locked(until) => locked::locked(desk, until),
        Screen::Ended(reason) => ended::ended(desk, reason),
    };
    live(move || key(&desk.wizard().screen()), draw)
}

/// The identity of a screen for redrawing. Counters and times within a step are not part of it. The
/// numbers of the questions, the gate and the method are.
fn key(screen: &Screen) -> Vec<u16> {
    let kind = screen.number();
    match screen {
        Screen::Method(step) => vec![kind, step.gate.into()],
        Screen::Phone(step) => vec![kind, step.gate.into(), step.method as u16],
        Screen::Code(step) => vec![kind, step.gate.into(), step.method as u16],
        Screen::Call(step) => vec![kind, step.gate.into(), step.method as u16],
        Screen::Questions(step) => step
            .questions
            .iter()
            .map(|question| question.id)
            .chain([kind])
            .collect(),
        Screen::Identify
        | Screen::Resuming
        | Screen::Purpose
        | Screen::Password(_)
        | Screen::Unlock
        | Screen::WritingBack
        | Screen::Leave
        | Screen::Done(_)
        | Screen::Refused(_)
        | Screen::Locked(_)
        | Screen::Ended(_) => vec![kind],
    }
}
