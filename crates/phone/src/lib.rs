#![doc = include_str!("../README.md")]
#![no_std]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(test)]
extern crate std;

mod automaton;
mod character;
mod destination;
mod digits;
#[cfg(feature = "embedded")]
mod embedded;
mod error;
mod extension;
mod number;
mod parse;
mod plan;
mod prefix;
mod region;
mod same;
mod scan;
#[cfg(feature = "serde")]
mod serde;
mod shape;
mod table;
mod types;
mod words;

pub use character::decimal_digit;
pub use digits::Digits;
#[cfg(feature = "embedded")]
pub use embedded::{TABLE, parse};
pub use error::{INPUT_CHARS_MAX, Lengths, NotE164, ParseError};
pub use extension::Extension;
pub use number::{MASKED_DIGIT, PhoneNumber};
pub use parse::Parsed;
pub use region::Region;
pub use shape::check_shape;
pub use table::{NotPlans, Plans};
pub use types::{NumberType, Types};
