//! What the contest in a page and the native one have in common: the inputs, and who took how long.

use std::collections::BTreeMap;

/// What stands between an input and its region.
pub(super) const SEPARATOR: &str = " | ";

pub(super) const OURS: &str = "postern_phone";
pub(super) const PHONENUMBER_CRATE: &str = "phonenumber_crate";

/// An input and its region.
pub(super) type Input = (String, String);

/// Microseconds of each round, by who took them.
pub(super) type Rounds = BTreeMap<String, Vec<f64>>;

/// Microseconds by who took them.
pub(super) type Times = BTreeMap<String, f64>;
