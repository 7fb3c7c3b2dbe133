//! Puts the built wizard into the program, where `POSTERN_SITE` says where it is. Without it the program has none.

use std::fmt::Write;
use std::path::PathBuf;
use std::{env, fs};

const SITE: &str = "POSTERN_SITE";

fn main() {
    println!("cargo::rerun-if-env-changed={SITE}");
    println!("cargo::rerun-if-changed=migrations");
    let mut source = String::from("static EMBEDDED: &[(&str, &[u8])] = &[\n");
    if let Some(directory) = env::var_os(SITE).map(PathBuf::from) {
        println!("cargo::rerun-if-changed={}", directory.display());
        let entries = fs::read_dir(&directory);
        let entries = entries.unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
        let mut files: Vec<PathBuf> = entries
            .map(|entry| entry.expect("the directory can be read").path())
            .filter(|path| path.is_file())
            .collect();
        files.sort();
        for path in files {
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned());
            let name = name.expect("a file has a name");
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
