//! Who ran a command, in the same log as the events of people.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

/// Who ran a command, and its object.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Administration {
    /// The operating system's user that ran the command.
    pub user: String,
    /// The name of the person at the keyboard, as they stated it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// The reason, as the person stated it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// The names of the changed fields, never their values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// The object of the command, if it is not an account: the names of imported files, without
    /// their folders, or a group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// The numbers of imported accounts and groups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<Counts>,
}

/// How many accounts and groups of a tenant an import has processed.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Counts {
    /// New accounts.
    pub created: u64,
    /// Existing accounts and groups that the import changed.
    pub changed: u64,
    /// Accounts and groups that already match the files.
    pub unchanged: u64,
}
