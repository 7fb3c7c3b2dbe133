//! The audit log as an administrator reads it, in the words of the reference, newest first.

use leptos::prelude::*;
use postern_engine::audit::{AuditEvent, AuditResult};
use postern_kit::browser;
use postern_protocol::Timestamp;

use super::scene::Scene;
use crate::demo::host::Host;

/// The number of events shown: more than one session with the demo produces.
const SHOWN_MAX: usize = 100;

/// The language of the reference's words.
const LANGUAGE_OF_THE_REFERENCE: &str = "en";

#[derive(Clone, Debug, Eq, PartialEq)]
struct Line {
    at: Timestamp,
    identifier: String,
    activity: String,
    reason: String,
    succeeded: bool,
}

#[component]
pub(super) fn Audit(scene: Scene) -> impl IntoView {
    let words = scene.words;
    let lines = scene.read(lines);
    let is_empty = move || lines.with(Vec::is_empty);
    let rows = move || {
        lines
            .get()
            .into_iter()
            .map(|line| view! { <Row scene line /> })
            .collect_view()
    };
    view! {
        <details class="postern-demo-audit" data-audit=true>
            <summary>{move || words.demo_audit()}</summary>
            <Show when=is_empty>
                <p class="postern-demo-empty">{move || words.demo_audit_empty()}</p>
            </Show>
            <ol>{rows}</ol>
        </details>
    }
}

#[component]
fn Row(scene: Scene, line: Line) -> impl IntoView {
    let Line {
        at,
        identifier,
        activity,
        reason,
        succeeded,
    } = line;
    let words = scene.words;
    view! {
        <li data-result=if succeeded { "success" } else { "failure" }>
            <span class="postern-demo-reason" lang=LANGUAGE_OF_THE_REFERENCE dir="ltr">{reason}</span>
            <span class="postern-demo-activity" lang=LANGUAGE_OF_THE_REFERENCE dir="ltr">{activity}</span>
            <span class="postern-demo-who">
                {move || browser::format_time(words.language().tag, at)}
                <bdi dir="ltr">{identifier}</bdi>
            </span>
        </li>
    }
}

fn lines(host: &Host) -> Vec<Line> {
    let line = |event: &AuditEvent| Line {
        at: event.at,
        identifier: event.identifier.clone(),
        activity: event.activity.to_string(),
        reason: event.reason.to_string(),
        succeeded: event.result == AuditResult::Success,
    };
    host.with_world(|world| {
        world
            .audit()
            .iter()
            .rev()
            .take(SHOWN_MAX)
            .map(line)
            .collect()
    })
}
