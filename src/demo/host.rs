//! The host of the judge in the page: the engine's world, a clock that the panel can move, and a
//! connection that the panel can cut.
//!
//! The host saves itself in the tab after every change, since the page's memory does not survive a
//! reload and the sent messages must. Watchers learn of a change after it was made, never during
//! it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use postern_engine::{CallEnd, CallId, WriteBackHealth};
use postern_host::{Answer, Request};
use postern_kit::browser;
use postern_protocol::work::Challenge;
use postern_protocol::{Problem, Timestamp};
use postern_world::{Delivery, Fault, Message, World};
use serde::{Deserialize, Serialize};

use super::people::Persona;
use super::world;

/// The key under which the tab keeps the host.
const STORAGE_KEY: &str = "postern.demo";

/// The longest saved text, in bytes. Browsers give a page 5 MB for the tab; a larger state begins
/// afresh at the next load.
const SAVED_LENGTH_MAX: usize = 2_000_000;

/// The time that a phone rings before the network gives up: six or seven rings.
const RINGS_FOR: Duration = Duration::from_secs(40);

/// Whether requests and answers arrive.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Connection {
    /// Requests and answers arrive.
    #[default]
    Online,
    /// Neither requests nor answers arrive.
    Offline,
    /// The next request arrives, and its answer does not.
    Lossy,
}

/// The kinds of change that the host reports to its watchers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Stir {
    /// Something has changed.
    Changed,
    /// Something has changed that a waiting wizard must look at: time, a call, the connection.
    Woken,
    /// The world is back in its initial state; all earlier attempts are unknown.
    Afresh,
}

/// A callback for every change.
type Watcher = Rc<dyn Fn(Stir)>;

/// The host.
pub(super) struct Host {
    state: RefCell<Saved>,
    watchers: RefCell<Vec<(u32, Watcher)>>,
    watchers_so_far: Cell<u32>,
}

/// The complete saved state.
#[derive(Deserialize, Serialize)]
struct Saved {
    world: World,
    moved_seconds: i64,
    connection: Connection,
    persona: Option<String>,
    /// Whether a persona made the directory fail. If so, the next persona makes it healthy again.
    failing_for_persona: bool,
}

/// Watches until it is dropped.
pub(super) struct Watching {
    host: Rc<Host>,
    number: u32,
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.host
            .watchers
            .borrow_mut()
            .retain(|(number, _)| *number != self.number);
    }
}

impl Host {
    /// The host in the state that this tab stored, or a new one.
    pub(super) fn open() -> Self {
        let saved = browser::session_read(STORAGE_KEY);
        let state = saved
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_else(Saved::new);
        Self {
            state: RefCell::new(state),
            watchers: RefCell::default(),
            watchers_so_far: Cell::default(),
        }
    }

    /// Executes a request.
    pub(super) fn call(&self, request: Request) -> Result<Answer, Problem> {
        let answer = self.state.borrow_mut().call(request);
        self.changed(Stir::Changed);
        answer
    }

    /// A fresh proof-of-work challenge.
    pub(super) fn challenge(&self) -> Challenge {
        let state = self.state.borrow();
        state
            .world
            .issue_challenge(state.now(), browser::random_seed())
    }

    /// The present: this device's clock, moved.
    pub(super) fn now(&self) -> Timestamp {
        self.state.borrow().now()
    }

    /// Moves the clock forward, and executes everything that is due by then.
    pub(super) fn forward(&self, span: Duration) {
        let mut state = self.state.borrow_mut();
        state.moved_seconds = state.moved_seconds.saturating_add_unsigned(span.as_secs());
        state.give_up_calls();
        let now = state.now();
        state.world.sweep(now, browser::random_seed());
        drop(state);
        self.changed(Stir::Woken);
    }

    /// Handles the normal passage of time.
    pub(super) fn tick(&self) {
        if self.state.borrow_mut().give_up_calls() {
            self.changed(Stir::Woken);
        }
    }

    /// Ends the call as answered or not answered.
    pub(super) fn end_call(&self, call: CallId, end: CallEnd) {
        self.state.borrow_mut().end_call(call, end);
        self.changed(Stir::Woken);
    }

    /// The state of the connection.
    pub(super) fn connection(&self) -> Connection {
        self.state.borrow().connection
    }

    /// Restores or cuts the connection.
    pub(super) fn connect(&self, connection: Connection) {
        self.state.borrow_mut().connection = connection;
        self.changed(if connection == Connection::Offline {
            Stir::Changed
        } else {
            Stir::Woken
        });
    }

    /// The state of the directory.
    pub(super) fn health(&self) -> WriteBackHealth {
        self.state.borrow().world.write_back
    }

    /// Makes the directory fail, or makes it healthy.
    pub(super) fn set_health(&self, health: WriteBackHealth) {
        let mut state = self.state.borrow_mut();
        state.failing_for_persona = false;
        state.set_health(health);
        drop(state);
        self.changed(Stir::Changed);
    }

    /// The name of the persona that the person chose last.
    pub(super) fn persona(&self) -> Option<String> {
        self.state.borrow().persona.clone()
    }

    /// Plays a persona: prepares the world so that the page of this persona appears.
    pub(super) fn choose(&self, persona: &Persona) {
        let mut state = self.state.borrow_mut();
        state.persona = Some(persona.name.to_owned());
        if let Some(health) = persona.directory {
            state.failing_for_persona = true;
            state.set_health(health);
        } else if std::mem::take(&mut state.failing_for_persona) {
            state.set_health(WriteBackHealth::Healthy);
        }
        drop(state);
        self.changed(Stir::Changed);
    }

    /// Begins again with a new world, at the present, online.
    pub(super) fn begin_afresh(&self) {
        *self.state.borrow_mut() = Saved::new();
        self.changed(Stir::Afresh);
    }

    /// Reads the world.
    pub(super) fn with_world<T>(&self, read: impl FnOnce(&World) -> T) -> T {
        read(&self.state.borrow().world)
    }

    /// Reports every change to `heard` until the returned handle is dropped.
    pub(super) fn watch(self: &Rc<Self>, heard: impl Fn(Stir) + 'static) -> Watching {
        let number = self.watchers_so_far.get();
        self.watchers_so_far.set(number.wrapping_add(1));
        self.watchers.borrow_mut().push((number, Rc::new(heard)));
        Watching {
            host: self.clone(),
            number,
        }
    }

    fn changed(&self, stir: Stir) {
        match serde_json::to_string(&*self.state.borrow()) {
            Ok(text) if text.len() <= SAVED_LENGTH_MAX => {
                browser::session_write(STORAGE_KEY, &text);
            }
            Ok(_) | Err(_) => browser::session_remove(STORAGE_KEY),
        }
        // The loop needs a copy, since a watcher can stop listening or make another change.
        let watchers: Vec<Watcher> = self
            .watchers
            .borrow()
            .iter()
            .map(|(_, heard)| heard.clone())
            .collect();
        for heard in watchers {
            heard(stir);
        }
    }
}

impl Saved {
    fn new() -> Self {
        Self {
            world: world::new(browser::now()),
            moved_seconds: 0,
            connection: Connection::Online,
            persona: None,
            failing_for_persona: false,
        }
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_seconds(browser::now().seconds().saturating_add(self.moved_seconds))
    }

    fn call(&mut self, request: Request) -> Result<Answer, Problem> {
        let now = self.now();
        self.world.call(request, now, browser::random_seed())
    }

    fn end_call(&mut self, call: CallId, end: CallEnd) {
        let now = self.now();
        self.world.end_call(call, end, now, browser::random_seed());
    }

    /// Ends the calls that have rung for too long; returns whether there were any.
    fn give_up_calls(&mut self) -> bool {
        let now = self.now();
        let unanswered: Vec<CallId> = self
            .world
            .outbox
            .deliveries()
            .iter()
            .filter(|delivery| now.since(delivery.at) >= RINGS_FOR)
            .filter_map(ringing)
            .collect();
        for call in &unanswered {
            self.end_call(*call, CallEnd::NoAnswer);
        }
        !unanswered.is_empty()
    }

    /// Sets the health. An unhealthy directory fails at the checks on arrival and at the write
    /// itself.
    fn set_health(&mut self, health: WriteBackHealth) {
        self.world.write_back = health;
        self.world.directory.fault = match health {
            WriteBackHealth::Healthy => None,
            WriteBackHealth::Unreachable => Some(Fault::Unreachable),
            WriteBackHealth::Misconfigured => Some(Fault::Misconfigured),
        };
    }
}

/// The id of the call, while it rings.
pub(super) fn ringing(delivery: &Delivery) -> Option<CallId> {
    use postern_world::CallStatus::{Answered, Missed, Ringing};
    match &delivery.message {
        Message::Call(call, Ringing) => Some(call.id),
        Message::Call(_, Answered | Missed) | Message::Text(_) | Message::Mail(_) => None,
    }
}
