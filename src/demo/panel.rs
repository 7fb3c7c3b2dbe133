//! The panel beside the wizard: everything that would reach people elsewhere, and everything that can be turned.
//!
//! A column of its own where there is room, and a sheet behind a button where there is not. It takes its words from the
//! wizard it accompanies, and finds its place in the page by itself.

mod audit;
mod authenticator;
mod code;
mod mailbox;
mod person;
mod phone;
mod switches;

use std::rc::Rc;

use leptos::html::Button;
use leptos::prelude::*;
use leptos::reactive::owner::LocalStorage;
use postern_protocol::Timestamp;

use super::Demo;
use super::host::{Host, Stir};
use super::letters::{self, Letter};
use super::people::Persona;
use crate::app::Desk;
use crate::browser::{self, HtmlElement};
use crate::wizard::{Event, Screen};
use crate::words::Words;

use audit::Audit;
use authenticator::AuthenticatorApp;
use mailbox::Mailbox;
use person::People;
use phone::Phone;
use switches::{Break, Clock, Connection, Directory, Reset};

/// The attribute of the element that the page keeps for the panel.
const PLACE: &str = "data-postern-demo";

/// From here on there is room for both, as in `style/demo`.
const WIDE: &str = "(min-width: 64rem)";

const TICK: std::time::Duration = std::time::Duration::from_secs(1);

/// The parts that something arrives at.
const PHONE: &str = "phone";
const MAILBOX: &str = "mailbox";

/// How often a field is looked for that is about to be drawn, and how long between, in milliseconds.
const LOOKS_FOR_FIELD: u8 = 20;
const LOOK_AGAIN: u32 = 16;

/// Goes with a wizard until its owner is gone: tells it of what happens in the demo, and where the page has a place for it,
/// shows the panel.
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

/// What every part of the panel draws from. A handle: copies see the same.
#[derive(Clone, Copy)]
pub(super) struct Scene {
    host: StoredValue<Rc<Host>, LocalStorage>,
    place: StoredValue<HtmlElement, LocalStorage>,
    desk: Desk,
    words: Words,
    /// Counts the changes, so that what reads the host is read again.
    changes: RwSignal<u32>,
    now: RwSignal<Timestamp>,
    /// Whether the sheet is open; means nothing where the panel is a column.
    open: RwSignal<bool>,
}

impl Scene {
    fn new(host: &Rc<Host>, desk: Desk, words: Words, place: HtmlElement) -> Self {
        let scene = Self {
            host: StoredValue::new_local(host.clone()),
            place: StoredValue::new_local(place),
            desk,
            words,
            changes: RwSignal::new(0),
            now: RwSignal::new(host.now()),
            open: RwSignal::new(false),
        };
        let watching = host.watch(move |_| {
            scene
                .changes
                .update(|changes| *changes = changes.wrapping_add(1));
            scene.present();
        });
        StoredValue::new_local(watching);
        let tick = move || {
            scene.host.with_value(|host| host.tick());
            scene.present();
        };
        if let Ok(ticking) = set_interval_with_handle(tick, TICK) {
            on_cleanup(move || ticking.clear());
        }
        scene
    }

    fn present(self) {
        self.now.set(self.host.with_value(|host| host.now()));
    }

    /// Reads the host, now and after every change.
    fn read<T: PartialEq + Send + Sync + 'static>(
        self,
        read: impl Fn(&Host) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| {
            self.changes.track();
            self.host.with_value(|host| read(host))
        })
    }

    /// Does something to the host.
    fn act(self, act: impl FnOnce(&Host)) {
        let host = self.host.get_value();
        act(&host);
    }

    /// Everything that arrived, newest first.
    fn letters(self) -> Memo<Vec<Letter>> {
        self.read(|host| host.with_world(letters::all))
    }

    /// The id of an element of the panel.
    fn id(self, name: &str) -> String {
        self.desk.id(&format!("demo-{name}"))
    }

    /// Plays a persona: its identifier stands in the first step, with the focus on it.
    fn play(self, persona: &'static Persona) {
        self.act(|host| host.choose(persona));
        self.open.set(false);
        if untrack(|| self.desk.wizard().screen() != Screen::Identify) {
            self.desk.dispatch(Event::StartedOver);
        }
        self.type_identifier(persona.identifier);
    }

    /// Everything as at first.
    fn begin_afresh(self) {
        self.act(Host::begin_afresh);
        self.open.set(false);
        self.type_identifier("");
    }

    fn type_identifier(self, identifier: &'static str) {
        let field = self.desk.id("identifier");
        browser::spawn(async move {
            for _ in 0..LOOKS_FOR_FIELD {
                browser::wait(LOOK_AGAIN).await;
                if browser::fill_field(&field, identifier) {
                    break;
                }
            }
        });
    }
}

/// The panel, and the button that opens it where it is a sheet.
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
    // What arrives while the sheet is open is seen.
    Effect::new(move || {
        let newest = arrived.get();
        if open.get() || newest == 0 {
            seen.set(newest);
        }
    });
    let unseen = Memo::new(move |_| arrived.get().saturating_sub(seen.get()));
    // Where the sheet opens: at what is new, or at its beginning.
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

/// A part of the panel, under its heading.
#[component]
fn Part(
    scene: Scene,
    /// Names it in the ids and classes of the panel.
    name: &'static str,
    /// What it is.
    #[prop(into)]
    title: Signal<String>,
    children: Children,
) -> impl IntoView {
    let id = scene.id(name);
    let labelled_by = id.clone();
    let class = format!("postern-demo-part postern-demo-{name}");
    view! {
        <section class=class aria-labelledby=labelled_by>
            <h3 id=id tabindex="-1">{title}</h3>
            {children()}
        </section>
    }
}
