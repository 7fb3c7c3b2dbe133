//! The method screen: the methods of this gate, without any method that passed an earlier gate.

use leptos::prelude::*;
use postern_flow::reset::{Busy, Form};
use postern_kit::element::{View, el};
use postern_kit::parts::button::submit;
use postern_kit::parts::choice::{Choice, choices};
use postern_kit::parts::form::form;
use postern_kit::text::Text;
use postern_protocol::{ChooseMethod, Method as How};

use crate::desk::Desk;
use crate::parts::help::contact;
use crate::parts::step::step_screen;
use crate::words::{Words, message};

pub(super) fn method(desk: Desk, step: &ChooseMethod) -> View {
    let words = desk.words();
    // If there is only one method, the person does not choose but only confirms it.
    let only = match step.offers.as_slice() {
        [offer] => offer.method.name(),
        _ => "",
    };
    let chosen = RwSignal::new(only.to_owned());
    let offered = step.offers.iter().map(|offer| Choice {
        value: offer.method.name(),
        label: message(label(offer.method)),
        hint: offer
            .hint
            .clone()
            .filter(|hint| !hint.is_empty())
            .map(|hint| Text::of(move || words.method_ending(&hint))),
    });
    let read = move || {
        let chosen = chosen.get_untracked();
        Form::Method(How::ALL.into_iter().find(|method| method.name() == chosen))
    };
    let busy = move || match desk.wizard().busy() {
        Some(Busy::Sending(method))
            if !matches!(method, How::Questions | How::AuthenticatorCode) =>
        {
            words.method_sending()
        }
        _ => words.method_starting(),
    };
    let is_second = step.gate > 1;
    let title = if is_second {
        Words::method_title_second
    } else {
        Words::method_title
    };
    let passed = is_second.then(|| {
        let passed = el("p")
            .class("postern-notice postern-notice-ok")
            .attr("role", "status");
        passed.say(message(Words::method_passed))
    });
    let form = form(move || desk.submit(read()))
        .child(choices(desk, "method", offered.collect(), chosen))
        .child(submit(
            desk,
            message(Words::wizard_continue),
            Text::of(busy),
        ));
    let none_of_these = el("details")
        .class("postern-details")
        .child(el("summary").say(message(Words::method_none_of_these)))
        .child(el("p").say(message(Words::refusal_help_ask)))
        .child(contact(desk));
    let asked = [passed, Some(form), Some(none_of_these)]
        .into_iter()
        .flatten()
        .collect::<View>();
    step_screen(desk, "method", message(title), None, asked)
}

fn label(method: How) -> fn(Words) -> String {
    match method {
        How::Email => Words::method_email,
        How::MobileSms => Words::method_mobile_sms,
        How::MobileCall => Words::method_mobile_call,
        How::OfficeCall => Words::method_office_call,
        How::Questions => Words::method_questions,
        How::AuthenticatorCode => Words::method_authenticator_code,
    }
}
