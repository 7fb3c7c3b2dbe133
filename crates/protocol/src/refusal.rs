//! Reasons why an attempt ends before any gate, in the reference system's terms.
//!
//! A refusal is a page and an audit event, never a validation error: the person cannot correct it
//! by typing again.

use alloc::string::String;

use postern_wire_derive::wire;

use crate::Timestamp;

/// Why self-service is not possible for this person now.
///
/// The codes are those of the reference system (Microsoft Entra documentation,
/// `troubleshoot-sspr`).
#[wire]
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Refusal {
    /// `SSPR_0009`: the administrator has turned password reset off for the organisation.
    TenantDisabled,
    /// `SSPR_0010`: the password is managed on premises and write-back is not deployed.
    WriteBackNotEnabled,
    /// `SSPR_0011`: the organisation has no password reset policy.
    NoPolicy,
    /// `SSPR_0012`: the licence that reset needs is missing.
    NotLicensed,
    /// `SSPR_0013`: the person is in no group that may reset passwords.
    NotInGroup,
    /// `SSPR_0014`: fewer methods are registered than the policy asks for.
    NotProperlyConfigured,
    /// `SSPR_0029`: write-back is deployed and misconfigured.
    OnPremisesAdminAction,
    /// `SSPR_0030`: the directory on premises cannot be reached now.
    OnPremisesConnectivity,
    /// Reset is allowed, but nothing is registered to verify the person with.
    CouldNotVerify,
    /// The account is disabled, or an administrator has opted it out.
    AccountNotEnabled,
    /// The password belongs to another system that Postern cannot write to.
    ManagedElsewhere,
}

impl Refusal {
    /// Every refusal, in the order of the checks on arrival.
    pub const ALL: [Self; 11] = [
        Self::TenantDisabled,
        Self::NoPolicy,
        Self::NotLicensed,
        Self::NotInGroup,
        Self::AccountNotEnabled,
        Self::CouldNotVerify,
        Self::NotProperlyConfigured,
        Self::ManagedElsewhere,
        Self::WriteBackNotEnabled,
        Self::OnPremisesAdminAction,
        Self::OnPremisesConnectivity,
    ];

    /// The reference system's code for the refusal, if it has one.
    pub const fn code(self) -> Option<&'static str> {
        match self {
            Self::TenantDisabled => Some("SSPR_0009"),
            Self::WriteBackNotEnabled => Some("SSPR_0010"),
            Self::NoPolicy => Some("SSPR_0011"),
            Self::NotLicensed => Some("SSPR_0012"),
            Self::NotInGroup => Some("SSPR_0013"),
            Self::NotProperlyConfigured => Some("SSPR_0014"),
            Self::OnPremisesAdminAction => Some("SSPR_0029"),
            Self::OnPremisesConnectivity => Some("SSPR_0030"),
            Self::CouldNotVerify | Self::AccountNotEnabled | Self::ManagedElsewhere => None,
        }
    }

    /// Whether a later try can succeed without any action of an administrator.
    pub const fn may_pass_by_itself(self) -> bool {
        matches!(self, Self::OnPremisesConnectivity)
    }
}

/// The page of an attempt that was refused.
#[wire]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Refused {
    /// Why the account cannot be reset.
    pub refusal: Refusal,
    /// When it was found.
    pub at: Timestamp,
}

/// Who can help, and how they are reached from the page.
#[wire]
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Help {
    /// The tenant's own helpdesk: an `https:` address or a `mailto:` one.
    pub url: Option<String>,
    /// Whether the administrators can be told from the page that this person is stuck.
    pub can_request: bool,
    /// When they were told, once they were.
    pub requested_at: Option<Timestamp>,
}
