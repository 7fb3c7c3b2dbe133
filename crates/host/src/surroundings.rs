//! What a host knows without reading anything.

use postern_engine::{EngineKey, Tenant};
use postern_protocol::AttemptId;
use postern_protocol::password::BannedList;
use subtle::ConstantTimeEq;

use crate::work::Solved;
use crate::{Kept, Recorded, Request};

/// What a host knows without reading anything.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// Every tenant of the deployment.
    pub tenants: &'a [Tenant],
    /// The keys of the deployment. The first one begins attempts. The others open attempts that
    /// began with them.
    pub keys: Keyring<'a>,
    /// The banned passwords that apply to every tenant.
    pub banned: &'a BannedList,
    /// Whether the host asks a breach service about passwords.
    pub asks_breaches: bool,
}

/// The keys of a deployment.
#[derive(Clone, Copy)]
pub struct Keyring<'a> {
    /// The key that begins attempts.
    pub first: &'a EngineKey,
    /// Keys that began attempts before.
    pub others: &'a [EngineKey],
}

/// The client, as far as the host knows it without the content of the request.
#[derive(Clone, Copy, Default)]
pub struct Asker<'a> {
    /// The origin of the portal's page that sends the request. `None` for our own page.
    pub portal: Option<&'a str>,
    /// The verified proof of work of the request.
    pub solved: Option<&'a Solved>,
}

impl<'a> Surroundings<'a> {
    /// The tenant of stored data: by its id, or by a domain.
    pub(crate) fn tenant_kept_as(&self, name: &str) -> Option<&'a Tenant> {
        Tenant::kept_as(self.tenants, name)
    }
}

impl<'a> Keyring<'a> {
    fn iter(&self) -> impl Iterator<Item = &'a EngineKey> {
        core::iter::once(self.first).chain(self.others)
    }

    /// The key that began an attempt, found by the digest of its token.
    pub fn of_attempt(&self, id: AttemptId, token: &[u8; 32]) -> Option<&'a EngineKey> {
        self.iter().find(|key| {
            let digest = key.token_digest(&key.token(id));
            digest.as_bytes().ct_eq(token).into()
        })
    }

    /// Whether a token opens an attempt.
    pub(crate) fn opens(&self, kept: &Kept, token: Option<&str>) -> bool {
        self.iter().any(|key| {
            let given = key.token_digest(token.unwrap_or_default());
            given.as_bytes().ct_eq(&kept.token).into()
        })
    }

    /// Whether a record belongs to this request. Another replica may have another key in the first
    /// place.
    pub(crate) fn is_of(
        &self,
        recorded: &Recorded,
        request: &Request,
        nonce: Option<&str>,
    ) -> bool {
        self.iter().any(|key| {
            let fingerprint = request.operation.fingerprint(key, nonce);
            fingerprint.is_some_and(|it| it.as_bytes().ct_eq(&recorded.fingerprint).into())
        })
    }
}
