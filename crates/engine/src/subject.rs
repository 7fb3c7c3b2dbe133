//! The names of ledgers, and the values that stand for identifiers in them.

use crate::account::AccountId;
use crate::key::{Alias, EngineKey, SubjectKey};
use crate::{Identifier, Tenant};

/// The value that stands for an identifier, in any spelling.
pub fn alias(key: &EngineKey, tenant: Option<&Tenant>, identifier: &Identifier) -> Alias {
    let domain = tenant.map_or("", Tenant::domain);
    let digest = key.lasting_digest(
        "alias",
        &[domain.as_bytes(), identifier.normalised().as_bytes()],
    );
    Alias::new(&digest)
}

/// The ledger to load before [`Attempt::handle`](crate::Attempt::handle): the one of the account if
/// there is one, so that all identifiers of a person share their counters, and otherwise the one of
/// the normalised identifier.
///
/// It is needed only for [`Identify`](crate::Identify): afterwards the attempt knows its
/// [`subject_key`](crate::Case::subject_key).
pub fn subject_key(
    key: &EngineKey,
    tenant: Option<&Tenant>,
    account: Option<&AccountId>,
    identifier: &Identifier,
) -> SubjectKey {
    let domain = tenant.map_or("", Tenant::id);
    let digest = match account {
        Some(account) => key.lasting_digest(
            "subject: account",
            &[domain.as_bytes(), account.as_str().as_bytes()],
        ),
        None => key.lasting_digest(
            "subject: identifier",
            &[domain.as_bytes(), identifier.normalised().as_bytes()],
        ),
    };
    SubjectKey::new(&digest)
}
