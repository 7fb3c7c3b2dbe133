//! The result type of stores.

/// The result of a store. After an error nothing was changed, or the outcome is unknown.
pub type Result<T> = anyhow::Result<T>;
