//! The cost of an attack for other people: `cargo xtask soak abuse` shows the figures that these
//! tests print.

#![expect(
    clippy::unwrap_used,
    reason = "an answer that is not as it should be fails its test, and says why"
)]

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use postern_engine::Account;
use postern_engine::account::{
    Authenticator, AuthenticatorId, AuthenticatorSecret, TotpAlgorithm, TotpPeriod,
};
use postern_peers::process::until;
use postern_server::clock::Clock;
use postern_server::development::Mailbox;
use postern_server::directory::{BuiltIn, Directories};
use postern_server::http;
use postern_server::serve::{self, Options, Running};
use postern_server::settings::Settings;
use postern_server::store::Outgoing;
use postern_world::contoso;
use reqwest::Method;
use serde_json::json;
use sqlx::{AnyConnection, Connection};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::support::client::{Client, Pass, fresh_key};
use crate::support::{Database, key};

on_each_store![
    |database| (super::Attacked::start(database).await);
    what_is_sent_to_a_cancelled_attempt_leaves_no_row,
    thirty_people_who_are_locked_at_once_finish_with_the_code_that_they_have,
];

/// The number of requests to the cancelled attempt: the attack that filled a disk sent 4,000.
const SENT: u32 = 300;

/// The number of people that are locked at once.
const PEOPLE: usize = 30;

/// The number of wrong codes that lock a person: one more than the tries in an hour.
const GUESSES: usize = 6;

/// A password that no rule refuses.
const PASSWORD: &str = "nine boats, no sail";

/// A service without proof of work, so that the attacker is as fast as possible.
struct Attacked {
    running: Running,
    mailbox: Arc<Mailbox>,
    client: Client,
    database: Database,
}

impl Attacked {
    async fn start(database: Database) -> Self {
        let store = Arc::new(database.open().await);
        let directory = Arc::new(BuiltIn::new(store.clone(), key()));
        for number in 0..PEOPLE {
            let mut account = Account::new(&person(number), &identifier(number));
            account.person.alternate_emails = vec![mailbox_of(number)];
            account.registration.authenticators = vec![Authenticator {
                id: AuthenticatorId("phone".into()),
                secret: AuthenticatorSecret::new(vec![1; 20]),
                period: TotpPeriod::Seconds30,
                algorithm: TotpAlgorithm::Sha1,
            }];
            directory.put("contoso.example", &account).await.unwrap();
        }
        let mailbox = Arc::new(Mailbox::new(Clock::System));
        let mut spoken = http::HttpSettings::default();
        spoken.metrics.listen = (Ipv4Addr::LOCALHOST, 0).into();
        let running = serve::start(
            store,
            Directories::one(directory),
            Options {
                asks_work: false,
                http: spoken,
                uncarried: mailbox.uncarried(),
                ..Options::new(
                    key(),
                    Settings::new(contoso::tenants(), "reset.contoso.example"),
                )
            },
        );
        Self {
            running: running.await.unwrap(),
            mailbox,
            client: Client::new(),
            database,
        }
    }

    fn address(&self) -> SocketAddr {
        self.running.address
    }

    /// The total number of rows of these tables.
    async fn rows(&self) -> i64 {
        let query = "SELECT (SELECT COUNT(*) FROM attempts) + (SELECT COUNT(*) FROM replies) \
            + (SELECT COUNT(*) FROM ledgers) + (SELECT COUNT(*) FROM audit) + (SELECT COUNT(*) FROM outbox)";
        let connection = AnyConnection::connect(&self.database.url).await;
        let count = sqlx::query_scalar(query)
            .fetch_one(&mut connection.unwrap())
            .await;
        count.unwrap()
    }

    /// An attempt that waits for the code in a mail.
    async fn waiting(&self, number: usize) -> (Pass, String) {
        let pass = self.client.start(self.address(), &identifier(number)).await;
        self.client.send_mail(self.address(), &pass).await;
        let code = until("a code", async || {
            self.mailbox.take_code(&mailbox_of(number))
        });
        (pass, code.await)
    }
}

fn person(number: usize) -> String {
    format!("p{number}")
}

fn identifier(number: usize) -> String {
    format!("p{number}@contoso.example")
}

fn mailbox_of(number: usize) -> String {
    format!("p{number}@home.example")
}

async fn what_is_sent_to_a_cancelled_attempt_leaves_no_row(attacked: Attacked) {
    let (client, server) = (&attacked.client, attacked.address());
    let (pass, _) = attacked.waiting(0).await;
    let (cancel, once) = ((Method::DELETE, ""), fresh_key());
    let cancelled = client.ask(server, Some(&pass), &once, cancel, None);
    assert_eq!(cancelled.await.unwrap().step(), "ended");
    until("nothing waits to leave", async || {
        let backlog = attacked.running.store.backlog().await.unwrap();
        (backlog.waiting == 0).then_some(())
    })
    .await;
    let (before, begun) = (attacked.rows().await, Instant::now());
    for number in 0..SENT {
        let (tail, body) = match number % 3 {
            0 => ("/proofs", json!({ "code": format!("{number:08}") })),
            1 => ("/codes", json!({ "method": "email" })),
            _ => ("/password", json!({ "password": PASSWORD })),
        };
        let answer = client.post(server, &pass, tail, body).await;
        assert!(
            matches!(answer.status, 409 | 429),
            "{tail}: {}",
            answer.body
        );
    }
    let took = begun.elapsed();
    let rows = attacked.rows().await - before;
    eprintln!("a cancelled attempt: {SENT} requests in {took:.1?} left {rows} rows");
    assert_eq!(rows, 0);
}

async fn thirty_people_who_are_locked_at_once_finish_with_the_code_that_they_have(
    attacked: Attacked,
) {
    let (client, server) = (&attacked.client, attacked.address());
    let mut honest = Vec::new();
    for number in 0..PEOPLE {
        honest.push(attacked.waiting(number).await);
    }
    let begun = Instant::now();
    let mut attacks = JoinSet::new();
    for number in 0..PEOPLE {
        let client = client.clone();
        attacks.spawn(async move {
            // The service has just sent a mail to the victim, so another mail has to wait; an app
            // needs none.
            let pass = client.start(server, &identifier(number)).await;
            let chosen = json!({ "method": "authenticator-code" });
            client.post(server, &pass, "/codes", chosen).await;
            for guess in 0..GUESSES {
                let wrong = json!({ "code": format!("{:06}", 700_000 + guess) });
                let answer = client.post(server, &pass, "/proofs", wrong).await;
                if answer.step() == "locked" {
                    return true;
                }
            }
            false
        });
    }
    let locked = attacks.join_all().await;
    let locked = locked.into_iter().filter(|is_locked| *is_locked).count();
    let took = begun.elapsed();
    let mut done = 0;
    for (pass, code) in &honest {
        let proven = client
            .post(server, pass, "/proofs", json!({ "code": code }))
            .await;
        let chosen = json!({ "password": PASSWORD });
        let end = client.post(server, pass, "/password", chosen).await;
        if end.step() == "done" {
            done += 1;
        } else {
            eprintln!("{} {}", proven.body, end.body);
        }
    }
    eprintln!(
        "{locked} of {PEOPLE} people were locked in {took:.1?}, and {done} of them finished with the code that they had"
    );
    assert_eq!((locked, done), (PEOPLE, PEOPLE));
}
