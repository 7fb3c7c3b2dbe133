#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "written"), no_std)]

extern crate alloc;

mod helpdesk;
#[cfg(feature = "written")]
mod html;
#[cfg(feature = "written")]
mod letter;
#[cfg(feature = "written")]
mod markup;
#[cfg(feature = "written")]
mod moment;
mod outline;
mod sentence;
#[cfg(feature = "written")]
mod words;
#[cfg(feature = "written")]
mod writer;

#[cfg(feature = "written")]
pub use self::{
    letter::{CallLetter, Letter, MailLetter, Speech, TextLetter},
    markup::escaped,
    writer::{Occasion, Writer},
};
pub use self::{
    outline::{Digest, Outline, digest, mail, menu, pressed, text},
    sentence::{Sentence, Speaker, Value},
};
