//! What the portal says to the element, and what the organisation says of itself.

use anyhow::{Result, ensure};
use serde_json::json;

use super::{
    ELEMENT, NAME, NAME_OF_DALIA, expect_no_violation, have, heard, identify, identify_as, portal,
    visit,
};
use crate::{
    page::{Page, STEP_COMES_WITHIN},
    test::{Test, claims},
    wait::{Seen, until},
};

/// Who is asked why, forgot or locked.
const NAME_OF_ELIF: &str = "elif@school.contoso.example";

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Who has no license.
const NAME_OF_KEMAL: &str = "kemal@contoso.example";

pub(super) fn claims() -> Vec<Test> {
    claims!["element":
        language_and_theme_change_while_it_runs,
        what_the_portal_says_in_attributes_holds,
        the_portal_answers_why_for_the_person,
        a_portal_sets_the_tokens_from_outside,
        the_organisation_has_its_name_and_its_colours_from_the_first_step_on,
        the_organisation_has_its_picture_in_the_place_of_its_name,
        a_picture_that_cannot_be_had_leaves_the_name,
        of_a_refusal_the_portal_is_told_once,
    ]
}

async fn of_a_refusal_the_portal_is_told_once(page: &Page) -> Result<()> {
    let wizard = portal(page, "early.html").await?;
    identify_as(&wizard, NAME_OF_KEMAL).await?;
    heard(page, "refused", json!({ "step": "refused" })).await?;
    // The page is loaded again, and says it again to the person.
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
    // A person who goes back to the question answers it.
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

async fn the_organisation_has_its_picture_in_the_place_of_its_name(page: &Page) -> Result<()> {
    // The name of the file, how many times as wide as high it is, whether it is beside the language, whether the row is as high as that, and the name.
    let head = "const root = document.querySelector('postern-reset').shadowRoot ?? document;
        const tenant = root.querySelector('.postern-tenant');
        const [picture, choice, row] = ['.postern-tenant', '.postern-language select', '.postern-head']
            .map(selector => root.querySelector(selector).getBoundingClientRect());
        const middle = ({ top, bottom }) => (top + bottom) / 2;
        return [getComputedStyle(tenant).backgroundImage.match(/[a-z]+\\.svg/)?.[0] ?? null,
            Math.round((picture.width / picture.height) * 10) / 10, Math.abs(middle(picture) - middle(choice)) < 1,
            Math.round(row.height - choice.height), tenant.textContent]";
    for name in ["organisation.html", "organisation-shadow.html"] {
        visit(page, name).await?;
        heard(page, "step", json!({ "step": "identify", "from": null })).await?;
        for theme in ["light", "dark"] {
            have(page, json!(["theme=", theme])).await?;
            let wanted = json!([format!("{theme}.svg"), 3, true, 0, "Contoso"]);
            until(format!("{wanted}"), STEP_COMES_WITHIN, async || {
                let there = page.ask(head, json!([])).await?;
                Ok(if there == wanted {
                    Seen::There(())
                } else {
                    Seen::NotYet(there.to_string())
                })
            })
            .await?;
        }
        expect_no_violation(page).await?;
    }
    Ok(())
}

async fn a_picture_that_cannot_be_had_leaves_the_name(page: &Page) -> Result<()> {
    visit(page, "unseen.html").await?;
    page.wizard_in(ELEMENT, NAME).expect_wizard().await?;
    let asked = "return performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/missing.svg'))";
    until("the picture was asked for", STEP_COMES_WITHIN, async || {
        let was_asked = page.ask(asked, json!([])).await?;
        Ok(if was_asked == json!(true) {
            Seen::There(())
        } else {
            Seen::NotYet(was_asked.to_string())
        })
    })
    .await?;
    let head = "const tenant = document.querySelector('.postern-tenant');
        const { textIndent, backgroundImage } = getComputedStyle(tenant);
        return [tenant.textContent, textIndent, backgroundImage]";
    let there = page.ask(head, json!([])).await?;
    let wanted = json!(["Bank of Contoso", "0px", "none"]);
    ensure!(there == wanted, "the head has {there}");
    // The console speaks of what is not there.
    page.errors_in_console().await.map(drop)
}
