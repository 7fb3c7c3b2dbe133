//! Steps of judging, counted in tests alone: they hold the work of a long password to so many for
//! each character.

#[cfg(test)]
extern crate std;

#[cfg(test)]
std::thread_local! {
    static TAKEN: core::cell::Cell<usize> = const { core::cell::Cell::new(0) };
}

/// Counts one.
#[cfg(test)]
pub(super) fn count() {
    TAKEN.set(TAKEN.get() + 1);
}

/// How many were taken in this thread.
#[cfg(test)]
pub(super) fn taken() -> usize {
    TAKEN.get()
}

/// Counts nothing.
#[cfg(not(test))]
pub(super) const fn count() {}
