//! What each task needs on the machine, and how it gets there. Installs only what is missing, under
//! the target directory where the installer can be told so, and says what it does.

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
/// The programs of that package that the page is linked with.
const BINARYEN_PROGRAMS: [&str; 2] = ["wasm-metadce", "wasm-opt"];
/// What each says to `--version`. The `Trunk.toml` of the bare counter names it too.
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
/// Asks whether compilers find types where scripts are.
const ATTW: NpmPackage = NpmPackage {
    name: "@arethetypeswrong/cli",
    version: "0.18.5",
};
/// Solves challenges as the clients do that others write.
const ALTCHA: NpmPackage = NpmPackage {
    name: "altcha-lib",
    version: "2.8.0",
};
const LIBPHONENUMBER: NpmPackage = NpmPackage {
    name: "libphonenumber-js",
    version: "1.13.16",
};

/// The mail server of the tests, and where under the target directory they look for it.
const AIOSMTPD: &str = "aiosmtpd==1.4.6";
const SMTP_SERVER: &str = "smtp-server";

/// Makes up requests from the description of the API, and where under the target directory the
/// tests look for it.
const SCHEMATHESIS: &str = "4.32.5";
const REQUESTS_MADE_UP: &str = "schemathesis";

/// Learns to tell people apart, and where under the target directory the tests look for it.
const SCIKIT_LEARN: &str = "scikit-learn==1.9.1";
const CLASSIFIER: &str = "classifier";

/// What the page is built with.
pub(crate) fn page() -> Result<()> {
    wasm_target()?;
    TRUNK.ensure()?;
    // Not locked: its lock file names versions that have been withdrawn.
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

/// What the page is compiled for.
pub(crate) fn wasm_target() -> Result<()> {
    rustup::target("wasm32-unknown-unknown")
}

/// What runs the tests of the pure crates in wasm.
pub(crate) fn wasm_tests() -> Result<()> {
    rustup::target("wasm32-wasip1")?;
    node()
}

/// Three browsers with their drivers, a screen that is not there, letters for every language, axe,
/// and what pages of portals are built with. Returns axe's script.
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

/// The compiler of TypeScript, the types of React and of Vue, and what looks through a package.
/// Returns where types are.
pub(crate) fn declarations() -> Result<PathBuf> {
    node()?;
    for package in [TYPESCRIPT, REACT_TYPES, VUE, PUBLINT, ATTW] {
        package.ensure()?;
    }
    Ok(npm_packages())
}

/// The driver of Firefox alone, which is compiled where it is missing.
pub(crate) fn driver() -> Result<()> {
    GECKODRIVER.ensure()
}

/// What the example portal in that folder is built with.
pub(crate) fn portal(folder: &Path, package: &str) -> Result<()> {
    node()?;
    npm::ensure_locked(folder, package)
}

/// What a service is tested with: a database, a text gateway with a network that is none, a reverse
/// proxy, and a mail server.
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

/// What the tests of the server run beside it: its peers, what makes up requests, what solves
/// challenges, and what reads metrics.
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

/// A Python interpreter with packages, each with its version.
pub(crate) fn python(environment: &Path, packages: &[&str]) -> Result<PathBuf> {
    python::ensure(environment, packages)
}

/// What builds and runs fuzz targets.
pub(crate) fn fuzz() -> Result<()> {
    // libFuzzer is compiled from its source.
    apt::ensure(&[("g++", "g++")])?;
    CARGO_FUZZ.ensure()
}

/// Lighthouse and the browser that it drives.
pub(crate) fn lighthouse() -> Result<()> {
    apt::ensure(&[("chromium", "chromium")])?;
    node()?;
    LIGHTHOUSE.ensure()
}

/// Where Lighthouse is.
pub(crate) fn lighthouse_module() -> PathBuf {
    LIGHTHOUSE.directory()
}

/// What builds two pages that read phone numbers, and the browser that is asked how long they take.
pub(crate) fn phone() -> Result<()> {
    page()?;
    // For what it drives the browser with.
    lighthouse()?;
    LIBPHONENUMBER.ensure()
}

/// The versions of those that `postern-phone` is measured beside: the package of npm and the crate.
pub(crate) fn phone_versions() -> Result<(&'static str, String)> {
    Ok((
        LIBPHONENUMBER.version,
        cargo::locked_version("phonenumber")?,
    ))
}

/// Where scripts find packages that they import by name.
pub(crate) fn npm_packages() -> PathBuf {
    npm::packages()
}

/// Where the browser is that Lighthouse drives.
pub(crate) fn chromium() -> Result<PathBuf> {
    shell::find("chromium").context("chromium is not on the path")
}

/// What checks licences and sources.
pub(crate) fn deny() -> Result<()> {
    CARGO_DENY.ensure()
}

/// What writes bills of materials.
pub(crate) fn sbom() -> Result<()> {
    CARGO_CYCLONEDX.ensure()
}

/// What runs scripts and packs packages.
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
