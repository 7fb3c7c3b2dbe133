//! The way back to the portal, from the last step of the wizard.

use anyhow::{Result, ensure};

use super::example::{
    ELEMENT, FRAME, NAME, PLAIN, Portal, SIGN_IN, SIGN_IN_URL, enter_frame, replace,
    to_code_by_mail,
};
use crate::{
    claims::ways,
    page::{Kind, Page},
};

/// Resets with a code by mail, and returns the address of the last step's link.
async fn reset_and_look_where_it_leads(page: &Page) -> Result<String> {
    page.expect_wizard().await?;
    to_code_by_mail(page).await?;
    ways::give_code(page, &page.code(Kind::Mail, 1).await?).await?;
    page.expect_step("password").await?;
    ways::set_password(page).await?;
    let here = page.driver.current_url().await?;
    ensure!(
        ["ada@", "ada%40"]
            .iter()
            .all(|name| !here.as_str().contains(name)),
        "the address tells who it is: {here}"
    );
    let link = page.element("[data-postern] a.postern-button").await?;
    Ok(link.attr("href").await?.unwrap_or_default())
}

pub(super) async fn the_way_by_redirect_leads_there_and_back_with_the_same_state(
    page: &Page,
) -> Result<()> {
    let portal = Portal::open(page).await?;
    let sign_in = format!("{}{SIGN_IN}", portal.url);
    page.visit(&sign_in).await?;
    page.element("#forgot").await?.click().await?;
    page.expect_wizard().await?;
    let sent = page.driver.current_url().await?;
    let state = sent
        .query_pairs()
        .find_map(|(name, value)| (name == "state").then(|| value.into_owned()));
    let state = state.unwrap_or_default();
    ensure!(
        sent.as_str().starts_with(&page.service()?.url()) && !state.is_empty(),
        "the portal sends people to {sent}"
    );
    let leads = reset_and_look_where_it_leads(page).await?;
    ensure!(
        leads == format!("{sign_in}?state={state}"),
        "the last step leads to {leads}"
    );
    page.element("[data-postern] a.postern-button")
        .await?
        .click()
        .await?;
    let back = page.element("#back:not(:empty)").await?;
    let told = back.prop("innerText").await?.unwrap_or_default();
    ensure!(told.contains("You are back"), "the portal says {told:?}");
    let here = page.driver.current_url().await?;
    ensure!(here.as_str() == sign_in, "the address is {here}");
    // The same state is valid once.
    page.visit(&leads).await?;
    page.element("#back:empty").await.map(drop)
}

pub(super) async fn an_address_that_is_not_listed_is_not_led_to(page: &Page) -> Result<()> {
    let portal = Portal::open(page).await?;
    let service = page.service()?.url();
    let unlisted = format!("{}react/", portal.url);
    let asked = format!("{service}?tenant=contoso.example&return_to={unlisted}&state=kept");
    page.visit(&asked).await?;
    let leads = reset_and_look_where_it_leads(page).await?;
    ensure!(leads == SIGN_IN_URL, "the last step leads to {leads}");
    Ok(())
}

pub(super) async fn the_element_and_the_frame_lead_back_to_where_the_portal_says(
    page: &Page,
) -> Result<()> {
    let portal = Portal::open(page).await?;
    let wizard = page.wizard_in(ELEMENT, NAME);
    for (sent, tag) in [(1, "postern-reset"), (2, "postern-frame")] {
        let path = if sent == 1 { PLAIN } else { FRAME };
        page.visit(&format!("{}{path}", portal.url)).await?;
        // The address is relative to the portal's page, wherever the wizard is.
        replace(page, tag, "contoso.example", "/signed-in.html").await?;
        if tag == "postern-frame" {
            enter_frame(page).await?;
        }
        wizard.expect_wizard().await?;
        wizard.expect_step_in_view("identify").await?;
        wizard.field("identifier").await?.click().await?;
        to_code_by_mail(&wizard).await?;
        ways::give_code(&wizard, &wizard.code(Kind::Mail, sent).await?).await?;
        wizard.expect_step("password").await?;
        ways::set_password(&wizard).await?;
        let link = page.element("postern-reset a.postern-button").await?;
        let leads = link.attr("href").await?;
        let wanted = format!("{}{SIGN_IN}", portal.url);
        ensure!(
            leads.as_deref() == Some(&*wanted),
            "{tag} leads to {leads:?}"
        );
    }
    page.driver.enter_default_frame().await?;
    Ok(())
}
