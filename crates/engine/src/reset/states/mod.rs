//! The states of an attempt, each with the data that only it has.
//!
//! The data of all states is in the [`Case`](crate::Case). A state can only be reached through the
//! one before it: its fields are private, so that no other code can construct an attempt whose
//! gates were never passed.

mod choosing_password;
mod done;
mod ended;
mod locked;
mod refused;
mod writing_back;

use serde::{Deserialize, Serialize};

pub use crate::proof::Proving;

pub use choosing_password::ChoosingPassword;
pub use done::Done;
pub use ended::Ended;
pub use locked::Locked;
pub use refused::Refused;
pub use writing_back::{WRITE_BACK_PATIENCE, WritingBack};

/// The state that an attempt is in.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Reset or unlock? The service asks this only if the policy separates unlock from reset. The
    /// person can choose again, in this state or later, until a gate is passed.
    ChoosingPurpose,
    /// Which method for this gate? Each gate begins in this state, and the person can change to
    /// another method from the later states.
    ChoosingMethod,
    /// Every gate is passed. Which password?
    ChoosingPassword(ChoosingPassword),
    /// Every gate is passed. Unlock? The person only presses a button. The state waits for that
    /// press because a page may be reloaded at any moment.
    ConfirmingUnlock,
    /// The host is writing to the directory.
    WritingBack(WritingBack),
    /// The person is back in.
    Done(Done),
    /// A reset is not possible.
    Refused(Refused),
    /// There were too many tries.
    Locked(Locked),
    /// The attempt is over without a reset.
    Ended(Ended),
    /// The person gives a proof for this gate. The stored form is that of the proof alone.
    #[serde(untagged)]
    Proving(Proving),
}

impl State {
    /// The method that the person gives a proof of.
    pub(crate) fn proving(self) -> Option<Proving> {
        match self {
            Self::Proving(proving) => Some(proving),
            Self::ChoosingPurpose
            | Self::ChoosingMethod
            | Self::ChoosingPassword(_)
            | Self::ConfirmingUnlock
            | Self::WritingBack(_)
            | Self::Done(_)
            | Self::Refused(_)
            | Self::Locked(_)
            | Self::Ended(_) => None,
        }
    }
}

/// A gate: with a method that was started, or before one is chosen.
impl From<Option<Proving>> for State {
    fn from(proving: Option<Proving>) -> Self {
        proving.map_or(Self::ChoosingMethod, Self::Proving)
    }
}

macro_rules! states_with_data {
    ($($State:ident),+ $(,)?) => {
        $(
            impl From<$State> for State {
                fn from(state: $State) -> Self {
                    Self::$State(state)
                }
            }
        )+
    };
}

states_with_data!(
    ChoosingPassword,
    WritingBack,
    Done,
    Refused,
    Locked,
    Ended,
    Proving,
);
