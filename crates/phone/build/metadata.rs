//! The numbering plans as plain data, in the order of the digits of their calling codes, with the
//! main region first.
//!
//! Only this file uses the `phonenumber` crate. It reads only patterns and lengths, and does not
//! use the crate's matching, which is unanchored.

use std::collections::BTreeSet;

use phonenumber::metadata::{DATABASE, Descriptor};
use phonenumber::{Metadata, Type};

/// The number types of libphonenumber, in the order of `NumberType`'s bits.
const TYPES: [Type; 10] = [
    Type::FixedLine,
    Type::Mobile,
    Type::TollFree,
    Type::PremiumRate,
    Type::SharedCost,
    Type::PersonalNumber,
    Type::Voip,
    Type::Pager,
    Type::Uan,
    Type::Voicemail,
];

/// The largest calling code: at most three digits (ITU-T E.164 §6.2.1).
const CALLING_CODE_MAX: u16 = 999;

/// A calling code and the regions that share it, the main one first.
pub(crate) struct CallingCode {
    pub(crate) code: u16,
    pub(crate) plans: Vec<Plan>,
}

/// The numbering plan of one region, or of one service that belongs to no region.
pub(crate) struct Plan {
    /// Two letters, or `001` for a service of the whole world.
    pub(crate) region: String,
    /// The pattern of the prefix in front of a number that is dialled at home. The transform keeps
    /// its last group.
    pub(crate) national_prefix: Option<String>,
    /// The replacement of the prefix: digits around `$1` or `$2`.
    pub(crate) national_transform: Option<String>,
    /// The pattern of the prefix in front of a calling code.
    pub(crate) international_prefix: Option<String>,
    /// The beginning of all numbers of this region, if it shares its calling code.
    pub(crate) leading_digits: Option<String>,
    /// Every number of the plan.
    pub(crate) general: Shape,
    /// The numbers of each type, in the order of [`TYPES`].
    pub(crate) types: [Option<Shape>; TYPES.len()],
}

/// A set of numbers: their pattern and their possible lengths.
pub(crate) struct Shape {
    pub(crate) pattern: String,
    pub(crate) lengths: BTreeSet<u16>,
}

/// Every calling code in use, in the order of their digits. No code begins with another, so the
/// digits of a number have exactly one place in this order.
pub(crate) fn calling_codes() -> Vec<CallingCode> {
    let mut codes: Vec<CallingCode> = (1..=CALLING_CODE_MAX)
        .filter_map(|code| {
            let regions = DATABASE.by_code(&code)?;
            let plans = regions.into_iter().map(plan).collect();
            Some(CallingCode { code, plans })
        })
        .collect();
    codes.sort_by_key(|code| code.code.to_string());
    codes
}

/// All plans, each with the index of its calling code: first the main one of each code, in the
/// order of the codes, then the others.
pub(crate) fn in_order(codes: &[CallingCode]) -> impl Iterator<Item = (usize, &Plan)> {
    let mains = codes.iter().map(|code| &code.plans[0]).enumerate();
    let others = codes
        .iter()
        .enumerate()
        .flat_map(|(index, code)| code.plans[1..].iter().map(move |plan| (index, plan)));
    mains.chain(others)
}

fn plan(metadata: &Metadata) -> Plan {
    let descriptors = metadata.descriptors();
    let types = TYPES.map(|kind| descriptors.get(kind).map(shape));
    // The metadata has lengths only by type. The lengths of a plan are those of all its types.
    let lengths = types
        .iter()
        .flatten()
        .flat_map(|shape| shape.lengths.iter().copied())
        .collect();
    let national_prefix = match metadata.national_prefix_for_parsing() {
        Some(pattern) => Some(pattern.as_str()),
        None => metadata.national_prefix(),
    };

    Plan {
        region: metadata.id().to_owned(),
        national_prefix: national_prefix.map(str::to_owned),
        national_transform: metadata.national_prefix_transform_rule().map(str::to_owned),
        international_prefix: metadata
            .international_prefix()
            .map(|pattern| pattern.as_str().to_owned()),
        leading_digits: metadata
            .leading_digits()
            .map(|pattern| pattern.as_str().to_owned()),
        general: Shape {
            pattern: descriptors.general().national_number().as_str().to_owned(),
            lengths,
        },
        types,
    }
}

fn shape(descriptor: &Descriptor) -> Shape {
    Shape {
        pattern: descriptor.national_number().as_str().to_owned(),
        lengths: descriptor.possible_length().iter().copied().collect(),
    }
}
