//! Everything the wizard asks of the browser, and the only file that knows `web_sys`.
//!
//! Each function does one thing and gives a plain answer: what a browser does not have or does not allow is `None`,
//! never a panic.
//!
//! Longer than other files should be, because no other may name `web_sys`.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;

use js_sys::{Array, Date, Function, Intl, Object, Promise, Reflect};
use postern_protocol::{Guid, Timestamp};
pub(crate) use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Document, EventTarget, Storage, Window};
pub(crate) use web_sys::{Event, HtmlElement, HtmlInputElement, Node};

fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

/// The property of that name, if there is one that is neither undefined nor null.
fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into())
        .ok()
        .filter(|value| !value.is_undefined() && !value.is_null())
}

fn set(object: &Object, name: &str, value: impl Into<JsValue>) {
    // Setting a property of a plain object that was just made cannot fail.
    let _ = Reflect::set(object, &name.into(), &value.into());
}

/// Runs something that waits. Behind one type, so that what drives it is compiled once.
pub(crate) fn spawn(work: impl Future<Output = ()> + 'static) {
    let work: Pin<Box<dyn Future<Output = ()>>> = Box::pin(work);
    wasm_bindgen_futures::spawn_local(work);
}

/// Opens once, for as many as wait for it.
#[derive(Clone)]
pub(crate) struct Latch {
    promise: Promise,
    /// Always there: a promise hands it out while it is made.
    open: Option<Function>,
}

impl Latch {
    /// Closed.
    pub(crate) fn new() -> Self {
        let mut open = None;
        let promise = Promise::new(&mut |resolve, _| open = Some(resolve));
        Self { promise, open }
    }

    /// Lets everybody go on.
    pub(crate) fn open(&self) {
        let _ = self
            .open
            .as_ref()
            .map(|open| open.call0(&JsValue::UNDEFINED));
    }

    /// Waits until it is open.
    pub(crate) async fn opened(self) {
        let _ = JsFuture::from(self.promise).await;
    }
}

// Time.

/// This device's clock.
pub(crate) fn now() -> Timestamp {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds of Unix time fit many times over"
    )]
    let seconds = (Date::now() / 1000.0).floor() as i64;
    Timestamp::from_seconds(seconds)
}

/// Waits. A page in the background may wait longer.
pub(crate) async fn wait(milliseconds: u32) {
    let promise = Promise::new(&mut |resolve, _| {
        if let Some(window) = window() {
            let milliseconds = i32::try_from(milliseconds).unwrap_or(i32::MAX);
            let _ = window
                .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// Aborts what was given its signal once its time is over; dropped before, it does nothing.
#[cfg(not(feature = "demo"))]
pub(crate) struct Deadline {
    controller: Option<AbortController>,
    timer: Option<i32>,
    _on_time: Closure<dyn FnMut()>,
}

#[cfg(not(feature = "demo"))]
impl Deadline {
    /// A deadline that many milliseconds from now.
    pub(crate) fn after(milliseconds: u32) -> Self {
        let controller = AbortController::new().ok();
        let abort = controller.clone();
        let on_time = Closure::once(move || {
            if let Some(controller) = abort {
                controller.abort();
            }
        });
        let milliseconds = i32::try_from(milliseconds).unwrap_or(i32::MAX);
        let timer = window().and_then(|window| {
            let callback: &Function = on_time.as_ref().unchecked_ref();
            window
                .set_timeout_with_callback_and_timeout_and_arguments_0(callback, milliseconds)
                .ok()
        });
        Self {
            controller,
            timer,
            _on_time: on_time,
        }
    }

    /// The signal to hand on.
    pub(crate) fn signal(&self) -> Option<web_sys::AbortSignal> {
        self.controller.as_ref().map(AbortController::signal)
    }
}

#[cfg(not(feature = "demo"))]
impl Drop for Deadline {
    fn drop(&mut self) {
        if let (Some(window), Some(timer)) = (window(), self.timer) {
            window.clear_timeout_with_handle(timer);
        }
    }
}

// Randomness.

/// 128 random bits as a GUID: a support code, an idempotency key.
pub(crate) fn random_guid() -> Guid {
    let mut bytes = [0; 16];
    let filled = window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !filled {
        // No browser that runs WebAssembly lacks it; should one, an id that is merely unlikely still does its work.
        for byte in &mut bytes {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "below 256"
            )]
            let random = (js_sys::Math::random() * 256.0) as u8;
            *byte = random;
        }
    }
    Guid::from_random(u128::from_be_bytes(bytes))
}

/// 256 random bits, for the judge in the page.
#[cfg(feature = "demo")]
pub(crate) fn random_seed() -> [u8; 32] {
    let mut seed = [0; 32];
    for (half, guid) in seed
        .chunks_exact_mut(16)
        .zip([random_guid(), random_guid()])
    {
        half.copy_from_slice(&guid.to_bytes());
    }
    seed
}

// Storage: for as long as the tab lives, or for good. Both may be refused, and are then forgotten at the next load.

fn session_storage() -> Option<Storage> {
    window()?.session_storage().ok()?
}

fn local_storage() -> Option<Storage> {
    window()?.local_storage().ok()?
}

/// What the tab keeps under that key.
pub(crate) fn session_read(key: &str) -> Option<String> {
    session_storage()?.get_item(key).ok()?
}

/// Keeps it for as long as the tab lives.
pub(crate) fn session_write(key: &str, value: &str) {
    if let Some(storage) = session_storage() {
        let _ = storage.set_item(key, value);
    }
}

/// Forgets it.
pub(crate) fn session_remove(key: &str) {
    if let Some(storage) = session_storage() {
        let _ = storage.remove_item(key);
    }
}

/// What this browser keeps under that key.
pub(crate) fn local_read(key: &str) -> Option<String> {
    local_storage()?.get_item(key).ok()?
}

/// Keeps it in this browser.
pub(crate) fn local_write(key: &str, value: &str) {
    if let Some(storage) = local_storage() {
        let _ = storage.set_item(key, value);
    }
}

// Languages.

/// The languages the person set in the browser, most wanted first.
pub(crate) fn navigator_languages() -> Vec<String> {
    let Some(window) = window() else {
        return Vec::new();
    };
    window
        .navigator()
        .languages()
        .iter()
        .filter_map(|tag| tag.as_string())
        .collect()
}

/// The language of the page around us.
pub(crate) fn page_language() -> Option<String> {
    document()?
        .document_element()?
        .get_attribute("lang")
        .filter(|tag| !tag.is_empty())
}

/// Tells the page around us its language; only for a page that is ours.
pub(crate) fn set_page_language(language: &str, direction: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("lang", language);
        let _ = root.set_attribute("dir", direction);
    }
}

/// The value of that parameter of the page's address; only for a page that is ours.
pub(crate) fn url_parameter(name: &str) -> Option<String> {
    let search = window()?.location().search().ok()?;
    web_sys::UrlSearchParams::new_with_str(&search)
        .ok()?
        .get(name)
}

/// The plural category of CLDR for a count: `one`, `few`, `other`…
pub(crate) fn plural_category(language: &str, count: u32) -> String {
    Intl::PluralRules::new(&locales(language), &Object::new())
        .select(count.into())
        .into()
}

/// A count as that language writes it, in Latin digits: numbers stand left to right in every language here.
pub(crate) fn format_number(language: &str, count: u32) -> String {
    let options = Object::new();
    set(&options, "numberingSystem", "latn");
    let format = Intl::NumberFormat::new(&locales(language), &options);
    call_format(&format.format(), &count.into())
}

/// A time of day, in the person's own time zone.
pub(crate) fn format_time(language: &str, at: Timestamp) -> String {
    format_moment(language, at, &[("timeStyle", "short")])
}

/// A day and a time, in the person's own time zone.
pub(crate) fn format_day_and_time(language: &str, at: Timestamp) -> String {
    format_moment(
        language,
        at,
        &[("dateStyle", "full"), ("timeStyle", "short")],
    )
}

/// A moment as a helpdesk wants it: to the second, with its zone.
pub(crate) fn format_exact(language: &str, at: Timestamp) -> String {
    format_moment(
        language,
        at,
        &[("dateStyle", "medium"), ("timeStyle", "long")],
    )
}

/// Several names as that language lists them: "a, b and c".
pub(crate) fn format_list(language: &str, names: &[String]) -> String {
    let make = || {
        let constructor: Function = get(&get(&js_sys::global(), "Intl")?, "ListFormat")?
            .dyn_into()
            .ok()?;
        let format = Reflect::construct(&constructor, &Array::of1(&language.into())).ok()?;
        let function: Function = get(&format, "format")?.dyn_into().ok()?;
        let list: Array = names.iter().map(|name| JsValue::from_str(name)).collect();
        function.call1(&format, &list).ok()?.as_string()
    };
    make().unwrap_or_else(|| names.join(", "))
}

fn format_moment(language: &str, at: Timestamp, styles: &[(&str, &str)]) -> String {
    let options = Object::new();
    set(&options, "numberingSystem", "latn");
    for (name, style) in styles {
        set(&options, name, *style);
    }
    let format = Intl::DateTimeFormat::new(&locales(language), &options);
    #[expect(
        clippy::cast_precision_loss,
        reason = "JavaScript counts time in doubles"
    )]
    let milliseconds = at.seconds() as f64 * 1000.0;
    call_format(&format.format(), &Date::new(&milliseconds.into()))
}

fn call_format(format: &Function, value: &JsValue) -> String {
    format
        .call1(&JsValue::UNDEFINED, value)
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

/// The pseudo-locale is English to `Intl`.
fn locales(language: &str) -> Array {
    Array::of1(&language.into())
}

/// The composed form of a text (NFC), in which passwords are judged.
pub(crate) fn compose(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFC").into()
}

/// A text in lower case, whatever its script.
pub(crate) fn lower(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

// The page.

/// Names the tab; only for a page that is ours.
pub(crate) fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// The address of the page, without what follows `?` or `#`; only for a page that is ours.
pub(crate) fn page_address() -> Option<String> {
    let location = window()?.location();
    Some(format!(
        "{}{}",
        location.origin().ok()?,
        location.pathname().ok()?
    ))
}

/// Puts a place into the history, or names the one that is there; only for a page that is ours.
pub(crate) fn history_visit(name: &str, replace: bool) {
    let Some(history) = window().and_then(|window| window.history().ok()) else {
        return;
    };
    let state = Object::new();
    set(&state, "postern", name);
    let _ = if replace {
        history.replace_state(&state, "")
    } else {
        history.push_state(&state, "")
    };
}

/// The place that the history is at.
pub(crate) fn history_place() -> Option<String> {
    let state = window()?.history().ok()?.state().ok()?;
    get(&state, "postern")?.as_string()
}

/// One back in the history.
pub(crate) fn history_back() {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let _ = history.back();
    }
}

/// Moves the focus there and brings it into view from its top.
pub(crate) fn focus(element: &HtmlElement) {
    let _ = element.focus();
    element.scroll_into_view_with_bool(true);
}

/// Moves the focus to the field of that id, with its label in view.
pub(crate) fn focus_field(id: &str) {
    let Some(document) = document() else { return };
    let Some(field) = document.get_element_by_id(id) else {
        return;
    };
    let label = document
        .query_selector(&format!("label[for=\"{id}\"]"))
        .ok()
        .flatten();
    label
        .as_ref()
        .unwrap_or(&field)
        .scroll_into_view_with_bool(true);
    if let Some(field) = field.dyn_ref::<HtmlElement>() {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = field.focus_with_options(&options);
    }
}

/// Copies text to the clipboard; tells whether the browser let us.
pub(crate) async fn copy(text: &str) -> bool {
    let Some(navigator) = window().map(|window| window.navigator()) else {
        return false;
    };
    if get(&navigator, "clipboard").is_none() {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text))
        .await
        .is_ok()
}

/// Whether this browser can hand text on to another app.
pub(crate) fn can_share() -> bool {
    window().is_some_and(|window| get(&window.navigator(), "share").is_some())
}

/// Offers text to another app.
pub(crate) fn share(title: &str, text: &str) {
    let Some(navigator) = window().map(|window| window.navigator()) else {
        return;
    };
    let data = web_sys::ShareData::new();
    data.set_title(title);
    data.set_text(text);
    let promise = navigator.share_with_data(&data);
    // The person may change their mind; that is no error.
    spawn(async move {
        let _ = JsFuture::from(promise).await;
    });
}

/// Tells whoever writes the page what is wrong with what it passed.
pub(crate) fn complain(message: &str) -> JsValue {
    js_sys::Error::new(message).into()
}

/// What JavaScript would write for this value; `None` for nothing at all.
pub(crate) fn to_json(value: &JsValue) -> Option<String> {
    js_sys::JSON::stringify(value).ok()?.as_string()
}

// What only the demo asks for.

/// The empty place that the page keeps beside the wizard; `None` where there is none, or somebody has taken it.
#[cfg(feature = "demo")]
pub(crate) fn empty_place(name: &str) -> Option<HtmlElement> {
    let place = document()?.query_selector(&format!("[{name}]")).ok()??;
    place
        .dyn_into::<HtmlElement>()
        .ok()
        .filter(|place| !place.has_child_nodes())
}

/// Takes everything beside that element out of reach of focus, pointer and screen readers, or puts it back.
#[cfg(feature = "demo")]
pub(crate) fn set_inert_beside(element: &HtmlElement, inert: bool) {
    let Some(parent) = element.parent_element() else {
        return;
    };
    let mut sibling = parent.first_element_child();
    while let Some(present) = sibling {
        if !element.is_same_node(Some(&present)) {
            let _ = present.toggle_attribute_with_force("inert", inert);
        }
        sibling = present.next_element_sibling();
    }
}

/// Types into the field of that id in place of what it holds, and moves the focus there; tells whether it is there.
#[cfg(feature = "demo")]
pub(crate) fn fill_field(id: &str, text: &str) -> bool {
    let field = document().and_then(|document| document.get_element_by_id(id));
    let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) else {
        return false;
    };
    field.set_value(text);
    focus_field(id);
    true
}

/// Scrolls the list that an item stands in until the item is at its beginning; the page stays where it is.
#[cfg(feature = "demo")]
pub(crate) fn scroll_list_to(item: &HtmlElement) {
    if let Some(list) = item
        .parent_element()
        .and_then(|list| list.dyn_into::<HtmlElement>().ok())
    {
        list.set_scroll_top(item.offset_top() - list.offset_top());
    }
}

/// The page became so wide that the media query holds.
#[cfg(feature = "demo")]
pub(crate) fn on_wide(query: &str, mut widened: impl FnMut() + 'static) -> Option<Listener> {
    let list = window()?.match_media(query).ok()??;
    let target = list.clone().into();
    Some(Listener::new(
        target,
        "change",
        Box::new(move |_| {
            if list.matches() {
                widened();
            }
        }),
    ))
}

// Nodes, for `parts::element`.

/// An HTML element that is on no page yet.
pub(crate) fn create_element(tag: &str) -> HtmlElement {
    created(document().map(|document| document.create_element(tag)))
}

/// An element of a drawing. What it has in common with HTML is all that is asked of it.
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

/// A text with nothing in it yet.
pub(crate) fn create_text() -> Node {
    document()
        .expect("the wizard runs in a page")
        .create_text_node("")
        .into()
}

/// Room for nodes in a row.
pub(crate) fn create_fragment() -> Node {
    document()
        .expect("the wizard runs in a page")
        .create_document_fragment()
        .into()
}

/// What was chosen in the list that the event is about.
pub(crate) fn chosen(event: &Event) -> Option<String> {
    Some(
        event
            .target()?
            .dyn_ref::<web_sys::HtmlSelectElement>()?
            .value(),
    )
}

/// Sets an attribute, or takes it away.
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
    /// Listens to events of that name.
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

/// The history was moved; only for a page that is ours.
pub(crate) fn on_history_moved(
    mut moved: impl FnMut(Option<String>) + 'static,
) -> Option<Listener> {
    Some(Listener::new(
        window()?.into(),
        "popstate",
        Box::new(move |_| moved(history_place())),
    ))
}

/// The page came back to the foreground, or online.
pub(crate) fn on_woken(woken: impl Fn() + 'static) -> Vec<Listener> {
    let woken = Rc::new(woken);
    let mut listeners = Vec::new();
    if let Some(document) = document() {
        let woken = woken.clone();
        listeners.push(Listener::new(
            document.into(),
            "visibilitychange",
            Box::new(move |_| {
                if self::document().is_some_and(|document| !document.hidden()) {
                    woken();
                }
            }),
        ));
    }
    if let Some(window) = window() {
        listeners.push(Listener::new(
            window.into(),
            "online",
            Box::new(move |_| woken()),
        ));
    }
    listeners
}

/// The page came back out of the back-forward cache.
pub(crate) fn on_restored(mut restored: impl FnMut() + 'static) -> Option<Listener> {
    Some(Listener::new(
        window()?.into(),
        "pageshow",
        Box::new(move |event| {
            if event
                .dyn_ref::<web_sys::PageTransitionEvent>()
                .is_some_and(web_sys::PageTransitionEvent::persisted)
            {
                restored();
            }
        }),
    ))
}

// What needs a browser's own machinery.

/// A request that can be aborted by dropping it: the code in a text message, where the browser can read one (WebOTP).
pub(crate) struct CodeFromText {
    controller: Option<AbortController>,
}

impl CodeFromText {
    /// Asks for it; `found` hears the code, at most once.
    pub(crate) fn ask(found: impl FnOnce(String) + 'static) -> Self {
        let ask = || {
            let window = window()?;
            get(&window, "OTPCredential")?;
            let controller = AbortController::new().ok()?;
            let otp = Object::new();
            set(&otp, "transport", Array::of1(&"sms".into()));
            let options = Object::new();
            set(&options, "otp", otp);
            set(&options, "signal", controller.signal());
            let promise = window
                .navigator()
                .credentials()
                .get_with_options(options.unchecked_ref())
                .ok()?;
            spawn(async move {
                if let Some(code) = JsFuture::from(promise)
                    .await
                    .ok()
                    .and_then(|otp| get(&otp, "code")?.as_string())
                {
                    found(code);
                }
            });
            Some(controller)
        };
        Self { controller: ask() }
    }
}

impl Drop for CodeFromText {
    fn drop(&mut self) {
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}

/// Work done in a worker: one message there, one answer back.
///
/// `None` when there is no worker to be had, or it failed.
pub(crate) async fn work(script_url: &str, message: &str) -> Option<String> {
    let worker = web_sys::Worker::new(script_url).ok()?;
    // Kept until the answer is here.
    let mut closures = Vec::new();
    let promise = Promise::new(&mut |resolve, reject| {
        let answered = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            let data = event
                .dyn_ref::<web_sys::MessageEvent>()
                .map(web_sys::MessageEvent::data);
            let _ = resolve.call1(&JsValue::UNDEFINED, &data.unwrap_or_default());
        });
        let failed = Closure::<dyn FnMut(Event)>::new(move |_| {
            let _ = reject.call0(&JsValue::UNDEFINED);
        });
        worker.set_onmessage(Some(answered.as_ref().unchecked_ref()));
        worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
        closures.extend([answered, failed]);
    });
    worker.post_message(&message.into()).ok()?;
    let answer = JsFuture::from(promise)
        .await
        .ok()
        .and_then(|answer| answer.as_string());
    worker.terminate();
    answer
}

// The element that the wizard lives in.

/// What was typed into the first step before the wizard came, and where the cursor was.
#[derive(Clone, Debug, Default)]
pub(crate) struct FirstStep {
    /// What the field held.
    pub(crate) typed: String,
    /// Where the selection began and ended, if the field had the focus.
    pub(crate) selection: Option<(u32, u32)>,
    /// The form was sent already: the wizard goes on from there.
    pub(crate) sent: bool,
}

/// Takes the plain-HTML first step out of an element, with what was typed into it.
pub(crate) fn take_first_step(element: &HtmlElement) -> FirstStep {
    let field = element.query_selector("input").ok().flatten();
    let field = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    let active = document().and_then(|document| document.active_element());
    let focused = field.clone().filter(|field| {
        active
            .as_ref()
            .is_some_and(|active| field.is_same_node(Some(active)))
    });
    let taken = FirstStep {
        typed: field.map(|field| field.value()).unwrap_or_default(),
        selection: focused.map(|field| {
            let end = field
                .value()
                .encode_utf16()
                .count()
                .try_into()
                .unwrap_or(u32::MAX);
            let start = field.selection_start().ok().flatten().unwrap_or(end);
            (start, field.selection_end().ok().flatten().unwrap_or(end))
        }),
        sent: element.has_attribute("data-postern-sent"),
    };
    let _ = element.remove_attribute("data-postern-sent");
    element.set_text_content(None);
    taken
}

/// Puts the cursor back where it was.
pub(crate) fn restore_selection(field: &HtmlInputElement, (start, end): (u32, u32)) {
    let _ = field.focus();
    let _ = field.set_selection_range(start, end);
}

thread_local! {
    /// The elements that hold a wizard, with the words to say should it break.
    static MOUNTED: RefCell<Vec<(HtmlElement, Broken)>> = const { RefCell::new(Vec::new()) };
}

/// What a broken page says, in the words of the language that was on it.
#[derive(Clone, Debug)]
pub(crate) struct Broken {
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) reload: String,
    pub(crate) help: String,
    pub(crate) support: String,
    pub(crate) language: &'static str,
    pub(crate) direction: &'static str,
    /// Whether the tab is ours to name.
    pub(crate) names_tab: bool,
}

/// Remembers what to say in that element should the wizard break.
pub(crate) fn prepare_for_the_worst(element: &HtmlElement, words: Broken) {
    MOUNTED.with_borrow_mut(|mounted| {
        mounted.retain(|(other, _)| other != element);
        mounted.push((element.clone(), words));
    });
}

/// The wizard has left that element.
pub(crate) fn forget_element(element: &HtmlElement) {
    MOUNTED.with_borrow_mut(|mounted| mounted.retain(|(other, _)| other != element));
}

/// After a panic nothing of the wizard can be relied on: this puts a plain page in its place, once, which works by itself.
pub(crate) fn show_broken() {
    let Ok(mounted) = MOUNTED.try_with(|mounted| {
        mounted
            .try_borrow_mut()
            .map(|mut mounted| std::mem::take(&mut *mounted))
            .unwrap_or_default()
    }) else {
        return;
    };
    let Some(document) = document() else { return };
    for (element, words) in mounted {
        element.set_text_content(None);
        let frame = document.create_element("div");
        let Ok(frame) = frame else { continue };
        frame.set_class_name("postern postern-broken");
        let _ = frame.set_attribute("lang", words.language);
        let _ = frame.set_attribute("dir", words.direction);
        if words.names_tab {
            document.set_title(&words.title);
        }
        let put = |tag: &str, text: &str| {
            let child = document.create_element(tag).ok()?;
            child.set_text_content(Some(text));
            frame.append_child(&child).ok()?;
            Some(child)
        };
        if let Some(title) = put("h1", &words.title) {
            let _ = title.set_attribute("tabindex", "-1");
        }
        put("p", &words.body);
        if let Some(reload) = put("a", &words.reload) {
            // An empty reference is this very page: it reloads with no script at all.
            let _ = reload.set_attribute("href", "");
            reload.set_class_name("postern-button");
        }
        put("p", &words.help);
        put("p", &words.support);
        let _ = element.append_child(&frame);
        let title = element.query_selector("h1").ok().flatten();
        if let Some(title) = title
            .as_ref()
            .and_then(|title| title.dyn_ref::<HtmlElement>())
        {
            let _ = title.focus();
        }
    }
}
