//! All browser operations of the wizard. This is the only file that uses `web_sys`.
//!
//! Each function does one thing and returns a plain value. If the browser lacks or does not allow
//! something, the function returns `None` and never panics. Operations that take more than one
//! browser call are in `browser.js`, in the browser's own language: each call from this file adds
//! to the size of every page load.

#[cfg(feature = "demo")]
mod demo;
mod format;

use std::pin::Pin;
use std::rc::Rc;

use postern_protocol::{Guid, Timestamp, json, wire};
pub(crate) use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};
#[cfg(not(feature = "demo"))]
pub(crate) use web_sys::AbortSignal;
use web_sys::{AbortController, Document, EventTarget, Window};
pub(crate) use web_sys::{Event, HtmlElement, Node};

#[cfg(feature = "demo")]
pub(crate) use demo::{
    empty_place, fill_field, focus_part, on_wide, scroll_list_to, set_inert_beside,
};
#[cfg(feature = "demo")]
pub(crate) use format::format_day_and_time;
pub(crate) use format::{
    SOON, format_exact, format_lock_end, format_time, format_time_from, is_soon,
};

#[wasm_bindgen(module = "/src/browser.js")]
extern "C" {
    /// Waits. The wait can take longer if the page is in the background.
    pub(crate) async fn wait(milliseconds: u32);

    #[wasm_bindgen(js_name = fetchBytes)]
    async fn fetch_bytes_js(url: &str) -> JsValue;

    /// A signal that aborts the operation that uses it after this number of milliseconds.
    #[cfg(not(feature = "demo"))]
    pub(crate) fn deadline(milliseconds: u32) -> AbortSignal;

    #[wasm_bindgen(js_name = fillRandomly)]
    fn fill_randomly(bytes: &mut [u8]);

    fn stored(area: &str, key: &str) -> Option<String>;
    fn store(area: &str, key: &str, value: &str);
    fn unstore(area: &str, key: &str);

    /// The preferred languages of the person in the browser, most wanted first, with commas between
    /// them.
    pub(crate) fn languages() -> String;

    /// The language of the surrounding page; empty if it has none.
    #[wasm_bindgen(js_name = pageLanguage)]
    pub(crate) fn page_language() -> String;

    /// Sets the language of the surrounding page; only for a page that the wizard owns.
    #[wasm_bindgen(js_name = setPageLanguage)]
    pub(crate) fn set_page_language(language: &str, direction: &str);

    /// The plural category of CLDR for a count: `one`, `few`, `other`…
    #[wasm_bindgen(js_name = pluralCategory)]
    pub(crate) fn plural_category(language: &str, count: u32) -> String;

    /// A count as that language writes it, in Latin digits.
    #[wasm_bindgen(js_name = formatNumber)]
    pub(crate) fn format_number(language: &str, count: u32) -> String;

    #[wasm_bindgen(js_name = formatMoment)]
    fn format_moment(
        language: &str,
        milliseconds: f64,
        date_style: Option<&str>,
        time_style: &str,
    ) -> String;

    /// The composed form of a text (NFC), in which passwords are kept.
    pub(crate) fn compose(text: &str) -> String;

    /// A text in decomposed form (NFKD), then converted to lower, to upper and to lower case again,
    /// as the password comparison needs it: `ss` for `ß`.
    pub(crate) fn foldable(text: &str) -> String;

    /// The text with each letter and digit replaced by its class: `A`, `a` or `0`.
    pub(crate) fn classes(text: &str) -> String;

    /// Sets the title of the tab; only for a page that the wizard owns.
    #[wasm_bindgen(js_name = setTitle)]
    pub(crate) fn set_title(title: &str);

    /// The address of the page, without the part after `?` or `#`; only for a page that the wizard
    /// owns.
    #[wasm_bindgen(js_name = pageAddress)]
    pub(crate) fn page_address() -> String;

    /// The origin of an address; empty if it is the origin of the page.
    #[wasm_bindgen(js_name = otherOrigin)]
    pub(crate) fn other_origin(url: &str) -> String;

    /// Adds an entry to the history, or renames the current one; only for a page that the wizard
    /// owns.
    #[wasm_bindgen(js_name = historyVisit)]
    pub(crate) fn history_visit(name: &str, replace: bool);

    /// The name of the current history entry.
    #[wasm_bindgen(js_name = historyPlace)]
    pub(crate) fn history_place() -> Option<String>;

    /// Moves the focus to the field with this id and scrolls its label into view.
    #[wasm_bindgen(js_name = focusField)]
    pub(crate) fn focus_field(id: &str);

    /// The value of a field, cut off above the longest permitted length; empty for an element that
    /// is not a field.
    #[wasm_bindgen(js_name = valueOf)]
    pub(crate) fn value_of(field: &HtmlElement) -> String;

    /// Sets the value of a field.
    #[wasm_bindgen(js_name = setValue)]
    pub(crate) fn set_value(field: &HtmlElement, value: &str);

    /// Splits the digits in a field into groups of `size`, unless the value is not a code or the
    /// person edits it in the middle.
    #[wasm_bindgen(js_name = groupDigits)]
    pub(crate) fn group_digits(field: &HtmlElement, size: u32);

    /// Changes the text of a text node in an element.
    pub(crate) fn say(element: &HtmlElement, text: &Node, words: &str);

    /// The selected option of the list that the event is about.
    pub(crate) fn chosen(event: &Event) -> String;

    #[wasm_bindgen(js_name = copy)]
    async fn copy_text(text: &str) -> JsValue;

    /// Offers text to another app.
    pub(crate) fn share(title: &str, text: &str);

    #[wasm_bindgen(js_name = awaitCode)]
    fn await_code(found: &Closure<dyn FnMut(String)>) -> Option<AbortController>;

    #[wasm_bindgen(js_name = work)]
    async fn work_on(script: &str, message: &str) -> JsValue;

    #[wasm_bindgen(js_name = takeFirstStep)]
    fn first_step_in(element: &HtmlElement) -> String;

    /// Restores the earlier cursor position.
    #[wasm_bindgen(js_name = restoreSelection)]
    pub(crate) fn restore_selection(field: &HtmlElement, start: u32, end: u32);

    #[wasm_bindgen(js_name = prepareForTheWorst)]
    fn prepare(element: &HtmlElement, words: &str);

    /// Goes back by one history entry.
    #[wasm_bindgen(js_namespace = page, js_name = historyBack)]
    pub(crate) fn history_back();

    /// Reloads the page if its address now serves a newer page.
    #[wasm_bindgen(js_namespace = page, js_name = reloadIfStale)]
    pub(crate) fn reload_if_stale();

    /// Replaces the nodes between two others. If the focused element is removed with them, the
    /// button of the step gets the focus.
    #[wasm_bindgen(js_namespace = page)]
    pub(crate) fn fill(begin: &Node, end: &Node, view: &Node);

    /// Restores the focus that the wizard in the element had when the person left its page. A page
    /// that the wizard owns always has a focus afterwards.
    #[wasm_bindgen(js_namespace = page)]
    pub(crate) fn refocus(element: &HtmlElement, owns_page: bool);

    /// Whether content of the wizard in the element may take the focus: if the person's focus is in
    /// the wizard, or if it is nowhere and the person's action led there.
    #[wasm_bindgen(js_namespace = page, js_name = mayFocus)]
    pub(crate) fn may_focus(element: &HtmlElement, is_led: bool) -> bool;

    /// Moves the focus to the element, without any other effect.
    #[wasm_bindgen(js_namespace = page, js_name = takeFocus)]
    pub(crate) fn take_focus(element: &HtmlElement);

    #[wasm_bindgen(js_namespace = page, js_name = isVisible)]
    fn is_visible() -> bool;

    /// Waits until the browser has nothing else to do.
    #[wasm_bindgen(js_namespace = page)]
    pub(crate) async fn idle();

    /// Whether this browser can share text with another app.
    #[wasm_bindgen(js_namespace = page, js_name = canShare)]
    pub(crate) fn can_share() -> bool;

    /// Records that the wizard has left the element.
    #[wasm_bindgen(js_namespace = page, js_name = forgetElement)]
    pub(crate) fn forget_element(element: &HtmlElement);

    /// After a panic, no part of the wizard is reliable. This function replaces the wizard by a
    /// plain page, once. The plain page works without the wizard.
    #[wasm_bindgen(js_namespace = page, js_name = showBroken)]
    pub(crate) fn show_broken();
}

#[wasm_bindgen(module = "/src/document.js")]
extern "C" {
    /// The document, even if elements of a portal's page have the names of its members.
    #[wasm_bindgen(js_namespace = given, js_name = document)]
    fn own_document() -> Document;
}

#[wasm_bindgen(module = "/src/show.js")]
extern "C" {
    /// Moves the focus to the heading of a new step, and scrolls to the top of the step.
    #[wasm_bindgen(js_namespace = view)]
    pub(crate) fn arrive(heading: &HtmlElement, owns_page: bool);

    /// Moves the focus to the element and scrolls it into view if necessary.
    #[wasm_bindgen(js_namespace = view)]
    pub(crate) fn focus(element: &HtmlElement);
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setInterval)]
    fn set_interval(act: &Closure<dyn FnMut()>, milliseconds: u32) -> JsValue;

    #[wasm_bindgen(js_name = clearInterval)]
    fn clear_interval(interval: &JsValue);

    /// The JSON text that JavaScript writes for this value; `None` if it writes none.
    #[wasm_bindgen(js_namespace = JSON, js_name = stringify)]
    pub(crate) fn to_json(value: &JsValue) -> Option<String>;
}

fn window() -> Option<Window> {
    web_sys::window()
}

/// `None` if there is no page.
fn document() -> Option<Document> {
    window().map(|_| own_document())
}

/// Runs an asynchronous task. The boxed type ensures that the code that drives it is compiled once.
pub(crate) fn spawn(work: impl Future<Output = ()> + 'static) {
    let work: Pin<Box<dyn Future<Output = ()>>> = Box::pin(work);
    wasm_bindgen_futures::spawn_local(work);
}

// Files.

/// The content of a URL; `None` if the fetch fails.
pub(crate) async fn fetch_bytes(url: &str) -> Option<Vec<u8>> {
    let bytes = fetch_bytes_js(url).await;
    bytes.dyn_ref().map(js_sys::Uint8Array::to_vec)
}

// Time.

/// The time of this device's clock.
pub(crate) fn now() -> Timestamp {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds of Unix time fit many times over"
    )]
    let seconds = (js_sys::Date::now() / 1000.0).floor() as i64;
    Timestamp::from_seconds(seconds)
}

/// Repeats an action until it is dropped.
pub(crate) struct Interval {
    interval: JsValue,
    _act: Closure<dyn FnMut()>,
}

impl Interval {
    /// Runs the action at this interval in milliseconds; less often if the page is in the
    /// background.
    pub(crate) fn new(milliseconds: u32, act: Box<dyn FnMut()>) -> Self {
        let act = Closure::wrap(act);
        Self {
            interval: set_interval(&act, milliseconds),
            _act: act,
        }
    }
}

impl Drop for Interval {
    fn drop(&mut self) {
        clear_interval(&self.interval);
    }
}

// Randomness.

/// 128 random bits as a GUID: a support code, an idempotency key.
pub(crate) fn random_guid() -> Guid {
    let mut bytes = [0; 16];
    fill_randomly(&mut bytes);
    Guid::from_random(u128::from_be_bytes(bytes))
}

/// 256 random bits, for the judge in the page.
#[cfg(feature = "demo")]
pub(crate) fn random_seed() -> [u8; 32] {
    let mut seed = [0; 32];
    fill_randomly(&mut seed);
    seed
}

// Storage for the lifetime of the tab, or permanent storage. The browser can refuse both; the
// values are then lost at the next load.

const SESSION: &str = "sessionStorage";
const LOCAL: &str = "localStorage";

/// The value that the tab keeps under this key.
pub(crate) fn session_read(key: &str) -> Option<String> {
    stored(SESSION, key)
}

/// Keeps the value for the lifetime of the tab.
pub(crate) fn session_write(key: &str, value: &str) {
    store(SESSION, key, value);
}

/// Removes the value.
pub(crate) fn session_remove(key: &str) {
    unstore(SESSION, key);
}

/// The value that this browser keeps under this key.
pub(crate) fn local_read(key: &str) -> Option<String> {
    stored(LOCAL, key)
}

/// Keeps the value in this browser.
pub(crate) fn local_write(key: &str, value: &str) {
    store(LOCAL, key, value);
}

// The page.

/// Copies text to the clipboard; returns whether the browser allowed it.
pub(crate) async fn copy(text: &str) -> bool {
    copy_text(text).await.is_truthy()
}

/// Reports to the portal's developer an error in the values that the page passed.
pub(crate) fn complain(message: &str) -> JsValue {
    JsError::new(message).into()
}

// Nodes, for `parts::element`.

/// Creates an HTML element that is not yet on a page.
pub(crate) fn create_element(tag: &str) -> HtmlElement {
    created(document().map(|document| document.create_element(tag)))
}

/// Creates an SVG element. The callers use only the members that it shares with HTML elements.
pub(crate) fn create_svg(tag: &str) -> HtmlElement {
    created(
        document()
            .map(|document| document.create_element_ns(Some("http://www.w3.org/2000/svg"), tag)),
    )
}

fn created(element: Option<Result<web_sys::Element, JsValue>>) -> HtmlElement {
    element
        .and_then(Result::ok)
        .expect("a page makes any element with a proper name")
        .unchecked_into()
}

/// Creates an empty text node.
pub(crate) fn create_text() -> Node {
    document()
        .expect("the wizard runs in a page")
        .create_text_node("")
        .into()
}

/// Creates a fragment that holds a row of nodes.
pub(crate) fn create_fragment() -> Node {
    document()
        .expect("the wizard runs in a page")
        .create_document_fragment()
        .into()
}

/// Sets an attribute, or removes it.
pub(crate) fn set_attribute(element: &HtmlElement, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

// Events of the page, heard until dropped.

/// Listens until it is dropped.
pub(crate) struct Listener {
    target: EventTarget,
    name: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Listens to events with this name.
    pub(crate) fn new(
        target: EventTarget,
        name: &'static str,
        heard: Box<dyn FnMut(Event)>,
    ) -> Self {
        let closure = Closure::wrap(heard);
        let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        Self {
            target,
            name,
            closure,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let callback = self.closure.as_ref().unchecked_ref();
        let _ = self
            .target
            .remove_event_listener_with_callback(self.name, callback);
    }
}

/// Listens to history changes; only for a page that the wizard owns.
pub(crate) fn on_history_moved(
    mut moved: impl FnMut(Option<String>) + 'static,
) -> Option<Listener> {
    Some(Listener::new(
        window()?.into(),
        "popstate",
        Box::new(move |_| moved(history_place())),
    ))
}

/// Listens for the return of the page to the foreground, or online.
pub(crate) fn on_woken(woken: impl Fn() + 'static) -> Vec<Listener> {
    let woken = Rc::new(woken);
    let hear = |target: EventTarget, name| {
        let woken = woken.clone();
        let heard = move |_| {
            if is_visible() {
                woken();
            }
        };
        Listener::new(target, name, Box::new(heard))
    };
    let document = document().map(|document| hear(document.into(), "visibilitychange"));
    let window = window().map(|window| hear(window.into(), "online"));
    document.into_iter().chain(window).collect()
}

/// Listens for the return of the page from the back-forward cache.
pub(crate) fn on_restored(mut restored: impl FnMut() + 'static) -> Option<Listener> {
    Some(Listener::new(
        window()?.into(),
        "pageshow",
        Box::new(move |event| {
            if event
                .unchecked_ref::<web_sys::PageTransitionEvent>()
                .persisted()
            {
                restored();
            }
        }),
    ))
}

// Features that need special support of the browser.

/// A request that can be aborted by dropping it: the code in a text message, where the browser can
/// read one (WebOTP).
pub(crate) struct CodeFromText {
    controller: Option<AbortController>,
    _found: Closure<dyn FnMut(String)>,
}

impl CodeFromText {
    /// Asks for it; `found` hears the code, at most once.
    pub(crate) fn ask(found: Box<dyn FnMut(String)>) -> Self {
        let found = Closure::wrap(found);
        Self {
            controller: await_code(&found),
            _found: found,
        }
    }
}

impl Drop for CodeFromText {
    fn drop(&mut self) {
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}

/// Runs work in a worker: one message to it, one answer back.
///
/// Returns `None` if no worker is available or the worker failed.
pub(crate) async fn work(script: &str, message: &str) -> Option<String> {
    work_on(script, message).await.as_string()
}

// The element that contains the wizard.

/// The text that the person typed into the first step before the wizard loaded, and the cursor
/// position.
#[wire(page_reads)]
#[derive(Clone, Debug, Default)]
pub(crate) struct FirstStep {
    /// The value of the field.
    pub(crate) typed: String,
    /// Start and end of the selection, if the field had the focus.
    pub(crate) selection_start: Option<u32>,
    pub(crate) selection_end: Option<u32>,
    /// Whether the person already sent the form: the wizard continues from there.
    pub(crate) sent: bool,
}

/// Removes the plain-HTML first step from an element and returns the typed text.
pub(crate) fn take_first_step(element: &HtmlElement) -> FirstStep {
    json::from_str(&first_step_in(element)).unwrap_or_default()
}

/// The texts of a broken page, in the language that the page had.
#[wire(page_writes)]
#[derive(Clone, Debug)]
pub(crate) struct Broken {
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) reload: String,
    pub(crate) help: String,
    pub(crate) support: String,
    pub(crate) language: &'static str,
    pub(crate) direction: &'static str,
    /// Whether the wizard may set the title of the tab.
    pub(crate) names_tab: bool,
}

/// Stores the texts that the element shows if the wizard breaks.
pub(crate) fn prepare_for_the_worst(element: &HtmlElement, words: &Broken) {
    prepare(element, &json::to_string(words));
}
