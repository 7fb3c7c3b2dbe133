//! Claims about the visible part of the wizard in a portal's page, and about the focus: a step
//! begins at its top, and only the person's actions move either.

use anyhow::{Result, ensure};
use serde_json::json;

use super::{
    portal::{ELEMENT, NAME, NAME_OF_DALIA, have, identify, visit},
    ways,
};
use crate::{
    engine::Engine,
    page::{Page, STEP_COMES_WITHIN, State},
    test::{Test, claims},
    wait::{Seen, until},
};

/// The height of the header that a portal keeps in view, in CSS pixels.
const HEAD: f64 = 80.0;
/// The minimum space above the step: the intended space, less the loss by rounding.
const AIR_MIN: f64 = 15.0;

pub(super) fn claims() -> Vec<Test> {
    claims!["element":
        a_new_step_begins_at_the_top_of_the_element,
        what_is_seen_already_stays_where_it_is,
        what_went_wrong_is_seen_below_a_head_that_stays,
        a_wizard_that_resumes_takes_neither_focus_nor_place,
        what_comes_by_itself_leaves_the_focus_to_the_portal,
    ]
}

/// Opens a page with the element far down and scrolls near it. The top of the element is this
/// number of pixels below the top of the window.
async fn far_down(page: &Page, top: f64) -> Result<Page> {
    visit(page, "far.html").await?;
    place(page, top).await?;
    let wizard = page.wizard_in(ELEMENT, NAME);
    wizard.expect_wizard().await?;
    place(page, top).await?;
    Ok(wizard)
}

async fn place(page: &Page, top: f64) -> Result<()> {
    let script = "const { top } = document.querySelector('postern-reset').getBoundingClientRect();
        scrollBy({ top: top - arguments[0], behavior: 'instant' })";
    page.ask(script, json!([top])).await.map(drop)
}

/// The top and the bottom of an element, from the top of the window, and the height of the window.
async fn extent(page: &Page, selector: &str) -> Result<(f64, f64, f64)> {
    let script =
        "const { top, bottom } = document.querySelector(arguments[0]).getBoundingClientRect();
        return [top, bottom, innerHeight]";
    Ok(serde_json::from_value(
        page.ask(script, json!([selector])).await?,
    )?)
}

async fn scrolled(page: &Page) -> Result<f64> {
    let script = "return scrollY";
    Ok(serde_json::from_value(page.ask(script, json!([])).await?)?)
}

/// Enters the identifier without the driver, which would scroll to the field.
async fn submit(page: &Page, identifier: &str) -> Result<()> {
    let script = "const element = document.querySelector('postern-reset');
        const field = element.querySelector('input');
        field.focus({ preventScroll: true });
        field.value = arguments[0];
        element.querySelector('[type=submit]').click()";
    page.ask(script, json!([identifier])).await.map(drop)
}

async fn a_new_step_begins_at_the_top_of_the_element(page: &Page) -> Result<()> {
    for top in [-150.0, 700.0] {
        let wizard = far_down(page, top).await?;
        submit(page, NAME_OF_DALIA).await?;
        wizard.expect_step("questions").await?;
        let (begin, _, _) = extent(page, ELEMENT).await?;
        let (_, end, height) = extent(page, "postern-reset h1").await?;
        ensure!(
            begin >= AIR_MIN && end <= height,
            "from {top} px it came to {begin} px, and the heading ends at {end} px of {height} px"
        );
        have(page, json!(["reset"])).await?;
        wizard.expect_step_in_view("identify").await?;
    }
    Ok(())
}

async fn what_is_seen_already_stays_where_it_is(page: &Page) -> Result<()> {
    let wizard = far_down(page, 120.0).await?;
    let before = scrolled(page).await?;
    submit(page, NAME_OF_DALIA).await?;
    wizard.expect_step("questions").await?;
    let after = scrolled(page).await?;
    ensure!(
        (before - after).abs() < 1.0,
        "it was scrolled from {before} px to {after} px"
    );
    Ok(())
}

async fn what_went_wrong_is_seen_below_a_head_that_stays(page: &Page) -> Result<()> {
    let wizard = far_down(page, -150.0).await?;
    let stay = "Object.assign(document.querySelector('header').style,
        { position: 'sticky', top: 0, height: `${arguments[0]}px`, background: 'white', zIndex: 1 })";
    page.ask(stay, json!([HEAD])).await?;
    place(page, -150.0).await?;
    submit(page, "").await?;
    wizard.expect_problem("identify-empty").await?;
    let (begin, end, height) = extent(page, ".postern-summary").await?;
    ensure!(
        begin >= HEAD + AIR_MIN && end <= height,
        "the summary stands from {begin} px to {end} px of {height} px"
    );
    place(page, -150.0).await?;
    submit(page, NAME_OF_DALIA).await?;
    wizard.expect_step("questions").await?;
    let (begin, _, _) = extent(page, ELEMENT).await?;
    ensure!(begin >= HEAD + AIR_MIN, "the step begins at {begin} px");
    Ok(())
}

/// Moves the focus to the portal's own field.
async fn type_into_the_portal(page: &Page) -> Result<()> {
    page.ask("document.getElementById('search').focus()", json!([]))
        .await
        .map(drop)
}

async fn expect_focus_in_the_portal(page: &Page) -> Result<()> {
    let focus = page
        .ask("return document.activeElement.id", json!([]))
        .await?;
    ensure!(focus == json!("search"), "the focus is on {focus}");
    Ok(())
}

async fn a_wizard_that_resumes_takes_neither_focus_nor_place(page: &Page) -> Result<()> {
    let wizard = far_down(page, 120.0).await?;
    identify(&wizard).await?;
    page.refresh().await?;
    place(page, 1_500.0).await?;
    type_into_the_portal(page).await?;
    let scrolled = async || page.ask("return scrollY", json!([])).await;
    let before = scrolled().await?;
    wizard.expect_step_in_view("questions").await?;
    // After the next painted frames, all movement after the drawing of the step is done.
    painted(page).await?;
    expect_focus_in_the_portal(page).await?;
    // A browser may keep the visible content in its place while the wizard above it grows. It moves
    // nothing else.
    let (after, (begin, end, height)) = (scrolled().await?, extent(page, "#search").await?);
    // WebKitGTK scrolls a reloaded page to its old place, at an unpredictable moment.
    let is_placed_by_browser = page.lab.engine == Engine::Webkit;
    ensure!(
        is_placed_by_browser || before == after || (begin >= 0.0 && end <= height),
        "the page was moved from {before} px to {after} px"
    );
    // When the person continues in the wizard, it moves the focus again.
    ways::give_answers(&wizard).await?;
    wizard.expect_step("password").await.map(drop)
}

async fn painted(page: &Page) -> Result<()> {
    let script = "const done = arguments[arguments.length - 1];
        requestAnimationFrame(() => requestAnimationFrame(() => done()))";
    page.driver.execute_async(script, Vec::new()).await?;
    Ok(())
}

async fn what_comes_by_itself_leaves_the_focus_to_the_portal(page: &Page) -> Result<()> {
    let wizard = far_down(page, 120.0).await?;
    identify(&wizard).await?;
    type_into_the_portal(page).await?;
    let later = "const now = Date.now; Date.now = () => now() + 16 * 60_000";
    page.ask(later, json!([])).await?;
    wizard.expect_step_in_view("ended").await?;
    painted(page).await?;
    expect_focus_in_the_portal(page).await?;
    // Otherwise the reload would show the end again.
    page.ask("sessionStorage.clear()", json!([])).await?;
    // If the person is in the wizard, a change that happens by itself moves the focus.
    let wizard = far_down(page, 120.0).await?;
    wizard.expect_step_in_view("identify").await?;
    identify(&wizard).await?;
    page.ask(later, json!([])).await?;
    until("the focus on the end", STEP_COMES_WITHIN, async || {
        let state: State = wizard.state().await?;
        Ok(if state.step == "ended" && state.focus == "heading" {
            Seen::There(())
        } else {
            Seen::NotYet(state.to_string())
        })
    })
    .await
}
