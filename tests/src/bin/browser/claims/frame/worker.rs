//! A service worker of the portal, which sees all requests of the portal's pages: what it stores,
//! and what it answers in the place of others.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::portal::PortalPage;
use crate::claims::element::portal::NAME_OF_DALIA;
use crate::{
    claims::ways,
    page::{Kind, Page, STEP_COMES_WITHIN},
    people::{ADA, NAME_OF_ADA},
    test::{Test, claims},
    wait::{Seen, until},
};

pub(super) fn claims() -> Vec<Test> {
    claims!["frame":
        a_service_worker_that_keeps_what_is_the_portals_keeps_nothing_of_ours,
        a_service_worker_that_heeds_no_store_keeps_no_answer_of_the_api,
        a_service_worker_that_keeps_everything_stops_no_reset,
        a_script_that_a_service_worker_has_kept_for_too_long_is_told,
        what_a_service_worker_puts_in_the_place_of_the_wizard_is_told,
    ]
}

/// A page of the portal with the element far down. Its content shows if the wizard does not come.
const FAR: &str = "far-element.html";

impl PortalPage<'_> {
    /// Registers this service worker for the portal's pages.
    async fn have_served(&self, worker: &str) -> Result<()> {
        self.visit("empty.html").await?;
        let script = "const done = arguments[arguments.length - 1];
            navigator.serviceWorker.register(arguments[0]).then(() => done('registered'), error => done(String(error)))";
        let found = self.ask(script, vec![json!(worker)]).await?;
        ensure!(found == json!("registered"), "it is not: {found}");
        let controls = "return navigator.serviceWorker.controller !== null";
        until("the service worker", STEP_COMES_WITHIN, async || {
            Ok(
                if self.page.ask(controls, json!([])).await? == json!(true) {
                    Seen::There(())
                } else {
                    Seen::NotYet("it does not answer for the page".to_owned())
                },
            )
        })
        .await
    }

    /// The value that the script passes to its last argument.
    async fn ask(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        let outcome = self.page.driver.execute_async(script, arguments).await?;
        Ok(outcome.json().clone())
    }

    /// The addresses of the files that the worker has stored.
    async fn kept(&self) -> Result<Vec<String>> {
        self.leave().await?;
        let script = "const done = arguments[arguments.length - 1];
            window.caches.open('portal').then(cache => cache.keys()).then(
                requests => done(requests.map(({ url }) => url)),
                error => done([String(error)]))";
        Ok(serde_json::from_value(self.ask(script, Vec::new()).await?)?)
    }

    /// Deletes the worker's stored files.
    async fn forget(&self) -> Result<()> {
        self.leave().await?;
        let script = "const done = arguments[arguments.length - 1];
            window.caches.delete('portal').then(done, error => done(String(error)))";
        let found = self.ask(script, Vec::new()).await?;
        ensure!(found == json!(true), "it had kept nothing: {found}");
        Ok(())
    }

    /// Removes the worker and its stored files: the next portal may have the same address.
    async fn dismiss(&self) -> Result<()> {
        self.leave().await?;
        let script = "const done = arguments[arguments.length - 1];
            navigator.serviceWorker.getRegistration()
                .then(found => found.unregister())
                .then(() => window.caches.delete('portal'))
                .then(done, error => done(String(error)))";
        self.ask(script, Vec::new()).await.map(drop)
    }

    /// A complete reset by questions, in the element, with a reload of the page on the way.
    async fn reset_in_element(&self) -> Result<()> {
        self.visit("element.html").await?;
        let wizard = &self.wizard;
        wizard.expect_wizard().await?;
        self.identify(NAME_OF_DALIA).await?;
        self.visit("element.html").await?;
        wizard.expect_step_in_view("questions").await?;
        ways::give_answers(wizard).await?;
        wizard.expect_step("password").await?;
        ways::set_password(wizard).await
    }

    /// A complete reset by mail, in the frame.
    async fn reset_in_frame(&self) -> Result<()> {
        self.visit("frame.html").await?;
        self.enter().await?;
        let wizard = &self.wizard;
        wizard.expect_wizard().await?;
        self.page.service()?.become_person(ADA)?;
        self.identify(NAME_OF_ADA).await?;
        ways::choose(wizard, "email").await?;
        wizard.expect_step("code").await?;
        ways::give_code(wizard, &self.page.code(Kind::Mail, 1).await?).await?;
        wizard.expect_step("password").await?;
        ways::set_password(wizard).await
    }

    /// Scrolls to the element of [`FAR`].
    async fn come_near(&self) -> Result<()> {
        let near = "document.querySelector('postern-reset').scrollIntoView()";
        self.page.ask(near, json!([])).await.map(drop)
    }

    /// Checks that the element reported the error and still has its content.
    async fn expect_unavailable(&self) -> Result<()> {
        self.heard("error", json!({ "reason": "unavailable" }))
            .await?;
        let says = "return document.querySelector('postern-reset').innerText.trim()";
        let says = self.page.ask(says, json!([])).await?;
        ensure!(says == json!("Call the helpdesk."), "it says {says}");
        // The console also reports the errors.
        self.page.errors_in_console().await.map(drop)
    }
}

fn count(kept: &[String], part: &str) -> usize {
    kept.iter().filter(|url| url.contains(part)).count()
}

async fn a_service_worker_that_keeps_what_is_the_portals_keeps_nothing_of_ours(
    page: &Page,
) -> Result<()> {
    let portal = PortalPage::open(page, "empty.html").await?;
    portal.have_served("worker.js?keeps=own").await?;
    portal.reset_in_element().await?;
    portal.reset_in_frame().await?;
    let kept = portal.kept().await?;
    let own = portal.framed.url("");
    ensure!(
        count(&kept, "/element.html") == 1 && count(&kept, &own) == kept.len(),
        "it keeps {kept:?}"
    );
    portal.dismiss().await
}

async fn a_service_worker_that_heeds_no_store_keeps_no_answer_of_the_api(
    page: &Page,
) -> Result<()> {
    let portal = PortalPage::open(page, "empty.html").await?;
    portal.have_served("worker.js?keeps=allowed").await?;
    portal.reset_in_element().await?;
    portal.reset_in_frame().await?;
    let kept = portal.kept().await?;
    ensure!(
        count(&kept, "/embed/element-") == 1 && count(&kept, "/api/") == 0,
        "it keeps {kept:?}"
    );
    portal.dismiss().await
}

async fn a_service_worker_that_keeps_everything_stops_no_reset(page: &Page) -> Result<()> {
    let portal = PortalPage::open(page, "empty.html").await?;
    portal.have_served("worker.js?keeps=all").await?;
    portal.reset_in_frame().await?;
    portal.reset_in_element().await?;
    let kept = portal.kept().await?;
    ensure!(
        count(&kept, "/api/v1/attempts/") == 1,
        "it keeps no answer, and shows nothing: {kept:?}"
    );
    // The worker answers with the step of the first look. Every action then leads to the attempt's
    // current step.
    portal.visit("element.html").await?;
    let wizard = &portal.wizard;
    wizard.expect_wizard().await?;
    page.service()?.become_person(ADA)?;
    portal.identify(NAME_OF_ADA).await?;
    portal.visit("element.html").await?;
    wizard.expect_step_in_view("method").await?;
    ways::choose(wizard, "email").await?;
    wizard.expect_step("code").await?;
    portal.visit("element.html").await?;
    wizard.expect_step_in_view("method").await?;
    ways::choose(wizard, "email").await?;
    wizard.expect_step_in_view("code").await?;
    portal.dismiss().await
}

async fn a_script_that_a_service_worker_has_kept_for_too_long_is_told(page: &Page) -> Result<()> {
    let portal = PortalPage::open(page, "empty.html").await?;
    portal.have_served("worker.js?keeps=all").await?;
    // The requests of a visitor who does not come near.
    portal.visit(FAR).await?;
    page.expect_defined("postern-reset").await?;
    let newer = page.lab.draft_of_service()?.with_another("element-")?;
    page.service()?.serve(&newer).await?;
    portal.visit(FAR).await?;
    portal.come_near().await?;
    portal.expect_unavailable().await?;
    portal.forget().await?;
    portal.visit(FAR).await?;
    portal.come_near().await?;
    portal.wizard.expect_wizard().await?;
    // WebKit lets a worker answer for new pages as long as it keeps an old page to go back to.
    portal.dismiss().await
}

async fn what_a_service_worker_puts_in_the_place_of_the_wizard_is_told(page: &Page) -> Result<()> {
    let portal = PortalPage::open(page, "empty.html").await?;
    for part in ["/embed/element-", ".wasm", "/reset-"] {
        portal
            .have_served(&format!("worker.js?keeps=own&swapped={part}"))
            .await?;
        portal.visit(FAR).await?;
        portal.come_near().await?;
        portal.expect_unavailable().await?;
        portal.dismiss().await?;
    }
    // Firefox checks a worker's answers against the page's policy, as if they came from the
    // worker's origin.
    page.lab.reports.take();
    Ok(())
}
