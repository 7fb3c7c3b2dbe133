//! Everything that one browser needs for its tests: a way to start it, the pages that it opens, and
//! a collector of policy reports.

use std::rc::Rc;

use anyhow::Result;
use tokio::sync::OnceCell;

use crate::{
    engine::{Browser, Engine, Scripts},
    foreign::{Foreign, vendored},
    given::Given,
    held,
    reports::Reports,
    service::{Deployment, Ground},
    site::{Draft, Site},
};

/// A page with two wizards, as a portal could have.
const PORTAL_PAGE: &str = include_str!("portal/portal.html");
const PORTAL_SCRIPT: &str = include_str!("portal/portal.js");
/// The Postern for which the example portal is built, from its `.env`.
const EXAMPLE_ORIGIN: &str = "https://postern.example";
/// A page of ours that contains nothing of the wizard.
const ELSEWHERE: &str = include_str!("portal/elsewhere.html");

/// The pages for browsers of one engine.
pub(crate) struct Lab {
    pub(crate) engine: Engine,
    pub(crate) given: Rc<Given>,
    pub(crate) reports: Reports,
    demo: OnceCell<Site>,
    wizard: OnceCell<Site>,
    torn: OnceCell<Site>,
    portal: OnceCell<Site>,
    foreign: OnceCell<Foreign>,
    vendored: OnceCell<Site>,
    ground: OnceCell<Rc<Ground>>,
}

impl Lab {
    /// Sets up for an engine. Pages are served when a test asks for them.
    ///
    /// # Errors
    /// If no port is free.
    pub(crate) async fn new(engine: Engine, given: Rc<Given>) -> Result<Self> {
        Ok(Self {
            engine,
            given,
            reports: Reports::collect().await?,
            demo: OnceCell::new(),
            wizard: OnceCell::new(),
            torn: OnceCell::new(),
            portal: OnceCell::new(),
            foreign: OnceCell::new(),
            vendored: OnceCell::new(),
            ground: OnceCell::new(),
        })
    }

    /// Starts a browser with an empty profile.
    ///
    /// # Errors
    /// If the browser does not start.
    pub(crate) async fn browser(&self, scripts: Scripts) -> Result<Browser> {
        Browser::start(self.engine, scripts).await
    }

    /// The offline demo.
    pub(crate) async fn demo(&self) -> Result<&Site> {
        self.demo
            .get_or_try_init(async || self.serve(self.draft_of_demo()?).await)
            .await
    }

    /// The offline demo at its own address, for a test that stops its server.
    pub(crate) async fn demo_of_its_own(&self) -> Result<Site> {
        self.serve(self.draft_of_demo()?).await
    }

    /// The offline demo at its own address, with its numbering plans cut off in the middle.
    pub(crate) async fn demo_without_plans(&self) -> Result<Site> {
        self.serve(self.draft_of_demo()?.torn(held::PLANS)?).await
    }

    /// The production page.
    pub(crate) async fn wizard(&self) -> Result<&Site> {
        self.wizard
            .get_or_try_init(async || self.serve(Draft::of(&self.given.wizard)?).await)
            .await
    }

    /// The production page, with its WebAssembly cut off in the middle.
    pub(crate) async fn torn(&self) -> Result<&Site> {
        self.torn
            .get_or_try_init(async || {
                self.serve(Draft::of(&self.given.wizard)?.torn(".wasm")?)
                    .await
            })
            .await
    }

    /// A portal's page with two wizards.
    pub(crate) async fn portal(&self) -> Result<&Site> {
        self.portal
            .get_or_try_init(async || {
                let draft = self.draft_of_demo()?;
                let script = PORTAL_SCRIPT
                    .replace("WIZARD_SCRIPT", &draft.the("postern-", ".js")?)
                    .replace("WIZARD_WASM", &draft.the("postern-", ".wasm")?);
                let page = PORTAL_PAGE.replace("WIZARD_STYLE", &draft.the("postern-", ".css")?);
                let draft = draft
                    .with("portal.html", &page)?
                    .with("portal.js", &script)?;
                self.serve(draft).await
            })
            .await
    }

    /// A portal on its own origin, and the demo's files on another.
    pub(crate) async fn foreign(&self) -> Result<&Foreign> {
        self.foreign
            .get_or_try_init(async || {
                let built = Draft::of(&self.given.site)?;
                Foreign::serve(built, self.reports.port, &self.given).await
            })
            .await
    }

    /// A portal that serves its own copy of the demo's files. The rest of the service is at the
    /// address of [`Self::foreign`].
    pub(crate) async fn vendored(&self) -> Result<&Site> {
        self.vendored
            .get_or_try_init(async || {
                let postern = &self.foreign().await?.postern.url;
                vendored::serve(postern, self.reports.port, &self.given).await
            })
            .await
    }

    /// The service with its peers, at its own address, with its own database.
    pub(crate) async fn deployment(&self) -> Result<Deployment> {
        let prepared = async || {
            let ground = Ground::prepare(&self.given.service).await?;
            anyhow::Ok(Rc::new(ground))
        };
        let ground = self.ground.get_or_try_init(prepared).await?;
        ground.deploy(&self.draft_of_service()?).await
    }

    /// The example portal, for the service at this origin.
    pub(crate) fn draft_of_portal(&self, postern: &str) -> Result<Draft> {
        Draft::of(&self.given.portal)?
            .saying(postern, EXAMPLE_ORIGIN)?
            .reporting_to(self.reports.port)
    }

    /// The page that the service serves.
    pub(crate) fn draft_of_service(&self) -> Result<Draft> {
        Draft::of(&self.given.wizard)?
            .with("elsewhere.html", ELSEWHERE)?
            .reporting_to(self.reports.port)
    }

    fn draft_of_demo(&self) -> Result<Draft> {
        Draft::of(&self.given.site)?.with("elsewhere.html", ELSEWHERE)
    }

    async fn serve(&self, draft: Draft) -> Result<Site> {
        draft
            .reporting_to(self.reports.port)?
            .serve(&self.given.server)
            .await
    }
}
