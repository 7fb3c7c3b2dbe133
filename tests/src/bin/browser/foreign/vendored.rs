//! A portal that serves its own copy of the element's files, from the package of npm, under a
//! policy that allows scripts of no other origin.

use std::{collections::BTreeMap, fs, process::Command};

use anyhow::{Context, Result, ensure};
use postern_peers::folder::Folder;

use super::parts::{HOSTILE_STYLE, SCRIPT, STYLE, page};
use crate::{
    given::Given,
    site::{Draft, Site},
};

/// The file that a page loads, in the package's copy.
const SHIM: &str = "embed/postern.js";
/// Another file with a different hash.
const OTHER: &str = "work.js";

/// The built version, and another one.
const VERSION: &str = env!("CARGO_PKG_VERSION");
pub(crate) const OTHER_VERSION: &str = "0.0.9";

/// Pages with both copies. The name says which comes first.
const BOTH: [(&str, [&str; 2]); 2] = [
    ("built-first.html", ["postern", "other"]),
    ("other-first.html", ["other", "postern"]),
];

/// The script with which a bundled page loads the element.
const BY_LOAD: &str = "import { load } from './package.js';
load('/postern/embed/postern.js', { integrity: 'INTEGRITY' }).then(
  () => (document.documentElement.dataset.loaded = 'true'),
  () => (document.documentElement.dataset.loaded = 'false'),
);";

/// Packs the demo and serves a portal with the package's files in it. `postern` is the address of
/// the rest of the service.
///
/// # Errors
/// If the demo cannot be packed or served.
pub(crate) async fn serve(postern: &str, reports: u16, given: &Given) -> Result<Site> {
    let package = Folder::new("npm");
    let mut xtask = Command::new(&given.server);
    xtask.arg("package").arg("--of").arg(&given.site);
    let packed = xtask.arg("--to").arg(package.path()).output()?;
    ensure!(
        packed.status.success(),
        "the package is not made: {}",
        String::from_utf8_lossy(&packed.stderr)
    );
    let integrity = fs::read(package.path().join("integrity.json"))?;
    let integrity: BTreeMap<String, String> = serde_json::from_slice(&integrity)?;
    let of = |file: &str| integrity.get(file).context("a file has its integrity");

    let origin = postern.trim_end_matches('/');
    let policy = format!(
        "/*\n  Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
         connect-src 'self' {origin}; style-src 'self'; img-src data: {origin}\n"
    );
    let mut draft = Draft::empty()
        .with("_headers", &policy)?
        .with("index.html", &page(postern, &[], &[]))?
        .with("hostile-alone.html", &page(postern, &[], &[]))?
        .with("portal.css", STYLE)?
        .with("hostile.css", HOSTILE_STYLE)?
        .with("portal.js", SCRIPT)?
        .with(
            "package.js",
            &fs::read_to_string(package.path().join("index.js"))?,
        )?
        .with_folder("postern", &package.path().join("dist"))?
        .with_folder("other", &package.path().join("dist"))?
        .saying_in("other", OTHER_VERSION, VERSION)?;
    let element = "<postern-reset api=\"ORIGINapi/v1\" tenant=\"contoso.example\"><p>Call the helpdesk.</p></postern-reset>";
    for (name, integrity) in [("right", of(SHIM)?), ("wrong", of(OTHER)?)] {
        let tag = format!(
            "<script type=\"module\" src=\"postern/{SHIM}\" integrity=\"{integrity}\"></script>"
        );
        let script = format!("{name}.js");
        let loading = format!("<script type=\"module\" src=\"{script}\"></script>");
        draft = draft
            .with(&format!("{name}.html"), &page(postern, &[&tag], &[element]))?
            .with(&script, &BY_LOAD.replace("INTEGRITY", integrity))?
            .with(
                &format!("{name}-by-load.html"),
                &page(postern, &[&loading], &[element]),
            )?;
    }
    for (name, folders) in BOTH {
        let tags = folders
            .map(|folder| format!("<script type=\"module\" src=\"{folder}/{SHIM}\"></script>"));
        let head: Vec<&str> = tags.iter().map(String::as_str).collect();
        draft = draft.with(name, &page(postern, &head, &[element]))?;
    }
    draft.reporting_to(reports)?.serve(&given.server).await
}
