//! What every part of the wizard may use: the state, read only, and one way to say what happened.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use leptos::reactive::owner::LocalStorage;

use crate::browser::{self, FirstStep, HtmlElement};
use crate::clock::Clock;
use crate::language;
use crate::session::{Session, State};
use crate::wizard::{Event, Wizard};
use crate::words::{Language, Words};

/// A handle: copies are of the same wizard.
#[derive(Clone, Copy)]
pub(crate) struct Desk(StoredValue<Rc<Inside>, LocalStorage>);

struct Inside {
    session: Rc<Session>,
    state: State,
    words: Words,
    clock: Clock,
    /// What the wizard is in.
    element: HtmlElement,
    /// Begins the ids of this wizard's elements, so that two on a page do not clash.
    prefix: String,
    first: RefCell<Option<FirstStep>>,
    /// Whether a step has been shown: the focus goes to the heading of those after it.
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

    /// The wizard's state; what reads it follows it.
    pub(crate) fn wizard(self) -> Rc<Wizard> {
        self.inside().state.get()
    }

    /// The wizard as it is now, for what is not to be drawn again.
    pub(crate) fn wizard_now(self) -> Rc<Wizard> {
        untrack(|| self.wizard())
    }

    /// Says what happened.
    pub(crate) fn dispatch(self, event: Event) {
        if let Some(inside) = self.0.try_get_value() {
            inside.session.dispatch(event);
        }
    }

    /// The session, for what is no event.
    pub(crate) fn session(self) -> Rc<Session> {
        self.inside().session.clone()
    }

    /// The words, in the language on the page.
    pub(crate) fn words(self) -> Words {
        self.inside().words
    }

    /// The judge's clock.
    pub(crate) fn clock(self) -> Clock {
        self.inside().clock
    }

    /// The id of the element of that name in this wizard.
    pub(crate) fn id(self, name: &str) -> String {
        [&self.inside().prefix, name].concat()
    }

    /// What was typed before the wizard came; only the first to ask gets it.
    pub(crate) fn take_first_step(self) -> Option<FirstStep> {
        self.inside().first.take()
    }

    /// Whether the step that asks comes after another one, and may take the focus; the first of a
    /// page leaves it where it is.
    pub(crate) fn arrives(self) -> bool {
        self.inside().shown.replace(true) && self.may_lead()
    }

    /// Whether what is shown now may take the focus. In a portal's page it may only where the
    /// person is in the wizard, or led there.
    pub(crate) fn may_lead(self) -> bool {
        let inside = self.inside();
        inside.session.config().owns_page
            || browser::may_focus(
                &inside.element,
                inside.state.with_untracked(|wizard| wizard.is_led()),
            )
    }

    /// Changes the language, once its words are here. The step and what was typed stay.
    ///
    /// Where they are not to be had the service may have been replaced, and words with it: the page
    /// that is there now speaks them.
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
