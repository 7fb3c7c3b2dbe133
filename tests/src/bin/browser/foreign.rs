//! A portal of another organisation: pages on their own origin, under the strictest policy that a
//! portal can have. They contain the wizard as an element that another origin serves.

use std::path::Path;

use anyhow::Result;

use crate::{
    given::Given,
    site::{Draft, Site},
};

mod framed;
mod frameworks;
mod parts;
pub(crate) mod vendored;

pub(crate) use framed::Framed;
pub(crate) use parts::SCRIPT;
use parts::{HOSTILE_STYLE, LOAD, STYLE, page};

const FLOATING_STYLE: &str = include_str!("foreign/floating.css");

/// Makes a browser like Safari before 16.4.
const OLD_SCRIPT: &str = "delete Document.prototype.adoptedStyleSheets";

/// The answers of the API and of the service's style sheet for an organisation.
const TENANT: (&str, &str) = (
    "api/v1/tenants/contoso.example",
    "{ \"domain\": \"contoso.example\", \"name\": \"Contoso\", \"help_url\": \"https://contoso.example/help\", \
     \"logo_url\": \"../../../embed/logos/light.svg\", \"logo_dark_url\": \"../../../embed/logos/dark.svg\" }",
);
const COLOURS: (&str, &str) = (
    "embed/themes/contoso.example.css",
    "@layer postern { postern-reset:is([tenant=\"contoso.example\" i]) { --postern-accent: #102030; --postern-ink: #000000; --postern-paper: #fff8f0; }
     postern-reset:is([tenant=\"contoso.example\" i])[theme=dark] { --postern-accent: #f0e0d0; --postern-ink: #000000; --postern-paper: #e0e0e0; } }",
);

/// An organisation whose picture cannot be loaded, and one whose picture can. Both have no colours
/// and a name that is longer than a phone's page is wide.
const UNSEEN: (&str, &str) = (
    "api/v1/tenants/bank.contoso.example",
    "{ \"domain\": \"bank.contoso.example\", \"name\": \"Bank of Contoso for the Provinces of Noord-Brabant, Limburg and Zeeland\", \
     \"logo_url\": \"../../../embed/logos/missing.svg\" }",
);
const UNSEEN_COLOURS: (&str, &str) = ("embed/themes/bank.contoso.example.css", "");
const LONG: (&str, &str) = (
    "api/v1/tenants/water.contoso.example",
    "{ \"domain\": \"water.contoso.example\", \"name\": \"Water Board of Contoso for the Provinces of Noord-Brabant, Limburg and Zeeland\", \
     \"logo_url\": \"../../../embed/logos/light.svg\", \"logo_dark_url\": \"../../../embed/logos/dark.svg\" }",
);
const LONG_COLOURS: (&str, &str) = ("embed/themes/water.contoso.example.css", "");

/// The organisation's pictures, three times as wide as high: one has its size, and the other only
/// its proportions.
const LOGOS: [(&str, &str); 2] = [
    (
        "embed/logos/light.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"96\" height=\"32\"><path d=\"M0 0h96v32H0z\" fill=\"#102030\"/></svg>",
    ),
    (
        "embed/logos/dark.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 96 32\"><path d=\"M0 0h96v32H0z\" fill=\"#f0e0d0\"/></svg>",
    ),
];

/// The header that the service sends with all of these, as with everything that portals' pages may
/// read.
const SHARED: &str = "Access-Control-Allow-Origin: *";

const LOAD_AGAIN: &str = "<script type=\"module\" src=\"ORIGINembed/postern.js?again\"></script>";
const LOAD_FRAME: &str = "<script type=\"module\" src=\"ORIGINembed/postern-frame.js\"></script>";
const HOSTILE: &str = "<link rel=\"stylesheet\" href=\"hostile.css\">";
const FLOATING: &str = "<link rel=\"stylesheet\" href=\"floating.css\">";
const OLD: &str = "<script src=\"old.js\"></script>";
const ELEMENT: &str = "<postern-reset></postern-reset>";

/// The pages: the content of the head, and the element among the portal's own content.
const PAGES: [(&str, &[&str], &[&str]); 19] = [
    ("early.html", &[LOAD], &[ELEMENT]),
    ("late.html", &[], &[ELEMENT, LOAD]),
    ("twice.html", &[LOAD, LOAD_AGAIN, LOAD], &[ELEMENT]),
    (
        "two.html",
        &[LOAD],
        &["<postern-reset id=\"one\"></postern-reset><postern-reset id=\"two\"></postern-reset>"],
    ),
    ("far.html", &[LOAD], &["<div class=\"far\"></div>", ELEMENT]),
    (
        "empty.html",
        &[LOAD],
        &["<aside aria-label=\"Beside\"></aside>"],
    ),
    (
        "told.html",
        &[LOAD],
        &[
            "<postern-reset id=\"own\" locale=\"nl-BE\" identifier=\"dalia@contoso.example\" theme=\"dark\"></postern-reset>",
        ],
    ),
    (
        "organisation.html",
        &[LOAD],
        &["<postern-reset tenant=\"contoso.example\" theme=\"light\"></postern-reset>"],
    ),
    (
        "organisation-shadow.html",
        &[LOAD],
        &["<postern-reset tenant=\"contoso.example\" theme=\"light\" shadow></postern-reset>"],
    ),
    (
        "unseen.html",
        &[LOAD],
        &["<postern-reset tenant=\"bank.contoso.example\"></postern-reset>"],
    ),
    (
        "long.html",
        &[LOAD],
        &["<postern-reset tenant=\"water.contoso.example\"></postern-reset>"],
    ),
    (
        "fallback.html",
        &[LOAD],
        &["<postern-reset><p>Call the helpdesk.</p></postern-reset>"],
    ),
    (
        "far-fallback.html",
        &[LOAD],
        &[
            "<div class=\"far\"></div><postern-reset><button type=\"button\" id=\"again\">Try again</button></postern-reset>",
        ],
    ),
    // This page has the demo's switches, one of which breaks the wizard.
    (
        "breaking.html",
        &[LOAD],
        &[ELEMENT, "<div data-postern-demo></div>"],
    ),
    ("old.html", &[OLD, LOAD], &[ELEMENT]),
    ("hostile.html", &[HOSTILE, LOAD], &[ELEMENT]),
    ("floating.html", &[FLOATING, LOAD], &[ELEMENT]),
    ("hostile-alone.html", &[HOSTILE], &[]),
    (
        "shadow.html",
        &[HOSTILE, LOAD],
        &["<postern-reset shadow></postern-reset>"],
    ),
];

/// The portal, and the origin that serves the element.
pub(crate) struct Foreign {
    /// The server of the pages.
    pub(crate) portal: Site,
    /// The server of the wizard.
    pub(crate) postern: Site,
}

impl Foreign {
    /// Serves both, the given built page and the portal.
    ///
    /// # Errors
    /// If a server does not start.
    pub(crate) async fn serve(built: Draft, reports: u16, given: &Given) -> Result<Self> {
        let server: &Path = &given.server;
        let mut built = built.reporting_to(reports)?;
        let told = [TENANT, COLOURS, UNSEEN, UNSEEN_COLOURS, LONG, LONG_COLOURS];
        for (path, text) in told.into_iter().chain(LOGOS) {
            built = built.with(path, text)?.sending(path, SHARED)?;
        }
        let postern = built.serve(server).await?;
        let origin = postern.url.trim_end_matches('/');
        let policy = format!(
            "/*\n  Content-Security-Policy: default-src 'none'; script-src 'self' {origin} 'wasm-unsafe-eval'; \
             connect-src {origin}; style-src 'self'; img-src data: {origin}\n"
        );
        let mut draft = Draft::empty()
            .with("_headers", &policy)?
            .with("index.html", &page(&postern.url, &[], &[]))?
            .with("portal.css", STYLE)?
            .with("hostile.css", HOSTILE_STYLE)?
            .with("floating.css", FLOATING_STYLE)?
            .with("portal.js", SCRIPT)?
            .with("old.js", OLD_SCRIPT)?;
        for (name, script) in frameworks::scripts(&given.packages)? {
            draft = draft.with(name, &script)?;
        }
        for (name, head, content) in PAGES.into_iter().chain(frameworks::PAGES) {
            draft = draft.with(name, &page(&postern.url, head, content))?;
        }
        let portal = draft.reporting_to(reports)?.serve(server).await?;
        Ok(Self { portal, postern })
    }
}
