#![doc = include_str!("../README.md")]
#![no_std]

extern crate alloc;

mod accept;
mod language;
mod likely;
mod negotiate;
mod placeholder;
mod ranges;

pub use self::{
    accept::accepted,
    language::{Direction, LANGUAGES, Language, PSEUDO, REFERENCE},
    negotiate::negotiate,
    placeholder::{Kind, kind},
    ranges::ranges,
};
