//! The app mounts the wizard in an element: it creates the one reactive owner, the contexts, and
//! the handle that unmounts the wizard.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::mount::{UnmountHandle, mount_to_renderer};
use leptos::prelude::*;
use postern_flow::reset::Event;
use postern_kit::browser::{self, Broken, HtmlElement};
use postern_kit::element::{Region, effect};
use wasm_bindgen::prelude::*;

use crate::backend::Backend;
use crate::config::Config;
use crate::desk::Desk;
use crate::parts::help::code_to_read_out;
use crate::session::Session;
use crate::shell::shell;
use crate::words::{LANGUAGES, Words};

/// A mounted wizard. `unmount()` removes it from its element.
///
/// If the page drops or frees the handle, the wizard stays in place until the page unloads.
#[wasm_bindgen]
pub struct Mounted {
    /// Empty after `unmount()`.
    inner: RefCell<Option<Inner>>,
}

impl Drop for Mounted {
    fn drop(&mut self) {
        // JavaScript can collect a handle at any moment if the page did not keep it. The wizard
        // must not disappear with the handle.
        std::mem::forget(self.inner.take());
    }
}

struct Inner {
    element: HtmlElement,
    /// Dropping this handle removes the view and disposes of every signal and timer.
    _view: UnmountHandle<Region>,
    _listeners: Vec<browser::Listener>,
    session: Rc<Session>,
}

#[wasm_bindgen]
impl Mounted {
    /// Removes the wizard and leaves its element empty. The rest of the page does not change. The
    /// attempt stays stored: a new mount in the same tab continues it.
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

/// Mounts the wizard in an element and replaces the content of the element. The wizard keeps the
/// text that the person typed into a first step there.
///
/// `config` is a plain object with any of `api`, `assets`, `language`, `tenantName`, `helpUrl`,
/// `ownsPage`, `name`, `tenant` and `via`; `name` distinguishes several wizards on one page. The
/// promise resolves to a handle with `unmount()`.
///
/// # Errors
///
/// The promise rejects if the config has an unknown member or a member of the wrong type, or if the
/// page cannot fetch the words of the language.
#[wasm_bindgen]
pub async fn mount(element: HtmlElement, config: JsValue) -> Result<Mounted, JsValue> {
    let config = Config::parse(browser::to_json(&config).as_deref()).map_err(browser::complain)?;
    let backend = Backend::new(&config);
    let language = LANGUAGES.preferred(config.language.as_deref(), config.owns_page);
    let catalog = LANGUAGES
        .fetch(&config.assets, language)
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
            shell(desk)
        }
    });
    // The mount runs the closure above before it returns.
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

/// A session and its listeners on the page.
type Running = (Rc<Session>, Vec<browser::Listener>);

/// Shows that every wizard of the page is broken, as a panic does.
///
/// No page calls this function. The linker needs it to find the code that it inserts where panics
/// begin: see `xtask/src/page/panics.rs`.
#[wasm_bindgen(js_name = breakDown)]
pub fn break_down() {
    browser::show_broken();
}

/// Listens to the events of the page around the wizard.
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

/// Keeps the texts of the broken page up to date in the current language of the page.
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
