//! Installs what each task needs on the machine. It installs only what is missing, under the target
//! directory if the installer supports that, and prints what it does.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::{shell, workspace};

mod apt;
mod cargo;
mod installing;
mod npm;
mod python;
mod rustup;

use self::{cargo::CargoTool, npm::NpmPackage};

const TRUNK: CargoTool = CargoTool {
    package: "trunk",
    program: "trunk",
    version: "0.21.14",
    locked: true,
};
const CARGO_DENY: CargoTool = CargoTool {
    package: "cargo-deny",
    program: "cargo-deny",
    version: "0.20.2",
    locked: true,
};
const CARGO_CYCLONEDX: CargoTool = CargoTool {
    package: "cargo-cyclonedx",
    program: "cargo-cyclonedx",
    version: "0.5.9",
    locked: true,
};
const CARGO_FUZZ: CargoTool = CargoTool {
    package: "cargo-fuzz",
    program: "cargo-fuzz",
    version: "0.13.2",
    locked: true,
};
const GECKODRIVER: CargoTool = CargoTool {
    package: "geckodriver",
    program: "geckodriver",
    version: "0.37.1",
    locked: true,
};

const BINARYEN: NpmPackage = NpmPackage {
    name: "binaryen",
    version: "132.0.0",
};
/// The programs of that package that link the page.
const BINARYEN_PROGRAMS: [&str; 2] = ["wasm-metadce", "wasm-opt"];
/// The version that each program prints. The `Trunk.toml` of the bare counter names it too.
const BINARYEN_VERSION: &str = "(version_132)";
const ESBUILD: NpmPackage = NpmPackage {
    name: "esbuild",
    version: "0.28.2",
};
const AXE: NpmPackage = NpmPackage {
    name: "axe-core",
    version: "4.14.1",
};
const LIGHTHOUSE: NpmPackage = NpmPackage {
    name: "lighthouse",
    version: "12.8.2",
};
const TYPESCRIPT: NpmPackage = NpmPackage {
    name: "typescript",
    version: "7.0.2",
};
const REACT_TYPES: NpmPackage = NpmPackage {
    name: "@types/react",
    version: "19.3.0",
};
const VUE: NpmPackage = NpmPackage {
    name: "vue",
    version: "3.5.45",
};
const REACT: NpmPackage = NpmPackage {
    name: "react",
    version: "19.3.1",
};
const REACT_DOM: NpmPackage = NpmPackage {
    name: "react-dom",
    version: "19.3.1",
};
const PUBLINT: NpmPackage = NpmPackage {
    name: "publint",
    version: "0.3.25",
};
/// Checks whether compilers find the types of scripts.
const ATTW: NpmPackage = NpmPackage {
    name: "@arethetypeswrong/cli",
    version: "0.18.5",
};
/// Solves challenges in the way of third-party clients.
const ALTCHA: NpmPackage = NpmPackage {
    name: "altcha-lib",
    version: "2.8.0",
};
const LIBPHONENUMBER: NpmPackage = NpmPackage {
    name: "libphonenumber-js",
    version: "1.13.16",
};

/// The mail server of the tests, and its folder under the target directory.
const AIOSMTPD: &str = "aiosmtpd==1.4.6";
const SMTP_SERVER: &str = "smtp-server";

/// Generates requests from the description of the API, and its folder under the target directory.
const SCHEMATHESIS: &str = "4.32.5";
const REQUESTS_MADE_UP: &str = "schemathesis";

/// Learns to distinguish people by their answers, and its folder under the target directory.
const SCIKIT_LEARN: &str = "scikit-learn==1.9.1";
const CLASSIFIER: &str = "classifier";

/// Installs the tools that build the page.
pub(crate) fn page() -> Result<()> {
    wasm_target()?;
    TRUNK.ensure()?;
    // Not locked, since its lock file names withdrawn versions.
    let version = cargo::locked_version("wasm-bindgen")?;
    CargoTool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: &version,
        locked: false,
    }
    .ensure()?;
    node()?;
    let is_here =
        |program: &str| shell::version(program).is_some_and(|text| text.contains(BINARYEN_VERSION));
    if !BINARYEN_PROGRAMS.into_iter().all(is_here) {
        BINARYEN.ensure()?;
    }
    ESBUILD.ensure()
}

/// Installs the compiler target of the page.
pub(crate) fn wasm_target() -> Result<()> {
    rustup::target("wasm32-unknown-unknown")
}

/// Installs the tools that run the tests of the pure crates in wasm.
pub(crate) fn wasm_tests() -> Result<()> {
    rustup::target("wasm32-wasip1")?;
    node()
}

/// Installs three browsers with their drivers, a virtual screen, fonts for every language, axe, and
/// the tools that build portal pages. Returns axe's script.
pub(crate) fn browsers() -> Result<PathBuf> {
    apt::ensure(&[
        ("chromium", "chromium"),
        ("chromedriver", "chromium-driver"),
        ("firefox", "firefox-esr"),
        ("WebKitWebDriver", "webkit2gtk-driver"),
        ("Xvfb", "xvfb"),
    ])?;
    apt::ensure_files(&[(
        "/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf",
        "fonts-noto-core",
    )])?;
    GECKODRIVER.ensure()?;
    node()?;
    for package in [AXE, ESBUILD, VUE, REACT, REACT_DOM] {
        package.ensure()?;
    }
    Ok(AXE.directory().join("axe.min.js"))
}

/// Installs the TypeScript compiler, the types of React and Vue, and the checkers of the package.
/// Returns the folder of the types.
pub(crate) fn declarations() -> Result<PathBuf> {
    node()?;
    for package in [TYPESCRIPT, REACT_TYPES, VUE, PUBLINT, ATTW] {
        package.ensure()?;
    }
    Ok(npm_packages())
}

/// Installs only the driver of Firefox, which is compiled if it is missing.
pub(crate) fn driver() -> Result<()> {
    GECKODRIVER.ensure()
}

/// Installs the tools that build the example portal in that folder.
pub(crate) fn portal(folder: &Path, package: &str) -> Result<()> {
    node()?;
    npm::ensure_locked(folder, package)
}

/// Installs the peers of a service's tests: a database, a text gateway with a simulated network, a
/// reverse proxy, and a mail server.
pub(crate) fn peers() -> Result<()> {
    apt::ensure_files(&[
        ("/usr/lib/postgresql", "postgresql"),
        ("/usr/sbin/bearerbox", "kannel"),
        ("/usr/lib/kannel/test/fakesmsc", "kannel-extras"),
        ("/usr/sbin/nginx", "nginx"),
    ])?;
    let mails = workspace::target().join(SMTP_SERVER);
    if !python::has(&mails, "aiosmtpd") {
        python::ensure(&mails, &[AIOSMTPD])?;
    }
    Ok(())
}

/// Installs the programs that the server's tests use: its peers, the request generator, the solver
/// of challenges, and the reader of metrics.
pub(crate) fn services() -> Result<()> {
    peers()?;
    apt::ensure(&[("promtool", "prometheus")])?;
    let requests = workspace::target().join(REQUESTS_MADE_UP);
    let program = requests.join("bin/schemathesis").display().to_string();
    if !shell::version(&program).is_some_and(|text| text.contains(SCHEMATHESIS)) {
        python::ensure(&requests, &[&format!("schemathesis=={SCHEMATHESIS}")])?;
    }
    let classifier = workspace::target().join(CLASSIFIER);
    if !python::has(&classifier, "sklearn") {
        python::ensure(&classifier, &[SCIKIT_LEARN])?;
    }
    node()?;
    ALTCHA.ensure()
}

/// Installs packages for Python, each with its version. Returns the interpreter.
pub(crate) fn python(environment: &Path, packages: &[&str]) -> Result<PathBuf> {
    python::ensure(environment, packages)
}

/// Installs the tools that build and run fuzz targets.
pub(crate) fn fuzz() -> Result<()> {
    // libFuzzer is compiled from source.
    apt::ensure(&[("g++", "g++")])?;
    CARGO_FUZZ.ensure()
}

/// Installs Lighthouse and the browser that it uses.
pub(crate) fn lighthouse() -> Result<()> {
    apt::ensure(&[("chromium", "chromium")])?;
    node()?;
    LIGHTHOUSE.ensure()
}

/// The folder of Lighthouse.
pub(crate) fn lighthouse_module() -> PathBuf {
    LIGHTHOUSE.directory()
}

/// Installs the tools of the phone bench: those that build its two pages, and the browser that
/// measures them.
pub(crate) fn phone() -> Result<()> {
    page()?;
    // For the library that drives the browser.
    lighthouse()?;
    LIBPHONENUMBER.ensure()
}

/// The versions of the peers of `postern-phone` in the bench: the npm package and the crate.
pub(crate) fn phone_versions() -> Result<(&'static str, String)> {
    Ok((
        LIBPHONENUMBER.version,
        cargo::locked_version("phonenumber")?,
    ))
}

/// The folder where scripts find packages that they import by name.
pub(crate) fn npm_packages() -> PathBuf {
    npm::packages()
}

/// The path of the browser that Lighthouse uses.
pub(crate) fn chromium() -> Result<PathBuf> {
    shell::find("chromium").context("chromium is not on the PATH")
}

/// Installs the checker of licences and sources.
pub(crate) fn deny() -> Result<()> {
    CARGO_DENY.ensure()
}

/// Installs the writer of bills of materials.
pub(crate) fn sbom() -> Result<()> {
    CARGO_CYCLONEDX.ensure()
}

/// Installs the programs that run scripts and pack packages.
pub(crate) fn node() -> Result<()> {
    apt::ensure(&[("node", "nodejs"), ("npm", "npm")])
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{BINARYEN, BINARYEN_VERSION, TRUNK};
    use crate::workspace;

    const COUNTER: &str = "tests/bench/counter/Trunk.toml";

    #[test]
    fn trunk_is_asked_for_as_the_version_that_set_up_installs() {
        let (minor, _) = TRUNK
            .version
            .rsplit_once('.')
            .expect("a version has three numbers");
        for config in ["Trunk.toml", COUNTER] {
            assert!(
                text(config).contains(&format!("trunk-version = \"^{minor}\"")),
                "{config}"
            );
        }
    }

    #[test]
    fn the_counter_is_optimised_by_the_wasm_opt_that_links_the_page() {
        let major = BINARYEN
            .version
            .split('.')
            .next()
            .expect("a version has a first number");
        assert_eq!(BINARYEN_VERSION, format!("(version_{major})"));
        assert!(text(COUNTER).contains(&format!("wasm_opt = \"version_{major}\"")));
    }

    fn text(config: &str) -> String {
        fs::read_to_string(workspace::root().join(config)).expect("the page has a build")
    }
}
