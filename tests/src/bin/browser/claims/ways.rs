//! The ways to each step, for the claims that begin there. Each step on the way is checked
//! completely.

use anyhow::{Result, bail, ensure};
use serde_json::{Value, json};

use crate::{
    page::{Kind, Page, State, demo::Leap},
    people::{ADA, ANSWERS_OF_DALIA, PASSWORD},
};

/// Enters the name, and waits for the choice of the method.
pub(super) async fn to_methods(page: &Page, persona: &str) -> Result<()> {
    page.begin_as(persona).await?;
    page.expect_step("method").await.map(drop)
}

/// Chooses a method of the current gate.
pub(super) async fn choose(page: &Page, method: &str) -> Result<()> {
    page.choose("method", method).await?;
    page.submit().await
}

/// Goes to the code in a mail.
pub(super) async fn to_code_by_mail(page: &Page, persona: &str) -> Result<()> {
    to_methods(page, persona).await?;
    choose(page, "email").await?;
    page.expect_step("code").await.map(drop)
}

/// Goes to the phone number.
pub(super) async fn to_phone(page: &Page, persona: &str, method: &str) -> Result<()> {
    to_methods(page, persona).await?;
    choose(page, method).await?;
    page.expect_step("phone").await.map(drop)
}

/// Goes to the code in a text message.
pub(super) async fn to_code_by_text(page: &Page, persona: &str, number: &str) -> Result<()> {
    to_phone(page, persona, "mobile-sms").await?;
    send_to(page, number).await?;
    page.expect_step("code").await.map(drop)
}

/// Goes to a call.
pub(super) async fn to_call(page: &Page, persona: &str, method: &str, number: &str) -> Result<()> {
    to_phone(page, persona, method).await?;
    send_to(page, number).await?;
    page.expect_step("call").await.map(drop)
}

/// Goes to the questions, as a person who has no other method.
pub(super) async fn to_questions(page: &Page, persona: &str) -> Result<()> {
    page.begin_as(persona).await?;
    page.expect_step("questions").await.map(drop)
}

/// Goes to the code of the app at the first gate, as a person who has no other method.
pub(super) async fn to_code_of_app(page: &Page, persona: &str) -> Result<()> {
    page.begin_as(persona).await?;
    page.expect_step("code").await.map(drop)
}

/// Goes to the choice at the second gate.
pub(super) async fn to_second_gate(page: &Page, persona: &str, number: &str) -> Result<()> {
    to_code_by_text(page, persona, number).await?;
    give_code(page, &page.code(Kind::Text, 1).await?).await?;
    page.expect_step("method").await.map(drop)
}

/// Goes to the code of the app at the second gate, which has no other method.
pub(super) async fn to_code_of_app_at_second_gate(
    page: &Page,
    persona: &str,
    number: &str,
) -> Result<()> {
    to_code_by_text(page, persona, number).await?;
    give_code(page, &page.code(Kind::Text, 1).await?).await?;
    page.eventually("the code of the app", async |state: &State| {
        state.step == "code" && page.says(state, "code-title-authenticator") && !state.is_busy
    })
    .await
    .map(drop)
}

/// Goes to the new password, by the shortest way.
pub(super) async fn to_password(page: &Page, persona: &str) -> Result<()> {
    to_code_by_mail(page, persona).await?;
    give_code(page, &page.code(Kind::Mail, 1).await?).await?;
    page.expect_step("password").await.map(drop)
}

/// Goes to the end of a reset, by the shortest way.
pub(super) async fn to_done(page: &Page, persona: &str) -> Result<()> {
    to_password(page, persona).await?;
    set_password(page).await
}

/// Goes to the end of an attempt whose gates were passed before another attempt set the password.
pub(super) async fn to_superseded(page: &Page) -> Result<()> {
    to_password(page, ADA).await?;
    page.forward(Leap::Minute).await?;
    let kept = put_attempt_aside(page).await?;
    page.be(ADA).await?;
    page.submit().await?;
    page.expect_step("method").await?;
    choose(page, "email").await?;
    page.expect_step("code").await?;
    give_code(page, &page.code(Kind::Mail, 2).await?).await?;
    page.expect_step("password").await?;
    set_password(page).await?;
    take_attempt_up(page, &kept).await?;
    page.expect_step_in_view("ended").await.map(drop)
}

/// Goes to the code in a mail, in an attempt that continues although another one was locked since.
pub(super) async fn to_code_in_spite_of_a_lock(page: &Page) -> Result<()> {
    to_code_by_mail(page, ADA).await?;
    let kept = put_attempt_aside(page).await?;
    to_lock_by_numbers(page).await?;
    take_attempt_up(page, &kept).await?;
    page.expect_step_in_view("code").await.map(drop)
}

/// Types wrong numbers as Ada until the account is locked.
async fn to_lock_by_numbers(page: &Page) -> Result<()> {
    // The reference: five in an hour, and the sixth locks.
    const TRIES: usize = 6;
    page.be(ADA).await?;
    page.submit().await?;
    page.expect_step("method").await?;
    choose(page, "mobile-sms").await?;
    page.expect_step("phone").await?;
    for number in 1..TRIES {
        send_to(page, &format!("+44 7911 12345{number}")).await?;
        page.expect_problem("phone-mismatch").await?;
    }
    send_to(page, &format!("+44 7911 12345{TRIES}")).await?;
    page.expect_step("locked").await.map(drop)
}

/// Shows the first step, as in another tab, and returns what the tab stored of the current attempt.
pub(super) async fn put_attempt_aside(page: &Page) -> Result<Value> {
    let take = "const kept = sessionStorage.getItem('postern.wizard');
        sessionStorage.removeItem('postern.wizard');
        return kept";
    let kept = page.ask(take, json!([])).await?;
    page.reload().await?;
    page.expect_step_in_view("identify").await?;
    Ok(kept)
}

/// Returns to the attempt that was put aside.
pub(super) async fn take_attempt_up(page: &Page, kept: &Value) -> Result<()> {
    let put_back = "sessionStorage.setItem('postern.wizard', arguments[0])";
    page.ask(put_back, json!([kept])).await?;
    page.reload().await
}

/// Goes to the question why.
pub(super) async fn to_purpose(page: &Page, persona: &str) -> Result<()> {
    page.begin_as(persona).await?;
    page.expect_step("purpose").await.map(drop)
}

/// Goes to the button that unlocks.
pub(super) async fn to_unlock(page: &Page, persona: &str) -> Result<()> {
    to_purpose(page, persona).await?;
    page.choose("purpose", "unlock").await?;
    page.submit().await?;
    page.expect_step("method").await?;
    choose(page, "email").await?;
    page.expect_step("code").await?;
    give_code(page, &page.code(Kind::Mail, 1).await?).await?;
    page.expect_step("unlock").await.map(drop)
}

/// Types the number and submits it.
pub(super) async fn send_to(page: &Page, number: &str) -> Result<()> {
    page.type_into("phone", number).await?;
    page.submit().await
}

/// Types the code and submits it.
pub(super) async fn give_code(page: &Page, code: &str) -> Result<()> {
    page.type_into("code", code).await?;
    page.submit().await
}

/// Answers those of Dalia's questions that the page asks.
pub(super) async fn give_answers(page: &Page) -> Result<()> {
    for number in questions_asked(page).await? {
        let Some(answer) = ANSWERS_OF_DALIA.get(number - 1) else {
            bail!("the test has no answer to question {number}");
        };
        page.type_into(&format!("answer-{number}"), answer).await?;
    }
    page.submit().await
}

/// The numbers of the questions on the page.
pub(super) async fn questions_asked(page: &Page) -> Result<Vec<usize>> {
    let script = "return [...document.querySelectorAll('input[id*=\"-answer-\"]')]
        .map(field => Number(field.id.split('-').pop()))";
    let numbers: Vec<usize> =
        serde_json::from_value(page.ask(script, serde_json::json!([])).await?)?;
    ensure!(
        numbers.len() >= 3,
        "only {} questions are asked",
        numbers.len()
    );
    Ok(numbers)
}

/// Chooses an accepted password.
pub(super) async fn set_password(page: &Page) -> Result<()> {
    page.type_into("password", PASSWORD).await?;
    page.submit().await?;
    page.expect_step("done").await?;
    page.expect_words("done-reset-title").await.map(drop)
}

/// A code with the same number of digits that differs from this one.
pub(super) fn other_than(code: &str) -> String {
    another(code, 1)
}

/// One of nine codes with the same number of digits that differ from this one: the same wrong code
/// again costs no try.
pub(super) fn another(code: &str, number: usize) -> String {
    let add = u32::try_from(number % 9).unwrap_or(0) + 1;
    let digits = code.chars().map(|digit| digit.to_digit(10).unwrap_or(0));
    digits
        .filter_map(|digit| char::from_digit((digit + add) % 10, 10))
        .collect()
}
