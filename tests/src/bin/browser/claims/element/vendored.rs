//! A copy of the element's files at the portal's own origin.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::portal::{ELEMENT, NAME, expect_no_violation, heard, identify, written};
use crate::{
    claims::ways,
    foreign::vendored::OTHER_VERSION,
    page::{Page, STEP_COMES_WITHIN},
    test::{Test, claims},
    wait::{Seen, until},
};

pub(super) fn claims() -> Vec<Test> {
    claims!["element":
        a_copy_at_the_portals_own_origin_leads_through_a_whole_reset,
        a_copy_that_is_not_what_its_integrity_says_does_not_run,
        a_bundlers_page_loads_a_copy_and_hears_where_it_cannot,
        of_two_versions_the_first_is_used_and_named,
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
    // The requests to other origins: the organisation's name, its picture and its colours.
    let script = "const asked = performance.getEntriesByType('resource').map(entry => entry.name)
            .filter(name => !name.startsWith(location.origin) && name.startsWith('http'));
        return [...new Set(asked)].sort()";
    let asked = page.ask(script, json!([])).await?;
    let origin = &page.lab.foreign().await?.postern.url;
    ensure!(
        asked
            == json!([
                format!("{origin}api/v1/tenants/contoso.example"),
                format!("{origin}embed/logos/light.svg"),
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

async fn of_two_versions_the_first_is_used_and_named(page: &Page) -> Result<()> {
    let built = env!("CARGO_PKG_VERSION");
    for (name, version, folder) in [
        ("built-first.html", built, "postern"),
        ("other-first.html", OTHER_VERSION, "other"),
    ] {
        visit(page, name).await?;
        let wizard = page.wizard_in(ELEMENT, NAME);
        wizard.expect_wizard().await?;
        let told = super::have(page, json!(["version"])).await?;
        ensure!(told == json!(version), "{name} has version {told}");
        let said = written(page, "said").await?;
        let is_named = said.as_array().is_some_and(
            |lines| matches!(lines.as_slice(), [line] if line.as_str().is_some_and(|line| line.contains(version))),
        );
        ensure!(is_named, "the console of {name} says {said}");
        let thrown = written(page, "thrown").await?;
        ensure!(thrown == Value::Null, "{name} throws {thrown}");
        // From the second copy the page loads only what it needs.
        let script = "return performance.getEntriesByType('resource').map(entry => new URL(entry.name).pathname)
            .filter(path => path.startsWith(arguments[0])).length";
        let other = if folder == "other" {
            "/postern/"
        } else {
            "/other/"
        };
        let fetched = page.ask(script, json!([other])).await?;
        ensure!(
            fetched == json!(1),
            "{name} fetched {fetched} files of {other}"
        );
        identify(&wizard).await?;
        ways::give_answers(&wizard).await?;
        wizard.expect_step("password").await?;
        page.ask("sessionStorage.clear()", json!([])).await?;
    }
    expect_no_violation(page).await
}

async fn expect_nothing_but_what_stood_there(page: &Page) -> Result<()> {
    let script = "const element = document.querySelector('postern-reset');
        return [document.readyState, element.matches(':defined'), element.innerText.trim()]";
    let found = page.ask(script, json!([])).await?;
    ensure!(
        found == json!(["complete", false, "Call the helpdesk."]),
        "the page is {found}"
    );
    // The console also reports the integrity failure.
    page.errors_in_console().await.map(drop)
}
