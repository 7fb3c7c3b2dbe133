//! The switches: the clock, the connection, the directory, and the reset of everything.

use std::time::Duration;

use leptos::prelude::*;
use postern_engine::WriteBackHealth;
use postern_kit::browser;

use super::part::Part;
use super::scene::Scene;
use crate::demo::host::{self, Host};
use crate::words::Words;

/// A message without placeholders.
type Label = fn(Words) -> String;

/// The steps by which the clock can move, in seconds: past a cool-down, a code, an attempt, and a
/// lock.
const MOVES: [(u64, Label); 4] = [
    (60, Words::demo_clock_forward_minute),
    (5 * 60, Words::demo_clock_forward_five),
    (15 * 60, Words::demo_clock_forward_quarter),
    (24 * 60 * 60, Words::demo_clock_forward_day),
];

#[component]
pub(super) fn Clock(scene: Scene) -> impl IntoView {
    let words = scene.words;
    let present =
        Memo::new(move |_| browser::format_day_and_time(words.language().tag, scene.now.get()));
    let buttons = MOVES
        .into_iter()
        .map(|(seconds, label)| {
            view! {
                <button
                    type="button"
                    class="postern-demo-button"
                    data-forward=seconds
                    on:click=move |_| scene.act(|host| host.forward(Duration::from_secs(seconds)))
                >
                    {move || label(words)}
                </button>
            }
        })
        .collect_view();
    view! {
        <Part scene name="clock" title=Signal::derive(move || words.demo_clock())>
            <p class="postern-demo-now" role="status">{move || words.demo_clock_now(&present.get())}</p>
            <div class="postern-demo-moves">{buttons}</div>
        </Part>
    }
}

#[component]
pub(super) fn Connection(scene: Scene) -> impl IntoView {
    use host::Connection::{Lossy, Offline, Online};
    let words = scene.words;
    let present = scene.read(Host::connection);
    let name = scene.id("connection-is");
    let rows = [
        (Online, "online", Words::demo_connection_online as Label),
        (Offline, "offline", Words::demo_connection_offline),
        (Lossy, "lossy", Words::demo_connection_lossy),
    ];
    let rows = rows
        .into_iter()
        .map(|(connection, wire, label)| {
            view! {
                <label class="postern-demo-option">
                    <input
                        type="radio"
                        name=name.clone()
                        data-connection=wire
                        prop:checked=move || present.get() == connection
                        on:change=move |_| scene.act(|host| host.connect(connection))
                    />
                    <span>{move || label(words)}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <Part scene name="connection" title=Signal::derive(move || words.demo_connection())>
            <div class="postern-demo-options" role="radiogroup" aria-labelledby=scene.id("connection")>
                {rows}
            </div>
        </Part>
    }
}

#[component]
pub(super) fn Directory(scene: Scene) -> impl IntoView {
    use WriteBackHealth::{Healthy, Misconfigured, Unreachable};
    let words = scene.words;
    let present = scene.read(Host::health);
    let name = scene.id("directory-is");
    let rows = [
        (Healthy, "healthy", Words::demo_directory_healthy as Label),
        (
            Unreachable,
            "unreachable",
            Words::demo_directory_unreachable,
        ),
        (
            Misconfigured,
            "misconfigured",
            Words::demo_directory_misconfigured,
        ),
    ];
    let rows = rows
        .into_iter()
        .map(|(health, wire, label)| {
            view! {
                <label class="postern-demo-option">
                    <input
                        type="radio"
                        name=name.clone()
                        data-directory=wire
                        prop:checked=move || present.get() == health
                        on:change=move |_| scene.act(|host| host.set_health(health))
                    />
                    <span>{move || label(words)}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <Part scene name="directory" title=Signal::derive(move || words.demo_directory())>
            <div class="postern-demo-options" role="radiogroup" aria-labelledby=scene.id("directory")>
                {rows}
            </div>
        </Part>
    }
}

#[component]
pub(super) fn Reset(scene: Scene) -> impl IntoView {
    let words = scene.words;
    view! {
        <button
            type="button"
            class="postern-demo-button postern-demo-afresh"
            data-demo-reset=true
            on:click=move |_| scene.begin_afresh()
        >
            {move || words.demo_reset()}
        </button>
    }
}

/// Shows the page that a person sees after an unexpected fault.
#[component]
pub(super) fn Break(scene: Scene) -> impl IntoView {
    let words = scene.words;
    view! {
        <button
            type="button"
            class="postern-demo-button postern-demo-afresh"
            data-demo-break=true
            on:click=|_| fault()
        >
            {move || words.demo_break()}
        </button>
    }
}

#[expect(clippy::panic, reason = "a panic is what the button is for")]
fn fault() {
    panic!("the demo was told to break the page");
}
