//! Puts files into the program: the migrations, and the built wizard from the directory in
//! `POSTERN_SITE`. Without that variable the program contains no wizard.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

const SITE: &str = "POSTERN_SITE";

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    println!("cargo::rerun-if-changed=migrations");
    let migrations =
        migrations("SQLITE", "migrations/sqlite") + &migrations("POSTGRES", "migrations/postgres");
    fs::write(out.join("migrations.rs"), migrations).expect("OUT_DIR can be written to");
    fs::write(out.join("site.rs"), site()).expect("OUT_DIR can be written to");
}

/// The migrations of a directory as Rust: the number and the name in each file's name, and the SQL.
///
/// `sqlx::migrate!` does the same, but compiles all of sqlx a second time for its macro.
fn migrations(constant: &str, directory: &str) -> String {
    let directory = env::current_dir()
        .expect("cargo runs build scripts in the directory of the package")
        .join(directory);
    let mut files = Vec::new();
    add_files(&mut files, &directory, "");
    files.sort();
    let mut source = format!("pub(super) static {constant}: &[(i64, &str, &str)] = &[\n");
    for (name, path) in files {
        let (number, name) = name
            .strip_suffix(".sql")
            .and_then(|name| name.split_once('_'))
            .unwrap_or_else(|| panic!("{}: no NUMBER_NAME.sql", path.display()));
        let number: i64 = number
            .parse()
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let (name, path) = (name.replace('_', " "), path.display().to_string());
        writeln!(source, "    ({number}, {name:?}, include_str!({path:?})),")
            .expect("a string takes every write");
    }
    source.push_str("];\n");
    source
}

/// The files of the wizard as Rust.
fn site() -> String {
    println!("cargo::rerun-if-env-changed={SITE}");
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
    source
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
