//! Claims about the settings of the portal for the element, and about the organisation's own data.

use anyhow::{Result, ensure};
use serde_json::json;

use super::portal::{
    ELEMENT, NAME, NAME_OF_DALIA, expect_no_violation, have, heard, identify, identify_as, portal,
    visit,
};
use crate::{
    page::Page,
    test::{Test, claims},
};

/// A person whom the page asks why, forgot or locked.
const NAME_OF_ELIF: &str = "elif@school.contoso.example";

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A person without a licence.
const NAME_OF_KEMAL: &str = "kemal@contoso.example";

pub(super) fn claims() -> Vec<Test> {
    claims!["element":
        language_and_theme_change_while_it_runs,
        what_the_portal_speaks_is_not_kept_and_what_the_person_chose_is,
        what_the_portal_says_in_attributes_holds,
        the_portal_answers_why_for_the_person,
        a_portal_sets_the_tokens_from_outside,
        the_organisation_has_its_name_and_its_colours_from_the_first_step_on,
        of_a_refusal_the_portal_is_told_once,
    ]
}

async fn of_a_refusal_the_portal_is_told_once(page: &Page) -> Result<()> {
    let wizard = portal(page, "early.html").await?;
    identify_as(&wizard, NAME_OF_KEMAL).await?;
    heard(page, "refused", json!({ "step": "refused" })).await?;
    // The page is reloaded, and shows the refusal to the person again.
    let wizard = portal(page, "early.html").await?;
    wizard.expect_step_in_view("refused").await?;
    let events = heard(page, "ready", json!({ "version": VERSION })).await?;
    ensure!(
        events.iter().all(|(name, _)| name != "refused"),
        "the portal heard {events:?}"
    );
    Ok(())
}

async fn language_and_theme_change_while_it_runs(page: &Page) -> Result<()> {
    let wizard = portal(page, "early.html").await?;
    identify(&wizard).await?;
    have(page, json!(["setLocale", "nl-BE"])).await?;
    let state = wizard
        .eventually("Dutch", async |state| state.language == "nl")
        .await?;
    ensure!(state.step == "questions", "the step is {}", state.step);
    let ink = async || {
        let script = "return getComputedStyle(document.querySelector('.postern')).color";
        page.ask(script, json!([])).await
    };
    let mut inks = Vec::new();
    for theme in ["dark", "light", "dark"] {
        have(page, json!(["theme=", theme])).await?;
        inks.push(ink().await?);
    }
    ensure!(
        inks == [
            "rgb(238, 241, 244)",
            "rgb(27, 36, 48)",
            "rgb(238, 241, 244)"
        ],
        "the ink was {inks:?}"
    );
    wizard.expect_step_in_view("questions").await.map(drop)
}

async fn what_the_portal_speaks_is_not_kept_and_what_the_person_chose_is(
    page: &Page,
) -> Result<()> {
    let wizard = portal(page, "early.html").await?;
    let speaks = async |language: &str| {
        let there = wizard.eventually(language, async |state| {
            state.is_alive && state.language == language
        });
        there.await?;
        let kept = page.ask("return localStorage.getItem('postern.language')", json!([]));
        kept.await
    };
    for asked in ["nl", "ar-EG", "de"] {
        have(page, json!(["setLocale", asked])).await?;
        let language = asked.split('-').next().unwrap_or_default();
        let kept = speaks(language).await?;
        ensure!(kept == json!(null), "{asked} is kept as {kept}");
    }
    page.refresh().await?;
    speaks("en").await?;
    wizard.speak("ar").await?;
    for asked in ["nl", "de", ""] {
        have(page, json!(["setLocale", asked])).await?;
        have(page, json!(["locale=", asked])).await?;
        // The first step appears again, in the current language.
        have(page, json!(["reset"])).await?;
        wizard.expect_wizard().await?;
        let kept = speaks("ar").await?;
        ensure!(kept == json!("ar"), "after {asked}, {kept} is kept");
    }
    // A page whose element asks for Dutch from the beginning.
    let there = &page.lab.foreign().await?.portal.url;
    page.visit(&format!("{there}told.html")).await?;
    let wizard = page.wizard_in("#own", "own");
    wizard.expect_wizard().await?;
    let language = wizard.expect_step_in_view("identify").await?.language;
    ensure!(language == "ar", "it speaks {language}");
    wizard.speak("en").await?;
    page.refresh().await?;
    wizard.expect_wizard().await?;
    let language = wizard.expect_step_in_view("identify").await?.language;
    ensure!(language == "en", "it speaks {language}");
    Ok(())
}

async fn what_the_portal_says_in_attributes_holds(page: &Page) -> Result<()> {
    visit(page, "told.html").await?;
    let wizard = page.wizard_in(ELEMENT, "id").wizard_in("#own", "own");
    wizard.expect_wizard().await?;
    let state = wizard.expect_step_in_view("identify").await?;
    ensure!(state.language == "nl", "it speaks {}", state.language);
    let typed = wizard.value_of("identifier").await?;
    ensure!(typed == NAME_OF_DALIA, "the field has {typed}");
    for (name, value) in [
        ("locale", json!("nl-BE")),
        ("theme", json!("dark")),
        ("purpose", json!("")),
        ("shadow", json!(false)),
        ("step", json!("identify")),
    ] {
        let told = have(page, json!([name])).await?;
        ensure!(told == value, "{name} is {told}");
    }
    let api = have(page, json!(["api"])).await?;
    let origin = &page.lab.foreign().await?.postern.url;
    ensure!(api == json!(format!("{origin}api/v1")), "api is {api}");
    Ok(())
}

async fn a_portal_sets_the_tokens_from_outside(page: &Page) -> Result<()> {
    portal(page, "early.html").await?;
    let script = "const sheet = document.styleSheets[0];
        sheet.insertRule('postern-reset { --postern-accent: rgb(90, 20, 120); --postern-radius: 0px }', sheet.cssRules.length);
        const button = getComputedStyle(document.querySelector('.postern-button'));
        return [button.backgroundColor, button.borderTopLeftRadius]";
    let found = page.ask(script, json!([])).await?;
    ensure!(
        found == json!(["rgb(90, 20, 120)", "0px"]),
        "the button has {found}"
    );
    Ok(())
}

async fn the_portal_answers_why_for_the_person(page: &Page) -> Result<()> {
    visit(page, "told.html").await?;
    let wizard = page.wizard_in("#own", "own");
    wizard.expect_wizard().await?;
    have(page, json!(["purpose=", "unlock"])).await?;
    identify_as(&wizard, NAME_OF_ELIF).await?;
    wizard.expect_step("method").await?;
    heard(
        page,
        "step",
        json!({ "step": "purpose", "from": "identify" }),
    )
    .await?;
    // A person who goes back to the question answers it themselves.
    wizard.back().await?;
    wizard.expect_step("purpose").await.map(drop)
}

async fn the_organisation_has_its_name_and_its_colours_from_the_first_step_on(
    page: &Page,
) -> Result<()> {
    visit(page, "organisation.html").await?;
    let wizard = page.wizard_in(ELEMENT, NAME);
    wizard.expect_wizard().await?;
    let state = wizard.expect_step_in_view("identify").await?;
    ensure!(state.text.contains("Contoso"), "it says {}", state.text);
    let script = "const looks = selector => getComputedStyle(document.querySelector(selector));
        return [looks('.postern-button').backgroundColor, looks('h1').color, looks('.postern-button').borderTopLeftRadius, looks('postern-reset').backgroundColor]";
    for (theme, wanted) in [
        (
            "light",
            [
                "rgb(16, 32, 48)",
                "rgb(0, 0, 0)",
                "6px",
                "rgb(255, 248, 240)",
            ],
        ),
        (
            "dark",
            [
                "rgb(240, 224, 208)",
                "rgb(0, 0, 0)",
                "6px",
                "rgb(224, 224, 224)",
            ],
        ),
    ] {
        have(page, json!(["theme=", theme])).await?;
        let found = page.ask(script, json!([])).await?;
        ensure!(found == json!(wanted), "{theme} has {found}");
    }
    expect_no_violation(page).await
}
