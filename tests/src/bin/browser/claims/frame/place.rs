//! Claims about the place of the frame in the portal's page: the page does not shift, the keyboard
//! passes through the frame, and the focused content is visible.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use thirtyfour::Key;

use super::{portal::PortalPage, ways};
use crate::claims::element::portal::NAME_OF_DALIA;
use crate::{
    engine::{Engine, Scripts},
    page::{
        Page, STEP_COMES_WITHIN,
        look::{DESK, NARROWEST, PHONE},
    },
    test::{Test, claims},
    wait::{Seen, until},
};

pub(super) fn claims() -> Vec<Test> {
    let mut claims = claims!["frame":
        the_keyboard_goes_in_and_out,
        the_portal_puts_the_focus_into_the_wizard,
        the_heading_of_a_step_is_seen,
        the_page_with_a_frame_is_accessible,
    ];
    let refused = claims!["frame": where_storage_is_refused_the_attempt_lasts_as_long_as_the_page];
    claims.extend(refused.into_iter().map(|test| {
        test.only_in(
            &[Engine::Chromium],
            "only Chromium has a setting that refuses storage",
        )
    }));
    let measured = claims!["frame": nothing_shifts_when_the_frame_comes];
    claims.extend(measured.into_iter().map(|test| {
        test.only_in(
            &[Engine::Chromium],
            "only Chromium counts layout shifts and shows a page as narrow as a phone",
        )
    }));
    claims
}

/// The focused element of the portal's page.
async fn focus(page: &Page) -> Result<Value> {
    let script = "return document.activeElement.id || document.activeElement.localName";
    page.ask(script, json!([])).await
}

async fn the_keyboard_goes_in_and_out(page: &Page) -> Result<()> {
    let portal = PortalPage::with_wizard(page, "frame.html").await?;
    portal.leave().await?;
    let before = "document.getElementById('before').focus()";
    page.ask(before, json!([])).await?;
    let mut stops = Vec::new();
    for _ in 0..12 {
        page.keys(Key::Tab).await?;
        let stop = focus(page).await?;
        if stops.last() != Some(&stop) {
            stops.push(stop);
        }
    }
    ensure!(
        stops.starts_with(&[json!("iframe"), json!("search")]),
        "Tab led to {stops:?}"
    );
    Ok(())
}

/// Waits until this element of the frame is in the visible part of the portal.
async fn expect_in_view(portal: &PortalPage<'_>, selector: &str) -> Result<()> {
    let page = portal.page;
    let within = format!("return document.querySelector('{selector}').getBoundingClientRect().top");
    let around =
        "return [document.querySelector('iframe').getBoundingClientRect().top, innerHeight]";
    until(
        format!("{selector} in view"),
        STEP_COMES_WITHIN,
        async || {
            portal.enter().await?;
            let within: f64 = serde_json::from_value(page.ask(&within, json!([])).await?)?;
            portal.leave().await?;
            let (frame, seen): (f64, f64) =
                serde_json::from_value(page.ask(around, json!([])).await?)?;
            let top = frame + within;
            Ok(if (0.0..seen).contains(&top) {
                Seen::There(())
            } else {
                Seen::NotYet(format!("it is at {top} px of {seen} px"))
            })
        },
    )
    .await
}

async fn the_portal_puts_the_focus_into_the_wizard(page: &Page) -> Result<()> {
    let portal = PortalPage::open(page, "low.html").await?;
    // The frame is outside of the visible area: the focus makes it load the wizard.
    portal.have(json!(["focus"])).await?;
    portal.enter().await?;
    portal.wizard.expect_wizard().await?;
    let field = "#postern-reset-identifier";
    // In WebKit, a script cannot move the focus in a frame of another site before a person has
    // touched the frame.
    if page.lab.engine != Engine::Webkit {
        portal
            .wizard
            .eventually("the focus on the field", async |state| state.focus == field)
            .await?;
    }
    expect_in_view(&portal, field).await?;
    // Keys now reach the field, in every engine. Firefox's driver sends keys to its current frame.
    portal.enter().await?;
    page.keys(NAME_OF_DALIA).await?;
    portal
        .wizard
        .eventually("the focus on the field", async |state| state.focus == field)
        .await?;
    let typed = portal.wizard.value_of("identifier").await?;
    ensure!(typed == NAME_OF_DALIA, "it holds {typed}");
    portal.leave().await?;
    let found = focus(page).await?;
    ensure!(found == json!("iframe"), "the focus is on {found}");
    Ok(())
}

async fn the_heading_of_a_step_is_seen(page: &Page) -> Result<()> {
    let portal = PortalPage::open(page, "low.html").await?;
    portal.have(json!(["focus"])).await?;
    portal.enter().await?;
    portal.wizard.expect_wizard().await?;
    portal.wizard.type_into("identifier", NAME_OF_DALIA).await?;
    portal.leave().await?;
    page.ask("scrollTo(0, 0)", json!([])).await?;
    portal.enter().await?;
    // Not by the driver, which would scroll to the button.
    let send = "document.querySelector('[type=submit]').click()";
    page.ask(send, json!([])).await?;
    portal.wizard.expect_step("questions").await?;
    expect_in_view(&portal, "h1").await
}

async fn the_page_with_a_frame_is_accessible(page: &Page) -> Result<()> {
    let portal = PortalPage::with_wizard(page, "frame.html").await?;
    portal.leave().await?;
    page.expect_all_accessible().await?;
    portal.enter().await?;
    page.expect_all_accessible().await?;
    portal.identify(NAME_OF_DALIA).await?;
    page.expect_all_accessible().await
}

async fn where_storage_is_refused_the_attempt_lasts_as_long_as_the_page(page: &Page) -> Result<()> {
    let browser = page.lab.browser(Scripts::OnWithoutStorage).await?;
    let outcome = reset_without_storage(&page.in_browser(browser.driver.clone())).await;
    browser.quit().await;
    outcome
}

async fn reset_without_storage(page: &Page) -> Result<()> {
    let portal = PortalPage::with_wizard(page, "frame.html").await?;
    let script = "try { return sessionStorage.length } catch (error) { return error.name }";
    let found = page.ask(script, json!([])).await?;
    ensure!(found == json!("SecurityError"), "storage says {found}");
    portal.identify(NAME_OF_DALIA).await?;
    ways::give_answers(&portal.wizard).await?;
    portal.wizard.expect_step("password").await?;
    ways::set_password(&portal.wizard).await?;
    portal.heard("done", json!({ "purpose": "reset" })).await?;
    portal.leave().await?;
    page.refresh().await?;
    portal.enter().await?;
    portal.wizard.expect_wizard().await?;
    portal
        .wizard
        .expect_step_in_view("identify")
        .await
        .map(drop)
}

async fn nothing_shifts_when_the_frame_comes(page: &Page) -> Result<()> {
    let portal = PortalPage::open(page, "frame.html").await?;
    for viewport in [DESK, PHONE, NARROWEST] {
        portal.leave().await?;
        page.see_in(viewport).await?;
        portal.visit("frame.html").await?;
        portal.enter().await?;
        portal.wizard.expect_wizard().await?;
        portal.expect_no_scroll_bar().await?;
        let shifted = portal.written("shifted").await?;
        ensure!(
            shifted == Value::Null,
            "it shifted by {shifted} at {} px",
            viewport.width
        );
        let script = "return document.querySelector('iframe').getBoundingClientRect().height";
        let height = page.ask(script, json!([])).await?;
        ensure!(
            height == json!(592),
            "it is {height} px high at {} px",
            viewport.width
        );
    }
    Ok(())
}
