//! Wrong settings of a frame by its portal, pages with strict policies, and a frame that must not
//! move the focus or the page.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{portal::PortalPage, told::expect_refused};
use crate::claims::element::portal::NAME_OF_DALIA;
use crate::{
    engine::Engine,
    page::{Page, STEP_COMES_WITHIN},
    test::{Test, claims},
    wait::{Seen, until},
};

pub(super) fn claims() -> Vec<Test> {
    let mut claims = claims!["frame":
        an_address_that_is_none_counts_for_nothing_or_is_told,
        a_frame_without_a_tenant_is_told_of_at_once,
        what_stands_in_the_element_is_seen_until_the_frame_speaks,
        in_an_isolated_page_the_frame_comes,
        a_frame_that_resumes_takes_neither_focus_nor_place,
    ];
    let isolated = claims!["frame": without_credentials_the_frame_comes_too];
    claims.extend(isolated.into_iter().map(|test| {
        test.only_in(
            &[Engine::Chromium, Engine::Firefox],
            "WebKit knows no pages without credentials",
        )
    }));
    claims
}

/// Puts an element with this attribute into an empty page of the portal.
async fn put(portal: &PortalPage<'_>, attribute: &str, value: &str) -> Result<()> {
    portal.leave().await?;
    portal.visit("empty.html").await?;
    let put = "const element = document.createElement('postern-frame');
        element.tenant = 'contoso.example';
        element.setAttribute(arguments[0], arguments[1]);
        document.querySelector('main').append(element)";
    portal
        .page
        .ask(put, json!([attribute, value]))
        .await
        .map(drop)
}

async fn an_address_that_is_none_counts_for_nothing_or_is_told(page: &Page) -> Result<()> {
    let portal = PortalPage::open(page, "empty.html").await?;
    for address in ["http://[", "javascript:document.title='run'//"] {
        put(&portal, "return-to", address).await?;
        portal.enter().await?;
        portal.wizard.expect_wizard().await?;
        portal.identify(NAME_OF_DALIA).await?;
        portal
            .heard("step", json!({ "step": "questions", "from": "identify" }))
            .await?;
        let forget = "sessionStorage.clear()";
        portal.enter().await?;
        page.ask(forget, json!([])).await?;
        put(&portal, "src", address).await?;
        portal
            .heard("error", json!({ "reason": "unavailable" }))
            .await?;
        let left = "return [document.title, document.querySelectorAll('iframe').length]";
        let left = page.ask(left, json!([])).await?;
        ensure!(left == json!(["The portal", 0]), "the page has {left}");
    }
    // The console also reports the errors.
    page.errors_in_console().await.map(drop)
}

async fn a_frame_without_a_tenant_is_told_of_at_once(page: &Page) -> Result<()> {
    let portal = PortalPage::open(page, "empty.html").await?;
    for tenant in [Value::Null, json!("")] {
        portal.visit("empty.html").await?;
        let put = "const element = document.createElement('postern-frame');
            if (arguments[0] !== null) element.setAttribute('tenant', arguments[0]);
            element.textContent = 'Call the helpdesk.';
            document.querySelector('main').append(element)";
        page.ask(put, json!([tenant])).await?;
        let put_at = Instant::now();
        portal
            .heard("error", json!({ "reason": "unavailable" }))
            .await?;
        // The portal gets the event of a refused frame after ten seconds.
        ensure!(
            put_at.elapsed() < Duration::from_secs(5),
            "it took {:?}",
            put_at.elapsed()
        );
        let left = "const element = document.querySelector('postern-frame');
            return [element.innerText, element.querySelectorAll('iframe').length]";
        let left = page.ask(left, json!([])).await?;
        ensure!(left == json!(["Call the helpdesk.", 0]), "it has {left}");
        let console = page.errors_in_console().await?.join("\n");
        // The other drivers do not give access to the console.
        ensure!(
            page.lab.engine != Engine::Chromium || console.contains("there is no tenant"),
            "the console has {console}"
        );
    }
    Ok(())
}

async fn what_stands_in_the_element_is_seen_until_the_frame_speaks(page: &Page) -> Result<()> {
    let portal = PortalPage::open(page, "unlisted.html").await?;
    let script = "const element = document.querySelector('postern-frame');
        const frame = element.querySelector('iframe');
        return [element.innerText.trim(), frame && getComputedStyle(frame).visibility]";
    until("a frame that is not seen", STEP_COMES_WITHIN, async || {
        let found = page.ask(script, json!([])).await?;
        ensure!(
            found[0] == json!("Call the helpdesk."),
            "while the frame is on its way it says {found}"
        );
        Ok(if found[1] == json!("hidden") {
            Seen::There(())
        } else {
            Seen::NotYet(found.to_string())
        })
    })
    .await?;
    expect_refused(&portal).await?;
    let found = page.ask(script, json!([])).await?;
    ensure!(
        found == json!(["Call the helpdesk.", null]),
        "it has {found}"
    );
    page.lab.reports.take();
    page.errors_in_console().await.map(drop)
}

async fn comes(page: &Page, name: &str) -> Result<()> {
    let portal = PortalPage::with_wizard(page, name).await?;
    portal.leave().await?;
    let isolated = page
        .ask("return window.crossOriginIsolated ?? false", json!([]))
        .await?;
    ensure!(isolated == json!(true), "the page is not isolated");
    portal.enter().await?;
    portal.identify(NAME_OF_DALIA).await?;
    portal.expect_no_violation().await
}

async fn in_an_isolated_page_the_frame_comes(page: &Page) -> Result<()> {
    comes(page, "isolated.html").await
}

async fn without_credentials_the_frame_comes_too(page: &Page) -> Result<()> {
    comes(page, "isolated-without-credentials.html").await
}

async fn a_frame_that_resumes_takes_neither_focus_nor_place(page: &Page) -> Result<()> {
    let portal = PortalPage::open(page, "low.html").await?;
    portal.have(json!(["focus"])).await?;
    portal.enter().await?;
    portal.wizard.expect_wizard().await?;
    portal.identify(NAME_OF_DALIA).await?;
    portal.leave().await?;
    page.refresh().await?;
    let near = "document.getElementById('search').focus()";
    page.ask(near, json!([])).await?;
    let place = "return [document.activeElement.id, Math.round(scrollY)]";
    let before = page.ask(place, json!([])).await?;
    portal.enter().await?;
    portal.wizard.expect_step_in_view("questions").await?;
    portal.leave().await?;
    let after = page.ask(place, json!([])).await?;
    // WebKitGTK scrolls a reloaded page to its old place, at an unpredictable moment.
    let is_placed_by_browser = page.lab.engine == Engine::Webkit;
    ensure!(
        after[0] == json!("search") && (is_placed_by_browser || before == after),
        "focus and place were {before} and are {after}"
    );
    Ok(())
}
