//! What a directory knows about a person.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::AccountId;

/// What a directory knows about a person.
#[derive(Clone)]
#[cfg_attr(feature = "stored", derive(Deserialize, Serialize))]
pub struct Person {
    /// The name of the account in the directory.
    pub id: AccountId,
    /// Every identifier that signs in to this account. The user principal name comes first.
    pub identifiers: Vec<String>,
    /// First, last and display name, if the directory has them. A new password must not contain
    /// one.
    pub names: Vec<String>,
    /// The mailbox at work. The person cannot read it while they are locked out.
    pub primary_email: Option<String>,
    /// Other addresses. The engine uses the first one that is not an address of the account itself.
    pub alternate_emails: Vec<String>,
    /// The mobile phone, as in the directory.
    pub mobile: Option<String>,
    /// The office phone, as in the directory.
    pub office_phone: Option<String>,
    /// Whether any role makes the person an administrator. An administrator always has two gates,
    /// and never questions.
    pub is_administrator: bool,
    /// The groups of the person, including groups that contain a group of theirs.
    pub groups: Vec<String>,
    /// Whether the person has the licence that reset needs.
    pub is_licensed: bool,
    /// Whether the person may use self-service at all.
    pub state: AccountState,
    /// Whether too many wrong passwords have locked the account.
    pub is_locked: bool,
    /// The system that holds the password.
    pub password_source: PasswordSource,
}

/// Whether an account may use self-service.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountState {
    /// The account may use self-service.
    #[default]
    Enabled,
    /// The account is disabled.
    Disabled,
    /// An administrator has opted the account out.
    OptedOut,
}

/// Which system holds the password.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PasswordSource {
    /// The host's own store.
    #[default]
    Cloud,
    /// A directory on premises. The host writes new passwords back to it.
    OnPremises,
    /// A system to which the host cannot write.
    Elsewhere,
}

impl Person {
    /// A person in the cloud, licensed and enabled, without any contact data on file.
    pub fn new(id: &str, identifier: &str) -> Self {
        Self {
            id: AccountId(id.into()),
            identifiers: Vec::from([identifier.into()]),
            names: Vec::new(),
            primary_email: None,
            alternate_emails: Vec::new(),
            mobile: None,
            office_phone: None,
            is_administrator: false,
            groups: Vec::new(),
            is_licensed: true,
            state: AccountState::Enabled,
            is_locked: false,
            password_source: PasswordSource::Cloud,
        }
    }
}
