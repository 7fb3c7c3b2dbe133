//! How much is measured.

/// Odd, so that there is a median.
pub(super) const ROUNDS: usize = 5;

/// Resets in a round of each.
pub(super) const RESETS: usize = 300;

/// People who reset at once.
pub(super) const AT_ONCE: usize = 16;
