#![doc = include_str!("../README.md")]
#![no_std]
#![warn(missing_docs)]

extern crate alloc;

mod asked;
mod facts;
mod hearing;
mod input;
mod judgement;
mod kept;
mod receipt;
mod request;
mod surroundings;
pub mod work;

pub use asked::{Moment, Named, Need, Round};
pub use hearing::{
    AttemptNeeded, BreachNeeded, HealthNeeded, Hearing, LedgerNeeded, PersonNeeded, Ready,
    RecordNeeded, RegistrationNeeded,
};
pub use judgement::{AttemptChange, Changes, Direct, Dispatch, Heard, Judgement, RecordChange};
pub use kept::{Commit, Kept, Recorded, Versioned, Versions};
pub use receipt::{ANSWER_LIFE, KEY_LENGTH_MAX, Receipt, Reply, START_KEY_LENGTH_MIN};
pub use request::{Answer, Operation, Request};
pub use surroundings::{Asker, Keyring, Surroundings};
