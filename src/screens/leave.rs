//! The leave screen asks: leave and start again? Back leads here after a passed gate: the wizard
//! never discards a proof without a question.

use postern_flow::reset::Event;
use postern_kit::element::{View, el};
use postern_kit::parts::button::{primary, quiet};

use crate::desk::Desk;
use crate::parts::step::step_screen;
use crate::words::{Words, message};

pub(super) fn leave(desk: Desk) -> View {
    let stay = primary(message(Words::leave_stay), move || {
        desk.dispatch(Event::Stayed);
    });
    let go = quiet(message(Words::leave_go), move || {
        desk.dispatch(Event::StartedOver);
    });
    let ways = [stay, el("div").class("postern-ways-out").child(go).into()];
    step_screen(
        desk,
        "leave",
        message(Words::leave_title),
        Some(message(Words::leave_body)),
        ways,
    )
}
