//! Answer the call and press #. After ten seconds another call and the administrator are offered.

use std::rc::Rc;

use leptos::prelude::*;
use postern_protocol::AwaitCall;

use crate::app::Desk;
use crate::parts::button::quiet;
use crate::parts::element::{View, el, when};
use crate::parts::help::contact;
use crate::parts::step::step as framed;
use crate::parts::text::{Text, message};
use crate::wizard::{Busy, Event, Form, Screen};
use crate::words::Words;

pub(super) fn call(desk: Desk, step: &AwaitCall) -> View {
    let words = desk.words();
    let clock = desk.clock();
    let first = StoredValue::new(step.clone());
    // The last of it while the screen is being taken down.
    let step = move || {
        if let Screen::Call(step) = desk.wizard().screen() {
            step
        } else {
            first.get_value()
        }
    };
    let calling = move || matches!(desk.wizard().busy(), Some(Busy::Sending(_)));
    let failed = move || step().failed;
    let status = move || {
        if calling() {
            words.method_calling()
        } else if failed() {
            words.call_failed()
        } else {
            words.call_waiting()
        }
    };
    let may_retry = move || failed() || clock.seconds_until(step().retry_at) == 0;
    let retry = move || -> View {
        let again = quiet(message(Words::call_retry), move || {
            desk.dispatch(Event::Submitted(Form::Resend));
        });
        [again, contact(desk)].into()
    };
    let has_other_ways = move || step().offers.len() > 1;
    let other = move || {
        quiet(message(Words::code_other_method), move || {
            desk.dispatch(Event::OtherMethod);
        })
    };
    let hint: Rc<str> = first.with_value(|step| step.hint.as_str().into());
    framed(
        desk,
        "call",
        message(Words::call_title),
        Some(Text::of(move || words.call_hint(&hint))),
        [
            el("p")
                .class("postern-notice")
                .attr("role", "status")
                .say(Text::of(status)),
            el("div")
                .class("postern-ways-out")
                .child(when(may_retry, retry))
                .child(when(has_other_ways, other)),
        ],
    )
}
