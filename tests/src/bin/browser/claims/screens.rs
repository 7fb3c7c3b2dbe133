//! Every screen on a phone and on a desktop, light and dark, in both directions of writing.
//!
//! Two screens are not here, because they last only as long as an answer takes (resuming,
//! writing-back).

use anyhow::{Context, Result, ensure};
use serde_json::json;
use thirtyfour::Key;

use super::ways;
use crate::{
    engine::Engine,
    page::{
        Connection, Page, State,
        demo::Leap,
        look::{DESK, NARROWEST, PHONE, SMALL, Scheme, Viewport, WIDE},
    },
    people::{
        ADA, BRAM, CHEN, DALIA, ELIF, FEMKE, GEORGE, HANA, PASSWORD, PHONE_OF_ADA, PHONE_OF_BRAM,
        PHONE_OF_CHEN, PHONE_OF_FEMKE,
    },
    test::{Test, Trying, claims},
};

/// The languages of the pictures: one for each direction of writing.
const LANGUAGES: [&str; 2] = ["en", "ar"];
/// axe-core checks each scheme once in each language, on a phone or on a desktop. The other sizes
/// are only in pictures.
const LOOKS: [(Scheme, Viewport, bool); 6] = [
    (Scheme::Light, PHONE, true),
    (Scheme::Light, DESK, false),
    (Scheme::Dark, PHONE, false),
    (Scheme::Dark, DESK, true),
    (Scheme::Light, SMALL, false),
    (Scheme::Dark, WIDE, false),
];

/// A screen, and the way to it.
struct Screen {
    /// The name of the screen in the pictures.
    name: &'static str,
    reach: for<'a> fn(&'a Page) -> Trying<'a>,
}

/// Screens by their names, each with its way.
macro_rules! screens {
    ($($name:literal => |$page:ident| $way:expr),+ $(,)?) => {
        &[$(Screen {
            name: $name,
            reach: |$page| Box::pin(async move {
                $way.await?;
                Ok(())
            }),
        }),+]
    };
}

static SCREENS: &[Screen] = screens![
    "identify" => |page| page.open_demo(),
    "identify-problem" => |page| problem_at_first_step(page),
    "purpose" => |page| ways::to_purpose(page, ELIF),
    "method" => |page| ways::to_methods(page, ADA),
    "method-second-gate" => |page| ways::to_second_gate(page, FEMKE, PHONE_OF_FEMKE),
    "phone" => |page| ways::to_phone(page, ADA, "mobile-sms"),
    "phone-problem" => |page| problem_with_phone(page),
    "code-mail" => |page| ways::to_code_by_mail(page, ADA),
    "code-text" => |page| ways::to_code_by_text(page, BRAM, PHONE_OF_BRAM),
    "code-app" => |page| ways::to_code_of_app(page, HANA),
    "code-problem" => |page| problem_with_code(page),
    "code-last-try" => |page| last_try(page),
    "code-under-lock" => |page| ways::to_code_in_spite_of_a_lock(page),
    "code-under-lock-problem" => |page| problem_under_lock(page),
    "call" => |page| ways::to_call(page, CHEN, "mobile-call", PHONE_OF_CHEN),
    "call-failed" => |page| call_failed(page),
    "questions" => |page| ways::to_questions(page, DALIA),
    "password" => |page| ways::to_password(page, ADA),
    "password-typed" => |page| password_typed(page),
    "password-problem" => |page| problem_with_password(page),
    "unlock" => |page| ways::to_unlock(page, ELIF),
    "leave" => |page| leave(page),
    "done-reset" => |page| ways::to_done(page, ADA),
    "done-reset-soon" => |page| ways::to_done(page, GEORGE),
    "done-unlock" => |page| done_unlocked(page),
    "refused-tenant-disabled" => |page| refused(page, "tenant-disabled"),
    "refused-no-policy" => |page| refused(page, "no-policy"),
    "refused-not-licensed" => |page| refused(page, "not-licensed"),
    "refused-not-in-group" => |page| refused(page, "not-in-group"),
    "refused-account-not-enabled" => |page| refused(page, "account-not-enabled"),
    "refused-could-not-verify" => |page| refused(page, "could-not-verify"),
    "refused-not-properly-configured" => |page| refused(page, "not-properly-configured"),
    "refused-managed-elsewhere" => |page| refused(page, "managed-elsewhere"),
    "refused-write-back-not-enabled" => |page| refused(page, "write-back-not-enabled"),
    "refused-on-premises-admin-action" => |page| refused(page, "on-premises-admin-action"),
    "refused-on-premises-connectivity" => |page| refused(page, "on-premises-connectivity"),
    "locked" => |page| locked(page),
    "ending" => |page| ending(page),
    "ended" => |page| ended(page),
    "ended-superseded" => |page| ways::to_superseded(page),
    "lost" => |page| lost(page),
    "support" => |page| support(page),
    "failure" => |page| page.open_torn("en"),
];

pub(super) fn claims() -> Vec<Test> {
    let screen = |screen: &'static Screen| {
        let name = format!("{}_is_accessible", screen.name.replace('-', "_"));
        Test::new("screens", &name, move |page| Box::pin(screen.check(page)))
    };
    let mut tests: Vec<Test> = SCREENS.iter().map(screen).collect();
    tests.extend(
        claims!["screens": broken_is_accessible, the_demo_is_a_sheet_on_a_phone_and_accessible],
    );
    let only = |test: Test| {
        test.only_in(
            &[Engine::Chromium],
            "only Chromium's driver emulates a phone and the dark",
        )
    };
    tests.into_iter().map(only).collect()
}

impl Screen {
    /// Goes to the screen, and checks it in every way.
    async fn check(&self, page: &Page) -> Result<()> {
        (self.reach)(page).await?;
        for language in LANGUAGES {
            if page.state().await?.language != language {
                page.speak(language).await?;
            }
            look(page, self.name, language).await?;
        }
        Ok(())
    }
}

/// Checks a screen in every way, in its current language.
async fn look(page: &Page, screen: &str, language: &str) -> Result<()> {
    page.see_in(NARROWEST).await?;
    page.expect_no_horizontal_scroll()
        .await
        .with_context(|| format!("in {language}, at {} px", NARROWEST.width))?;
    page.expect_large_targets().await?;
    for (scheme, viewport, is_judged) in LOOKS {
        page.see_as(scheme).await?;
        page.see_in(viewport).await?;
        let name = format!("{screen}.{language}.{scheme}.{}", viewport.width);
        page.expect_no_horizontal_scroll()
            .await
            .with_context(|| format!("in {name}"))?;
        page.picture(&name).await?;
        if is_judged {
            page.expect_accessible()
                .await
                .with_context(|| format!("in {name}"))?;
        }
    }
    Ok(())
}

/// Checks the page after a panic. It has no choice of language any more, so the test chooses each
/// language before.
async fn broken_is_accessible(page: &Page) -> Result<()> {
    for language in LANGUAGES {
        page.open_demo().await?;
        if page.state().await?.language != language {
            page.speak(language).await?;
        }
        page.break_down().await?;
        look(page, "broken", language).await?;
    }
    Ok(())
}

async fn problem_at_first_step(page: &Page) -> Result<()> {
    page.open_demo().await?;
    page.submit().await?;
    page.expect_problem("identify-empty").await.map(drop)
}

async fn problem_under_lock(page: &Page) -> Result<()> {
    ways::to_code_in_spite_of_a_lock(page).await?;
    ways::give_code(page, "12345678").await?;
    page.expect_problem("still-open").await.map(drop)
}

async fn problem_with_phone(page: &Page) -> Result<()> {
    ways::to_phone(page, ADA, "mobile-sms").await?;
    ways::send_to(page, "+44 7911 123456").await?;
    page.expect_problem("phone-mismatch").await.map(drop)
}

async fn problem_with_code(page: &Page) -> Result<()> {
    ways::to_code_by_text(page, ADA, PHONE_OF_ADA).await?;
    ways::give_code(page, "1234").await?;
    page.expect_problem("code-too-short").await.map(drop)
}

async fn last_try(page: &Page) -> Result<()> {
    const WRONG: usize = 5;
    ways::to_code_by_mail(page, ADA).await?;
    for number in 0..WRONG {
        ways::give_code(page, &format!("1234567{number}")).await?;
        page.eventually("a verdict on the code", async |state: &State| {
            state.focus == "summary" && !state.is_busy
        })
        .await?;
    }
    page.get_over_cool_down().await?;
    page.press("code-resend").await?;
    page.expect_words("last-try").await.map(drop)
}

async fn call_failed(page: &Page) -> Result<()> {
    ways::to_call(page, CHEN, "mobile-call", PHONE_OF_CHEN).await?;
    page.hang_up().await?;
    page.expect_words("call-failed").await.map(drop)
}

async fn password_typed(page: &Page) -> Result<()> {
    ways::to_password(page, ADA).await?;
    page.type_into("password", PASSWORD).await?;
    page.press("password-show-short").await?;
    page.expect_words("password-visible").await.map(drop)
}

async fn problem_with_password(page: &Page) -> Result<()> {
    ways::to_password(page, ADA).await?;
    page.type_into("password", "aB3$x").await?;
    page.submit().await?;
    page.expect_problem("password-too-short").await.map(drop)
}

async fn leave(page: &Page) -> Result<()> {
    ways::to_password(page, ADA).await?;
    page.back().await?;
    page.expect_step("leave").await.map(drop)
}

async fn done_unlocked(page: &Page) -> Result<()> {
    ways::to_unlock(page, ELIF).await?;
    page.submit().await?;
    page.expect_step("done").await.map(drop)
}

async fn refused(page: &Page, persona: &str) -> Result<()> {
    page.begin_as(persona).await?;
    page.expect_step("refused").await?;
    page.press("refusal-details").await
}

async fn locked(page: &Page) -> Result<()> {
    page.begin_as("locked").await?;
    page.expect_step("locked").await.map(drop)
}

async fn ending(page: &Page) -> Result<()> {
    ways::to_password(page, ADA).await?;
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

async fn ended(page: &Page) -> Result<()> {
    ways::to_password(page, ADA).await?;
    page.forward(Leap::Quarter).await?;
    page.expect_step("ended").await.map(drop)
}

async fn lost(page: &Page) -> Result<()> {
    ways::to_phone(page, ADA, "mobile-sms").await?;
    page.connect(Connection::Offline).await?;
    ways::send_to(page, PHONE_OF_ADA).await?;
    page.expect_problem("lost-body").await.map(drop)
}

async fn support(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    page.open_support().await.map(drop)
}

async fn the_demo_is_a_sheet_on_a_phone_and_accessible(page: &Page) -> Result<()> {
    ways::to_code_by_text(page, ADA, PHONE_OF_ADA).await?;
    for language in LANGUAGES {
        page.see_in(PHONE).await?;
        if language != "en" {
            page.speak(language).await?;
        }
        for scheme in [Scheme::Light, Scheme::Dark] {
            page.see_as(scheme).await?;
            page.see_in(PHONE).await?;
            page.element(".postern-demo-open").await?.click().await?;
            page.see_in(NARROWEST).await?;
            page.expect_no_horizontal_scroll().await?;
            page.see_in(PHONE).await?;
            page.picture(&format!("demo.{language}.{scheme}.{}", PHONE.width))
                .await?;
            page.expect_all_accessible()
                .await
                .with_context(|| format!("the sheet in {language}, {scheme}"))?;
            page.keys(Key::Escape).await?;
            let closed = "return [document.activeElement.className, document.querySelector('.postern-demo').checkVisibility()]";
            page.eventually("the sheet to close", async |_: &State| {
                let closed = page.ask(closed, json!([])).await;
                closed.is_ok_and(|closed| closed == json!(["postern-demo-open", false]))
            })
            .await?;
            page.see_in(DESK).await?;
            page.expect_all_accessible()
                .await
                .with_context(|| format!("the column in {language}, {scheme}"))?;
        }
    }
    let sheet = page
        .ask(
            "return document.querySelector('.postern-demo').checkVisibility()",
            json!([]),
        )
        .await?;
    ensure!(sheet == json!(true), "on a desk the demo is not there");
    Ok(())
}
