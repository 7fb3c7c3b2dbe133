//! The engine's behaviour when a host calls it in an unexpected way: nothing of importance happens.
//!
//! The reference caller makes no such mistakes, so these tests call `handle` themselves.

use std::collections::BTreeSet;
use std::time::Duration;

use postern_engine::Population;
use postern_engine::account::RegisteredQuestion;
use postern_engine::command::{Command, MailContent, Text};
use postern_engine::policy::{Policy, PolicySettings};
use postern_engine::{
    Account, Attempt, Breach, CallEnd, CallId, Context, EngineKey, Handled, Identify, Input,
    Ledger, Outcome, Tenant, WriteBackHealth, Written,
};
use postern_protocol::password::{BannedList, PasswordRefusal};
use postern_protocol::{
    Answer, Guid, Method, Problem, ProblemKind, Proof, QuestionText, SetPassword, Step,
    SupportCode, Timestamp, TypedSecret, Via,
};

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

/// A host that knows Ada and forgets nothing.
struct Host {
    key: EngineKey,
    tenant: Tenant,
    ada: Account,
    ledger: Ledger,
    banned: BannedList,
    now: Timestamp,
    seed: [u8; 32],
}

impl Host {
    fn new() -> Self {
        let settings = PolicySettings {
            methods: Method::ALL.to_vec(),
            ..PolicySettings::default()
        };
        let mut ada = Account::new("ada", "ada@contoso.example");
        ada.person.alternate_emails.push("ada@home.example".into());
        ada.person.mobile = Some("+31 612345678".into());
        let key = EngineKey::new([1; 32]);
        ada.registration.questions = (1..=5)
            .filter_map(|id| {
                let text = QuestionText::Predefined(u8::try_from(id).ok()?);
                RegisteredQuestion::new(&key, &ada.person.id, id, text, "an answer")
            })
            .collect();
        Self {
            key,
            tenant: Tenant {
                policy: Some(Policy::new(settings).expect("a policy")),
                ..Tenant::new("contoso.example", "Contoso")
            },
            ada,
            ledger: Ledger::default(),
            banned: BannedList::EMPTY,
            now: NOW,
            seed: [2; 32],
        }
    }

    fn context(&self) -> Context<'_> {
        Context {
            now: self.now,
            seed: self.seed,
            key: &self.key,
            tenant: Some(&self.tenant),
            account: Some(&self.ada),
            population: Population::uncounted(),
            ledger: &self.ledger,
            write_back: WriteBackHealth::Healthy,
            breach: Some(Breach::NotFound),
            banned: &self.banned,
        }
    }

    fn handle(&self, attempt: &Attempt, input: &Input) -> Outcome {
        done(attempt, input, &self.context())
    }

    fn arrived(&self) -> Attempt {
        self.handle(&Attempt::default(), &identify()).attempt
    }

    fn started(&self, method: Method, phone: Option<&str>) -> Outcome {
        let phone = phone.map(Into::into);
        self.handle(&self.arrived(), &Input::StartMethod { method, phone })
    }

    /// An attempt that has passed the gate.
    fn proven(&self) -> Attempt {
        let outcome = self.started(Method::Email, None);
        let code = sent_code(&outcome);
        self.handle(&outcome.attempt, &prove(&code)).attempt
    }
}

/// The outcome of an input that needs no answer of the breach service.
fn done(attempt: &Attempt, input: &Input, context: &Context<'_>) -> Outcome {
    match attempt.handle(input, context) {
        Handled::Done(outcome) => outcome,
        Handled::NeedsBreach(_) => panic!("the breach service is to be asked"),
    }
}

fn identify() -> Input {
    Input::Identify(Identify {
        identifier: "ada@contoso.example".into(),
        tenant: None,
        locale: "en".into(),
        support_code: SupportCode(Guid::from_random(1)),
        via: Via::default(),
        page: None,
    })
}

fn prove(code: &str) -> Input {
    Input::Prove(Proof::Code(TypedSecret::new(code.into())))
}

fn set_password() -> Input {
    let password = TypedSecret::new("three boats, no sail".into());
    Input::SetPassword(SetPassword { password })
}

fn sent_code(outcome: &Outcome) -> String {
    let code = outcome.commands.iter().find_map(|command| match command {
        Command::SendMail(mail) => match &mail.content {
            MailContent::Code { code, .. } => Some(code),
            MailContent::PasswordReset { .. }
            | MailContent::AccountUnlocked { .. }
            | MailContent::Locked { .. }
            | MailContent::AdministratorPasswordReset { .. }
            | MailContent::HelpRequest(_) => None,
        },
        Command::SendText(Text { code, .. }) => Some(code),
        Command::Record(_)
        | Command::Audit(_)
        | Command::PlaceCall(_)
        | Command::RenewAnswers(_)
        | Command::WriteBack(_)
        | Command::UnlockAccount(_) => None,
    });
    code.expect("a code was sent").reveal().to_owned()
}

fn problem(outcome: &Outcome) -> Option<&ProblemKind> {
    match &outcome.reply {
        Ok(_) => None,
        Err(Problem { kind, .. }) => Some(kind),
    }
}

fn step(outcome: &Outcome) -> &Step {
    match &outcome.reply {
        Ok(attempt) => &attempt.step,
        Err(problem) => &problem.attempt.as_ref().expect("an attempt").step,
    }
}

#[test]
fn word_of_another_call_passes_no_gate() {
    let host = Host::new();
    let calling = host
        .started(Method::MobileCall, Some("+31612345678"))
        .attempt;
    let call = CallId(Guid::from_random(99));
    let end = CallEnd::KeyPressed;
    let outcome = host.handle(&calling, &Input::CallEnded { call, end });
    assert_eq!(problem(&outcome), Some(&ProblemKind::NotExpected));
    assert_eq!(outcome.attempt, calling);

    let call = calling.call().expect("a call is under way");
    let outcome = host.handle(&calling, &Input::CallEnded { call, end });
    assert!(matches!(step(&outcome), Step::ChoosePassword(_)));
}

#[test]
fn an_attempt_takes_an_identifier_once() {
    let host = Host::new();
    let arrived = host.arrived();
    let outcome = host.handle(&arrived, &identify());
    assert_eq!(problem(&outcome), Some(&ProblemKind::NotExpected));
    assert_eq!(outcome.attempt, arrived);
}

#[test]
fn an_attempt_without_an_identifier_has_nothing_to_look_at() {
    let host = Host::new();
    for input in [
        Input::Look,
        Input::Cancel,
        Input::AskForHelp,
        Input::Unlock,
        set_password(),
    ] {
        let outcome = host.handle(&Attempt::default(), &input);
        assert!(outcome.reply.is_err());
        assert!(outcome.commands.is_empty());
    }
}

#[test]
fn looking_needs_no_account() {
    let host = Host::new();
    assert!(!Input::Look.needs_account());
    let calling = host
        .started(Method::MobileCall, Some("+31612345678"))
        .attempt;
    let context = Context {
        account: None,
        ..host.context()
    };
    let outcome = done(&calling, &Input::Look, &context);
    assert!(matches!(step(&outcome), Step::AwaitCall(_)));
    assert_eq!(outcome.attempt, calling);
}

#[test]
fn an_account_that_is_gone_can_be_sent_nothing() {
    let host = Host::new();
    let context = Context {
        account: None,
        ..host.context()
    };
    let (method, phone) = (Method::Email, None);
    let start = Input::StartMethod { method, phone };
    let outcome = done(&host.arrived(), &start, &context);
    assert!(matches!(step(&outcome), Step::Refused(_)));
}

#[test]
fn nothing_is_sent_to_a_number_that_is_no_destination() {
    let premium_rate = "+31900123456";
    let shared_cost = "+491801123456";
    let pager = "+447640123456";
    let voicemail = "+49177991234567";
    for number in [premium_rate, shared_cost, pager, voicemail] {
        for method in [Method::MobileSms, Method::MobileCall, Method::OfficeCall] {
            let mut host = Host::new();
            host.ada
                .person
                .office_phone
                .clone_from(&host.ada.person.mobile);
            let start = |phone: Option<&str>| Input::StartMethod {
                method,
                phone: phone.map(Into::into),
            };
            let offered = host.arrived();
            let typed = host.handle(&offered, &start(Some(number)));
            assert!(matches!(
                problem(&typed),
                Some(ProblemKind::PhoneNotAllowed { .. })
            ));
            assert!(typed.commands.is_empty());

            // The account gets the number on file when the attempt has already reached another one.
            let reached = host.started(method, Some("+31612345678")).attempt;
            host.ada.person.mobile = Some(number.into());
            host.ada.person.office_phone = Some(number.into());
            host.now = NOW + Duration::from_mins(1);
            for attempt in [host.arrived(), offered, reached] {
                for phone in [None, Some(number)] {
                    let outcome = host.handle(&attempt, &start(phone));
                    assert_eq!(problem(&outcome), Some(&ProblemKind::MethodNotOffered));
                    assert!(outcome.commands.is_empty());
                }
            }
        }
    }
}

#[test]
fn an_attempt_never_writes_to_the_account_of_another_person() {
    let host = Host::new();
    let mut bob = Account::new("bob", "bob@contoso.example");
    bob.person.alternate_emails.push("bob@home.example".into());
    let context = Context {
        account: Some(&bob),
        ..host.context()
    };
    let outcome = done(&host.proven(), &set_password(), &context);
    assert!(matches!(step(&outcome), Step::Refused(_)));
    assert!(
        !outcome
            .commands
            .iter()
            .any(|it| matches!(it, Command::WriteBack(_)))
    );
}

#[test]
fn the_outcome_of_a_write_that_was_not_ordered_changes_nothing() {
    let host = Host::new();
    for attempt in [host.arrived(), host.proven()] {
        let outcome = host.handle(&attempt, &Input::WrittenBack(Written::Done));
        assert_eq!(problem(&outcome), Some(&ProblemKind::NotExpected));
        assert_eq!(outcome.attempt, attempt);
        assert!(outcome.commands.is_empty());
    }
}

#[test]
fn word_of_a_write_that_was_given_up_is_heard_all_the_same() {
    let mut host = Host::new();
    let writing = host.handle(&host.proven(), &set_password()).attempt;
    host.now = NOW + Duration::from_secs(61);
    let given_up = host.handle(&writing, &Input::Look);
    assert!(matches!(step(&given_up), Step::ChoosePassword(it) if it.outcome_unknown));
    let outcome = host.handle(&given_up.attempt, &Input::WrittenBack(Written::Done));
    assert!(matches!(step(&outcome), Step::Done(_)));
    let is_told = |command: &Command| matches!(command, Command::SendMail(_));
    assert!(outcome.commands.iter().any(is_told));
}

#[test]
fn word_of_a_write_is_heard_after_the_attempt_has_run_out() {
    let mut host = Host::new();
    host.now = NOW;
    let proven = host.proven();
    host.now = NOW + Duration::from_secs(899);
    let writing = host.handle(&proven, &set_password()).attempt;
    host.now = NOW + Duration::from_secs(901);
    let outcome = host.handle(&writing, &Input::WrittenBack(Written::Done));
    assert!(matches!(step(&outcome), Step::Done(_)));
}

#[test]
fn the_write_comes_last_and_alone() {
    let host = Host::new();
    let outcome = host.handle(&host.proven(), &set_password());
    assert!(matches!(
        outcome.commands.last(),
        Some(Command::WriteBack(_))
    ));
    let writes = |it: &&Command| matches!(it, Command::WriteBack(_) | Command::UnlockAccount(_));
    assert_eq!(outcome.commands.iter().filter(writes).count(), 1);
}

/// The password that a host has to ask the breach service about.
fn asked_about(host: &Host, attempt: &Attempt, input: &Input) -> Option<String> {
    let context = Context {
        breach: None,
        ..host.context()
    };
    match attempt.handle(input, &context) {
        Handled::NeedsBreach(password) => Some(password.reveal().into()),
        Handled::Done(_) => None,
    }
}

fn set_to(typed: &str) -> Input {
    let password = TypedSecret::new(typed.into());
    Input::SetPassword(SetPassword { password })
}

#[test]
fn only_a_password_that_would_be_written_back_is_asked_about() {
    let mut host = Host::new();
    let (arrived, proven) = (host.arrived(), host.proven());
    let good = "three boats, no sail";
    let asked = |host: &Host, attempt, typed| asked_about(host, attempt, &set_to(typed));
    assert_eq!(asked(&host, &proven, good).as_deref(), Some(good));
    assert_eq!(asked(&host, &proven, "boats"), None);
    assert_eq!(asked(&host, &arrived, good), None);
    assert_eq!(asked_about(&host, &proven, &Input::Look), None);
    host.ada.person.is_licensed = false;
    assert_eq!(asked(&host, &proven, good), None);
    host.ada.person.is_licensed = true;
    host.now = NOW + Duration::from_secs(901);
    assert_eq!(asked(&host, &proven, good), None);
}

#[test]
fn a_password_that_was_asked_about_is_judged_by_the_answer() {
    let host = Host::new();
    let proven = host.proven();
    let judged = |breach| {
        let context = Context {
            breach: Some(breach),
            ..host.context()
        };
        done(&proven, &set_password(), &context)
    };
    assert!(judged(Breach::NotFound).reply.is_ok());
    let found = judged(Breach::Found);
    let banned = ProblemKind::PasswordRefused(vec![PasswordRefusal::Banned]);
    assert_eq!(problem(&found), Some(&banned));
    assert_eq!(
        problem(&judged(Breach::Unknown)),
        Some(&ProblemKind::BreachServiceUnreachable)
    );
}

#[test]
fn a_breached_password_is_banned_once_and_in_its_place() {
    let mut host = Host::new();
    host.banned = BannedList::global().clone();
    let refusals = |breach, typed: &str| {
        let context = Context {
            breach: Some(breach),
            ..host.context()
        };
        let password = TypedSecret::new(typed.into());
        let input = Input::SetPassword(SetPassword { password });
        match problem(&done(&host.proven(), &input, &context)) {
            Some(ProblemKind::PasswordRefused(refusals)) => {
                let codes = refusals.iter().map(PasswordRefusal::name);
                codes.collect::<Vec<_>>()
            }
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(refusals(Breach::Found, "three boats, no sail"), ["banned"]);
    assert_eq!(
        refusals(Breach::Found, "c0ntoso"),
        [
            "too-short",
            "contains-identifier",
            "contains-tenant",
            "banned",
            "too-guessable"
        ]
    );
    let common = "p@$$w0rd1";
    assert!(refusals(Breach::NotFound, common).contains(&"banned"));
    assert_eq!(
        refusals(Breach::Found, common),
        refusals(Breach::NotFound, common)
    );
    // A password that breaks a rule is refused for that rule, whether the service for breached
    // passwords answers or not.
    assert_eq!(refusals(Breach::Unknown, "Qz7#x"), ["too-short"]);
}

#[test]
fn an_attempt_reads_back_as_it_was_stored() {
    let host = Host::new();
    let attempts = [
        host.arrived(),
        host.started(Method::Email, None).attempt,
        host.started(Method::MobileSms, None).attempt,
        host.started(Method::MobileCall, Some("+31612345678"))
            .attempt,
        host.proven(),
        host.handle(&host.proven(), &set_password()).attempt,
        host.handle(&host.arrived(), &Input::Cancel).attempt,
    ];
    for attempt in attempts {
        let stored = serde_json::to_string(&attempt).expect("it is stored");
        let read: Attempt = serde_json::from_str(&stored).expect("and read back");
        assert_eq!(read, attempt);
    }
}

#[test]
fn other_questions_are_asked_after_a_wrong_answer_and_only_then() {
    let mut host = Host::new();
    for seed in 0..50 {
        host.seed = [seed; 32];
        let asked = |outcome: &Outcome| -> BTreeSet<u16> {
            let Step::AnswerQuestions(step) = step(outcome) else {
                panic!("questions are asked");
            };
            step.questions.iter().map(|question| question.id).collect()
        };
        let start = |attempt, method| {
            let phone = None;
            host.handle(&attempt, &Input::StartMethod { method, phone })
        };
        let first = start(host.arrived(), Method::Questions);
        let elsewhere = start(first.attempt.clone(), Method::Email).attempt;
        assert_eq!(asked(&start(elsewhere, Method::Questions)), asked(&first));

        let answers = asked(&first).into_iter().map(|question| Answer {
            question,
            answer: TypedSecret::new("something else".into()),
        });
        let wrong = Input::Prove(Proof::Answers(answers.collect()));
        host.seed = [100 + seed; 32];
        let second = host.handle(&first.attempt, &wrong);
        assert_eq!(asked(&second).len(), 3);
        assert_ne!(asked(&second), asked(&first));
    }
}

#[test]
fn the_same_seed_gives_the_same_outcome() {
    let host = Host::new();
    let once = sent_code(&host.started(Method::Email, None));
    let twice = sent_code(&host.started(Method::Email, None));
    assert_eq!(once, twice);
    assert_eq!(host.arrived(), host.arrived());
}
