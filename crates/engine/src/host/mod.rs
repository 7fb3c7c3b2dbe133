//! What all hosts of the engine share: requests as the API has them, what a host reads for one and
//! what it changes by one, answers that can be given twice, and tokens.
//!
//! A host adds where things are kept and how they leave: `memory` in a value, the server in a
//! database.

mod hearing;
mod input;
mod judgement;
mod kept;
mod receipt;
mod request;
mod surroundings;
mod token;

pub use hearing::{
    AccountNeeded, AttemptNeeded, BreachNeeded, HealthNeeded, Hearing, LedgerNeeded, Moment, Named,
    Ready, RecordNeeded, Round,
};
pub use judgement::{AttemptChange, Changes, Direct, Dispatch, Judgement, RecordChange};
pub use kept::{Commit, Kept, Recorded, Versioned};
pub use receipt::{ANSWER_LIFE, KEY_LENGTH_MAX, Receipt, Reply, START_KEY_LENGTH_MIN};
pub use request::{Answer, Operation, Request};
pub use surroundings::{Asker, Keyring, Surroundings};
