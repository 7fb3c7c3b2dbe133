//! The ended screen: the time was up, the person left, or the person regained access through
//! another attempt. The screen no longer shows any part of the attempt.

use postern_flow::reset::Event;
use postern_kit::element::View;
use postern_kit::parts::button::primary;
use postern_protocol::EndReason;

use crate::desk::Desk;
use crate::parts::step::step_screen;
use crate::words::{Words, message};

pub(super) fn ended(desk: Desk, reason: EndReason) -> View {
    let (title, lead) = match reason {
        EndReason::Expired => (message(Words::ended_title), message(Words::ended_body)),
        EndReason::Cancelled => (
            message(Words::ended_cancelled_title),
            message(Words::ended_cancelled_body),
        ),
        EndReason::Superseded => (
            message(Words::ended_superseded_title),
            message(Words::ended_superseded_body),
        ),
    };
    let again = primary(message(Words::wizard_start_again), move || {
        desk.dispatch(Event::StartedOver);
    });
    step_screen(desk, "ended", title, Some(lead), again)
}
