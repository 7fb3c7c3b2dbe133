//! The chain of the audit log, as a running service checks it.

use std::path::Path;

use postern_peers::process::until;
use sqlx::{AnyConnection, AnyPool, AssertSqlSafe, Connection, Executor};

use super::{Server, config, fetched, of_config, port_in, program};

const BROKEN: &str = "the audit log is broken";
const WHOLE: &str = "the audit log is whole again";

fn change(url: &str, statement: &str) {
    sqlx::any::install_default_drivers();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let mut connection = AnyConnection::connect(url).await.expect("a connection");
        let done = connection
            .execute(AssertSqlSafe(statement.to_owned()))
            .await;
        done.expect("the statement is run");
    });
}

/// Waits until the chain contains this number of rows of the audit log.
fn chained(url: &str, rows: i64) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let pool = AnyPool::connect(url).await.expect("a connection");
        until("the row is chained", async || {
            let query = "SELECT COUNT(*) FROM audit WHERE position IS NOT NULL";
            let count = sqlx::query_scalar(query).fetch_one(&pool).await;
            let count: i64 = count.expect("a number");
            (count >= rows).then_some(())
        })
        .await;
    });
}

/// A configuration with a separate port for the metrics.
fn write_config(directory: &Path) -> std::path::PathBuf {
    let path = directory.join("postern.toml");
    let text = config("Contoso", directory);
    let text = format!("{text}[http.metrics]\nlisten = \"127.0.0.1:0\"\n");
    std::fs::write(&path, text).expect("a file");
    path
}

/// The address of the metrics of a server that has just started.
fn numbers_of(server: &Server) -> String {
    numbers_in(&server.says("listening"))
}

fn numbers_in(started: &str) -> String {
    let (_, metrics) = started.split_once("\"metrics\":\"").expect("an address");
    format!("http://127.0.0.1:{}/metrics", port_in(metrics))
}

/// Runs a command that writes a row.
fn run(path: &Path, task: &[&str]) {
    let run = program(path).args(task).output();
    assert!(
        run.expect("the program starts").status.success(),
        "{task:?}"
    );
}

/// Waits until the metric reports whether the chain is broken.
#[expect(
    clippy::disallowed_methods,
    reason = "numbers of another process can only be asked for again"
)]
fn becomes(numbers: &str, broken: u8) {
    let line = format!("\npostern_audit_chain_broken {broken}\n");
    let began = std::time::Instant::now();
    while !fetched(numbers).contains(&line) {
        assert!(began.elapsed() < super::PATIENCE, "it is not {broken}");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}

/// The number of log lines with each of these texts.
fn said(server: &Server, what: [&str; 2]) -> [usize; 2] {
    server.signal("-TERM");
    let lines: Vec<String> = server.lines.iter().collect();
    what.map(|what| lines.iter().filter(|line| line.contains(what)).count())
}

#[test]
fn a_broken_audit_chain_is_a_number_from_then_on_and_one_line() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = write_config(directory.path());
    let (_, url) = of_config(directory.path());
    let server = Server::start(&path);
    let numbers = numbers_of(&server);
    // Each command writes a row, which the server adds to the chain within about a second.
    let mut rows = 0;
    let mut one_more = || {
        run(&path, &["audit", "export"]);
        rows += 1;
        chained(&url, rows);
    };
    one_more();
    assert!(fetched(&numbers).contains("\npostern_audit_chain_broken 0\n"));
    change(&url, "UPDATE chain SET last_hash = first_hash");
    for _ in 0..3 {
        one_more();
    }
    assert!(fetched(&numbers).contains("\npostern_audit_chain_broken 1\n"));
    assert_eq!(said(&server, [BROKEN, WHOLE]), [1, 0]);
    // A process that starts later reports it once more.
    let server = Server::start(&path);
    one_more();
    one_more();
    assert_eq!(said(&server, [BROKEN, WHOLE]), [1, 0]);
}

/// Only the service's own verification reads these rows.
#[test]
fn a_row_changed_or_removed_behind_our_back_is_a_number_until_the_log_begins_anew() {
    for done in [
        "UPDATE audit SET event = REPLACE(event, 'success', 'failure') WHERE position = 2",
        "UPDATE audit SET at = at - 86400 WHERE position = 2",
        "UPDATE audit SET hash = NULL WHERE position = 2",
        "UPDATE audit SET position = 9 WHERE position = 2",
        "DELETE FROM audit WHERE position = 2",
        "DELETE FROM audit WHERE position = 1",
        "DELETE FROM audit WHERE position = 3",
        "DELETE FROM audit",
    ] {
        let directory = tempfile::tempdir().expect("a directory");
        let path = write_config(directory.path());
        let (_, url) = of_config(directory.path());
        let server = Server::start(&path);
        let numbers = numbers_of(&server);
        for rows in 1..=3 {
            run(&path, &["audit", "export"]);
            chained(&url, rows);
        }
        assert!(fetched(&numbers).contains("\npostern_audit_chain_broken 0\n"));
        assert_eq!(said(&server, [BROKEN, WHOLE]), [0, 0], "{done}");
        change(&url, done);

        let server = Server::start(&path);
        let [_, started] = server.says_each([BROKEN, "listening"]);
        let numbers = numbers_in(&started);
        becomes(&numbers, 1);
        run(
            &path,
            &[
                "audit",
                "begin-anew",
                "--reason",
                "a restore that went wrong",
            ],
        );
        becomes(&numbers, 0);
        assert_eq!(said(&server, [BROKEN, WHOLE]), [0, 1], "{done}");
    }
}
