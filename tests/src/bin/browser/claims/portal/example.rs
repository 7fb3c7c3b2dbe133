//! The example portal, as claims use it.

use anyhow::Result;
use serde_json::json;

use crate::{claims::ways, page::Page, people::ADA, site::Site};

/// The element of both pages that have one, and the name of its wizard while the portal gives it no
/// id.
pub(super) const ELEMENT: &str = "postern-reset";
pub(super) const NAME: &str = "reset";

pub(super) const PLAIN: &str = "";
pub(super) const REACT: &str = "react/";
pub(super) const FRAME: &str = "frame.html";
pub(super) const SIGN_IN: &str = "signed-in.html";

/// A host other than the service's, and so another site.
pub(super) const PORTAL_HOST: &str = "localhost";

/// The sign-in page of people whom no portal has sent.
pub(super) const SIGN_IN_URL: &str = "https://contoso.example/";

/// The portal, at the address that the tenant lists.
pub(super) struct Portal {
    pub(super) url: String,
    _site: Site,
}

impl Portal {
    pub(super) async fn open(page: &Page) -> Result<Self> {
        Self::open_at(page, page.service()?.portal).await
    }

    pub(super) async fn open_at(page: &Page, port: u16) -> Result<Self> {
        let service = page.service()?.url();
        let draft = page.lab.draft_of_portal(service.trim_end_matches('/'))?;
        Ok(Self {
            _site: draft.serve_at(port, &page.lab.given.server).await?,
            url: format!("http://{PORTAL_HOST}:{port}/"),
        })
    }

    /// Opens a page of the portal, and waits for the wizard in its element.
    pub(super) async fn wizard(&self, page: &Page, path: &str) -> Result<Page> {
        page.visit(&format!("{}{path}", self.url)).await?;
        let wizard = page.wizard_in(ELEMENT, NAME);
        wizard.expect_wizard().await?;
        wizard.expect_step_in_view("identify").await?;
        Ok(wizard)
    }
}

/// Enters the name, and waits for the choice of the method.
pub(super) async fn identify(wizard: &Page) -> Result<()> {
    wizard.be(ADA).await?;
    wizard.submit().await?;
    wizard.expect_step("method").await.map(drop)
}

/// Goes to the code in a mail.
pub(super) async fn to_code_by_mail(wizard: &Page) -> Result<()> {
    identify(wizard).await?;
    ways::choose(wizard, "email").await?;
    wizard.expect_step("code").await.map(drop)
}

/// The events that the page in React displays.
pub(super) async fn heard(page: &Page) -> Result<Vec<String>> {
    let script = "return [...document.querySelectorAll('.heard li')].map(line => line.innerText)";
    Ok(serde_json::from_value(page.ask(script, json!([])).await?)?)
}

/// Changes a setting of the portal.
pub(super) async fn set(page: &Page, setting: &str, value: &str) -> Result<()> {
    let script = "const choice = document.getElementById(arguments[0]);
        choice.value = arguments[1];
        choice.dispatchEvent(new Event('change', { bubbles: true }))";
    page.ask(script, json!([setting, value])).await.map(drop)
}

/// Puts another element with this name into the page, with only these attributes.
pub(super) async fn replace(page: &Page, tag: &str, tenant: &str, return_to: &str) -> Result<()> {
    let script = "const [tag, tenant, address] = arguments;
        const element = document.createElement(tag);
        element.setAttribute('tenant', tenant);
        element.setAttribute('return-to', address);
        document.querySelector(tag).replaceWith(element)";
    page.ask(script, json!([tag, tenant, return_to]))
        .await
        .map(drop)
}

pub(super) async fn enter_frame(page: &Page) -> Result<()> {
    let frame = page.element("postern-frame iframe").await?;
    Ok(frame.enter_frame().await?)
}
