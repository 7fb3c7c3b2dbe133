//! Who are you? The first step, which stands in `first_step.html` as plain HTML too: change both together.

use leptos::prelude::*;

use crate::app::Desk;
use crate::parts::button::submit;
use crate::parts::element::{View, effect, el};
use crate::parts::field::{Field, Kind};
use crate::parts::form::form;
use crate::parts::step::step as framed;
use crate::parts::text::message;
use crate::wizard::{Event, Form};
use crate::words::Words;

pub(super) fn identify(desk: Desk) -> View {
    let input = el("input");
    let first = desk.take_first_step().unwrap_or_default();
    let wizard = untrack(|| desk.wizard());
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
    let form = form(desk, read)
        .attr("method", "dialog")
        .on("focusin", move |_| desk.session().touched())
        .child(field)
        .child(submit(
            desk,
            message(Words::wizard_continue),
            message(Words::identify_working),
        ));
    framed(
        desk,
        "identify",
        message(Words::identify_title),
        Some(message(Words::identify_hint)),
        form,
    )
}
