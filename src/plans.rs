//! The world's numbering plans, which come after the page: what they can tell of a number, and what
//! can be told before they are here.

use std::fmt;
use std::rc::Rc;

use postern_phone::{NumberType, ParseError, Plans, Region, Types, check_shape};
use postern_protocol::RefusedNumberType;

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

/// Why no code can be sent to what was typed.
pub(crate) enum Unusable {
    /// It is no number.
    Number(ParseError),
    /// The number is of a type that is neither called nor texted.
    Type(RefusedNumberType),
}

/// Checks a number as far as the page can: all of it with the plans at hand, and otherwise no more
/// than its shape.
///
/// What the page refuses here, the judge would refuse, and the person need not wait for it.
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
    match refused(plans.types(number)) {
        Some(number_type) => Err(Unusable::Type(number_type)),
        None => Ok(()),
    }
}

/// The type because of which a number is neither called nor texted.
fn refused(types: Types) -> Option<RefusedNumberType> {
    match types.refused_as()? {
        NumberType::PremiumRate => Some(RefusedNumberType::PremiumRate),
        NumberType::SharedCost => Some(RefusedNumberType::SharedCost),
        NumberType::Pager => Some(RefusedNumberType::Pager),
        NumberType::Voicemail => Some(RefusedNumberType::Voicemail),
        NumberType::FixedLine
        | NumberType::Mobile
        | NumberType::TollFree
        | NumberType::Personal
        | NumberType::Voip
        | NumberType::Uan => None,
    }
}
