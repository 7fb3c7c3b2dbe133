//! The wizard in an element: its one reactive owner, its contexts, and the handle that takes it away again.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::mount::{UnmountHandle, mount_to_renderer};
use leptos::prelude::*;
use leptos::reactive::owner::LocalStorage;
use wasm_bindgen::prelude::*;

use crate::backend::Backend;
use crate::browser::{self, Broken, FirstStep, HtmlElement};
use crate::clock::Clock;
use crate::config::Config;
use crate::parts::element::{Region, effect};
use crate::parts::frame::frame;
use crate::parts::help::code_to_read_out;
use crate::session::{Session, State};
use crate::wizard::{Event, Wizard};
use crate::words::{Catalog, LANGUAGES, Language, Wishes, Words, negotiate};

/// Where the person's choice of language is kept.
const LANGUAGE_KEY: &str = "postern.language";

/// A wizard in its element, to be taken out with `unmount()`.
///
/// A handle that is thrown away, or freed, leaves the wizard where it is until the page goes.
#[wasm_bindgen]
pub struct Mounted {
    /// Taken when it is unmounted.
    inner: RefCell<Option<Inner>>,
}

impl Drop for Mounted {
    fn drop(&mut self) {
        // JavaScript may collect a handle that the page did not keep at any moment. The wizard must not go with it.
        std::mem::forget(self.inner.take());
    }
}

struct Inner {
    element: HtmlElement,
    /// Dropping it takes the view down and disposes of every signal and timer.
    _view: UnmountHandle<Region>,
    _listeners: Vec<browser::Listener>,
    session: Rc<Session>,
}

#[wasm_bindgen]
impl Mounted {
    /// Takes the wizard out of its element, which is left empty, and the page as it was. The attempt stays where it is: mounting again in this tab goes on with it.
    pub fn unmount(&self) {
        self.inner.take();
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.session.close();
        browser::forget_element(&self.element);
    }
}

/// Puts the wizard into an element, in place of what is there; what was typed into a first step there is kept.
///
/// `config` is a plain object with any of `api`, `assets`, `language`, `tenantName`, `helpUrl`, `ownsPage`, `name`, `tenant` and `via`;
/// `name` tells several wizards on one page apart. The promise gives a handle with `unmount()`.
///
/// # Errors
///
/// The promise is refused when the config has a member that does not exist or is of the wrong type, and when the words
/// of the language cannot be fetched.
#[wasm_bindgen]
pub async fn mount(element: HtmlElement, config: JsValue) -> Result<Mounted, JsValue> {
    let config = Config::parse(browser::to_json(&config).as_deref()).map_err(browser::complain)?;
    let backend = Backend::new(&config);
    let language = preferred_language(&config);
    let catalog = fetch_catalog(&config.assets, language)
        .await
        .ok_or_else(|| browser::complain("postern: the words of the language cannot be fetched"))?;

    let first = browser::take_first_step(&element);
    let running: Rc<RefCell<Option<Running>>> = Rc::default();
    let view = mount_to_renderer(&element, {
        let (handed_out, element) = (running.clone(), element.clone());
        move || {
            let words = Words::provide(catalog);
            let wizard = RwSignal::new_local(Rc::default());
            let running = Session::new(backend, config, words, wizard);
            let desk = Desk::new(running.clone(), wizard, words, element.clone(), first);
            let listeners = listen(&running, &element);
            running.open();
            prepare(desk, words, element);
            #[cfg(feature = "demo")]
            crate::demo::accompany(desk, words);
            *handed_out.borrow_mut() = Some((running, listeners));
            frame(desk)
        }
    });
    // Mounting runs the closure above before it returns.
    let inner = running.take().map(|(session, listeners)| Inner {
        element,
        _view: view,
        _listeners: listeners,
        session,
    });
    Ok(Mounted {
        inner: RefCell::new(inner),
    })
}

/// A session, and what it hears of the page.
type Running = (Rc<Session>, Vec<browser::Listener>);

/// What every part of the wizard may use: the state, read only, and one way to say what happened. A handle.
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
    fn new(
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

    /// Whether the step that asks comes after another one, and may take the focus; the first of a page leaves it where it is.
    pub(crate) fn arrives(self) -> bool {
        self.inside().shown.replace(true) && self.may_lead()
    }

    /// Whether what is shown now may take the focus. In a portal's page it may only where the person is in the wizard,
    /// or led there.
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
    /// Where they are not to be had the service may have been replaced, and words with it: the page that is there now speaks them.
    pub(crate) fn choose_language(self, words: Words, language: &'static Language) {
        let session = self.session();
        browser::local_write(LANGUAGE_KEY, language.tag);
        browser::spawn(async move {
            match fetch_catalog(&session.config().assets, language).await {
                Some(catalog) => words.set(catalog),
                None => session.renew(),
            }
        });
    }
}

/// Shows that every wizard of the page is broken, as a panic does.
///
/// No page calls it. It is there so that the linker finds what it puts where panics begin: see `xtask/src/page/panics.rs`.
#[wasm_bindgen(js_name = breakDown)]
pub fn break_down() {
    browser::show_broken();
}

fn preferred_language(config: &Config) -> &'static Language {
    let stored = browser::local_read(LANGUAGE_KEY);
    // Our own page has no language but the one that is chosen here.
    let host = (!config.owns_page).then(browser::page_language);
    let wanted = browser::navigator_languages();
    let wishes = Wishes {
        config: config.language.as_deref(),
        stored: stored.as_deref(),
        host: host.as_deref(),
        browser: &wanted,
    };
    let offered: Vec<&'static str> = LANGUAGES.iter().map(|language| language.tag).collect();
    Language::of(negotiate(wishes, &offered, LANGUAGES[0].tag)).unwrap_or(&LANGUAGES[0])
}

async fn fetch_catalog(assets: &str, language: &'static Language) -> Option<Catalog> {
    let text = fetch(&[assets, language.words].concat()).await?;
    #[cfg(feature = "demo")]
    let text = text + &fetch(&format!("{assets}{}", language.demo_words)).await?;
    language.catalog(text)
}

async fn fetch(url: &str) -> Option<String> {
    let response = gloo_net::http::Request::get(url).send().await.ok()?;
    if response.ok() {
        response.text().await.ok()
    } else {
        None
    }
}

/// Hears what happens to the page around the wizard.
fn listen(session: &Rc<Session>, element: &HtmlElement) -> Vec<browser::Listener> {
    let mut listeners = browser::on_woken({
        let session = session.clone();
        move || session.dispatch(Event::Woke)
    });
    listeners.extend(browser::on_restored({
        let (session, element) = (session.clone(), element.clone());
        move || {
            session.restored();
            browser::refocus(&element, session.config().owns_page);
        }
    }));
    if session.config().owns_page {
        let session = session.clone();
        listeners.extend(browser::on_history_moved(move |name| {
            session.dispatch(Event::HistoryMoved(name));
        }));
    }
    listeners
}

/// Keeps what a broken page would say in the language that is on it.
fn prepare(desk: Desk, words: Words, element: HtmlElement) {
    let element = StoredValue::new_local(element);
    effect(move || {
        let code = code_to_read_out(desk);
        let broken = Broken {
            title: words.broken_title(),
            body: words.broken_body(),
            reload: words.broken_reload(),
            help: words.broken_help(),
            support: words.support_code(&code),
            language: words.language().tag,
            direction: words.language().direction,
            names_tab: desk.session().config().owns_page,
        };
        element.with_value(|element| browser::prepare_for_the_worst(element, &broken));
    });
}
