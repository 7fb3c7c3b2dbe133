//! A PostgreSQL server in a separate folder, with a socket in that folder. The first test that
//! needs a server starts it.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tempfile::Builder;

use crate::keeper::Keeper;

/// The place of the programs of each version in Debian.
const DEBIAN: &str = "/usr/lib/postgresql";

/// The prefix of the folder names. A random part follows, so that each folder is new.
const NAME: &str = "postern-postgres-";

/// The user of the server if the test runs as root, because PostgreSQL does not run as root.
const USER: &str = "postgres";

/// Whether the servers are started for measurements.
static MEASURED: AtomicBool = AtomicBool::new(false);

/// Ends the server in a folder, and removes the folder. Each input line is the process id of the
/// server from then on.
///
/// A process counts as running while its command line contains the folder: the command line of an
/// ended process is empty, even if no process waits for it. The script asks the server to end at
/// once, and gives it five seconds. A killed server leaves its lock file and a segment of shared
/// memory, whose id is the second number in the seventh line of the file.
const CLEAR: &str = r#"
while read -r line; do server=$line; done
runs() { [ "$server" ] && grep -qsaF "$1" "/proc/$server/cmdline"; }
wait_for_its_end() { for _ in $(seq 50); do runs "$1" || return 0; sleep 0.1; done; }
runs "$1" && kill -INT "$server" && wait_for_its_end "$1"
runs "$1" && kill -KILL "$server" && wait_for_its_end "$1"
segment=$(sed -n '7s/.* //p' "$1/data/postmaster.pid")
[ "$segment" ] && ipcrm -m "$segment"
for _ in $(seq 50); do rm -rf "$1" && break; sleep 0.1; done
"#;

/// A running server. It ends when this value is dropped and when this program ends, in any way.
pub struct Postgres {
    directory: PathBuf,
    process: Child,
    keeper: Option<Keeper>,
}

impl Postgres {
    /// The server of this test program. It ends with the program.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Postgres> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// Starts one.
    ///
    /// # Panics
    ///
    /// When it is not installed or does not start: a test that needs it must not pass without.
    pub fn start() -> Self {
        let directory = Builder::new().prefix(NAME).tempdir();
        let directory = directory.expect("there is room for a database").keep();
        let mut keeper = Keeper::start(CLEAR, &[&directory]);
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
        let process = Self::run(&directory, &mut keeper);
        Self {
            directory,
            process,
            keeper: Some(keeper),
        }
    }

    fn run(directory: &Path, keeper: &mut Keeper) -> Child {
        let server = program("postgres")
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
            .expect("postgres can be started");
        keeper.tell(&server.id().to_string());
        server
    }

    /// From now on, new servers write committed data to the disk, as in production. In tests the
    /// data has to survive the end of the server, which the tests kill, and not of the machine.
    pub fn measure() {
        MEASURED.store(true, Ordering::Relaxed);
    }

    /// Ends the server as a loss of power does.
    pub fn kill(&mut self) {
        self.process.kill().expect("it runs");
        self.process.wait().expect("it ends");
    }

    /// Starts it again.
    pub fn start_again(&mut self) {
        let keeper = self.keeper.as_mut().expect("it is there until the drop");
        self.process = Self::run(&self.directory, keeper);
    }

    /// Creates an empty database and returns its URL.
    pub async fn create(&self, name: &str) -> String {
        self.create_with(&[name]).await;
        self.url(name)
    }

    /// Creates a copy of another database, and returns its URL. The other database must have no
    /// connected client.
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
        self.keeper.take();
        let _gone = self.process.wait();
    }
}

/// A program of PostgreSQL, run as a user that PostgreSQL accepts.
fn program(name: &str) -> Command {
    let path = find(name);
    if fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0) {
        let mut command = Command::new("setpriv");
        command.args(["--reuid", USER, "--regid", USER, "--clear-groups"]);
        command.arg(path);
        command
    } else {
        Command::new(path)
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
    use std::io::{BufRead, BufReader, Read};

    use super::*;
    use crate::process::until;

    /// This variable is set in a program that starts a server, to the way of the start.
    const STARTS: &str = "POSTERN_TEST_STARTS";

    /// The resources of a running server.
    struct Traces {
        process: String,
        segment: String,
        directory: PathBuf,
    }

    impl Traces {
        /// The resources of a server after it has a database, so that all of them exist.
        fn of(postgres: &Postgres) -> Self {
            runtime().block_on(postgres.create("there"));
            let file = postgres.directory.join("data/postmaster.pid");
            let file = fs::read_to_string(file).expect("it has a lock file");
            let lines: Vec<&str> = file.lines().collect();
            let segment = lines[6]
                .split_whitespace()
                .last()
                .expect("it has a segment");
            let traces = Self {
                process: lines[0].to_owned(),
                segment: segment.to_owned(),
                directory: postgres.directory.clone(),
            };
            assert_eq!(traces.left(), [true; 3]);
            traces
        }

        /// Whether its process, its shared memory segment and its folder exist.
        fn left(&self) -> [bool; 3] {
            let process = Path::new("/proc").join(&self.process).join("cmdline");
            let process = fs::read(process).unwrap_or_default();
            let segments = Command::new("ipcs").arg("-m").output();
            let segments = segments.expect("ipcs can be started").stdout;
            let segments = String::from_utf8_lossy(&segments).into_owned();
            let mut segments = segments
                .lines()
                .filter_map(|line| line.split_whitespace().nth(1));
            [
                !process.is_empty(),
                segments.any(|id| id == self.segment),
                self.directory.exists(),
            ]
        }

        fn expect_to_go(&self) {
            let gone = async || (self.left() == [false; 3]).then_some(());
            runtime().block_on(until("process, segment and folder are gone", gone));
        }
    }

    fn runtime() -> tokio::runtime::Runtime {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        runtime.enable_time().build().expect("a runtime")
    }

    /// Starts this program again, for the one test that starts a server in this way.
    fn another(how: &str) -> Command {
        let itself = std::env::current_exe().expect("this program is a file");
        let mut command = Command::new(itself);
        command
            .args([
                "--exact",
                "postgres::tests::a_program_that_starts_a_server",
                "--nocapture",
            ])
            .env(STARTS, how)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        command
    }

    /// The reported resources of its server.
    fn told_by(program: &mut Child) -> Traces {
        let output = program.stderr.take().expect("its output is ours");
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let told = lines.find_map(|line| line.split_once("server: ").map(|(_, it)| it.to_owned()));
        let told = told.expect("it says what its server has");
        let [process, segment, directory] = told.split(' ').collect::<Vec<_>>()[..] else {
            panic!("it says {told}");
        };
        Traces {
            process: process.to_owned(),
            segment: segment.to_owned(),
            directory: directory.into(),
        }
    }

    /// The tests beside it start this program: it starts a server, reports its resources, and ends
    /// when its input ends.
    #[test]
    fn a_program_that_starts_a_server() {
        let Some(how) = std::env::var_os(STARTS) else {
            return;
        };
        let own;
        let postgres = if how == "shared" {
            Postgres::shared()
        } else {
            own = Postgres::start();
            &own
        };
        let Traces {
            process,
            segment,
            directory,
        } = Traces::of(postgres);
        eprintln!("server: {process} {segment} {}", directory.display());
        let _all = std::io::stdin().read_to_end(&mut Vec::new());
    }

    #[test]
    fn a_folder_that_is_there_is_left_alone() {
        // A predictable name, with the process id of this program.
        let foreign = format!("{NAME}{}-0", std::process::id());
        let foreign = std::env::temp_dir().join(foreign);
        fs::create_dir(&foreign).expect("no folder has that name");
        drop(Postgres::start());
        fs::remove_dir(&foreign).expect("it is still there");
    }

    #[test]
    fn nothing_is_left_of_one_that_is_dropped() {
        let postgres = Postgres::start();
        let traces = Traces::of(&postgres);
        drop(postgres);
        traces.expect_to_go();
    }

    #[test]
    fn nothing_is_left_of_one_that_was_killed_and_dropped() {
        let mut postgres = Postgres::start();
        let traces = Traces::of(&postgres);
        postgres.kill();
        drop(postgres);
        // The processes of the server end a short time later, and the segment exists until the last
        // of them ends.
        traces.expect_to_go();
    }

    #[test]
    fn one_that_does_not_end_when_it_is_asked_to_is_killed() {
        let postgres = Postgres::start();
        let traces = Traces::of(&postgres);
        let stopped = Command::new("kill")
            .args(["-STOP", &traces.process])
            .status();
        assert!(stopped.expect("kill can be started").success());
        drop(postgres);
        // The processes of the server notice that it is gone.
        traces.expect_to_go();
    }

    #[test]
    fn nothing_is_left_of_the_one_that_a_program_has_shared() {
        let mut program = another("shared").spawn().expect("it can be started again");
        let traces = told_by(&mut program);
        program.stdin.take();
        let ended = program.wait().expect("it ends");
        assert!(ended.success(), "{ended}");
        traces.expect_to_go();
    }

    #[test]
    fn nothing_is_left_of_those_of_a_program_that_is_killed() {
        for how in ["shared", "own"] {
            let mut program = another(how).spawn().expect("it can be started again");
            let traces = told_by(&mut program);
            program.kill().expect("it runs");
            program.wait().expect("it ends");
            traces.expect_to_go();
        }
    }
}
