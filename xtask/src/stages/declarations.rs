//! The TypeScript declarations of the element, read by the compiler together with files that use
//! all of them, and the package that they are handed out in.

use std::{collections::BTreeMap, fs};

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::{finish::embed::FOLDER, package, page::Page, setup, shell, workspace};

/// Use everything that is declared, and have what must not compile.
const USES: [&str; 2] = ["npm/uses.tsx", "npm/uses-vue.ts"];
/// Whose types those of the element are built on, as the compiler finds them.
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

/// Whether the declarations are what the file says of them.
///
/// # Errors
/// When the compiler is not there, or finds something.
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

/// Whether the package is one that npm, bundlers and compilers make no mistake about.
///
/// # Errors
/// When a tool is not there, or finds something.
pub(super) fn package_is_sound() -> Result<String> {
    setup::declarations()?;
    let site = Page::Wizard.site();
    let tarball = package::write(&site, &package::folder())?;
    // The build has put it where a server hands it out: of the same page, with the same bytes.
    let served = fs::read(site.join(package::SERVED));
    let served = served.context("the build has put no package among what is served")?;
    ensure!(
        served == fs::read(&tarball)?,
        "the package that is served is not that of the page that is served"
    );
    let mut publint = shell::command("publint");
    shell::read(publint.args(["run", "--strict"]).arg(&tarball))?;
    // It is for pages alone, and pages have modules alone.
    let mut attw = shell::command("attw");
    attw.args(["--profile", "esm-only", "--format", "ascii", "--no-emoji"]);
    shell::read(attw.arg(&tarball))
}
