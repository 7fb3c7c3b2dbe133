//! The judge's clock on this device: what every countdown and expiry is measured by.

use leptos::prelude::*;
use postern_protocol::Timestamp;

use crate::browser;
use crate::session::State;

/// How often countdowns are drawn anew.
const TICK_MILLISECONDS: u32 = 1_000;

/// The present by the judge's clock, to the second. A handle: copies tell the same time.
#[derive(Clone, Copy)]
pub(crate) struct Clock {
    state: State,
    /// The present by the device's clock.
    device: RwSignal<Timestamp>,
}

impl Clock {
    /// Starts ticking, until the present owner is gone.
    pub(crate) fn start(state: State) -> Self {
        let device = RwSignal::new(browser::now());
        // Read anew at each tick, never added up: a page in the background sleeps through its
        // ticks.
        let tick = Box::new(move || device.set(browser::now()));
        StoredValue::new_local(browser::Interval::new(TICK_MILLISECONDS, tick));
        Self { state, device }
    }

    /// What calls this is called again each second.
    pub(crate) fn tick(self) {
        self.device.track();
    }

    /// The present; what reads it is drawn again each second.
    pub(crate) fn now(self) -> Timestamp {
        // The tick may be a second old when the wizard changes.
        let now = self.device.get().max(browser::now());
        Timestamp::from_seconds(
            now.seconds()
                .saturating_add(self.state.get().clock_offset()),
        )
    }

    /// Whole seconds until then; none once it is past.
    pub(crate) fn seconds_until(self, then: Timestamp) -> u32 {
        u32::try_from(then.since(self.now()).as_secs()).unwrap_or(u32::MAX)
    }

    /// Whether that is over; what has no end never is.
    pub(crate) fn is_past(self, end: Option<Timestamp>) -> bool {
        end.is_some_and(|end| self.seconds_until(end) == 0)
    }
}
