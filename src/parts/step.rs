//! One step: the way back, the gate mark, the problems, the heading, the account, one sentence, and
//! the questions.
//!
//! A new step sets the title of the tab.

use leptos::prelude::untrack;
use postern_flow::reset::{Event, Screen, Wizard};
use postern_kit::browser;
use postern_kit::element::{Element, View, effect, el, live, when};
use postern_kit::parts::button::quiet;
use postern_kit::parts::gates::gate_mark;
use postern_kit::parts::notice::announced;
use postern_kit::parts::step::{heading, lead as lead_of, step};
use postern_kit::text::Text;
use postern_kit::words::strip_isolates;
use postern_protocol::Gates;

use super::problems::summary;
use super::ways::instead;
use crate::desk::Desk;
use crate::messages::{explained, lock, said};
use crate::words::{Words, message};

/// The page warns the person two minutes before the end (NIST SP 800-63B-4 section 8.1).
const WARN_BEFORE_END_SECONDS: u32 = 120;

/// Below this time the warning counts seconds, in steps of ten, so that a screen reader does not
/// speak all the time.
const COUNT_SECONDS_BELOW: u32 = 60;

/// A step of the wizard with its content. `name` is its name in CSS and in tests: the screen's own
/// name. `title` is the heading of the page; `lead` is the one sentence, where one is necessary.
pub(crate) fn step_screen(
    desk: Desk,
    name: &str,
    title: Text,
    lead: Option<Text>,
    asked: impl Into<View>,
) -> View {
    assembled(desk, name, title, lead, asked.into())
}

fn assembled(desk: Desk, name: &str, title: Text, lead: Option<Text>, asked: View) -> View {
    name_tab(desk, title.clone());
    let heading = heading(desk, title);
    let back = move || {
        el("div")
            .class("postern-back")
            .child(quiet(message(Words::wizard_back), move || go_back(desk)))
    };
    step(name)
        .child(when(move || desk.wizard().can_go_back(), back))
        .child(gates(desk))
        .child(summary(desk))
        .child(end_warning(desk))
        .child(heading)
        .child(account(desk))
        .child(lead.map(|sentence| lead_of(desk, sentence)))
        .child(notices(desk))
        .child(asked)
        .into()
}

/// The account, from the second step on, and the link to another account: the person sees a mistake
/// of the first step at every later step.
fn account(desk: Desk) -> View {
    let words = desk.words();
    let known = move || {
        let wizard = desk.wizard();
        let (identifier, may_change) = wizard.account()?;
        Some((identifier.to_owned(), may_change))
    };
    let line = move || {
        known().map(|(identifier, may_change)| {
            let (whose, change) = (desk.id("account"), desk.id("account-change"));
            let button = may_change.then(|| {
                quiet(message(Words::account_change), move || {
                    desk.dispatch(Event::OtherAccount);
                })
                .id(&change)
                .attr("aria-labelledby", &[&change, " ", &whose].concat())
            });
            el("p")
                .class("postern-account")
                .child(
                    el("span")
                        .id(&whose)
                        .say(Text::of(move || words.account_for(&identifier))),
                )
                .child(button)
        })
    };
    live(known, line)
}

/// Goes back. On our own page it uses the browser's history, so that the browser's own button and
/// this one agree.
fn go_back(desk: Desk) {
    if desk.session().config().owns_page {
        browser::history_back();
    } else {
        desk.dispatch(Event::Back);
    }
}

/// Keeps the title of the tab up to date with the step, the problems and the organisation.
fn name_tab(desk: Desk, title: Text) {
    if !desk.session().config().owns_page {
        return;
    }
    let words = desk.words();
    effect(move || {
        let mut text = title.get();
        let wizard = desk.wizard();
        if let Some(tenant) = wizard
            .attempt()
            .and_then(|attempt| attempt.tenant_name.as_ref())
        {
            text = words.wizard_title_with_tenant(tenant, &text);
        }
        if !explained(desk).is_empty() {
            text = words.wizard_title_with_error(&text);
        }
        browser::set_title(&strip_isolates(&text));
    });
}

/// The notices of the last answer, and the warning before the last try with the alternatives beside
/// it.
fn notices(desk: Desk) -> View {
    let words = desk.words();
    let notices = announced("postern-notices", move || {
        let wizard = desk.wizard();
        // The notice that a code was sent no longer applies after the code has ended. The notice of
        // the tries that a lock leaves ends at the same time.
        let is_over =
            matches!(wizard.screen(), Screen::Code(step) if desk.clock().is_past(step.expires_at));
        let warning = match lock(words, &wizard) {
            Some(lock) => (!is_over && !wizard.is_lock_told()).then_some(lock),
            None => wizard.is_last_try().then(|| words.last_try()),
        };
        let said = wizard
            .notices()
            .iter()
            .filter(|_| !is_over)
            .filter_map(|notice| said(words, notice));
        said.chain(warning).collect()
    });
    [notices.into(), instead(desk, Wizard::is_last_try)].into()
}

/// Warns the person before the attempt ends.
fn end_warning(desk: Desk) -> Element {
    let words = desk.words();
    let clock = desk.clock();
    let seconds = move || {
        desk.wizard()
            .ends_at()
            .map(|ends| clock.seconds_until(ends))
    };
    // This effect runs at each tick only: the dispatch changes the values that the effect reads.
    effect(move || {
        clock.tick();
        if untrack(seconds) == Some(0) {
            desk.dispatch(Event::TimeIsUp);
        }
    });
    let warning = move || {
        let left = match seconds()? {
            0 => return None,
            left @ 1..COUNT_SECONDS_BELOW => left.next_multiple_of(10),
            left @ COUNT_SECONDS_BELOW..=WARN_BEFORE_END_SECONDS => left.next_multiple_of(60),
            _ => return None,
        };
        Some(if left < COUNT_SECONDS_BELOW {
            words.idle_warning_seconds(left)
        } else {
            words.idle_warning(left.div_ceil(60))
        })
    };
    let is_near = move || warning().is_some();
    // The person cannot get more time: the proofs would stay valid for longer. They can start again
    // at once.
    let again = move || {
        quiet(message(Words::wizard_start_again_now), move || {
            desk.dispatch(Event::StartedOver);
        })
    };
    el("div").class("postern-ending").child([
        announced("postern-ending-said", move || {
            warning().into_iter().collect()
        })
        .into(),
        when(is_near, again),
    ])
}

/// The gate mark with its text, if policy requires more than one gate.
fn gates(desk: Desk) -> View {
    let words = desk.words();
    gate_mark(
        move || desk.wizard().gates(),
        move |Gates { required, passed }| {
            if passed >= required {
                words.gate_mark_open()
            } else {
                words.gate_mark(u32::from(passed) + 1, required.into())
            }
        },
    )
}
