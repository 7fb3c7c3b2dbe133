//! The page that a person is on, as far as a message needs it.

use alloc::string::String;

use serde::{Deserialize, Serialize};

/// The page on which the person types the code.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Page {
    /// The wizard's own page, not in a frame.
    #[default]
    Own,
    /// The wizard's own page, in a frame of a page of this origin.
    Framed(String),
    /// A portal's page of this origin, with the wizard as a part of it.
    Portals(String),
}

impl Page {
    pub(crate) fn is_own(&self) -> bool {
        *self == Self::Own
    }
}
