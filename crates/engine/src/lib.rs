#![doc = include_str!("../README.md")]
#![no_std]
#![warn(missing_docs)]

extern crate alloc;

pub mod account;
pub mod answer;
mod arrival;
mod attempt;
pub mod audit;
mod case;
mod code;
pub mod command;
mod context;
mod decoy;
pub mod dice;
mod ending;
mod gates;
mod handle;
mod help;
pub mod hex;
pub mod identifier;
mod input;
mod key;
pub mod ledger;
mod locate;
mod locks;
mod mask;
mod offers;
mod page;
mod passage;
pub mod policy;
pub mod population;
pub mod reach;
mod standing;
mod start;
pub mod states;
mod steps;
mod subject;
pub mod tenant;
pub mod throttle;
mod token;
pub mod totp;
mod turn;
mod view;

pub use account::{Account, Person, Registration};
pub use attempt::{Attempt, Open};
pub use case::{Case, Subject};
pub use code::Code;
pub use command::Command;
pub use context::{Breach, Context, WriteBackHealth};
pub use handle::{Handled, Outcome};
pub use help::recipients as help_recipients;
pub use identifier::Identifier;
pub use input::{CallEnd, CallId, Identify, Input, Written};
pub use key::{Alias, Digest, EngineKey, SubjectKey};
pub use ledger::Ledger;
pub use page::Page;
pub use policy::Policy;
pub use population::Population;
pub use subject::{alias, subject_key};
pub use tenant::Tenant;
