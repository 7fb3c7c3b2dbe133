//! `cargo xtask size`: the bytes of brotli that a first load of each page for production fetches,
//! those that a portal's page fetches, and the bytes for phone numbers before and after.

use anyhow::Result;
use serde_json::{Map, Value, json};

use crate::{
    finish::embed::SHIM_BUDGET_BYTES,
    page::{Page, build},
};

pub(crate) mod embed;
pub(crate) mod page;
pub(crate) mod phone;

/// Builds each page for production, weighs it and prints the result.
///
/// # Errors
/// When a build fails, or a page names a missing file.
pub(crate) fn run(json: bool) -> Result<()> {
    let mut all = Map::new();
    for (page, budget) in Page::measured() {
        let site = build(page)?;
        let weight = page::weigh(&site, budget)?;
        let mut value = json!({
            "first_load_brotli_bytes": weight.total(),
            "budget": budget,
            "by_kind": weight.by_kind(),
            "files": weight.files,
        });
        let mut said = vec![page.name.to_owned(), String::new(), weight.to_string()];
        if page.is_embedded {
            let embed = embed::weigh(&site, &weight)?;
            let phone = phone::weigh(&site)?;
            value["embed_idle_brotli_bytes"] = embed.idle.into();
            value["embed_idle_budget"] = SHIM_BUDGET_BYTES.into();
            value["embed_active_brotli_bytes"] = embed.active.into();
            value["embed_active_budget"] = budget.into();
            value["frame_idle_brotli_bytes"] = embed.frame_idle.into();
            value["frame_idle_budget"] = SHIM_BUDGET_BYTES.into();
            value["phone_brotli_bytes"] = phone.total().into();
            value["phone_budget"] = phone::BUDGET_BYTES.into();
            value["phone"] = serde_json::to_value(&phone)?;
            said.extend([String::new(), embed.to_string(), phone.to_string()]);
        }
        all.insert(page.name.to_owned(), value);
        if !json {
            println!("{}\n", said.join("\n"));
        }
    }
    if json {
        println!("{}", serde_json::to_string_pretty(&Value::from(all))?);
    }
    Ok(())
}
