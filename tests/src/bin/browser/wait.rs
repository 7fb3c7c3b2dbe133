//! Waiting for a condition, with a bound and never for a time. What was seen last goes into the
//! error, so that a test that waited in vain says what it waited at.

use std::{fmt::Display, time::Duration};

use anyhow::{Result, bail};
use tokio::time::{Instant, MissedTickBehavior, interval};

/// Between two looks: short beside what a person notices, long beside what a look costs.
const LOOK_EVERY: Duration = Duration::from_millis(30);

/// How long a step may take to come: the proof of work is most of it, on a busy machine.
pub(crate) const STEP_COMES_WITHIN: Duration = Duration::from_secs(20);

/// What a look found.
pub(crate) enum Seen<T> {
    /// What was waited for.
    There(T),
    /// Something else, in words.
    NotYet(String),
}

/// Looks until it is there.
///
/// # Errors
/// When it is not there within the bound, with what was there instead; when a look fails.
pub(crate) async fn until<T>(
    what: impl Display,
    bound: Duration,
    mut look: impl AsyncFnMut() -> Result<Seen<T>>,
) -> Result<T> {
    let end = Instant::now() + bound;
    let mut looks = interval(LOOK_EVERY);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        match look().await? {
            Seen::There(found) => return Ok(found),
            Seen::NotYet(instead) if Instant::now() >= end => {
                bail!(
                    "waited {} s for {what}, and saw: {instead}",
                    bound.as_secs()
                );
            }
            Seen::NotYet(_) => {}
        }
    }
}
