//! The build script compiles the message catalogs of `locales/` into typed methods. The words
//! themselves go into files beside the page, which `cargo xtask` writes with the same compiler.
//! `cargo xtask` also writes the file of numbering plans; the script compiles only its name into
//! the page.

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

#[path = "build/catalog.rs"]
mod catalog;
#[path = "build/plans.rs"]
mod plans;
#[path = "build/rust.rs"]
mod rust;

use rust::{Said, Wanted};

/// The groups of messages that the wizard uses, each a file `locales/<tag>/<group>.ftl`.
const GROUPS: [(&str, Said); 1] = [("reset", Said::ByMethods)];
/// The same for the demo: its letters are composed by the crate `postern-letters`.
const OF_DEMO: [(&str, Said); 3] = [
    GROUPS[0],
    ("demo", Said::ByMethods),
    ("letters", Said::ByKeys),
];

fn main() -> Result<(), Box<dyn Error>> {
    for path in ["locales", "build", "crates/kit/src/words/marks.rs"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let root = env::var("CARGO_MANIFEST_DIR")?;
    let directory = PathBuf::from(env::var("OUT_DIR")?);
    let plans = format!("pub(crate) const FILE: &str = {:?};", plans::name());
    fs::write(directory.join("plans_generated.rs"), plans)?;
    let sources = catalog::read(&Path::new(&root).join("locales"))?;
    match catalog::compile(&sources) {
        Ok(catalogs) => {
            let is_demo = env::var_os("CARGO_FEATURE_DEMO").is_some();
            let groups: &[(&str, Said)] = if is_demo { &OF_DEMO } else { &GROUPS };
            let wanted = Wanted {
                groups,
                has_pseudo: is_demo,
            };
            let source = rust::source(&catalogs, &wanted)?;
            Ok(fs::write(directory.join("words_generated.rs"), source)?)
        }
        Err(problems) => {
            for problem in &problems {
                println!("cargo::error={problem}");
            }
            Err("the catalogs have faults".into())
        }
    }
}
