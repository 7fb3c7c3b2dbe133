//! A copy of the element's files at the portal's own origin.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::{ELEMENT, NAME, expect_no_violation, heard, identify, written};
use crate::{
    claims::ways,
    page::{Page, STEP_COMES_WITHIN},
    test::{Test, claims},
    wait::{Seen, until},
};

pub(super) fn claims() -> Vec<Test> {
    claims!["element":
        a_copy_at_the_portals_own_origin_leads_through_a_whole_reset,
        a_copy_that_is_not_what_its_integrity_says_does_not_run,
        a_bundlers_page_loads_a_copy_and_hears_where_it_cannot,
    ]
}

async fn visit(page: &Page, name: &str) -> Result<()> {
    let portal = &page.lab.vendored().await?.url;
    page.visit(&format!("{portal}{name}")).await
}

async fn a_copy_at_the_portals_own_origin_leads_through_a_whole_reset(page: &Page) -> Result<()> {
    visit(page, "right.html").await?;
    let wizard = page.wizard_in(ELEMENT, NAME);
    wizard.expect_wizard().await?;
    identify(&wizard).await?;
    ways::give_answers(&wizard).await?;
    wizard.expect_step("password").await?;
    ways::set_password(&wizard).await?;
    heard(page, "done", json!({ "purpose": "reset" })).await?;
    // What it asked of others: what the organisation calls itself, and its colours.
    let script = "return performance.getEntriesByType('resource').map(entry => entry.name)
        .filter(name => !name.startsWith(location.origin) && name.startsWith('http')).sort()";
    let asked = page.ask(script, json!([])).await?;
    let origin = &page.lab.foreign().await?.postern.url;
    ensure!(
        asked
            == json!([
                format!("{origin}api/v1/tenants/contoso.example"),
                format!("{origin}embed/themes/contoso.example.css"),
            ]),
        "it asked others for {asked}"
    );
    expect_no_violation(page).await
}

async fn a_copy_that_is_not_what_its_integrity_says_does_not_run(page: &Page) -> Result<()> {
    visit(page, "wrong.html").await?;
    expect_nothing_but_what_stood_there(page).await
}

async fn a_bundlers_page_loads_a_copy_and_hears_where_it_cannot(page: &Page) -> Result<()> {
    let loaded = async |wanted: bool| {
        until(format!("loaded: {wanted}"), STEP_COMES_WITHIN, async || {
            let loaded = written(page, "loaded").await?;
            Ok(if loaded == Value::Bool(wanted) {
                Seen::There(())
            } else {
                Seen::NotYet(loaded.to_string())
            })
        })
        .await
    };
    visit(page, "right-by-load.html").await?;
    loaded(true).await?;
    page.wizard_in(ELEMENT, NAME).expect_wizard().await?;
    expect_no_violation(page).await?;
    visit(page, "wrong-by-load.html").await?;
    loaded(false).await?;
    expect_nothing_but_what_stood_there(page).await
}

async fn expect_nothing_but_what_stood_there(page: &Page) -> Result<()> {
    let script = "const element = document.querySelector('postern-reset');
        return [document.readyState, element.matches(':defined'), element.innerText.trim()]";
    let found = page.ask(script, json!([])).await?;
    ensure!(
        found == json!(["complete", false, "Call the helpdesk."]),
        "the page is {found}"
    );
    // Of the integrity the console speaks too.
    page.errors_in_console().await.map(drop)
}
