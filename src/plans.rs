//! The world's numbering plans, which come after the page: what they can tell of a number, and what can be told before they are here.

use std::fmt;
use std::rc::Rc;

use postern_phone::{ParseError, Plans, Region, check_shape};

/// The name of their file, as `FILE`.
mod generated {
    include!(concat!(env!("OUT_DIR"), "/plans_generated.rs"));
}
pub(crate) use generated::FILE;

/// The plans as they were fetched.
#[derive(Clone)]
pub(crate) struct PlanTable(Rc<[u8]>);

impl PlanTable {
    /// None if these bytes are something else: a portal's page, say.
    pub(crate) fn new(bytes: Vec<u8>) -> Option<Self> {
        Plans::read(&bytes).is_ok().then(|| Self(bytes.into()))
    }
}

impl fmt::Debug for PlanTable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PlanTable").finish_non_exhaustive()
    }
}

/// Checks a number as far as the page can: all of it with the plans at hand, and otherwise no more than its shape.
pub(crate) fn check(
    table: Option<&PlanTable>,
    typed: &str,
    region: Option<Region>,
) -> Result<(), ParseError> {
    let plans = table.and_then(|table| Plans::read(&table.0).ok());
    match plans {
        Some(plans) => plans.parse(typed, region).map(drop),
        None => check_shape(typed, region),
    }
}
