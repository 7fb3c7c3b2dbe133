//! The page that a person is on, as far as a message has to know it.

use alloc::string::String;

use serde::{Deserialize, Serialize};

/// The page that a code is typed into.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Page {
    /// The wizard's own, by itself.
    #[default]
    Own,
    /// The wizard's own, in a frame of a page of that origin.
    Framed(String),
    /// A portal's of that origin, with the wizard as a part of it.
    Portals(String),
}

impl Page {
    pub(crate) fn is_own(&self) -> bool {
        *self == Self::Own
    }
}
