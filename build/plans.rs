//! The file of numbering plans that the page fetches beside its wasm.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// The file name. It depends on the content, so that caches can keep the file for ever, and no page
/// gets the file of another build.
pub(crate) fn name() -> String {
    let hash = Sha256::digest(postern_phone::TABLE);
    let hash = hash.iter().take(8).fold(String::new(), |mut hash, byte| {
        write!(hash, "{byte:02x}").expect("a string takes every write");
        hash
    });
    format!("plans-{hash}.bin")
}
