//! The world's numbering plans, which load after the page: the checks that they make possible, and
//! the checks that work without them.

use std::fmt;
use std::rc::Rc;

use postern_phone::{ParseError, Plans, Region, check_shape};
use postern_protocol::RefusedNumberType;

/// The plans as fetched.
#[derive(Clone)]
pub struct PlanTable(Rc<[u8]>);

impl PlanTable {
    /// Returns `None` if the bytes are not numbering plans, for example a portal's page.
    pub fn new(bytes: Vec<u8>) -> Option<Self> {
        Plans::read(&bytes).is_ok().then(|| Self(bytes.into()))
    }
}

impl fmt::Debug for PlanTable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PlanTable").finish_non_exhaustive()
    }
}

/// The reason why the service cannot send a code to the typed number.
pub(crate) enum Unusable {
    /// The text is not a number.
    Number(ParseError),
    /// The service neither calls nor texts numbers of this type.
    Type(RefusedNumberType),
}

/// Checks a number as far as the page can: completely with the plans, and otherwise only its shape.
///
/// The judge would refuse every number that the page refuses here, so the person need not wait for
/// the judge.
pub(crate) fn check(
    table: Option<&PlanTable>,
    typed: &str,
    region: Option<Region>,
) -> Result<(), Unusable> {
    let plans = table.and_then(|table| Plans::read(&table.0).ok());
    let Some(plans) = plans else {
        return check_shape(typed, region).map_err(Unusable::Number);
    };
    let number = plans.parse(typed, region).map_err(Unusable::Number)?.number;
    let refused = plans.types(number).refused_as();
    match refused.and_then(RefusedNumberType::of) {
        Some(number_type) => Err(Unusable::Type(number_type)),
        None => Ok(()),
    }
}
