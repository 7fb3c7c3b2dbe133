//! Puts the built wizard into the program, from the directory in `POSTERN_SITE`. Without that
//! variable the program contains no wizard.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

const SITE: &str = "POSTERN_SITE";

fn main() {
    println!("cargo::rerun-if-env-changed={SITE}");
    println!("cargo::rerun-if-changed=migrations");
    let mut source = String::from("static EMBEDDED: &[(&str, &[u8])] = &[\n");
    if let Some(directory) = env::var_os(SITE).map(PathBuf::from) {
        println!("cargo::rerun-if-changed={}", directory.display());
        let mut files = Vec::new();
        add_files(&mut files, &directory, "");
        files.sort();
        for (name, path) in files {
            writeln!(
                source,
                "    ({name:?}, include_bytes!({:?})),",
                path.display().to_string()
            )
            .expect("a string takes every write");
        }
    }
    source.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join("site.rs"), source).expect("OUT_DIR can be written to");
}

/// Adds the files of a directory and of the directories in it, each with its path from the first
/// directory.
fn add_files(files: &mut Vec<(String, PathBuf)>, directory: &Path, path: &str) {
    let entries = fs::read_dir(directory);
    let entries = entries.unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
    for entry in entries {
        let entry = entry.expect("the directory can be read");
        let name = format!("{path}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            add_files(files, &entry.path(), &format!("{name}/"));
        } else {
            files.push((name, entry.path()));
        }
    }
}
