//! The call screen: answer the call and press #. After ten seconds it offers another call and the
//! administrator.

use std::rc::Rc;

use leptos::prelude::*;
use postern_flow::reset::{Busy, Event, Form, Screen};
use postern_kit::element::{View, el, when};
use postern_kit::parts::button::{FILLED, button};
use postern_kit::text::Text;
use postern_protocol::AwaitCall;

use crate::desk::Desk;
use crate::parts::help::contact;
use crate::parts::step::step_screen;
use crate::parts::ways::other_method;
use crate::words::{Words, message};

pub(super) fn call(desk: Desk, step: &AwaitCall) -> View {
    let words = desk.words();
    let clock = desk.clock();
    let first = StoredValue::new(step.clone());
    // The last known step while the screen is removed.
    let step = move || {
        if let Screen::Call(step) = desk.wizard().screen() {
            step
        } else {
            first.get_value()
        }
    };
    let calling = move || matches!(desk.wizard().busy(), Some(Busy::Sending(_)));
    let failed = move || step().failed && !calling();
    let may_retry =
        move || (step().failed || clock.seconds_until(step().retry_at) == 0) && !calling();
    let status = move || {
        if calling() {
            words.method_calling()
        } else if failed() {
            words.call_failed()
        } else {
            words.call_waiting()
        }
    };
    let news = move || {
        if may_retry() && !failed() {
            words.call_retry_ready()
        } else {
            String::new()
        }
    };
    // After the offer appears it stays, so that the focus stays on it. The offer waits until the
    // person decides.
    let offered = StoredValue::new(false);
    let is_offered = move || {
        let is_offered = offered.get_value() || may_retry();
        offered.set_value(is_offered);
        is_offered
    };
    let retry = move || -> View {
        let again = button(FILLED, message(Words::call_retry), move || {
            if untrack(may_retry) {
                desk.dispatch(Event::Submitted(Form::Resend));
            }
        })
        .attr_while("aria-disabled", "true", move || !may_retry());
        [
            el("div").class("postern-submit").child(again),
            contact(desk),
        ]
        .into()
    };
    let has_other_ways = move || step().offers.len() > 1;
    let hint: Rc<str> = first.with_value(|step| step.hint.as_str().into());
    step_screen(
        desk,
        "call",
        message(Words::call_title),
        Some(Text::of(move || words.call_hint(&hint))),
        [
            el("p")
                .live_attr("class", move || {
                    let class = if failed() {
                        "postern-notice postern-notice-wrong"
                    } else {
                        "postern-notice"
                    };
                    Some(class.into())
                })
                .attr("role", "status")
                .say(Text::of(status)),
            el("p")
                .class("postern-hidden")
                .attr("role", "status")
                .say(Text::of(news)),
            el("div").child(when(is_offered, retry)),
            el("div")
                .class("postern-ways-out")
                .child(when(has_other_ways, move || other_method(desk))),
        ],
    )
}
