//! What exactly happened, in the words of the reference's audit log.
//!
//! The reference has words for 35 reasons and five methods. The words for the sixth method, and for
//! events that the reference does not log, follow the same pattern. `Display` leaves out the
//! reference's advice to administrators about what to click in its own portal.

use core::fmt;

use postern_protocol::{Method, Refusal};
use serde::{Deserialize, Serialize};

use super::action::Action;

/// What happened (Microsoft Entra documentation, `howto-sspr-reporting` and the activity report
/// before it).
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The attempt began.
    SubmittedIdentifier,
    /// The person may choose among methods.
    PresentedOptions,
    /// A method was started: the service sent or asked something.
    Started(Method),
    /// A proof was wrong.
    FailedProof(Method),
    /// A message for this method, or a notification, could not be delivered. The reference does not
    /// log this.
    Undelivered(Option<Method>),
    /// A gate is passed.
    Completed(Method),
    /// Every gate is passed.
    CompletedAll,
    /// The password contains a banned term or a name, or too little else.
    PasswordBanned,
    /// The password breaks a rule of the tenant's policy.
    PasswordAgainstPolicy,
    /// The password breaks a rule of the directory.
    PasswordAgainstDirectory,
    /// The service for breached passwords did not answer, so the password was not accepted. The
    /// reference does not log this.
    BreachServiceUnreachable,
    /// Time ran out after the person completed this method and before they started another.
    AbandonedAfterCompleting(Method),
    /// Time ran out after the person started this method.
    AbandonedAfterStarting(Method),
    /// Time ran out before the person started any method.
    AbandonedAfterIdentifying,
    /// Time ran out before the person sent any password.
    AbandonedBeforePassword,
    /// Time ran out after a password was refused.
    AbandonedDuringPassword,
    /// Too many tries.
    Blocked(Blocked),
    /// The person left before every gate was passed.
    CanceledBeforeProof,
    /// The person left after every gate was passed.
    CanceledBeforePassword,
    /// The person asked the administrators for help, after this method or before any method.
    ContactedAdministrator(Option<Method>),
    /// The checks on arrival, or the directory, refuse.
    Refused(Refusal),
    /// The page could keep no cookies. Postern needs none; this reason is for a host that does.
    NoCookies,
    /// A new password was set: the last step of the flow.
    Succeeded,
    /// A new password was set: the reset itself.
    CompletedReset,
    /// The account was unlocked.
    Unlocked,
    /// A hundred codes of an authenticator app in a row were wrong, so the service no longer
    /// accepts its codes. The reference does not log this.
    AuthenticatorDisabled,
    /// An administrator did something by a command.
    Administered(Action),
}

/// The action that was tried too often.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Blocked {
    /// Codes sent by mail.
    EmailCodes,
    /// Codes sent by text.
    SmsCodes,
    /// Calls to the mobile phone.
    MobileCalls,
    /// Calls to the office phone.
    OfficeCalls,
    /// Answers to questions.
    Questions,
    /// Codes of an authenticator app.
    AuthenticatorCodes,
    /// Wrong phone numbers.
    PhoneNumbers,
    /// Resets of the same account.
    Resets,
}

impl Blocked {
    /// The value for too many tries of a method.
    pub(crate) const fn by(method: Method) -> Self {
        match method {
            Method::Email => Self::EmailCodes,
            Method::MobileSms => Self::SmsCodes,
            Method::MobileCall => Self::MobileCalls,
            Method::OfficeCall => Self::OfficeCalls,
            Method::Questions => Self::Questions,
            Method::AuthenticatorCode => Self::AuthenticatorCodes,
        }
    }
}

/// The kinds of reason, as in the reference's report.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReasonKind {
    /// A step of an attempt that goes on.
    Progress,
    /// Time ran out.
    Abandoned,
    /// The account or a method of it is locked.
    Blocked,
    /// The person left.
    Canceled,
    /// The person asked the administrators for help.
    ContactedAdmin,
    /// The step was not possible.
    Failed,
    /// The person is back in.
    Succeeded,
}

impl Reason {
    /// The kind of this reason.
    pub const fn kind(self) -> ReasonKind {
        match self {
            Self::SubmittedIdentifier
            | Self::PresentedOptions
            | Self::Started(_)
            | Self::FailedProof(_)
            | Self::Undelivered(_)
            | Self::Completed(_)
            | Self::CompletedAll => ReasonKind::Progress,
            Self::AbandonedAfterCompleting(_)
            | Self::AbandonedAfterStarting(_)
            | Self::AbandonedAfterIdentifying
            | Self::AbandonedBeforePassword
            | Self::AbandonedDuringPassword => ReasonKind::Abandoned,
            Self::Blocked(_) | Self::AuthenticatorDisabled => ReasonKind::Blocked,
            Self::CanceledBeforeProof | Self::CanceledBeforePassword => ReasonKind::Canceled,
            Self::ContactedAdministrator(_) => ReasonKind::ContactedAdmin,
            Self::PasswordBanned
            | Self::PasswordAgainstPolicy
            | Self::PasswordAgainstDirectory
            | Self::BreachServiceUnreachable
            | Self::Refused(_)
            | Self::NoCookies => ReasonKind::Failed,
            Self::Succeeded | Self::CompletedReset | Self::Unlocked | Self::Administered(_) => {
                ReasonKind::Succeeded
            }
        }
    }
}

impl fmt::Display for Reason {
    #[expect(clippy::too_many_lines, reason = "a table")]
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::SubmittedIdentifier => formatter.write_str("User submitted their user ID"),
            Self::PresentedOptions => {
                formatter.write_str("User was presented with verification options")
            }
            Self::Started(method) => write!(formatter, "User started the {}", option(method)),
            Self::FailedProof(method) => write!(formatter, "User failed the {}", option(method)),
            Self::Undelivered(None) => formatter.write_str("User could not be notified"),
            Self::Undelivered(Some(method)) => {
                write!(
                    formatter,
                    "User could not be reached by the {}",
                    option(method)
                )
            }
            Self::Completed(method) => write!(formatter, "User completed the {}", option(method)),
            Self::CompletedAll => {
                formatter.write_str("User completed all verification steps required")
            }
            Self::PasswordBanned => formatter.write_str("FuzzyPolicyViolationInvalidPassword"),
            Self::PasswordAgainstPolicy => formatter.write_str("PolicyViolationInvalidPassword"),
            Self::PasswordAgainstDirectory => {
                formatter.write_str("OnPremisesPolicyViolationInvalidPassword")
            }
            Self::BreachServiceUnreachable => formatter.write_str(
                "User could not change the password since the service for breached passwords does not answer",
            ),
            Self::AbandonedAfterCompleting(method) => {
                write!(
                    formatter,
                    "User abandoned after completing the {}",
                    option(method)
                )
            }
            Self::AbandonedAfterStarting(method) => {
                write!(
                    formatter,
                    "User abandoned after starting the {}",
                    option(method)
                )
            }
            Self::AbandonedAfterIdentifying => {
                formatter.write_str("User abandoned after entering their user ID")
            }
            Self::AbandonedBeforePassword => {
                formatter.write_str("User abandoned before selecting a new password")
            }
            Self::AbandonedDuringPassword => {
                formatter.write_str("User abandoned while selecting a new password")
            }
            Self::Blocked(blocked) => {
                write!(
                    formatter,
                    "User {} and is blocked for 24 hours",
                    too_often(blocked)
                )
            }
            Self::CanceledBeforeProof => formatter
                .write_str("User canceled before passing the required authentication methods"),
            Self::CanceledBeforePassword => {
                formatter.write_str("User canceled before submitting a new password")
            }
            Self::ContactedAdministrator(None) => formatter.write_str("User contacted an admin"),
            Self::ContactedAdministrator(Some(method)) => {
                // The reference says "question" here and "questions" everywhere else.
                let option = match method {
                    Method::Questions => "security question verification option",
                    Method::Email
                    | Method::MobileSms
                    | Method::MobileCall
                    | Method::OfficeCall
                    | Method::AuthenticatorCode => option(method),
                };
                write!(
                    formatter,
                    "User contacted an admin after trying the {option}"
                )
            }
            Self::Refused(refusal) => formatter.write_str(refused(refusal)),
            Self::NoCookies => {
                formatter.write_str("User tried to reset from a device without cookies enabled")
            }
            Self::Succeeded => formatter.write_str("User successfully reset password"),
            Self::CompletedReset => formatter.write_str("Successfully completed reset."),
            Self::Unlocked => formatter.write_str("User successfully unlocked account"),
            Self::AuthenticatorDisabled => formatter.write_str(
                "User entered 100 invalid mobile app verification codes in a row and the app is disabled",
            ),
            Self::Administered(action) => action.fmt(formatter),
        }
    }
}

const fn option(method: Method) -> &'static str {
    match method {
        Method::Email => "email verification option",
        Method::MobileSms => "mobile SMS verification option",
        Method::MobileCall => "mobile voice call verification option",
        Method::OfficeCall => "office voice call verification option",
        Method::Questions => "security questions option",
        Method::AuthenticatorCode => "mobile app code verification option",
    }
}

const fn too_often(blocked: Blocked) -> &'static str {
    match blocked {
        Blocked::EmailCodes => "entered too many invalid email verification codes",
        Blocked::SmsCodes => "entered too many invalid SMS verification codes",
        Blocked::MobileCalls => "tried mobile phone voice verification too many times",
        Blocked::OfficeCalls => "tried office phone voice verification too many times",
        Blocked::Questions => "tried to answer security questions too many times",
        Blocked::AuthenticatorCodes => "entered too many invalid mobile app verification codes",
        Blocked::PhoneNumbers => "tried to verify a phone number too many times",
        Blocked::Resets => "tried to reset the same account too many times",
    }
}

const fn refused(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::TenantDisabled => "Password reset has been disabled entirely for this tenant",
        Refusal::NoPolicy | Refusal::AccountNotEnabled => {
            "Password reset is not enabled for this user"
        }
        Refusal::NotLicensed => "User does not have a license",
        Refusal::NotInGroup => "This user is not a member of the password reset users group",
        Refusal::CouldNotVerify | Refusal::NotProperlyConfigured => {
            "User's account has insufficient authentication methods defined"
        }
        Refusal::ManagedElsewhere | Refusal::WriteBackNotEnabled => {
            "User's password is managed on-premises"
        }
        Refusal::OnPremisesAdminAction => {
            "We encountered a problem while resetting the user's on-premises password"
        }
        Refusal::OnPremisesConnectivity => {
            "We could not reach your on-premises password reset service"
        }
    }
}
