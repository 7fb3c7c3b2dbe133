//! Compiles the world's numbering plans into static tables.
//!
//! The plans come from the `phonenumber` crate, which ships the metadata of Google's libphonenumber as patterns.
//! All of a pattern's work is done here, so that at run time a number is judged by table look-ups alone.

#[path = "build/automaton.rs"]
mod automaton;
#[path = "build/code.rs"]
mod code;
#[path = "build/emit.rs"]
mod emit;
#[path = "build/layout.rs"]
mod layout;
#[path = "build/metadata.rs"]
mod metadata;
#[path = "build/pattern.rs"]
mod pattern;
#[path = "build/prefix.rs"]
mod prefix;
#[path = "build/types.rs"]
mod types;

use std::path::PathBuf;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");

    let directory = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let codes = metadata::calling_codes();

    let numbering = prefix::compile(&codes);
    fs::write(directory.join("numbering.rs"), numbering).expect("OUT_DIR can be written to");

    if env::var_os("CARGO_FEATURE_PLANS").is_some() {
        let types = types::compile(&codes);
        fs::write(directory.join("types.rs"), types).expect("OUT_DIR can be written to");
    }
}
