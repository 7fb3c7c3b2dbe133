//! Whose account it is stands at every step, what was done is told after a reload, and the last warning has help in it.

use anyhow::{Result, bail, ensure};
use serde_json::json;

use super::ways;
use crate::{
    page::{Page, State},
    people::{ADA, HANA, NAME_OF_ADA},
    test::{Test, claims},
};

/// No limit of the reference is higher than ten.
const TRIES_MAX: usize = 11;

pub(super) fn claims() -> Vec<Test> {
    claims!["account":
        a_slip_of_the_name_is_seen_and_can_be_mended_at_every_step,
        after_a_reload_of_the_end_it_is_told_that_it_was_done,
        the_last_warning_has_the_way_to_the_administrator_in_it,
        a_number_is_in_one_line_however_narrow_the_page,
    ]
}

async fn a_slip_of_the_name_is_seen_and_can_be_mended_at_every_step(page: &Page) -> Result<()> {
    ways::to_methods(page, ADA).await?;
    for step in ["method", "code"] {
        if step == "code" {
            ways::choose(page, "email").await?;
            page.expect_step("code").await?;
        }
        let line = page.element(".postern-account").await?.text().await?;
        ensure!(line.contains(NAME_OF_ADA), "{step} says {line:?}");
    }
    page.press("account-change").await?;
    page.expect_step("identify").await?;
    ensure!(
        page.value_of("identifier").await? == NAME_OF_ADA,
        "the name is gone"
    );
    let state = page.state().await?;
    ensure!(
        !page.says(&state, "account-change"),
        "the first step offers to change what is in its field"
    );
    page.type_into("identifier", "dalia@contoso.example")
        .await?;
    page.submit().await?;
    page.expect_step("questions").await.map(drop)
}

async fn after_a_reload_of_the_end_it_is_told_that_it_was_done(page: &Page) -> Result<()> {
    ways::to_done(page, ADA).await?;
    page.reload().await?;
    let state = page.expect_words("identify-reset-before").await?;
    ensure!(state.step == "identify", "the step is {}", state.step);
    ensure!(!state.text.contains(NAME_OF_ADA), "the name is on the page");
    page.be(ADA).await?;
    page.submit().await?;
    page.expect_step("method").await?;
    page.back().await?;
    let state = page.expect_step("identify").await?;
    ensure!(
        !page.says(&state, "identify-reset-before"),
        "another attempt has begun and it is still told"
    );
    Ok(())
}

async fn the_last_warning_has_the_way_to_the_administrator_in_it(page: &Page) -> Result<()> {
    ways::to_code_of_app(page, HANA).await?;
    let help = "return document.querySelector('.postern-summary .postern-contact button') !== null";
    let mut had_help = false;
    for number in 0..TRIES_MAX {
        let wrong = ways::another(&page.code_of_app().await?, number);
        ways::give_code(page, &wrong).await?;
        let state = page
            .eventually("a verdict on the code", async |state: &State| {
                !state.is_busy && (state.step == "locked" || state.focus == "summary")
            })
            .await?;
        if state.step == "locked" {
            ensure!(
                had_help,
                "before the lock the page offered no way to ask for help"
            );
            return Ok(());
        }
        had_help = page.ask(help, json!([])).await? == json!(true);
    }
    bail!("{TRIES_MAX} wrong codes did not lock");
}

async fn a_number_is_in_one_line_however_narrow_the_page(page: &Page) -> Result<()> {
    ways::to_phone(page, ADA, "mobile-sms").await?;
    for language in ["en", "ar"] {
        page.speak(language).await?;
        let script = "const [text] = [...document.querySelector('.postern-lead').childNodes];
            const column = document.querySelector('.postern');
            const broken = [];
            for (let width = 140; width < 480; width += 20) {
                column.style.inlineSize = `${width}px`;
                for (const [found] of text.data.matchAll(/\\u2066[^\\u2069]+\\u2069/g)) {
                    const range = document.createRange();
                    const start = text.data.indexOf(found);
                    range.setStart(text, start);
                    range.setEnd(text, start + found.length);
                    const lines = new Set([...range.getClientRects()].map(rect => Math.round(rect.top)));
                    if (lines.size > 1) broken.push([width, found]);
                }
            }
            column.style.inlineSize = '';
            return broken";
        let broken = page.ask(script, json!([])).await?;
        ensure!(broken == json!([]), "in {language} broken are {broken}");
    }
    Ok(())
}
