//! A PostgreSQL server in a folder of its own, on a socket in that folder, started by the first test that needs one.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

/// Where Debian has the programs of each version.
const DEBIAN: &str = "/usr/lib/postgresql";

/// Begins the names of their folders; the number of the process follows.
const NAME: &str = "postern-postgres-";

/// Who runs it where we are root, which it does not run as.
const USER: &str = "postgres";

/// Whether those that start are there to be measured.
static MEASURED: AtomicBool = AtomicBool::new(false);

/// What ends a server and removes its folder once its own input ends.
const KEEPER: &str = r#"cat; kill -INT "$0"; while kill -0 "$0"; do sleep 0.1; done; rm -rf "$1""#;

/// A running server.
pub struct Postgres {
    directory: PathBuf,
    process: Child,
    keeper: Option<Child>,
}

impl Postgres {
    /// The one of this test program. It ends with it.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Postgres> = OnceLock::new();
        SHARED.get_or_init(|| {
            // It is told to end with the thread that started it, and the threads of tests end early.
            let (given, taken) = std::sync::mpsc::channel();
            std::thread::spawn(move || {
                let mut shared = Self::start();
                shared.keep();
                given.send(shared).expect("the caller waits for it");
                loop {
                    std::thread::park();
                }
            });
            taken.recv().expect("PostgreSQL starts")
        })
    }

    /// Starts one.
    ///
    /// # Panics
    ///
    /// When it is not installed or does not start: a test that needs it must not pass without.
    pub fn start() -> Self {
        static LAST: AtomicU32 = AtomicU32::new(0);
        let number = LAST.fetch_add(1, Ordering::Relaxed);
        let name = format!("{NAME}{}-{number}", std::process::id());
        let directory = std::env::temp_dir().join(name);
        fs::create_dir(&directory).expect("there is room for a database");
        fs::set_permissions(&directory, fs::Permissions::from_mode(0o777))
            .expect("the folder is ours");
        let data = directory.join("data");
        let made = program("initdb")
            .args([
                "--auth",
                "trust",
                "--username",
                USER,
                "--no-sync",
                "--pgdata",
            ])
            .arg(&data)
            .output()
            .expect("initdb can be started");
        assert!(
            made.status.success(),
            "initdb: {}",
            String::from_utf8_lossy(&made.stderr)
        );
        let process = Self::run(&directory);
        Self {
            directory,
            process,
            keeper: None,
        }
    }

    /// Has it end, and its folder go, with this program, however that ends: what is shared is never dropped.
    fn keep(&mut self) {
        let keeper = Command::new("sh")
            .args(["-c", KEEPER, &self.process.id().to_string()])
            .arg(&self.directory)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // What interrupts this program does not interrupt it.
            .process_group(0)
            .spawn();
        self.keeper = Some(keeper.expect("sh can be started"));
    }

    fn run(directory: &Path) -> Child {
        program("postgres")
            .arg("-D")
            .arg(directory.join("data"))
            .args(["-c", "listen_addresses=", "-c", "max_connections=200"])
            .arg("-c")
            .arg(if MEASURED.load(Ordering::Relaxed) {
                "fsync=on"
            } else {
                "fsync=off"
            })
            .arg("-k")
            .arg(directory)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("postgres can be started")
    }

    /// Has those that start from now on write what is committed to the disk, as they do in production. In tests it has to outlive the
    /// server, which they kill, and not the machine.
    pub fn measure() {
        MEASURED.store(true, Ordering::Relaxed);
    }

    /// Ends it as a machine does that loses its power.
    pub fn kill(&mut self) {
        self.process.kill().expect("it runs");
        self.process.wait().expect("it ends");
    }

    /// Starts it again.
    pub fn start_again(&mut self) {
        self.process = Self::run(&self.directory);
    }

    /// Makes an empty database and gives its URL.
    pub async fn create(&self, name: &str) -> String {
        self.create_with(&[name]).await;
        self.url(name)
    }

    /// Makes a copy of another database, and gives its URL. No client may be connected to the other one.
    pub async fn copy(&self, other: &str, name: &str) -> String {
        self.create_with(&["--template", other, name]).await;
        self.url(name)
    }

    async fn create_with(&self, arguments: &[&str]) {
        let mut last = String::new();
        for _ in 0..300 {
            let made = program("createdb")
                .args(["--username", USER, "--host"])
                .arg(&self.directory)
                .args(arguments)
                .output()
                .expect("createdb can be started");
            if made.status.success() {
                return;
            }
            last = String::from_utf8_lossy(&made.stderr).into_owned();
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("PostgreSQL does not answer: {last}");
    }

    fn url(&self, database: &str) -> String {
        let socket = self.directory.display().to_string().replace('/', "%2F");
        format!("postgres://{USER}@{socket}/{database}")
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let _gone = self.process.kill();
        let _gone = self.process.wait();
        let _gone = fs::remove_dir_all(&self.directory);
    }
}

/// A program of PostgreSQL's, run by a user that PostgreSQL accepts.
fn program(name: &str) -> Command {
    let path = find(name);
    if fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0) {
        let mut command = Command::new("setpriv");
        command.args([
            "--reuid",
            USER,
            "--regid",
            USER,
            "--clear-groups",
            "--pdeathsig",
            "TERM",
        ]);
        command.arg(path);
        command
    } else {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "TERM"]);
        command.arg(path);
        command
    }
}

fn find(name: &str) -> PathBuf {
    let mut versions: Vec<PathBuf> = fs::read_dir(DEBIAN)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    versions.sort();
    let found = versions
        .iter()
        .rev()
        .map(|version| version.join("bin").join(name))
        .find(|path| path.is_file());
    found.unwrap_or_else(|| {
        panic!(
            "PostgreSQL is not installed: no {name} under {}",
            Path::new(DEBIAN).display()
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::until;

    /// Set in the program that shares a server and ends.
    const SHARES: &str = "POSTERN_TEST_SHARES";

    #[test]
    fn nothing_is_left_of_one_that_is_dropped() {
        let postgres = Postgres::start();
        let directory = postgres.directory.clone();
        assert!(directory.exists());
        drop(postgres);
        assert!(!directory.exists());
    }

    #[test]
    fn nothing_is_left_of_the_one_that_a_program_has_shared() {
        if std::env::var_os(SHARES).is_some() {
            println!(" {} ", Postgres::shared().directory.display());
            return;
        }
        let itself = std::env::current_exe().expect("this program is a file");
        let name = "postgres::tests::nothing_is_left_of_the_one_that_a_program_has_shared";
        let ended = Command::new(itself)
            .args(["--exact", name, "--nocapture"])
            .env(SHARES, "")
            .output()
            .expect("it can be started again");
        assert!(ended.status.success(), "{ended:?}");
        let said = String::from_utf8_lossy(&ended.stdout).into_owned();
        let directory = said.split_whitespace().find(|word| word.contains(NAME));
        let directory = Path::new(directory.expect("it says where the server was"));
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_time().build().expect("a runtime");
        let gone = async || (!directory.exists()).then_some(());
        runtime.block_on(until("the folder is gone", gone));
    }
}
