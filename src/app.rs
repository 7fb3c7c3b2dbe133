//! The wizard in an element: its one reactive owner, its contexts, and the handle that takes it
//! away again.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::mount::{UnmountHandle, mount_to_renderer};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use crate::backend::Backend;
use crate::browser::{self, Broken, HtmlElement};
use crate::config::Config;
use crate::desk::Desk;
use crate::language;
use crate::parts::element::{Region, effect};
use crate::parts::frame::frame;
use crate::parts::help::code_to_read_out;
use crate::session::Session;
use crate::wizard::Event;
use crate::words::Words;

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
        // JavaScript may collect a handle that the page did not keep at any moment. The wizard must
        // not go with it.
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
    /// Takes the wizard out of its element, which is left empty, and the page as it was. The
    /// attempt stays where it is: mounting again in this tab goes on with it.
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

/// Puts the wizard into an element, in place of what is there; what was typed into a first step
/// there is kept.
///
/// `config` is a plain object with any of `api`, `assets`, `language`, `tenantName`, `helpUrl`,
/// `ownsPage`, `name`, `tenant` and `via`; `name` tells several wizards on one page apart. The
/// promise gives a handle with `unmount()`.
///
/// # Errors
///
/// The promise is refused when the config has a member that does not exist or is of the wrong type,
/// and when the words of the language cannot be fetched.
#[wasm_bindgen]
pub async fn mount(element: HtmlElement, config: JsValue) -> Result<Mounted, JsValue> {
    let config = Config::parse(browser::to_json(&config).as_deref()).map_err(browser::complain)?;
    let backend = Backend::new(&config);
    let language = language::preferred(&config);
    let catalog = language::fetch(&config.assets, language)
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

/// Shows that every wizard of the page is broken, as a panic does.
///
/// No page calls it. It is there so that the linker finds what it puts where panics begin: see
/// `xtask/src/page/panics.rs`.
#[wasm_bindgen(js_name = breakDown)]
pub fn break_down() {
    browser::show_broken();
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
