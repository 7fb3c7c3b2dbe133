//! What administrators do by commands: who did what to which account, in the same log as what people do themselves.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use postern_protocol::{AttemptId, CorrelationId, Guid, Purpose, SupportCode, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Activity, AuditEvent, AuditResult, Reason};
use crate::account::AccountId;

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
    /// What it was about, if that is no account: files that were imported, by name and without their folders, or a group.
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
    /// Accounts and groups were taken from files.
    AccountsImported,
    /// It was looked at what files would change.
    ImportTried,
    /// What is on file of an account was changed.
    AccountChanged,
    /// An account was given other identifiers.
    AccountRenamed,
    /// An account was unlocked.
    AccountUnlocked,
    /// An account was removed with all that is kept of the person.
    AccountRemoved,
    /// Which groups are in a group was changed.
    GroupChanged,
    /// The locks of an account were shown.
    LocksShown,
    /// The locks of an account were lifted.
    LocksLifted,
    /// Rows of the audit log about a person were shown.
    AuditShown,
    /// Rows of the audit log were written to a file.
    AuditExported,
    /// The chain of the audit log was begun anew after a break.
    AuditBegunAnew,
    /// What is sealed was sealed with another key.
    KeysRotated,
    /// A message was sent to try how messages leave.
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

impl AuditEvent {
    /// An event of a command. `run` is the same for all events of one run; it stands where an attempt has its ids.
    pub fn administered(
        action: Action,
        by: Administration,
        tenant: &str,
        account: Option<AccountId>,
        run: Guid,
        at: Timestamp,
    ) -> Self {
        Self {
            activity: Activity::Administration,
            reason: Reason::Administered(action),
            result: AuditResult::Success,
            at,
            tenant: tenant.into(),
            attempt: AttemptId(run),
            correlation_id: CorrelationId(run),
            support_code: SupportCode(run),
            identifier: String::new(),
            account,
            purpose: Purpose::Reset,
            concealed: None,
            administration: Some(by),
        }
    }
}
