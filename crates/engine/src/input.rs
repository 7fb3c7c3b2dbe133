//! The events that can happen to an attempt.
//!
//! They are the requests of the person, reports from telephony and the directory, and the end of
//! time, each with its data.

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
    /// `GET /attempts/{id}`: the page asks which step the attempt is at. It changes nothing that
    /// time has not already changed.
    Look,
    /// `PUT /attempts/{id}/purpose`.
    ChoosePurpose(Purpose),
    /// `POST /attempts/{id}/codes`: the person starts a method, or asks to send its code again.
    StartMethod {
        /// The method.
        method: Method,
        /// The number on file, as typed, if the method asks for it.
        phone: Option<String>,
    },
    /// `POST /attempts/{id}/proofs`.
    Prove(Proof),
    /// Telephony reports how a call ended. A report about a call that the attempt does not wait for
    /// changes nothing.
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
    /// The host reports the result of [`Command::WriteBack`](crate::Command::WriteBack) or
    /// [`Command::UnlockAccount`](crate::Command::UnlockAccount), while the request still waits.
    WrittenBack(Written),
    /// `POST /attempts/{id}/help`.
    AskForHelp,
    /// `DELETE /attempts/{id}`.
    Cancel,
    /// The host's sweeper visits the attempt. Nothing happens before the attempt's time is over.
    /// Every other input first does the same check, so a late sweeper does no harm.
    Expire,
}

impl Input {
    /// Whether the account has to be in the [`Context`](crate::Context). If not, the host can skip
    /// the directory: looking at the step, which is frequent while a call is in progress, needs no
    /// account.
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

    /// Whether the person asks for a change, other than to leave.
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

/// The identifier that the person gives, with its circumstances.
#[derive(Clone, Debug)]
pub struct Identify {
    /// The identifier as typed.
    pub identifier: String,
    /// A domain of the page's organisation, if the page knows it.
    pub tenant: Option<String>,
    /// BCP 47 tag of the page's language.
    pub locale: String,
    /// The support code at the bottom of the page.
    pub support_code: SupportCode,
    /// How the person came to the page.
    pub via: Via,
    /// The origin of the page that sends the request, if the wizard is part of a portal's page.
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

/// The id of one call, between engine and telephony.
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
    /// The person pressed `#`.
    KeyPressed,
    /// The person did not answer, or pressed nothing.
    NoAnswer,
    /// Telephony could not place the call.
    Failed,
}

/// The directory's result for a new password or for an account to unlock.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Written {
    /// The directory has done it.
    Done,
    /// A rule of the directory refuses the password.
    Refused(DirectoryRule),
    /// The host cannot reach the directory. Nothing was changed.
    Unreachable,
    /// The directory does not permit the write. Nothing was changed.
    Misconfigured,
    /// The directory did not answer, so it is unknown whether anything was changed.
    Unknown,
}
