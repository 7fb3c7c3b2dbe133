//! Events of the page and of its clock, heard until dropped.

use std::rc::Rc;

use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::{EventTarget, PageTransitionEvent};

use super::{
    AbortController, Event, JsCast, await_code, clear_interval, document, history_place,
    is_visible, set_interval, window,
};

/// Repeats an action until it is dropped.
pub struct Interval {
    interval: JsValue,
    _act: Closure<dyn FnMut()>,
}

impl Interval {
    /// Runs the action at this interval in milliseconds; less often if the page is in the
    /// background.
    pub fn new(milliseconds: u32, act: Box<dyn FnMut()>) -> Self {
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

/// Listens until it is dropped.
pub struct Listener {
    target: EventTarget,
    name: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Listens to events with this name.
    pub fn new(target: EventTarget, name: &'static str, heard: Box<dyn FnMut(Event)>) -> Self {
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

/// Listens to history changes; only for a page that the app owns.
pub fn on_history_moved(mut moved: impl FnMut(Option<String>) + 'static) -> Option<Listener> {
    Some(Listener::new(
        window()?.into(),
        "popstate",
        Box::new(move |_| moved(history_place())),
    ))
}

/// Listens for the return of the page to the foreground, or online.
pub fn on_woken(woken: impl Fn() + 'static) -> Vec<Listener> {
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
pub fn on_restored(mut restored: impl FnMut() + 'static) -> Option<Listener> {
    Some(Listener::new(
        window()?.into(),
        "pageshow",
        Box::new(move |event| {
            if event.unchecked_ref::<PageTransitionEvent>().persisted() {
                restored();
            }
        }),
    ))
}

/// A request that can be aborted by dropping it: the code in a text message, where the browser can
/// read one (WebOTP).
pub struct CodeFromText {
    controller: Option<AbortController>,
    _found: Closure<dyn FnMut(String)>,
}

impl CodeFromText {
    /// Asks for it; `found` hears the code, at most once.
    pub fn ask(found: Box<dyn FnMut(String)>) -> Self {
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
