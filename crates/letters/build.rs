//! Embeds the words of letters in every language.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use postern_locale::LANGUAGES;

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let locales = Path::new(&root).join("../../locales");
    println!("cargo::rerun-if-changed={}", locales.display());
    let mut source = format!(
        "/// The words of each language, in the order of `LANGUAGES`.\n\
         static CATALOGS: [&str; {}] = [\n",
        LANGUAGES.len()
    );
    for language in &LANGUAGES {
        let file = locales.join(language.tag).join("letters.ftl");
        let file = file.display().to_string();
        writeln!(source, "    include_str!({file:?}),").expect("a string takes every write");
    }
    source.push_str("];\n");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("catalogs.rs"), source).expect("OUT_DIR can be written to");
}
