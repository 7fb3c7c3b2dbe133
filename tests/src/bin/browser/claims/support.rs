//! The support panel: everything that a helpdesk asks, on every page, copied with one press.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::ways;
use crate::{
    page::{Kind, Page},
    people::{ADA, NAME_OF_ADA},
    test::{Test, claims},
    words::plain,
};

pub(super) fn claims() -> Vec<Test> {
    claims!["support":
        the_panel_has_everything_that_a_helpdesk_asks,
        the_support_code_is_there_before_anything_is_sent,
        everything_is_copied_in_one_press,
        the_administrator_can_be_told_once,
        the_administrator_can_be_told_by_a_person_who_was_refused,
        what_helps_most_is_the_one_filled_button_of_an_end,
        a_page_that_breaks_says_so_and_a_reload_goes_on,
    ]
}

async fn the_panel_has_everything_that_a_helpdesk_asks(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    let panel = page.open_support().await?;
    let guids = panel
        .split_whitespace()
        .filter(|word| is_guid(word))
        .count();
    ensure!(
        guids == 3,
        "support code, SID and CID are not there: {panel}"
    );
    for label in [
        "support-label-code",
        "support-label-sid",
        "support-label-cid",
        "support-label-page",
        "support-label-time",
    ] {
        page.expect_words(label).await?;
    }
    ensure!(
        panel.contains(NAME_OF_ADA),
        "the account is not there: {panel}"
    );
    // The browser's time zone is Amsterdam, which has several names.
    ensure!(
        ["GMT+1", "GMT+2", "CET", "CEST"]
            .iter()
            .any(|zone| panel.contains(zone)),
        "the time has no zone: {panel}"
    );
    ensure!(
        panel.contains("code-1-email"),
        "the page is not named: {panel}"
    );
    Ok(())
}

async fn the_support_code_is_there_before_anything_is_sent(page: &Page) -> Result<()> {
    page.open_demo().await?;
    let panel = page.open_support().await?;
    ensure!(
        panel.split_whitespace().any(is_guid),
        "there is no support code: {panel}"
    );
    let strip = page
        .ask(
            "return document.querySelector('[aria-controls=postern-wizard-support]').innerText",
            json!([]),
        )
        .await?;
    ensure!(
        plain(strip.as_str().unwrap_or_default())
            // The character that keeps the code in one line.
            .replace('\u{2060}', "")
            .split(' ')
            .any(is_short),
        "the strip has no code to read out: {strip}"
    );
    Ok(())
}

async fn everything_is_copied_in_one_press(page: &Page) -> Result<()> {
    ways::to_methods(page, ADA).await?;
    let panel = page.open_support().await?;
    page.press("support-copy").await?;
    let state = page
        .eventually("a word on the copy", async |state: &crate::page::State| {
            page.says(state, "support-copied") || page.says(state, "support-copy-failed")
        })
        .await?;
    ensure!(
        page.says(&state, "support-copied"),
        "the browser did not let it copy"
    );
    // The page confirms the action in its current language.
    page.speak("ar").await?;
    page.expect_words("support-copied").await?;
    let code = panel
        .split_whitespace()
        .find(|word| is_guid(word))
        .unwrap_or_default()
        .to_owned();
    page.back().await?;
    page.expect_step("identify").await?;
    page.type_into("identifier", "").await?;
    page.paste_from_clipboard("identifier").await?;
    let pasted = page.value_of("identifier").await?;
    ensure!(pasted.contains(&code), "the clipboard has {pasted:?}");
    Ok(())
}

async fn the_administrator_can_be_told_once(page: &Page) -> Result<()> {
    ways::to_methods(page, ADA).await?;
    page.open_support().await?;
    page.press("support-contact").await?;
    let state = page.expect_words("support-contacted").await?;
    ensure!(state.step == "method", "the step is {}", state.step);
    page.expect_sent(Kind::Mail, 1).await
}

async fn the_administrator_can_be_told_by_a_person_who_was_refused(page: &Page) -> Result<()> {
    page.begin_as("not-licensed").await?;
    page.expect_step("refused").await?;
    let panel = page.open_support().await?;
    ensure!(
        panel.contains("SSPR_0012") && panel.contains("(refused)"),
        "the reason and the page are not there: {panel}"
    );
    page.press("support-contact").await?;
    let state = page.expect_words("support-contacted").await?;
    ensure!(state.step == "refused", "the step is {}", state.step);
    // The button has disappeared, and the focus is on the result.
    let focus = "return document.activeElement.closest('.postern-contact') !== null";
    ensure!(
        page.ask(focus, json!([])).await? == json!(true),
        "the focus is on {}",
        page.state().await?.focus
    );
    page.expect_sent(Kind::Mail, 1).await
}

async fn what_helps_most_is_the_one_filled_button_of_an_end(page: &Page) -> Result<()> {
    for (persona, step, helps) in [
        ("not-licensed", "refused", "support-contact"),
        ("on-premises-connectivity", "refused", "lost-retry"),
        ("locked", "locked", "support-contact"),
    ] {
        page.begin_as(persona).await?;
        page.expect_step(step).await?;
        let filled = filled(page).await?;
        let wanted = json!([page.words(helps)?]);
        ensure!(filled == wanted, "of {persona} are filled {filled}");
    }
    Ok(())
}

/// The texts of the filled buttons.
async fn filled(page: &Page) -> Result<Value> {
    let filled = "return [...document.querySelectorAll('[data-postern] .postern-button')].map(button => button.innerText)";
    page.ask(filled, json!([])).await
}

async fn a_page_that_breaks_says_so_and_a_reload_goes_on(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    let panel = page.open_support().await?;
    let code = panel.split_whitespace().find(|word| is_short(word));
    let code = code.unwrap_or_default().to_owned();
    ensure!(!code.is_empty(), "there is no short code: {panel}");
    let state = page.break_down().await?;
    ensure!(
        state.focus == "heading" && state.is_named_after_heading(),
        "{state}"
    );
    ensure!(
        state.text.contains(&code),
        "the support code {code} is not on the page: {}",
        state.text
    );
    page.press("broken-reload").await?;
    page.expect_step_in_view("code").await.map(drop)
}

/// Whether the word has eight characters that a person can read out.
fn is_short(word: &str) -> bool {
    let groups: Vec<&str> = word.split('-').collect();
    groups.len() == 2
        && groups.iter().all(|group| {
            group.len() == 4
                && group
                    .chars()
                    .all(|letter| letter.is_ascii_digit() || letter.is_ascii_uppercase())
        })
}

fn is_guid(word: &str) -> bool {
    let groups: Vec<usize> = word.split('-').map(str::len).collect();
    groups == [8, 4, 4, 4, 12]
        && word
            .chars()
            .all(|letter| letter == '-' || letter.is_ascii_hexdigit())
}
