//! What can happen to an attempt.
//!
//! Requests of the person, word from telephony and directory, and time running out: each with what
//! it brings along.

use alloc::string::String;
use core::fmt;

use postern_protocol::{
    DirectoryRule, Guid, Method, Proof, Purpose, SetPassword, StartAttempt, SupportCode, Via,
};
use serde::{Deserialize, Serialize};

/// Something that happens to an attempt.
pub enum Input {
    /// `POST /attempts`: a person says who they are.
    Identify(Identify),
    /// `GET /attempts/{id}`: the page asks which step the attempt is at. Changes nothing that time
    /// has not changed already.
    Look,
    /// `PUT /attempts/{id}/purpose`.
    ChoosePurpose(Purpose),
    /// `POST /attempts/{id}/codes`: a method is started, or what it sent is sent again.
    StartMethod {
        /// The method.
        method: Method,
        /// The number on file, as typed, where the method asks for it.
        phone: Option<String>,
    },
    /// `POST /attempts/{id}/proofs`.
    Prove(Proof),
    /// Telephony tells how a call ended. Word of any but the call waited for changes nothing.
    CallEnded {
        /// The call.
        call: CallId,
        /// How it ended.
        end: CallEnd,
    },
    /// `POST /attempts/{id}/password`.
    SetPassword(SetPassword),
    /// `POST /attempts/{id}/unlock`.
    Unlock,
    /// The host tells what became of [`Command::WriteBack`](crate::Command::WriteBack) or
    /// [`Command::UnlockAccount`](crate::Command::UnlockAccount), while the request still waits.
    WrittenBack(Written),
    /// `POST /attempts/{id}/help`.
    AskForHelp,
    /// `DELETE /attempts/{id}`.
    Cancel,
    /// The host's sweeper comes by. Does nothing before the attempt's time is over; every other
    /// input does the same first, so that a late sweeper does no harm.
    Expire,
}

impl Input {
    /// Whether the account has to be in the [`Context`](crate::Context). Without it the host can
    /// save itself the directory: looking where one is, above all while a call is waited for, needs
    /// none.
    pub const fn needs_account(&self) -> bool {
        match self {
            Self::Identify(_)
            | Self::StartMethod { .. }
            | Self::Prove(_)
            | Self::SetPassword(_)
            | Self::Unlock
            | Self::WrittenBack(_)
            | Self::AskForHelp => true,
            Self::Look
            | Self::ChoosePurpose(_)
            | Self::CallEnded { .. }
            | Self::Cancel
            | Self::Expire => false,
        }
    }

    /// Whether the person asks for something to be changed, other than to leave.
    pub(crate) const fn is_persons(&self) -> bool {
        match self {
            Self::Identify(_)
            | Self::ChoosePurpose(_)
            | Self::StartMethod { .. }
            | Self::Prove(_)
            | Self::SetPassword(_)
            | Self::Unlock
            | Self::AskForHelp => true,
            Self::Look
            | Self::CallEnded { .. }
            | Self::WrittenBack(_)
            | Self::Cancel
            | Self::Expire => false,
        }
    }
}

/// Who the person says they are.
#[derive(Clone, Debug)]
pub struct Identify {
    /// As typed.
    pub identifier: String,
    /// A domain of the organisation whose page it is, where the page knows it.
    pub tenant: Option<String>,
    /// BCP 47 tag of the language on the page.
    pub locale: String,
    /// The code at the foot of the page.
    pub support_code: SupportCode,
    /// How they came here.
    pub via: Via,
    /// The origin of the page that asks, where it is a portal's that has the wizard as a part of
    /// it.
    pub page: Option<String>,
}

impl From<&StartAttempt> for Identify {
    fn from(start: &StartAttempt) -> Self {
        Self {
            identifier: start.identifier.clone(),
            tenant: start.tenant.clone(),
            locale: start.locale.clone(),
            support_code: start.support_code,
            via: start.via.clone(),
            page: None,
        }
    }
}

/// Names one call, between engine and telephony.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct CallId(pub Guid);

impl fmt::Display for CallId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, formatter)
    }
}

/// How a call ended.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallEnd {
    /// `#` was pressed.
    KeyPressed,
    /// The call was not answered, or nothing was pressed.
    NoAnswer,
    /// It could not be placed.
    Failed,
}

/// What a directory says of a password to be set or an account to be unlocked.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Written {
    /// It is done.
    Done,
    /// A rule of its own refuses the password.
    Refused(DirectoryRule),
    /// It cannot be reached; nothing was changed.
    Unreachable,
    /// It does not let us; nothing was changed.
    Misconfigured,
    /// It did not answer, so whether anything was changed is unknown.
    Unknown,
}
