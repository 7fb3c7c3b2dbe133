//! The purpose screen asks why the person cannot sign in. It appears only if policy separates the
//! two purposes.

use leptos::prelude::*;
use postern_flow::reset::Form;
use postern_kit::element::View;
use postern_kit::parts::button::submit;
use postern_kit::parts::choice::{Choice, choices};
use postern_kit::parts::form::form;
use postern_protocol::Purpose as Why;

use crate::desk::Desk;
use crate::parts::step::step_screen;
use crate::words::{Words, message};

const RESET: &str = "reset";
const UNLOCK: &str = "unlock";

pub(super) fn purpose(desk: Desk) -> View {
    let chosen = RwSignal::new(String::new());
    let reset = Choice {
        value: RESET,
        label: message(Words::purpose_reset),
        hint: Some(message(Words::purpose_reset_hint)),
    };
    let unlock = Choice {
        value: UNLOCK,
        label: message(Words::purpose_unlock),
        hint: Some(message(Words::purpose_unlock_hint)),
    };
    let read = move || {
        Form::Purpose(match chosen.get_untracked().as_str() {
            RESET => Some(Why::Reset),
            UNLOCK => Some(Why::Unlock),
            _ => None,
        })
    };
    let form = form(move || desk.submit(read()))
        .child(choices(desk, "purpose", vec![reset, unlock], chosen))
        .child(submit(
            desk,
            message(Words::wizard_continue),
            message(Words::wizard_working),
        ));
    step_screen(desk, "purpose", message(Words::purpose_title), None, form)
}
