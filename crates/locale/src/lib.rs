#![doc = include_str!("../README.md")]
#![no_std]

extern crate alloc;

mod accept;
mod language;
mod likely;
mod negotiate;
mod ranges;

pub use self::{
    accept::accepted,
    language::{Direction, LANGUAGES, Language, PSEUDO, REFERENCE},
    negotiate::negotiate,
    ranges::ranges,
};
