//! Actions in a portal's page, and the events that the page has received.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::{
    page::Page,
    wait::{STEP_COMES_WITHIN, Seen, until},
};

/// The element, and the name of its wizard while the portal gives it no id.
pub(crate) const ELEMENT: &str = "postern-reset";
pub(crate) const NAME: &str = "reset";
/// A person who has only questions for her gate.
pub(crate) const NAME_OF_DALIA: &str = "dalia@contoso.example";

/// Opens a page of the portal, and waits for the wizard in its element.
pub(crate) async fn portal(page: &Page, name: &str) -> Result<Page> {
    visit(page, name).await?;
    let wizard = page.wizard_in(ELEMENT, NAME);
    wizard.expect_wizard().await?;
    Ok(wizard)
}

/// Opens a page of the portal, as on a person's first visit.
pub(crate) async fn visit(page: &Page, name: &str) -> Result<()> {
    let portal = &page.lab.foreign().await?.portal.url;
    // A page without the element: it clears earlier choices before the element appears.
    page.visit(&format!("{portal}hostile-alone.html")).await?;
    page.ask("localStorage.clear()", json!([])).await?;
    page.visit(&format!("{portal}{name}")).await
}

/// A value that the portal's script has recorded.
pub(crate) async fn written(page: &Page, what: &str) -> Result<Value> {
    let script = "return document.documentElement.dataset[arguments[0]] ?? 'null'";
    let text = page.ask(script, json!([what])).await?;
    Ok(serde_json::from_str(text.as_str().unwrap_or("null"))?)
}

/// Makes the portal's script do something with the element: see `foreign/portal.js`.
pub(crate) async fn have(page: &Page, asked: Value) -> Result<Value> {
    let script = "document.documentElement.dataset.asked = arguments[0];
        document.dispatchEvent(new Event('portal'))";
    page.ask(script, json!([asked.to_string()])).await?;
    written(page, "told").await
}

/// Waits for this event, and returns all events that the portal has received.
pub(crate) async fn heard(page: &Page, name: &str, detail: Value) -> Result<Vec<(String, Value)>> {
    until(format!("{name} {detail}"), STEP_COMES_WITHIN, async || {
        let events = written(page, "heard").await?;
        let events: Vec<(String, Value, String)> =
            serde_json::from_value(events).unwrap_or_default();
        let events: Vec<(String, Value)> = events
            .into_iter()
            .map(|(name, detail, _)| (name, detail))
            .collect();
        if events.contains(&(name.to_owned(), detail.clone())) {
            Ok(Seen::There(events))
        } else {
            Ok(Seen::NotYet(format!("{events:?}")))
        }
    })
    .await
}

pub(crate) async fn identify(wizard: &Page) -> Result<()> {
    identify_as(wizard, NAME_OF_DALIA).await?;
    // She has only one method.
    wizard.expect_step("questions").await.map(drop)
}

pub(crate) async fn identify_as(wizard: &Page, name: &str) -> Result<()> {
    wizard.type_into("identifier", name).await?;
    wizard.submit().await
}

pub(crate) async fn expect_no_violation(page: &Page) -> Result<()> {
    let stopped = written(page, "stopped").await?;
    ensure!(stopped == Value::Null, "stopped by the policy: {stopped}");
    Ok(())
}

/// Checks that the wizard was ready first, and that these steps and the end followed. Removes the
/// first event from the list.
pub(crate) fn expect_told(events: &mut Vec<(String, Value)>, wanted: &[&str]) -> Result<()> {
    let (first, ready) = events.remove(0);
    ensure!(
        first == "ready" && ready["version"].is_string(),
        "the first event was {first} {ready}"
    );
    // If the directory is slow, the person sees that the wizard waits for it.
    events.retain(|(_, detail)| detail["step"] != "writing-back");
    let steps: Vec<&str> = events
        .iter()
        .map(|(name, detail)| detail["step"].as_str().unwrap_or(name))
        .collect();
    ensure!(steps == wanted, "the portal heard {events:?}");
    Ok(())
}

/// Checks that Tab leads into the element, and out of it to the element with this id.
pub(crate) async fn expect_tab_to_lead_in_and_on_to(page: &Page, id: &str) -> Result<()> {
    let script = "const focused = document.activeElement;
        return focused.closest('postern-reset') ? 'in' : focused.id";
    let mut stops = Vec::new();
    for _ in 0..12 {
        page.keys(Key::Tab).await?;
        let stop = page.ask(script, json!([])).await?;
        if stops.last() != Some(&stop) {
            stops.push(stop);
        }
    }
    ensure!(
        stops.starts_with(&[json!("in"), json!(id)]),
        "Tab led to {stops:?}"
    );
    Ok(())
}
