//! The kinds of events, in the groups of the reference's audit log.
//!
//! The list has all eleven of the reference. An attempt causes about four of them; the host writes
//! the others in the same words. The twelfth is not in the reference's group: it is for what
//! administrators do by commands, which the reference logs in other categories.

use core::fmt;

use serde::{Deserialize, Serialize};

/// An activity of the reference's category "Self-service Password Management" (Microsoft Entra
/// documentation, `reference-audit-activities`).
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Activity {
    /// An administrator did something by a command.
    Administration,
    /// The throttles locked a person out.
    BlockedFromReset,
    /// A person changed a password that they knew.
    ChangePassword,
    /// Write-back was turned off.
    DisableWriteBack,
    /// Write-back was turned on.
    EnableWriteBack,
    /// An attempt went one step further, or ended.
    FlowProgress,
    /// The policy was changed.
    PolicyChanged,
    /// An administrator set a person's password.
    ResetByAdministrator,
    /// A person set a new password.
    ResetPassword,
    /// A person registered a method of verification.
    SecurityInfoSaved,
    /// A person unlocked their account.
    UnlockAccount,
    /// A person has registered everything that reset needs.
    UserRegistered,
}

impl Activity {
    /// Every activity of the reference.
    pub const ALL: [Self; 11] = [
        Self::BlockedFromReset,
        Self::ChangePassword,
        Self::DisableWriteBack,
        Self::EnableWriteBack,
        Self::FlowProgress,
        Self::PolicyChanged,
        Self::ResetByAdministrator,
        Self::ResetPassword,
        Self::SecurityInfoSaved,
        Self::UnlockAccount,
        Self::UserRegistered,
    ];
}

impl fmt::Display for Activity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Administration => "Administration by command",
            Self::BlockedFromReset => "Blocked from self-service password reset",
            Self::ChangePassword => "Change password (self-service)",
            Self::DisableWriteBack => "Disable password writeback for directory",
            Self::EnableWriteBack => "Enable password writeback for directory",
            Self::FlowProgress => "Self-service password reset flow activity progress",
            Self::PolicyChanged => "Self-service password reset policy changes",
            Self::ResetByAdministrator => "Reset password (by admin)",
            Self::ResetPassword => "Reset password (self-service)",
            Self::SecurityInfoSaved => "Security info saved for self-service password reset",
            Self::UnlockAccount => "Unlock user account (self-service)",
            Self::UserRegistered => "User registered for self-service password reset",
        })
    }
}
