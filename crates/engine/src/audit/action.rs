//! What administrators do by commands.

use core::fmt;

use serde::{Deserialize, Serialize};

/// What administrators can do.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Accounts were listed.
    AccountsListed,
    /// An account was shown.
    AccountShown,
    /// Accounts were written to a file.
    AccountsExported,
    /// Accounts and groups were imported from files.
    AccountsImported,
    /// An administrator checked what files would change.
    ImportTried,
    /// The data on file of an account was changed.
    AccountChanged,
    /// The identifiers of an account were changed.
    AccountRenamed,
    /// An account was unlocked.
    AccountUnlocked,
    /// An account was removed, together with all stored data of the person.
    AccountRemoved,
    /// The groups within a group were changed.
    GroupChanged,
    /// The locks of an account were shown.
    LocksShown,
    /// The locks of an account were lifted.
    LocksLifted,
    /// Rows of the audit log about a person were shown.
    AuditShown,
    /// Rows of the audit log were written to a file.
    AuditExported,
    /// An administrator began a new chain of the audit log after a break.
    AuditBegunAnew,
    /// Sealed data was sealed again with another key.
    KeysRotated,
    /// A test message was sent, to check the delivery of messages.
    DeliveryTested,
}

impl fmt::Display for Action {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::AccountsListed => "Administrator listed accounts",
            Self::AccountShown => "Administrator looked at an account",
            Self::AccountsExported => "Administrator exported accounts",
            Self::AccountsImported => "Administrator imported accounts",
            Self::ImportTried => "Administrator tried an import of accounts",
            Self::AccountChanged => "Administrator changed an account",
            Self::AccountRenamed => "Administrator changed the identifiers of an account",
            Self::AccountUnlocked => "Administrator unlocked an account",
            Self::AccountRemoved => "Administrator removed an account",
            Self::GroupChanged => "Administrator changed a group",
            Self::LocksShown => "Administrator looked at locks",
            Self::LocksLifted => "Administrator lifted locks",
            Self::AuditShown => "Administrator looked up the audit log",
            Self::AuditExported => "Administrator exported the audit log",
            Self::AuditBegunAnew => "Administrator began the audit log anew",
            Self::KeysRotated => "Administrator rotated the key",
            Self::DeliveryTested => "Administrator sent a test message",
        })
    }
}
