//! Counts steps of judging, in tests only. The tests limit the work for each character of a long
//! password.

#[cfg(test)]
extern crate std;

#[cfg(test)]
std::thread_local! {
    static TAKEN: core::cell::Cell<usize> = const { core::cell::Cell::new(0) };
}

/// Counts one step.
#[cfg(test)]
pub(super) fn count() {
    TAKEN.set(TAKEN.get() + 1);
}

/// The number of steps in this thread.
#[cfg(test)]
pub(super) fn taken() -> usize {
    TAKEN.get()
}

/// Counts nothing.
#[cfg(not(test))]
pub(super) const fn count() {}
