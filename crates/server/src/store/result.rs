//! What went wrong in a store.

/// What went wrong in a store. Nothing was changed, or that is not known.
pub type Result<T> = anyhow::Result<T>;
