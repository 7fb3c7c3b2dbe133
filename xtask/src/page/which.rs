//! The pages of the project, as a table. All code that builds, finishes, measures, serves or tests
//! a page reads it here.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::workspace;

/// A page: a row of [`PAGES`]. All paths are relative to the top of the repository.
#[derive(Debug)]
pub(crate) struct Page {
    /// The name of the page on the command line, and of its folder below `target/site`.
    pub(crate) name: &'static str,
    /// The package with the program of the page.
    pub(crate) package: &'static str,
    /// The Trunk file of the page.
    pub(crate) trunk: &'static str,
    /// The folder with the first step of the page.
    pub(crate) first_step: &'static str,
    /// The folders with its style, in order.
    pub(crate) styles: &'static [&'static str],
    /// The features of the package.
    pub(crate) features: &'static [&'static str],
    /// What the page adds to another page of the same package.
    pub(crate) addition: Option<&'static Addition>,
    /// Whether a portal can embed the page: then it contains the npm package of the element.
    pub(crate) is_embedded: bool,
    /// The maximum of a first load in bytes of brotli: page, style, scripts, wasm and one language,
    /// up to a working first step. A page without a budget is not for production.
    pub(crate) budget: Option<usize>,
}

/// What one page adds to another page of the same package.
#[derive(Debug)]
pub(crate) struct Addition {
    /// A fragment of HTML for the head of the page, and one for its body.
    pub(crate) fragments: [&'static str; 2],
    /// A folder whose files go to the top of the page's folder.
    pub(crate) files: &'static str,
}

/// The row of the reset wizard.
const RESET: Page = Page {
    name: "wizard",
    package: "postern",
    trunk: "Trunk.toml",
    first_step: "src",
    styles: &["style"],
    features: &[],
    addition: None,
    is_embedded: true,
    budget: Some(100_000),
};

/// The reset wizard: what a tenant deploys.
pub(crate) static WIZARD: Page = RESET;

/// The wizard with the engine, a phone and a mailbox in the page.
pub(crate) static DEMO: Page = Page {
    name: "demo",
    styles: &["style", "style/demo"],
    features: &["demo"],
    addition: Some(&Addition {
        fragments: ["src/demo/head.html", "src/demo/body.html"],
        files: "public/demo",
    }),
    is_embedded: false,
    budget: None,
    ..RESET
};

/// All pages.
pub(crate) static PAGES: [&Page; 2] = [&WIZARD, &DEMO];

impl Page {
    /// The page with this name.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) fn named(name: &str) -> Result<&'static Self> {
        let page = PAGES.into_iter().find(|page| page.name == name);
        page.with_context(|| {
            let names: Vec<&str> = PAGES.iter().map(|page| page.name).collect();
            format!("there is no page {name}, but {}", names.join(" and "))
        })
    }

    /// The pages that are for production, each with its budget.
    pub(crate) fn measured() -> impl Iterator<Item = (&'static Self, usize)> {
        PAGES
            .into_iter()
            .filter_map(|page| Some((page, page.budget?)))
    }

    /// The directory of the built page, which may not exist yet.
    pub(crate) fn site(&self) -> PathBuf {
        workspace::target().join("site").join(self.name)
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs};

    use super::{PAGES, Page};
    use crate::workspace;

    #[test]
    fn each_page_has_the_files_that_its_row_names() {
        let root = workspace::root();
        for page in PAGES {
            let trunk = fs::read_to_string(root.join(page.trunk));
            let trunk = trunk.unwrap_or_else(|error| panic!("{}: {error}", page.trunk));
            assert!(trunk.contains("[build]"), "{}", page.trunk);
            let first = root.join(page.first_step);
            for file in ["first_step.html", "first_step.js"] {
                assert!(first.join(file).is_file(), "{}: {file}", page.name);
            }
            let added = page.addition.into_iter();
            let added = added.flat_map(|it| it.fragments.into_iter().chain([it.files]));
            for path in page.styles.iter().copied().chain(added) {
                assert!(root.join(path).exists(), "{}: {path}", page.name);
            }
        }
    }

    #[test]
    fn each_page_is_built_from_a_package_with_its_features() {
        let root = workspace::root();
        for page in PAGES {
            let manifest = root.join(page.trunk).with_file_name("Cargo.toml");
            let manifest = fs::read_to_string(manifest).expect("a Trunk file is beside a manifest");
            let name = format!("name = \"{}\"", page.package);
            assert!(manifest.lines().any(|line| line == name), "{}", page.name);
            for feature in page.features {
                let feature = format!("{feature} = ");
                let mut lines = manifest.lines();
                assert!(lines.any(|it| it.starts_with(&feature)), "{}", page.name);
            }
        }
    }

    #[test]
    fn no_two_pages_are_in_the_same_place_and_each_is_found_by_its_name() {
        let sites: BTreeSet<_> = PAGES.iter().map(|page| page.site()).collect();
        assert_eq!(sites.len(), PAGES.len());
        for page in PAGES {
            let found = Page::named(page.name).expect("it is in the table");
            assert_eq!(found.site(), page.site());
        }
        assert!(Page::named("nowhere").is_err());
    }

    #[test]
    fn a_page_without_a_budget_is_never_measured() {
        let measured: Vec<&str> = Page::measured().map(|(page, _)| page.name).collect();
        assert_eq!(measured, ["wizard"]);
    }
}
