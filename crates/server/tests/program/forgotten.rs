//! Tests of a server without a restart during the exchange of the key, from the administrator's
//! view.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::{PATIENCE, Server, config, fetched, port_in, program};
use crate::support::OTHER_KEY;

/// A configuration with these keys, for the one database.
fn configured(folder: &Path, name: &str, keys: &[&str]) -> PathBuf {
    let text = config("Contoso", folder);
    std::fs::write(folder.join("other"), OTHER_KEY).expect("a file");
    let file = |name: &&str| format!("{{ file = \"{}\" }}", folder.join(name).display());
    let keys: Vec<String> = keys.iter().map(file).collect();
    let (before, after) = text.split_once("key = ").expect("a key");
    let (_, after) = after.split_once('\n').expect("a line");
    let text = format!(
        "{before}key = [{}]\n{after}[http.metrics]\nlisten = \"127.0.0.1:0\"\n",
        keys.join(", ")
    );
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a file");
    path
}

/// The address of the metrics of a server that has just started.
fn numbers_of(server: &Server) -> String {
    let started = server.says("listening");
    let (_, metrics) = started.split_once("\"metrics\":\"").expect("an address");
    format!("http://127.0.0.1:{}/metrics", port_in(metrics))
}

#[expect(
    clippy::disallowed_methods,
    reason = "numbers of another process can only be asked for again"
)]
fn becomes(numbers: &str, line: &str) {
    let line = format!("\n{line}\n");
    let began = Instant::now();
    while !fetched(numbers).contains(&line) {
        assert!(began.elapsed() < PATIENCE, "never {line:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn run(path: &Path, task: &[&str]) -> String {
    let run = program(path).args(task).output();
    let run = run.expect("the program starts");
    let told = String::from_utf8_lossy(&run.stdout).into_owned();
    let error = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{task:?}: {told}{error}");
    told
}

#[test]
fn a_forgotten_server_says_so_once_and_in_a_number_until_it_has_the_key() {
    let directory = tempfile::tempdir().expect("a directory");
    let folder = directory.path();
    let alone = configured(folder, "old.toml", &["key"]);
    let behind = configured(folder, "behind.toml", &["key", "other"]);
    let both = configured(folder, "both.toml", &["other", "key"]);
    let server = Server::start(&alone);
    let numbers = numbers_of(&server);
    let second = Server::start(&behind);
    let second_numbers = numbers_of(&second);
    for numbers in [&numbers, &second_numbers] {
        becomes(numbers, "postern_key_missing 0");
        becomes(numbers, "postern_key_behind 0");
    }
    let told = run(&both, &["keys", "rotate"]);
    assert!(told.contains("postern_key_missing"), "{told}");
    becomes(&numbers, "postern_key_missing 1");
    becomes(&numbers, "postern_key_behind 0");
    becomes(&second_numbers, "postern_key_missing 0");
    becomes(&second_numbers, "postern_key_behind 1");
    // A command with the earlier keys reports that they are outdated, and does not suggest a
    // rotation back.
    let [told, json] =
        [&["keys", "status"][..], &["keys", "status", "--json"]].map(|task| run(&behind, task));
    assert!(
        told.contains("sealed with one of these keys that is not the first"),
        "{told}"
    );
    assert!(
        !told.contains("keep the other keys") && !told.contains("can be left out"),
        "{told}"
    );
    assert!(
        json.contains("\"is_done\":false,\"is_behind\":true"),
        "{json}"
    );
    let [told, json] =
        [&["keys", "status"][..], &["keys", "status", "--json"]].map(|task| run(&both, task));
    assert!(told.contains("you can remove every other key"), "{told}");
    assert!(
        json.contains("\"is_done\":true,\"is_behind\":false"),
        "{json}"
    );
    // The process that is behind continues for both, with a key that all of them have.
    for _ in 0..3 {
        run(&both, &["audit", "export"]);
    }
    assert!(fetched(&numbers).contains("\npostern_audit_chain_broken 0\n"));
    for (server, said) in [
        (server, "was exchanged, and this process does not have"),
        (second, "a configured key that is not the first"),
    ] {
        server.signal("-TERM");
        let lines: Vec<String> = server.lines.iter().collect();
        let count = lines.iter().filter(|line| line.contains(said)).count();
        assert_eq!(count, 1, "{lines:#?}");
    }
    run(&both, &["audit", "verify"]);

    // Without the key the server does not start again; with it, it does.
    let refused = program(&alone).output().expect("the program starts");
    assert!(!refused.status.success());
    let server = Server::start(&both);
    let numbers = numbers_of(&server);
    becomes(&numbers, "postern_key_missing 0");
    becomes(&numbers, "postern_key_behind 0");
    run(&both, &["audit", "verify"]);
}
