//! The receipt of a request: what it is remembered by, where it has a key.

use postern_engine::EngineKey;
use postern_engine::host::{Receipt, Request};

use super::Failure;

/// The receipt, if the request has a key and is one that is remembered.
pub(super) fn receipt(request: &Request, key: &EngineKey) -> Result<Option<Receipt>, Failure> {
    let fingerprint = request.operation.fingerprint(key);
    let (Some(name), Some(fingerprint)) = (&request.idempotency_key, fingerprint) else {
        return Ok(None);
    };
    Receipt::new(request.operation.attempt(), name, fingerprint)
        .map(Some)
        .map_err(Failure::Problem)
}
