//! The accounts of Contoso, for a server in development.

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
