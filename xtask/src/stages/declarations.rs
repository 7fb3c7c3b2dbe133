//! The TypeScript declarations of the element, read by the compiler together with a file that uses all of them.

use std::fs;

use anyhow::Result;
use serde_json::json;

use crate::{finish::embed::FOLDER, setup, shell, workspace};

/// Uses everything that is declared, and has what must not compile.
const USES: &str = "npm/uses.tsx";

/// Whether the declarations are what the file says of them.
///
/// # Errors
/// When the compiler is not there, or finds something.
pub(super) fn hold() -> Result<String> {
    let types = setup::declarations()?;
    let directory = workspace::target().join(FOLDER);
    fs::create_dir_all(&directory)?;
    let config = directory.join("tsconfig.json");
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
            "paths": {
                "react": [types.join("@types/react")],
                "react/*": [types.join("@types/react/*")],
                "csstype": [types.join("csstype")],
            },
        },
        "files": [workspace::root().join(FOLDER).join(USES)],
    });
    fs::write(&config, serde_json::to_vec_pretty(&options)?)?;
    let mut compiler = shell::command("tsc");
    shell::read(compiler.arg("--project").arg(&config))?;
    Ok(format!("{FOLDER}/{USES} compiles"))
}
