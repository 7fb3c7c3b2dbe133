//! The receipt of a request: what it is remembered by, where it has a key.

use postern_engine::EngineKey;
use postern_engine::host::{Receipt, Request};
use postern_engine::work::Solved;

use super::failure::Unanswered;

/// The receipt, if the request has a key and is one that is remembered.
pub(super) fn receipt(
    request: &Request,
    solved: Option<&Solved>,
    key: &EngineKey,
) -> Result<Option<Receipt>, Unanswered> {
    let nonce = solved.map(|solved| solved.nonce.as_str());
    let fingerprint = request.operation.fingerprint(key, nonce);
    let (Some(name), Some(fingerprint)) = (&request.idempotency_key, fingerprint) else {
        return Ok(None);
    };
    Receipt::new(request.operation.attempt(), name, fingerprint)
        .map(Some)
        .map_err(Unanswered::Problem)
}
