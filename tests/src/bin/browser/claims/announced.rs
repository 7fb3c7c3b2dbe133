//! Claims about announcements of changes that happen by themselves: they appear in an existing
//! place, when the change happens and not before.

use anyhow::{Result, ensure};
use serde_json::json;

use super::ways;
use crate::{
    page::{Page, State, demo::Leap},
    people::{ADA, CHEN, PHONE_OF_CHEN},
    test::{Test, claims},
};

pub(super) fn claims() -> Vec<Test> {
    claims!["announced":
        that_a_code_can_be_asked_for_and_that_one_has_ended,
        that_a_person_can_be_called_again,
    ]
}

/// Marks the places for announcements: screen readers do not read a place that appears together
/// with its text.
async fn mark_places(page: &Page) -> Result<()> {
    let mark = "const places = [...document.querySelectorAll('.postern-hidden[role=status]')];
        for (const place of places) place.dataset.wasThere = '';
        return places.length";
    let places = page.ask(mark, json!([])).await?;
    ensure!(places != json!(0), "there is no place to announce in");
    Ok(())
}

/// The announcements in places that existed before.
async fn announced(page: &Page) -> Result<String> {
    let read =
        "return [...document.querySelectorAll('.postern-hidden[role=status][data-was-there]')]
        .map(place => place.textContent).join(' ')";
    let said = page.ask(read, json!([])).await?;
    Ok(said.as_str().unwrap_or_default().to_owned())
}

async fn expect_announced(page: &Page, key: &str) -> Result<()> {
    let wanted = page.lab.given.words.of("en", key)?;
    page.eventually(format!("{key} to be announced"), async |_: &State| {
        let said = announced(page).await;
        said.is_ok_and(|said| wanted.is_in(&said))
    })
    .await
    .map(drop)
}

async fn expect_silence(page: &Page, keys: &[&str]) -> Result<()> {
    let said = announced(page).await?;
    for key in keys {
        let early = page.lab.given.words.of("en", key)?.is_in(&said);
        ensure!(!early, "{key} is announced too early: {said}");
    }
    Ok(())
}

async fn that_a_code_can_be_asked_for_and_that_one_has_ended(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    mark_places(page).await?;
    expect_silence(page, &["code-resend-ready", "code-ended"]).await?;
    page.get_over_cool_down().await?;
    expect_announced(page, "code-resend-ready").await?;
    expect_silence(page, &["code-ended"]).await?;
    page.forward(Leap::FiveMinutes).await?;
    expect_announced(page, "code-ended").await?;
    expect_silence(page, &["code-resend-ready"]).await?;
    // With a new code the announcements begin again.
    page.submit().await?;
    page.expect_words("code-sent-again").await?;
    expect_silence(page, &["code-resend-ready", "code-ended"]).await?;
    page.get_over_cool_down().await?;
    expect_announced(page, "code-resend-ready").await
}

async fn that_a_person_can_be_called_again(page: &Page) -> Result<()> {
    ways::to_call(page, CHEN, "mobile-call", PHONE_OF_CHEN).await?;
    mark_places(page).await?;
    expect_silence(page, &["call-retry-ready"]).await?;
    expect_announced(page, "call-retry-ready").await?;
    page.press("call-retry").await?;
    page.expect_words("call-waiting").await?;
    expect_silence(page, &["call-retry-ready"]).await?;
    expect_announced(page, "call-retry-ready").await
}
