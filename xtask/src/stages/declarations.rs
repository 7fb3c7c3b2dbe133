//! Checks the TypeScript declarations of the element, together with files that use all of them.
//! Also checks the package that contains them.

use std::{collections::BTreeMap, fs};

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::{finish::embed::FOLDER, package, page::WIZARD, setup, shell, workspace};

/// Files that use every declaration, and that contain code that must not compile.
const USES: [&str; 2] = ["npm/uses.tsx", "npm/uses-vue.ts"];
/// Packages whose types the element's types use, with the path for the compiler.
const TYPES: [(&str, &str); 8] = [
    ("react", "@types/react"),
    ("react/*", "@types/react/*"),
    ("csstype", "csstype"),
    ("vue", "vue"),
    ("@vue/runtime-dom", "@vue/runtime-dom"),
    ("@vue/runtime-core", "@vue/runtime-core"),
    ("@vue/reactivity", "@vue/reactivity"),
    ("@vue/shared", "@vue/shared"),
];

/// Checks the declarations.
///
/// # Errors
/// When the compiler is missing or reports an error.
pub(super) fn hold() -> Result<String> {
    let types = setup::declarations()?;
    let directory = workspace::target().join(FOLDER);
    fs::create_dir_all(&directory)?;
    let config = directory.join("tsconfig.json");
    let paths: BTreeMap<_, _> = TYPES
        .iter()
        .map(|(name, place)| (name, [types.join(place)]))
        .collect();
    let options = json!({
        "compilerOptions": {
            "strict": true,
            "noEmit": true,
            "target": "es2022",
            "lib": ["dom", "es2022"],
            "module": "esnext",
            "moduleResolution": "bundler",
            "jsx": "react-jsx",
            "types": [],
            "paths": paths,
        },
        "files": USES.map(|file| workspace::root().join(FOLDER).join(file)),
    });
    fs::write(&config, serde_json::to_vec_pretty(&options)?)?;
    let mut compiler = shell::command("tsc");
    shell::read(compiler.arg("--project").arg(&config))?;
    Ok(format!("{} compile", USES.join(" and ")))
}

/// Checks the package with tools that find problems for npm, bundlers and compilers.
///
/// # Errors
/// When a tool is missing or reports an error.
pub(super) fn package_is_sound() -> Result<String> {
    setup::declarations()?;
    let site = WIZARD.site();
    let tarball = package::write(&site, &package::folder())?;
    // The build has put the package where a server serves it: from the same page, with the same
    // bytes.
    let served = fs::read(site.join(package::SERVED));
    let served = served.context("the served files contain no package")?;
    ensure!(
        served == fs::read(&tarball)?,
        "the served package does not belong to the served page"
    );
    let mut publint = shell::command("publint");
    shell::read(publint.args(["run", "--strict"]).arg(&tarball))?;
    // The package is for pages only, and pages use modules only.
    let mut attw = shell::command("attw");
    attw.args(["--profile", "esm-only", "--format", "ascii", "--no-emoji"]);
    shell::read(attw.arg(&tarball))
}
