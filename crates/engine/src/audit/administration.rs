//! Who did something by a command, in the same log as what people do themselves.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

/// Who did something by a command, and what it was about.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Administration {
    /// The user of the operating system whom the command ran as.
    pub user: String,
    /// Who was at the keyboard, as they said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// Why they did it, as they said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// The names of the fields that were changed, never what is in them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// What it was about, if that is no account: files that were imported, by name and without
    /// their folders, or a group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// How much was imported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<Counts>,
}

/// How many accounts and groups of a tenant an import has dealt with.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Counts {
    /// Accounts that were not there.
    pub created: u64,
    /// Accounts and groups that were.
    pub changed: u64,
    /// Accounts and groups that are as the files say.
    pub unchanged: u64,
}
