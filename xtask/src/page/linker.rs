//! The linker of a page: `wasm-ld`, with fewer arguments than the compiler passes.
//!
//! It refuses a page without link-time optimisation, drops exports that no page uses, and removes
//! the texts of panics.

use std::{
    env,
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};

use super::panics;
use crate::shell;

/// The subcommand of xtask that is the linker. The compiler recognises the kind of linker by the
/// name of the script.
pub(crate) const SUBCOMMAND: &str = "link-page";
const SCRIPT: &str = "wasm-ld";
/// The compiler's name for the page.
const WASM: &str = "postern.wasm";

/// Part of the names of classes of the crate `wasm-streams`, a dependency of Leptos for server
/// functions. The page has no server functions.
const UNCALLED: &str = "intounderlying";

/// Writes the script that the compiler calls, and returns it.
///
/// # Errors
/// When it cannot be written.
pub(super) fn script(directory: &Path) -> Result<PathBuf> {
    let script = directory.join(SCRIPT);
    let program = env::current_exe().context("could not find this program")?;
    shell::script(&script, &program, SUBCOMMAND)?;
    Ok(script)
}

/// Links a page, with the arguments of the compiler.
///
/// # Errors
/// When the page lacks whole-program optimisation, its object file has an unexpected form, or
/// `wasm-ld` fails.
pub(crate) fn run(arguments: &[OsString]) -> Result<()> {
    let mut linker = shell::command(lld()?);
    if !is_of_page(arguments) {
        return shell::run(linker.args(arguments));
    }
    let object = only_object(arguments)?;
    let cut = panics::cut(&fs::read(&object)?)
        .with_context(|| format!("could not remove the panics of {}", object.display()))?;
    fs::write(&object, cut).with_context(|| format!("could not write {}", object.display()))?;
    shell::run(linker.args(called(arguments)))
}

/// Whether this link is that of the page. A crate beneath it is a `cdylib` too, and is linked
/// without need.
fn is_of_page(arguments: &[OsString]) -> bool {
    let mut after_output = arguments
        .iter()
        .skip_while(|argument| *argument != "-o")
        .skip(1);
    let output = after_output.next().map(Path::new).and_then(Path::file_name);
    output == Some(OsStr::new(WASM))
}

/// The single object file after link-time optimisation.
///
/// Cargo silently drops `lto = "fat"` if a package is built as an rlib too (rust-lang/cargo#9672).
/// Then the standard library and every crate are linked separately, and the page is 5 KB of brotli
/// larger.
fn only_object(arguments: &[OsString]) -> Result<PathBuf> {
    let files = || arguments.iter().map(Path::new);
    let name = |file: &Path| {
        file.file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    };
    if let Some(apart) = files().find(|file| {
        file.extension() == Some(OsStr::new("rlib")) && name(file).starts_with("libstd-")
    }) {
        bail!(
            "the page was linked without link-time optimisation: {} is among its inputs",
            name(apart)
        );
    }
    let objects: Vec<&Path> = files()
        .filter(|file| file.extension() == Some(OsStr::new("o")))
        .collect();
    ensure!(
        objects.len() == 1,
        "link-time optimisation leaves one object file, but the page has {objects:?}"
    );
    Ok(objects[0].to_path_buf())
}

/// The arguments without the exports that no page uses.
fn called(arguments: &[OsString]) -> Vec<&OsString> {
    let mut kept: Vec<&OsString> = Vec::new();
    for argument in arguments {
        let text = argument.to_string_lossy();
        if !text.contains(UNCALLED) {
            kept.push(argument);
        } else if !text.starts_with('-') && kept.last().is_some_and(|last| *last == "--export") {
            kept.pop();
        }
    }
    kept
}

/// The linker that comes with the compiler.
fn lld() -> Result<PathBuf> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let libraries = shell::read(shell::command(rustc).args(["--print", "target-libdir"]))?;
    // This is `lib/rustlib/<host>/lib`; `bin` is beside it.
    let host = Path::new(libraries.trim())
        .parent()
        .context("the compiler has no folder")?;
    let lld = host.join("bin/rust-lld");
    ensure!(lld.is_file(), "{} is not there", lld.display());
    Ok(lld)
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::{called, is_of_page, only_object};

    fn arguments(words: &[&str]) -> Vec<OsString> {
        words.iter().map(OsString::from).collect()
    }

    #[test]
    fn a_page_that_is_not_optimised_as_a_whole_is_refused() {
        let apart = arguments(&[
            "a.o",
            "/lib/libstd-0123.rlib",
            "/lib/libcompiler_builtins-1.rlib",
        ]);
        let error = only_object(&apart)
            .expect_err("it is linked apart")
            .to_string();
        assert!(error.contains("libstd-0123.rlib"), "{error}");
        let two = arguments(&["a.o", "b.o"]);
        assert!(only_object(&two).is_err());
        let whole = arguments(&["--gc-sections", "a.o", "/lib/libcompiler_builtins-1.rlib"]);
        assert_eq!(only_object(&whole).ok(), Some("a.o".into()));
    }

    #[test]
    fn only_the_page_is_linked_as_one() {
        assert!(is_of_page(&arguments(&["a.o", "-o", "/deps/postern.wasm"])));
        assert!(!is_of_page(&arguments(&[
            "a.o",
            "-o",
            "/deps/wasm_streams.wasm"
        ])));
        assert!(!is_of_page(&arguments(&["a.o", "-o"])));
    }

    #[test]
    fn exports_that_no_page_calls_are_left_out() {
        let asked = arguments(&[
            "--export",
            "mount",
            "--export",
            "intounderlyingsink_write",
            "--export=__wbg_intounderlyingsource_free",
            "-o",
            "postern.wasm",
        ]);
        assert_eq!(called(&asked), ["--export", "mount", "-o", "postern.wasm"]);
    }
}
