//! `cargo xtask size`: the bytes of brotli that a first load of the production page fetches, those
//! that a portal's page fetches, and the bytes for phone numbers before and after.

use anyhow::Result;

use crate::{
    finish::embed::SHIM_BUDGET_BYTES,
    page::{Page, build},
};

pub(crate) mod embed;
pub(crate) mod page;
pub(crate) mod phone;

/// Builds the production page, weighs it and prints the result.
///
/// # Errors
/// When the build fails, or the page names a missing file.
pub(crate) fn run(json: bool) -> Result<()> {
    let site = build(Page::Wizard)?;
    let weight = page::weigh(&site)?;
    let embed = embed::weigh(&site)?;
    let phone = phone::weigh(&site)?;
    if json {
        let value = serde_json::json!({
            "first_load_brotli_bytes": weight.total(),
            "budget": page::BUDGET_BYTES,
            "by_kind": weight.by_kind(),
            "files": weight.files,
            "embed_idle_brotli_bytes": embed.idle,
            "embed_idle_budget": SHIM_BUDGET_BYTES,
            "embed_active_brotli_bytes": embed.active,
            "embed_active_budget": page::BUDGET_BYTES,
            "frame_idle_brotli_bytes": embed.frame_idle,
            "frame_idle_budget": SHIM_BUDGET_BYTES,
            "phone_brotli_bytes": phone.total(),
            "phone_budget": phone::BUDGET_BYTES,
            "phone": phone,
        });
        println!("{}", serde_json::to_string_pretty(&value)?);
    } else {
        println!("{weight}\n\n{embed}\n{phone}");
    }
    Ok(())
}
