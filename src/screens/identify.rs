//! The first step asks for the identifier. It also exists as plain HTML in `first_step.html`:
//! change both together.

use postern_flow::reset::{DoneBefore, Event, Form};
use postern_kit::browser;
use postern_kit::element::{View, effect, el, live};
use postern_kit::parts::button::submit;
use postern_kit::parts::field::{Field, Kind};
use postern_kit::parts::form::form;
use postern_kit::text::Text;
use postern_protocol::Purpose;

use crate::desk::Desk;
use crate::parts::step::step_screen;
use crate::words::{Words, message};

pub(super) fn identify(desk: Desk) -> View {
    let input = el("input");
    let first = desk.take_first_step().unwrap_or_default();
    let wizard = desk.wizard_now();
    let value = if first.typed.is_empty() {
        wizard.identifier()
    } else {
        &first.typed
    };
    let field = Field {
        name: "identifier",
        label: message(Words::identify_label),
        kind: Kind::IDENTIFIER,
        value,
        explained_by_lead: true,
    }
    .view(desk, &input);
    let read = {
        let input = input.clone();
        move || {
            desk.session().touched();
            Form::Identify(input.value())
        }
    };
    effect({
        let read = read.clone();
        move || {
            if let Some((start, end)) = first.selection_start.zip(first.selection_end) {
                input.select(start, end);
                desk.session().touched();
            }
            if first.sent {
                desk.dispatch(Event::Submitted(read()));
            }
        }
    });
    let form = form(move || desk.submit(read()))
        .attr("method", "dialog")
        .on("focusin", move |_| desk.session().touched())
        .child(field)
        .child(submit(
            desk,
            message(Words::wizard_continue),
            message(Words::identify_working),
        ));
    step_screen(
        desk,
        "identify",
        message(Words::identify_title),
        Some(message(Words::identify_hint)),
        [done_before(desk), form.into()],
    )
}

/// Whether and when this tab has reset a password before, and no other data: a person who reloads
/// the last page must not be in doubt about the result.
fn done_before(desk: Desk) -> View {
    let words = desk.words();
    let before = move || desk.wizard().done_before();
    let said = move || {
        before().map(|DoneBefore { at, purpose }| {
            let said = move || {
                let time = browser::format_time(words.language().tag, at);
                match purpose {
                    Purpose::Reset => words.identify_reset_before(&time),
                    Purpose::Unlock => words.identify_unlocked_before(&time),
                }
            };
            el("p")
                .class("postern-notice postern-notice-ok")
                .say(Text::of(said))
        })
    };
    live(before, said)
}
