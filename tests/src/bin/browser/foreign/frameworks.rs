//! The portal's pages that a framework draws. Both do the same with the element, each in its own
//! way: see `vue.js` and `react.jsx`.

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use super::parts::LOAD;

/// The part of Vue that runs compiled templates and needs no eval.
const VUE: &str = "vue/dist/vue.runtime.global.prod.js";
const VUE_PAGE: &str = include_str!("vue.js");
const REACT_PAGE: &str = include_str!("react.jsx");
/// The place in which the framework draws.
const PLACE: &str = "<div id=\"app\"></div>";

pub(super) const PAGES: [(&str, &[&str], &[&str]); 2] = [
    (
        "vue.html",
        &[
            LOAD,
            "<script src=\"vue-itself.js\"></script>",
            "<script type=\"module\" src=\"vue.js\"></script>",
        ],
        &[PLACE],
    ),
    (
        "react.html",
        &[LOAD, "<script type=\"module\" src=\"react.js\"></script>"],
        &[PLACE],
    ),
];

/// The scripts of these pages, by name.
///
/// # Errors
/// If a package is missing, or the bundler refuses the page.
pub(super) fn scripts(packages: &Path) -> Result<[(&'static str, String); 3]> {
    let vue = packages.join(VUE);
    let vue = fs::read_to_string(&vue)
        .with_context(|| format!("{} is not there: see xtask/src/setup.rs", vue.display()))?;
    Ok([
        ("vue-itself.js", vue),
        ("vue.js", VUE_PAGE.to_owned()),
        ("react.js", bundled(REACT_PAGE, packages)?),
    ])
}

/// One script with a page for React and React's development build: only that build mounts
/// everything twice in its strict mode.
fn bundled(page: &str, packages: &Path) -> Result<String> {
    let mut esbuild = Command::new(packages.join(".bin/esbuild"));
    esbuild
        .args([
            "--bundle",
            "--loader=jsx",
            "--jsx=automatic",
            "--define:process.env.NODE_ENV=\"development\"",
            "--log-level=warning",
        ])
        .env("NODE_PATH", packages)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = esbuild.spawn().context("esbuild does not start")?;
    let mut input = child.stdin.take().context("its input was asked for")?;
    input.write_all(page.as_bytes())?;
    drop(input);
    let output = child.wait_with_output()?;
    ensure!(
        output.status.success(),
        "esbuild ended with {}",
        output.status
    );
    Ok(String::from_utf8(output.stdout)?)
}
