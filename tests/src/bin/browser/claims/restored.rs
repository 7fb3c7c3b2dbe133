//! Pages from the back-forward cache: a page that comes back unchanged asks for its state again,
//! and shows the current state.
//!
//! Browsers decide which pages they keep. Each claim holds whether the page comes from the cache or
//! is loaded again. If it has to come from the cache in every engine, the test sends the page the
//! event that a browser would send.

use anyhow::{Result, ensure};
use serde_json::json;

use super::ways;
use crate::{
    page::{Connection, Kind, Page, State},
    people::{ADA, BRAM, PHONE_OF_ADA},
    test::{Test, claims},
};

pub(super) fn claims() -> Vec<Test> {
    claims!["restored":
        the_focus_is_where_it_was,
        the_focus_is_on_the_heading_where_what_had_it_is_gone,
        a_count_down_goes_on,
        a_code_that_expired_meanwhile_has_expired,
        an_attempt_whose_time_is_over_meanwhile_has_ended,
        work_whose_worker_never_answers_is_begun_again,
    ]
}

/// The claims that only a service can keep.
pub(super) fn claims_of_service() -> Vec<Test> {
    claims!["restored":
        the_focus_is_where_it_was,
        an_attempt_that_was_left_elsewhere_has_ended,
        another_attempt_of_the_tab_is_gone_on_with,
        a_connection_that_is_back_is_not_called_lost,
    ]
}

/// Whether the page is the marked one.
async fn is_marked(page: &Page) -> Result<bool> {
    Ok(page.ask("return window.mark === true", json!([])).await? == json!(true))
}

async fn the_focus_is_where_it_was(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    page.type_into("code", "12").await?;
    page.ask("window.mark = true", json!([])).await?;
    page.look_elsewhere_and_come_back().await?;
    let field = "#postern-wizard-code";
    // A reloaded page does not know the focus, and begins at its heading.
    let wanted = if is_marked(page).await? {
        field
    } else {
        "heading"
    };
    page.eventually(format!("the focus on {wanted}"), async |state: &State| {
        state.focus == wanted
    })
    .await?;
    page.field("code").await?.focus().await?;
    page.put_aside_and_take_out("").await?;
    page.eventually("the focus on the field", async |state: &State| {
        state.focus == field
    })
    .await
    .map(drop)
}

async fn the_focus_is_on_the_heading_where_what_had_it_is_gone(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    page.field("code").await?.focus().await?;
    let gone = "document.querySelector('#postern-wizard-code').remove()";
    page.put_aside_and_take_out(gone).await?;
    page.expect_step("code").await.map(drop)
}

async fn a_count_down_goes_on(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    page.look_elsewhere_and_come_back().await?;
    page.expect_step("code").await?;
    page.get_over_cool_down().await?;
    page.press("code-resend").await?;
    ways::give_code(page, &page.code(Kind::Mail, 2).await?).await?;
    page.expect_step("password").await.map(drop)
}

/// A script that moves the device's clock forward by this many minutes.
fn later(minutes: u32) -> String {
    format!("const now = Date.now; Date.now = () => now() + {minutes} * 60_000")
}

async fn a_code_that_expired_meanwhile_has_expired(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    page.put_aside_and_take_out(&later(6)).await?;
    page.expect_words("code-ended").await?;
    page.expect_step("code").await?;
    page.submit().await?;
    page.expect_words("code-sent-again").await?;
    ways::give_code(page, &page.code(Kind::Mail, 2).await?).await?;
    page.expect_step("password").await.map(drop)
}

async fn an_attempt_whose_time_is_over_meanwhile_has_ended(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    page.put_aside_and_take_out(&later(16)).await?;
    page.expect_step("ended").await.map(drop)
}

async fn work_whose_worker_never_answers_is_begun_again(page: &Page) -> Result<()> {
    page.open_world().await?;
    // This is like a worker that was suspended with its page and not resumed with it.
    let silent = "window.posternWorker = () => ({ postMessage() {}, terminate() {} })";
    page.ask(silent, json!([])).await?;
    page.be(ADA).await?;
    page.field("identifier").await?.focus().await?;
    page.put_aside_and_take_out("delete window.posternWorker")
        .await?;
    page.submit().await?;
    page.expect_step("method").await.map(drop)
}

async fn an_attempt_that_was_left_elsewhere_has_ended(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    let leave = "const [id, token] = sessionStorage.getItem('postern.wizard').split(' ');
        const done = arguments[arguments.length - 1];
        fetch(`/api/v1/attempts/${id}`, { method: 'DELETE', headers: { Authorization: `Bearer ${token}` } })
            .then(({ status }) => done(status), error => done(String(error)))";
    page.look_elsewhere(async || {
        let status = page.driver.execute_async(leave, Vec::new()).await?;
        ensure!(
            status.json().as_u64().is_some_and(|status| status < 300),
            "it was not left: {:?}",
            status.json()
        );
        Ok(())
    })
    .await?;
    page.expect_step("ended").await.map(drop)
}

async fn another_attempt_of_the_tab_is_gone_on_with(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    let here = page.driver.current_url().await?;
    page.look_elsewhere(async || {
        page.ask("sessionStorage.clear()", json!([])).await?;
        page.visit(here.as_str()).await?;
        page.expect_wizard().await?;
        page.be(BRAM).await?;
        page.submit().await?;
        page.expect_step("method").await?;
        // The first step and the second are entries of the history, and before them is the other
        // page.
        page.ask("history.go(-2)", json!([])).await?;
        page.expect_elsewhere().await
    })
    .await?;
    let state = page.expect_step("method").await?;
    ensure!(state.problems.is_empty(), "it says {:?}", state.problems);
    ways::choose(page, "mobile-sms").await?;
    page.expect_step("phone").await.map(drop)
}

async fn a_connection_that_is_back_is_not_called_lost(page: &Page) -> Result<()> {
    ways::to_phone(page, ADA, "mobile-sms").await?;
    page.connect(Connection::Offline).await?;
    ways::send_to(page, PHONE_OF_ADA).await?;
    page.expect_problem("lost-body").await?;
    let switchboard = &page.service()?.switchboard;
    switchboard.go_online().await?;
    page.put_aside_and_take_out("").await?;
    let state = page.expect_step("code").await?;
    ensure!(state.problems.is_empty(), "it says {:?}", state.problems);
    page.expect_sent(Kind::Text, 1).await
}
