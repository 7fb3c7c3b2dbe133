//! Hashes of passwords: Argon2id, in the PHC string format.

use anyhow::Result;
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{ARGON2ID_IDENT, Algorithm, Argon2, Block, Params, Version};

use crate::random;

/// OWASP Password Storage Cheat Sheet: Argon2id with 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Bytes of a salt (RFC 9106, section 3.1).
const SALT: usize = 16;

/// Scratch memory for Argon2 (19 MiB). It is reused, so that the allocator does not hold many
/// copies, one for each thread that hashed.
#[derive(Default)]
pub(crate) struct Memory(Vec<Block>);

impl Memory {
    /// Hashes a password. It takes a noticeable time by design, so it must not run on a thread that
    /// serves requests.
    pub(crate) fn hash_of(&mut self, password: &str) -> Result<String> {
        let argon2 = argon2()?;
        let salt = Salt::try_from(random::bytes::<SALT>().as_slice()).map_err(failed)?;
        Ok(PasswordHash {
            algorithm: ARGON2ID_IDENT,
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(argon2.params()).map_err(failed)?,
            hash: Some(self.output(&argon2, password, &salt)?),
            salt: Some(salt),
        }
        .to_string())
    }

    /// Whether a hash is the hash of a password.
    pub(super) fn is_hash_of(&mut self, hash: &str, password: &str) -> bool {
        let Ok(hash) = PasswordHash::new(hash) else {
            return false;
        };
        let (Ok(params), Some(salt), Some(output)) =
            (Params::try_from(&hash), hash.salt, hash.hash)
        else {
            return false;
        };
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let is_ours = hash.algorithm == ARGON2ID_IDENT;
        // The comparison of outputs takes constant time.
        is_ours
            && self
                .output(&argon2, password, &salt)
                .is_ok_and(|it| it == output)
    }

    fn output(&mut self, argon2: &Argon2<'_>, password: &str, salt: &Salt) -> Result<Output> {
        let mut output = [0; Params::DEFAULT_OUTPUT_LEN];
        let blocks = argon2.params().block_count();
        if self.0.len() < blocks {
            self.0.resize(blocks, Block::new());
        }
        argon2
            .hash_password_into_with_memory(
                password.as_bytes(),
                salt,
                &mut output,
                &mut self.0[..blocks],
            )
            .map_err(failed)?;
        Output::new(&output).map_err(failed)
    }
}

fn failed(error: impl std::fmt::Display) -> anyhow::Error {
    anyhow::anyhow!("Argon2: {error}")
}

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(failed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}
