//! The numbering plans as plain data, ordered by the digits of their calling codes and with the
//! main region first.
//!
//! This is the only file that knows the `phonenumber` crate, and it takes no verdict from it: its
//! matching is unanchored, so only its patterns and lengths are read.

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

/// The largest calling code: ITU-T E.164 §6.2.1 gives it three digits at most.
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
    /// What may come before the number when it is dialled at home; the group that is last is kept
    /// by the transform.
    pub(crate) national_prefix: Option<String>,
    /// What the prefix is replaced by: digits around `$1` or `$2`.
    pub(crate) national_transform: Option<String>,
    /// What is dialled before a calling code.
    pub(crate) international_prefix: Option<String>,
    /// What all numbers of this region begin with, where it shares its calling code.
    pub(crate) leading_digits: Option<String>,
    /// Every number of the plan.
    pub(crate) general: Shape,
    /// The numbers of each type, in the order of [`TYPES`].
    pub(crate) types: [Option<Shape>; TYPES.len()],
}

/// A set of numbers: what they look like, and how long they may be.
pub(crate) struct Shape {
    pub(crate) pattern: String,
    pub(crate) lengths: BTreeSet<u16>,
}

/// Every calling code in use, in the order of their digits: none begins with another, so there is
/// one place where the digits of a number belong.
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
    // The metadata states lengths by type only; a plan's own are all of those together.
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
