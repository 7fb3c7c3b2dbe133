//! All browser operations of the pages. Only this module uses `web_sys`.
//!
//! Each function does one thing and returns a plain value. If the browser lacks or does not allow
//! something, the function returns `None` and never panics. Operations that take more than one
//! browser call are in `browser.js`, in the browser's own language: each call from this file adds
//! to the size of every page load.

mod beside;
mod events;
mod format;
mod mounted;
mod nodes;

use std::pin::Pin;

use postern_protocol::{Guid, Timestamp};
pub use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};
use web_sys::{AbortController, Document, Window};
pub use web_sys::{AbortSignal, Event, HtmlElement, Node};

pub use beside::{empty_place, fill_field, focus_part, on_wide, scroll_list_to, set_inert_beside};
pub use events::{CodeFromText, Interval, Listener, on_history_moved, on_restored, on_woken};
pub use format::{
    SOON, format_day_and_time, format_exact, format_lock_end, format_time, format_time_from,
    is_soon,
};
pub use mounted::{Broken, FirstStep, prepare_for_the_worst, take_first_step};
pub(crate) use nodes::{create_element, create_fragment, create_svg, create_text, set_attribute};

#[wasm_bindgen(module = "/src/browser.js")]
extern "C" {
    /// Waits. The wait can take longer if the page is in the background.
    pub async fn wait(milliseconds: u32);

    #[wasm_bindgen(js_name = fetchBytes)]
    async fn fetch_bytes_js(url: &str) -> JsValue;

    #[wasm_bindgen(js_name = fetchText)]
    async fn fetch_text_js(url: &str) -> JsValue;

    #[wasm_bindgen(js_name = exchange)]
    async fn exchange_js(
        method: &str,
        url: &str,
        headers: &str,
        body: Option<&str>,
        deadline: &AbortSignal,
    ) -> JsValue;

    /// A signal that aborts the operation that uses it after this number of milliseconds.
    pub fn deadline(milliseconds: u32) -> AbortSignal;

    #[wasm_bindgen(js_name = fillRandomly)]
    fn fill_randomly(bytes: &mut [u8]);

    fn stored(area: &str, key: &str) -> Option<String>;
    fn store(area: &str, key: &str, value: &str);
    fn unstore(area: &str, key: &str);

    /// The preferred languages of the person in the browser, most wanted first, with commas between
    /// them.
    pub fn languages() -> String;

    /// The language of the surrounding page; empty if it has none.
    #[wasm_bindgen(js_name = pageLanguage)]
    pub fn page_language() -> String;

    /// Sets the language of the surrounding page; only for a page that the app owns.
    #[wasm_bindgen(js_name = setPageLanguage)]
    pub fn set_page_language(language: &str, direction: &str);

    /// The plural category of CLDR for a count: `one`, `few`, `other`…
    #[wasm_bindgen(js_name = pluralCategory)]
    pub fn plural_category(language: &str, count: u32) -> String;

    /// A count as that language writes it, in Latin digits.
    #[wasm_bindgen(js_name = formatNumber)]
    pub fn format_number(language: &str, count: u32) -> String;

    #[wasm_bindgen(js_name = formatMoment)]
    fn format_moment(
        language: &str,
        milliseconds: f64,
        date_style: Option<&str>,
        time_style: &str,
    ) -> String;

    /// The composed form of a text (NFC), in which passwords are kept.
    pub fn compose(text: &str) -> String;

    /// A text in decomposed form (NFKD), then converted to lower, to upper and to lower case again,
    /// as the password comparison needs it: `ss` for `ß`.
    pub fn foldable(text: &str) -> String;

    /// The text with each letter and digit replaced by its class: `A`, `a` or `0`.
    pub fn classes(text: &str) -> String;

    /// Sets the title of the tab; only for a page that the app owns.
    #[wasm_bindgen(js_name = setTitle)]
    pub fn set_title(title: &str);

    /// The address of the page, without the part after `?` or `#`; only for a page that the app
    /// owns.
    #[wasm_bindgen(js_name = pageAddress)]
    pub fn page_address() -> String;

    /// The origin of an address; empty if it is the origin of the page.
    #[wasm_bindgen(js_name = otherOrigin)]
    pub fn other_origin(url: &str) -> String;

    /// Adds an entry to the history, or renames the current one; only for a page that the app
    /// owns.
    #[wasm_bindgen(js_name = historyVisit)]
    pub fn history_visit(name: &str, replace: bool);

    /// The name of the current history entry.
    #[wasm_bindgen(js_name = historyPlace)]
    pub fn history_place() -> Option<String>;

    /// Moves the focus to the field with this id and scrolls its label into view.
    #[wasm_bindgen(js_name = focusField)]
    pub fn focus_field(id: &str);

    /// The value of a field, cut off above the longest permitted length; empty for an element that
    /// is not a field.
    #[wasm_bindgen(js_name = valueOf)]
    pub fn value_of(field: &HtmlElement) -> String;

    /// Sets the value of a field.
    #[wasm_bindgen(js_name = setValue)]
    pub fn set_value(field: &HtmlElement, value: &str);

    /// Splits the digits in a field into groups of `size`, unless the value is not a code or the
    /// person edits it in the middle.
    #[wasm_bindgen(js_name = groupDigits)]
    pub fn group_digits(field: &HtmlElement, size: u32);

    /// Changes the text of a text node in an element.
    pub fn say(element: &HtmlElement, text: &Node, words: &str);

    /// The selected option of the list that the event is about.
    pub fn chosen(event: &Event) -> String;

    #[wasm_bindgen(js_name = copy)]
    async fn copy_text(text: &str) -> JsValue;

    /// Offers text to another app.
    pub fn share(title: &str, text: &str);

    #[wasm_bindgen(js_name = awaitCode)]
    fn await_code(found: &Closure<dyn FnMut(String)>) -> Option<AbortController>;

    #[wasm_bindgen(js_name = work)]
    async fn work_on(script: &str, message: &str) -> JsValue;

    #[wasm_bindgen(js_name = takeFirstStep)]
    fn first_step_in(element: &HtmlElement) -> String;

    /// Restores the earlier cursor position.
    #[wasm_bindgen(js_name = restoreSelection)]
    pub fn restore_selection(field: &HtmlElement, start: u32, end: u32);

    #[wasm_bindgen(js_name = prepareForTheWorst)]
    fn prepare(element: &HtmlElement, words: &str);

    /// Goes back by one history entry.
    #[wasm_bindgen(js_namespace = page, js_name = historyBack)]
    pub fn history_back();

    /// Reloads the page if its address now serves a newer page.
    #[wasm_bindgen(js_namespace = page, js_name = reloadIfStale)]
    pub fn reload_if_stale();

    /// Replaces the nodes between two others. If the focused element is removed with them, the
    /// button of the step gets the focus.
    #[wasm_bindgen(js_namespace = page)]
    pub fn fill(begin: &Node, end: &Node, view: &Node);

    /// Restores the focus that the app in the element had when the person left its page. A page
    /// that the app owns always has a focus afterwards.
    #[wasm_bindgen(js_namespace = page)]
    pub fn refocus(element: &HtmlElement, owns_page: bool);

    /// Whether content of the app in the element may take the focus: if the person's focus is in
    /// the app, or if it is nowhere and the person's action led there.
    #[wasm_bindgen(js_namespace = page, js_name = mayFocus)]
    pub fn may_focus(element: &HtmlElement, is_led: bool) -> bool;

    /// Moves the focus to the element, without any other effect.
    #[wasm_bindgen(js_namespace = page, js_name = takeFocus)]
    pub fn take_focus(element: &HtmlElement);

    #[wasm_bindgen(js_namespace = page, js_name = isVisible)]
    fn is_visible() -> bool;

    /// Waits until the browser has nothing else to do.
    #[wasm_bindgen(js_namespace = page)]
    pub async fn idle();

    /// Whether this browser can share text with another app.
    #[wasm_bindgen(js_namespace = page, js_name = canShare)]
    pub fn can_share() -> bool;

    /// Records that the app has left the element.
    #[wasm_bindgen(js_namespace = page, js_name = forgetElement)]
    pub fn forget_element(element: &HtmlElement);

    /// After a panic, no part of the app is reliable. This function replaces the app by a
    /// plain page, once. The plain page works without the app.
    #[wasm_bindgen(js_namespace = page, js_name = showBroken)]
    pub fn show_broken();
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
    pub fn arrive(heading: &HtmlElement, owns_page: bool);

    /// Moves the focus to the element and scrolls it into view if necessary.
    #[wasm_bindgen(js_namespace = view)]
    pub fn focus(element: &HtmlElement);
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setInterval)]
    fn set_interval(act: &Closure<dyn FnMut()>, milliseconds: u32) -> JsValue;

    #[wasm_bindgen(js_name = clearInterval)]
    fn clear_interval(interval: &JsValue);

    /// The JSON text that JavaScript writes for this value; `None` if it writes none.
    #[wasm_bindgen(js_namespace = JSON, js_name = stringify)]
    pub fn to_json(value: &JsValue) -> Option<String>;
}

fn window() -> Option<Window> {
    web_sys::window()
}

/// `None` if there is no page.
fn document() -> Option<Document> {
    window().map(|_| own_document())
}

/// Runs an asynchronous task. The boxed type ensures that the code that drives it is compiled once.
pub fn spawn(work: impl Future<Output = ()> + 'static) {
    let work: Pin<Box<dyn Future<Output = ()>>> = Box::pin(work);
    wasm_bindgen_futures::spawn_local(work);
}

// Files.

/// The content of a URL; `None` if the fetch fails.
pub async fn fetch_bytes(url: &str) -> Option<Vec<u8>> {
    let bytes = fetch_bytes_js(url).await;
    bytes.dyn_ref().map(js_sys::Uint8Array::to_vec)
}

/// The content of a URL as text; `None` if the fetch fails.
pub async fn fetch_text(url: &str) -> Option<String> {
    fetch_text_js(url).await.as_string()
}

/// A request to a service.
pub struct Sent<'a> {
    /// The method of HTTP.
    pub method: &'static str,
    /// The address of the request.
    pub url: &'a str,
    /// The headers, each on a line: its name, a colon, a space and its value.
    pub headers: &'a str,
    /// The body, if the request has one.
    pub body: Option<&'a str>,
}

/// The answer of a service.
pub struct Received {
    /// The status code of HTTP.
    pub status: u32,
    /// The header `Retry-After`; empty if there is none, or if the page may not read it.
    pub retry_after: String,
    /// The body, as text.
    pub text: String,
}

/// Sends a request and waits for its answer, until the deadline; `None` if there is no answer.
pub async fn exchange(sent: Sent<'_>, deadline: &AbortSignal) -> Option<Received> {
    let received = exchange_js(sent.method, sent.url, sent.headers, sent.body, deadline).await;
    let received = received.as_string()?;
    let (status, rest) = received.split_once('\n')?;
    let (retry_after, text) = rest.split_once('\n')?;
    Some(Received {
        status: status.parse().ok()?,
        retry_after: retry_after.to_owned(),
        text: text.to_owned(),
    })
}

// Time.

/// The time of this device's clock.
pub fn now() -> Timestamp {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds of Unix time fit many times over"
    )]
    let seconds = (js_sys::Date::now() / 1000.0).floor() as i64;
    Timestamp::from_seconds(seconds)
}

// Randomness.

/// 128 random bits as a GUID: a support code, an idempotency key.
pub fn random_guid() -> Guid {
    let mut bytes = [0; 16];
    fill_randomly(&mut bytes);
    Guid::from_random(u128::from_be_bytes(bytes))
}

/// 256 random bits, for the judge in the page.
pub fn random_seed() -> [u8; 32] {
    let mut seed = [0; 32];
    fill_randomly(&mut seed);
    seed
}

// Storage for the lifetime of the tab, or permanent storage. The browser can refuse both; the
// values are then lost at the next load.

const SESSION: &str = "sessionStorage";
const LOCAL: &str = "localStorage";

/// The value that the tab keeps under this key.
pub fn session_read(key: &str) -> Option<String> {
    stored(SESSION, key)
}

/// Keeps the value for the lifetime of the tab.
pub fn session_write(key: &str, value: &str) {
    store(SESSION, key, value);
}

/// Removes the value.
pub fn session_remove(key: &str) {
    unstore(SESSION, key);
}

/// The value that this browser keeps under this key.
pub fn local_read(key: &str) -> Option<String> {
    stored(LOCAL, key)
}

/// Keeps the value in this browser.
pub fn local_write(key: &str, value: &str) {
    store(LOCAL, key, value);
}

// The page.

/// Copies text to the clipboard; returns whether the browser allowed it.
pub async fn copy(text: &str) -> bool {
    copy_text(text).await.is_truthy()
}

/// Reports to the portal's developer an error in the values that the page passed.
pub fn complain(message: &str) -> JsValue {
    JsError::new(message).into()
}

// Work.

/// Runs work in a worker: one message to it, one answer back.
///
/// Returns `None` if no worker is available or the worker failed.
pub async fn work(script: &str, message: &str) -> Option<String> {
    work_on(script, message).await.as_string()
}
