//! `cargo xtask sbom`: lists the components of the server and the wizard, in the `CycloneDX`
//! format.
//!
//! Before a bill is written, it is compared with the packages that Cargo compiles and with the lock
//! file. An incomplete bill is an error.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::{setup, shell, workspace};

/// The released packages, and the target of each; `None` means this machine.
///
/// For another target the bill includes the packages for all machines, since macros and build
/// scripts run on the build machine.
const RELEASED: [(&str, Option<&str>); 2] = [
    ("postern-server", None),
    ("postern", Some("wasm32-unknown-unknown")),
];

/// Development features are default features, and production is built without them.
const PRODUCTION: &str = "--no-default-features";

/// The newest version of the format that the tool writes.
const SPEC_VERSION: &str = "1.5";

/// Writes a bill for each released package.
///
/// # Errors
/// When the tool cannot be installed or fails, or a bill is incomplete.
pub(crate) fn run() -> Result<()> {
    setup::sbom()?;
    let directory = workspace::target().join("sbom");
    fs::create_dir_all(&directory)?;
    let lock = fs::read_to_string(workspace::root().join("Cargo.lock"))?;
    let locked = locked(&lock);
    for (package, target) in RELEASED {
        let bill = describe(package, target.map(|_| "all"))?;
        let bill = without_root(&bill, &workspace::root());
        let components = checked(&bill, package, &locked, &compiled(package, target)?)
            .with_context(|| format!("the bill of materials of {package} is incomplete"))?;
        let path = directory.join(format!("{package}.cdx.json"));
        fs::write(&path, bill)?;
        println!("{}: {components} components", path.display());
    }
    Ok(())
}

/// The bill of one package. The tool writes a bill beside the manifest of every package of ours;
/// all of those are removed.
fn describe(package: &str, target: Option<&str>) -> Result<String> {
    let arguments = ["cyclonedx", "--format", "json", "--spec-version"];
    let mut tool = shell::cargo(&arguments);
    tool.args([SPEC_VERSION, "--quiet", PRODUCTION]);
    if let Some(target) = target {
        tool.args(["--target", target]);
    }
    let described = shell::run(&mut tool);
    let mut bill = None;
    for (name, path) in packages()? {
        let written = path.join(format!("{name}.cdx.json"));
        let Ok(text) = fs::read_to_string(&written) else {
            continue;
        };
        fs::remove_file(&written)?;
        if name == package {
            bill = Some(text);
        }
    }
    described?;
    bill.with_context(|| format!("cargo cyclonedx wrote nothing for {package}"))
}

/// Our packages, and the folder of each.
fn packages() -> Result<Vec<(String, PathBuf)>> {
    let arguments = ["metadata", "--no-deps", "--format-version", "1", "--locked"];
    let metadata: Value = serde_json::from_str(&shell::read(&mut shell::cargo(&arguments))?)?;
    let packages = metadata["packages"].as_array();
    let named = packages.into_iter().flatten().filter_map(|package| {
        let manifest = Path::new(package["manifest_path"].as_str()?);
        let name = package["name"].as_str()?;
        Some((name.to_owned(), manifest.parent()?.to_owned()))
    });
    Ok(named.collect())
}

/// A package in one version.
type Release = (String, String);

/// The foreign packages that Cargo compiles for a package, including those for its build.
fn compiled(package: &str, target: Option<&str>) -> Result<BTreeSet<Release>> {
    let mut tree = shell::cargo(&["tree", "--locked", PRODUCTION, "--package", package]);
    tree.args(["--edges", "normal,build", "--prefix", "none"]);
    tree.args(["--format", "{p}"]);
    if let Some(target) = target {
        tree.args(["--target", target]);
    }
    let lines = shell::read(&mut tree)?;
    let named = lines.lines().filter_map(|line| {
        let mut words = line.split(' ');
        let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
        Some((name.to_owned(), version.to_owned()))
    });
    Ok(named.collect())
}

/// The packages in the lock file, with the SHA-256 of each. Our own packages have none.
fn locked(lock: &str) -> BTreeMap<Release, Option<String>> {
    let value = |entry: &str, key: &str| {
        let after = entry.split_once(&format!("\n{key} = \""))?.1;
        Some(after.split('"').next()?.to_owned())
    };
    let entries = lock.split("[[package]]").skip(1);
    entries
        .filter_map(|entry| {
            let named = (value(entry, "name")?, value(entry, "version")?);
            Some((named, value(entry, "checksum")))
        })
        .collect()
}

/// The bill without the path of the build machine.
fn without_root(bill: &str, root: &Path) -> String {
    bill.replace(&format!("file://{}", root.display()), "file://.")
}

/// The number of components in a bill.
///
/// # Errors
/// When it describes another package, lacks a compiled package, or lacks the source or SHA-256 of a
/// component.
fn checked(
    bill: &str,
    package: &str,
    locked: &BTreeMap<Release, Option<String>>,
    compiled: &BTreeSet<Release>,
) -> Result<usize> {
    let bill: Value = serde_json::from_str(bill)?;
    ensure!(
        bill["bomFormat"] == "CycloneDX" && bill["specVersion"] == SPEC_VERSION,
        "it is not CycloneDX {SPEC_VERSION}"
    );
    let about = &bill["metadata"]["component"];
    ensure!(about["name"] == package, "it is about {}", about["name"]);
    let mut named = BTreeSet::from([identity(about)?]);
    let components = bill["components"]
        .as_array()
        .context("it has no components")?;
    for component in components {
        let identity = identity(component)?;
        let (name, version) = &identity;
        let checksum = locked.get(&identity);
        let checksum =
            checksum.with_context(|| format!("Cargo.lock does not name {name} {version}"))?;
        if let Some(checksum) = checksum {
            let purl = format!("pkg:cargo/{name}@{version}");
            ensure!(component["purl"] == purl.as_str(), "{name} has no {purl}");
            let hash = &component["hashes"][0];
            ensure!(
                hash["alg"] == "SHA-256" && hash["content"] == checksum.as_str(),
                "the SHA-256 of {name} {version} differs from Cargo.lock"
            );
        }
        named.insert(identity);
    }
    let missing: Vec<_> = compiled.difference(&named).collect();
    ensure!(missing.is_empty(), "it does not name {missing:?}");
    Ok(components.len())
}

fn identity(component: &Value) -> Result<Release> {
    let text = |key: &str| {
        let text = component[key].as_str();
        text.map(str::to_owned)
            .with_context(|| format!("a component without {key}"))
    };
    Ok((text("name")?, text("version")?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const LOCK: &str = "version = 4\n\n[[package]]\nname = \"ours\"\nversion = \"0.1.0\"\ndependencies = [\n \"theirs\",\n]\n\n[[package]]\nname = \"theirs\"\nversion = \"2.0.0\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = \"abc\"\n";

    fn compiled() -> BTreeSet<Release> {
        [("ours", "0.1.0"), ("theirs", "2.0.0")]
            .map(|(name, version)| (name.to_owned(), version.to_owned()))
            .into()
    }

    fn bill() -> Value {
        json!({
            "bomFormat": "CycloneDX", "specVersion": SPEC_VERSION,
            "metadata": { "component": { "name": "ours", "version": "0.1.0" } },
            "components": [{
                "name": "theirs", "version": "2.0.0", "purl": "pkg:cargo/theirs@2.0.0",
                "hashes": [{ "alg": "SHA-256", "content": "abc" }],
            }],
        })
    }

    fn is_whole(bill: &Value) -> bool {
        checked(&bill.to_string(), "ours", &locked(LOCK), &compiled()).is_ok()
    }

    #[test]
    fn a_bill_names_all_that_is_compiled_with_its_source_and_its_hash() {
        assert!(is_whole(&bill()));
        for (pointer, other) in [
            ("/bomFormat", json!("SPDX")),
            ("/metadata/component/name", json!("theirs")),
            ("/components", json!([])),
            ("/components/0/version", json!("2.0.1")),
            ("/components/0/purl", json!("pkg:cargo/other@2.0.0")),
            ("/components/0/hashes", json!([])),
            ("/components/0/hashes/0/content", json!("abd")),
        ] {
            let mut bill = bill();
            *bill.pointer_mut(pointer).expect("it is there") = other;
            assert!(!is_whole(&bill), "{pointer}");
        }
    }

    #[test]
    fn a_bill_says_nothing_of_where_it_was_made() {
        let bill = r#"{"bom-ref":"path+file:///some/where/crates/ours#0.1.0"}"#;
        assert_eq!(
            without_root(bill, Path::new("/some/where")),
            r#"{"bom-ref":"path+file://./crates/ours#0.1.0"}"#
        );
    }

    #[test]
    fn what_is_released_has_a_bill_and_each_of_it_is_a_package() {
        let packages = packages().expect("Cargo says what there is");
        for (released, _) in RELEASED {
            assert!(
                packages.iter().any(|(name, _)| name == released),
                "{released}"
            );
        }
    }
}
