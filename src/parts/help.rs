//! The help strip at the foot of every page: all data that a helpdesk asks for, and the way to the
//! administrator.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use postern_flow::reset::{Busy, Event, Screen};
use postern_kit::browser;
use postern_kit::element::{Element, View, effect, el, live, when};
use postern_kit::parts::button::{FILLED, QUIET, button, quiet};
use postern_kit::text::Text;
use postern_kit::words::strip_isolates;
use postern_protocol::{Help, SupportCode, Timestamp};

use crate::desk::Desk;
use crate::messages::refusal_title;
use crate::words::{Words, message};

/// The strip; a press opens the panel.
pub(crate) fn help_strip(desk: Desk) -> Element {
    let words = desk.words();
    let open = RwSignal::new(false);
    let panel_id = desk.id("support");
    let short = move || words.support_code(&in_one_line(&code_to_read_out(desk)));
    let strip = quiet(Text::of(short), move || open.set(!open.get_untracked()))
        .live_attr("aria-expanded", move || {
            Some(if open.get() { "true" } else { "false" }.into())
        })
        .attr("aria-controls", &panel_id);
    let room = el("div")
        .id(&panel_id)
        .child(when(move || open.get(), move || panel(desk)));
    el("div").class("postern-help").child([strip, room])
}

fn panel(desk: Desk) -> Element {
    let words = desk.words();
    // The time at which the person opened the panel, for the helpdesk. It is not a running clock.
    let asked_at = browser::now();
    let facts = move || facts(desk, words, asked_at);
    // The result of the last copy, if there was one. The page shows it in its current language.
    let copied = RwSignal::new(None);
    let text = move || {
        let mut text = String::new();
        for (label, value) in facts() {
            text.push_str(&label);
            text.push_str(": ");
            text.push_str(&strip_isolates(&value));
            text.push('\n');
        }
        text
    };
    let copy = move || {
        let text = text();
        browser::spawn(async move {
            let is_copied = browser::copy(&text).await;
            copied.try_set(Some(is_copied));
        });
    };
    let status = move || match copied.get() {
        None => String::new(),
        Some(true) => words.support_copied(),
        Some(false) => words.support_copy_failed(),
    };
    let rows = move || {
        let row = |(label, value): (String, String)| {
            [
                el("dt").text(&label),
                el("dd").child(el("bdi").text(&value)),
            ]
        };
        facts().into_iter().flat_map(row).collect::<View>()
    };
    let share = browser::can_share().then(|| {
        quiet(message(Words::support_share), move || {
            browser::share(&words.support_panel_title(), &untrack(text));
        })
    });
    let actions = el("div")
        .class("postern-panel-actions")
        .child(quiet(message(Words::support_copy), copy))
        .child(share)
        .child(contact(desk));
    let title_id = desk.id("support-title");
    el("div")
        .class("postern-panel")
        .attr("role", "group")
        .attr("aria-labelledby", &title_id)
        .child(
            el("h2")
                .id(&title_id)
                .say(message(Words::support_panel_title)),
        )
        .child(el("p").say(message(Words::support_panel_intro)))
        .child(el("dl").child(live(facts, rows)))
        .child(actions)
        .child(
            el("p")
                .class("postern-status")
                .attr("role", "status")
                .say(Text::of(status)),
        )
}

/// The ways to the administrator, as quiet buttons: the organisation's own page, a message from
/// here, or both.
pub(crate) fn contact(desk: Desk) -> Element {
    ways_to_help(desk, QUIET)
}

/// The same for a step where help is the main option: the message from here, or else the
/// organisation's page, is the button of the step.
pub(crate) fn contact_first(desk: Desk) -> Element {
    ways_to_help(desk, FILLED)
}

fn ways_to_help(desk: Desk, class: &'static str) -> Element {
    let words = desk.words();
    let help = move || help(desk);
    let asking = move || desk.wizard().busy() == Some(Busy::AskingForHelp);
    // The button disappears after its work is done, and the focus moves to the result.
    let pressed = Rc::new(Cell::new(false));
    let ways = move || {
        let help = help();
        let can_ask = help.can_request && help.requested_at.is_none();
        let link = help.url.map(|url| {
            el("a")
                .class(if can_ask { QUIET } else { class })
                .attr("href", &url)
                .attr("target", "_blank")
                .attr("rel", "noopener noreferrer")
                .say(message(Words::support_contact_link))
        });
        let label = move || {
            if asking() {
                words.support_contacting()
            } else {
                words.support_contact()
            }
        };
        let request = can_ask.then(|| {
            let pressed = pressed.clone();
            button(class, Text::of(label), move || {
                pressed.set(true);
                desk.dispatch(Event::AskedForHelp);
            })
        });
        let requested = help.requested_at.map(|at| {
            let said =
                move || words.support_contacted(&browser::format_time(words.language().tag, at));
            let said = el("p")
                .attr("role", "status")
                .attr("tabindex", "-1")
                .say(Text::of(said));
            if pressed.take() {
                let said = said.clone();
                effect(move || said.take_focus());
            }
            said
        });
        [request, link, requested]
            .into_iter()
            .flatten()
            .collect::<View>()
    };
    el("div").class("postern-contact").child(live(help, ways))
}

/// The help contacts: from the attempt, or from the page before there is an attempt.
pub(crate) fn help(desk: Desk) -> Help {
    match desk.wizard().attempt() {
        Some(attempt) => attempt.help.clone(),
        None => Help {
            url: desk.session().config().help_url.clone(),
            ..Help::default()
        },
    }
}

/// The support code of the attempt, or the page's own before there is an attempt.
fn support_code(desk: Desk) -> SupportCode {
    let known = desk.wizard().attempt().map(|attempt| attempt.support_code);
    known.unwrap_or_else(|| desk.session().support_code())
}

/// The code that a caller reads to the helpdesk.
pub(crate) fn code_to_read_out(desk: Desk) -> String {
    support_code(desk).short().to_string()
}

/// A code for display where the person cannot copy it. It does not break over two lines, because
/// people would read it as two codes.
fn in_one_line(code: &str) -> String {
    code.replace('-', "-\u{2060}")
}

/// All data that a helpdesk asks for, as label and value, in the order in which the helpdesk asks.
/// No value is secret.
fn facts(desk: Desk, words: Words, asked_at: Timestamp) -> Vec<(String, String)> {
    let code = support_code(desk);
    let mut facts = vec![(
        words.support_label_code(),
        [&code.short().to_string(), " · ", &code.to_string()].concat(),
    )];
    let wizard = desk.wizard();
    if let Screen::Refused(page) = wizard.screen() {
        let title = refusal_title(page.refusal)(words);
        let reason = match page.refusal.code() {
            Some(code) => words.refusal_details_line(code, &title),
            None => title,
        };
        facts.push((words.support_label_reason(), reason));
    }
    if let Some(attempt) = wizard.attempt() {
        facts.push((words.support_label_sid(), attempt.id.to_string()));
        facts.push((
            words.support_label_cid(),
            attempt.correlation_id.to_string(),
        ));
    }
    let mut page = wizard.page_name();
    if desk.session().config().owns_page {
        page = [&browser::page_address(), " (", &page, ")"].concat();
    }
    facts.push((words.support_label_page(), page));
    facts.push((
        words.support_label_time(),
        browser::format_exact(words.language().tag, asked_at),
    ));
    if !wizard.identifier().is_empty() {
        facts.push((
            words.support_label_identifier(),
            wizard.identifier().to_owned(),
        ));
    }
    facts
}
