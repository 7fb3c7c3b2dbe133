//! Languages: chosen on any page, kept, written in their own direction, and numbers in none of them reversed.

use anyhow::{Result, ensure};
use serde_json::json;

use super::ways;
use crate::{
    page::Page,
    people::{ADA, NAME_OF_ADA, PHONE_OF_ADA},
    test::{Test, claims},
    words::LANGUAGES,
};

pub(super) fn claims() -> Vec<Test> {
    claims!["languages":
        a_change_of_language_keeps_the_step_and_what_was_typed,
        a_problem_is_said_in_the_new_language,
        a_choice_is_kept_for_the_next_time,
        the_address_can_ask_for_a_language,
        numbers_and_addresses_stand_left_to_right,
    ]
}

async fn a_change_of_language_keeps_the_step_and_what_was_typed(page: &Page) -> Result<()> {
    ways::to_phone(page, ADA, "mobile-sms").await?;
    page.type_into("phone", PHONE_OF_ADA).await?;
    for language in ["nl", "ar", "de", "en"] {
        page.speak(language).await?;
        let state = page.expect_words("phone-title-text").await?;
        ensure!(
            state.step == "phone",
            "the step is {} in {language}",
            state.step
        );
        let direction = if language == "ar" { "rtl" } else { "ltr" };
        ensure!(
            state.direction == direction,
            "{language} is written {}",
            state.direction
        );
        ensure!(
            page.value_of("phone").await? == PHONE_OF_ADA,
            "what was typed is gone in {language}"
        );
        let of_page = page
            .ask(
                "return [document.documentElement.lang, document.documentElement.dir]",
                json!([]),
            )
            .await?;
        ensure!(
            of_page == json!([language, direction]),
            "the page itself says {of_page}"
        );
        ensure!(
            state.is_named_after_heading(),
            "the tab says {:?}",
            state.title
        );
    }
    page.speak("ar").await?;
    page.submit().await?;
    page.expect_step("code").await.map(drop)
}

async fn a_problem_is_said_in_the_new_language(page: &Page) -> Result<()> {
    page.open_demo().await?;
    page.submit().await?;
    page.expect_problem("identify-empty").await?;
    for language in LANGUAGES.into_iter().rev() {
        page.speak(language).await?;
        page.expect_words("identify-empty").await?;
        page.expect_words("summary-title").await?;
    }
    Ok(())
}

async fn a_choice_is_kept_for_the_next_time(page: &Page) -> Result<()> {
    ways::to_methods(page, ADA).await?;
    page.speak("nl").await?;
    page.reload().await?;
    page.expect_step("method").await?;
    let state = page.expect_words("method-title").await?;
    ensure!(
        state.language == "nl",
        "after a reload it speaks {}",
        state.language
    );
    page.close_for_a_new_tab().await?;
    page.visit(&page.lab.demo().await?.url).await?;
    page.expect_wizard().await?;
    let state = page.expect_words("identify-title").await?;
    ensure!(
        state.language == "nl",
        "in a new tab it speaks {}",
        state.language
    );
    Ok(())
}

async fn the_address_can_ask_for_a_language(page: &Page) -> Result<()> {
    let url = format!("{}?lang=ar", page.lab.demo().await?.url);
    page.open(&url).await?;
    let state = page.expect_words("identify-title").await?;
    ensure!(
        (state.language.as_str(), state.direction.as_str()) == ("ar", "rtl"),
        "it speaks {} {}",
        state.language,
        state.direction
    );
    Ok(())
}

async fn numbers_and_addresses_stand_left_to_right(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    page.speak("ar").await?;
    let script = "return [getComputedStyle(document.querySelector('[id$=-code]')).direction,
        getComputedStyle(document.querySelector('.postern')).direction]";
    let directions = page.ask(script, json!([])).await?;
    ensure!(
        directions == json!(["ltr", "rtl"]),
        "code and page are written {directions}"
    );
    // The username is kept apart from the words around it (Unicode UAX 9, isolates).
    let lead = "return document.querySelector('.postern-account').textContent";
    let lead = page.ask(lead, json!([])).await?;
    let lead = lead.as_str().unwrap_or_default();
    let isolated = |text: &str| {
        let inside = text.split(['\u{2066}', '\u{2068}']).skip(1);
        inside
            .filter_map(|part| part.split('\u{2069}').next())
            .any(|part| part.contains('@'))
    };
    ensure!(isolated(lead), "the username is not isolated in {lead:?}");
    let name = page.open_support().await?;
    ensure!(
        name.contains(NAME_OF_ADA),
        "the panel does not name {NAME_OF_ADA}: {name}"
    );
    Ok(())
}
