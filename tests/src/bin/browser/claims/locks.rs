//! Too many tries lock for a day and no longer, and an attempt ends after fifteen minutes.

use anyhow::{Result, bail, ensure};
use serde_json::json;

use super::ways;
use crate::{
    page::{Kind, Page, STEP_COMES_WITHIN, State, demo::Leap},
    people::{ADA, DALIA, HANA, NAME_OF_ADA, PHONE_OF_ADA},
    service::Mishap,
    test::{Test, claims},
    wait::{Seen, until},
};

/// A number above every limit of the reference: none is higher than ten.
const TRIES_MAX: usize = 11;

/// A change of the device's clock.
const CLOCK_JUMPS: &str = "const now = Date.now; Date.now = () => now() + 16 * 60_000";

pub(super) fn claims() -> Vec<Test> {
    claims!["locks":
        wrong_codes_of_the_app_lock_for_a_day,
        wrong_answers_lock_for_a_day,
        a_lock_holds_for_a_new_attempt_too,
        a_page_that_lives_on_through_a_lock_says_until_when_and_counts_its_own_tries,
        a_code_sent_before_a_lock_lets_the_person_back_in_with_its_last_try,
        an_attempt_ends_after_a_quarter_of_an_hour,
        the_end_is_announced_before_it_comes,
        an_attempt_that_ended_says_so_again_after_a_reload,
        a_lock_is_told_again_after_a_reload,
        an_attempt_that_another_one_was_faster_than_says_so,
        nothing_of_an_attempt_is_left_behind_once_it_is_done,
    ]
}

/// The claims that the service has to keep.
pub(super) fn claims_of_service() -> Vec<Test> {
    claims!["locks":
        a_lock_holds_for_a_new_attempt_too,
        a_page_that_lives_on_through_a_lock_says_until_when_and_counts_its_own_tries,
        a_lock_that_was_lifted_is_over_after_a_reload,
        a_lock_that_was_lifted_is_over_when_the_person_comes_back_to_the_page,
        a_clock_that_jumps_ends_nothing_that_the_service_goes_on_with,
        a_clock_that_jumps_while_an_answer_is_awaited_holds_up_nothing,
    ]
}

async fn a_lock_that_was_lifted_is_over_after_a_reload(page: &Page) -> Result<()> {
    ways::to_code_of_app(page, HANA).await?;
    lock_by_app(page).await?;
    page.reload().await?;
    page.expect_step_in_view("locked").await?;
    page.service()?.lift_locks()?;
    page.reload().await?;
    get_back_in(page).await
}

async fn a_lock_that_was_lifted_is_over_when_the_person_comes_back_to_the_page(
    page: &Page,
) -> Result<()> {
    ways::to_code_of_app(page, HANA).await?;
    lock_by_app(page).await?;
    page.service()?.lift_locks()?;
    page.expect_step("locked").await?;
    let come_back = "document.dispatchEvent(new Event('visibilitychange'))";
    page.ask(come_back, json!([])).await?;
    get_back_in(page).await
}

async fn a_clock_that_jumps_ends_nothing_that_the_service_goes_on_with(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    let code = page.code(Kind::Mail, 1).await?;
    let looked = || Ok::<_, anyhow::Error>(page.service()?.switchboard.asked().len());
    let before = looked()?;
    page.ask(CLOCK_JUMPS, json!([])).await?;
    until("the page asks the service", STEP_COMES_WITHIN, async || {
        Ok(if looked()? > before {
            Seen::There(())
        } else {
            Seen::NotYet("nothing was asked".into())
        })
    })
    .await?;
    ways::give_code(page, &code).await?;
    page.expect_step("password").await.map(drop)
}

async fn a_clock_that_jumps_while_an_answer_is_awaited_holds_up_nothing(page: &Page) -> Result<()> {
    ways::to_phone(page, ADA, "mobile-sms").await?;
    page.service()?.switchboard.let_happen(Mishap::Late);
    ways::send_to(page, PHONE_OF_ADA).await?;
    page.ask(CLOCK_JUMPS, json!([])).await?;
    page.expect_step("ended").await?;
    // The attempt ended only in this page, because no answer came.
    page.reload().await?;
    page.expect_step("code").await.map(drop)
}

/// Checks that the name is in the field, and that the next code leads in.
async fn get_back_in(page: &Page) -> Result<()> {
    page.expect_step_in_view("identify").await?;
    let name = page.value_of("identifier").await?;
    ensure!(name == "hana@contoso.example", "in the field is {name:?}");
    page.submit().await?;
    page.expect_step("code").await?;
    ways::give_code(page, &page.next_code_of_app().await?).await?;
    page.expect_step("password").await.map(drop)
}

async fn wrong_codes_of_the_app_lock_for_a_day(page: &Page) -> Result<()> {
    ways::to_code_of_app(page, HANA).await?;
    lock_by_app(page).await?;
    page.forward(Leap::Day).await?;
    // The lock is over, and the name is in the field.
    page.expect_step("identify").await?;
    page.submit().await?;
    page.expect_step("code").await?;
    ways::give_code(page, &page.code_of_app().await?).await?;
    page.expect_step("password").await.map(drop)
}

async fn wrong_answers_lock_for_a_day(page: &Page) -> Result<()> {
    ways::to_questions(page, DALIA).await?;
    for _ in 0..TRIES_MAX {
        for number in ways::questions_asked(page).await? {
            page.type_into(&format!("answer-{number}"), "nothing of the kind")
                .await?;
        }
        page.submit().await?;
        let state = page
            .eventually("a verdict on the answers", async |state: &State| {
                !state.is_busy && (state.step == "locked" || state.focus == "summary")
            })
            .await?;
        if state.step == "locked" {
            page.expect_step("locked").await?;
            return page.expect_words("locked-until").await.map(drop);
        }
        page.expect_problem("questions-wrong").await?;
    }
    bail!("{TRIES_MAX} wrong tries did not lock");
}

async fn a_lock_holds_for_a_new_attempt_too(page: &Page) -> Result<()> {
    ways::to_code_of_app(page, HANA).await?;
    lock_by_app(page).await?;
    page.press("wizard-start-again").await?;
    page.expect_step("identify").await?;
    page.be(HANA).await?;
    page.submit().await?;
    page.expect_step("locked").await.map(drop)
}

async fn an_attempt_ends_after_a_quarter_of_an_hour(page: &Page) -> Result<()> {
    ways::to_password(page, ADA).await?;
    page.forward(Leap::Quarter).await?;
    page.expect_step("ended").await?;
    page.expect_words("ended-body").await?;
    page.press("wizard-start-again").await?;
    page.expect_step("identify").await?;
    ensure!(
        page.value_of("identifier").await?.is_empty(),
        "the name is still there"
    );
    Ok(())
}

async fn the_end_is_announced_before_it_comes(page: &Page) -> Result<()> {
    near_the_end(page).await?;
    // The person can begin anew, and the name stays.
    page.press("wizard-start-again-now").await?;
    page.expect_step("identify").await?;
    ensure!(
        page.value_of("identifier").await? == NAME_OF_ADA,
        "the name is gone"
    );
    page.forward(Leap::FiveMinutes).await?;
    let state = page.expect_step("identify").await?;
    ensure!(
        !page.says(&state, "idle-warning"),
        "what was left is still announced"
    );
    near_the_end(page).await?;
    page.forward(Leap::Minute).await?;
    let state = page.expect_words("idle-warning").await?;
    ensure!(
        page.says(&state, "wizard-start-again-now"),
        "there is no way to begin anew: {}",
        state.text
    );
    ensure!(
        page.value_of("phone").await? == PHONE_OF_ADA,
        "what was typed is gone"
    );
    page.forward(Leap::Minute).await?;
    page.expect_step("ended").await.map(drop)
}

/// Goes to the phone number, and waits until the page announces the end.
async fn near_the_end(page: &Page) -> Result<()> {
    ways::to_phone(page, ADA, "mobile-sms").await?;
    page.type_into("phone", PHONE_OF_ADA).await?;
    for leap in [
        Leap::FiveMinutes,
        Leap::FiveMinutes,
        Leap::Minute,
        Leap::Minute,
        Leap::Minute,
    ] {
        page.forward(leap).await?;
    }
    page.expect_words("idle-warning").await.map(drop)
}

async fn an_attempt_that_ended_says_so_again_after_a_reload(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    page.forward(Leap::Quarter).await?;
    page.expect_step("ended").await?;
    page.reload().await?;
    page.expect_step_in_view("ended").await?;
    let state = page.expect_words("ended-body").await?;
    ensure!(!state.text.contains(NAME_OF_ADA), "the name is on the page");
    begin_anew_for_good(page).await
}

async fn a_lock_is_told_again_after_a_reload(page: &Page) -> Result<()> {
    ways::to_code_of_app(page, HANA).await?;
    lock_by_app(page).await?;
    page.reload().await?;
    page.expect_step_in_view("locked").await?;
    page.expect_words("locked-until").await?;
    begin_anew_for_good(page).await
}

/// Begins anew, and checks that a reload shows nothing of the old attempt.
async fn begin_anew_for_good(page: &Page) -> Result<()> {
    page.press("wizard-start-again").await?;
    page.expect_step("identify").await?;
    page.reload().await?;
    page.expect_step_in_view("identify").await.map(drop)
}

async fn a_page_that_lives_on_through_a_lock_says_until_when_and_counts_its_own_tries(
    page: &Page,
) -> Result<()> {
    ways::to_code_in_spite_of_a_lock(page).await?;
    let state = page.expect_words("still-open").await?;
    expect_left(page, &state.text, "5")?;
    ensure!(
        !page.says(&state, "code-wait") && !page.says(&state, "code-other-method"),
        "the page offers what is locked: {}",
        state.text
    );
    for left in ["4", "3", "2"] {
        ways::give_code(page, &format!("1234567{left}")).await?;
        let state = page.expect_problem("still-open").await?;
        let [problem, lock] = state.problems.as_slice() else {
            bail!("there are {:?}", state.problems);
        };
        expect_left(page, lock, left)?;
        let wrong = page.lab.given.words.of("en", "code-wrong[0]")?;
        ensure!(
            wrong.is_in(problem) && !page.says(&state, "last-try"),
            "said is {problem}"
        );
    }
    ways::give_code(page, "12345671").await?;
    let state = page.expect_problem("still-open[1]").await?;
    ensure!(
        page.says(&state, "support-contact") && !page.says(&state, "last-try"),
        "the last try is told as {}",
        state.text
    );
    page.reload().await?;
    page.expect_words("still-open[1]").await?;
    ways::give_code(page, "12345670").await?;
    page.expect_step("locked").await?;
    page.expect_words("locked-until").await.map(drop)
}

/// Checks that the text names this number of tries left, and a day.
fn expect_left(page: &Page, text: &str, left: &str) -> Result<()> {
    let saying = page.lab.given.words.of("en", "still-open")?;
    let tries = format!("{left} tries left");
    let text: String = text.chars().filter(|letter| !is_mark(*letter)).collect();
    ensure!(
        saying.is_in(&text) && text.replace('\u{a0}', " ").contains(&tries),
        "{tries}: not in {text}"
    );
    Ok(())
}

/// Whether a character is an invisible mark around a number.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{2066}'..='\u{2069}')
}

async fn a_code_sent_before_a_lock_lets_the_person_back_in_with_its_last_try(
    page: &Page,
) -> Result<()> {
    ways::to_code_in_spite_of_a_lock(page).await?;
    for wrong in 1..5 {
        ways::give_code(page, &format!("1234567{wrong}")).await?;
        page.expect_problem("still-open").await?;
    }
    ways::give_code(page, &page.code(Kind::Mail, 1).await?).await?;
    page.expect_step("password").await?;
    let state = page.state().await?;
    ensure!(!page.says(&state, "still-open"), "the lock is told yet");
    ways::set_password(page).await
}

async fn an_attempt_that_another_one_was_faster_than_says_so(page: &Page) -> Result<()> {
    ways::to_superseded(page).await?;
    page.expect_words("ended-superseded-body").await?;
    page.press("wizard-start-again").await?;
    page.expect_step("identify").await.map(drop)
}

async fn nothing_of_an_attempt_is_left_behind_once_it_is_done(page: &Page) -> Result<()> {
    ways::to_done(page, ADA).await?;
    let kept = "return [sessionStorage.getItem('postern.wizard'), document.cookie]";
    let kept = page.ask(kept, json!([])).await?;
    ensure!(kept == json!([null, ""]), "kept is {kept}");
    page.expect_sent(Kind::Mail, 2).await?;
    page.reload().await?;
    let state = page.expect_step_in_view("identify").await?;
    ensure!(!state.text.contains(NAME_OF_ADA), "the name is on the page");
    ensure!(
        page.value_of("identifier").await?.is_empty(),
        "the name is in the field"
    );
    Ok(())
}

/// Types wrong codes until the account is locked.
async fn lock_by_app(page: &Page) -> Result<()> {
    for number in 0..TRIES_MAX {
        let code = page.code_of_app().await?;
        ways::give_code(page, &ways::another(&code, number)).await?;
        let state = page
            .eventually("a verdict on the code", async |state: &State| {
                !state.is_busy && (state.step == "locked" || state.focus == "summary")
            })
            .await?;
        if state.step == "locked" {
            page.expect_step("locked").await?;
            return page.expect_words("locked-until").await.map(drop);
        }
        page.expect_problem("code-wrong-authenticator").await?;
    }
    bail!("{TRIES_MAX} wrong codes did not lock");
}
