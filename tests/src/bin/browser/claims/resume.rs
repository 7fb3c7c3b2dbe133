//! A step survives a reload, a killed tab, and a visit to another page: the same step comes back,
//! and nothing is asked twice.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{
    stops::{STOPS, Stop},
    ways,
};
use crate::{
    page::{Kind, Page},
    people::{ADA, NAME_OF_ADA, PHONE_OF_ADA},
    test::{Test, claims},
};

pub(super) fn claims() -> Vec<Test> {
    let mut tests: Vec<Test> = STOPS.into_iter().map(stop).collect();
    tests.extend(claims!["resume":
        a_code_sent_before_the_tab_was_killed_is_taken_after_it,
        a_number_need_not_be_typed_again_to_send_a_new_code,
        a_tab_keeps_neither_code_nor_password,
    ]);
    tests
}

/// The claims that the service has to keep, at the steps at which it could lose something.
pub(super) fn claims_of_service() -> Vec<Test> {
    let has_something_to_lose = |test: &Test| {
        ["the_call", "the_second_gate"]
            .iter()
            .any(|name| test.name().contains(name))
    };
    let mut tests: Vec<Test> = STOPS
        .into_iter()
        .map(stop)
        .filter(has_something_to_lose)
        .collect();
    tests.extend(claims!["resume":
        a_code_sent_before_the_tab_was_killed_is_taken_after_it,
        a_number_need_not_be_typed_again_to_send_a_new_code,
    ]);
    tests
}

fn stop(stop: Stop) -> Test {
    let name = format!("{}_is_still_there_after_everything", stop.name);
    Test::new("resume", &name, move |page| Box::pin(survives(page, stop)))
}

async fn survives(page: &Page, stop: Stop) -> Result<()> {
    (stop.reach)(page).await?;
    let before = page.state().await?;
    let sent = async || {
        anyhow::Ok((
            page.count(Kind::Text).await?,
            page.count(Kind::Mail).await?,
            page.count(Kind::Call).await?,
        ))
    };
    let sent_before = sent().await?;
    let same = async |after: &str| {
        let state = page
            .expect_step(stop.step)
            .await
            .with_context(|| format!("after {after}"))?;
        ensure!(
            state.heading == before.heading,
            "after {after} the heading is {:?} and was {:?}",
            state.heading,
            before.heading
        );
        ensure!(
            sent().await? == sent_before,
            "after {after} something was sent again"
        );
        Ok(())
    };
    page.reload().await?;
    same("a reload").await?;
    page.look_elsewhere_and_come_back().await?;
    same("a look at another page").await?;
    page.put_aside_and_take_out("").await?;
    same("the back-forward cache").await?;
    page.kill_tab_and_restore_it().await?;
    same("the tab was killed").await
}

async fn a_code_sent_before_the_tab_was_killed_is_taken_after_it(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    let code = page.code(Kind::Mail, 1).await?;
    page.kill_tab_and_restore_it().await?;
    page.expect_step("code").await?;
    ways::give_code(page, &code).await?;
    page.expect_step("password").await?;
    page.kill_tab_and_restore_it().await?;
    page.expect_step("password").await?;
    ways::set_password(page).await
}

async fn a_number_need_not_be_typed_again_to_send_a_new_code(page: &Page) -> Result<()> {
    ways::to_code_by_text(page, ADA, PHONE_OF_ADA).await?;
    page.reload().await?;
    page.expect_step("code").await?;
    page.get_over_cool_down().await?;
    page.press("code-resend").await?;
    ways::give_code(page, &page.code(Kind::Text, 2).await?).await?;
    page.expect_step("password").await.map(drop)
}

async fn a_tab_keeps_neither_code_nor_password(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    let code = page.code(Kind::Mail, 1).await?;
    page.type_into("code", &code).await?;
    let kept = kept_by_wizard(page).await?;
    ensure!(kept.len() == 1, "the tab keeps {kept:?}");
    ensure!(
        !kept
            .iter()
            .any(|kept| kept.contains(&code) || kept.contains(NAME_OF_ADA)),
        "the tab keeps {kept:?}"
    );
    Ok(())
}

/// What the wizard keeps in the tab, without the demo's world, which is the server here.
async fn kept_by_wizard(page: &Page) -> Result<Vec<String>> {
    let script = "return Object.entries({ ...sessionStorage, ...localStorage })
        .filter(([key]) => key !== 'postern.demo').map(([, value]) => value)";
    let kept: Value = page.ask(script, json!([])).await?;
    Ok(serde_json::from_value(kept)?)
}
