//! The panel beside the wizard shows everything that would reach people elsewhere, and all switches
//! of the demo.
//!
//! The panel is a column where there is enough room, and otherwise a sheet behind a button. It uses
//! the words of the wizard that it accompanies, and finds its place in the page by itself.

mod audit;
mod authenticator;
mod code;
mod mailbox;
mod part;
mod person;
mod phone;
mod scene;
mod switches;

use leptos::html::Button;
use leptos::prelude::*;
use postern_flow::reset::Event;
use postern_kit::browser;

use super::Demo;
use super::host::Stir;
use super::letters::Letter;
use crate::desk::Desk;
use crate::words::Words;

use audit::Audit;
use authenticator::AuthenticatorApp;
use mailbox::Mailbox;
use part::{MAILBOX, PHONE};
use person::People;
use phone::Phone;
use scene::Scene;
use switches::{Break, Clock, Connection, Directory, Reset};

/// The attribute of the element that the page reserves for the panel.
const PLACE: &str = "data-postern-demo";

/// From this width on there is room for the wizard and the panel, as in `style/demo`.
const WIDE: &str = "(min-width: 64rem)";

/// Accompanies a wizard until its owner is disposed of. It reports the events of the demo to the
/// wizard. If the page has a place for the panel, it shows the panel.
pub(crate) fn accompany(desk: Desk, words: Words) {
    let demo = Demo::open();
    let watching = demo.host.watch(move |stir| match stir {
        Stir::Changed => {}
        Stir::Woken => desk.dispatch(Event::Woke),
        Stir::Afresh => desk.dispatch(Event::StartedOver),
    });
    StoredValue::new_local(watching);
    if let Some(place) = browser::empty_place(PLACE) {
        let panel = mount_to(place.clone(), move || {
            let scene = Scene::new(&demo.host, desk, words, place);
            view! { <Panel scene /> }
        });
        StoredValue::new_local(panel);
    }
}

/// The panel, and the button that opens it where the panel is a sheet.
#[component]
fn Panel(scene: Scene) -> impl IntoView {
    let Scene { words, open, .. } = scene;
    let opener = NodeRef::<Button>::new();
    let title_id = scene.id("title");
    let labelled_by = title_id.clone();
    let panel_id = scene.id("panel");
    let arrived = Memo::new({
        let letters = scene.letters();
        move |_| letters.with(|letters| letters.first().map_or(0, |newest| newest.number))
    });
    let seen = RwSignal::new(arrived.get_untracked());
    // Letters that arrive while the sheet is open count as seen.
    Effect::new(move || {
        let newest = arrived.get();
        if open.get() || newest == 0 {
            seen.set(newest);
        }
    });
    let unseen = Memo::new(move |_| arrived.get().saturating_sub(seen.get()));
    // The place to which the open sheet scrolls: the newest unseen letter, or the top of the sheet.
    let goal = RwSignal::new(title_id.clone());
    let newest = scene.letters();
    let open_sheet = {
        let title_id = title_id.clone();
        move |_| {
            let part = newest.with_untracked(|letters| letters.first().map(Letter::is_mail));
            goal.set(match part.filter(|_| unseen.get_untracked() > 0) {
                Some(true) => scene.id(MAILBOX),
                Some(false) => scene.id(PHONE),
                None => title_id.clone(),
            });
            open.set(true);
        }
    };
    Effect::new(move || {
        let is_open = open.get();
        scene
            .place
            .with_value(|place| browser::set_inert_beside(place, is_open));
        if is_open {
            browser::focus_part(&goal.get_untracked());
        }
    });
    StoredValue::new_local(browser::on_wide(WIDE, move || open.set(false)));
    let close = move || {
        open.set(false);
        if let Some(opener) = opener.get_untracked() {
            let _ = opener.focus();
        }
    };
    let is_dialog = move || open.get();
    let modal = move || is_dialog().then_some("true");
    let direction = move || words.language().direction;
    let tag = move || words.language().tag;
    view! {
        <button
            node_ref=opener
            type="button"
            class="postern-demo-open"
            lang=tag
            dir=direction
            aria-haspopup="dialog"
            aria-controls=panel_id.clone()
            data-unseen=move || unseen.get()
            on:click=open_sheet
        >
            {move || match unseen.get() {
                0 => words.demo_open(),
                total => words.demo_open_new(total),
            }}
        </button>
        <div
            class="postern-demo"
            class:postern-demo-shown=is_dialog
            id=panel_id
            lang=tag
            dir=direction
            role=move || is_dialog().then_some("dialog")
            aria-modal=modal
            aria-labelledby=move || is_dialog().then(|| labelled_by.clone())
            on:keydown=move |event| {
                if open.get_untracked() && event.key() == ESCAPE {
                    close();
                }
            }
        >
            <header class="postern-demo-head">
                <h2 id=title_id tabindex="-1">
                    {move || words.demo_title()}
                </h2>
                <button type="button" class="postern-demo-close" on:click=move |_| close()>
                    {move || words.demo_close()}
                </button>
            </header>
            <p class="postern-demo-intro">{move || words.demo_intro()}</p>
            <div class="postern-demo-parts">
                <div class="postern-demo-column">
                    <People scene />
                </div>
                <div class="postern-demo-column">
                    <Phone scene />
                    <Mailbox scene />
                    <AuthenticatorApp scene />
                </div>
                <div class="postern-demo-column">
                    <Clock scene />
                    <Connection scene />
                    <Directory scene />
                    <Reset scene />
                    <Break scene />
                    <Audit scene />
                </div>
            </div>
        </div>
    }
}

const ESCAPE: &str = "Escape";
