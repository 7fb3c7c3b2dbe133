//! The unlock screen has one button, so that nothing happens without the person's request.

use postern_flow::reset::Form;

use crate::desk::Desk;
use crate::parts::button::submit;
use crate::parts::element::View;
use crate::parts::form::form;
use crate::parts::step::step_screen;
use crate::parts::text::message;
use crate::words::Words;

pub(super) fn unlock(desk: Desk) -> View {
    let form = form(desk, || Form::Unlock).child(submit(
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
