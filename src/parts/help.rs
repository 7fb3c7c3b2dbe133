//! The help strip at the foot of every page: everything a helpdesk asks, and the way to the administrator.

use leptos::prelude::*;
use postern_protocol::{Help, Timestamp};

use super::button::quiet;
use super::element::{Element, View, el, live, when};
use super::text::{Text, message};
use crate::app::Desk;
use crate::browser;
use crate::wizard::{Busy, Event};
use crate::words::{Words, strip_isolates};

/// How much of the support code the closed strip shows.
const SHOWN_CHARACTERS: usize = 4;

/// The strip; pressed, it opens the panel.
pub(crate) fn help_strip(desk: Desk) -> Element {
    let words = desk.words();
    let open = RwSignal::new(false);
    let panel_id = desk.id("support");
    let short = Text::of(move || {
        let mut code: String = support_code(desk).chars().take(SHOWN_CHARACTERS).collect();
        code.push('…');
        words.support_code(&code)
    });
    let strip = quiet(short, move || open.set(!open.get_untracked()))
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
    // The moment of the page, as a helpdesk wants it: when the person asked, not a running clock.
    let asked_at = browser::now();
    let facts = move || facts(desk, words, asked_at);
    let status = RwSignal::new(String::new());
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
            let said = if browser::copy(&text).await {
                words.support_copied()
            } else {
                words.support_copy_failed()
            };
            status.try_set(said);
        });
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
                .say(Text::of(move || status.get())),
        )
}

/// The way to the administrator: the organisation's own page, a word sent from here, or both.
pub(crate) fn contact(desk: Desk) -> Element {
    let words = desk.words();
    let help = move || help(desk);
    let asking = move || desk.wizard().busy() == Some(Busy::AskingForHelp);
    let ways = move || {
        let help = help();
        let link = help.url.map(|url| {
            el("a")
                .class("postern-quiet")
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
        let request = (help.can_request && help.requested_at.is_none())
            .then(|| quiet(Text::of(label), move || desk.dispatch(Event::AskedForHelp)));
        let requested = help.requested_at.map(|at| {
            let said =
                move || words.support_contacted(&browser::format_time(words.language().tag, at));
            el("p").attr("role", "status").say(Text::of(said))
        });
        [link, request, requested]
            .into_iter()
            .flatten()
            .collect::<View>()
    };
    el("div").class("postern-contact").child(live(help, ways))
}

/// Who can help, as the attempt says it, or before there is one as the page does.
pub(crate) fn help(desk: Desk) -> Help {
    match desk.wizard().attempt() {
        Some(attempt) => attempt.help.clone(),
        None => Help {
            url: desk.session().config().help_url.clone(),
            ..Help::default()
        },
    }
}

/// What a caller reads to the helpdesk: the attempt's, or before there is one the page's own.
pub(crate) fn support_code(desk: Desk) -> String {
    let known = desk.wizard().attempt().map(|attempt| attempt.support_code);
    known
        .unwrap_or_else(|| desk.session().support_code())
        .to_string()
}

/// Everything a helpdesk asks, as label and value. Nothing secret.
fn facts(desk: Desk, words: Words, asked_at: Timestamp) -> Vec<(String, String)> {
    let mut facts = vec![(words.support_label_code(), support_code(desk))];
    let wizard = desk.wizard();
    if let Some(attempt) = wizard.attempt() {
        facts.push((words.support_label_sid(), attempt.id.to_string()));
        facts.push((
            words.support_label_cid(),
            attempt.correlation_id.to_string(),
        ));
    }
    let mut page = wizard.place_name();
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
