//! The locked screen after too many tries: the end of the lock in the person's own time zone, the
//! reason, and who can help sooner.

use postern_kit::browser;
use postern_kit::element::{View, el};
use postern_kit::text::Text;
use postern_protocol::Timestamp;

use super::refused::{start_again, who_can_help};
use crate::desk::Desk;
use crate::parts::help::contact_first;
use crate::parts::step::step_screen;
use crate::words::{Words, message};

pub(super) fn locked(desk: Desk, until: Timestamp) -> View {
    let words = desk.words();
    let lead = move || words.locked_until(&browser::format_lock_end(words.language().tag, until));
    let what_to_do = View::from([
        el("h2").say(message(Words::refusal_what_you_can_do)),
        el("p").say(message(Words::locked_do)),
        el("p").say(message(Words::locked_why)),
    ]);
    let asked = [
        what_to_do,
        who_can_help(desk, contact_first(desk)),
        start_again(desk),
    ];
    step_screen(
        desk,
        "locked",
        message(Words::locked_title),
        Some(Text::of(lead)),
        asked,
    )
}
