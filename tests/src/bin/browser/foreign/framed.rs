//! A portal that has the wizard in a frame. Its pages are on a host with another name, and the
//! service lists that origin among the portals of Contoso.

use anyhow::Result;

use super::{ELEMENT, HOSTILE_STYLE, LOAD, LOAD_FRAME, SCRIPT, STYLE, page};
use crate::{
    lab::Lab,
    page::Page,
    site::{Draft, Site},
};

/// The portal's host. The service is at the address of the same machine, which is another site for
/// browsers.
const HOST: &str = "localhost";

/// A page that tries to send messages in the name of the frame, to the frame, and in the name of
/// the page.
const FORGER: &str = include_str!("forger.html");
const FORGER_SCRIPT: &str = include_str!("forger.js");
const FORGERS: &str = "<iframe title=\"Forger\" src=\"forger.html\"></iframe>";

/// Makes browsers with sharing, and browsers without it.
const SHARING: &str = "<script src=\"sharing.js\"></script>";
const SHARING_SCRIPT: &str = "Navigator.prototype.share = async () => {}";
const NOT_SHARING: &str = "<script src=\"not-sharing.js\"></script>";
const NOT_SHARING_SCRIPT: &str = "delete Navigator.prototype.share";

/// A service worker that sees all requests of the pages, once it is registered.
const WORKER: &str = include_str!("worker.js");

const FRAME: &str = "<postern-frame tenant=\"contoso.example\"></postern-frame>";

/// The pages: the content of the head, and the element among the portal's own content.
const PAGES: [(&str, &[&str], &[&str]); 16] = [
    ("index.html", &[], &[]),
    ("empty.html", &[LOAD_FRAME], &[]),
    ("isolated.html", &[LOAD_FRAME], &[FRAME]),
    ("isolated-without-credentials.html", &[LOAD_FRAME], &[FRAME]),
    ("frame.html", &[LOAD_FRAME], &[FRAME]),
    (
        "low.html",
        &[LOAD_FRAME],
        &["<div class=\"far\"></div>", FRAME],
    ),
    (
        "told.html",
        &[LOAD_FRAME],
        &[
            "<postern-frame id=\"own\" tenant=\"contoso.example\" locale=\"nl-BE\" theme=\"dark\" identifier=\"dalia@contoso.example\"></postern-frame>",
        ],
    ),
    ("two.html", &[LOAD_FRAME], &[FRAME, FRAME]),
    (
        "plain.html",
        &[],
        &["<iframe title=\"Reset\" src=\"ORIGINembed/frame?tenant=contoso.example\"></iframe>"],
    ),
    (
        "unlisted.html",
        &[LOAD_FRAME],
        &[
            "<postern-frame tenant=\"bank.contoso.example\"><p>Call the helpdesk.</p></postern-frame>",
        ],
    ),
    ("sharing.html", &[SHARING, LOAD_FRAME], &[FRAME]),
    ("not-sharing.html", &[NOT_SHARING, LOAD_FRAME], &[FRAME]),
    ("forged.html", &[LOAD_FRAME], &[FRAME, FORGERS]),
    ("element.html", &[LOAD], &[ELEMENT]),
    (
        "organisation.html",
        &[LOAD],
        &["<postern-reset tenant=\"contoso.example\"></postern-reset>"],
    ),
    (
        "far-element.html",
        &[LOAD],
        &["<div class=\"far\"></div><postern-reset><p>Call the helpdesk.</p></postern-reset>"],
    ),
];

/// The isolated pages, each with the header that excludes resources without permission.
const ISOLATED: [(&str, &str); 2] = [
    ("isolated.html", "require-corp"),
    ("isolated-without-credentials.html", "credentialless"),
];

/// The portal that is being served.
pub(crate) struct Framed {
    site: Site,
    origin: String,
}

impl Framed {
    /// Serves the portal at an origin that the page's service lists.
    ///
    /// # Errors
    /// If a server does not start.
    pub(crate) async fn serve(page_of_test: &Page) -> Result<Self> {
        let (lab, service): (&Lab, _) = (&page_of_test.lab, page_of_test.service()?);
        let url = service.url();
        let postern = url.trim_end_matches('/');
        let mut headers = Vec::new();
        let mut draft = Draft::empty()
            .with("portal.css", STYLE)?
            .with("hostile.css", HOSTILE_STYLE)?
            .with("portal.js", SCRIPT)?
            .with("forger.html", FORGER)?
            .with("forger.js", FORGER_SCRIPT)?
            .with("sharing.js", SHARING_SCRIPT)?
            .with("not-sharing.js", NOT_SHARING_SCRIPT)?
            .with("worker.js", WORKER)?;
        for (name, head, content) in PAGES {
            draft = draft.with(name, &page(&url, head, content))?;
            // What docs/embedding.md makes a portal allow, and the forging page.
            let forger = if name == "forged.html" { " 'self'" } else { "" };
            let element = if head.contains(&LOAD) {
                format!("'wasm-unsafe-eval'; connect-src {postern}")
            } else {
                format!("; frame-src {postern}{forger}")
            };
            headers.push(format!(
                "/{name}\n  Content-Security-Policy: default-src 'none'; script-src 'self' {postern} {element}; style-src 'self'; img-src data:\n"
            ));
            if let Some((_, embedder)) = ISOLATED.iter().find(|(isolated, _)| *isolated == name) {
                headers.push(format!(
                    "  Cross-Origin-Opener-Policy: same-origin\n  Cross-Origin-Embedder-Policy: {embedder}\n"
                ));
            }
        }
        let draft = draft
            .with("_headers", &headers.concat())?
            .reporting_to(lab.reports.port)?;
        let port = service.portal;
        Ok(Self {
            site: draft.serve_at(port, &lab.given.server).await?,
            origin: format!("http://{HOST}:{port}"),
        })
    }

    /// The address of one of the portal's pages.
    pub(crate) fn url(&self, name: &str) -> String {
        format!("{}/{name}", self.origin)
    }

    /// The address of one of the portal's pages by the machine's address. For browsers this is
    /// another portal, which no tenant lists.
    pub(crate) fn unlisted_url(&self, name: &str) -> String {
        format!("{}{name}", self.site.url)
    }
}
