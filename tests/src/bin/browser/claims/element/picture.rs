//! The organisation's picture in the place of its name.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::portal::{ELEMENT, NAME, expect_no_violation, have, heard, portal, visit, written};
use crate::{
    engine::Engine,
    page::{
        Page, STEP_COMES_WITHIN,
        look::{DESK, NARROWEST, PHONE},
    },
    test::{Test, claims},
    wait::{Seen, until},
};

/// The name of the organisation whose picture cannot be loaded.
const BANK: &str = "Bank of Contoso for the Provinces of Noord-Brabant, Limburg and Zeeland";

pub(super) fn claims() -> Vec<Test> {
    let mut claims = claims!["element":
        the_organisation_has_its_picture_in_the_place_of_its_name,
        a_picture_that_cannot_be_had_leaves_the_name,
        the_picture_of_the_present_scheme_is_fetched_and_the_other_once_it_is_needed,
        the_scheme_that_can_be_read_on_the_page_decides_which_picture_there_is,
    ];
    let measured = claims!["element": nothing_moves_when_the_picture_comes_or_fails];
    claims.extend(measured.into_iter().map(|test| {
        test.only_in(
            &[Engine::Chromium],
            "only Chromium counts layout shifts and shows a page as narrow as a phone",
        )
    }));
    claims
}

/// Waits until the page has requested exactly these pictures, in this order.
async fn has_asked_for(page: &Page, pictures: &[&str]) -> Result<()> {
    let script = "return performance.getEntriesByType('resource').filter(({ name }) => name.includes('/embed/logos/'))
        .map(({ name }) => name.replace(/.*[/]/, ''))";
    until(format!("{pictures:?}"), STEP_COMES_WITHIN, async || {
        let asked = page.ask(script, json!([])).await?;
        Ok(if asked == json!(pictures) {
            Seen::There(())
        } else {
            Seen::NotYet(asked.to_string())
        })
    })
    .await
}

/// Waits until the page shows this picture.
async fn shows(page: &Page, picture: &str) -> Result<()> {
    let script = "return getComputedStyle(document.querySelector('.postern-tenant')).backgroundImage.match(/[a-z]+\\.svg/)?.[0]";
    until(picture.to_owned(), STEP_COMES_WITHIN, async || {
        let there = page.ask(script, json!([])).await?;
        Ok(if there == json!(picture) {
            Seen::There(())
        } else {
            Seen::NotYet(there.to_string())
        })
    })
    .await
}

async fn the_organisation_has_its_picture_in_the_place_of_its_name(page: &Page) -> Result<()> {
    // The name of the file, its width in proportion to its height, whether it is next to the
    // language, whether the row has the same height, and the name.
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
            page.expect_given(&format!("{wanted}"), head, &wanted)
                .await?;
        }
        expect_no_violation(page).await?;
    }
    Ok(())
}

async fn a_picture_that_cannot_be_had_leaves_the_name(page: &Page) -> Result<()> {
    visit(page, "unseen.html").await?;
    page.wizard_in(ELEMENT, NAME).expect_wizard().await?;
    has_asked_for(page, &["missing.svg"]).await?;
    let head = "const tenant = document.querySelector('.postern-tenant');
        const { textIndent, backgroundImage } = getComputedStyle(tenant);
        return [tenant.textContent, textIndent, backgroundImage]";
    let there = page.ask(head, json!([])).await?;
    let wanted = json!([BANK, "0px", "none"]);
    ensure!(there == wanted, "the head has {there}");
    // The console reports the missing picture.
    page.errors_in_console().await.map(drop)
}

async fn the_picture_of_the_present_scheme_is_fetched_and_the_other_once_it_is_needed(
    page: &Page,
) -> Result<()> {
    for name in ["organisation.html", "organisation-shadow.html"] {
        visit(page, name).await?;
        heard(page, "step", json!({ "step": "identify", "from": null })).await?;
        has_asked_for(page, &["light.svg"]).await?;
        have(page, json!(["setLocale", "nl"])).await?;
        have(page, json!(["theme=", "dark"])).await?;
        has_asked_for(page, &["light.svg", "dark.svg"]).await?;
        have(page, json!(["theme=", "light"])).await?;
        have(page, json!(["theme=", "dark"])).await?;
        has_asked_for(page, &["light.svg", "dark.svg"]).await?;
        expect_no_violation(page).await?;
    }
    Ok(())
}

async fn the_scheme_that_can_be_read_on_the_page_decides_which_picture_there_is(
    page: &Page,
) -> Result<()> {
    portal(page, "long.html").await?;
    shows(page, "light.svg").await?;
    has_asked_for(page, &["light.svg"]).await?;
    for (ground, picture, scheme) in [("#000", "dark.svg", "dark"), ("#fff", "light.svg", "")] {
        let script = "document.body.style.background = arguments[0]";
        page.ask(script, json!([ground])).await?;
        shows(page, picture).await?;
        let script = "return document.querySelector('postern-reset').dataset.posternScheme";
        let settled = page.ask(script, json!([])).await?;
        ensure!(settled == json!(scheme), "on {ground} it is {settled}");
    }
    has_asked_for(page, &["light.svg", "dark.svg"]).await?;
    expect_no_violation(page).await
}

async fn nothing_moves_when_the_picture_comes_or_fails(page: &Page) -> Result<()> {
    for viewport in [DESK, PHONE, NARROWEST] {
        page.see_in(viewport).await?;
        for (name, picture) in [("long.html", "light.svg"), ("unseen.html", "missing.svg")] {
            portal(page, name).await?;
            has_asked_for(page, &[picture]).await?;
            if name == "long.html" {
                shows(page, picture).await?;
            } else {
                // The console reports the missing picture.
                page.errors_in_console().await?;
            }
            let shifted = written(page, "shifted").await?;
            ensure!(
                shifted == Value::Null,
                "{name} shifted by {shifted} at {} px",
                viewport.width
            );
            // The row is as high as the choice of language, whatever it contains.
            let script = "const [row, choice] = ['.postern-head', '.postern-language select']
                .map(selector => document.querySelector(selector).getBoundingClientRect().height);
                return Math.round(row - choice)";
            let more = page.ask(script, json!([])).await?;
            ensure!(
                more == json!(0),
                "{name} has a row that is {more} px too high at {} px",
                viewport.width
            );
        }
    }
    Ok(())
}
