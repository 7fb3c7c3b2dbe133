//! The code screen: one field that accepts every pasted form of the code, the time until which the
//! code works, and a new code when the person needs one.

use leptos::prelude::*;
use postern_flow::reset::{Busy, Event, Form, Screen};
use postern_kit::browser::{self, CodeFromText, SOON, format_time, format_time_from};
use postern_kit::element::{Element, View, effect, el, when};
use postern_kit::parts::button::{QUIET, button, submit};
use postern_kit::parts::field::{Field, Kind};
use postern_kit::parts::form::form;
use postern_kit::text::Text;
use postern_protocol::{EnterCode, Method, Notice, Timestamp};

use crate::desk::Desk;
use crate::parts::step::step_screen;
use crate::parts::ways::ways_out;
use crate::words::{Words, message};
use postern_protocol::decimal;

/// The maximum time by which this device's clock can be ahead of the judge's, in seconds.
const LOOKS_AFTER_END: i64 = 2;

pub(super) fn code(desk: Desk, step: EnterCode) -> View {
    let words = desk.words();
    let input = el("input");
    let method = step.method;
    let first = StoredValue::new(step);
    // The last known step while the screen is removed.
    let step = move || {
        if let Screen::Code(step) = desk.wizard().screen() {
            step
        } else {
            first.get_value()
        }
    };
    let sent = Sent { desk, step };
    if method == Method::MobileSms {
        fill_from_text(&input, sent);
    }
    empty_with_code(&input, sent);
    look_once_ended_under_lock(desk, step);
    let title = message(match method {
        Method::AuthenticatorCode => Words::code_title_authenticator,
        Method::Email => Words::code_title_email,
        Method::MobileSms | Method::MobileCall | Method::OfficeCall | Method::Questions => {
            Words::code_title_text
        }
    });
    let lead = Text::of(move || {
        let step = step();
        let digits = step.length.digits().into();
        let hint = step.hint.unwrap_or_default();
        match method {
            _ if sent.is_dead() => words.code_dead(),
            Method::AuthenticatorCode => words.code_authenticator_hint(digits),
            Method::Email => words.code_sent_email(digits),
            Method::MobileSms | Method::MobileCall | Method::OfficeCall | Method::Questions => {
                words.code_sent_text(digits, &hint)
            }
        }
    });
    let busy = Text::of(move || match desk.wizard().busy() {
        Some(Busy::Sending(_)) => words.method_sending(),
        _ => words.code_checking(),
    });
    let group = {
        let input = input.clone();
        move |_| browser::group_digits(input.html(), group_length(step().length.digits()))
    };
    // A dead code needs no input: only the button that requests another code helps.
    let input = input.attr_while("readonly", "", move || sent.is_dead());
    let field = Field {
        name: "code",
        label: message(Words::code_label),
        kind: Kind::CODE,
        value: "",
        explained_by_lead: true,
    }
    .view(desk, &input);
    // If the code is dead, the person can only request another one.
    let label = Text::of(move || {
        if sent.is_dead() {
            sent.label()
        } else {
            words.wizard_continue()
        }
    });
    let read = {
        let input = input.clone();
        move || {
            if sent.is_dead() {
                Form::Resend
            } else {
                Form::Code(input.value())
            }
        }
    };
    let form = form(move || desk.submit(read()))
        .on("input", group)
        .child(field)
        .child(when(
            move || step().expires_at.is_some(),
            move || sent.line(),
        ))
        .child(submit(desk, label, busy));
    step_screen(desk, "code", title, Some(lead), [form, ways_out(desk)])
}

/// The number of digits in a group: half of the code, as in the mail and the text.
fn group_length(digits: u8) -> u32 {
    u32::from(digits).div_ceil(2)
}

/// A code that was sent, and the actions that are still possible.
#[derive(Clone, Copy)]
struct Sent<S> {
    desk: Desk,
    step: S,
}

impl<S: Fn() -> EnterCode + Copy + 'static> Sent<S> {
    fn step(self) -> EnterCode {
        (self.step)()
    }

    /// Whether the code has expired.
    fn has_expired(self) -> bool {
        self.desk.clock().is_past(self.step().expires_at)
    }

    /// Whether the code can no longer open the gate.
    fn is_dead(self) -> bool {
        self.step().is_spent || self.has_expired()
    }

    /// Seconds until the person can request another code.
    fn wait(self) -> u32 {
        let resend = self.step().resend_at;
        resend.map_or(0, |at| self.desk.clock().seconds_until(at))
    }

    /// The label of the button that requests another code: it shows the remaining wait until then.
    fn label(self) -> String {
        let words = self.desk.words();
        match self.wait() {
            0 => words.code_resend(),
            SOON.. => words.code_new_from(&self.time(self.step().resend_at, format_time_from)),
            wait => {
                let (minutes, seconds) = (wait / 60, wait % 60);
                let colon = if seconds < 10 { ":0" } else { ":" };
                words.code_new_in(&[&*decimal(minutes), colon, &decimal(seconds)].concat())
            }
        }
    }

    fn time(self, at: Option<Timestamp>, format: fn(&str, Timestamp) -> String) -> String {
        let language = self.desk.words().language().tag;
        at.map_or_else(String::new, |at| format(language, at))
    }

    /// The time until which the code works, and the time from which the person can request another:
    /// one line, directly below the field.
    fn line(self) -> View {
        let words = self.desk.words();
        let time = move || self.time(self.step().expires_at, format_time);
        let until = move || {
            if self.has_expired() {
                words.code_ended(&time())
            } else if self.is_dead() {
                // Too many wrong codes ended it before its time.
                String::new()
            } else {
                words.code_expires(&time())
            }
        };
        // A screen reader announces the new line, but not the seconds.
        let news = move || {
            if self.has_expired() {
                words.code_ended(&time())
            } else if self.wait() == 0 {
                words.code_resend_ready()
            } else {
                String::new()
            }
        };
        let again = move || {
            button(QUIET, Text::of(move || self.label()), move || {
                if untrack(|| self.wait()) == 0 {
                    self.desk.dispatch(Event::Submitted(Form::Resend));
                }
            })
            .attr_while("aria-disabled", "true", move || self.wait() > 0)
        };
        let line = el("p")
            .class("postern-code-line")
            .child(el("span").say(Text::of(until)))
            .child(when(move || !self.is_dead(), again));
        let news = el("p")
            .class("postern-hidden")
            .attr("role", "status")
            .say(Text::of(news));
        [line, news].into()
    }
}

/// Clears the digits when the code changes, and focuses the field for a new code.
fn empty_with_code<S: Fn() -> EnterCode + Copy + 'static>(input: &Element, sent: Sent<S>) {
    let input = input.clone();
    let mut last = None;
    effect(move || {
        let expires = sent.step().expires_at;
        let is_new = sent
            .desk
            .wizard()
            .notices()
            .contains(&Notice::CodeSentAgain);
        let is_another = last.replace(expires).is_some_and(|last| last != expires);
        if (is_another && is_new) || sent.is_dead() {
            input.set_value("");
        }
        if is_another && is_new {
            input.take_focus();
        }
    });
}

/// Asks the judge once the time of a code that was open under a lock is over: only the judge knows
/// what is open then. The judge's clock must have reached that time too.
fn look_once_ended_under_lock(desk: Desk, step: impl Fn() -> EnterCode + 'static) {
    let mut looked_for = None;
    effect(move || {
        let ends = step().expires_at;
        let looks_at = ends.map(|end| Timestamp::from_seconds(end.seconds() + LOOKS_AFTER_END));
        let has_ended = desk.wizard().lock().is_some() && desk.clock().is_past(looks_at);
        if has_ended && looked_for.replace(ends) != Some(ends) {
            desk.dispatch(Event::Woke);
        }
    });
}

/// Lets the browser read the code from the text message, if it can; the person still sends the
/// form.
fn fill_from_text<S: Fn() -> EnterCode + Copy + 'static>(input: &Element, sent: Sent<S>) {
    let input = input.clone();
    let asking = StoredValue::new_local(None::<CodeFromText>);
    let mut last = None;
    effect(move || {
        // The request is repeated for each new code.
        let EnterCode {
            expires_at, length, ..
        } = sent.step();
        if last.replace(expires_at) != Some(expires_at) {
            let input = input.clone();
            asking.set_value(Some(CodeFromText::ask(Box::new(move |code: String| {
                if !untrack(|| sent.is_dead()) {
                    input.set_value(&code);
                    browser::group_digits(input.html(), group_length(length.digits()));
                }
            }))));
        }
    });
}
