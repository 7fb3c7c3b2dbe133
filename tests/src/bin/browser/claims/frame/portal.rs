//! A portal with the wizard in a frame.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::{
    claims::element::portal::NAME_OF_DALIA,
    foreign::Framed,
    page::Page,
    wait::{STEP_COMES_WITHIN, Seen, until},
};

/// A page of a portal. The driver is in the page or in its frame.
pub(super) struct PortalPage<'a> {
    pub(super) framed: Framed,
    pub(super) page: &'a Page,
    pub(super) wizard: Page,
}

impl<'a> PortalPage<'a> {
    /// Serves a portal next to the service, and opens it.
    pub(super) async fn open(page: &'a Page, name: &str) -> Result<Self> {
        let portal = Self {
            framed: Framed::serve(page).await?,
            wizard: page.wizard_in("postern-reset", "reset"),
            page,
        };
        portal.visit(name).await?;
        Ok(portal)
    }

    /// Opens the portal, and waits for the wizard in its frame.
    pub(super) async fn with_wizard(page: &'a Page, name: &str) -> Result<Self> {
        let portal = Self::open(page, name).await?;
        portal.enter().await?;
        portal.wizard.expect_wizard().await?;
        Ok(portal)
    }

    pub(super) async fn visit(&self, name: &str) -> Result<()> {
        self.page.visit(&self.framed.url(name)).await
    }

    /// Moves the driver into the first frame with a wizard, once it is there: the page may have
    /// other frames before it.
    pub(super) async fn enter(&self) -> Result<()> {
        self.leave().await?;
        let frame = self.page.element("iframe:not([title=Forger])").await?;
        frame.enter_frame().await?;
        Ok(())
    }

    /// Moves the driver to the portal's page.
    pub(super) async fn leave(&self) -> Result<()> {
        self.page.driver.enter_default_frame().await?;
        Ok(())
    }

    /// A value that the portal's script has recorded.
    pub(super) async fn written(&self, what: &str) -> Result<Value> {
        self.leave().await?;
        let script = "return document.documentElement.dataset[arguments[0]] ?? 'null'";
        let text = self.page.ask(script, json!([what])).await?;
        Ok(serde_json::from_str(text.as_str().unwrap_or("null"))?)
    }

    /// Makes the portal's script do something with the element: see `foreign/portal.js`.
    pub(super) async fn have(&self, asked: Value) -> Result<Value> {
        self.leave().await?;
        let script = "document.documentElement.dataset.asked = arguments[0];
            document.dispatchEvent(new Event('portal'))";
        self.page.ask(script, json!([asked.to_string()])).await?;
        self.written("told").await
    }

    /// Waits for this event, and returns all events that the portal has received.
    pub(super) async fn heard(&self, name: &str, detail: Value) -> Result<Vec<(String, Value)>> {
        until(format!("{name} {detail}"), STEP_COMES_WITHIN, async || {
            let events = self.events().await?;
            if events.contains(&(name.to_owned(), detail.clone())) {
                Ok(Seen::There(events))
            } else {
                Ok(Seen::NotYet(format!("{events:?}")))
            }
        })
        .await
    }

    pub(super) async fn events(&self) -> Result<Vec<(String, Value)>> {
        let events = self.written("heard").await?;
        let events: Vec<(String, Value, String)> =
            serde_json::from_value(events).unwrap_or_default();
        Ok(events
            .into_iter()
            .map(|(name, detail, _)| (name, detail))
            .collect())
    }

    /// The received messages, each with its sender.
    pub(super) async fn posted(&self) -> Result<Vec<(String, Value)>> {
        Ok(serde_json::from_value(self.written("posted").await?).unwrap_or_default())
    }

    pub(super) async fn expect_no_violation(&self) -> Result<()> {
        let stopped = self.written("stopped").await?;
        ensure!(stopped == Value::Null, "stopped by the policy: {stopped}");
        Ok(())
    }

    /// The height of the frame, and the part of the wizard outside of it, in CSS pixels, once the
    /// two agree.
    pub(super) async fn expect_no_scroll_bar(&self) -> Result<()> {
        let script = "const page = document.scrollingElement;
            return [innerHeight, page.scrollHeight, document.querySelector('postern-reset').getBoundingClientRect().height]";
        self.enter().await?;
        until(
            "the frame to be as high as its wizard",
            STEP_COMES_WITHIN,
            async || {
                let found = self.page.ask(script, json!([])).await?;
                let (seen, content, wizard): (f64, f64, f64) = serde_json::from_value(found)?;
                Ok(if content <= seen && (seen - wizard).abs() < 1.5 {
                    Seen::There(())
                } else {
                    Seen::NotYet(format!(
                        "{content} px in a frame of {seen} px, the wizard has {wizard} px"
                    ))
                })
            },
        )
        .await
    }

    pub(super) async fn identify(&self, name: &str) -> Result<()> {
        // WebKit does not focus the frame of another site before a click into it.
        self.wizard.field("identifier").await?.click().await?;
        self.wizard.type_into("identifier", name).await?;
        self.wizard.submit().await?;
        // One of them has only one method.
        let next = if name == NAME_OF_DALIA {
            "questions"
        } else {
            "method"
        };
        self.wizard.expect_step(next).await.map(drop)
    }
}
