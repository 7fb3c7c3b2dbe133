//! Plays a scenario: events in, replies and commands out, and what differs from the expectation.
//!
//! The host is the engine's own reference caller, so that what is played is what the demo runs.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use postern_engine::account::AccountId;
use postern_engine::command::{Command, MailContent};
use postern_engine::host::{Answer, Operation, Request};
use postern_engine::memory::World;
use postern_engine::totp::code_at;
use postern_engine::{CallEnd, CallId};
use postern_protocol::{
    Attempt, AttemptId, ChoosePurpose, Guid, Proof, Purpose, SetPassword, StartAttempt,
    StartMethod, Step, SupportCode, Timestamp, TypedSecret,
};

use super::parse::{Event, Scenario};
use super::{setup, tell};

/// When scenarios begin: at a whole minute, so that an app has just begun to show a code.
const BEGINNING: i64 = 1_699_999_980;

/// Plays it to the end, or to what differs.
pub(crate) fn play(scenario: &Scenario) -> Result<(), String> {
    let world = setup::world(&scenario.setup)
        .map_err(|(number, why)| format!("{}: {why}", scenario.place(number)))?;
    let mut player = Player::new(world);
    for event in &scenario.events {
        player
            .play(event)
            .map_err(|why| format!("{}\n{why}", scenario.place(event.number)))?;
    }
    Ok(())
}

struct Player {
    world: World,
    /// Attempts by label, with their tokens.
    attempts: BTreeMap<String, (AttemptId, String)>,
    current: String,
    /// What the last reply of each attempt showed.
    seen: BTreeMap<String, Attempt>,
    told: Rc<RefCell<Told>>,
    now: Timestamp,
}

/// What the watcher of the world has heard.
#[derive(Default)]
struct Told {
    commands: Vec<Vec<String>>,
    codes: Vec<String>,
    calls: Vec<CallId>,
    now: Timestamp,
}

impl Told {
    fn hear(&mut self, command: &Command) {
        self.commands.push(tell::command(command, self.now));
        match command {
            Command::SendText(text) => self.codes.push(text.code.reveal().to_owned()),
            Command::SendMail(mail) => {
                if let MailContent::Code { code, .. } = &mail.content {
                    self.codes.push(code.reveal().to_owned());
                }
            }
            Command::PlaceCall(call) => self.calls.push(call.id),
            Command::Record(_)
            | Command::Audit(_)
            | Command::WriteBack(_)
            | Command::UnlockAccount(_) => {}
        }
    }
}

impl Player {
    fn new(mut world: World) -> Self {
        let told = Rc::new(RefCell::new(Told::default()));
        let heard = Rc::clone(&told);
        world.watch(move |command| heard.borrow_mut().hear(command));
        Self {
            world,
            attempts: BTreeMap::new(),
            current: "a".into(),
            seen: BTreeMap::new(),
            told,
            now: Timestamp::default(),
        }
    }

    fn play(&mut self, event: &Event) -> Result<(), String> {
        self.now = Timestamp::from_seconds(BEGINNING + event.at);
        {
            let mut told = self.told.borrow_mut();
            told.now = self.now;
            told.commands.clear();
        }
        if let Some(label) = &event.attempt {
            self.current.clone_from(label);
        }
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&(event.number as u64).to_be_bytes());
        let reply = self.run(event, seed)?;
        let commands = self.told.borrow().commands.clone();
        compare(event, &reply, &commands)
    }

    fn run(&mut self, event: &Event, seed: [u8; 32]) -> Result<Vec<String>, String> {
        let first = event.words.first().map_or("", String::as_str);
        match event.verb.as_str() {
            "identify" => {
                let start = StartAttempt {
                    identifier: event.words.join(" "),
                    locale: "nl".into(),
                    support_code: SupportCode(Guid::from_random(7)),
                    work: None,
                };
                return Ok(self.ask(Request::new(Operation::StartAttempt(start)), seed));
            }
            "directory" => {
                setup::directory(&mut self.world, first)?;
                return Ok(vec!["ok".into()]);
            }
            "account" => {
                let id = AccountId(first.into());
                let account = self
                    .world
                    .directory
                    .account_mut(&id)
                    .ok_or("no such account")?;
                for word in &event.words[1..] {
                    setup::change(account, word)?;
                }
                return Ok(vec!["ok".into()]);
            }
            "sign-in" => {
                let id = AccountId(first.into());
                let password = event.words[1..].join(" ");
                let account = self.world.directory.account(&id).ok_or("no such account")?;
                let word = if account.is_locked {
                    "locked-out"
                } else if self.world.directory.is_password(&id, &password) {
                    "welcome"
                } else {
                    "wrong"
                };
                return Ok(vec![word.into()]);
            }
            "sweep" => {
                self.world.sweep(self.now, seed);
                return Ok(vec!["ok".into()]);
            }
            "call" => return self.end_call(first, seed),
            _ => {}
        }
        let (id, token) = self
            .attempts
            .get(&self.current)
            .cloned()
            .ok_or("no attempt yet")?;
        let operation = match event.verb.as_str() {
            "look" => Operation::Look(id),
            "purpose" => {
                let purpose = match first {
                    "reset" => Purpose::Reset,
                    "unlock" => Purpose::Unlock,
                    _ => return Err(format!("{first}: no such purpose")),
                };
                Operation::ChoosePurpose(id, ChoosePurpose { purpose })
            }
            "start" => {
                let method = setup::method(first)?;
                let phone = event.words.get(1..).filter(|words| !words.is_empty());
                let phone = phone.map(|words| words.join(" "));
                Operation::StartMethod(id, StartMethod { method, phone })
            }
            "prove" => {
                let typed = self.typed_code(&event.words.join(" "))?;
                Operation::Prove(id, Proof::Code(TypedSecret::new(typed)))
            }
            "answers" => Operation::Prove(id, self.answers(first)?),
            "password" => {
                let password = TypedSecret::new(event.words.join(" "));
                Operation::SetPassword(id, SetPassword { password })
            }
            "unlock" => Operation::Unlock(id),
            "help" => Operation::AskForHelp(id),
            "cancel" => Operation::Cancel(id),
            verb => return Err(format!("{verb}: no such verb")),
        };
        Ok(self.ask(Request::new(operation).with_token(&token), seed))
    }

    fn ask(&mut self, request: Request, seed: [u8; 32]) -> Vec<String> {
        match self.world.call(request, self.now, seed) {
            Ok(Answer::Started(started)) => {
                let id = started.attempt.id;
                self.attempts
                    .insert(self.current.clone(), (id, started.token));
                self.see(started.attempt)
            }
            Ok(Answer::Attempt(attempt)) => self.see(attempt),
            Ok(Answer::Challenge(_) | Answer::Tenant(_)) => vec!["ok".into()],
            Err(problem) => {
                let words = tell::problem(&problem);
                if let Some(attempt) = problem.attempt {
                    self.seen.insert(self.current.clone(), *attempt);
                }
                words
            }
        }
    }

    fn see(&mut self, attempt: Attempt) -> Vec<String> {
        let words = tell::attempt(&attempt);
        self.seen.insert(self.current.clone(), attempt);
        words
    }

    /// `pressed`, `missed` or `failed`; then where the attempt is, or `unheard` if none waits for the call.
    fn end_call(&mut self, how: &str, seed: [u8; 32]) -> Result<Vec<String>, String> {
        let end = match how {
            "pressed" => CallEnd::KeyPressed,
            "missed" => CallEnd::NoAnswer,
            "failed" => CallEnd::Failed,
            _ => return Err(format!("{how}: no such end of a call")),
        };
        let ringing = self.world.outbox.ringing().map(|call| call.id);
        let call = ringing.ok_or("no call rings")?;
        if self.world.end_call(call, end, self.now, seed).is_none() {
            return Ok(vec!["unheard".into()]);
        }
        let (id, token) = self
            .attempts
            .get(&self.current)
            .cloned()
            .ok_or("no attempt yet")?;
        Ok(self.ask(Request::new(Operation::Look(id)).with_token(&token), seed))
    }

    /// What is typed, with what stands for a code put in its place.
    ///
    /// `$code` is the last one sent, `$code1` the first; `$app` is what the app shows, `$app-30s` what it showed then,
    /// `$app2` what the second app shows.
    fn typed_code(&self, text: &str) -> Result<String, String> {
        let Some((before, rest)) = text.split_once('$') else {
            return Ok(text.to_owned());
        };
        let (name, after) = rest.split_once(' ').unwrap_or((rest, ""));
        let code = match (name.strip_prefix("code"), name.strip_prefix("app")) {
            (Some(number), _) => self.sent_code(number)?,
            (None, Some(which)) => self.app_code(which)?,
            (None, None) => return Err(format!("${name}: no such code")),
        };
        Ok(format!("{before}{code} {after}"))
    }

    fn sent_code(&self, number: &str) -> Result<String, String> {
        let codes = &self.told.borrow().codes;
        let code = match number.parse::<usize>() {
            Ok(number) => codes.get(number - 1),
            Err(_) => codes.last(),
        };
        code.cloned().ok_or("no such code was sent".into())
    }

    fn app_code(&self, which: &str) -> Result<String, String> {
        let (index, offset) = match which.strip_prefix('2') {
            Some(offset) => (1, offset),
            None => (0, which),
        };
        let offset: i64 = match offset.strip_suffix('s') {
            Some(seconds) => seconds.parse().map_err(|_| "an offset is like -30s")?,
            None => 0,
        };
        let at = Timestamp::from_seconds(self.now.seconds() + offset);
        let account = self.world.directory.accounts().next().ok_or("nobody")?;
        let app = account.authenticators.get(index).ok_or("no such app")?;
        Ok(code_at(&app.secret, app.algorithm, app.period, at))
    }

    /// `right`, `sloppy` (right but for case and spaces), `wrong` (one of them), `missing` (one of them), `blank`,
    /// `twice`, `none`.
    fn answers(&self, how: &str) -> Result<Proof, String> {
        let Some(Step::AnswerQuestions(step)) = self.seen.get(&self.current).map(|it| &it.step)
        else {
            return Ok(Proof::Answers(Vec::new()));
        };
        let answer = |question: u16, text: String| postern_protocol::Answer {
            question,
            answer: TypedSecret::new(text),
        };
        let ids: Vec<u16> = step.questions.iter().map(|question| question.id).collect();
        let Some(last) = ids.last().copied() else {
            return Ok(Proof::Answers(Vec::new()));
        };
        let right = |id: u16| format!("Answer {id}");
        let mut answers: Vec<postern_protocol::Answer> = Vec::new();
        for id in ids {
            let text = match (how, id == last) {
                ("none", _) | ("missing", true) => continue,
                ("right" | "twice", _) | ("wrong" | "missing" | "blank", false) => right(id),
                ("sloppy", _) => format!("  aNSWER \u{a0} {id} "),
                ("wrong", true) => "something else".into(),
                ("blank", true) => "  ".into(),
                _ => return Err(format!("{how}: no such way to answer")),
            };
            answers.push(answer(id, text));
        }
        if how == "twice" {
            answers.push(answer(last, right(last)));
        }
        Ok(Proof::Answers(answers))
    }
}

/// What is expected has to be there; what is there need not be expected, but for the commands, each of which has to be.
fn compare(event: &Event, reply: &[String], commands: &[Vec<String>]) -> Result<(), String> {
    let is_as_expected = is_told(&event.reply, reply)
        && event.commands.as_ref().is_none_or(|expected| {
            expected.len() == commands.len()
                && expected
                    .iter()
                    .zip(commands)
                    .all(|(expected, told)| is_told(expected, told))
        });
    if is_as_expected {
        return Ok(());
    }
    let list = |commands: &[Vec<String>]| {
        let lines: Vec<String> = commands.iter().map(|command| command.join(" ")).collect();
        lines.join("; ")
    };
    let expected = event.commands.as_deref().map_or("(any)".into(), list);
    Err(format!(
        "  expected: {} | {expected}\n  actual:   {} | {}",
        event.reply.join(" "),
        reply.join(" "),
        list(commands)
    ))
}

fn is_told(expected: &[String], told: &[String]) -> bool {
    expected.first() == told.first() && expected.iter().all(|word| told.contains(word))
}
