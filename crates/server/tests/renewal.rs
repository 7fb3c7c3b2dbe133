//! Tests of answers that are stored in an older form, while the newest form cannot be stored.

use std::sync::Arc;

use crate::support::client::{Client, Pass, Reply};
use crate::support::log::Log;
use crate::support::server::Server;
use crate::support::{Database, key};
use postern_engine::answer::{AnswerDigest, AnswerForm};
use postern_engine::{Account, Tenant};
use postern_server::directory::BuiltIn;
use postern_server::http::HttpSettings;
use postern_world::contoso::{self, ANSWERS};
use serde_json::{Value, json};
use sqlx::{AnyConnection, Connection, Executor};

const DALIA: &str = "dalia@contoso.example";

/// Dalia's account, and its store.
struct Kept {
    directory: BuiltIn,
    tenant: Tenant,
    account: Account,
}

impl Kept {
    /// Registers her answers in the first form.
    async fn in_first_form(directory: BuiltIn) -> Self {
        let mut accounts = contoso::accounts(&key()).into_iter();
        let (domain, mut account) = accounts
            .find(|(_, account)| account.registration.questions.len() == ANSWERS.len())
            .expect("she is there");
        for (question, (_, answer)) in account.registration.questions.iter_mut().zip(ANSWERS) {
            let (form, id) = (AnswerForm::First, question.id);
            let first = AnswerDigest::of(form, &key(), &account.person.id, id, answer);
            question.answer = first.expect("it is an answer");
        }
        let put = directory.put(domain, &account).await;
        put.expect("there is room for her");
        let mut tenants = contoso::tenants().into_iter();
        let tenant = tenants.find(|tenant| tenant.id() == domain);
        Self {
            directory,
            tenant: tenant.expect("it is there"),
            account,
        }
    }

    /// The number of her answers in the newest form.
    async fn renewed(&self) -> usize {
        let registrations = self.directory.registrations();
        let registered = registrations.of(&self.tenant, &self.account.person.id);
        let questions = registered.await.expect("the store answers").questions;
        let renewed = |form| form == AnswerForm::NEWEST;
        questions
            .iter()
            .filter(|question| renewed(question.answer.form()))
            .count()
    }
}

/// Arrives and answers the questions correctly; returns the reply, and the number of questions.
async fn answer(server: &Server) -> (Pass, Reply, usize) {
    let (client, address) = (Client::new(), server.running.address);
    let pass = client.start(address, DALIA).await;
    let method = json!({ "method": "questions" });
    let chosen = client.post(address, &pass, "/codes", method).await;
    let step = &chosen.body["step"]["answer-questions"];
    let asked = step["questions"].as_array();
    let asked = asked.unwrap_or_else(|| panic!("{}", chosen.body));
    let answer = |question: &Value| {
        let place = question["id"].as_u64().expect("it has a number");
        let place = usize::try_from(place).expect("it is small");
        json!({ "question": place, "answer": ANSWERS[place - 1].1 })
    };
    let answers: Vec<Value> = asked.iter().map(answer).collect();
    let count = answers.len();
    let proof = json!({ "answers": answers });
    let reply = client.post(address, &pass, "/proofs", proof).await;
    (pass, reply, count)
}

/// The number of failed renewals, from the metrics.
async fn failed(server: &Server) -> u64 {
    let text = server.numbers().await.text().await.expect("it is text");
    let begun = "postern_store_errors_total{during=\"renewal\"} ";
    let count = text.lines().find_map(|line| line.strip_prefix(begun));
    let count = count.unwrap_or_else(|| panic!("{text}"));
    count.parse().expect("it is a number")
}

#[tokio::test]
async fn answers_that_cannot_be_renewed_pass_the_gate_and_are_renewed_the_next_time() {
    let log = Log::shared();
    let database = Database::sqlite();
    let url = database.url.clone();
    let store = Arc::new(database.open().await);
    let server = Server::over(HttpSettings::default(), database).await;
    let kept = Kept::in_first_form(BuiltIn::new(store, key())).await;
    let mut connection = AnyConnection::connect(&url).await.expect("it is there");
    let broken = "CREATE TRIGGER broken BEFORE UPDATE ON registrations
        BEGIN SELECT RAISE(ABORT, 'registrations cannot be changed'); END";
    connection.execute(broken).await.expect("it is made");

    assert_eq!((kept.renewed().await, failed(&server).await), (0, 0));
    let (pass, reply, count) = answer(&server).await;
    assert_eq!((reply.status, reply.step()), (200, "choose-password"));
    assert_eq!((kept.renewed().await, failed(&server).await), (0, 1));
    let lines = log.lines();
    let told = lines.iter().find(|line| {
        let message = line["fields"]["message"].as_str();
        message.is_some_and(|message| {
            message.starts_with("the answers of a person could not be renewed")
        })
    });
    let told = told.unwrap_or_else(|| panic!("{lines:#?}"));
    assert_eq!(
        (&told["level"], &told["span"]["sid"]),
        (&json!("WARN"), &json!(pass.id))
    );
    let why = told["fields"]["error"].as_str().expect("it says why");
    assert!(why.contains("registrations cannot be changed"), "{why}");

    connection
        .execute("DROP TRIGGER broken")
        .await
        .expect("it is mended");
    let (_, reply, _) = answer(&server).await;
    assert_eq!((reply.status, reply.step()), (200, "choose-password"));
    assert!(kept.renewed().await >= count, "{}", kept.renewed().await);
    assert_eq!(failed(&server).await, 1);
}
