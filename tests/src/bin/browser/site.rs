//! Built pages, served as they are deployed: by `cargo xtask serve`, with the headers of their own `_headers`.
//! Each is a copy, so that a test may have its policy report what it stops, a page of its own beside it, or a part broken.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Mutex,
};

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

use crate::process::{Process, free_port};

const HEADERS: &str = "_headers";
const POLICY: &str = "Content-Security-Policy:";

/// A copy of a built page, before it is served.
pub(crate) struct Draft {
    root: TempDir,
}

impl Draft {
    /// Copies a built page.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) fn of(built: &Path) -> Result<Self> {
        ensure!(
            built.join("index.html").is_file(),
            "{} is no built page",
            built.display()
        );
        let root = tempfile::Builder::new().prefix("postern-site-").tempdir()?;
        copy(built, root.path())?;
        Ok(Self { root })
    }

    /// Has every violation of the page's policy reported to that port of this machine.
    ///
    /// # Errors
    /// When the page has no policy at all.
    pub(crate) fn reporting_to(self, port: u16) -> Result<Self> {
        let path = self.root.path().join(HEADERS);
        let headers =
            fs::read_to_string(&path).with_context(|| format!("the page has no {HEADERS}"))?;
        ensure!(
            headers.contains(POLICY),
            "the page is served without a policy"
        );
        let reporting = headers.lines().map(|line| {
            if line.trim_start().starts_with(POLICY) {
                format!("{line}; report-uri http://127.0.0.1:{port}/\n")
            } else {
                format!("{line}\n")
            }
        });
        fs::write(&path, reporting.collect::<String>())?;
        Ok(self)
    }

    /// Adds a file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn with(self, name: &str, text: &str) -> Result<Self> {
        fs::write(self.root.path().join(name), text)?;
        Ok(self)
    }

    /// Leaves the first half of each file with that ending, as a lost connection would.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) fn torn(self, ending: &str) -> Result<Self> {
        let names = self.names(ending)?;
        ensure!(!names.is_empty(), "the page has no {ending}");
        for name in names {
            let path = self.root.path().join(&name);
            let whole = fs::read(&path)?;
            fs::write(&path, &whole[..whole.len() / 2])?;
            let compressed = self.root.path().join(format!("{name}.br"));
            if compressed.exists() {
                fs::remove_file(compressed)?;
            }
        }
        Ok(self)
    }

    /// The one file at the top that begins and ends so, such as the page's script with its hash in its name.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub(crate) fn the(&self, beginning: &str, ending: &str) -> Result<String> {
        let mut names = self.names(ending)?;
        names.retain(|name| name.starts_with(beginning));
        match names.as_slice() {
            [name] => Ok(name.clone()),
            _ => anyhow::bail!("expected one {beginning}…{ending}, found {names:?}"),
        }
    }

    /// Serves it with the program `xtask`.
    ///
    /// # Errors
    /// When the server does not come up.
    pub(crate) async fn serve(self, server: &Path) -> Result<Site> {
        let port = free_port()?;
        let mut process = Process::start(
            Command::new(server)
                .arg("serve")
                .arg(self.root.path())
                .args(["--port", &port.to_string()]),
        )?;
        process.listens(port).await?;
        Ok(Site {
            url: format!("http://127.0.0.1:{port}/"),
            server: Mutex::new(Some(process)),
            _root: self.root,
        })
    }

    fn names(&self, ending: &str) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(self.root.path())? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name.ends_with(ending) {
                names.push(name);
            }
        }
        Ok(names)
    }
}

/// A page that is being served.
pub(crate) struct Site {
    /// Its address, with a slash at the end.
    pub(crate) url: String,
    server: Mutex<Option<Process>>,
    _root: TempDir,
}

impl Site {
    /// Takes the server away, as if the network were gone.
    pub(crate) fn stop(&self) {
        let mut server = self
            .server
            .lock()
            .expect("nobody panics with the server in hand");
        server.take();
    }
}

/// The program that serves, beside this one unless told otherwise.
///
/// # Errors
/// When it is not there.
pub(crate) fn server(told: Option<PathBuf>) -> Result<PathBuf> {
    let path = match told {
        Some(path) => path,
        None => std::env::current_exe()?.with_file_name("xtask"),
    };
    ensure!(
        path.is_file(),
        "{} serves the pages and is not there: build it with cargo build -p xtask",
        path.display()
    );
    Ok(path)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            fs::create_dir(&target)?;
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
