//! The data that every part of the panel shows, and the actions of the panel.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::reactive::owner::LocalStorage;
use postern_flow::reset::{Event, Screen};
use postern_kit::browser::{self, HtmlElement};
use postern_protocol::Timestamp;

use crate::demo::host::Host;
use crate::demo::letters::{self, Letter};
use crate::demo::people::Persona;
use crate::desk::Desk;
use crate::words::Words;

const TICK: std::time::Duration = std::time::Duration::from_secs(1);

/// The number of attempts to find a field that the page is about to draw, and the delay between
/// them in milliseconds.
const LOOKS_FOR_FIELD: u8 = 20;
const LOOK_AGAIN: u32 = 16;

/// The data that every part of the panel shows. A handle: all copies see the same data.
#[derive(Clone, Copy)]
pub(super) struct Scene {
    pub(super) host: StoredValue<Rc<Host>, LocalStorage>,
    pub(super) place: StoredValue<HtmlElement, LocalStorage>,
    pub(super) desk: Desk,
    pub(super) words: Words,
    /// Counts the changes, so that every reader of the host reads it again.
    changes: RwSignal<u32>,
    pub(super) now: RwSignal<Timestamp>,
    /// Whether the sheet is open; without meaning where the panel is a column.
    pub(super) open: RwSignal<bool>,
}

impl Scene {
    pub(super) fn new(host: &Rc<Host>, desk: Desk, words: Words, place: HtmlElement) -> Self {
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
    pub(super) fn read<T: PartialEq + Send + Sync + 'static>(
        self,
        read: impl Fn(&Host) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| {
            self.changes.track();
            self.host.with_value(|host| read(host))
        })
    }

    /// Runs an action on the host.
    pub(super) fn act(self, act: impl FnOnce(&Host)) {
        let host = self.host.get_value();
        act(&host);
    }

    /// All letters that arrived, newest first.
    pub(super) fn letters(self) -> Memo<Vec<Letter>> {
        self.read(|host| host.with_world(letters::all))
    }

    /// The id of an element of the panel.
    pub(super) fn id(self, name: &str) -> String {
        self.desk.id(&format!("demo-{name}"))
    }

    /// Plays a persona: enters its identifier in the first step, and focuses the field.
    pub(super) fn play(self, persona: &'static Persona) {
        self.act(|host| host.choose(persona));
        self.open.set(false);
        if untrack(|| self.desk.wizard().screen() != Screen::Identify) {
            self.desk.dispatch(Event::StartedOver);
        }
        self.type_identifier(persona.identifier);
    }

    /// Resets everything to the initial state.
    pub(super) fn begin_afresh(self) {
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
