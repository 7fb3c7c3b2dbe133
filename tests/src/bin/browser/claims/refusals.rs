//! Every refusal: what happened, what to do, who can help, and the line that a person reads to a
//! helpdesk.

use anyhow::{Result, ensure};

use super::ways;
use crate::{
    page::{Page, State},
    people::NOBODY,
    test::{Test, claims},
};

/// A refusal: its persona, which has the same name, and the reference's code for it, if it has one
/// (Microsoft Entra documentation, `troubleshoot-sspr`).
type Refusal = (&'static str, Option<&'static str>);

const REFUSALS: [Refusal; 11] = [
    ("tenant-disabled", Some("SSPR_0009")),
    ("write-back-not-enabled", Some("SSPR_0010")),
    ("no-policy", Some("SSPR_0011")),
    ("not-licensed", Some("SSPR_0012")),
    ("not-in-group", Some("SSPR_0013")),
    ("not-properly-configured", Some("SSPR_0014")),
    ("on-premises-admin-action", Some("SSPR_0029")),
    ("on-premises-connectivity", Some("SSPR_0030")),
    ("account-not-enabled", None),
    ("could-not-verify", None),
    ("managed-elsewhere", None),
];

pub(super) fn claims() -> Vec<Test> {
    let mut tests: Vec<Test> = REFUSALS.into_iter().map(refusal).collect();
    tests.extend(claims!["refusals":
        a_person_who_is_locked_is_told_until_when,
        an_unknown_identifier_is_led_on_as_if_it_were_known,
        after_a_refusal_one_can_start_again,
        a_refusal_is_told_again_after_a_reload_until_one_starts_again,
    ]);
    tests
}

/// The claims that the service has to keep: one refusal, because the judge has them all.
pub(super) fn claims_of_service() -> Vec<Test> {
    let refused = |test: &Test| test.name().contains("not_licensed");
    let mut tests: Vec<Test> = REFUSALS.into_iter().map(refusal).filter(refused).collect();
    tests.extend(claims!["refusals":
        an_unknown_identifier_is_led_on_as_if_it_were_known,
        a_refusal_is_told_again_after_a_reload_until_one_starts_again,
    ]);
    tests
}

fn refusal(refusal: Refusal) -> Test {
    let name = format!(
        "{}_says_what_to_do_and_who_can_help",
        refusal.0.replace('-', "_")
    );
    Test::new("refusals", &name, move |page| {
        Box::pin(is_explained(page, refusal))
    })
}

async fn is_explained(page: &Page, (name, code): Refusal) -> Result<()> {
    page.begin_as(name).await?;
    page.expect_step("refused").await?;
    page.expect_words(&format!("refusal-{name}-title")).await?;
    page.expect_words(&format!("refusal-{name}-do")).await?;
    let state = page.expect_words("refusal-who-can-help").await?;
    let ways_to_help = [
        "refusal-help-request",
        "refusal-help-link",
        "refusal-help-ask",
    ];
    ensure!(
        ways_to_help.iter().any(|way| page.says(&state, way)),
        "the page names no way to help: {}",
        state.text
    );
    page.press("refusal-details").await?;
    let state = page.expect_words(&format!("refusal-{name}-detail")).await?;
    if let Some(code) = code {
        ensure!(
            state.text.contains(code),
            "{code} is not there: {}",
            state.text
        );
    }
    Ok(())
}

async fn a_person_who_is_locked_is_told_until_when(page: &Page) -> Result<()> {
    page.begin_as("locked").await?;
    page.expect_step("locked").await?;
    // The day and the time, in the browser's time zone.
    let tomorrow = "const then = new Date(Date.now() + 24 * 60 * 60 * 1000);
        return new Intl.DateTimeFormat('en', { dateStyle: 'full' }).format(then)";
    let tomorrow = page.ask(tomorrow, serde_json::json!([])).await?;
    let tomorrow = tomorrow.as_str().unwrap_or_default().to_owned();
    page.expect_words("locked-until").await?;
    page.eventually("the day after this one", async |state: &State| {
        state.text.contains(&tomorrow)
    })
    .await?;
    page.expect_words("locked-do").await.map(drop)
}

async fn an_unknown_identifier_is_led_on_as_if_it_were_known(page: &Page) -> Result<()> {
    page.begin_as(NOBODY).await?;
    let first = page
        .eventually("a step of an attempt", async |state: &State| {
            !["identify", ""].contains(&state.step.as_str()) && !state.is_busy
        })
        .await?;
    // The page does not ask for the method if there is only one.
    if first.step == "method" {
        let offered = page.offered("method").await?;
        ensure!(!offered.is_empty(), "nothing is offered");
        ways::choose(page, &offered[0]).await?;
    }
    let next = page
        .eventually("the next step", async |state: &State| {
            !["method", ""].contains(&state.step.as_str()) && !state.is_busy
        })
        .await?;
    ensure!(
        ["code", "phone", "questions"].contains(&next.step.as_str()),
        "an unknown identifier is led to {}",
        next.step
    );
    Ok(())
}

async fn after_a_refusal_one_can_start_again(page: &Page) -> Result<()> {
    page.begin_as("not-licensed").await?;
    page.expect_step("refused").await?;
    page.press("wizard-start-again").await?;
    page.expect_step("identify").await?;
    ensure!(
        page.value_of("identifier").await?.is_empty(),
        "the name is still there"
    );
    Ok(())
}

async fn a_refusal_is_told_again_after_a_reload_until_one_starts_again(page: &Page) -> Result<()> {
    page.begin_as("not-licensed").await?;
    page.expect_step("refused").await?;
    page.reload().await?;
    page.expect_step_in_view("refused").await?;
    page.expect_words("refusal-not-licensed-do").await?;
    page.press("wizard-start-again").await?;
    page.expect_step("identify").await?;
    page.reload().await?;
    page.expect_step_in_view("identify").await?;
    ensure!(
        page.value_of("identifier").await?.is_empty(),
        "the name is in the field"
    );
    Ok(())
}
