//! Claims about a portal's page with two wizards side by side: the page stays the portal's own.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::{
    page::Page,
    people::NAME_OF_ADA,
    test::{Test, claims},
};

pub(super) fn claims() -> Vec<Test> {
    claims!["embed":
        two_wizards_on_a_page_lead_two_attempts,
        no_two_elements_share_an_id,
        one_wizard_taken_away_leaves_the_other_at_its_step,
        a_wizard_outlives_its_handle,
        the_page_keeps_its_address_its_history_and_its_title,
        both_are_still_at_their_steps_after_a_reload,
    ]
}

/// Opens the portal, and waits for its two wizards.
async fn portal(page: &Page) -> Result<(Page, Page)> {
    let url = format!("{}portal.html", page.lab.portal().await?.url);
    page.visit(&url).await?;
    let (one, two) = (page.wizard_in("#one", "one"), page.wizard_in("#two", "two"));
    one.expect_wizard().await?;
    two.expect_wizard().await?;
    Ok((one, two))
}

async fn identify(wizard: &Page, name: &str) -> Result<()> {
    wizard.type_into("identifier", name).await?;
    wizard.submit().await?;
    wizard.expect_step("method").await.map(drop)
}

async fn two_wizards_on_a_page_lead_two_attempts(page: &Page) -> Result<()> {
    let (one, two) = portal(page).await?;
    identify(&one, NAME_OF_ADA).await?;
    two.expect_step_in_view("identify").await?;
    two.type_into("identifier", "dalia@contoso.example").await?;
    two.submit().await?;
    two.expect_step("questions").await?;
    one.choose("method", "email").await?;
    one.submit().await?;
    one.expect_step("code").await?;
    two.expect_step_in_view("questions").await.map(drop)
}

async fn no_two_elements_share_an_id(page: &Page) -> Result<()> {
    let (one, two) = portal(page).await?;
    identify(&one, NAME_OF_ADA).await?;
    identify(&two, NAME_OF_ADA).await?;
    one.open_support().await?;
    two.open_support().await?;
    let script = "const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
        return ids.filter((id, index) => ids.indexOf(id) !== index)";
    let twice = page.ask(script, json!([])).await?;
    ensure!(twice == json!([]), "twice on the page: {twice}");
    Ok(())
}

async fn one_wizard_taken_away_leaves_the_other_at_its_step(page: &Page) -> Result<()> {
    let (one, two) = portal(page).await?;
    identify(&one, NAME_OF_ADA).await?;
    identify(&two, NAME_OF_ADA).await?;
    page.ask("document.dispatchEvent(new Event('remove-one'))", json!([]))
        .await?;
    let left = page
        .ask("return document.getElementById('one').innerHTML", json!([]))
        .await?;
    ensure!(left == json!(""), "left behind: {left}");
    two.expect_step_in_view("method").await?;
    two.choose("method", "email").await?;
    two.submit().await?;
    two.expect_step("code").await.map(drop)
}

async fn a_wizard_outlives_its_handle(page: &Page) -> Result<()> {
    let (_, two) = portal(page).await?;
    page.ask("document.dispatchEvent(new Event('free-two'))", json!([]))
        .await?;
    identify(&two, NAME_OF_ADA).await
}

async fn the_page_keeps_its_address_its_history_and_its_title(page: &Page) -> Result<()> {
    let (one, _) = portal(page).await?;
    let own = async || -> Result<Value> {
        let script = "return [location.href, history.length, history.state, document.title,
            document.documentElement.lang]";
        page.ask(script, json!([])).await
    };
    let before = own().await?;
    identify(&one, NAME_OF_ADA).await?;
    one.choose("method", "email").await?;
    one.submit().await?;
    one.expect_step("code").await?;
    one.back().await?;
    one.expect_step("method").await?;
    one.speak("ar").await?;
    let after = own().await?;
    ensure!(
        before == after,
        "address, history, title and language were {before} and are {after}"
    );
    Ok(())
}

async fn both_are_still_at_their_steps_after_a_reload(page: &Page) -> Result<()> {
    let (one, two) = portal(page).await?;
    identify(&one, NAME_OF_ADA).await?;
    identify(&two, NAME_OF_ADA).await?;
    two.choose("method", "email").await?;
    two.submit().await?;
    two.expect_step("code").await?;
    page.refresh().await?;
    one.expect_step_in_view("method").await?;
    two.expect_step_in_view("code").await?;
    Ok(())
}
