//! Claims about the background of the frame: the portal's background, for all schemes of portal and
//! device, and after a move of the frame.

use anyhow::Result;
use serde_json::json;

use super::portal::PortalPage;
use crate::{
    claims::grounds::{GROUNDS, MOVES, devices, expect_seen, stand_on},
    page::{Page, STEP_COMES_WITHIN},
    test::{Test, claims},
    wait::{Seen, until},
};

pub(super) fn claims() -> Vec<Test> {
    claims!["frame":
        whatever_the_schemes_of_portal_and_device_its_ground_is_seen_through_the_frame,
        moved_to_another_ground_the_frame_goes_by_that_one_alone,
    ]
}

async fn whatever_the_schemes_of_portal_and_device_its_ground_is_seen_through_the_frame(
    page: &Page,
) -> Result<()> {
    let portal = PortalPage::with_wizard(page, "frame.html").await?;
    // Browsers paint an opaque background behind a frame if its page does not have the frame's
    // scheme.
    let around = "return getComputedStyle(document.querySelector('iframe')).colorScheme";
    let within = "const ink = getComputedStyle(document.querySelector('.postern')).color;
        return [getComputedStyle(document.documentElement).colorScheme, ink]";
    for device in devices(page) {
        portal.leave().await?;
        if let Some(device) = device {
            page.see_as(*device).await?;
        }
        for (scheme, colour) in GROUNDS {
            portal.leave().await?;
            let ground = stand_on(page, scheme, colour).await?;
            until(
                format!("{colour:?} of a portal that is {scheme} on a device {device:?}"),
                STEP_COMES_WITHIN,
                async || {
                    portal.leave().await?;
                    let around = page.ask(around, json!([])).await?;
                    let painted = page
                        .picture_of("return document.querySelector('iframe')")
                        .await?;
                    portal.enter().await?;
                    let within = page.ask(within, json!([])).await?;
                    if around != within[0] {
                        return Ok(Seen::NotYet(format!("{around} around {within}")));
                    }
                    let ink = within[1].as_str().unwrap_or_default();
                    Ok(match expect_seen(&painted, ground, ink) {
                        Ok(()) => Seen::There(()),
                        Err(error) => Seen::NotYet(format!("{error:#}")),
                    })
                },
            )
            .await?;
        }
    }
    portal.expect_no_violation().await
}

async fn moved_to_another_ground_the_frame_goes_by_that_one_alone(page: &Page) -> Result<()> {
    let portal = PortalPage::with_wizard(page, "frame.html").await?;
    let look = "const element = document.querySelector('postern-reset');
        const wizard = element?.querySelector('.postern');
        return wizard && [getComputedStyle(element).backgroundColor, getComputedStyle(wizard).color]";
    for (how, act, paper, ink) in MOVES {
        portal.leave().await?;
        page.ask(act, json!([])).await?;
        let wanted = json!([paper, ink]);
        until(
            format!("{wanted} where {how}"),
            STEP_COMES_WITHIN,
            async || {
                // A moved frame loads its page again.
                portal.enter().await?;
                let there = page.ask(look, json!([])).await?;
                Ok(if there == wanted {
                    Seen::There(())
                } else {
                    Seen::NotYet(there.to_string())
                })
            },
        )
        .await?;
    }
    portal.expect_no_violation().await
}
