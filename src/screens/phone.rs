//! The phone screen asks for the whole phone number, in any human format, because the last digits
//! of the number on file prove nothing.

use postern_flow::reset::Form;
use postern_kit::element::{View, el};
use postern_kit::parts::button::submit;
use postern_kit::parts::field::{Field, Kind};
use postern_kit::parts::form::form;
use postern_kit::text::Text;
use postern_protocol::EnterPhone;

use crate::desk::Desk;
use crate::parts::step::step_screen;
use crate::parts::ways::contact_if_alone;
use crate::words::{Words, message};

pub(super) fn phone(desk: Desk, step: EnterPhone) -> View {
    let words = desk.words();
    let input = el("input");
    let wizard = desk.wizard_now();
    let (title, label, busy) = if step.method.is_call() {
        (
            message(Words::phone_title_call),
            message(Words::phone_call),
            message(Words::method_calling),
        )
    } else {
        (
            message(Words::phone_title_text),
            message(Words::phone_send),
            message(Words::method_sending),
        )
    };
    let field = Field {
        name: "phone",
        label: message(Words::phone_label),
        kind: Kind::PHONE,
        value: wizard.phone(),
        explained_by_lead: true,
    }
    .view(desk, &input);
    let form = form(move || desk.submit(Form::Phone(input.value())))
        .child(field)
        .child(submit(desk, label, busy));
    let hint = step.hint;
    let lead = move || words.phone_hint_end(&hint);
    let ways_out = el("div")
        .class("postern-ways-out")
        .child(contact_if_alone(desk));
    step_screen(desk, "phone", title, Some(Text::of(lead)), [form, ways_out])
}
