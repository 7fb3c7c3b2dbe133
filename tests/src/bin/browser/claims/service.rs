//! The service itself, behind the page: the demo's claims, as far as the service has to keep them,
//! and the claims of a service alone, with two replicas and a network between.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{
    codes, history, journeys, locks, offline, passwords, phones, refusals, restored, resume, ways,
};
use crate::{
    page::{Kind, Page},
    people::{ADA, NAME_OF_ADA, PHONE_OF_ADA},
    service::{Asked, Mishap},
    site::Draft,
    test::{Test, claims},
};

/// The recipient of the helpdesk's mail.
const HELPDESK: &str = "helpdesk@contoso.example";
/// How many proofs of work the page makes before it says that none was accepted.
const PROOFS_OF_WORK: usize = 3;

pub(super) fn claims() -> Vec<Test> {
    let own = claims!["replicas":
        a_replica_that_is_killed_is_not_missed,
        a_lost_answer_is_asked_for_again_with_the_same_key_at_the_other_replica,
        a_lost_answer_burns_no_code,
        a_lost_answer_changes_a_password_once,
        an_answer_that_does_not_come_in_time_can_be_asked_for_again,
        a_page_of_another_build_loads_itself_again_and_keeps_the_attempt,
        a_page_of_another_build_speaks_a_language_whose_words_are_no_longer_there,
        a_page_of_this_build_says_that_the_service_is_at_fault_and_stays,
        what_something_on_the_way_answers_is_told_as_what_it_is,
        the_administrators_are_told_once,
        harder_work_is_done_without_a_word,
        work_that_is_refused_again_and_again_is_told_and_costs_nothing_typed,
        under_a_path_behind_nginx_people_get_back_in,
    ];
    [
        journeys::claims_of_service(),
        refusals::claims_of_service(),
        codes::claims_of_service(),
        locks::claims_of_service(),
        phones::claims_of_service(),
        passwords::claims_of_service(),
        resume::claims_of_service(),
        restored::claims_of_service(),
        history::claims_of_service(),
        offline::claims_of_service(),
        own,
    ]
    .into_iter()
    .flatten()
    .map(Test::at_service)
    .collect()
}

async fn under_a_path_behind_nginx_people_get_back_in(page: &Page) -> Result<()> {
    let site = Draft::of(&page.lab.given.wizard)?;
    let proxy = page.service()?.serve_under("/portal/reset", &site).await?;
    page.visit(&format!("{}/portal/reset/", proxy.url()))
        .await?;
    page.expect_wizard().await?;
    page.be(ADA).await?;
    page.submit().await?;
    page.expect_step("method").await?;
    ways::choose(page, "email").await?;
    page.expect_step("code").await?;
    page.reload().await?;
    page.expect_step("code").await?;
    page.speak("nl").await?;
    ways::give_code(page, &page.code(Kind::Mail, 1).await?).await?;
    page.expect_step("password").await?;
    ways::set_password(page).await?;
    page.expect_words("done-reset-now").await.map(drop)
}

async fn a_replica_that_is_killed_is_not_missed(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    let code = page.code(Kind::Mail, 1).await?;
    let asked = page.service()?.switchboard.asked();
    let replicas: Vec<usize> = asked.iter().map(|asked| asked.replica).collect();
    ensure!(
        replicas.contains(&0) && replicas.contains(&1),
        "one replica had no part in it: {asked:?}"
    );
    page.service()?.kill_a_replica();
    ways::give_code(page, &ways::other_than(&code)).await?;
    page.expect_problem("code-wrong").await?;
    ways::give_code(page, &code).await?;
    page.expect_step("password").await?;
    page.reload().await?;
    page.expect_step("password").await?;
    ways::set_password(page).await?;
    // The code, and one mail that the password was changed.
    page.expect_sent(Kind::Mail, 2).await
}

async fn a_lost_answer_is_asked_for_again_with_the_same_key_at_the_other_replica(
    page: &Page,
) -> Result<()> {
    ways::to_phone(page, ADA, "mobile-sms").await?;
    let switchboard = &page.service()?.switchboard;
    switchboard.let_happen(Mishap::Lost);
    ways::send_to(page, PHONE_OF_ADA).await?;
    page.expect_step("code").await?;
    let asked = texts_asked_for(page)?;
    let [first, second] = asked.as_slice() else {
        anyhow::bail!("it was asked for as {asked:?}");
    };
    ensure!(
        first.key == second.key && !first.key.is_empty(),
        "it was asked for under the keys {:?} and {:?}",
        first.key,
        second.key
    );
    ensure!(
        first.replica != second.replica,
        "the replica that had lost its answer was asked again"
    );
    ways::give_code(page, &page.code(Kind::Text, 1).await?).await?;
    page.expect_step("password").await?;
    page.expect_sent(Kind::Text, 1).await
}

async fn a_lost_answer_burns_no_code(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    let code = page.code(Kind::Mail, 1).await?;
    page.service()?.switchboard.let_happen(Mishap::Lost);
    ways::give_code(page, &code).await?;
    page.expect_step("password").await.map(drop)
}

async fn a_lost_answer_changes_a_password_once(page: &Page) -> Result<()> {
    ways::to_password(page, ADA).await?;
    page.service()?.switchboard.let_happen(Mishap::Lost);
    ways::set_password(page).await?;
    // The code, and one mail that the password was changed.
    page.expect_sent(Kind::Mail, 2).await?;
    let changed = page
        .audit()
        .await?
        .matches("User successfully reset password")
        .count();
    ensure!(changed == 1, "it was changed {changed} times");
    Ok(())
}

async fn an_answer_that_does_not_come_in_time_can_be_asked_for_again(page: &Page) -> Result<()> {
    ways::to_phone(page, ADA, "mobile-sms").await?;
    page.service()?.switchboard.let_happen(Mishap::Late);
    ways::send_to(page, PHONE_OF_ADA).await?;
    page.expect_problem("lost-body").await?;
    let once = texts_asked_for(page)?;
    ensure!(
        once.len() == 1,
        "what may still come was asked for as {once:?}"
    );
    page.press("lost-retry").await?;
    page.expect_step("code").await?;
    let twice = texts_asked_for(page)?;
    ensure!(
        twice.len() == 2 && twice[0].key == twice[1].key,
        "it was asked for as {twice:?}"
    );
    ways::give_code(page, &page.code(Kind::Text, 1).await?).await?;
    page.expect_step("password").await?;
    page.expect_sent(Kind::Text, 1).await
}

async fn a_page_of_another_build_loads_itself_again_and_keeps_the_attempt(
    page: &Page,
) -> Result<()> {
    ways::to_methods(page, ADA).await?;
    let service = page.service()?;
    let old = wasm(page).await?;
    service
        .serve(&page.lab.draft_of_service()?.built_again("nl")?)
        .await?;
    service.switchboard.let_happen(Mishap::Strange);
    ways::choose(page, "email").await?;
    page.expect_step("code").await?;
    let new = wasm(page).await?;
    ensure!(old != new, "the page still runs {old}");
    ways::give_code(page, &page.code(Kind::Mail, 1).await?).await?;
    page.expect_step("password").await?;
    ways::set_password(page).await?;
    page.expect_sent(Kind::Mail, 2).await
}

async fn a_page_of_another_build_speaks_a_language_whose_words_are_no_longer_there(
    page: &Page,
) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    let code = page.code(Kind::Mail, 1).await?;
    let another = page.lab.draft_of_service()?.built_again("nl")?;
    page.service()?.serve(&another).await?;
    page.speak("nl").await?;
    page.expect_step_in_view("code").await?;
    // The console also reports the words that no longer exist.
    page.errors_in_console().await?;
    ways::give_code(page, &code).await?;
    page.expect_step("password").await.map(drop)
}

async fn a_page_of_this_build_says_that_the_service_is_at_fault_and_stays(
    page: &Page,
) -> Result<()> {
    ways::to_methods(page, ADA).await?;
    let mark = "return window.mark = document.title";
    page.ask(mark, json!([])).await?;
    page.service()?.switchboard.let_happen(Mishap::Strange);
    ways::choose(page, "email").await?;
    page.expect_problem("lost-service").await?;
    page.press("lost-retry").await?;
    page.expect_step("code").await?;
    let mark = page.ask("return window.mark ?? null", json!([])).await?;
    ensure!(mark != Value::Null, "the page was loaded again");
    page.expect_sent(Kind::Mail, 1).await
}

async fn what_something_on_the_way_answers_is_told_as_what_it_is(page: &Page) -> Result<()> {
    // The status of a page that is not ours, the number of requests, and the texts that the person
    // reads.
    let answers = [
        (200, 1, "summary-title", "lost-service"),
        (203, 1, "summary-title", "lost-service"),
        (401, 1, "summary-title", "lost-service"),
        (403, 1, "summary-title", "lost-service"),
        (404, 1, "summary-title", "lost-service"),
        (413, 1, "summary-title", "lost-service"),
        (451, 1, "summary-title", "lost-service"),
        (500, 1, "summary-title", "lost-service"),
        // The page asks a service that is not available now again, twice.
        (502, 3, "lost-title", "lost-body"),
        (504, 3, "lost-title", "lost-body"),
    ];
    page.open_world().await?;
    page.be(ADA).await?;
    let switchboard = &page.service()?.switchboard;
    for (status, times, title, body) in answers {
        for _ in 0..times {
            switchboard.let_happen(Mishap::Foreign(status));
        }
        page.submit().await?;
        page.expect_problem(body).await?;
        let told = page.element(".postern-summary h2").await?;
        let told = told.prop("innerText").await?.unwrap_or_default();
        let wanted = page.lab.given.words.of("en", title)?;
        ensure!(wanted.is_in(&told), "{status} is titled {told:?}");
    }
    switchboard.let_happen(Mishap::Foreign(503));
    page.press("lost-retry").await?;
    page.expect_step("method").await?;
    // The console also reports these answers.
    page.errors_in_console().await.map(drop)
}

async fn the_administrators_are_told_once(page: &Page) -> Result<()> {
    ways::to_methods(page, ADA).await?;
    page.open_support().await?;
    page.service()?.switchboard.let_happen(Mishap::Lost);
    page.press("support-contact").await?;
    page.expect_words("support-contacted").await?;
    let told = |service: &crate::service::Deployment| service.mails_to(HELPDESK);
    page.wait_for("a mail to the helpdesk", |service| {
        Ok(!told(service).is_empty())
    })
    .await?;
    let mails = told(page.service()?);
    ensure!(
        mails.len() == 1 && mails[0].text.contains(NAME_OF_ADA),
        "the helpdesk has {} mails: {:?}",
        mails.len(),
        mails.first().map(|mail| &mail.text)
    );
    page.expect_sent(Kind::Mail, 0).await
}

async fn harder_work_is_done_without_a_word(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    let code = page.code(Kind::Mail, 1).await?;
    for number in 1..=2 {
        ways::give_code(page, &ways::another(&code, number)).await?;
        page.expect_problem("code-wrong").await?;
    }
    let before = attempts_asked_for(page)?.len();
    page.be(ADA).await?;
    // This also records texts that appear only for a moment.
    let watch = "window.told = [];
        new MutationObserver(() => {
            const told = document.querySelector('.postern-summary, .postern-error, .postern-notice');
            if (told) window.told.push(told.textContent);
        }).observe(document.body, { childList: true, subtree: true, characterData: true })";
    page.ask(watch, json!([])).await?;
    page.submit().await?;
    page.expect_step("method").await?;
    let told = page.ask("return window.told", json!([])).await?;
    ensure!(told == json!([]), "the person was told {told}");
    let asked = attempts_asked_for(page)?.split_off(before);
    ensure!(
        asked.len() == 2 && asked[0].key != asked[1].key,
        "after two failures it was asked for as {asked:?}"
    );
    Ok(())
}

async fn work_that_is_refused_again_and_again_is_told_and_costs_nothing_typed(
    page: &Page,
) -> Result<()> {
    page.open_world().await?;
    page.be(ADA).await?;
    for _ in 0..PROOFS_OF_WORK {
        page.service()?.switchboard.let_happen(Mishap::WithoutWork);
    }
    page.submit().await?;
    page.expect_problem("identify-work-refused").await?;
    let asked = attempts_asked_for(page)?;
    ensure!(
        asked.len() == PROOFS_OF_WORK,
        "it was asked for as {asked:?}"
    );
    let typed = page.value_of("identifier").await?;
    ensure!(typed == NAME_OF_ADA, "of what was typed is left {typed:?}");
    page.submit().await?;
    page.expect_step("method").await.map(drop)
}

/// The requests for an attempt so far.
fn attempts_asked_for(page: &Page) -> Result<Vec<Asked>> {
    let asked = page.service()?.switchboard.asked().into_iter();
    Ok(asked
        .filter(|asked| asked.what == "POST /api/v1/attempts")
        .collect())
}

/// The requests for a text so far. The first one only chooses the method.
fn texts_asked_for(page: &Page) -> Result<Vec<Asked>> {
    let asked = page.service()?.switchboard.asked().into_iter();
    let codes = asked.filter(|asked| asked.what.ends_with("/codes"));
    Ok(codes.skip(1).collect())
}

/// The name of the wasm that the page was loaded with.
async fn wasm(page: &Page) -> Result<String> {
    let script = "return document.querySelector('link[rel=preload]').getAttribute('href')";
    let name = page.ask(script, json!([])).await?;
    Ok(name.as_str().context("the page names its wasm")?.to_owned())
}
