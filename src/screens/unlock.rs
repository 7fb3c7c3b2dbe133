//! The unlock screen has one button, so that nothing happens without the person's request.

use postern_flow::reset::Form;
use postern_kit::element::View;
use postern_kit::parts::button::submit;
use postern_kit::parts::form::form;

use crate::desk::Desk;
use crate::parts::step::step_screen;
use crate::words::{Words, message};

pub(super) fn unlock(desk: Desk) -> View {
    let form = form(move || desk.submit(Form::Unlock)).child(submit(
        desk,
        message(Words::unlock_do),
        message(Words::unlock_working),
    ));
    step_screen(
        desk,
        "unlock",
        message(Words::unlock_title),
        Some(message(Words::unlock_hint)),
        form,
    )
}
