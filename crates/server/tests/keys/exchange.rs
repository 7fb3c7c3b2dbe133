//! A key is exchanged under a service: with attempts on their way, messages that wait to leave, and what is written meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};

use postern_engine::account::AccountId;
use postern_engine::{Account, EngineKey, Tenant, contoso};
use postern_peers::process::until;
use postern_server::cli::Session;
use postern_server::cli::keys::{Keys as KeysCommand, Status};
use postern_server::clock::Clock;
use postern_server::delivery::Uncarried;
use postern_server::development::Mailbox;
use postern_server::directory::{BuiltIn, Directory};
use postern_server::keys::Keys;
use postern_server::serve::{self, Options, Running};
use postern_server::settings::Settings;
use postern_server::store::Store;
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{AnyConnection, Connection};
use tokio::task::JoinSet;

use super::{CONTOSO, is_refused, new, old, open, rotate, said, session};
use crate::support::client::{Client, Pass, fresh_key};

on_each_store![
    |database| (super::Exchanged::over(database.url.clone()));
    a_key_is_exchanged_under_a_service_and_nothing_on_its_way_is_lost,
];

/// Messages that wait: more than are sealed again in one transaction.
const WAITING: usize = 110;

/// Accounts that are changed meanwhile, by so many at once, and each by one alone.
const CHANGED: usize = 240;
const WRITERS: usize = 8;

/// A password that is refused nowhere.
const PASSWORD: &str = "nine boats, no sail";

/// A deployment whose key is exchanged, and who asks it.
struct Exchanged {
    url: String,
    time: Arc<AtomicI64>,
    mailbox: Arc<Mailbox>,
    client: Client,
}

impl Exchanged {
    fn over(url: String) -> Self {
        let time = Arc::new(AtomicI64::new(Clock::System.now().seconds()));
        Self {
            url,
            mailbox: Arc::new(Mailbox::new(Clock::Set(time.clone()))),
            time,
            client: Client::new(),
        }
    }

    /// A replica with these keys, and what becomes of its mails.
    async fn replica(&self, keys: Keys, mails: Uncarried) -> Running {
        let store = open(&self.url, keys).await.unwrap();
        let keys = store.keys().clone();
        let running = serve::start(Options {
            asks_work: false,
            clock: Clock::Set(self.time.clone()),
            uncarried: mails,
            ..Options::new(
                store.clone(),
                Arc::new(BuiltIn::new(store, &keys)),
                keys,
                Settings::new(contoso::tenants(), "reset.contoso.example"),
            )
        });
        running.await.unwrap()
    }

    async fn session(&self, keys: Keys) -> Session {
        session(open(&self.url, keys).await.unwrap())
    }

    /// The code that was mailed to a person, once it is there.
    async fn code(&self, number: usize) -> String {
        until("a code", async || {
            self.mailbox.take_code(&mailbox_of(number))
        })
        .await
    }

    /// The person proves who they are by that code, and chooses a password.
    async fn finish(&self, replica: &Running, pass: &Pass, code: &str) {
        let proof = json!({ "code": code });
        let posted = self.client.post(replica.address, pass, "/proofs", proof);
        assert_eq!(posted.await.step(), "choose-password");
        self.choose(replica, pass).await;
    }

    async fn choose(&self, replica: &Running, pass: &Pass) {
        let chosen = json!({ "password": PASSWORD });
        let posted = self
            .client
            .post(replica.address, pass, "/password", chosen)
            .await;
        assert_eq!(posted.step(), "done", "{}", posted.body);
    }

    /// Messages that wait and are due.
    async fn due(&self) -> i64 {
        let mut connection = AnyConnection::connect(&self.url).await.unwrap();
        let count = sqlx::query_scalar("SELECT COUNT(*) FROM outbox WHERE due_at <= $1")
            .bind(self.time.load(Ordering::SeqCst))
            .fetch_one(&mut connection);
        count.await.unwrap()
    }
}

fn identifier(number: usize) -> String {
    format!("p{number}@{CONTOSO}")
}

fn mailbox_of(number: usize) -> String {
    format!("p{number}@home.example")
}

/// An account as it is the so-manieth time that it is put there.
fn account(number: usize, time: usize) -> Account {
    let mut account = Account::new(&format!("p{number}"), &identifier(number));
    account.alternate_emails = vec![mailbox_of(number)];
    account.primary_email = Some(format!("{time}@{CONTOSO}"));
    account
}

/// The accounts that one of those has who change accounts, and how often each was put there.
struct Writer {
    accounts: BuiltIn,
    times: Vec<(usize, usize)>,
}

impl Writer {
    /// Holds each account to what was put there last, and unless it is the last time changes it.
    async fn go_round(&mut self, is_last: bool) -> usize {
        let tenant = Tenant::new(CONTOSO, "Contoso");
        for (number, time) in &mut self.times {
            let id = AccountId(format!("p{number}"));
            let found = self.accounts.account(&tenant, &id).await.unwrap().unwrap();
            let expected = account(*number, *time).primary_email;
            assert_eq!(found.primary_email, expected, "p{number} lost a change");
            if !is_last {
                *time += 1;
                let changed = account(*number, *time);
                self.accounts.put(CONTOSO, &changed).await.unwrap();
            }
        }
        self.times.len()
    }
}

async fn a_key_is_exchanged_under_a_service_and_nothing_on_its_way_is_lost(it: Exchanged) {
    let client = &it.client;
    let both = || Keys::new(new(), [old()]);
    let people = BuiltIn::new(open(&it.url, old()).await.unwrap(), old());
    for number in 0..CHANGED {
        let put = people.put(CONTOSO, &account(number, 0)).await;
        put.unwrap();
    }

    // With the old key: one attempt has passed its gate, and is begun again under its key later.
    let first = it.replica(old().into(), it.mailbox.uncarried()).await;
    let (key, start) = (fresh_key(), crate::support::server::start(&identifier(0)));
    let post = || (Method::POST, "");
    let begun = client.ask(first.address, None, &key, post(), Some(start.clone()));
    let begun = begun.await.unwrap();
    let proven = begun.pass().unwrap();
    client.send_mail(first.address, &proven).await;
    let proof = json!({ "code": it.code(0).await });
    let passed = client.post(first.address, &proven, "/proofs", proof).await;
    assert_eq!(passed.step(), "choose-password");
    first.stop().await;

    // With the new one behind it: codes are ordered, and none can leave.
    let second = it.replica(Keys::new(old(), [new()]), Uncarried::default());
    let second = second.await;
    let mut waiting = Vec::new();
    for number in 1..=WAITING {
        let pass = client.start(second.address, &identifier(number)).await;
        client.send_mail(second.address, &pass).await;
        waiting.push((number, pass));
    }
    until("all of them are put by", async || {
        (it.due().await == 0).then_some(())
    })
    .await;
    second.stop().await;

    // With the new one in front of it: all is sealed again, while accounts are changed and attempts are begun.
    let third = it.replica(both(), it.mailbox.uncarried()).await;
    let told = it.session(both()).await;
    let status = || KeysCommand::Status(Status {});
    let before = said(&told, status()).await;
    for (what, others) in [
        ("accounts", CHANGED),
        ("outbox", WAITING),
        ("attempts", WAITING + 1),
    ] {
        assert_eq!(before[what]["others"], others, "{what}: {before}");
    }
    let (is_over, changes) = (Arc::new(AtomicBool::new(false)), Arc::default());
    let mut writing = JoinSet::new();
    for writer in 0..WRITERS {
        let store = open(&it.url, both()).await.unwrap();
        let mut writer = Writer {
            accounts: BuiltIn::new(store.clone(), store.keys()),
            times: (0..CHANGED)
                .filter(|number| number % WRITERS == writer)
                .map(|number| (number, 0))
                .collect(),
        };
        let (is_over, changes): (_, Arc<AtomicUsize>) = (is_over.clone(), Arc::clone(&changes));
        writing.spawn(async move {
            while !is_over.load(Ordering::SeqCst) {
                changes.fetch_add(writer.go_round(false).await, Ordering::SeqCst);
            }
            writer.go_round(true).await;
        });
    }
    writing.spawn(orders(client.clone(), third.address, is_over.clone()));
    let changes = || changes.load(Ordering::SeqCst);
    until("accounts are changed", async || {
        (changes() > 0).then_some(())
    })
    .await;
    let begun_with = changes();
    let after = said(&told, rotate()).await;
    is_over.store(true, Ordering::SeqCst);
    while let Some(written) = writing.join_next().await {
        written.unwrap();
    }
    assert!(changes() > begun_with, "nothing was changed meanwhile");
    for what in ["accounts", "outbox"] {
        assert_eq!(after[what]["others"], 0, "{what}: {after}");
    }
    assert_eq!(after["accounts"]["first"], CHANGED);
    assert_eq!(after["attempts"]["others"], WAITING + 1);
    let again = client.ask(third.address, None, &key, post(), Some(start));
    assert_eq!(again.await.unwrap().body, begun.body);

    // The old attempts go on, with the codes that had waited.
    it.mailbox.clear();
    it.time.fetch_add(60, Ordering::SeqCst);
    it.choose(&third, &proven).await;
    for (number, pass) in &waiting {
        let code = it.code(*number).await;
        if *number < 3 {
            it.finish(&third, pass, &code).await;
        }
    }
    let late = CHANGED - 1;
    let own = client.start(third.address, &identifier(late)).await;
    client.send_mail(third.address, &own).await;
    let code = it.code(late).await;
    it.finish(&third, &own, &code).await;
    // Those that do not go on end.
    it.time.fetch_add(15 * 60, Ordering::SeqCst);
    until("no attempt needs the old key", async || {
        (said(&told, status()).await["is_done"] == true).then_some(())
    })
    .await;
    let begun = client.start(third.address, &identifier(late)).await;
    while told.store.chain(100).await.unwrap() > 0 {}
    third.stop().await;

    // With the new one alone.
    let last = it.replica(new().into(), it.mailbox.uncarried()).await;
    client.send_mail(last.address, &begun).await;
    it.finish(&last, &begun, &it.code(late).await).await;
    let verdict = told.store.verify_audit(None).await.unwrap();
    assert!(verdict.is_whole(), "{verdict:?}");
    last.stop().await;
    assert!(is_refused(&it.url, old()).await);
}

/// Begins attempts and orders codes until it is over.
async fn orders(client: Client, server: std::net::SocketAddr, is_over: Arc<AtomicBool>) {
    for number in WAITING + 1..CHANGED - 1 {
        if is_over.load(Ordering::SeqCst) {
            return;
        }
        let pass = client.start(server, &identifier(number)).await;
        client.send_mail(server, &pass).await;
    }
}
