//! A person at a page, and everything they could do there.
//!
//! The actor keeps its own record of the right proofs, so that the tests do not measure the engine
//! by itself.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use postern_engine::account::{
    AccountId, Authenticator, AuthenticatorId, AuthenticatorSecret, RegisteredQuestion,
    TotpAlgorithm, TotpPeriod,
};
use postern_engine::command::{Command, MailContent};
use postern_engine::ledger::{Counter, Entry};
use postern_engine::policy::{Policy, PolicySettings};
use postern_engine::totp::code_at;
use postern_engine::{Account, CallEnd, EngineKey, Tenant};
use postern_host::{Answer, Operation, Request};
use postern_protocol::{
    Attempt, AttemptId, ChoosePurpose, Guid, Method, Proof, Purpose, QuestionText, SetPassword,
    StartAttempt, StartMethod, Step, SupportCode, Timestamp, TypedSecret, Via,
};
use postern_world::World;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

/// All counters, for a look at each.
pub(crate) const COUNTERS: [Counter; 8] = [
    Counter::Identity,
    Counter::PhoneNumber,
    Counter::Text,
    Counter::Mail,
    Counter::AuthenticatorCode,
    Counter::Questions,
    Counter::Reset,
    Counter::Help,
];
const PASSWORD: &str = "three boats, no sail";
const SECRET: &[u8] = b"12345678901234567890";

/// One action of the person.
#[derive(Clone, Debug)]
pub(crate) enum Move {
    /// Begins a new attempt.
    Identify,
    Look,
    ChoosePurpose(Purpose),
    /// Starts a method, with the right number if it needs one.
    Start(Method),
    StartWithout(Method),
    StartWrongly(Method),
    /// Starts a method with a number of a type that the service never calls or texts.
    StartRefused(Method),
    ProveRightly,
    ProveWrongly,
    ProveMalformed,
    /// Gives an earlier code.
    ProveOld(usize),
    SetPassword,
    SetBadPassword,
    Unlock,
    AskForHelp,
    Cancel,
    Wait(u64),
}

/// Another identifier of Ada.
const OTHER: &str = "ada.lovelace@contoso.example";

/// All moves, including right proofs.
pub(crate) fn moves() -> impl Strategy<Value = Move> {
    prop_oneof![
        4 => Just(Move::Identify),
        6 => select(Method::ALL.to_vec()).prop_map(Move::Start),
        8 => Just(Move::ProveRightly),
        3 => (0_usize..4).prop_map(Move::ProveOld),
        4 => Just(Move::SetPassword),
        2 => Just(Move::Unlock),
        8 => wrong_moves(),
    ]
}

/// All moves that need no knowledge.
pub(crate) fn wrong_moves() -> impl Strategy<Value = Move> {
    let method = || select(Method::ALL.to_vec());
    prop_oneof![
        2 => Just(Move::Identify),
        2 => Just(Move::Look),
        2 => select(vec![Purpose::Reset, Purpose::Unlock]).prop_map(Move::ChoosePurpose),
        6 => method().prop_map(Move::StartWithout),
        4 => method().prop_map(Move::StartWrongly),
        2 => method().prop_map(Move::StartRefused),
        6 => Just(Move::ProveWrongly),
        1 => Just(Move::ProveMalformed),
        1 => Just(Move::SetPassword),
        1 => Just(Move::SetBadPassword),
        1 => Just(Move::Unlock),
        1 => Just(Move::AskForHelp),
        1 => Just(Move::Cancel),
        4 => select(vec![1_u64, 15, 40, 400, 4_000]).prop_map(Move::Wait),
    ]
}

pub(crate) struct Actor {
    world: World,
    identifier: String,
    now: Timestamp,
    moves_made: u64,
    open: Option<(AttemptId, String)>,
    seen: Option<Attempt>,
    /// The page under the other identifier.
    other: Page,
    heard: Rc<RefCell<Heard>>,
    /// What was proven in this attempt, by the kind of proof.
    proven: Vec<&'static str>,
    /// The proofs before each write-back.
    pub(crate) written_back: Vec<Vec<&'static str>>,
    pub(crate) codes_that_worked: Vec<String>,
    pub(crate) has_just_succeeded: bool,
}

/// An identifier, and the progress of an attempt under it.
#[derive(Default)]
struct Page {
    identifier: String,
    open: Option<(AttemptId, String)>,
    seen: Option<Attempt>,
}

#[derive(Default)]
struct Heard {
    /// The codes of all attempts, oldest first.
    codes: Vec<String>,
    writes: usize,
    clears: usize,
}

impl Actor {
    /// Ada, who has every method on file.
    pub(crate) fn known(policy: PolicySettings, is_administrator: bool) -> Self {
        Self::new("ada@contoso.example", policy, is_administrator)
    }

    /// An unknown identifier in a world of people like Ada. Nothing may distinguish it from a known
    /// one.
    pub(crate) fn unknown(policy: PolicySettings) -> Self {
        Self::new("nobody@contoso.example", policy, false)
    }

    fn new(identifier: &str, policy: PolicySettings, is_administrator: bool) -> Self {
        let mut world = World::new(EngineKey::new([5; 32]));
        world.tenants.push(Tenant {
            policy: Some(Policy::new(policy).expect("a policy")),
            ..Tenant::new("contoso.example", "Contoso")
        });
        let mut ada = Account::new("ada", "ada@contoso.example");
        ada.person.alternate_emails.push("ada@home.example".into());
        ada.person.mobile = Some("+31 612345678".into());
        ada.person.office_phone = Some("+31 201234567".into());
        ada.person.is_administrator = is_administrator;
        ada.registration.authenticators.push(Authenticator {
            id: AuthenticatorId("app".into()),
            secret: AuthenticatorSecret::new(SECRET.to_vec()),
            period: TotpPeriod::Seconds30,
            algorithm: TotpAlgorithm::Sha1,
        });
        ada.registration.questions = (1..=5)
            .filter_map(|id| {
                let text = QuestionText::Predefined(u8::try_from(id).ok()?);
                RegisteredQuestion::new(world.key(), &ada.person.id, id, text, &answer_to(id))
            })
            .collect();
        // Another person with the same data: decoys never have what only one person has.
        let mut bob = ada.clone();
        ada.person.identifiers.push(OTHER.into());
        bob.person.id = AccountId("bob".into());
        bob.person.identifiers = vec!["bob@contoso.example".into()];
        for account in [ada, bob] {
            world.directory.add("contoso.example", account);
        }
        let heard = Rc::new(RefCell::new(Heard::default()));
        let ear = Rc::clone(&heard);
        world.watch(move |command| ear.borrow_mut().hear(command));
        Self {
            world,
            identifier: identifier.into(),
            now: Timestamp::from_seconds(1_700_000_000),
            moves_made: 0,
            open: None,
            seen: None,
            other: Page::default(),
            heard,
            proven: Vec::new(),
            written_back: Vec::new(),
            codes_that_worked: Vec::new(),
            has_just_succeeded: false,
        }
    }

    /// Ada with a second identifier. The moves under the second one belong to another page.
    pub(crate) fn known_twice(policy: PolicySettings) -> Self {
        let mut actor = Self::known(policy, false);
        actor.other.identifier = OTHER.into();
        actor
    }

    /// Makes a move under the other identifier.
    pub(crate) fn make_elsewhere(&mut self, step: &Move) -> Value {
        self.turn_page();
        let reply = self.make(step);
        self.turn_page();
        reply
    }

    fn turn_page(&mut self) {
        core::mem::swap(&mut self.identifier, &mut self.other.identifier);
        core::mem::swap(&mut self.open, &mut self.other.open);
        core::mem::swap(&mut self.seen, &mut self.other.seen);
    }

    /// Counts a move of another actor that takes no time.
    pub(crate) const fn stand_by(&mut self) {
        self.moves_made += 1;
    }

    /// Makes a move. Returns the reply as JSON, or `null` if there was no attempt to make it in.
    pub(crate) fn make(&mut self, step: &Move) -> Value {
        self.moves_made += 1;
        self.has_just_succeeded = false;
        let (writes, clears) = {
            let heard = self.heard.borrow();
            (heard.writes, heard.clears)
        };
        let reply = self.act(step);
        let heard = self.heard.borrow();
        if heard.writes > writes {
            self.written_back.push(self.proven.clone());
        }
        self.has_just_succeeded = heard.clears > clears;
        reply
    }

    fn act(&mut self, step: &Move) -> Value {
        if let Move::Wait(seconds) = step {
            self.now = self.now + Duration::from_secs(*seconds);
            return Value::Null;
        }
        if let Move::Identify = step {
            self.proven.clear();
            return self.ask(Operation::StartAttempt(StartAttempt {
                identifier: self.identifier.clone(),
                tenant: None,
                locale: "en".into(),
                support_code: SupportCode(Guid::from_random(1)),
                work: None,
                via: Via::default(),
            }));
        }
        let Some((id, _)) = self.open.clone() else {
            return Value::Null;
        };
        match step {
            Move::Identify | Move::Wait(_) => Value::Null,
            Move::Look => self.ask(Operation::Look(id)),
            Move::ChoosePurpose(purpose) => {
                let purpose = *purpose;
                self.ask(Operation::ChoosePurpose(id, ChoosePurpose { purpose }))
            }
            Move::Start(method) => {
                let number = match method {
                    Method::MobileSms | Method::MobileCall => Some("+31612345678"),
                    Method::OfficeCall => Some("+31201234567"),
                    Method::Email | Method::AuthenticatorCode | Method::Questions => None,
                };
                self.start(id, *method, number)
            }
            Move::StartWithout(method) => self.start(id, *method, None),
            Move::StartWrongly(method) => self.start(id, *method, Some("+31612345679")),
            Move::StartRefused(method) => self.start(id, *method, Some("+31900123456")),
            Move::ProveRightly => self.prove_rightly(id),
            Move::ProveWrongly => self.prove_wrongly(id),
            Move::ProveMalformed => self.prove(id, "123"),
            Move::ProveOld(age) => {
                let codes = self.heard.borrow().codes.clone();
                let code = codes.iter().rev().nth(age + 1).cloned();
                code.map_or(Value::Null, |code| self.prove(id, &code))
            }
            Move::SetPassword => self.set_password(id, PASSWORD),
            Move::SetBadPassword => self.set_password(id, "short"),
            Move::Unlock => self.ask(Operation::Unlock(id)),
            Move::AskForHelp => self.ask(Operation::AskForHelp(id)),
            Move::Cancel => self.ask(Operation::Cancel(id)),
        }
    }

    fn start(&mut self, id: AttemptId, method: Method, phone: Option<&str>) -> Value {
        let phone = phone.map(Into::into);
        self.ask(Operation::StartMethod(id, StartMethod { method, phone }))
    }

    fn prove(&mut self, id: AttemptId, code: &str) -> Value {
        let is_app = matches!(
            self.step(),
            Some(Step::EnterCode(step)) if step.method == Method::AuthenticatorCode
        );
        let before = self.passed();
        let reply = self.ask(Operation::Prove(
            id,
            Proof::Code(TypedSecret::new(code.into())),
        ));
        if self.passed() > before {
            // An app may show, by chance, the digits of a sent code. They are different codes.
            let kind = if is_app { "app" } else { "sent" };
            self.codes_that_worked.push(format!("{kind} {code}"));
        }
        reply
    }

    fn prove_rightly(&mut self, id: AttemptId) -> Value {
        match self.step() {
            Some(Step::EnterCode(step)) if step.method == Method::AuthenticatorCode => {
                let secret = AuthenticatorSecret::new(SECRET.to_vec());
                let code = code_at(
                    &secret,
                    TotpAlgorithm::Sha1,
                    TotpPeriod::Seconds30,
                    self.now,
                );
                self.proven.push("authenticator");
                self.prove(id, &code)
            }
            Some(Step::EnterCode(step)) => {
                let factor = if step.method == Method::Email {
                    "email"
                } else {
                    "mobile"
                };
                let code = self.heard.borrow().codes.last().cloned();
                self.proven.push(factor);
                self.prove(id, &code.unwrap_or_default())
            }
            Some(Step::AwaitCall(step)) => {
                let is_office = step.method == Method::OfficeCall;
                self.proven
                    .push(if is_office { "office" } else { "mobile" });
                let ringing = self.world.outbox.ringing().map(|call| call.id);
                if let Some(call) = ringing {
                    self.world
                        .end_call(call, CallEnd::KeyPressed, self.now, self.seed());
                }
                self.ask(Operation::Look(id))
            }
            Some(Step::AnswerQuestions(step)) => {
                self.proven.push("questions");
                let answers = step
                    .questions
                    .iter()
                    .map(|question| postern_protocol::Answer {
                        question: question.id,
                        answer: TypedSecret::new(answer_to(question.id)),
                    });
                let proof = Proof::Answers(answers.collect());
                self.ask(Operation::Prove(id, proof))
            }
            _ => self.prove(id, "12345678"),
        }
    }

    fn prove_wrongly(&mut self, id: AttemptId) -> Value {
        match self.step() {
            Some(Step::AnswerQuestions(step)) => {
                let answers = step
                    .questions
                    .iter()
                    .map(|question| postern_protocol::Answer {
                        question: question.id,
                        answer: TypedSecret::new("something else".into()),
                    });
                let proof = Proof::Answers(answers.collect());
                self.ask(Operation::Prove(id, proof))
            }
            Some(Step::EnterCode(step)) if step.method == Method::AuthenticatorCode => {
                self.prove(id, "000000")
            }
            _ => self.prove(id, "00000000"),
        }
    }

    fn set_password(&mut self, id: AttemptId, password: &str) -> Value {
        let password = TypedSecret::new(password.into());
        self.ask(Operation::SetPassword(id, SetPassword { password }))
    }

    fn ask(&mut self, operation: Operation) -> Value {
        let mut request = Request::new(operation);
        request.token = self.open.as_ref().map(|(_, token)| token.clone());
        let seed = self.seed();
        match self.world.call(request, self.now, seed) {
            Ok(Answer::Started(started)) => {
                self.open = Some((started.attempt.id, started.token));
                self.see(started.attempt)
            }
            Ok(Answer::Attempt(attempt)) => self.see(attempt),
            Err(problem) => {
                let reply = serde_json::to_value(&problem).expect("it serialises");
                if let Some(attempt) = problem.attempt {
                    self.seen = Some(*attempt);
                }
                reply
            }
        }
    }

    fn see(&mut self, attempt: Attempt) -> Value {
        let reply = serde_json::to_value(&attempt).expect("it serialises");
        self.seen = Some(attempt);
        reply
    }

    fn step(&self) -> Option<Step> {
        self.seen.as_ref().map(|seen| seen.step.clone())
    }

    fn passed(&self) -> u8 {
        self.seen.as_ref().map_or(0, |seen| seen.gates.passed)
    }

    /// The same seed for two actors that have made the same number of moves.
    fn seed(&self) -> [u8; 32] {
        let mut seed = [9; 32];
        seed[..8].copy_from_slice(&self.moves_made.to_be_bytes());
        seed
    }

    /// The count of each counter in a day.
    pub(crate) fn counts(&self) -> Vec<usize> {
        let attempt = self
            .open
            .as_ref()
            .and_then(|(id, _)| self.world.attempt(*id));
        let subject = attempt
            .and_then(|attempt| attempt.case())
            .map(postern_engine::Case::subject_key);
        let ledger = subject.and_then(|subject| self.world.ledger(subject));
        let day = Duration::from_hours(24);
        COUNTERS
            .into_iter()
            .map(|counter| ledger.map_or(0, |ledger| ledger.count(counter, day, self.now)))
            .collect()
    }

    /// The attempt in its stored form.
    pub(crate) fn stored(&self) -> String {
        let attempt = self
            .open
            .as_ref()
            .and_then(|(id, _)| self.world.attempt(*id));
        serde_json::to_string(&attempt).expect("it serialises")
    }

    /// The secrets that the stored form must not contain.
    pub(crate) fn secrets(&self) -> Vec<String> {
        let mut secrets = self.heard.borrow().codes.clone();
        secrets.push(PASSWORD.into());
        secrets.extend((1..=5).map(answer_to));
        secrets
    }
}

impl Heard {
    fn hear(&mut self, command: &Command) {
        match command {
            Command::SendText(text) => self.codes.push(text.code.reveal().to_owned()),
            Command::SendMail(mail) => {
                if let MailContent::Code { code, .. } = &mail.content {
                    self.codes.push(code.reveal().to_owned());
                }
            }
            Command::WriteBack(_) | Command::UnlockAccount(_) => self.writes += 1,
            Command::Record(Entry::ClearCounters { .. }) => self.clears += 1,
            Command::Record(_)
            | Command::Audit(_)
            | Command::PlaceCall(_)
            | Command::RenewAnswers(_) => {}
        }
    }
}

fn answer_to(question: u16) -> String {
    format!("the answer to question {question}")
}
