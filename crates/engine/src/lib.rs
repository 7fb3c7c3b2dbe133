#![doc = include_str!("../README.md")]
#![no_std]
#![warn(missing_docs)]

extern crate alloc;

pub mod account;
pub mod answer;
pub mod audit;
mod code;
pub mod command;
mod context;
mod decoy;
pub mod dice;
pub mod hex;
pub mod identifier;
mod input;
mod key;
pub mod ledger;
mod locate;
mod mask;
mod offers;
mod page;
pub mod policy;
pub mod population;
mod proof;
pub mod reach;
mod reset;
mod standing;
mod subject;
pub mod tenant;
pub mod throttle;
mod token;
pub mod totp;
mod turn;

pub use account::{Account, Person, Registration};
pub use code::Code;
pub use command::Command;
pub use context::{Breach, Context, WriteBackHealth};
pub use identifier::Identifier;
pub use input::{CallEnd, CallId, Identify, Input, Written};
pub use key::{Alias, Digest, EngineKey, SubjectKey};
pub use ledger::Ledger;
pub use page::Page;
pub use policy::Policy;
pub use population::Population;
pub use proof::Subject;
pub use reset::attempt::{Attempt, Open};
pub use reset::case::Case;
pub use reset::handle::{Handled, Outcome};
pub use reset::help::recipients as help_recipients;
pub use reset::states;
pub use subject::{alias, subject_key};
pub use tenant::Tenant;
