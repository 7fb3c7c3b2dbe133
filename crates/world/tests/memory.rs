//! The reference caller keeps the promises of the API: tokens, idempotency, work that is accepted
//! once, and a world that can be saved and loaded.

#[path = "memory/app.rs"]
mod app;

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use postern_engine::account::{
    Authenticator, AuthenticatorId, AuthenticatorSecret, TotpAlgorithm, TotpPeriod,
};
use postern_engine::audit::{Activity, Blocked, Reason, ReasonKind};
use postern_engine::command::{Command, MailContent};
use postern_engine::ledger::{Entry, Lock};
use postern_engine::policy::PolicySettings;
use postern_engine::{Account, EngineKey, Policy, Tenant, totp};
use postern_host::work;
use postern_host::{Answer, Operation, Request};
use postern_protocol::work::Payload;
use postern_protocol::{
    Attempt, AttemptId, Guid, Method, Problem, ProblemKind, Proof, SetPassword, StartAttempt,
    StartMethod, Started, Step, SupportCode, Timestamp, TypedSecret, Via,
};
use postern_world::{Message, World};

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

/// A key that is long enough to begin an attempt.
const KEY: &str = "a key of 22 characters";

fn world() -> World {
    let mut world = World::new(EngineKey::new([1; 32]));
    world.tenants.push(Tenant {
        policy: Some(Policy::default()),
        ..Tenant::new("contoso.example", "Contoso")
    });
    let mut ada = Account::new("ada", "ada@contoso.example");
    ada.person.alternate_emails.push("ada@home.example".into());
    world.directory.add("contoso.example", ada);
    world
}

fn start_of(identifier: &str) -> Operation {
    Operation::StartAttempt(StartAttempt {
        identifier: identifier.into(),
        tenant: None,
        locale: "en".into(),
        support_code: SupportCode(Guid::from_random(1)),
        work: None,
        via: Via::default(),
    })
}

fn started(answer: Result<Answer, Problem>) -> Started {
    match answer {
        Ok(Answer::Started(started)) => started,
        Ok(Answer::Attempt(_)) => panic!("not started"),
        Err(problem) => panic!("{:?}", problem.kind),
    }
}

fn attempt(answer: Result<Answer, Problem>) -> Attempt {
    match answer {
        Ok(Answer::Attempt(attempt)) => attempt,
        Ok(Answer::Started(_)) => panic!("no attempt"),
        Err(problem) => panic!("{:?}", problem.kind),
    }
}

fn problem(answer: Result<Answer, Problem>) -> ProblemKind {
    match answer {
        Ok(_) => panic!("no problem"),
        Err(problem) => problem.kind,
    }
}

fn email(id: AttemptId) -> Operation {
    let body = StartMethod {
        method: Method::Email,
        phone: None,
    };
    Operation::StartMethod(id, body)
}

fn code(id: AttemptId, digits: &str) -> Operation {
    Operation::Prove(id, Proof::Code(TypedSecret::new(digits.into())))
}

fn password(id: AttemptId, password: &str) -> Operation {
    let password = TypedSecret::new(password.into());
    Operation::SetPassword(id, SetPassword { password })
}

fn last_code(world: &World) -> String {
    let last = world.outbox.deliveries().last().map(|it| &it.message);
    let Some(Message::Mail(mail)) = last else {
        panic!("no mail was sent last");
    };
    let MailContent::Code { code, .. } = &mail.content else {
        panic!("no code was sent last");
    };
    code.reveal().to_owned()
}

#[test]
fn a_token_opens_its_own_attempt_and_nothing_else() {
    let mut world = world();
    let first = started(world.call(Request::new(start_of("ada@contoso.example")), NOW, [1; 32]));
    let second = started(world.call(Request::new(start_of("ada@contoso.example")), NOW, [2; 32]));
    assert_ne!(first.token, second.token);
    assert_eq!(first.token.len(), 64, "256 bits in hexadecimal");

    let look = || Operation::Look(first.attempt.id);
    attempt(world.call(Request::new(look()).with_token(&first.token), NOW, [3; 32]));
    for request in [
        Request::new(look()),
        Request::new(look()).with_token(""),
        Request::new(look()).with_token(&second.token),
    ] {
        assert_eq!(
            problem(world.call(request, NOW, [3; 32])),
            ProblemKind::AttemptUnknown
        );
    }
    let nobodys = Operation::Look(AttemptId(Guid::from_random(9)));
    let request = Request::new(nobodys).with_token(&first.token);
    assert_eq!(
        problem(world.call(request, NOW, [3; 32])),
        ProblemKind::AttemptUnknown
    );
}

#[test]
fn the_same_request_with_the_same_key_is_done_once_and_answered_twice() {
    let mut world = world();
    let commands = Rc::new(Cell::new(0));
    let counted = Rc::clone(&commands);
    world.watch(move |_: &Command| counted.set(counted.get() + 1));

    let start = || Request::new(start_of("ada@contoso.example")).with_idempotency_key(KEY);
    let first = started(world.call(start(), NOW, [1; 32]));
    let again = started(world.call(start(), NOW, [2; 32]));
    assert_eq!(first.attempt, again.attempt);
    assert_eq!(first.token, again.token);

    let id = first.attempt.id;
    let request = |operation| {
        Request::new(operation)
            .with_token(&first.token)
            .with_idempotency_key("k2")
    };
    let sent = attempt(world.call(request(email(id)), NOW, [3; 32]));
    let done = commands.get();
    assert_eq!(attempt(world.call(request(email(id)), NOW, [4; 32])), sent);
    assert_eq!(commands.get(), done);
    assert_eq!(world.outbox.deliveries().len(), 1);

    let wrong = || {
        Request::new(code(id, "00000000"))
            .with_token(&first.token)
            .with_idempotency_key("k3")
    };
    let refused = ProblemKind::CodeWrong { tries_left: 5 };
    assert_eq!(problem(world.call(wrong(), NOW, [5; 32])), refused);
    assert_eq!(
        problem(world.call(wrong(), NOW, [6; 32])),
        refused,
        "no second try is burnt"
    );
}

#[test]
fn a_key_with_another_request_is_refused_and_does_nothing() {
    let mut world = world();
    let first = started(world.call(Request::new(start_of("ada@contoso.example")), NOW, [1; 32]));
    let id = first.attempt.id;
    let request = |operation| {
        Request::new(operation)
            .with_token(&first.token)
            .with_idempotency_key("k")
    };
    attempt(world.call(request(email(id)), NOW, [2; 32]));
    let reused = problem(world.call(request(code(id, &last_code(&world))), NOW, [3; 32]));
    assert_eq!(reused, ProblemKind::KeyReused);
    let look = Request::new(Operation::Look(id)).with_token(&first.token);
    assert_eq!(attempt(world.call(look, NOW, [4; 32])).gates.passed, 0);
}

#[test]
fn a_key_of_one_attempt_says_nothing_in_another() {
    let mut world = world();
    let first = started(world.call(Request::new(start_of("ada@contoso.example")), NOW, [1; 32]));
    let second = started(world.call(Request::new(start_of("ada@contoso.example")), NOW, [2; 32]));
    let later = NOW + Duration::from_mins(1);
    for (attempt_started, seed, now) in [(first, [3; 32], NOW), (second, [4; 32], later)] {
        let request = Request::new(email(attempt_started.attempt.id))
            .with_token(&attempt_started.token)
            .with_idempotency_key("k");
        attempt(world.call(request, now, seed));
    }
    assert_eq!(world.outbox.deliveries().len(), 2);
}

#[test]
fn keys_are_bounded_and_forgotten_in_time() {
    let mut world = world();
    let start = |key: &str| Request::new(start_of("ada@contoso.example")).with_idempotency_key(key);
    for key in [String::new(), "k".repeat(21), "k".repeat(65)] {
        assert_eq!(
            problem(world.call(start(&key), NOW, [1; 32])),
            ProblemKind::Malformed
        );
    }
    let first = started(world.call(start(&"k".repeat(22)), NOW, [1; 32]));
    let later = NOW + Duration::from_hours(1);
    let second = started(world.call(start(&"k".repeat(22)), later, [2; 32]));
    assert_ne!(first.attempt.id, second.attempt.id);
    // For a request about an attempt, a short key is enough: the request also needs the token.
    let about = |key: &str| {
        Request::new(email(first.attempt.id))
            .with_token(&first.token)
            .with_idempotency_key(key)
    };
    for key in [String::new(), "k".repeat(65)] {
        let refused = problem(world.call(about(&key), NOW, [3; 32]));
        assert_eq!(refused, ProblemKind::Malformed);
    }
    attempt(world.call(about("k"), NOW, [3; 32]));
}

#[test]
fn who_has_the_key_of_anothers_attempt_and_not_its_work_gets_nothing_of_it() {
    let mut world = world();
    world.asks_work = true;
    let easy = work::Hardness { cost: 1, digits: 1 };
    let solved = |seed| {
        let challenge = work::issue(world.key(), easy, NOW, [seed; 32]);
        work::solve(&challenge, 1_000).expect("it can be solved")
    };
    let (own, others) = (solved(2), solved(3));
    let mut start = |payload: &Payload, seed| {
        let Operation::StartAttempt(mut start) = start_of("ada@contoso.example") else {
            panic!("it begins an attempt");
        };
        start.work = Some(payload.clone());
        let request = Request::new(Operation::StartAttempt(start)).with_idempotency_key(KEY);
        world.call(request, NOW, [seed; 32])
    };
    let first = started(start(&own, 4));
    assert_eq!(problem(start(&others, 5)), ProblemKind::KeyReused);
    let again = started(start(&own, 6));
    assert_eq!(again.token, first.token);
}

#[test]
fn a_key_of_one_scope_takes_no_key_of_another() {
    let mut world = world();
    let first = started(world.call(Request::new(start_of("ada@contoso.example")), NOW, [1; 32]));
    let id = first.attempt.id;
    // These names write the attempt's id into the key: first in the form of an earlier version,
    // then in other forms.
    for name in [
        format!("{id} ab"),
        format!("{id}ab"),
        format!("\u{1}{id}ab"),
    ] {
        let request = Request::new(start_of("ada@contoso.example")).with_idempotency_key(&name);
        started(world.call(request, NOW, [2; 32]));
    }
    let request = Request::new(email(id))
        .with_token(&first.token)
        .with_idempotency_key("ab");
    attempt(world.call(request, NOW, [3; 32]));
    assert_eq!(world.outbox.deliveries().len(), 1);
}

#[test]
fn work_is_asked_for_where_the_host_asks_it_and_taken_once() {
    let mut world = world();
    world.asks_work = true;
    let start = |payload| {
        Request::new(Operation::StartAttempt(StartAttempt {
            identifier: "ada@contoso.example".into(),
            tenant: None,
            locale: "en".into(),
            support_code: SupportCode(Guid::from_random(1)),
            work: payload,
            via: Via::default(),
        }))
    };
    assert_eq!(
        problem(world.call(start(None), NOW, [1; 32])),
        ProblemKind::WorkRefused
    );

    let easy = work::Hardness { cost: 1, digits: 1 };
    let challenge = work::issue(world.key(), easy, NOW, [2; 32]);
    let payload = work::solve(&challenge, 1_000).expect("it can be solved");
    started(world.call(start(Some(payload.clone())), NOW, [3; 32]));
    let replayed = problem(world.call(start(Some(payload)), NOW, [4; 32]));
    assert_eq!(replayed, ProblemKind::WorkRefused);
}

#[test]
fn a_challenge_that_the_world_issues_can_be_solved() {
    let challenge = world().issue_challenge(NOW, [1; 32]);
    assert_eq!(challenge.parameters.algorithm, work::ALGORITHM);
    assert_eq!(challenge.parameters.expires_at, NOW + work::CHALLENGE_LIFE);
}

#[test]
fn what_is_public_about_a_tenant_has_its_name_and_nothing_secret() {
    let world = world();
    let tenant = world.public_tenant("CONTOSO.example").expect("a tenant");
    assert_eq!(tenant.name, "Contoso");
    assert!(world.public_tenant("fabrikam.example").is_none());
}

/// Writes the world as JSON and reads it back.
fn reloaded(world: &World) -> World {
    let written = serde_json::to_string(world).expect("a world can be written");
    serde_json::from_str(&written).expect("and read back")
}

#[test]
fn a_world_survives_being_written_down_at_every_step() {
    let mut world = world();
    let first = started(world.call(Request::new(start_of("ada@contoso.example")), NOW, [1; 32]));
    let (id, token) = (first.attempt.id, first.token);
    let ask = |world: &mut World, operation, seed| {
        *world = reloaded(world);
        let answer = world.call(Request::new(operation).with_token(&token), NOW, [seed; 32]);
        *world = reloaded(world);
        answer
    };
    attempt(ask(&mut world, email(id), 2));
    let wrong = ProblemKind::CodeWrong { tries_left: 5 };
    assert_eq!(problem(ask(&mut world, code(id, "00000000"), 3)), wrong);
    let digits = last_code(&world);
    attempt(ask(&mut world, code(id, &digits), 4));
    let refused = problem(ask(&mut world, password(id, "short"), 5));
    assert!(matches!(refused, ProblemKind::PasswordRefused(_)));
    let done = attempt(ask(&mut world, password(id, "three boats, no sail"), 6));
    assert!(matches!(done.step, Step::Done(_)));
    let ada = world
        .directory
        .accounts()
        .next()
        .expect("ada")
        .person
        .id
        .clone();
    assert!(world.directory.is_password(&ada, "three boats, no sail"));
}

#[test]
fn no_password_is_ever_written_down() {
    let mut world = world();
    let first = started(world.call(Request::new(start_of("ada@contoso.example")), NOW, [1; 32]));
    let id = first.attempt.id;
    let mut ask = |operation| {
        let request = Request::new(operation)
            .with_token(&first.token)
            .with_idempotency_key("k");
        world.call(request, NOW, [2; 32]).map(drop)
    };
    assert!(ask(email(id)).is_ok());
    let digits = last_code(&world);
    let request = |operation| Request::new(operation).with_token(&first.token);
    attempt(world.call(request(code(id, &digits)), NOW, [3; 32]));
    let set = request(password(id, "three boats, no sail")).with_idempotency_key("k2");
    attempt(world.call(set, NOW, [4; 32]));
    let written = serde_json::to_string(&world).expect("a world can be written");
    assert!(!written.contains("three boats"));
}

#[test]
fn an_account_can_be_set_up_as_locked() {
    let mut world = world();
    let until = NOW + Duration::from_mins(1);
    let blocked = Blocked::SmsCodes;
    world.record(
        "ADA@contoso.example",
        &Entry::Lock(Lock::new(blocked, until)),
        NOW,
    );
    let first = started(world.call(Request::new(start_of("ada@contoso.example")), NOW, [1; 32]));
    assert_eq!(first.attempt.step, Step::Locked { until });
}

#[test]
fn the_audit_tells_an_attempt_in_the_words_of_the_reference() {
    let mut world = world();
    let first = started(world.call(Request::new(start_of("ada@contoso.example")), NOW, [1; 32]));
    let id = first.attempt.id;
    let request = |operation| Request::new(operation).with_token(&first.token);
    attempt(world.call(request(email(id)), NOW, [2; 32]));
    let digits = last_code(&world);
    attempt(world.call(request(code(id, &digits)), NOW, [3; 32]));
    attempt(world.call(request(password(id, "three boats, no sail")), NOW, [4; 32]));
    let told: Vec<String> = world
        .audit()
        .iter()
        .map(|event| format!("{}: {}", event.activity, event.reason))
        .collect();
    let flow = Activity::FlowProgress;
    assert_eq!(
        told,
        [
            format!("{flow}: User submitted their user ID"),
            format!("{flow}: User was presented with verification options"),
            format!("{flow}: User started the email verification option"),
            format!("{flow}: User completed the email verification option"),
            format!("{flow}: User completed all verification steps required"),
            "Reset password (self-service): Successfully completed reset.".into(),
            format!("{flow}: User successfully reset password"),
        ]
    );
    assert!(world.audit().iter().all(|event| {
        event.attempt == id
            && event.correlation_id == first.attempt.correlation_id
            && event.support_code == first.attempt.support_code
            && event.tenant == "contoso.example"
            && event.at == NOW
            && event.concealed.is_none()
    }));
    let last = world.audit().last().map(|event| event.reason);
    assert_eq!(last.map(Reason::kind), Some(ReasonKind::Succeeded));
}

#[test]
fn the_sweeper_forgets_attempts_a_day_after_their_end() {
    let mut world = world();
    let first = started(world.call(Request::new(start_of("ada@contoso.example")), NOW, [1; 32]));
    let id = first.attempt.id;
    let ends = first.attempt.expires_at;
    world.sweep(ends, [2; 32]);
    assert!(
        world
            .attempt(id)
            .is_some_and(postern_engine::Attempt::is_over)
    );
    world.sweep(ends + Duration::from_hours(24), [3; 32]);
    assert!(world.attempt(id).is_none());
}
