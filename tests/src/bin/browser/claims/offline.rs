//! A lost connection: what was typed stays, nothing is sent twice, and it goes on by itself or with one press.

use anyhow::{Result, ensure};
use serde_json::json;

use super::ways;
use crate::{
    page::{Connection, Kind, Page},
    people::{ADA, NAME_OF_ADA, PASSWORD, PHONE_OF_ADA},
    test::{Test, claims},
};

pub(super) fn claims() -> Vec<Test> {
    claims!["offline":
        what_was_typed_stays_and_is_sent_once_the_connection_is_back,
        a_retry_without_a_connection_says_so_again,
        a_lost_answer_sends_no_second_text_message,
        a_lost_answer_burns_no_code,
        a_lost_answer_changes_a_password_once,
        the_demo_works_without_a_network_after_the_first_load,
    ]
}

/// Those that are the service's to keep. What becomes of a lost answer is another claim there: the page asks again by itself.
pub(super) fn claims_of_service() -> Vec<Test> {
    claims!["offline":
        what_was_typed_stays_and_is_sent_once_the_connection_is_back,
        a_service_out_of_reach_is_told_of_before_a_name_is_sent,
    ]
}

async fn a_service_out_of_reach_is_told_of_before_a_name_is_sent(page: &Page) -> Result<()> {
    page.open_world().await?;
    page.connect(Connection::Offline).await?;
    page.be(ADA).await?;
    page.submit().await?;
    page.expect_problem("lost-body").await?;
    // What asks for the proof of work has waited already: what sends the name would let the person wait as long again.
    let asked = "return performance.getEntriesByType('resource')
        .map(entry => new URL(entry.name).pathname)
        .filter(path => path.startsWith('/api/'))";
    let asked: Vec<String> = serde_json::from_value(page.ask(asked, json!([])).await?)?;
    let asks = |what: &str| asked.iter().any(|path| path.ends_with(what));
    // WebKit lists none that failed.
    ensure!(
        asked.is_empty() || asks("/challenges") && !asks("/attempts"),
        "it was asked for {asked:?}"
    );
    page.connect(Connection::Online).await?;
    page.expect_step("method").await.map(drop)
}

async fn what_was_typed_stays_and_is_sent_once_the_connection_is_back(page: &Page) -> Result<()> {
    page.open_world().await?;
    page.be(ADA).await?;
    page.connect(Connection::Offline).await?;
    page.submit().await?;
    page.expect_problem("lost-body").await?;
    ensure!(
        page.value_of("identifier").await? == NAME_OF_ADA,
        "what was typed is gone"
    );
    page.connect(Connection::Online).await?;
    page.expect_step("method").await?;
    ways::choose(page, "mobile-sms").await?;
    page.expect_step("phone").await?;
    page.connect(Connection::Offline).await?;
    ways::send_to(page, PHONE_OF_ADA).await?;
    page.expect_problem("lost-body").await?;
    ensure!(
        page.value_of("phone").await? == PHONE_OF_ADA,
        "what was typed is gone"
    );
    page.expect_sent(Kind::Text, 0).await?;
    page.connect(Connection::Online).await?;
    page.expect_step("code").await?;
    page.expect_sent(Kind::Text, 1).await
}

async fn a_retry_without_a_connection_says_so_again(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    let code = page.code(Kind::Mail, 1).await?;
    page.connect(Connection::Offline).await?;
    ways::give_code(page, &code).await?;
    page.expect_problem("lost-body").await?;
    page.press("lost-retry").await?;
    page.expect_problem("lost-body").await?;
    ensure!(
        page.value_of("code").await?.replace(' ', "") == code,
        "what was typed is gone"
    );
    page.connect(Connection::Online).await?;
    page.expect_step("password").await.map(drop)
}

async fn a_lost_answer_sends_no_second_text_message(page: &Page) -> Result<()> {
    ways::to_phone(page, ADA, "mobile-sms").await?;
    page.connect(Connection::Lossy).await?;
    ways::send_to(page, PHONE_OF_ADA).await?;
    page.expect_problem("lost-body").await?;
    page.expect_sent(Kind::Text, 1).await?;
    page.press("lost-retry").await?;
    page.expect_step("code").await?;
    ways::give_code(page, &page.code(Kind::Text, 1).await?).await?;
    page.expect_step("password").await.map(drop)
}

async fn a_lost_answer_burns_no_code(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    page.connect(Connection::Lossy).await?;
    ways::give_code(page, &page.code(Kind::Mail, 1).await?).await?;
    page.expect_problem("lost-body").await?;
    page.press("lost-retry").await?;
    page.expect_step("password").await.map(drop)
}

async fn a_lost_answer_changes_a_password_once(page: &Page) -> Result<()> {
    ways::to_password(page, ADA).await?;
    page.connect(Connection::Lossy).await?;
    page.type_into("password", PASSWORD).await?;
    page.submit().await?;
    page.expect_problem("lost-body").await?;
    page.press("lost-retry").await?;
    page.expect_step("done").await?;
    // The code, and one word that the password was changed.
    page.expect_sent(Kind::Mail, 2).await
}

async fn the_demo_works_without_a_network_after_the_first_load(page: &Page) -> Result<()> {
    let site = page.lab.demo_of_its_own().await?;
    page.open(&site.url).await?;
    page.expect_kept_for_offline().await?;
    site.stop();
    // Not a reload: Firefox's driver makes one that goes past the service worker.
    page.open(&site.url).await?;
    page.be(ADA).await?;
    page.submit().await?;
    page.expect_step("method").await?;
    page.speak("nl").await?;
    page.expect_words("method-title").await?;
    page.errors_in_console().await.map(drop)
}
