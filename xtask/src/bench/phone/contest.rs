//! The common parts of the contests in a page and natively: the inputs and the times.

use std::collections::BTreeMap;

/// Separates an input from its region.
pub(super) const SEPARATOR: &str = " | ";

pub(super) const OURS: &str = "postern_phone";
pub(super) const PHONENUMBER_CRATE: &str = "phonenumber_crate";

/// An input and its region.
pub(super) type Input = (String, String);

/// Microseconds of each round, by contestant.
pub(super) type Rounds = BTreeMap<String, Vec<f64>>;

/// Microseconds by contestant.
pub(super) type Times = BTreeMap<String, f64>;
