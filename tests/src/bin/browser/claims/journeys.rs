//! Complete journeys: by each method through one gate, through two gates, to a new password or to
//! an unlocked account.

use anyhow::{Result, ensure};
use serde_json::json;

use super::ways;
use crate::{
    page::{Kind, Page},
    people::{
        ADA, BRAM, CHEN, DALIA, ELIF, FEMKE, GEORGE, HANA, NAME_OF_ADA, OFFICE_OF_CHEN, PASSWORD,
        PHONE_OF_ADA, PHONE_OF_BRAM, PHONE_OF_CHEN, PHONE_OF_FEMKE,
    },
    test::{Test, claims},
};

pub(super) fn claims() -> Vec<Test> {
    claims!["journeys":
        a_code_by_mail_leads_to_a_new_password,
        a_code_by_text_message_leads_to_a_new_password,
        a_call_to_the_mobile_leads_to_a_new_password,
        a_call_to_the_office_leads_to_a_new_password,
        answers_lead_to_a_new_password,
        what_is_pasted_by_mistake_is_told_and_costs_nothing,
        the_authenticator_app_leads_to_a_new_password,
        two_gates_take_a_text_message_and_the_app,
        an_administrator_passes_two_gates_and_is_never_asked_questions,
        a_locked_account_is_unlocked_and_keeps_its_password,
        a_locked_account_gets_a_new_password_if_that_is_wanted,
        a_change_on_premises_says_how_long_it_takes,
        a_call_that_is_not_answered_can_be_made_again,
        after_ten_seconds_of_silence_another_call_is_offered,
        the_other_method_can_be_taken_instead,
        a_person_who_changes_their_mind_leaves,
        neither_code_nor_password_is_in_the_audit_log,
    ]
}

/// The claims that need no directory except the service's own accounts.
pub(super) fn claims_of_service() -> Vec<Test> {
    let is_on_premises = |test: &Test| test.name().contains("on_premises");
    claims()
        .into_iter()
        .filter(|test| !is_on_premises(test))
        .collect()
}

async fn a_code_by_mail_leads_to_a_new_password(page: &Page) -> Result<()> {
    ways::to_password(page, ADA).await?;
    // A single gate is not one of several, so the page shows no count.
    let marks = "return document.querySelectorAll('[data-postern] [class*=gate]').length";
    let marks = page.ask(marks, json!([])).await?;
    ensure!(marks == json!(0), "there are {marks} marks of one gate");
    ways::set_password(page).await?;
    page.expect_words("done-reset-now").await?;
    page.expect_words("done-notified").await?;
    page.expect_words("done-sign-in").await.map(drop)
}

async fn a_code_by_text_message_leads_to_a_new_password(page: &Page) -> Result<()> {
    ways::to_code_by_text(page, ADA, PHONE_OF_ADA).await?;
    ways::give_code(page, &page.code(Kind::Text, 1).await?).await?;
    page.expect_step("password").await?;
    ways::set_password(page).await
}

async fn a_call_to_the_mobile_leads_to_a_new_password(page: &Page) -> Result<()> {
    ways::to_call(page, CHEN, "mobile-call", PHONE_OF_CHEN).await?;
    page.answer_call().await?;
    page.expect_step("password").await?;
    ways::set_password(page).await
}

async fn a_call_to_the_office_leads_to_a_new_password(page: &Page) -> Result<()> {
    ways::to_call(page, CHEN, "office-call", OFFICE_OF_CHEN).await?;
    page.answer_call().await?;
    page.expect_step("password").await?;
    ways::set_password(page).await
}

async fn answers_lead_to_a_new_password(page: &Page) -> Result<()> {
    ways::to_questions(page, DALIA).await?;
    ways::give_answers(page).await?;
    page.expect_step("password").await?;
    ways::set_password(page).await
}

async fn what_is_pasted_by_mistake_is_told_and_costs_nothing(page: &Page) -> Result<()> {
    // This is more than the service accepts in a request.
    let pasted = "all of a letter ".repeat(2_000);
    ways::to_questions(page, DALIA).await?;
    for number in ways::questions_asked(page).await? {
        page.paste_into(&format!("answer-{number}"), &pasted)
            .await?;
    }
    page.submit().await?;
    page.expect_problem("questions-incomplete").await?;
    ways::give_answers(page).await?;
    page.expect_step("password").await?;
    page.paste_into("password", &pasted).await?;
    page.submit().await?;
    page.expect_problem("password-too-long").await?;
    ways::set_password(page).await
}

async fn the_authenticator_app_leads_to_a_new_password(page: &Page) -> Result<()> {
    ways::to_code_of_app(page, HANA).await?;
    ways::give_code(page, &page.code_of_app().await?).await?;
    page.expect_step("password").await?;
    ways::set_password(page).await
}

async fn two_gates_take_a_text_message_and_the_app(page: &Page) -> Result<()> {
    // The second gate has only one method, so the page asks nothing before it.
    ways::to_code_of_app_at_second_gate(page, BRAM, PHONE_OF_BRAM).await?;
    page.expect_words("gate-mark").await?;
    ways::give_code(page, &page.code_of_app().await?).await?;
    page.expect_step("password").await?;
    page.expect_words("gate-mark-open").await?;
    ways::set_password(page).await
}

async fn an_administrator_passes_two_gates_and_is_never_asked_questions(page: &Page) -> Result<()> {
    ways::to_methods(page, FEMKE).await?;
    let offered = page.offered("method").await?;
    ensure!(
        !offered.contains(&"questions".to_owned()),
        "an administrator is offered {offered:?}"
    );
    ways::choose(page, "mobile-sms").await?;
    page.expect_step("phone").await?;
    ways::send_to(page, PHONE_OF_FEMKE).await?;
    page.expect_step("code").await?;
    ways::give_code(page, &page.code(Kind::Text, 1).await?).await?;
    page.expect_step("method").await?;
    page.expect_words("method-passed").await?;
    ways::choose(page, "email").await?;
    page.expect_step("code").await?;
    ways::give_code(page, &page.code(Kind::Mail, 1).await?).await?;
    page.expect_step("password").await?;
    ways::set_password(page).await
}

async fn a_locked_account_is_unlocked_and_keeps_its_password(page: &Page) -> Result<()> {
    ways::to_unlock(page, ELIF).await?;
    page.submit().await?;
    page.expect_step("done").await?;
    page.expect_words("done-unlock-title").await.map(drop)
}

async fn a_locked_account_gets_a_new_password_if_that_is_wanted(page: &Page) -> Result<()> {
    ways::to_purpose(page, ELIF).await?;
    page.submit().await?;
    page.expect_problem("purpose-empty").await?;
    page.choose("purpose", "reset").await?;
    page.submit().await?;
    page.expect_step("method").await?;
    ways::choose(page, "email").await?;
    page.expect_step("code").await?;
    ways::give_code(page, &page.code(Kind::Mail, 1).await?).await?;
    page.expect_step("password").await?;
    ways::set_password(page).await
}

async fn a_change_on_premises_says_how_long_it_takes(page: &Page) -> Result<()> {
    ways::to_done(page, GEORGE).await?;
    page.expect_words("done-reset-soon").await.map(drop)
}

async fn a_call_that_is_not_answered_can_be_made_again(page: &Page) -> Result<()> {
    ways::to_call(page, CHEN, "mobile-call", PHONE_OF_CHEN).await?;
    page.expect_words("call-waiting").await?;
    page.hang_up().await?;
    page.expect_words("call-failed").await?;
    page.expect_words("support-contact").await?;
    page.press("call-retry").await?;
    page.expect_sent(Kind::Call, 2).await?;
    // The button has disappeared, and the focus is still in the wizard.
    let script = "return document.querySelector('[data-postern]').contains(document.activeElement)";
    page.expect_given("the focus in the wizard", script, &json!(true))
        .await?;
    page.answer_call().await?;
    page.expect_step("password").await.map(drop)
}

async fn after_ten_seconds_of_silence_another_call_is_offered(page: &Page) -> Result<()> {
    ways::to_call(page, CHEN, "mobile-call", PHONE_OF_CHEN).await?;
    let state = page.expect_words("call-waiting").await?;
    ensure!(
        !page.says(&state, "call-retry"),
        "another call is offered at once"
    );
    let state = page.expect_words("call-retry").await?;
    ensure!(
        page.says(&state, "call-waiting"),
        "the first call is given up"
    );
    ensure!(
        page.says(&state, "support-contact"),
        "the administrator is not offered"
    );
    page.answer_call().await?;
    page.expect_step("password").await.map(drop)
}

async fn the_other_method_can_be_taken_instead(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    page.press("code-other-method").await?;
    page.expect_step("method").await?;
    ways::choose(page, "mobile-sms").await?;
    page.expect_step("phone").await?;
    ways::send_to(page, PHONE_OF_ADA).await?;
    page.expect_step("code").await?;
    // The code of the abandoned method no longer works.
    ways::give_code(page, &page.code(Kind::Mail, 1).await?).await?;
    page.eventually(
        "the older code to be refused",
        async |state: &crate::page::State| state.focus == "summary",
    )
    .await?;
    ways::give_code(page, &page.code(Kind::Text, 1).await?).await?;
    page.expect_step("password").await.map(drop)
}

async fn a_person_who_changes_their_mind_leaves(page: &Page) -> Result<()> {
    ways::to_password(page, ADA).await?;
    page.back().await?;
    page.expect_step("leave").await?;
    page.press("leave-stay").await?;
    page.expect_step("password").await?;
    page.back().await?;
    page.expect_step("leave").await?;
    page.press("leave-go").await?;
    page.expect_step("identify").await?;
    ensure!(
        page.value_of("identifier").await? == NAME_OF_ADA,
        "the name is gone"
    );
    page.reload().await?;
    page.expect_step_in_view("identify").await.map(drop)
}

async fn neither_code_nor_password_is_in_the_audit_log(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    let code = page.code(Kind::Mail, 1).await?;
    ways::give_code(page, &ways::other_than(&code)).await?;
    page.expect_problem("code-wrong").await?;
    ways::give_code(page, &code).await?;
    page.expect_step("password").await?;
    ways::set_password(page).await?;
    let audit = page.audit().await?;
    ensure!(audit.contains(NAME_OF_ADA), "nothing was logged: {audit}");
    for secret in [code.as_str(), &ways::other_than(&code), PASSWORD] {
        ensure!(!audit.contains(secret), "{secret} is in the audit log");
    }
    Ok(())
}
