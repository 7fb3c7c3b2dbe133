//! Whether an account may be reset, apart from its data on file, and how many gates it has.

use alloc::string::String;
use alloc::vec::Vec;

use postern_protocol::{Method, Refusal};

use crate::account::{AccountState, PasswordSource};
use crate::identifier::fold;
use crate::policy::Scope;
use crate::tenant::WriteBack;
use crate::{Account, Policy, Tenant};

/// The number of gates that administrators always pass (Microsoft Entra documentation,
/// `concept-sspr-policy`).
const ADMINISTRATOR_GATES: u8 = 2;

/// Whether a person may use a method. Administrators never may use questions, whatever the policy
/// says (Microsoft Entra documentation, `concept-sspr-policy`).
pub(crate) const fn is_open_to(method: Method, is_administrator: bool) -> bool {
    !(is_administrator && matches!(method, Method::Questions))
}

/// The number of gates.
pub(crate) fn gates(is_administrator: bool, policy: &Policy) -> u8 {
    if is_administrator {
        ADMINISTRATOR_GATES
    } else {
        policy.settings().gates_required
    }
}

/// Whether an account may be reset, apart from its data on file.
pub(crate) fn may_be_reset(account: &Account, tenant: &Tenant) -> bool {
    policy_of(tenant)
        .and_then(|policy| may_reset(account, policy))
        .and_then(|()| can_be_written(tenant, account))
        .is_ok()
}

pub(crate) fn policy_of(tenant: &Tenant) -> Result<&Policy, Refusal> {
    if !tenant.is_enabled {
        return Err(Refusal::TenantDisabled);
    }
    tenant.policy.as_ref().ok_or(Refusal::NoPolicy)
}

pub(crate) fn may_reset(account: &Account, policy: &Policy) -> Result<(), Refusal> {
    if !account.person.is_licensed {
        return Err(Refusal::NotLicensed);
    }
    let is_in_scope = match &policy.settings().scope {
        Scope::All => true,
        Scope::Groups(groups) => {
            // Directories compare groups without case, so this does too.
            let groups: Vec<String> = groups.iter().map(|group| fold(group)).collect();
            let mut own = account.person.groups.iter();
            own.any(|group| groups.contains(&fold(group)))
        }
    };
    if !is_in_scope {
        return Err(Refusal::NotInGroup);
    }
    match account.person.state {
        AccountState::Enabled => Ok(()),
        AccountState::Disabled | AccountState::OptedOut => Err(Refusal::AccountNotEnabled),
    }
}

pub(crate) fn can_be_written(tenant: &Tenant, account: &Account) -> Result<(), Refusal> {
    match (account.person.password_source, tenant.write_back) {
        (PasswordSource::Elsewhere, _) => Err(Refusal::ManagedElsewhere),
        (PasswordSource::OnPremises, WriteBack::NotDeployed) => Err(Refusal::WriteBackNotEnabled),
        (PasswordSource::OnPremises, WriteBack::Deployed) | (PasswordSource::Cloud, _) => Ok(()),
    }
}
