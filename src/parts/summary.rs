//! The error summary: the problems, above the heading, with the focus on the summary and a link to
//! each field.
//!
//! Because it has the focus, a screen reader reads the title and the sentences; as an alert it
//! would read them twice.

use postern_flow::reset::{Event, Flight, Trouble, Wizard};
use postern_protocol::ProblemKind;

use super::button::quiet;
use super::element::{Element, View, effect, el, live, svg, when};
use super::text::{Text, message};
use super::ways::instead;
use crate::browser;
use crate::desk::Desk;
use crate::messages::{Explanation, explained};
use crate::words::Words;

/// The summary, while there are problems.
pub(crate) fn summary(desk: Desk) -> View {
    when(move || !explained(desk).is_empty(), move || problems(desk))
}

fn problems(desk: Desk) -> Element {
    let words = desk.words();
    let (title_id, list_id) = (desk.id("problem"), desk.id("problems"));
    let can_retry = move || matches!(desk.wizard().flight(), Flight::Lost { .. });
    let title = move || {
        if matches!(desk.wizard().trouble(), Some(Trouble::Lost)) {
            words.lost_title()
        } else {
            words.summary_title()
        }
    };
    let icon = svg("svg")
        .class("postern-icon")
        .attr("viewBox", "0 0 20 20")
        .attr("aria-hidden", "true")
        .child(svg("path").attr("d", "M10 1.5 19 18H1z"))
        .child(
            svg("path")
                .class("postern-icon-mark")
                .attr("d", "M10 7v5M10 14.2v1.4"),
        );
    let items = move || explained(desk).into_iter().map(item).collect::<View>();
    let retry = move || {
        quiet(message(Words::lost_retry), move || {
            desk.dispatch(Event::Retried);
        })
    };
    let frame = el("div")
        .class("postern-summary")
        .attr("role", "group")
        .attr("tabindex", "-1")
        .attr("aria-labelledby", &title_id)
        .live_attr("data-problem", move || of_portal(desk).map(Into::into))
        .attr("aria-describedby", &list_id)
        .child(el("h2").id(&title_id).child(icon).say(Text::of(title)))
        .child(
            el("ul")
                .id(&list_id)
                .child(live(move || explained(desk), items)),
        )
        .child(when(can_retry, retry))
        .child(instead(desk, Wizard::is_last_warning));
    let (focused, mut last) = (frame.clone(), None);
    effect(move || {
        // The same problem in succession takes the focus again.
        let turn = desk.wizard().turn();
        if last.replace(turn) != Some(turn) && desk.may_lead() {
            focused.focus();
        }
    });
    frame
}

/// The wire name of the problem that the portal's page receives: `embed/element.js` reads it.
fn of_portal(desk: Desk) -> Option<&'static str> {
    match desk.wizard().trouble() {
        Some(Trouble::Judged(ProblemKind::OrganisationOther { .. })) => Some("organisation-other"),
        Some(Trouble::Judged(ProblemKind::PortalNotListed)) => Some("portal-not-listed"),
        Some(_) | None => None,
    }
}

fn item(explanation: Explanation) -> Element {
    let Explanation { field, text } = explanation;
    let Some(field) = field else {
        return el("li").text(&text);
    };
    let link = el("a")
        .attr("href", &["#", &field].concat())
        .text(&text)
        .on("click", move |event| {
            event.prevent_default();
            browser::focus_field(&field);
        });
    el("li").child(link)
}
