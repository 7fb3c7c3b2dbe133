//! People who send the same requests to every endpoint: an existing person, a person who is refused
//! without an explanation, and an invented one.

#![allow(
    dead_code,
    reason = "the test measures no times, and the bench compares no shapes"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use postern_engine::account::{
    AccountId, AccountState, Authenticator, AuthenticatorId, AuthenticatorSecret,
    RegisteredQuestion, TotpAlgorithm, TotpPeriod,
};
use postern_engine::policy::PolicySettings;
use postern_engine::tenant::{Administrator, Administrators, Disclosure};
use postern_engine::{Account, Policy, Tenant};
use postern_protocol::{Method as Way, QuestionText};
use postern_server::clock::Clock;
use postern_server::development::Mailbox;
use postern_server::directory::{BuiltIn, Directories};
use postern_server::serve::{self, Options, Running};
use postern_server::settings::Settings;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::support::client::{Pass, Reply, fresh_key};
use crate::support::{Database, key};

const DOMAIN: &str = "contoso.example";

/// The methods that every account has.
const WAYS: [Way; 4] = [
    Way::Email,
    Way::MobileSms,
    Way::Questions,
    Way::AuthenticatorCode,
];

/// The kinds of people who send requests.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Who {
    /// A person who may reset.
    Known,
    /// Another such person: it shows the distance between two samples of one kind.
    AlsoKnown,
    /// A person who may not reset, and does not learn this.
    Refused,
    /// An identifier that no account has.
    Unknown,
}

impl Who {
    pub(crate) const ALL: [Self; 4] = [Self::Known, Self::AlsoKnown, Self::Refused, Self::Unknown];
}

/// The parts of an answer that a client sees.
pub(crate) struct Seen {
    pub(crate) status: u16,
    /// Names of headers.
    pub(crate) headers: BTreeSet<String>,
    /// The body, with the type of each value in its place.
    pub(crate) shape: Value,
    pub(crate) took: Duration,
    body: Value,
}

/// A service, with accounts for this number of people of each kind.
pub(crate) struct House {
    running: Running,
    client: reqwest::Client,
    people: usize,
    _database: Database,
}

/// One request.
struct Step {
    name: &'static str,
    verb: &'static str,
    tail: &'static str,
    /// The body, made from the answer before it; null if there is none.
    body: fn(&Value) -> Value,
    /// The resulting problem, or the resulting step.
    what: &'static str,
}

impl Step {
    const fn new(
        name: &'static str,
        (verb, tail): (&'static str, &'static str),
        body: fn(&Value) -> Value,
        what: &'static str,
    ) -> Self {
        Self {
            name,
            verb,
            tail,
            body,
            what,
        }
    }
}

const CODES: (&str, &str) = ("POST", "/codes");
const PROOFS: (&str, &str) = ("POST", "/proofs");
const PASSWORD: (&str, &str) = ("POST", "/password");

/// The request of the same person directly after the mail: messages for existing people might delay
/// it.
const RIGHT_AFTER: &str = "right after the mail";

/// The requests after the start of an attempt, in their order.
const STEPS: [Step; 17] = [
    Step::new("look", ("GET", ""), |_| Value::Null, "choose-method"),
    Step::new(
        "purpose",
        ("PUT", "/purpose"),
        |_| json!({ "purpose": "unlock" }),
        "not-expected",
    ),
    Step::new("mail", CODES, |_| chosen(Way::Email), "enter-code"),
    Step::new(RIGHT_AFTER, PROOFS, |_| code("11111111"), "code-wrong"),
    Step::new(
        "mail too soon",
        CODES,
        |_| chosen(Way::Email),
        "resend-too-soon",
    ),
    Step::new("wrong code", PROOFS, |_| code("00000000"), "code-wrong"),
    Step::new("half a code", PROOFS, |_| code("0000"), "code-malformed"),
    Step::new("number", CODES, |_| chosen(Way::MobileSms), "enter-phone"),
    Step::new(
        "wrong number",
        CODES,
        |_| json!({ "method": Way::MobileSms, "phone": "+31612345678" }),
        "phone-mismatch",
    ),
    Step::new(
        "questions",
        CODES,
        |_| chosen(Way::Questions),
        "answer-questions",
    ),
    Step::new("wrong answers", PROOFS, answers, "answers-wrong"),
    Step::new(
        "authenticator",
        CODES,
        |_| chosen(Way::AuthenticatorCode),
        "enter-code",
    ),
    Step::new(
        "wrong code of an authenticator",
        PROOFS,
        |_| code("000000"),
        "code-wrong",
    ),
    Step::new(
        "password",
        PASSWORD,
        |_| json!({ "password": "Correct-horse-7-battery" }),
        "not-expected",
    ),
    Step::new(
        "unlock",
        ("POST", "/unlock"),
        |_| Value::Null,
        "not-expected",
    ),
    Step::new("help", ("POST", "/help"), |_| Value::Null, "enter-code"),
    Step::new("cancel", ("DELETE", ""), |_| Value::Null, "ended"),
];

fn chosen(way: Way) -> Value {
    json!({ "method": way })
}

fn code(code: &str) -> Value {
    json!({ "code": code })
}

impl House {
    /// Starts a service with this number of people of each kind.
    pub(crate) async fn start(database: Database, people: usize) -> Self {
        let store = Arc::new(database.open().await);
        let directory = Arc::new(BuiltIn::new(store.clone(), key()));
        // Many refused people seem to have less on file than others, as many invented people do.
        for number in 0..people * SEEMING {
            for who in [Who::Known, Who::AlsoKnown, Who::Refused] {
                if who == Who::Refused || number < people {
                    let account = account(who, number);
                    let put = directory.put(DOMAIN, &account).await;
                    put.expect("there is room for every account");
                }
            }
        }
        let running = serve::start(
            store,
            Directories::one(directory),
            Options {
                asks_work: false,
                uncarried: Arc::new(Mailbox::new(Clock::System)).uncarried(),
                ..Options::new(
                    key(),
                    Settings::new(vec![tenant()], "reset.contoso.example"),
                )
            },
        );
        Self {
            running: running.await.expect("it starts"),
            client: reqwest::Client::new(),
            people,
            _database: database,
        }
    }

    /// This number of people of each kind sends all requests, each request in its own order of
    /// people, so that the effect of one request on the next is the same for all kinds. Returns the
    /// answers by request and kind.
    pub(crate) async fn ask(&self, people: usize) -> BTreeMap<String, BTreeMap<Who, Vec<Seen>>> {
        self.ask_for(people, &STEPS).await
    }

    /// The same for a mail, and for the request directly after it.
    pub(crate) async fn ask_right_after(&self, people: usize) -> BTreeMap<Who, Vec<Seen>> {
        let after = STEPS.iter().position(|step| step.name == RIGHT_AFTER);
        let after = after.expect("it is one of them");
        let mut all = self.ask_for(people, &STEPS[after - 1..=after]).await;
        all.remove(RIGHT_AFTER).expect("it was asked")
    }

    async fn ask_for(
        &self,
        people: usize,
        steps: &[Step],
    ) -> BTreeMap<String, BTreeMap<Who, Vec<Seen>>> {
        let mut all: BTreeMap<String, BTreeMap<Who, Vec<Seen>>> = BTreeMap::new();
        let mut next: BTreeMap<Who, usize> = BTreeMap::new();
        for _ in 0..people {
            let mut passes = BTreeMap::new();
            let mut bodies = BTreeMap::new();
            for who in shuffled() {
                let number = next.entry(who).or_default();
                let seen = self.begin(who, number).await;
                passes.insert(who, pass(&seen.body));
                bodies.insert(who, seen.body["attempt"].clone());
                note(&mut all, "begin", who, seen);
            }
            let next = steps.iter().skip(1).map(Some).chain([None]);
            for (step, next) in steps.iter().zip(next) {
                if step.name == RIGHT_AFTER {
                    continue;
                }
                let after = next.filter(|next| next.name == RIGHT_AFTER);
                for (who, step) in shuffled().into_iter().flat_map(|who| {
                    [Some(step), after]
                        .into_iter()
                        .flatten()
                        .map(move |it| (who, it))
                }) {
                    let url = format!("/{}{}", passes[&who].id, step.tail);
                    let token = Some(passes[&who].token.as_str());
                    let body = (step.body)(&bodies[&who]);
                    let seen = self.request(step.verb, &url, token, body).await;
                    assert_eq!(what(seen.status, &seen.body), step.what, "{}", step.name);
                    bodies.insert(who, seen.body.clone());
                    note(&mut all, step.name, who, seen);
                }
            }
        }
        all
    }

    pub(crate) async fn stop(self) {
        self.running.stop().await;
    }

    /// Begins an attempt of the next person of this kind who seems to have complete data on file:
    /// the service treats a person who seems to have less like one who has less, of either kind.
    async fn begin(&self, who: Who, number: &mut usize) -> Seen {
        loop {
            let is_there = who == Who::Unknown || *number < self.people * SEEMING;
            assert!(is_there, "more of them seem to have less on file");
            let body = json!({
                "identifier": identifier(who, *number),
                "locale": "en",
                "support_code": "6f1c3a52-8d0e-4f7b-9a26-0c5d7e8f9a1b",
            });
            *number += 1;
            let seen = self.request("POST", "", None, body).await;
            let attempt = &seen.body["attempt"];
            let offers = attempt["step"]["choose-method"]["offers"].as_array();
            if attempt["gates"]["required"] == 1 && offers.is_some_and(|it| it.len() == WAYS.len())
            {
                return seen;
            }
        }
    }

    async fn request(&self, verb: &str, path: &str, token: Option<&str>, body: Value) -> Seen {
        let address = self.running.address;
        let method = Method::from_bytes(verb.as_bytes()).expect("it is a method");
        let url = format!("http://{address}/api/v1/attempts{path}");
        let mut request = self.client.request(method, url);
        request = request.header("Idempotency-Key", format!("\"{}\"", fresh_key()));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if !body.is_null() {
            request = request.json(&body);
        }
        let begun = Instant::now();
        let response = request.send().await.expect("it answers");
        let status = response.status().as_u16();
        let headers = response.headers().keys().map(ToString::to_string).collect();
        let text = response.text().await.expect("it answers");
        let took = begun.elapsed();
        let body: Value = serde_json::from_str(&text).expect("it is JSON");
        Seen {
            status,
            headers,
            shape: shape(&body),
            took,
            body,
        }
    }
}

/// Of this number of invented people, one seems to have complete data on file, with a large margin.
const SEEMING: usize = 12;

fn note(all: &mut BTreeMap<String, BTreeMap<Who, Vec<Seen>>>, name: &str, who: Who, seen: Seen) {
    let of_it = all.entry(name.to_owned()).or_default();
    of_it.entry(who).or_default().push(seen);
}

/// All kinds, in any order.
fn shuffled() -> [Who; 4] {
    let mut all = Who::ALL;
    fastrand::shuffle(&mut all);
    all
}

fn pass(started: &Value) -> Pass {
    let text = |value: &Value| value.as_str().expect("it is text").to_owned();
    Pass {
        id: text(&started["attempt"]["id"]),
        token: text(&started["token"]),
    }
}

/// The problem of an answer, or its step.
fn what(status: u16, body: &Value) -> String {
    let reply = Reply {
        status,
        body: body.clone(),
    };
    let problem = reply.problem();
    let what = if problem.is_empty() {
        reply.step()
    } else {
        problem
    };
    what.to_owned()
}

/// Answers every question wrongly.
fn answers(attempt: &Value) -> Value {
    let questions = &attempt["step"]["answer-questions"]["questions"];
    let answers = questions.as_array().into_iter().flatten();
    let answers = answers.map(|question| json!({ "question": question["id"], "answer": "no" }));
    json!({ "answers": answers.collect::<Vec<_>>() })
}

/// A value with each part replaced by its type; lists keep their length.
fn shape(value: &Value) -> Value {
    match value {
        Value::Null => "null".into(),
        Value::Bool(_) => "boolean".into(),
        Value::Number(_) => "number".into(),
        Value::String(_) => "text".into(),
        Value::Array(list) => list.iter().map(shape).collect(),
        Value::Object(members) => {
            let members = members.iter().map(|(name, it)| (name.clone(), shape(it)));
            Value::Object(members.collect())
        }
    }
}

fn tenant() -> Tenant {
    let settings = PolicySettings {
        methods: WAYS.to_vec(),
        ..PolicySettings::default()
    };
    Tenant {
        policy: Some(Policy::new(settings).expect("the policy is within its bounds")),
        disclosure: Disclosure::Conceal,
        administrators: Administrators {
            helpdesk: vec![Administrator {
                account: AccountId("helpdesk".into()),
                email: format!("helpdesk@{DOMAIN}"),
            }],
            ..Administrators::default()
        },
        ..Tenant::new(DOMAIN, "Contoso")
    }
}

/// Identifiers have the same length for every kind.
fn identifier(who: Who, number: usize) -> String {
    let name = match who {
        Who::Known => "known",
        Who::AlsoKnown => "there",
        Who::Refused => "noone",
        Who::Unknown => "never",
    };
    format!("{name}{number:05}@{DOMAIN}")
}

fn account(who: Who, number: usize) -> Account {
    let identifier = identifier(who, number);
    let mut account = Account::new(&identifier, &identifier);
    account.person.alternate_emails = vec![format!("{number}@home.example")];
    account.person.primary_email = Some(identifier);
    account.person.mobile = Some("+31 612345679".into());
    account.registration.authenticators = vec![Authenticator {
        id: AuthenticatorId("phone".into()),
        secret: AuthenticatorSecret::new(vec![1; 20]),
        period: TotpPeriod::Seconds30,
        algorithm: TotpAlgorithm::Sha1,
    }];
    let registered = (1..=5).filter_map(|id| {
        let text = QuestionText::Predefined(u8::try_from(id).ok()?);
        RegisteredQuestion::new(&key(), &account.person.id, id, text, "an answer")
    });
    account.registration.questions = registered.collect();
    if who == Who::Refused {
        account.person.state = AccountState::Disabled;
    }
    account
}
