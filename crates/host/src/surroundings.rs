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
    /// Every tenant.
    pub tenants: &'a [Tenant],
    /// The deployment's keys. The first one begins attempts; the others open what was begun with
    /// them.
    pub keys: Keyring<'a>,
    /// The banned passwords that every tenant has.
    pub banned: &'a BannedList,
    /// Whether a breach service is asked about passwords.
    pub asks_breaches: bool,
}

/// The keys of a deployment.
#[derive(Clone, Copy)]
pub struct Keyring<'a> {
    /// The key that attempts are begun with.
    pub first: &'a EngineKey,
    /// Keys that attempts were begun with before.
    pub others: &'a [EngineKey],
}

/// Who asks, as far as the host knows it without what they say.
#[derive(Clone, Copy, Default)]
pub struct Asker<'a> {
    /// The origin of the portal's page that asks; `None` for our own page.
    pub portal: Option<&'a str>,
    /// The proof of work that came along, verified.
    pub solved: Option<&'a Solved>,
}

impl<'a> Surroundings<'a> {
    /// The tenant that something is kept under: by its id, or by a domain.
    pub(crate) fn tenant_kept_as(&self, name: &str) -> Option<&'a Tenant> {
        let by_id = self.tenants.iter().find(|tenant| tenant.id() == name);
        by_id.or_else(|| self.tenants.iter().find(|tenant| tenant.has_domain(name)))
    }
}

impl<'a> Keyring<'a> {
    fn iter(&self) -> impl Iterator<Item = &'a EngineKey> {
        core::iter::once(self.first).chain(self.others)
    }

    /// The key that an attempt was begun with, by the digest of its token.
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

    /// Whether what was recorded is of that request. Another replica may have another key in front.
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
