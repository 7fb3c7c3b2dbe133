//! A lost connection: the typed text stays, nothing is sent twice, and the wizard continues by
//! itself or after one press.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::ways;
use crate::{
    page::{Connection, Kind, Page},
    people::{ADA, NAME_OF_ADA, PASSWORD, PHONE_OF_ADA},
    service::Mishap,
    test::{Test, claims},
};

/// How many times the page asks for a challenge if the answer is lost each time.
const CHALLENGES: usize = 3;
/// The maximum time until the page says that no answer comes: five seconds, plus the time of a busy
/// machine and of the proof of work.
const TOLD_WITHIN: Duration = Duration::from_secs(9);

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

/// The claims that the service has to keep. A lost answer has another claim there: the page repeats
/// the request by itself.
pub(super) fn claims_of_service() -> Vec<Test> {
    claims!["offline":
        what_was_typed_stays_and_is_sent_once_the_connection_is_back,
        a_service_out_of_reach_is_told_of_before_a_name_is_sent,
        a_service_that_stays_silent_is_told_of_soon,
    ]
}

async fn a_service_out_of_reach_is_told_of_before_a_name_is_sent(page: &Page) -> Result<()> {
    page.open_world().await?;
    let switchboard = &page.service()?.switchboard;
    for _ in 0..CHALLENGES {
        switchboard.let_happen_to_challenge(Mishap::Lost);
    }
    page.be(ADA).await?;
    page.submit().await?;
    page.expect_problem("lost-body").await?;
    // The request for the proof of work has already waited. The request with the name would make
    // the person wait as long again.
    let (challenges, asked) = (switchboard.challenges(), switchboard.asked());
    ensure!(
        challenges == CHALLENGES && asked.is_empty(),
        "it was asked for {challenges} challenges and {asked:?}"
    );
    page.press("lost-retry").await?;
    page.expect_step("method").await.map(drop)
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long a person waits is what is claimed"
)]
async fn a_service_that_stays_silent_is_told_of_soon(page: &Page) -> Result<()> {
    page.open_world().await?;
    let switchboard = &page.service()?.switchboard;
    // Whether the silent request is for an attempt, and the number of attempt requests by then.
    for (is_attempt, asked) in [(false, 0), (true, 1)] {
        if is_attempt {
            switchboard.let_happen(Mishap::Late);
        } else {
            switchboard.let_happen_to_challenge(Mishap::Late);
        }
        let clock = Instant::now();
        if is_attempt {
            page.press("lost-retry").await?;
        } else {
            page.be(ADA).await?;
            page.submit().await?;
        }
        page.expect_problem("lost-body").await?;
        let waited = clock.elapsed();
        ensure!(waited < TOLD_WITHIN, "it was told of after {waited:?}");
        let attempts = switchboard.asked();
        ensure!(attempts.len() == asked, "it was asked for {attempts:?}");
        ensure!(
            page.value_of("identifier").await? == NAME_OF_ADA,
            "what was typed is gone"
        );
    }
    page.press("lost-retry").await?;
    page.expect_step("method").await?;
    let attempts = switchboard.asked();
    ensure!(
        attempts.len() == 2 && attempts[0].key == attempts[1].key,
        "it was asked for {attempts:?}"
    );
    Ok(())
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
    // The code, and one mail that the password was changed.
    page.expect_sent(Kind::Mail, 2).await
}

async fn the_demo_works_without_a_network_after_the_first_load(page: &Page) -> Result<()> {
    let site = page.lab.demo_of_its_own().await?;
    page.open(&site.url).await?;
    page.expect_kept_for_offline().await?;
    site.stop();
    // This is not a reload: the reload of Firefox's driver bypasses the service worker.
    page.open(&site.url).await?;
    page.be(ADA).await?;
    page.submit().await?;
    page.expect_step("method").await?;
    page.speak("nl").await?;
    page.expect_words("method-title").await?;
    page.errors_in_console().await.map(drop)
}
