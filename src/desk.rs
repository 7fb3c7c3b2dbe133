//! The desk gives every part of the wizard the state, read only, and one way to report an event.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::reactive::owner::LocalStorage;
use postern_flow::reset::{Event, Form, Wizard};
use postern_kit::browser::{self, FirstStep, HtmlElement};
use postern_kit::page::Container;
use postern_kit::words::{Language, keep};

use crate::clock::Clock;
use crate::session::{Session, State};
use crate::words::{LANGUAGES, Words};

/// A handle: all copies belong to the same wizard.
#[derive(Clone, Copy)]
pub(crate) struct Desk(StoredValue<Rc<Inside>, LocalStorage>);

struct Inside {
    session: Rc<Session>,
    state: State,
    words: Words,
    clock: Clock,
    container: Container,
}

impl Desk {
    pub(crate) fn new(
        session: Rc<Session>,
        state: State,
        words: Words,
        element: HtmlElement,
        first: FirstStep,
    ) -> Self {
        let config = session.config();
        Self(StoredValue::new_local(Rc::new(Inside {
            container: Container::new(element, &config.name, config.owns_page, first),
            session,
            state,
            words,
            clock: Clock::start(state),
        })))
    }

    fn inside(self) -> Rc<Inside> {
        self.0.get_value()
    }

    /// The wizard's state; readers run again when it changes.
    pub(crate) fn wizard(self) -> Rc<Wizard> {
        self.inside().state.get()
    }

    /// The current state of the wizard, for readers that must not run again.
    pub(crate) fn wizard_now(self) -> Rc<Wizard> {
        untrack(|| self.wizard())
    }

    /// Reports an event.
    pub(crate) fn dispatch(self, event: Event) {
        if let Some(inside) = self.0.try_get_value() {
            inside.session.dispatch(event);
        }
    }

    /// Reports that the person sent this form.
    pub(crate) fn submit(self, form: Form) {
        self.dispatch(Event::Submitted(form));
    }

    /// The session, for actions that are not events.
    pub(crate) fn session(self) -> Rc<Session> {
        self.inside().session.clone()
    }

    /// The words, in the current language of the page.
    pub(crate) fn words(self) -> Words {
        self.inside().words
    }

    /// The judge's clock.
    pub(crate) fn clock(self) -> Clock {
        self.inside().clock
    }

    /// The id of the element with this name in this wizard.
    pub(crate) fn id(self, name: &str) -> String {
        self.inside().container.id(name)
    }

    /// The text that the person typed before the wizard loaded; only the first caller gets it.
    pub(crate) fn take_first_step(self) -> Option<FirstStep> {
        self.inside().container.take_first_step()
    }

    /// Whether the calling step follows another one and may take the focus. The first step of a
    /// page does not move the focus.
    pub(crate) fn arrives(self) -> bool {
        let inside = self.inside();
        inside.container.arrives(inside.is_led())
    }

    /// Whether content that appears now may take the focus.
    pub(crate) fn may_lead(self) -> bool {
        let inside = self.inside();
        inside.container.may_lead(inside.is_led())
    }

    /// Changes the language after its words have loaded. The step and the typed text stay.
    ///
    /// If the words cannot be fetched, an upgrade may have replaced the service and the words. The
    /// page that the service has now can show them.
    pub(crate) fn choose_language(self, words: Words, language: &'static Language) {
        let session = self.session();
        keep(language);
        browser::spawn(async move {
            match LANGUAGES.fetch(&session.config().assets, language).await {
                Some(catalog) => words.set(catalog),
                None => session.renew(),
            }
        });
    }
}

impl Inside {
    /// Whether the person's last action led to the current screen.
    fn is_led(&self) -> bool {
        self.state.with_untracked(|wizard| wizard.is_led())
    }
}
