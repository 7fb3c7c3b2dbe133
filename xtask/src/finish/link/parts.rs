//! The parts of the link. `cargo xtask bench link` leaves out one after the other, to measure what
//! each saves: beside each stands that figure, in bytes of brotli.
//!
//! A page without the other parts is not linked: the marks of unused classes in `glue`, and the
//! removal of exports that the script does not name.

/// Replaces parts of the script, in `plain`: saves 650 bytes.
pub(crate) const PLAIN: &str = "plain";
/// Sorts the functions, in `order`: saves 2,166 bytes.
pub(crate) const ORDER: &str = "order";
/// Shortens the names of imports and exports, in `names`: saves 3,531 bytes.
pub(crate) const NAMES: &str = "names";

/// All parts of the link, or all but one.
#[derive(Clone, Copy, Default)]
pub(crate) struct Parts {
    without: Option<&'static str>,
}

impl Parts {
    /// All parts but this one.
    pub(crate) const fn but(part: &'static str) -> Self {
        Self {
            without: Some(part),
        }
    }

    pub(super) fn has(self, part: &str) -> bool {
        self.without != Some(part)
    }
}
