#![doc = include_str!("../README.md")]
#![no_std]

extern crate alloc;

mod automaton;
mod character;
#[cfg(feature = "plans")]
mod destination;
mod digits;
mod error;
mod extension;
mod number;
mod parse;
mod plan;
mod prefix;
mod region;
mod scan;
#[cfg(feature = "serde")]
mod serde;
#[cfg(feature = "plans")]
mod types;

pub use digits::Digits;
pub use error::{Lengths, NotE164, ParseError};
pub use extension::Extension;
pub use number::{MASKED_DIGIT, PhoneNumber};
pub use parse::{Parsed, parse};
pub use region::Region;
pub use scan::INPUT_CHARS_MAX;
#[cfg(feature = "plans")]
pub use types::{NumberType, Types};
