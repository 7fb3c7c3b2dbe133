//! `cargo xtask update-phone-metadata`: updates the numbering plans to a newer release, and the
//! results of Google's own code for them.
//!
//! The crate that the plans are compiled from, and the port that generates the golden file, must
//! have the same release. This command sets both.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::{setup, shell, workspace};

const CRATE: &str = "phonenumber";
const MANIFEST: &str = "Cargo.toml";
const FUZZ_MANIFEST: &str = "crates/phone/fuzz/Cargo.toml";
const GENERATOR: &str = "crates/phone/tests/golden/generate.py";
/// The compressor of the generator.
const BROTLI: &str = "brotli==1.2.1";

/// Updates to a given version of the crate, or to the newest one.
///
/// # Errors
/// When there is no such version, a tool fails, or the parser no longer agrees with libphonenumber.
pub(crate) fn run(version: Option<&str>) -> Result<()> {
    let version = match version {
        Some(version) => version.to_owned(),
        None => newest()?,
    };
    let (number, release) = version
        .split_once('+')
        .with_context(|| format!("{version} names no release of the metadata after a +"))?;
    eprintln!("numbering plans of libphonenumber {release}, from {CRATE} {number}");

    set(MANIFEST, &format!("{CRATE} = \"="), number)?;
    set(GENERATOR, "RELEASE = \"", release)?;
    shell::run(&mut shell::cargo(&["update", "--package", CRATE]))?;
    shell::run(&mut shell::cargo(&[
        "update",
        "--package",
        CRATE,
        "--manifest-path",
        FUZZ_MANIFEST,
    ]))?;

    let port = format!("phonenumbers=={release}");
    let python = setup::python(
        &workspace::target().join("phone-metadata"),
        &[&port, BROTLI],
    )?;
    eprintln!("asking libphonenumber, which takes some minutes");
    shell::run(shell::command(python).arg(GENERATOR))?;
    shell::run(&mut shell::cargo(&[
        "test",
        "--package",
        "postern-phone",
        "--all-features",
    ]))
}

/// The newest published version.
fn newest() -> Result<String> {
    let about = shell::read(&mut shell::cargo(&["info", "--color", "never", CRATE]))?;
    let version = about
        .lines()
        .find_map(|line| line.strip_prefix("version: "));
    // If a newer version exists, it follows in brackets: `0.3.9 (latest 0.3.10+9.0.33)`.
    let version = version.context("cargo info names no version")?;
    let latest = version
        .split_once("(latest ")
        .map(|(_, latest)| latest.trim_end_matches(')'));
    Ok(latest.unwrap_or(version).trim().to_owned())
}

/// Replaces the value between `before` and the next quotation mark, everywhere in a file.
fn set(file: &str, before: &str, value: &str) -> Result<()> {
    let path = workspace::root().join(Path::new(file));
    let text = fs::read_to_string(&path)?;
    let changed =
        with_value(&text, before, value).with_context(|| format!("{file} has no {before}"))?;
    Ok(fs::write(path, changed)?)
}

fn with_value(text: &str, before: &str, value: &str) -> Option<String> {
    let mut parts = text.split(before);
    let mut changed = parts.next()?.to_owned();
    let mut found = false;
    for part in parts {
        let (_, after) = part.split_once('"')?;
        changed.extend([before, value, "\"", after]);
        found = true;
    }
    found.then_some(changed)
}

#[cfg(test)]
mod tests {
    use super::with_value;

    #[test]
    fn every_place_gets_the_value_and_nothing_else_changes() {
        let text = "a = \"=1\"\nb = \"2\"\na = \"=1\"\n";
        let changed = with_value(text, "a = \"=", "3").unwrap();
        assert_eq!(changed, "a = \"=3\"\nb = \"2\"\na = \"=3\"\n");
        assert_eq!(with_value(text, "c = \"", "3"), None);
    }
}
