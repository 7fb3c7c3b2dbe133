//! Built pages, served as they are deployed: by `cargo xtask serve`, with the headers of their own
//! `_headers`. Each is a copy, so that a test can let its policy report violations, add another
//! page, or break a part.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Mutex,
};

use anyhow::{Context, Result, ensure};
use base64::{Engine, engine::general_purpose::STANDARD};
use postern_peers::folder::Folder;
use sha2::{Digest, Sha256};

use crate::process::{Process, free_port};

const HEADERS: &str = "_headers";
const INDEX: &str = "index.html";
const POLICY: &str = "Content-Security-Policy:";

/// A copy of a built page that is not served yet.
pub(crate) struct Draft {
    root: Folder,
}

impl Draft {
    /// Copies a built page.
    ///
    /// # Errors
    /// If there is none.
    pub(crate) fn of(built: &Path) -> Result<Self> {
        ensure!(
            built.join("index.html").is_file(),
            "{} is not a built page",
            built.display()
        );
        let root = Folder::new("site");
        copy(built, root.path())?;
        Ok(Self { root })
    }

    /// An empty folder, for another deployment.
    pub(crate) fn empty() -> Self {
        Self {
            root: Folder::new("site"),
        }
    }

    /// Turns it into the page of another build: its wasm and the words of this language get other
    /// names, and so do the files that name them. Its script stays the same, as in a build in which
    /// only the Rust code has changed.
    ///
    /// # Errors
    /// If the folder does not have the form of a built page.
    pub(crate) fn built_again(self, language: &str) -> Result<Self> {
        let wasm = self.the("postern-", ".wasm")?;
        let words = self.the(&format!("reset-{language}-"), ".txt")?;
        // The wasm contains the names of the words, so the new names must have the same length.
        let renamed: Vec<(String, String)> = [wasm, words]
            .into_iter()
            .map(|old| (old.clone(), turned(&old)))
            .collect();
        let rename = |text: &str| {
            renamed
                .iter()
                .fold(text.to_owned(), |text, (old, new)| text.replace(old, new))
        };
        let root = self.root.path();
        let page = fs::read_to_string(root.join(INDEX))?;
        let hash_before = hash_of_start(&page)?;
        let page = rename(&page);
        let hash_after = hash_of_start(&page)?;
        let headers = rename(&fs::read_to_string(root.join(HEADERS))?);
        for (name, text) in [(INDEX, page), (HEADERS, headers)] {
            fs::write(root.join(name), text.replace(&hash_before, &hash_after))?;
        }
        for (old, new) in &renamed {
            let mut bytes = fs::read(root.join(old))?;
            for (old, new) in &renamed {
                replace(&mut bytes, old.as_bytes(), new.as_bytes());
            }
            fs::write(root.join(new), bytes)?;
            fs::remove_file(root.join(old))?;
        }
        // The compressed copies contain the old content.
        for name in self.names(".br")? {
            fs::remove_file(self.root.path().join(name))?;
        }
        Ok(self)
    }

    /// Replaces a text in all files.
    ///
    /// # Errors
    /// If no file contains the text.
    pub(crate) fn saying(self, new: &str, old: &str) -> Result<Self> {
        ensure!(say(self.root.path(), new, old)? > 0, "no file names {old}");
        Ok(self)
    }

    /// Replaces a text in the files of one folder.
    ///
    /// # Errors
    /// If no file of the folder contains the text.
    pub(crate) fn saying_in(self, folder: &str, new: &str, old: &str) -> Result<Self> {
        let changed = say(&self.root.path().join(folder), new, old)?;
        ensure!(changed > 0, "no file of {folder} names {old}");
        Ok(self)
    }

    /// Gives another name to the file for portals with this prefix, as a newer release does.
    ///
    /// # Errors
    /// If there is none, or no file names it.
    pub(crate) fn with_another(self, beginning: &str) -> Result<Self> {
        let folder = self.root.path().join("embed");
        let mut names = fs::read_dir(&folder)?
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned());
        let old = names
            .find(|name| {
                name.starts_with(beginning) && Path::new(name).extension() != Some("br".as_ref())
            })
            .with_context(|| format!("there is no {beginning}"))?;
        let new = turned(&old);
        fs::rename(folder.join(&old), folder.join(&new))?;
        forget_compressed(&folder.join(&old))?;
        self.saying(&new, &old)
    }

    /// Lets the browser report every violation of the page's policy to this port of this machine.
    ///
    /// # Errors
    /// If the page has no policy.
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

    /// Adds a header to the file with this path.
    ///
    /// # Errors
    /// If the page's headers cannot be written.
    pub(crate) fn sending(self, path: &str, header: &str) -> Result<Self> {
        let file = self.root.path().join(HEADERS);
        let headers = fs::read_to_string(&file)?;
        fs::write(&file, format!("{headers}/{path}\n  {header}\n"))?;
        Ok(self)
    }

    /// The folder of the copy.
    pub(crate) fn root(&self) -> &Path {
        self.root.path()
    }

    /// Adds a file.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub(crate) fn with(self, name: &str, text: &str) -> Result<Self> {
        let path = self.root.path().join(name);
        fs::create_dir_all(path.parent().context("a file is in a folder")?)?;
        fs::write(path, text)?;
        Ok(self)
    }

    /// Adds the content of a folder, under this name.
    ///
    /// # Errors
    /// If the folder cannot be copied.
    pub(crate) fn with_folder(self, name: &str, from: &Path) -> Result<Self> {
        let target = self.root.path().join(name);
        fs::create_dir(&target)?;
        copy(from, &target)?;
        Ok(self)
    }

    /// Keeps only the first half of each file with this ending, as after a lost connection.
    ///
    /// # Errors
    /// If there is none.
    pub(crate) fn torn(self, ending: &str) -> Result<Self> {
        let names = self.names(ending)?;
        ensure!(!names.is_empty(), "the page has no {ending}");
        for name in names {
            let path = self.root.path().join(&name);
            let whole = fs::read(&path)?;
            fs::write(&path, &whole[..whole.len() / 2])?;
            forget_compressed(&path)?;
        }
        Ok(self)
    }

    /// The only file at the top with this beginning and this ending, such as the page's script with
    /// its hash in its name.
    ///
    /// # Errors
    /// If there is none, or more than one.
    pub(crate) fn the(&self, beginning: &str, ending: &str) -> Result<String> {
        let mut names = self.names(ending)?;
        names.retain(|name| name.starts_with(beginning));
        match names.as_slice() {
            [name] => Ok(name.clone()),
            _ => anyhow::bail!("expected one {beginning}…{ending}, found {names:?}"),
        }
    }

    /// Serves the page with the program `xtask`.
    ///
    /// # Errors
    /// If the server does not start.
    pub(crate) async fn serve(self, server: &Path) -> Result<Site> {
        self.serve_at(free_port()?, server).await
    }

    /// Serves the page at a port that others already know.
    ///
    /// # Errors
    /// If the server does not start.
    pub(crate) async fn serve_at(self, port: u16, server: &Path) -> Result<Site> {
        let process = serving(server, self.root.path(), port).await?;
        Ok(Site {
            url: format!("http://127.0.0.1:{port}/"),
            port,
            server: Mutex::new(Some(process)),
            root: self.root,
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
    /// The address of the page, with a slash at the end.
    pub(crate) url: String,
    port: u16,
    server: Mutex<Option<Process>>,
    root: Folder,
}

impl Site {
    /// Stops the server, as if the network were gone.
    pub(crate) fn stop(&self) {
        let mut server = self
            .server
            .lock()
            .expect("no thread panics with the server in hand");
        server.take();
    }

    /// Restarts the server at the same address, with the program `xtask`.
    ///
    /// # Errors
    /// If the server does not start.
    pub(crate) async fn start_again(&self, server: &Path) -> Result<()> {
        let process = serving(server, self.root.path(), self.port).await?;
        let mut server = self
            .server
            .lock()
            .expect("no thread panics with the server in hand");
        *server = Some(process);
        Ok(())
    }
}

async fn serving(server: &Path, root: &Path, port: u16) -> Result<Process> {
    let mut process = Process::start(
        Command::new(server)
            .arg("serve")
            .arg(root)
            .args(["--port", &port.to_string()]),
    )?;
    process.listens(port).await?;
    Ok(process)
}

/// The program that serves. The default is next to this program.
///
/// # Errors
/// If the program is missing.
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

/// The hash of the page's first script in a policy (CSP Level 3, section 6.7.3.3).
fn hash_of_start(page: &str) -> Result<String> {
    let (_, behind) = page
        .split_once("<script type=\"module\">")
        .context("the page starts no script")?;
    let (script, _) = behind
        .split_once("</script>")
        .context("its script does not end")?;
    Ok(STANDARD.encode(Sha256::digest(script)))
}

/// A file's name with another hash.
fn turned(name: &str) -> String {
    let (before, behind) = name.rsplit_once('-').unwrap_or(("", name));
    let (hash, end) = behind.split_once('.').unwrap_or((behind, ""));
    let turned: String = hash.chars().rev().collect();
    format!("{before}-{turned}.{end}")
}

/// Replaces a text in every text file of a folder, and returns the number of changed files.
fn say(folder: &Path, new: &str, old: &str) -> Result<usize> {
    let mut changed = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            changed += say(&path, new, old)?;
        } else if let Ok(text) = fs::read_to_string(&path)
            && text.contains(old)
        {
            fs::write(&path, text.replace(old, new))?;
            forget_compressed(&path)?;
            changed += 1;
        }
    }
    Ok(changed)
}

/// Deletes the compressed copy of a file that has changed.
fn forget_compressed(path: &Path) -> Result<()> {
    let mut compressed = path.as_os_str().to_owned();
    compressed.push(".br");
    let compressed = Path::new(&compressed);
    if compressed.exists() {
        fs::remove_file(compressed)?;
    }
    Ok(())
}

/// Replaces bytes by the same number of other bytes.
fn replace(bytes: &mut [u8], old: &[u8], new: &[u8]) {
    let mut start = 0;
    while let Some(found) = bytes[start..]
        .windows(old.len())
        .position(|window| window == old)
    {
        bytes[start + found..][..old.len()].copy_from_slice(new);
        start += found + old.len();
    }
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
