//! The browser's Back and the page's Back lead back at every step, and never behind an end.

use anyhow::{Result, ensure};
use serde_json::json;

use super::{
    stops::{STOPS, Stop},
    ways,
};
use crate::{
    page::{Kind, Page, State},
    people::{ADA, NAME_OF_ADA, PHONE_OF_ADA},
    test::{Test, claims},
};

pub(super) fn claims() -> Vec<Test> {
    let stop = |stop: Stop| {
        let name = format!(
            "back_from_{}_leads_to_{}_and_on_again",
            stop.name, stop.before
        );
        Test::new("history", &name, move |page| {
            Box::pin(leads_back(page, stop))
        })
    };
    let mut tests: Vec<Test> = STOPS.into_iter().map(stop).collect();
    tests.extend(claims!["history":
        back_and_forward_walk_all_the_way_without_sending_anything_again,
        from_a_code_one_goes_back_to_the_number_and_corrects_it,
        behind_the_end_there_is_only_the_beginning,
        coming_back_from_elsewhere_after_the_end_shows_nothing_of_it,
    ]);
    tests
}

/// The claims that the service has to keep.
pub(super) fn claims_of_service() -> Vec<Test> {
    claims!["history": back_and_forward_walk_all_the_way_without_sending_anything_again]
}

/// Checks both the browser's Back and the page's Back.
async fn leads_back(page: &Page, stop: Stop) -> Result<()> {
    (stop.reach)(page).await?;
    page.browser_back().await?;
    page.expect_step(stop.before).await?;
    page.browser_forward().await?;
    page.expect_step(stop.step).await?;
    page.back().await?;
    page.expect_step(stop.before).await.map(drop)
}

async fn back_and_forward_walk_all_the_way_without_sending_anything_again(
    page: &Page,
) -> Result<()> {
    ways::to_code_by_text(page, ADA, PHONE_OF_ADA).await?;
    for step in ["phone", "method", "identify"] {
        page.back().await?;
        page.expect_step(step).await?;
    }
    ensure!(
        page.value_of("identifier").await? == NAME_OF_ADA,
        "the name is gone"
    );
    let state = page.state().await?;
    ensure!(
        !page.says(&state, "wizard-back"),
        "there is a way back from the first step"
    );
    for step in ["method", "phone", "code"] {
        page.browser_forward().await?;
        page.expect_step(step).await?;
    }
    ways::give_code(page, &page.code(Kind::Text, 1).await?).await?;
    page.expect_step("password").await.map(drop)
}

async fn from_a_code_one_goes_back_to_the_number_and_corrects_it(page: &Page) -> Result<()> {
    ways::to_phone(page, ADA, "mobile-sms").await?;
    ways::send_to(page, "+44 7911 123456").await?;
    page.expect_problem("phone-mismatch").await?;
    ways::send_to(page, PHONE_OF_ADA).await?;
    page.expect_step("code").await?;
    page.back().await?;
    let state = page.expect_step("phone").await?;
    ensure!(
        state.problems.is_empty(),
        "an old problem is still there: {:?}",
        state.problems
    );
    ensure!(
        page.value_of("phone").await? == PHONE_OF_ADA,
        "the number is gone"
    );
    Ok(())
}

async fn behind_the_end_there_is_only_the_beginning(page: &Page) -> Result<()> {
    ways::to_done(page, ADA).await?;
    page.browser_back().await?;
    shows_nothing_of_it(page).await
}

async fn coming_back_from_elsewhere_after_the_end_shows_nothing_of_it(page: &Page) -> Result<()> {
    ways::to_done(page, ADA).await?;
    page.look_elsewhere_and_come_back().await?;
    shows_nothing_of_it(page).await
}

async fn shows_nothing_of_it(page: &Page) -> Result<()> {
    let state = page
        .eventually("the beginning", async |state: &State| {
            state.step == "identify"
        })
        .await?;
    ensure!(!state.text.contains(NAME_OF_ADA), "the name is on the page");
    ensure!(
        !state.title.contains("Contoso"),
        "the tab says {:?}",
        state.title
    );
    ensure!(
        page.value_of("identifier").await?.is_empty(),
        "the name is in the field"
    );
    let fields =
        "return [...document.querySelectorAll('[data-postern] input')].map(field => field.value)";
    let fields = page.ask(fields, json!([])).await?;
    ensure!(fields == json!([""]), "the fields hold {fields}");
    Ok(())
}
