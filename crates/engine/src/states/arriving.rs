//! The person has not said who they are.
//!
//! Where every attempt begins; nothing is known yet, and nothing is worth storing.

use serde::{Deserialize, Serialize};

/// Before the identifier.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Arriving {}
