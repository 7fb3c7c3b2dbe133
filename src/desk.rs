//! The desk gives every part of the wizard the state, read only, and one way to report an event.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use leptos::reactive::owner::LocalStorage;
use postern_flow::reset::{Event, Wizard};

use crate::browser::{self, FirstStep, HtmlElement};
use crate::clock::Clock;
use crate::language;
use crate::session::{Session, State};
use crate::words::{Language, Words};

/// A handle: all copies belong to the same wizard.
#[derive(Clone, Copy)]
pub(crate) struct Desk(StoredValue<Rc<Inside>, LocalStorage>);

struct Inside {
    session: Rc<Session>,
    state: State,
    words: Words,
    clock: Clock,
    /// The element that contains the wizard.
    element: HtmlElement,
    /// The prefix of the ids of this wizard's elements, so that two wizards on a page do not clash.
    prefix: String,
    first: RefCell<Option<FirstStep>>,
    /// Whether a step has been shown. For later steps, the focus goes to their heading.
    shown: Cell<bool>,
}

impl Desk {
    pub(crate) fn new(
        session: Rc<Session>,
        state: State,
        words: Words,
        element: HtmlElement,
        first: FirstStep,
    ) -> Self {
        Self(StoredValue::new_local(Rc::new(Inside {
            element,
            prefix: ["postern-", &session.config().name, "-"].concat(),
            session,
            state,
            words,
            clock: Clock::start(state),
            first: RefCell::new(Some(first)),
            shown: Cell::new(false),
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
        [&self.inside().prefix, name].concat()
    }

    /// The text that the person typed before the wizard loaded; only the first caller gets it.
    pub(crate) fn take_first_step(self) -> Option<FirstStep> {
        self.inside().first.take()
    }

    /// Whether the calling step follows another one and may take the focus. The first step of a
    /// page does not move the focus.
    pub(crate) fn arrives(self) -> bool {
        self.inside().shown.replace(true) && self.may_lead()
    }

    /// Whether content that appears now may take the focus. In a portal's page it may only if the
    /// person's focus is in the wizard, or if the person's action led there.
    pub(crate) fn may_lead(self) -> bool {
        let inside = self.inside();
        inside.session.config().owns_page
            || browser::may_focus(
                &inside.element,
                inside.state.with_untracked(|wizard| wizard.is_led()),
            )
    }

    /// Changes the language after its words have loaded. The step and the typed text stay.
    ///
    /// If the words cannot be fetched, an upgrade may have replaced the service and the words. The
    /// page that the service has now can show them.
    pub(crate) fn choose_language(self, words: Words, language: &'static Language) {
        let session = self.session();
        language::keep(language);
        browser::spawn(async move {
            match language::fetch(&session.config().assets, language).await {
                Some(catalog) => words.set(catalog),
                None => session.renew(),
            }
        });
    }
}
