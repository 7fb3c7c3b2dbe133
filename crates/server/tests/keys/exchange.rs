//! Tests of a key exchange in a running service: with open attempts, waiting messages, and changes
//! in the meantime.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};

use postern_engine::{Account, Tenant};
use postern_peers::process::until;
use postern_server::cli::keys::{KeysCommand, Status};
use postern_server::clock::Clock;
use postern_server::development::Mailbox;
use postern_server::directory::{BuiltIn, Directories};
use postern_server::keys::Keys;
use postern_server::serve::{self, Options, Running};
use postern_server::settings::Settings;
use postern_server::store::{AuditLog, SqlStore};
use postern_server::uncarried::Uncarried;
use postern_world::contoso;
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{AnyConnection, Connection};
use tokio::task::JoinSet;

use super::{CONTOSO, is_refused, new, old, open, rotate, said, session};
use crate::support;
use crate::support::client::{Client, Pass, Reply, fresh_key};
use crate::support::server::start;

on_each_store![
    |database| (super::Exchanged::over(database.url.clone()));
    a_key_is_exchanged_under_a_service_and_nothing_on_its_way_is_lost,
];

/// The number of waiting messages: more than one transaction seals again.
const WAITING: usize = 110;

/// The number of accounts that several writers change in the meantime, each account by one writer
/// only.
const CHANGED: usize = 240;
const WRITERS: usize = 8;

/// A password that no rule refuses.
const PASSWORD: &str = "nine boats, no sail";

const STATUS: KeysCommand = KeysCommand::Status(Status {});

pub(super) fn both() -> Keys {
    Keys::new(new(), [old()])
}

/// A deployment whose key is exchanged, and its client.
pub(super) struct Exchanged {
    pub(super) url: String,
    time: Arc<AtomicI64>,
    pub(super) mailbox: Arc<Mailbox>,
    pub(super) client: Client,
}

impl Exchanged {
    pub(super) fn over(url: String) -> Self {
        let time = Arc::new(AtomicI64::new(Clock::System.now().seconds()));
        Self {
            url,
            mailbox: Arc::new(Mailbox::new(Clock::Set(time.clone()))),
            time,
            client: Client::new(),
        }
    }

    /// A replica with these keys, and the handling of its mails.
    pub(super) async fn replica(&self, keys: Keys, mails: Uncarried) -> Running {
        let store = open(&self.url, keys).await.unwrap();
        let keys = store.keys().clone();
        let directory = Arc::new(BuiltIn::new(store.clone(), &keys));
        let running = serve::start(
            store,
            Directories::one(directory),
            Options {
                asks_work: false,
                clock: Clock::Set(self.time.clone()),
                uncarried: mails,
                ..Options::new(
                    keys,
                    Settings::new(contoso::tenants(), "reset.contoso.example"),
                )
            },
        );
        running.await.unwrap()
    }

    /// Begins an attempt under this key.
    async fn begin(&self, replica: &Running, key: &str, start: &Value) -> Reply {
        let post = (Method::POST, "");
        let asked = self
            .client
            .ask(replica.address, None, key, post, Some(start.clone()));
        asked.await.unwrap()
    }

    /// The code in the mail to a person, as soon as it arrives.
    async fn code(&self, number: usize) -> String {
        until("a code", async || {
            self.mailbox.take_code(&mailbox_of(number))
        })
        .await
    }

    async fn prove(&self, replica: &Running, pass: &Pass, code: &str) {
        let proof = json!({ "code": code });
        let posted = self.client.post(replica.address, pass, "/proofs", proof);
        assert_eq!(posted.await.step(), "choose-password");
    }

    async fn choose(&self, replica: &Running, pass: &Pass) {
        let chosen = json!({ "password": PASSWORD });
        let posted = self
            .client
            .post(replica.address, pass, "/password", chosen)
            .await;
        assert_eq!(posted.step(), "done", "{}", posted.body);
    }

    /// The number of messages that wait and are due.
    async fn due(&self) -> i64 {
        let mut connection = AnyConnection::connect(&self.url).await.unwrap();
        let count = sqlx::query_scalar("SELECT COUNT(*) FROM outbox WHERE due_at <= $1")
            .bind(self.time.load(Ordering::SeqCst))
            .fetch_one(&mut connection);
        count.await.unwrap()
    }
}

pub(super) fn identifier(number: usize) -> String {
    format!("p{number}@{CONTOSO}")
}

fn mailbox_of(number: usize) -> String {
    format!("p{number}@home.example")
}

/// The version of an account for the given change.
pub(super) fn account(number: usize, time: usize) -> Account {
    let mut account = Account::new(&format!("p{number}"), &identifier(number));
    account.person.alternate_emails = vec![mailbox_of(number)];
    account.person.primary_email = Some(format!("{time}@{CONTOSO}"));
    account
}

/// The accounts that one writer changes, and the number of changes of each.
struct Writer {
    store: Arc<SqlStore>,
    accounts: BuiltIn,
    times: Vec<(usize, usize)>,
}

impl Writer {
    /// Changes each account, and counts the changes.
    async fn go_round(&mut self, count: &AtomicUsize) {
        for (number, time) in &mut self.times {
            is_as_put(&self.store, *number, *time).await;
            *time += 1;
            let changed = account(*number, *time);
            self.accounts.put(CONTOSO, &changed).await.unwrap();
            count.fetch_add(1, Ordering::SeqCst);
        }
    }

    async fn check_all(&self) {
        for (number, time) in &self.times {
            is_as_put(&self.store, *number, *time).await;
        }
    }
}

/// Checks that an account has its last written version.
async fn is_as_put(store: &Arc<SqlStore>, number: usize, time: usize) {
    let (tenant, put) = (Tenant::new(CONTOSO, "Contoso"), account(number, time));
    let found = support::account(store, &tenant, &put.person.id).await;
    let found = found.unwrap().unwrap();
    let change = |account: Account| account.person.primary_email;
    assert_eq!(change(found), change(put), "p{number} has lost a change");
}

/// The changes during the new sealing: changed accounts, new attempts and ordered codes.
struct Writing {
    is_over: Arc<AtomicBool>,
    changes: Arc<AtomicUsize>,
    tasks: JoinSet<()>,
}

impl Writing {
    async fn begin(it: &Exchanged, server: SocketAddr) -> Self {
        let mut writing = Self {
            is_over: Arc::default(),
            changes: Arc::default(),
            tasks: JoinSet::new(),
        };
        for first in 0..WRITERS {
            let store = open(&it.url, both()).await.unwrap();
            let mut writer = Writer {
                accounts: BuiltIn::new(store.clone(), store.keys()),
                store,
                times: (first..CHANGED)
                    .step_by(WRITERS)
                    .map(|number| (number, 0))
                    .collect(),
            };
            let (is_over, changes) = (writing.is_over.clone(), writing.changes.clone());
            writing.tasks.spawn(async move {
                while !is_over.load(Ordering::SeqCst) {
                    writer.go_round(&changes).await;
                }
                writer.check_all().await;
            });
        }
        let (client, is_over) = (it.client.clone(), writing.is_over.clone());
        writing.tasks.spawn(async move {
            for number in WAITING + 1..CHANGED - 1 {
                if is_over.load(Ordering::SeqCst) {
                    return;
                }
                let pass = client.start(server, &identifier(number)).await;
                client.send_mail(server, &pass).await;
            }
        });
        until("accounts are changed", async || {
            (writing.changes() > WRITERS).then_some(())
        })
        .await;
        writing
    }

    fn changes(&self) -> usize {
        self.changes.load(Ordering::SeqCst)
    }

    async fn end(mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        while let Some(done) = self.tasks.join_next().await {
            done.unwrap();
        }
    }
}

/// One attempt has passed its gate with the old key: returns its start, and the answer to it.
async fn proven(it: &Exchanged) -> (String, Value, Reply) {
    let first = it.replica(old().into(), it.mailbox.uncarried()).await;
    let (key, start) = (fresh_key(), start(&identifier(0)));
    let begun = it.begin(&first, &key, &start).await;
    let pass = begun.pass().unwrap();
    it.client.send_mail(first.address, &pass).await;
    let code = it.code(0).await;
    it.prove(&first, &pass, &code).await;
    first.stop().await;
    (key, start, begun)
}

/// Orders codes that cannot leave, with the new key after the old one.
async fn waiting(it: &Exchanged) -> Vec<(usize, Pass)> {
    let second = it.replica(Keys::new(old(), [new()]), Uncarried::default());
    let second = second.await;
    let mut waiting = Vec::new();
    for number in 1..=WAITING {
        let pass = it.client.start(second.address, &identifier(number)).await;
        it.client.send_mail(second.address, &pass).await;
        waiting.push((number, pass));
    }
    until("all of them are put by", async || {
        (it.due().await == 0).then_some(())
    })
    .await;
    second.stop().await;
    waiting
}

async fn a_key_is_exchanged_under_a_service_and_nothing_on_its_way_is_lost(it: Exchanged) {
    let people = BuiltIn::new(open(&it.url, old()).await.unwrap(), old());
    for number in 0..CHANGED {
        let put = people.put(CONTOSO, &account(number, 0)).await;
        put.unwrap();
    }
    let (key, start, begun) = proven(&it).await;
    let unsent = waiting(&it).await;

    // With the new key before the old one, the service seals everything again while it runs.
    let third = it.replica(both(), it.mailbox.uncarried()).await;
    let told = session(open(&it.url, both()).await.unwrap());
    let before = said(&told, STATUS).await;
    let writing = Writing::begin(&it, third.address).await;
    let begun_with = writing.changes();
    let after = said(&told, rotate()).await;
    assert!(writing.changes() > begun_with, "nothing was written");
    writing.end().await;
    for (what, others, left) in [
        ("accounts", CHANGED, 0),
        ("outbox", WAITING, 0),
        ("attempts", WAITING + 1, WAITING + 1),
    ] {
        assert_eq!(before[what]["others"], others, "{what}: {before}");
        assert_eq!(after[what]["others"], left, "{what}: {after}");
    }
    assert_eq!(after["accounts"]["first"], CHANGED);
    let again = it.begin(&third, &key, &start).await;
    assert_eq!(again.body, begun.body, "an answer that was lost");

    // The old attempts continue, with the codes that had waited. The other attempts end.
    it.mailbox.clear();
    it.time.fetch_add(60, Ordering::SeqCst);
    it.choose(&third, &begun.pass().unwrap()).await;
    for (number, pass) in &unsent {
        let code = it.code(*number).await;
        if *number < 3 {
            it.prove(&third, pass, &code).await;
            it.choose(&third, pass).await;
        }
    }
    it.time.fetch_add(15 * 60, Ordering::SeqCst);
    until("no attempt needs the old key", async || {
        (said(&told, STATUS).await["is_done"] == true).then_some(())
    })
    .await;
    let late = CHANGED - 1;
    let own = it.client.start(third.address, &identifier(late)).await;
    while told.store.chain(100).await.unwrap() > 0 {}
    third.stop().await;

    // This replica has only the new key.
    let last = it.replica(new().into(), it.mailbox.uncarried()).await;
    it.client.send_mail(last.address, &own).await;
    let code = it.code(late).await;
    it.prove(&last, &own, &code).await;
    it.choose(&last, &own).await;
    last.stop().await;
    let store = open(&it.url, new()).await.unwrap();
    while store.chain(100).await.unwrap() > 0 {}
    let verdict = store.verify_audit(None).await.unwrap();
    assert!(verdict.is_whole(), "{verdict:?}");
    assert!(is_refused(&it.url, old()).await);
}
