//! Plays the engine's scenarios with everything logged, and looks for what was secret in them: in
//! every line of the log, and after their end in every column of the database. What was read for
//! them is in the log too: the same, in the same order, as the host in memory has read.

#[path = "conformance/host.rs"]
mod host;
#[path = "../../world/tests/scenarios/order.rs"]
mod order;
#[path = "../../world/tests/scenarios/parse.rs"]
mod parse;
#[path = "../../world/tests/scenarios/play.rs"]
mod play;
#[path = "conformance/read.rs"]
mod read;
#[path = "secrets/reads.rs"]
mod reads;
#[path = "secrets/seen.rs"]
mod seen;
#[path = "../../world/tests/scenarios/setup.rs"]
mod setup;
mod support;
#[path = "secrets/tables.rs"]
mod tables;
#[path = "../../world/tests/scenarios/tell.rs"]
mod tell;
#[path = "../../world/tests/scenarios/world.rs"]
mod world;

use std::collections::BTreeSet;
use std::io;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::time::Duration;

use postern_engine::CallEnd;
use postern_engine::account::{AccountId, Authenticator};
use postern_host::{Answer, Request};
use postern_protocol::{Problem, Timestamp};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};
use tokio::runtime::Runtime;

use play::Host;
use seen::{Kind, Secrets};
use support::Database;
use tables::Tables;

/// All log lines of our crates, and every statement to the database.
const FILTER: &str = "postern_server=trace,postern_engine=trace,postern_protocol=trace,sqlx=debug";

/// The start time of the scenarios, as in `play.rs`.
const BEGINNING: Timestamp = Timestamp::from_seconds(1_699_999_980);

/// After this time every attempt of a scenario is over, and the service has not yet forgotten any.
const OVER_AFTER: Duration = Duration::from_hours(1);

#[test]
fn no_log_and_no_column_has_a_secret_on_sqlite() {
    let runtime = Runtime::new().expect("threads can be had");
    nothing_secret_is_found(&runtime, &Database::sqlite());
}

#[test]
fn no_log_and_no_column_has_a_secret_on_postgres() {
    let runtime = Runtime::new().expect("threads can be had");
    let database = runtime.block_on(Database::postgres());
    nothing_secret_is_found(&runtime, &database);
}

fn nothing_secret_is_found(runtime: &Runtime, database: &Database) {
    // A process has only one log.
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    log_everything();
    let server = host::Server::start(runtime, database);
    let mut connection = runtime
        .block_on(AnyConnection::connect(&database.url))
        .expect("the database is there");
    let tables = runtime.block_on(Tables::of(&mut connection));
    let mut all = Secrets::default();
    let mut attempts = BTreeSet::new();
    for scenario in read::scenarios() {
        log().clear();
        let name = scenario.name();
        let beginning = setup::beginning(&scenario.setup);
        let beginning = beginning.unwrap_or_else(|(_, why)| panic!("{name}: {why}"));
        let mut secrets = Secrets::of(&beginning);
        let mut watched = Watched {
            play: server.with(beginning),
            secrets: &mut secrets,
        };
        play::play(&scenario, &mut watched).unwrap_or_else(|why| panic!("{name}: {why}"));
        let logged = reads::in_log(&String::from_utf8_lossy(&log()), &mut attempts);
        if !reads::waits_in_vain(&scenario) {
            assert_eq!(logged, reads::in_memory(&scenario), "{name}: other reads");
        }
        let last = scenario.events.last().map_or(0, |event| event.at);
        watched
            .play
            .tell_time(BEGINNING + Duration::from_secs(last.unsigned_abs()) + OVER_AFTER);
        watched.play.sweep([0; 32]);

        let logged = String::from_utf8_lossy(&log()).into_owned();
        assert!(!logged.is_empty(), "{name}: nothing was logged");
        let found = secrets.found_in(&logged);
        assert!(found.is_empty(), "{name}: the log has {found:?}");
        let kept = runtime.block_on(tables.text(&mut connection));
        let found = secrets.found_in(&kept);
        assert!(found.is_empty(), "{name}: the database has {found:?}");
        all.extend(secrets);
    }

    // There were secrets of each kind, and the search finds each in its place.
    for kind in Kind::ALL {
        let secret = all.first(kind).expect("a scenario has one of each kind");
        log().clear();
        tracing::trace!(target: "postern_server", planted = secret, "planted");
        let logged = String::from_utf8_lossy(&log()).into_owned();
        assert_eq!(all.found_in(&logged).first().map(|it| it.0), Some(kind));

        for planted in [
            "INSERT INTO ledgers (subject, version, state, forget_at) VALUES ('x', 1, '{}', 0)",
            "UPDATE audit SET event = '{}', hash = NULL WHERE id = (SELECT MAX(id) FROM audit)",
            "INSERT INTO burnt (nonce, forget_at) VALUES ('{}', 0)",
            tables.planted_in_bytes(),
        ] {
            runtime.block_on(async {
                let mut transaction = connection.begin().await.expect("a transaction begins");
                let statement = planted.replace("{}", secret);
                let done = transaction.execute(AssertSqlSafe(statement)).await;
                assert!(
                    done.expect("it is planted").rows_affected() > 0,
                    "{planted}"
                );
                let kept = tables.text(&mut transaction).await;
                let found = all.found_in(&kept);
                assert!(found.iter().any(|it| it.0 == kind), "{planted} {kind:?}");
                transaction.rollback().await.expect("it is taken back");
            });
        }
    }
    server.stop();
}

/// A scenario and its secrets.
struct Watched<'a> {
    play: host::Play<'a>,
    secrets: &'a mut Secrets,
}

impl Host for &mut Watched<'_> {
    fn tell_time(&mut self, now: Timestamp) {
        self.play.tell_time(now);
    }

    fn ask(&mut self, request: Request, seed: [u8; 32]) -> Result<Answer, Problem> {
        self.secrets.asked(&request);
        let answer = self.play.ask(request, seed);
        self.secrets.answered(&answer);
        self.secrets.sent(self.play.codes());
        answer
    }

    fn directory(&mut self, state: &str) -> Result<(), String> {
        self.play.directory(state)
    }

    fn breaches(&mut self, state: &str) -> Result<(), String> {
        self.play.breaches(state)
    }

    fn change(&mut self, id: &AccountId, changes: &[String]) -> Result<(), String> {
        self.play.change(id, changes)
    }

    fn sign_in(&mut self, id: &AccountId, password: &str) -> Result<&'static str, String> {
        self.play.sign_in(id, password)
    }

    fn lift(&mut self, identifier: &str) -> Result<(), String> {
        self.play.lift(identifier)
    }

    fn sweep(&mut self, seed: [u8; 32]) {
        self.play.sweep(seed);
    }

    fn end_call(&mut self, end: CallEnd, seed: [u8; 32]) -> Result<bool, String> {
        self.play.end_call(end, seed)
    }

    fn commands(&mut self) -> Option<Vec<Vec<String>>> {
        self.play.commands()
    }

    fn codes(&mut self) -> Vec<String> {
        self.play.codes()
    }

    fn app(&mut self, index: usize) -> Option<Authenticator> {
        self.play.app(index)
    }
}

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

fn log() -> MutexGuard<'static, Vec<u8>> {
    LOG.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Logged;

impl io::Write for Logged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        log().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Logs as the server does, but without the time, whose digits could match a person's code.
fn log_everything() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing_subscriber::fmt()
            .json()
            .without_time()
            .with_env_filter(FILTER)
            .with_writer(|| Logged)
            .init();
    });
}
