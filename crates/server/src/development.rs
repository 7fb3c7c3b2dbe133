//! What a server in development has that no other needs: the accounts of Contoso, and a secret that it makes itself.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::Context;
use postern_engine::{EngineKey, contoso};

use crate::directory::BuiltIn;

/// Puts everybody of Contoso there. Passwords that were set meanwhile stay.
///
/// # Errors
///
/// When the store does not do what it is there for.
pub async fn add_personas(directory: &BuiltIn, key: &EngineKey) -> anyhow::Result<()> {
    for (domain, account) in contoso::accounts(key) {
        directory.put(domain, &account).await?;
    }
    Ok(())
}

/// The secret: made once, and kept beside the data.
///
/// # Errors
///
/// When the file is something else, or cannot be made.
pub fn key(path: &Path) -> anyhow::Result<EngineKey> {
    if let Ok(bytes) = std::fs::read(path) {
        let bytes = <[u8; 32]>::try_from(bytes.as_slice());
        return Ok(EngineKey::new(
            bytes.ok().context("the key has not 32 bytes")?,
        ));
    }
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no random bytes: {error}"))?;
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("{} cannot be made", path.display()))?;
    file.write_all(&bytes)?;
    Ok(EngineKey::new(bytes))
}
