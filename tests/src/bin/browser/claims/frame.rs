//! `<postern-frame>` in a portal's page: the wizard on its own origin, the portal on a host with
//! another name, and messages between the two.

use anyhow::{Result, ensure};
use serde_json::json;

use super::{
    element::portal::{NAME_OF_DALIA, expect_told},
    ways,
};
use crate::{
    page::{Kind, Page},
    people::{ADA, NAME_OF_ADA, PHONE_OF_ADA},
    test::{Test, claims},
};

mod ground;
mod place;
mod portal;
mod told;
mod worker;
mod wrong;

use portal::PortalPage;

pub(super) fn claims() -> Vec<Test> {
    let mut claims = claims!["frame":
        a_whole_reset_in_a_frame_is_told_in_order_and_without_a_secret,
        the_frame_is_as_high_as_what_is_in_it,
    ];
    claims.extend(told::claims());
    claims.extend(place::claims());
    claims.extend(ground::claims());
    claims.extend(wrong::claims());
    claims.extend(worker::claims());
    claims.into_iter().map(Test::beside_service).collect()
}

async fn a_whole_reset_in_a_frame_is_told_in_order_and_without_a_secret(page: &Page) -> Result<()> {
    let portal = PortalPage::with_wizard(page, "frame.html").await?;
    let wizard = &portal.wizard;
    page.service()?.become_person(ADA)?;
    portal.identify(NAME_OF_ADA).await?;
    ways::choose(wizard, "mobile-sms").await?;
    wizard.expect_step("phone").await?;
    ways::send_to(wizard, PHONE_OF_ADA).await?;
    wizard.expect_step("code").await?;
    let code = page.code(Kind::Text, 1).await?;
    // The text names both hosts, because browsers compare only the host.
    let texts = page.service()?.texts()?;
    let bound = format!("@localhost #{code} @reset.contoso.example");
    ensure!(
        texts[0].lines().last() == Some(&*bound),
        "the text says {}",
        texts[0]
    );
    ways::give_code(wizard, &code).await?;
    wizard.expect_step("password").await?;
    ways::set_password(wizard).await?;
    let mut events = portal.heard("done", json!({ "purpose": "reset" })).await?;
    expect_told(
        &mut events,
        &[
            "identify", "method", "phone", "code", "password", "done", "done",
        ],
    )?;
    let told = portal.have(json!(["step"])).await?;
    ensure!(told == json!("done"), "the step is {told}");
    let names = [
        "postern", "type", "version", "height", "step", "from", "purpose", "top", "bottom",
    ];
    let own = page.service()?.url();
    for (origin, message) in portal.posted().await? {
        ensure!(
            own.trim_end_matches('/') == origin,
            "{origin} posted {message}"
        );
        let members = message.as_object().into_iter().flat_map(|it| it.keys());
        let strange: Vec<&String> = members.filter(|it| !names.contains(&it.as_str())).collect();
        ensure!(strange.is_empty(), "{message} tells {strange:?}");
        let text = message.to_string();
        ensure!(
            !text.contains(&code) && !text.contains('@'),
            "it tells {text}"
        );
    }
    portal.expect_no_violation().await
}

async fn the_frame_is_as_high_as_what_is_in_it(page: &Page) -> Result<()> {
    /// One message for each step, and one or two more if a step appears in parts.
    const PER_STEP_MAX: usize = 4;
    let portal = PortalPage::with_wizard(page, "frame.html").await?;
    let wizard = &portal.wizard;
    portal.expect_no_scroll_bar().await?;
    portal.identify(NAME_OF_DALIA).await?;
    portal.expect_no_scroll_bar().await?;
    ways::give_answers(wizard).await?;
    wizard.expect_step("password").await?;
    portal.expect_no_scroll_bar().await?;
    ways::set_password(wizard).await?;
    portal.expect_no_scroll_bar().await?;
    let heights = portal.posted().await?;
    let heights = heights
        .iter()
        .filter(|(_, it)| it["type"] == "resize")
        .count();
    ensure!(
        (1..=5 * PER_STEP_MAX).contains(&heights),
        "{heights} times it was told how high the frame is"
    );
    portal.expect_no_violation().await
}
