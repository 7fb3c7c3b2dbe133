//! Tests of the program in an administrator's environment: its configuration, its signals and its
//! output.

mod chain;
mod commands;
mod ended;
mod forgotten;

use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use postern_engine::{Account, EngineKey};
use postern_peers::process::ending_with_us;
use postern_server::directory::BuiltIn;
use postern_server::store::SqlStore;

/// A time limit longer than any step here, on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_mins(1);

fn config(name: &str, directory: &Path) -> String {
    let key = directory.join("key");
    std::fs::write(&key, crate::support::KEY).expect("a file");
    let database = directory.join("postern.sqlite");
    format!(
        "listen = \"127.0.0.1:0\"\n\
         public-url = \"http://localhost:8080\"\n\
         key = {{ file = \"{}\" }}\n\
         development = true\n\
         [store]\n\
         url = \"sqlite://{}?mode=rwc\"\n\
         [[tenants]]\n\
         domains = [\"contoso.example\"]\n\
         name = {name:?}\n\
         [tenants.policy]\n",
        key.display(),
        database.display()
    )
}

fn program(path: &Path) -> Command {
    let mut command = ending_with_us(env!("CARGO_BIN_EXE_postern-server"));
    command.arg("--config").arg(path);
    command
}

/// A server that stops at the end of the test.
struct Server {
    child: Child,
    lines: Receiver<String>,
}

impl Server {
    fn start(path: &Path) -> Self {
        Self::run(&mut program(path))
    }

    fn run(command: &mut Command) -> Self {
        let mut child = command
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let stderr = child.stderr.take().expect("it is piped");
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Self { child, lines }
    }

    /// The next line that contains this text.
    fn says(&self, what: &str) -> String {
        loop {
            let line = self.lines.recv_timeout(PATIENCE);
            let line = line.unwrap_or_else(|_| panic!("it never said {what:?}"));
            if line.contains(what) {
                return line;
            }
        }
    }

    /// A line for each of these texts, in any order.
    fn says_each<const N: usize>(&self, what: [&str; N]) -> [String; N] {
        let mut found = what.map(|_| String::new());
        while found.iter().any(String::is_empty) {
            let line = self.lines.recv_timeout(PATIENCE);
            let line = line.unwrap_or_else(|_| panic!("it never said all of {what:?}"));
            for (place, what) in found.iter_mut().zip(what) {
                if line.contains(what) {
                    place.clone_from(&line);
                }
            }
        }
        found
    }

    fn port(&self) -> u16 {
        port_in(&self.says("listening"))
    }

    fn signal(&self, signal: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args([signal, &pid]).status();
        assert!(sent.expect("kill runs").success());
    }
}

fn port_in(line: &str) -> u16 {
    let (_, port) = line.split_once("127.0.0.1:").expect("an address");
    let digits = port.split(|c: char| !c.is_ascii_digit()).next();
    digits.and_then(|port| port.parse().ok()).expect("a port")
}

impl Drop for Server {
    fn drop(&mut self) {
        // The server may have stopped by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn tenant_name(port: u16) -> String {
    let _said_before = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let url = format!("http://127.0.0.1:{port}/api/v1/tenants/contoso.example");
    let answer = runtime.block_on(async {
        let answer = reqwest::get(url).await.expect("an answer");
        answer.json::<serde_json::Value>().await.expect("JSON")
    });
    answer["name"].as_str().expect("a name").to_owned()
}

#[test]
fn a_hang_up_reads_the_configuration_again_and_a_wrong_one_changes_nothing() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("postern.toml");
    let write = |text: &str| std::fs::write(&path, text).expect("a file");
    write(&config("Contoso", directory.path()));
    let mut server = Server::start(&path);
    let port = server.port();
    assert_eq!(tenant_name(port), "Contoso");

    write(&config("Contoso Group", directory.path()));
    server.signal("-HUP");
    server.says("read its configuration again");
    assert_eq!(tenant_name(port), "Contoso Group");

    // The server repeats the warnings about suspicious values.
    let silent = config("Contoso Group", directory.path()) + "enabled = false\n";
    let silent = silent.replace("[tenants.policy]\nenabled", "enabled");
    write(&silent);
    server.signal("-HUP");
    let told = server.says("the configuration has a warning");
    assert!(told.contains("contoso.example has no policy"), "{told}");
    let told = server.says("the configuration has a warning");
    assert!(told.contains("enabled = false"), "{told}");
    server.says("read its configuration again");

    write(&config("", directory.path()));
    server.signal("-HUP");
    let told = server.says("the server keeps the old one");
    assert!(told.contains("postern.toml:9:8:"), "{told}");
    assert_eq!(tenant_name(port), "Contoso Group");

    write(&config("Contoso", directory.path()).replace("127.0.0.1:0", "127.0.0.1:1"));
    server.signal("-HUP");
    assert!(server.says("restart").contains("\"key\":\"listen\""));
    assert_eq!(tenant_name(port), "Contoso");

    server.signal("-TERM");
    let ended = server.child.wait().expect("it ends");
    assert!(ended.success());
}

/// The key and the database of [`config`].
fn of_config(directory: &Path) -> (EngineKey, String) {
    let path = directory.join("postern.sqlite");
    (
        crate::support::key(),
        format!("sqlite://{}?mode=rwc", path.display()),
    )
}

/// As at the start: otherwise all people of the tenant would be unknown afterwards.
#[test]
fn a_hang_up_with_accounts_of_no_tenant_keeps_the_configuration() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("postern.toml");
    let write = |text: &str| std::fs::write(&path, text).expect("a file");
    let (key, url) = of_config(directory.path());
    tokio::runtime::Runtime::new()
        .expect("a runtime")
        .block_on(async {
            let store = SqlStore::open(&url, 1, &key).await.expect("a database");
            let accounts = BuiltIn::new(Arc::new(store), &key);
            let ada = Account::new("ada", "ada@contoso.example");
            accounts.put("contoso.example", &ada).await.expect("room");
        });
    write(&config("Contoso", directory.path()));
    let server = Server::start(&path);
    let port = server.port();

    let moved = config("Contoso Group", directory.path()).replace(
        "[\"contoso.example\"]",
        "[\"contoso.test\", \"contoso.example\"]",
    );
    write(&moved);
    server.signal("-HUP");
    let told = server.says("the server keeps the old one");
    assert!(
        told.contains("1 account is under contoso.example, and no tenant has that id"),
        "{told}"
    );
    assert_eq!(tenant_name(port), "Contoso");

    write(&moved.replace("name =", "id = \"contoso.example\"\nname ="));
    server.signal("-HUP");
    server.says("read its configuration again");
    assert_eq!(tenant_name(port), "Contoso Group");
}

/// The program writes its own log here; the tests of the service configure the log themselves.
#[test]
fn each_line_of_the_log_has_its_span_once() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("postern.toml");
    std::fs::write(&path, config("Contoso", directory.path())).expect("a file");
    let server = Server::run(program(&path).env("POSTERN_LOG", "debug,sqlx=warn"));
    assert_eq!(tenant_name(server.port()), "Contoso");
    let line = server.says("\"answered\"");
    let told: serde_json::Value = serde_json::from_str(&line).expect("JSON");
    assert_eq!(told["span"]["route"], "/api/v1/tenants/{domain}");
    assert!(told["spans"].is_null(), "{line}");
    let id = told["span"]["request_id"].as_str().expect("an id");
    assert_eq!(line.matches(id).count(), 1, "{line}");
    server.signal("-TERM");
    for line in &server.lines {
        let told: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        assert!(told["spans"].is_null(), "{line}");
    }
}

#[test]
fn a_reason_of_spaces_is_none() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("postern.toml");
    std::fs::write(&path, config("Contoso", directory.path())).expect("a file");
    for task in [
        &["locks", "lift", "--identifier", "ada", "--reason", "  "][..],
        &["audit", "begin-anew", "--reason", ""],
        &["accounts", "remove", "ada", "--reason", " "],
        &["accounts", "remove", "--all", "--tenant", "contoso.example"],
        &["audit", "show", " "],
    ] {
        let run = program(&path)
            .args(task)
            .output()
            .expect("the program starts");
        let told = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(2), "{task:?}: {told}");
    }
}

/// The body of a 200 answer from an address.
fn fetched(url: &str) -> String {
    let _said_before = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let answer = reqwest::get(url).await.expect("an answer");
        assert_eq!(answer.status(), 200, "{url}");
        answer.text().await.expect("text")
    })
}

#[test]
fn fewer_connections_are_taken_where_few_files_may_be_open() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("postern.toml");
    std::fs::write(&path, config("Contoso", directory.path())).expect("a file");
    let limited = |limit: &str| {
        let mut command = ending_with_us("sh");
        command.args(["-c", &format!("ulimit {limit} 256; exec \"$@\""), "sh"]);
        command.arg(env!("CARGO_BIN_EXE_postern-server"));
        command.arg("--config").arg(&path);
        command
    };
    let soft = Server::run(&mut limited("-Sn"));
    soft.says("the server raised its limit of open files");
    drop(soft);

    let hard = Server::run(&mut limited("-n"));
    let port = port_in(&hard.says_each(["RLIMIT_NOFILE", "listening"])[1]);
    // The test opens more connections than there are file handles: the server closes the idlest of
    // one client, so that there is room for a client that sends a request.
    let held: Vec<_> = (0..300)
        .map(|_| std::net::TcpStream::connect(("127.0.0.1", port)).expect("it listens"))
        .collect();
    assert_eq!(tenant_name(port), "Contoso");
    drop(held);
}

#[test]
fn a_wrong_configuration_is_told_before_anything_is_started() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("postern.toml");
    let text = config("Contoso", directory.path()).replace("[store]", "[shop]");
    std::fs::write(&path, text).expect("a file");
    for task in [None, Some("check-config")] {
        let mut child = program(&path)
            .args(task)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut told = String::new();
        let stderr = child.stderr.as_mut().expect("it is piped");
        stderr.read_to_string(&mut told).expect("text");
        assert!(!child.wait().expect("it ends").success());
        assert!(
            told.contains("postern.toml:5:2: there is no key `shop` here"),
            "{told}"
        );
    }
    assert!(!directory.path().join("postern.sqlite").exists());
}

/// The printed address can be opened, also if the service is under a path.
#[test]
fn the_start_prints_where_the_wizard_is() {
    for (line, base) in [
        ("", ""),
        ("base-path = \"/portal/reset\"\n", "/portal/reset"),
    ] {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("postern.toml");
        let text = config("Contoso", directory.path());
        std::fs::write(&path, format!("{line}{text}")).expect("a file");
        let server = Server::start(&path);
        let [wizard, mailbox] = server.says_each(["The wizard:", "Its mailbox:"]);
        let (_, wizard) = wizard.split_once("http://localhost:").expect("an address");
        let (port, path) = wizard.split_once('/').expect("a path");
        assert_eq!(format!("/{path}"), format!("{base}/"));
        let ends = format!(":{port}{base}/development/mailbox");
        assert!(mailbox.ends_with(&ends), "{mailbox}");
        fetched(&format!("http://127.0.0.1:{port}{base}/healthz"));
    }
}

/// Only the owner of a new database can read its data, and no other user of the machine.
#[tokio::test]
async fn a_new_database_is_its_owners_alone() {
    let key = EngineKey::new([42; 32]);
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("postern.sqlite");
    let url = format!("sqlite://{}?mode=rwc", path.display());
    let store = SqlStore::open(&url, 2, &key).await.expect("a database");
    let mut modes = Vec::new();
    for file in std::fs::read_dir(&directory).expect("a directory") {
        let file = file.expect("a file");
        let mode = file.metadata().expect("it is there").permissions().mode();
        let name = file.file_name().into_string().expect("a name in UTF-8");
        modes.push((name, mode & 0o777));
    }
    modes.sort();
    let expected = ["postern.sqlite", "postern.sqlite-shm", "postern.sqlite-wal"];
    assert_eq!(modes, expected.map(|name| (name.to_owned(), 0o600)));
    drop(store);
    // The program does not create a database that it may not create.
    let other = directory.path().join("other.sqlite");
    let url = format!("sqlite://{}", other.display());
    assert!(SqlStore::open(&url, 2, &key).await.is_err());
    assert!(!other.exists());
}
