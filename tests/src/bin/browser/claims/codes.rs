//! Claims about codes: pasted in every form, wrong, spent, expired, sent again, and replaced by a
//! newer one.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::ways;
use crate::{
    page::{Kind, Page, State, demo::Leap},
    people::{ADA, HANA},
    test::{Test, claims},
};

/// The number of wrong tries that a code survives, and the one that spends it.
const TRIES: usize = 5;

/// A code of eight digits in the forms of messages, and in the digits of keyboards for other
/// scripts.
const FORMS: [fn(&str) -> String; 5] = [
    |code| format!("G-{} {}", &code[..4], &code[4..]),
    |code| format!(" {}-{}-{}\n", &code[..2], &code[2..5], &code[5..]),
    |code| in_script(code, '\u{660}'),
    |code| in_script(code, '\u{6f0}'),
    |code| in_script(code, '\u{ff10}'),
];

pub(super) fn claims() -> Vec<Test> {
    claims!["codes":
        a_code_is_taken_however_it_is_pasted,
        a_code_that_is_no_code_is_told_before_anything_is_sent,
        five_wrong_codes_spend_a_code_and_a_new_one_works,
        an_expired_code_says_so_and_offers_a_new_one,
        a_new_code_can_be_asked_for_after_a_countdown,
        a_wait_of_a_day_is_told_by_the_day_and_the_time,
        the_focus_is_never_lost_by_asking_for_a_new_code,
        a_code_stands_in_groups_however_it_is_typed,
        an_earlier_code_is_told_from_a_wrong_one,
        a_code_of_the_app_works_once_only_and_says_so,
    ]
}

/// The claims that the service has to keep.
pub(super) fn claims_of_service() -> Vec<Test> {
    claims!["codes":
        five_wrong_codes_spend_a_code_and_a_new_one_works,
        an_earlier_code_is_told_from_a_wrong_one,
        a_code_of_the_app_works_once_only_and_says_so,
    ]
}

async fn a_code_is_taken_however_it_is_pasted(page: &Page) -> Result<()> {
    page.open_demo().await?;
    for (index, form) in FORMS.into_iter().enumerate() {
        page.be(ADA).await?;
        page.submit().await?;
        page.expect_step("method").await?;
        ways::choose(page, "email").await?;
        page.expect_step("code").await?;
        let pasted = form(&page.code(Kind::Mail, index + 1).await?);
        page.paste_into("code", &pasted).await?;
        page.submit().await?;
        page.expect_step("password")
            .await
            .with_context(|| format!("after pasting {pasted:?}"))?;
        // Otherwise the next attempt of the same person would have to wait.
        page.get_over_cool_down().await?;
    }
    Ok(())
}

async fn a_code_that_is_no_code_is_told_before_anything_is_sent(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    page.submit().await?;
    let state = page.expect_problem("code-empty").await?;
    ensure!(
        state.targets == ["#postern-wizard-code"],
        "the summary leads to {:?}",
        state.targets
    );
    page.press("code-empty").await?;
    page.eventually("the focus in the field", async |state: &State| {
        state.focus == "#postern-wizard-code"
    })
    .await?;
    ways::give_code(page, "1234").await?;
    page.expect_problem("code-too-short").await?;
    ways::give_code(page, "123456789").await?;
    page.expect_problem("code-too-long").await.map(drop)
}

async fn five_wrong_codes_spend_a_code_and_a_new_one_works(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    let code = page.code(Kind::Mail, 1).await?;
    for left in (2..=TRIES).rev() {
        ways::give_code(page, &ways::another(&code, left)).await?;
        let said = page.lab.given.words.of("en", "code-wrong")?.clone();
        let times = left.to_string();
        page.eventually(format!("{left} tries left"), async |state: &State| {
            let named = |problem: &String| said.is_in(problem) && problem.contains(&times);
            state.problems.iter().any(named) && !state.is_busy
        })
        .await?;
        page.expect_problem("code-wrong").await?;
    }
    ways::give_code(page, &ways::another(&code, 1)).await?;
    let state = page.expect_problem("code-spent[1]").await?;
    // Only another code helps now, and the summary leads to the button that asks for it.
    ensure!(
        state.targets == ["#postern-wizard-send"],
        "the summary leads to {:?}",
        state.targets
    );
    expect_dead(page, &state).await?;
    if page.sets_the_time() {
        // This request is too soon. The state of the code stays the same.
        page.submit().await?;
        let state = page.expect_problem("code-wait-soon").await?;
        ensure!(
            !state.problems.iter().any(|said| said.contains(':')),
            "a time of day is told beside the countdown: {:?}",
            state.problems
        );
        expect_dead(page, &state).await?;
    }
    page.reload().await?;
    expect_dead(page, &page.expect_words("code-dead").await?).await?;
    page.get_over_cool_down().await?;
    page.press("code-resend").await?;
    expect_live(page, &page.expect_words("code-sent-again").await?).await?;
    page.expect_words("last-try").await?;
    ways::give_code(page, &page.code(Kind::Mail, 2).await?).await?;
    page.expect_step("password").await.map(drop)
}

async fn an_expired_code_says_so_and_offers_a_new_one(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    page.expect_words("code-expires").await?;
    page.type_into("code", "1234").await?;
    page.forward(Leap::FiveMinutes).await?;
    expect_dead(page, &page.expect_words("code-ended").await?).await?;
    page.submit().await?;
    page.expect_words("code-sent-again").await?;
    expect_live(page, &page.expect_words("code-expires").await?).await?;
    // The new code ends too, and the page no longer says that it was sent.
    page.forward(Leap::FiveMinutes).await?;
    let state = page.expect_words("code-ended").await?;
    expect_dead(page, &state).await?;
    ensure!(
        !page.says(&state, "code-sent-again"),
        "a code that has ended is still told of as new"
    );
    page.submit().await?;
    expect_live(page, &page.expect_words("code-expires").await?).await?;
    ways::give_code(page, &page.code(Kind::Mail, 3).await?).await?;
    page.expect_step("password").await.map(drop)
}

/// The page says that the code no longer works and what helps, and shows no text of a working code.
/// The field accepts no digits.
async fn expect_dead(page: &Page, state: &State) -> Result<()> {
    ensure!(page.says(state, "code-dead"), "not told: {}", state.text);
    for gone in ["code-sent-email", "code-expires", "wizard-continue"] {
        ensure!(!page.says(state, gone), "{gone} is said of a dead code");
    }
    expect_field(page, json!([true, ""])).await?;
    page.element("#postern-wizard-code")
        .await?
        .send_keys("12345678")
        .await
        .ok();
    expect_field(page, json!([true, ""])).await
}

/// Checks that the page asks for the sent code, in an empty field with the focus.
async fn expect_live(page: &Page, state: &State) -> Result<()> {
    for said in ["code-sent-email", "code-expires", "wizard-continue"] {
        ensure!(page.says(state, said), "{said} is not said: {}", state.text);
    }
    ensure!(
        !page.says(state, "code-dead"),
        "a live code is told as dead"
    );
    expect_field(page, json!([false, ""])).await?;
    page.eventually("the focus in the field", async |state: &State| {
        state.focus == "#postern-wizard-code"
    })
    .await
    .map(drop)
}

/// Checks whether the field of the code is read-only, and its value.
async fn expect_field(page: &Page, wanted: Value) -> Result<()> {
    let read = "const { readOnly, value } = document.querySelector('#postern-wizard-code');
        return [readOnly, value]";
    let there = page.ask(read, json!([])).await?;
    ensure!(there == wanted, "the field is {there}, and not {wanted}");
    Ok(())
}

async fn a_new_code_can_be_asked_for_after_a_countdown(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    let first = page.expect_words("code-new-in").await?;
    ensure!(
        !page.says(&first, "code-resend"),
        "it is offered during the countdown"
    );
    page.eventually("the countdown to count", async |state: &State| {
        page.says(state, "code-new-in") && state.text != first.text
    })
    .await?;
    page.get_over_cool_down().await?;
    page.press("code-resend").await?;
    page.expect_words("code-sent-again").await?;
    page.expect_words("code-new-in").await?;
    page.expect_sent(Kind::Mail, 2).await
}

async fn a_wait_of_a_day_is_told_by_the_day_and_the_time(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    let kept = ways::put_attempt_aside(page).await?;
    // Another attempt locks the account. The code of the first attempt still works, and no other
    // code is sent for a day.
    page.be(ADA).await?;
    page.submit().await?;
    page.expect_step("method").await?;
    ways::choose(page, "mobile-sms").await?;
    page.expect_step("phone").await?;
    for number in 1..=TRIES {
        ways::send_to(page, &format!("+44 7911 12345{number}")).await?;
        page.expect_problem("phone-mismatch").await?;
    }
    ways::send_to(page, "+44 7911 123450").await?;
    page.expect_step("locked").await?;
    ways::take_attempt_up(page, &kept).await?;
    page.expect_step_in_view("code").await?;
    let state = page.expect_words("code-new-from").await?;
    ensure!(
        !page.says(&state, "code-new-in"),
        "a day is counted down: {}",
        state.text
    );
    let tomorrow = "return String(new Date(Date.now() + 86_390_000).getFullYear())";
    let year = page.ask(tomorrow, json!([])).await?;
    let line = "return document.querySelector('.postern-code-line button').innerText";
    let line = page.ask(line, json!([])).await?;
    let told = (line.as_str(), year.as_str());
    ensure!(
        matches!(told, (Some(line), Some(year)) if line.contains(year)),
        "the button does not tell the day: {line}"
    );
    Ok(())
}

async fn an_earlier_code_is_told_from_a_wrong_one(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    let earlier = page.code(Kind::Mail, 1).await?;
    page.get_over_cool_down().await?;
    page.press("code-resend").await?;
    let newest = page.code(Kind::Mail, 2).await?;
    ways::give_code(page, &earlier).await?;
    page.expect_problem("code-superseded").await?;
    ways::give_code(page, &newest).await?;
    page.expect_step("password").await.map(drop)
}

async fn a_code_of_the_app_works_once_only_and_says_so(page: &Page) -> Result<()> {
    ways::to_code_of_app(page, HANA).await?;
    let code = page.code_of_app().await?;
    ways::give_code(page, &code).await?;
    page.expect_step("password").await?;
    page.be(HANA).await?;
    page.submit().await?;
    page.expect_step("code").await?;
    ways::give_code(page, &code).await?;
    page.expect_problem("code-used-authenticator").await?;
    ways::give_code(page, &page.next_code_of_app().await?).await?;
    page.expect_step("password").await.map(drop)
}

async fn the_focus_is_never_lost_by_asking_for_a_new_code(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    page.get_over_cool_down().await?;
    page.press("code-resend").await?;
    page.expect_words("code-sent-again").await?;
    page.eventually("the focus in the field", async |state: &State| {
        state.focus == "#postern-wizard-code"
    })
    .await
    .map(drop)
}

async fn a_code_stands_in_groups_however_it_is_typed(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    for (typed, shown) in [
        ("7780", "7780"),
        ("77805", "7780 5"),
        ("77805967", "7780 5967"),
        ("7780-5967", "7780 5967"),
        ("77 80 59 67", "7780 5967"),
        ("G-77805967", "G-77805967"),
    ] {
        page.type_into("code", typed).await?;
        let value = page.value_of("code").await?;
        ensure!(value == shown, "{typed:?} stands as {value:?}");
    }
    Ok(())
}

/// A code in the digits of another script, which begin at `zero`.
fn in_script(code: &str, zero: char) -> String {
    code.chars()
        .filter_map(|digit| char::from_u32(u32::from(zero) + digit.to_digit(10)?))
        .collect()
}
