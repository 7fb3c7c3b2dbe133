//! Properties of the server and of every command.

use std::path::Path;
use std::process::Output;
use std::sync::Arc;

use postern_engine::{Account, Person};
use postern_server::directory::BuiltIn;
use postern_server::store::{AuditLog, SqlStore};
use serde_json::Value;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};

use super::{Server, config, of_config, program};
use crate::documented;

/// Every command, and the server; the command that removes the account is the last.
const TASKS: [&[&str]; 23] = [
    &[],
    &["check-config", "--connect"],
    &["migrate", "--check"],
    &["migrate"],
    &["accounts", "list"],
    &["accounts", "show", "ada"],
    &["accounts", "export"],
    &["accounts", "template"],
    &["accounts", "unlock", "ada"],
    &["accounts", "import", "accounts.csv"],
    &["accounts", "rename", "ada", "--to", "a@contoso.example"],
    &["audit", "show", "ada"],
    &["audit", "export"],
    &["audit", "verify"],
    &["audit", "begin-anew", "--reason", "none"],
    &["deliver", "test", "mail", "ada@contoso.example"],
    &["deliver", "test", "text", "+44 7700 900123"],
    &["deliver", "test", "call", "+44 7700 900123"],
    &["keys", "status"],
    &["keys", "rotate"],
    &["locks", "show", "--identifier", "ada"],
    &["locks", "lift", "--identifier", "ada", "--reason", "none"],
    &["accounts", "remove", "ada"],
];

/// A name with marks of direction. Every output contains it with the marks escaped.
const HIDDEN: &str = "\u{202e}ada\u{2069}";
const TURNS: [char; 2] = ['\u{202e}', '\u{2069}'];

/// Commands that create tables, or need none.
fn is_without_tables(task: &[&str]) -> bool {
    matches!(
        task,
        ["check-config" | "migrate", ..] | ["accounts", "template"]
    )
}

fn run(folder: &Path, task: &[&str], more: &[&str]) -> (Option<i32>, String, Output) {
    let mut command = program(&folder.join("postern.toml"));
    command.args(task).args(more).current_dir(folder);
    let run = command.output().expect("the program starts");
    let told = String::from_utf8_lossy(&run.stderr).into_owned();
    (run.status.code(), told, run)
}

fn write_config(folder: &Path) {
    std::fs::write(folder.join("postern.toml"), config("Contoso", folder)).expect("a file");
    let accounts = "tenant,id,identifiers\ncontoso.example,ben,ben@contoso.example\n";
    std::fs::write(folder.join("accounts.csv"), accounts).expect("a file");
}

/// Adds data to the database, with the key of the configuration.
async fn fill(folder: &Path) {
    let (key, url) = of_config(folder);
    let store = SqlStore::open(&url, 1, &key).await.expect("a database");
    let accounts = BuiltIn::new(Arc::new(store), &key);
    let ada = Account::from(Person {
        names: vec![HIDDEN.into()],
        ..Person::new("ada", "ada@contoso.example")
    });
    accounts.put("contoso.example", &ada).await.expect("room");
}

#[test]
fn every_command_is_among_them() {
    for (path, _) in documented::commands() {
        let words: Vec<&str> = path.split(' ').collect();
        assert!(TASKS.iter().any(|task| task.starts_with(&words)), "{path}");
    }
}

#[test]
fn with_no_migrate_the_server_and_every_command_leave_an_empty_database_as_it_is() {
    let directory = tempfile::tempdir().expect("a directory");
    let folder = directory.path();
    write_config(folder);
    for task in TASKS.into_iter().filter(|task| !is_without_tables(task)) {
        let (code, told, _) = run(folder, task, &["--no-migrate"]);
        assert_eq!(code, Some(1), "{task:?}: {told}");
        assert!(
            told.contains("the database does not have the tables of this program yet. `postern-server migrate` creates them"),
            "{task:?}: {told}"
        );
    }
    assert!(!folder.join("postern.sqlite").exists());
    // As an environment variable the option applies to all commands except the one that creates the
    // tables.
    let of_environment = |task: &[&str]| {
        let mut command = program(&folder.join("postern.toml"));
        let run = command
            .args(task)
            .env("POSTERN_NO_MIGRATE", "true")
            .output();
        run.expect("the program starts").status.code()
    };
    assert_eq!(of_environment(&["audit", "verify"]), Some(1));
    assert_eq!(of_environment(&["migrate"]), Some(0));
    assert_eq!(of_environment(&["audit", "verify"]), Some(0));
}

/// All stored data, unchanged.
async fn kept(folder: &Path) -> (Vec<u8>, usize, Vec<(String, i64)>) {
    let (key, url) = of_config(folder);
    let store = SqlStore::open(&url, 1, &key).await.expect("the right key");
    let rows = store.audit(0, 100).await.expect("rows").len();
    let accounts = store.census().await.expect("a count");
    store.close().await;
    let bytes = std::fs::read(folder.join("postern.sqlite")).expect("a file");
    (bytes, rows, accounts)
}

/// A wrongly mounted secret prevents only the start.
#[tokio::test(flavor = "multi_thread")]
async fn with_a_wrong_key_the_server_and_every_command_change_nothing() {
    let directory = tempfile::tempdir().expect("a directory");
    let folder = directory.path();
    write_config(folder);
    fill(folder).await;
    let before = kept(folder).await;
    std::fs::write(folder.join("key"), crate::support::OTHER_KEY).expect("a file");
    let reads_nothing = |task: &[&str]| matches!(task, ["accounts", "template"]);
    for more in [&[][..], &["--no-migrate"], &["--json"]] {
        for task in TASKS.into_iter().filter(|task| !reads_nothing(task)) {
            let is_misused = more == ["--json"] && task == ["accounts", "export"];
            let (code, told, run) = run(folder, task, more);
            assert_eq!(
                code,
                Some(if is_misused { 2 } else { 1 }),
                "{task:?}: {told}"
            );
            let printed = String::from_utf8_lossy(&run.stdout);
            let told = format!("{told}{printed}");
            assert!(
                is_misused
                    || told.contains(
                        "this database was created with another key. Nothing in it was read or changed"
                    ),
                "{task:?} {more:?}: {told}"
            );
            assert!(!told.contains("ada@contoso"), "{task:?}: {told}");
        }
    }
    std::fs::write(folder.join("key"), crate::support::KEY).expect("a file");
    assert!(kept(folder).await == before, "something was changed");
}

/// A program that asks for JSON gets JSON, or an error at once if there is none.
#[tokio::test(flavor = "multi_thread")]
async fn json_is_printed_by_every_command_or_refused() {
    let directory = tempfile::tempdir().expect("a directory");
    let folder = directory.path();
    write_config(folder);
    fill(folder).await;
    let is_json = |text: &[u8]| {
        let text = std::str::from_utf8(text).expect("text");
        text.lines()
            .all(|line| serde_json::from_str::<Value>(line).is_ok())
    };
    let csv: [&[&str]; 3] = [
        &["accounts", "export"],
        &["accounts", "template"],
        &["audit", "export", "--format", "csv"],
    ];
    let more: [&[&str]; 2] = [
        &["audit", "export", "--format", "jsonl"],
        &["accounts", "list", "--locked"],
    ];
    for task in TASKS.into_iter().skip(1).chain(csv).chain(more) {
        let (code, told, run) = run(folder, task, &["--json"]);
        assert!(is_json(&run.stdout), "{task:?}");
        let printed = String::from_utf8_lossy(&run.stdout);
        assert!(
            !printed.contains(TURNS) && !told.contains(TURNS),
            "{task:?}"
        );
        if matches!(task, ["accounts", "list"] | ["accounts", "show", _]) {
            assert!(printed.contains("\\u202eada\\u2069"), "{task:?}: {printed}");
        }
        match code {
            Some(0) => assert_eq!(
                run.stdout.is_empty(),
                task.contains(&"--locked"),
                "{task:?}"
            ),
            Some(2) => assert!(csv.contains(&task), "{task:?}: {told}"),
            Some(1 | 3) => {}
            _ => panic!("{task:?}: {told}"),
        }
        if code != Some(0) {
            let last = told.lines().last().unwrap_or_default();
            assert!(last.starts_with("{\"error\":"), "{task:?}: {told}");
        }
        assert_eq!(csv.contains(&task), code == Some(2), "{task:?}: {told}");
    }
}

/// Changes data in the database directly, without the program.
async fn change(folder: &Path, statement: &str) {
    sqlx::any::install_default_drivers();
    let (_, url) = of_config(folder);
    let mut connection = AnyConnection::connect(&url).await.expect("a connection");
    let statement = AssertSqlSafe(statement.to_owned());
    connection.execute(statement).await.expect("it is done");
    connection.close().await.expect("it is closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn migrate_check_fails_before_and_after_what_the_program_knows_and_makes_nothing() {
    let directory = tempfile::tempdir().expect("a directory");
    let folder = directory.path();
    write_config(folder);
    let check = || {
        let (code, told, run) = run(folder, &["migrate", "--check"], &[]);
        (code, told + &String::from_utf8_lossy(&run.stdout))
    };
    let (code, told) = check();
    assert_eq!(code, Some(1), "{told}");
    assert!(
        told.contains("the database does not exist yet: the server creates it at its start, and so does `migrate`"),
        "{told}"
    );
    assert!(!folder.join("postern.sqlite").exists());
    assert_eq!(run(folder, &["migrate"], &[]).0, Some(0));
    let (code, told) = check();
    assert_eq!(code, Some(0), "{told}");
    assert!(told.ends_with("the tables are up to date\n"), "{told}");

    let last = "(SELECT MAX(version) FROM _sqlx_migrations)";
    for (done, undone, expected) in [
        (
            format!("UPDATE _sqlx_migrations SET success = 0 WHERE version = {last}"),
            "UPDATE _sqlx_migrations SET success = 1".to_owned(),
            "error: the database lacks migrations: ",
        ),
        (
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
             SELECT 99999, 'of later', 1, checksum, execution_time FROM _sqlx_migrations WHERE version = 1"
                .to_owned(),
            "DELETE FROM _sqlx_migrations WHERE version = 99999".to_owned(),
            "error: the database is newer than this program: it has the migrations [99999]",
        ),
        (
            "DELETE FROM _sqlx_migrations".to_owned(),
            String::new(),
            "error: the database lacks migrations: 1 ",
        ),
    ] {
        change(folder, &done).await;
        let before = std::fs::read(folder.join("postern.sqlite")).expect("a file");
        let (code, told) = check();
        assert_eq!(code, Some(1), "{told}");
        assert!(told.contains(expected), "{expected}: {told}");
        assert!(std::fs::read(folder.join("postern.sqlite")).expect("a file") == before);
        if !undone.is_empty() {
            change(folder, &undone).await;
            assert_eq!(check().0, Some(0));
        }
    }
}

/// If a tenant loses a domain, people who have an identifier in no other domain can no longer be
/// found. The start and a reload report this.
#[tokio::test(flavor = "multi_thread")]
async fn the_start_and_a_reload_say_in_the_log_who_has_no_identifier_in_a_domain_of_their_tenant() {
    const SAID: &str = "some people cannot be found by any identifier";
    let directory = tempfile::tempdir().expect("a directory");
    let folder = directory.path();
    write_config(folder);
    fill(folder).await;
    let path = folder.join("postern.toml");
    let text = config("Contoso", folder).replace("name =", "id = \"contoso.example\"\nname =");
    let of = |domains: &str| text.replace("[\"contoso.example\"]", domains);
    let warned = |line: &str| {
        let line: Value = serde_json::from_str(line).expect("JSON");
        let fields = &line["fields"];
        assert_eq!(
            (&line["level"], &fields["message"]),
            (&"WARN".into(), &SAID.into()),
            "{line}"
        );
        let warning = fields["warning"].as_str().expect("who");
        assert!(
            warning.starts_with("1 account of contoso.example has no identifier in a domain that is configured for it"),
            "{warning}"
        );
    };
    // This configuration is correct, and so is a tenant with more domains than its people use.
    std::fs::write(&path, of("[\"contoso.test\", \"contoso.example\"]")).expect("a file");
    let server = Server::start(&path);
    let mut before_listening = Vec::new();
    loop {
        let line = server.says("");
        let is_listening = line.contains("listening");
        before_listening.push(line);
        if is_listening {
            break;
        }
    }
    assert!(
        !before_listening.iter().any(|line| line.contains(SAID)),
        "{before_listening:?}"
    );
    std::fs::write(&path, of("[\"contoso.test\"]")).expect("a file");
    server.signal("-HUP");
    warned(&server.says(SAID));
    server.says("the server read its configuration again");
    std::fs::write(&path, of("[\"CONTOSO.example\"]")).expect("a file");
    server.signal("-HUP");
    server.says("the server read its configuration again");
    server.signal("-TERM");
    let left: Vec<String> = server
        .lines
        .iter()
        .filter(|line| line.contains(SAID))
        .collect();
    assert_eq!(left.len(), 0, "{left:?}");
    drop(server);

    std::fs::write(&path, of("[\"contoso.test\"]")).expect("a file");
    let server = Server::start(&path);
    warned(&server.says(SAID));
    server.says("listening");
}

/// Under another id all people of a tenant would be unknown, and the service would treat each like
/// a stranger.
#[tokio::test(flavor = "multi_thread")]
async fn the_server_does_not_start_over_accounts_of_no_tenant() {
    let directory = tempfile::tempdir().expect("a directory");
    let folder = directory.path();
    write_config(folder);
    fill(folder).await;
    let path = folder.join("postern.toml");
    let text = config("Contoso", folder);
    for domains in [
        "[\"contoso.test\", \"contoso.example\"]",
        "[\"contoso.test\"]",
    ] {
        let moved = text.replace("[\"contoso.example\"]", domains);
        std::fs::write(&path, &moved).expect("a file");
        for more in [&[][..], &["--no-migrate"]] {
            let (code, told, _) = run(folder, &[], more);
            assert_eq!(code, Some(1), "{told}");
            assert!(
                told.contains("1 account is under contoso.example, and no tenant has that id. Add that id to the tenant that they belong to, as id ="),
                "{told}"
            );
            assert!(!told.contains("listening"), "{told}");
        }
    }
    let moved = text.replace(
        "[\"contoso.example\"]",
        "[\"contoso.test\", \"contoso.example\"]",
    );
    let known = moved.replace("name =", "id = \"contoso.example\"\nname =");
    std::fs::write(&path, known).expect("a file");
    Server::start(&path).port();
}
