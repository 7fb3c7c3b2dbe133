//! What all hosts of the engine share: requests as the API has them, answers that can be given
//! twice, and tokens.
//!
//! A host adds where things are kept and how they leave: `memory` in a value, the server in a
//! database.

mod receipt;
mod request;
mod token;

pub use receipt::{ANSWER_LIFE, KEY_LENGTH_MAX, Receipt, Reply, START_KEY_LENGTH_MIN};
pub use request::{Answer, Operation, Request};
