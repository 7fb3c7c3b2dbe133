//! The pages of the project.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::workspace;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Page {
    /// What a tenant deploys.
    Wizard,
    /// The wizard with the engine, a phone and a mailbox in the page.
    Demo,
}

impl Page {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Wizard => "wizard",
            Self::Demo => "demo",
        }
    }

    pub(super) fn features(self) -> &'static [&'static str] {
        match self {
            Self::Wizard => &[],
            Self::Demo => &["--features", "demo"],
        }
    }

    /// The directory of the built page, which may not exist yet.
    pub(crate) fn site(self) -> PathBuf {
        workspace::target().join("site").join(self.name())
    }
}
