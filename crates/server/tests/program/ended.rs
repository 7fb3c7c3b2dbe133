//! Tests of the exit code of a command, and of the place of its messages.

use std::process::Output;

use super::*;

fn run(path: &Path, task: &[&str]) -> Output {
    let run = program(path).args(task).output();
    run.expect("the program starts")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

/// A folder with a configuration, and its path.
fn configured() -> (tempfile::TempDir, std::path::PathBuf) {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("postern.toml");
    let mail = "[delivery.mail]\nhost = \"localhost\"\nfrom = \"a@contoso.example\"\n\
                [delivery.texts.gateway]\nurl = \"http://127.0.0.1/\"\n";
    let config = config("Contoso", directory.path()) + mail;
    std::fs::write(&path, config).expect("a file");
    let private = std::fs::Permissions::from_mode(0o600);
    std::fs::set_permissions(directory.path().join("key"), private).expect("a mode");
    (directory, path)
}

#[test]
fn what_is_not_there_is_one_exit_code_and_arguments_that_mean_nothing_another() {
    let (directory, path) = configured();
    let csv = directory.path().join("accounts.csv");
    std::fs::write(&csv, "tenant,id,identifiers\n").expect("a file");
    let csv = csv.to_str().expect("UTF-8");
    let none: [(i32, &[&str]); 15] = [
        (3, &["accounts", "list", "--tenant", "nope.example"]),
        (3, &["accounts", "export", "--tenant", "nope.example"]),
        (3, &["accounts", "show", "ada", "--tenant", "nope.example"]),
        (3, &["accounts", "show", "ada"]),
        (3, &["audit", "export", "--tenant", "nope.example"]),
        (3, &["audit", "show", "ada"]),
        (3, &["locks", "show", "--identifier", "ada"]),
        (2, &["audit", "show", "AAAA-AAAA"]),
        (
            2,
            &[
                "audit",
                "export",
                "--since",
                "2027-01-01",
                "--until",
                "2026-01-01",
            ],
        ),
        (2, &["deliver", "test", "mail", "nope"]),
        (2, &["deliver", "test", "text", "0612345678"]),
        (2, &["deliver", "test", "call", "nope"]),
        (2, &["accounts", "import", csv, "--sheet", "Blad1"]),
        (1, &["accounts", "import", "/nowhere.csv"]),
        (1, &["accounts", "export", "--output", csv]),
    ];
    for (code, task) in none {
        let run = run(&path, task);
        let told = text(&run.stderr);
        assert_eq!(run.status.code(), Some(code), "{task:?}: {told}");
        assert!(told.starts_with("error: "), "{task:?}: {told}");
    }
    let bare = Command::new(env!("CARGO_BIN_EXE_postern-server"))
        .arg("check-config")
        .env_remove("POSTERN_CONFIG")
        .output();
    assert_eq!(bare.expect("it starts").status.code(), Some(2));
}

#[test]
fn a_reader_that_goes_away_ends_nothing_with_an_error() {
    let (_directory, path) = configured();
    assert_eq!(run(&path, &["migrate"]).status.code(), Some(0));
    for (code, task) in [
        (0, &["accounts", "template"][..]),
        (0, &["accounts", "export"]),
        (0, &["audit", "export"]),
        (0, &["keys", "status"]),
        (0, &["check-config"]),
        (1, &["accounts", "import", "/nowhere.csv"]),
    ] {
        let mut command = program(&path);
        let command = command
            .args(task)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        drop(child.stdout.take());
        drop(child.stderr.take());
        let ended = child.wait().expect("it ends");
        assert_eq!(ended.code(), Some(code), "{task:?}");
    }
    // The audit log contains the command that has read it, even so.
    let log = run(&path, &["audit", "export", "--format", "jsonl"]);
    assert!(text(&log.stdout).contains("audit-exported"), "{log:?}");
}

#[test]
fn migrate_says_what_it_has_made() {
    let (_directory, path) = configured();
    let first = run(&path, &["migrate"]);
    let first = text(&first.stdout);
    assert!(first.starts_with("made: 1 "), "{first}");
    assert!(
        first.ends_with("the tables are up to date now\n"),
        "{first}"
    );
    for task in [&["migrate"][..], &["migrate", "--check"]] {
        let next = run(&path, task);
        assert_eq!(text(&next.stdout), "the tables are up to date\n");
    }
    let json = run(&path, &["migrate", "--json"]);
    assert_eq!(text(&json.stdout), "{\"made\":[]}\n");
}

#[test]
fn in_json_each_error_is_told_once() {
    let (directory, path) = configured();
    let csv = directory.path().join("accounts.csv");
    std::fs::write(
        &csv,
        "tenant,id,identifiers\nnope.example,1,a@nope.example\nnope.test,2,a@nope.test\n",
    )
    .expect("a file");
    let csv = csv.to_str().expect("UTF-8");
    let refused = run(&path, &["accounts", "import", csv, "--json"]);
    let found: serde_json::Value = serde_json::from_slice(&refused.stdout).expect("JSON");
    let count = &found["error_count"];
    assert_eq!(*count, 2, "{found}");
    assert_eq!(found["errors"][0]["lines"], serde_json::json!([2, 3]));
    assert_eq!(
        text(&refused.stderr),
        format!("{{\"error\":\"nothing was imported: there are {count} errors\"}}\n")
    );
    // The text output contains them.
    let told = run(&path, &["accounts", "import", csv]);
    assert!(text(&told.stderr).contains("lines 2, 3"), "{told:?}");

    std::fs::write(&path, "listen = 1\n").expect("a file");
    let refused = run(&path, &["check-config", "--json"]);
    let found: serde_json::Value = serde_json::from_slice(&refused.stdout).expect("JSON");
    let count = found["findings"].as_array().map_or(0, Vec::len);
    assert!(count >= 2, "{found}");
    let told = format!("{{\"error\":\"{} has {count} errors\"}}\n", path.display());
    assert_eq!(text(&refused.stderr), told);
}

/// Invalid arguments of a command are reported like every other error.
#[test]
fn in_json_arguments_that_mean_nothing_are_one_object() {
    let (_directory, path) = configured();
    let cases: [(&[&str], &str); 10] = [
        (
            &["locks", "show", "--json"],
            "the following required arguments were not provided: --identifier <IDENTIFIER>",
        ),
        (
            &["audit", "verify", "--json", "--position", "x"],
            "invalid value 'x' for '--position <POSITION[:HASH]>': expected a position",
        ),
        (
            &["accounts", "list", "--json", "--bogus"],
            "unexpected argument '--bogus' found",
        ),
        (
            &["--json", "accounts", "lst"],
            "unrecognized subcommand 'lst'",
        ),
        (&["accounts", "--json"], "command"),
        (
            &["--json", "accounts", "show"],
            "the following required arguments",
        ),
        (
            &[
                "locks",
                "lift",
                "--identifier",
                "a",
                "--reason",
                " ",
                "--json",
            ],
            "give a reason for the audit log",
        ),
        (&["audit", "show", " ", "--json"], "expected a code"),
        (
            &["--json", "--json", "migrate"],
            "cannot be used multiple times",
        ),
        (
            &["accounts", "template", "--json"],
            "--json: `accounts template` writes only the CSV",
        ),
    ];
    for (task, why) in cases {
        let run = run(&path, task);
        let told = text(&run.stderr);
        assert_eq!(run.status.code(), Some(2), "{task:?}: {told}");
        assert_eq!(told.lines().count(), 1, "{task:?}: {told}");
        let found: serde_json::Value = serde_json::from_str(told).expect("JSON");
        let error = found["error"].as_str().expect("an error");
        assert!(
            error.contains(why) && !error.contains("Usage"),
            "{task:?}: {error}"
        );
        assert_eq!(text(&run.stdout), "", "{task:?}");
    }
    // Requested help is not an error, and after `--` no argument is an option.
    let help = run(&path, &["accounts", "--help", "--json"]);
    assert_eq!(help.status.code(), Some(0));
    let told = run(&path, &["accounts", "show", "a", "b", "--", "--json"]);
    assert!(
        text(&told.stderr).starts_with("error: unexpected argument"),
        "{told:?}"
    );
}
