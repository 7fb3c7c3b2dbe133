//! Compiles the message catalogs of `locales/` into typed methods.
//! The words themselves go into files beside the page, which `cargo xtask` writes with the same compiler.

use std::{env, error::Error, fs, path::Path};

#[path = "build/catalog.rs"]
mod catalog;
#[path = "build/rust.rs"]
mod rust;

fn main() -> Result<(), Box<dyn Error>> {
    for path in ["locales", "build", "src/words/marks.rs"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let root = env::var("CARGO_MANIFEST_DIR")?;
    let sources = catalog::read(&Path::new(&root).join("locales"))?;
    match catalog::compile(&sources) {
        Ok(catalogs) => {
            let out = Path::new(&env::var("OUT_DIR")?).join("words_generated.rs");
            fs::write(out, rust::source(&catalogs))?;
            Ok(())
        }
        Err(problems) => {
            for problem in &problems {
                println!("cargo::error={problem}");
            }
            Err("the catalogs have faults".into())
        }
    }
}
