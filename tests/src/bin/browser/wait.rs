//! Waits for a condition, with a time limit and never for a fixed time. The error contains the last
//! observation, so that a failed test says what it saw.

use std::{fmt::Display, time::Duration};

use anyhow::{Result, bail};
use tokio::time::{Instant, MissedTickBehavior, interval};

/// The pause between two looks: short in comparison with what a person notices, long in comparison
/// with the cost of a look.
const LOOK_EVERY: Duration = Duration::from_millis(30);

/// The maximum time until a step appears: on a busy machine, most of it is the proof of work.
pub(crate) const STEP_COMES_WITHIN: Duration = Duration::from_secs(20);

/// The result of a look.
pub(crate) enum Seen<T> {
    /// The condition holds.
    There(T),
    /// The condition does not hold. The text says what was seen.
    NotYet(String),
}

/// Looks until the condition holds.
///
/// # Errors
/// If the condition does not hold within the time limit, with the last observation, or if a look
/// fails.
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
