//! The phone number, in all forms that people write, and the error if it cannot be a number.

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::ways;
use crate::{
    held::{self, Held},
    page::{Kind, Page, State, demo::Leap},
    people::{ADA, BRAM, PHONE_OF_ADA, PHONE_OF_BRAM},
    test::{Test, claims},
};

/// One number in several forms. The tenant of Ada is in the United Kingdom.
const FORMS: [&str; 4] = [
    "+447700900123",
    "0044 7700 900123",
    "07700 900 123",
    "+44 (7700) 900-123",
];
/// The same number with an extension, which neither our texts nor our calls can reach.
const WITH_EXTENSION: [&str; 3] = [
    "+44 7700 900123 x12",
    "+44 7700 900123 ext. 12",
    "+44 7700 900123;ext=12",
];
/// Invalid numbers, and their messages.
const NO_NUMBERS: [(&str, &str); 5] = [
    ("", "phone-empty"),
    ("+44 77OO 900123", "phone-letters"),
    ("+999 7700 900123", "phone-unknown-country"),
    ("+44 7700", "phone-too-short"),
    ("+44 7700 900123 900123", "phone-too-long"),
];
/// A number of premium rate, in the range for fiction (Ofcom).
const PREMIUM_RATE: &str = "+44 909 879 0123";

/// A number of the United Kingdom with too few digits. Only the numbering plans show this.
const TOO_SHORT: &str = "+44 7700";

pub(super) fn claims() -> Vec<Test> {
    claims!["phones":
        a_number_is_taken_in_any_form,
        a_national_number_is_taken_after_going_back_too,
        an_extension_is_left_out_with_a_notice,
        what_is_no_number_gets_the_reason_and_sends_nothing,
        a_number_that_costs_extra_gets_the_reason_and_the_right_one_goes_on,
        a_number_that_is_not_on_file_counts_the_tries,
        a_number_that_no_plan_knows_does_not_block,
        the_plans_come_when_the_page_has_nothing_else_to_do,
        no_step_waits_for_the_plans,
        without_the_plans_the_judge_says_what_the_page_cannot,
    ]
}

/// The claims that the service has to keep.
pub(super) fn claims_of_service() -> Vec<Test> {
    claims!["phones": a_number_that_is_not_on_file_counts_the_tries]
}

async fn a_number_is_taken_in_any_form(page: &Page) -> Result<()> {
    page.open_demo().await?;
    for number in FORMS {
        send_as_ada(page, number).await?;
        page.get_over_cool_down().await?;
    }
    page.expect_sent(Kind::Text, FORMS.len()).await
}

async fn a_national_number_is_taken_after_going_back_too(page: &Page) -> Result<()> {
    ways::to_code_by_text(page, ADA, PHONE_OF_ADA).await?;
    page.forward(Leap::Minute).await?;
    page.back().await?;
    page.expect_step("phone").await?;
    ways::send_to(page, "07700 900123").await?;
    page.expect_step("code").await.map(drop)
}

async fn an_extension_is_left_out_with_a_notice(page: &Page) -> Result<()> {
    page.open_demo().await?;
    for number in WITH_EXTENSION {
        send_as_ada(page, number).await?;
        page.expect_words("phone-extension-stripped").await?;
        page.get_over_cool_down().await?;
    }
    Ok(())
}

/// Begins a new attempt of Ada, up to the code that is sent to the number.
async fn send_as_ada(page: &Page, number: &str) -> Result<()> {
    page.be(ADA).await?;
    page.submit().await?;
    page.expect_step("method").await?;
    ways::choose(page, "mobile-sms").await?;
    page.expect_step("phone").await?;
    ways::send_to(page, number).await?;
    let sent = page.expect_step("code").await;
    sent.map(drop)
        .with_context(|| format!("after typing {number}"))
}

async fn what_is_no_number_gets_the_reason_and_sends_nothing(page: &Page) -> Result<()> {
    ways::to_phone(page, ADA, "mobile-sms").await?;
    expect_plans(page).await?;
    for (number, reason) in NO_NUMBERS {
        ways::send_to(page, number).await?;
        let state = page
            .expect_problem(reason)
            .await
            .with_context(|| format!("after typing {number:?}"))?;
        ensure!(
            state.targets == ["#postern-wizard-phone"],
            "the summary leads to {:?}",
            state.targets
        );
        ensure!(
            page.value_of("phone").await? == number,
            "what was typed is gone"
        );
    }
    page.expect_sent(Kind::Text, 0).await
}

async fn a_number_that_costs_extra_gets_the_reason_and_the_right_one_goes_on(
    page: &Page,
) -> Result<()> {
    ways::to_phone(page, ADA, "mobile-sms").await?;
    ways::send_to(page, PREMIUM_RATE).await?;
    let state = page.expect_problem("phone-premium-rate").await?;
    ensure!(
        state.targets == ["#postern-wizard-phone"],
        "the summary leads to {:?}",
        state.targets
    );
    page.expect_sent(Kind::Text, 0).await?;
    ways::send_to(page, PHONE_OF_ADA).await?;
    page.expect_step("code").await?;
    page.expect_sent(Kind::Text, 1).await
}

async fn a_number_that_is_not_on_file_counts_the_tries(page: &Page) -> Result<()> {
    ways::to_phone(page, ADA, "mobile-sms").await?;
    let state = page.state().await?;
    ensure!(
        !state.text.contains("900123"),
        "the number on file is on the page"
    );
    ways::send_to(page, "+44 7911 123456").await?;
    let first = page.expect_problem("phone-mismatch").await?.problems;
    ways::send_to(page, "+44 7911 123457").await?;
    page.eventually("one try less", async |state: &State| {
        !state.is_busy && !state.problems.is_empty() && state.problems != first
    })
    .await?;
    ways::send_to(page, PHONE_OF_ADA).await?;
    page.expect_step("code").await?;
    page.expect_sent(Kind::Text, 1).await
}

async fn a_number_that_no_plan_knows_does_not_block(page: &Page) -> Result<()> {
    ways::to_code_by_text(page, BRAM, PHONE_OF_BRAM).await?;
    page.expect_step("code").await.map(drop)
}

async fn the_plans_come_when_the_page_has_nothing_else_to_do(page: &Page) -> Result<()> {
    page.open_wizard().await?;
    expect_plans(page).await
}

async fn no_step_waits_for_the_plans(page: &Page) -> Result<()> {
    let held = Held::way_to(page.lab.demo().await?, held::PLANS).await?;
    a_number_that_only_the_plans_refuse_reaches_the_judge(page, &held.url).await?;
    page.back().await?;
    page.expect_step("phone").await?;
    held.release();
    expect_plans(page).await?;
    ways::send_to(page, TOO_SHORT).await?;
    page.expect_problem("phone-too-short").await.map(drop)
}

async fn without_the_plans_the_judge_says_what_the_page_cannot(page: &Page) -> Result<()> {
    let torn = page.lab.demo_without_plans().await?;
    a_number_that_only_the_plans_refuse_reaches_the_judge(page, &torn.url).await
}

async fn a_number_that_only_the_plans_refuse_reaches_the_judge(
    page: &Page,
    url: &str,
) -> Result<()> {
    page.open(url).await?;
    page.be(ADA).await?;
    page.submit().await?;
    page.expect_step("method").await?;
    ways::choose(page, "mobile-sms").await?;
    page.expect_step("phone").await?;
    ways::send_to(page, TOO_SHORT).await?;
    page.expect_problem("phone-malformed").await?;
    ways::send_to(page, PHONE_OF_ADA).await?;
    page.expect_step("code").await.map(drop)
}

/// Waits until the numbering plans are loaded.
async fn expect_plans(page: &Page) -> Result<()> {
    let arrived = "return performance.getEntriesByType('resource')
        .some(entry => entry.name.includes('/plans-') && entry.responseEnd > 0)";
    page.eventually("the numbering plans", async |_: &State| {
        let answer = page.ask(arrived, json!([])).await;
        answer.is_ok_and(|answer| answer == json!(true))
    })
    .await
    .map(drop)
}
