//! Claims about the background of the element: the portal's page if the wizard is readable there,
//! and a paper colour if one is set or the wizard would not be readable without it.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::portal::{portal, visit, written};
use crate::{
    claims::grounds::{
        CREAM, DARK_ON_LIGHT, GROUNDS, LIGHT_ON_DARK, MOVES, NONE, devices, expect_seen, stand_on,
    },
    page::{Page, STEP_COMES_WITHIN},
    test::{Test, claims},
    wait::{Seen, until},
};

/// A paper colour that the portal sets.
const SAID: &str = "rgb(255, 240, 240)";

/// The portal's background, the theme of the element, and the portal's paper colour; then the
/// visible paper and ink on a light device.
const CASES: [(&str, &str, &str, &str, &str); 15] = [
    ("", "auto", "", NONE, DARK_ON_LIGHT),
    ("white", "auto", "", NONE, DARK_ON_LIGHT),
    ("#fbe8c8", "light", "", NONE, DARK_ON_LIGHT),
    ("oklch(0.97 0.02 300)", "auto", "", NONE, DARK_ON_LIGHT),
    ("black", "auto", "", NONE, LIGHT_ON_DARK),
    ("#2a1548", "auto", "", NONE, LIGHT_ON_DARK),
    ("#101418", "dark", "", NONE, LIGHT_ON_DARK),
    ("black", "light", "", CREAM, DARK_ON_LIGHT),
    ("#7d3cc0", "auto", "", CREAM, DARK_ON_LIGHT),
    ("#808080", "auto", "", CREAM, DARK_ON_LIGHT),
    ("rgb(0 0 0 / 0.5)", "auto", "", CREAM, DARK_ON_LIGHT),
    (
        "linear-gradient(white, white)",
        "auto",
        "",
        CREAM,
        DARK_ON_LIGHT,
    ),
    ("white", "auto", "#fff0f0", SAID, DARK_ON_LIGHT),
    ("black", "auto", "#fff0f0", SAID, DARK_ON_LIGHT),
    ("black", "auto", "#101418", "rgb(16, 20, 24)", LIGHT_ON_DARK),
];

pub(super) fn claims() -> Vec<Test> {
    claims!["element":
        the_portals_page_is_seen_behind_it_where_it_can_be_read_there,
        a_ground_that_changes_by_no_attribute_around_it_is_looked_at_again,
        in_a_component_of_the_portals_a_ground_that_fades_is_looked_at_again,
        whatever_the_schemes_of_portal_and_device_its_ground_is_seen_behind_the_element,
        moved_to_another_ground_the_element_goes_by_that_one_alone,
    ]
}

/// Lets the background fade to black.
const FADE: &str =
    "document.styleSheets[0].insertRule('body { transition: background-color 200ms }');
    document.body.style.background = 'black'";

/// Changes of the background, one after the other, with the ink that is readable on each.
const CHANGES: [(&str, &str, &str); 4] = [
    ("it fades", FADE, LIGHT_ON_DARK),
    (
        "it is there at once",
        "document.styleSheets[0].deleteRule(0); document.body.style.background = 'white'",
        DARK_ON_LIGHT,
    ),
    (
        "a rule goes by what is checked",
        "const box = Object.assign(document.createElement('input'), { id: 'night', type: 'checkbox' });
        document.querySelector('main').append(box);
        document.styleSheets[0].insertRule('body:has(#night:checked) { background: black !important }');
        box.click()",
        LIGHT_ON_DARK,
    ),
    (
        "its sheet is turned off",
        "document.styleSheets[0].ownerNode.disabled = true",
        DARK_ON_LIGHT,
    ),
];

async fn the_portals_page_is_seen_behind_it_where_it_can_be_read_there(page: &Page) -> Result<()> {
    let wizard = portal(page, "early.html").await?;
    // The portal itself has to make its own texts readable on its background.
    let hide = "for (const own of document.querySelectorAll('header, footer, main > :not(postern-reset)')) own.style.visibility = 'hidden'";
    page.ask(hide, json!([])).await?;
    for (ground, theme, paper, wanted_paper, wanted_ink) in CASES {
        let change = "const element = document.querySelector('postern-reset');
            const [ground, theme, paper] = arguments;
            if (paper) element.style.setProperty('--postern-paper', paper);
            else element.style.removeProperty('--postern-paper');
            element.setAttribute('theme', theme);
            document.body.style.background = ground;";
        page.ask(change, json!([ground, theme, paper])).await?;
        let look = "const element = document.querySelector('postern-reset');
            const { backgroundColor, boxShadow } = getComputedStyle(element);
            const reaches = boxShadow.startsWith(backgroundColor) && /0px 0px 0px \\d+px$/.test(boxShadow);
            return [backgroundColor, getComputedStyle(element.querySelector('.postern')).color, reaches]";
        let wanted = json!([wanted_paper, wanted_ink, true]);
        until(
            format!("{wanted} on {ground:?}, {theme}, with the paper {paper:?}"),
            STEP_COMES_WITHIN,
            async || {
                let there: Value = page.ask(look, json!([])).await?;
                Ok(if there == wanted {
                    Seen::There(())
                } else {
                    Seen::NotYet(there.to_string())
                })
            },
        )
        .await?;
        wizard.expect_accessible().await?;
    }
    let shifted = written(page, "shifted").await?;
    ensure!(shifted == Value::Null, "the page shifted by {shifted}");
    Ok(())
}

async fn a_ground_that_changes_by_no_attribute_around_it_is_looked_at_again(
    page: &Page,
) -> Result<()> {
    portal(page, "early.html").await?;
    for (how, change, ink) in CHANGES {
        page.ask(change, json!([])).await?;
        expect_ink(page, "document", ink, how).await?;
    }
    Ok(())
}

async fn in_a_component_of_the_portals_a_ground_that_fades_is_looked_at_again(
    page: &Page,
) -> Result<()> {
    visit(page, "empty.html").await?;
    let component = "const component = document.querySelector('main').appendChild(document.createElement('div'));
        component.id = 'component';
        component.attachShadow({ mode: 'open' }).append(document.createElement('postern-reset'))";
    page.ask(component, json!([])).await?;
    let root = "document.getElementById('component').shadowRoot";
    expect_ink(page, root, DARK_ON_LIGHT, "it has come").await?;
    page.ask(FADE, json!([])).await?;
    expect_ink(page, root, LIGHT_ON_DARK, "it fades").await
}

async fn whatever_the_schemes_of_portal_and_device_its_ground_is_seen_behind_the_element(
    page: &Page,
) -> Result<()> {
    portal(page, "early.html").await?;
    let ink = "return getComputedStyle(document.querySelector('.postern')).color";
    let element = "return document.querySelector('postern-reset')";
    for device in devices(page) {
        if let Some(device) = device {
            page.see_as(*device).await?;
        }
        for (scheme, colour) in GROUNDS {
            let ground = stand_on(page, scheme, colour).await?;
            until(
                format!("{colour:?} of a portal that is {scheme} on a device {device:?}"),
                STEP_COMES_WITHIN,
                async || {
                    let painted = page.picture_of(element).await?;
                    let ink = page.ask(ink, json!([])).await?;
                    let seen = expect_seen(&painted, ground, ink.as_str().unwrap_or_default());
                    Ok(match seen {
                        Ok(()) => Seen::There(()),
                        Err(error) => Seen::NotYet(format!("{error:#}")),
                    })
                },
            )
            .await?;
        }
    }
    Ok(())
}

async fn moved_to_another_ground_the_element_goes_by_that_one_alone(page: &Page) -> Result<()> {
    portal(page, "early.html").await?;
    let look = "const element = document.querySelector('postern-reset');
        return [getComputedStyle(element).backgroundColor, getComputedStyle(element.querySelector('.postern')).color]";
    for (how, act, paper, ink) in MOVES {
        page.ask(act, json!([])).await?;
        let wanted = json!([paper, ink]);
        page.expect_given(&format!("{wanted} where {how}"), look, &wanted)
            .await?;
    }
    Ok(())
}

/// Waits until the wizard in this root has this ink.
async fn expect_ink(page: &Page, root: &str, ink: &str, how: &str) -> Result<()> {
    let look = format!(
        "const wizard = {root}.querySelector('.postern'); return wizard && getComputedStyle(wizard).color"
    );
    until(
        format!("the ink {ink}, where {how}"),
        STEP_COMES_WITHIN,
        async || {
            let there = page.ask(&look, json!([])).await?;
            Ok(if there == json!(ink) {
                Seen::There(())
            } else {
                Seen::NotYet(there.to_string())
            })
        },
    )
    .await
}
