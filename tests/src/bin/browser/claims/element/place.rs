//! Claims about the place that the element reserves, and its content if the wizard does not appear
//! or appears in an older way.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use thirtyfour::{By, Key};

use super::portal::{
    ELEMENT, NAME, expect_no_violation, have, heard, identify, portal, visit, written,
};
use crate::{
    engine::Engine,
    foreign::Foreign,
    page::{
        Page,
        look::{DESK, NARROWEST, PHONE},
    },
    site::Draft,
    test::{Test, claims},
};

pub(super) fn claims() -> Vec<Test> {
    let mut claims = claims!["element":
        a_wizard_that_cannot_come_says_so_and_leaves_what_stood_there,
        a_wizard_that_could_not_be_fetched_comes_once_it_is_asked_for_again,
        a_wizard_that_breaks_is_told,
        without_constructed_sheets_it_looks_the_same,
    ];
    let measured = claims!["element":
        nothing_shifts_when_the_wizard_comes,
        the_place_is_large_enough_in_every_language,
    ];
    claims.extend(measured.into_iter().map(|test| {
        test.only_in(
            &[Engine::Chromium],
            "only Chromium counts layout shifts and shows a page as narrow as a phone",
        )
    }));
    claims
}

async fn nothing_shifts_when_the_wizard_comes(page: &Page) -> Result<()> {
    for viewport in [DESK, PHONE, NARROWEST] {
        page.see_in(viewport).await?;
        for name in ["early.html", "late.html", "floating.html", "hostile.html"] {
            portal(page, name).await?;
            let shifted = written(page, "shifted").await?;
            ensure!(
                shifted == Value::Null,
                "{name} shifted by {shifted} at {} px",
                viewport.width
            );
        }
    }
    // The measure works: if anything above the foot of the page grows, the foot shifts.
    let grow = "document.querySelector('h1').append(document.createElement('br'), 'and more')";
    page.see_in(DESK).await?;
    portal(page, "early.html").await?;
    page.ask(grow, json!([])).await?;
    page.eventually("a shift", async |_| {
        written(page, "shifted")
            .await
            .is_ok_and(|shifted| shifted != Value::Null)
    })
    .await
    .map(drop)
}

async fn the_place_is_large_enough_in_every_language(page: &Page) -> Result<()> {
    page.see_in(NARROWEST).await?;
    let wizard = portal(page, "early.html").await?;
    let height = async || -> Result<f64> {
        let script =
            "return document.querySelector('postern-reset').getBoundingClientRect().height";
        Ok(serde_json::from_value(page.ask(script, json!([])).await?)?)
    };
    for language in ["en", "nl", "de", "ar"] {
        have(page, json!(["setLocale", language])).await?;
        wizard
            .eventually(language, async |state| state.language == language)
            .await?;
        let (height, kept) = (height().await?, 36.0 * 16.0);
        ensure!(
            height <= kept,
            "{language} needs {height} px, and {kept} are kept"
        );
    }
    Ok(())
}

async fn a_wizard_that_cannot_come_says_so_and_leaves_what_stood_there(page: &Page) -> Result<()> {
    let torn = Draft::of(&page.lab.given.site)?.torn(".wasm")?;
    let foreign = Foreign::serve(torn, page.lab.reports.port, &page.lab.given).await?;
    page.visit(&format!("{}fallback.html", foreign.portal.url))
        .await?;
    heard(page, "error", json!({ "reason": "unavailable" })).await?;
    let text = page
        .ask(
            "return document.querySelector('postern-reset').innerText.trim()",
            json!([]),
        )
        .await?;
    ensure!(text == json!("Call the helpdesk."), "it says {text}");
    // The console also reports the cut-off file.
    page.errors_in_console().await.map(drop)
}

async fn a_wizard_that_could_not_be_fetched_comes_once_it_is_asked_for_again(
    page: &Page,
) -> Result<()> {
    let built = Draft::of(&page.lab.given.site)?;
    let foreign = Foreign::serve(built, page.lab.reports.port, &page.lab.given).await?;
    page.visit(&format!("{}far-fallback.html", foreign.portal.url))
        .await?;
    page.expect_defined(ELEMENT).await?;
    foreign.postern.stop();
    let near = "document.querySelector('footer').scrollIntoView()";
    page.ask(near, json!([])).await?;
    heard(page, "error", json!({ "reason": "unavailable" })).await?;
    // The console also reports the failed request.
    page.errors_in_console().await?;
    foreign.postern.start_again(&page.lab.given.server).await?;
    // In every engine, only a person's action gives a real focus.
    page.driver
        .find(By::Id("again"))
        .await?
        .send_keys(Key::Tab)
        .await?;
    page.wizard_in(ELEMENT, NAME).expect_wizard().await?;
    heard(page, "step", json!({ "step": "identify", "from": null }))
        .await
        .map(drop)
}

async fn a_wizard_that_breaks_is_told(page: &Page) -> Result<()> {
    let wizard = portal(page, "breaking.html").await?;
    identify(&wizard).await?;
    wizard.break_down().await?;
    heard(page, "error", json!({ "reason": "broken" })).await?;
    let step = have(page, json!(["step"])).await?;
    ensure!(step == Value::Null, "it is still at {step}");
    expect_no_violation(page).await
}

async fn without_constructed_sheets_it_looks_the_same(page: &Page) -> Result<()> {
    let mut looks = Vec::new();
    for name in ["early.html", "old.html"] {
        visit(page, name).await?;
        page.wizard_in(ELEMENT, NAME).expect_wizard().await?;
        expect_no_violation(page).await?;
        let script = "const constructed = (document.adoptedStyleSheets ?? []).length > 0;
            const button = getComputedStyle(document.querySelector('.postern-button'));
            return [constructed, button.backgroundColor, button.fontSize, button.borderTopLeftRadius]";
        looks.push(page.ask(script, json!([])).await?);
    }
    ensure!(
        looks[0][0] == json!(true) && looks[1][0] == json!(false),
        "both are styled alike: {looks:?}"
    );
    ensure!(
        (1..4).all(|index| looks[0][index] == looks[1][index]),
        "{} and {}",
        looks[0],
        looks[1]
    );
    Ok(())
}
