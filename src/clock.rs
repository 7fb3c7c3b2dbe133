//! The judge's clock on this device: the basis of every countdown and expiry.

use leptos::prelude::*;
use postern_kit::browser;
use postern_protocol::Timestamp;

use crate::session::State;

/// The interval between updates of a countdown.
const TICK_MILLISECONDS: u32 = 1_000;

/// The current time of the judge's clock, to the second. A handle: all copies show the same time.
#[derive(Clone, Copy)]
pub(crate) struct Clock {
    state: State,
    /// The current time of the device's clock.
    device: RwSignal<Timestamp>,
}

impl Clock {
    /// Starts the ticks. They stop when the current owner is disposed of.
    pub(crate) fn start(state: State) -> Self {
        let device = RwSignal::new(browser::now());
        // Each tick reads the clock again and never adds up intervals: a page in the background
        // misses ticks.
        let tick = Box::new(move || device.set(browser::now()));
        StoredValue::new_local(browser::Interval::new(TICK_MILLISECONDS, tick));
        Self { state, device }
    }

    /// Makes the calling effect run again each second.
    pub(crate) fn tick(self) {
        self.device.track();
    }

    /// The current time; an effect that reads it runs again each second.
    pub(crate) fn now(self) -> Timestamp {
        // The last tick can be a second old when the wizard changes.
        let now = self.device.get().max(browser::now());
        Timestamp::from_seconds(
            now.seconds()
                .saturating_add(self.state.get().clock_offset()),
        )
    }

    /// Whole seconds until `then`; zero once it is past.
    pub(crate) fn seconds_until(self, then: Timestamp) -> u32 {
        u32::try_from(then.since(self.now()).as_secs()).unwrap_or(u32::MAX)
    }

    /// Whether `end` is past; `None` never ends.
    pub(crate) fn is_past(self, end: Option<Timestamp>) -> bool {
        end.is_some_and(|end| self.seconds_until(end) == 0)
    }
}
