//! Plays a scenario: events in, replies and commands out, and the differences from the expectation.
//!
//! Every host that answers requests can play scenarios: the engine's own reference caller, and the
//! server.

use std::collections::BTreeMap;

use postern_engine::CallEnd;
use postern_engine::account::{AccountId, Authenticator};
use postern_engine::totp::code_at;
use postern_host::{Answer, Operation, Request};
use postern_protocol::{
    Attempt, AttemptId, ChoosePurpose, Guid, Problem, Proof, Purpose, QuestionText, SetPassword,
    StartAttempt, StartMethod, Step, SupportCode, Timestamp, TypedSecret, Via,
};

use super::parse::{Event, Scenario};
use super::{setup, tell};

/// The time at which scenarios begin: a whole minute, so that an app has just begun to show a code.
const BEGINNING: i64 = 1_699_999_980;

/// A host that receives the requests, with ways to change things without the engine.
pub(crate) trait Host {
    /// Sets the time, and forgets the commands so far.
    fn tell_time(&mut self, now: Timestamp);

    /// Handles a request, with the randomness for the engine call that answers it.
    fn ask(&mut self, request: Request, seed: [u8; 32]) -> Result<Answer, Problem>;

    /// Changes the state of the directory.
    fn directory(&mut self, state: &str) -> Result<(), String>;

    /// Changes whether the service for breached passwords answers.
    fn breaches(&mut self, state: &str) -> Result<(), String>;

    /// Changes an account.
    fn change(&mut self, id: &AccountId, changes: &[String]) -> Result<(), String>;

    /// The directory's answer to a sign-in: `welcome`, `wrong` or `locked-out`.
    fn sign_in(&mut self, id: &AccountId, password: &str) -> Result<&'static str, String>;

    /// Lifts the locks of a person, as an administrator does.
    fn lift(&mut self, identifier: &str) -> Result<(), String>;

    /// Runs the sweeper.
    fn sweep(&mut self, seed: [u8; 32]);

    /// Ends the call that rings. Returns whether an attempt waits for it.
    fn end_call(&mut self, end: CallEnd, seed: [u8; 32]) -> Result<bool, String>;

    /// The commands since the time was set. `None` if the host cannot show them.
    fn commands(&mut self) -> Option<Vec<Vec<String>>>;

    /// All sent codes.
    fn codes(&mut self) -> Vec<String>;

    /// An app of the first account.
    fn app(&mut self, index: usize) -> Option<Authenticator>;
}

/// Plays a scenario to its end, or to the first difference.
pub(crate) fn play(scenario: &Scenario, host: impl Host) -> Result<(), String> {
    let mut player = Player::new(host);
    for event in &scenario.events {
        player
            .play(event)
            .map_err(|why| format!("{}\n{why}", scenario.place(event.number)))?;
    }
    Ok(())
}

struct Player<H> {
    host: H,
    /// The attempts by label, with their tokens.
    attempts: BTreeMap<String, (AttemptId, String)>,
    current: String,
    /// The last reply of each attempt.
    seen: BTreeMap<String, Attempt>,
    now: Timestamp,
}

impl<H: Host> Player<H> {
    fn new(host: H) -> Self {
        Self {
            host,
            attempts: BTreeMap::new(),
            current: "a".into(),
            seen: BTreeMap::new(),
            now: Timestamp::default(),
        }
    }

    fn play(&mut self, event: &Event) -> Result<(), String> {
        self.now = Timestamp::from_seconds(BEGINNING + event.at);
        self.host.tell_time(self.now);
        if let Some(label) = &event.attempt {
            self.current.clone_from(label);
        }
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&(event.number as u64).to_be_bytes());
        let reply = self.run(event, seed)?;
        let commands = self.host.commands();
        compare(event, &reply, commands.as_deref())
    }

    fn run(&mut self, event: &Event, seed: [u8; 32]) -> Result<Vec<String>, String> {
        let first = event.words.first().map_or("", String::as_str);
        match event.verb.as_str() {
            "identify" => {
                let start = start(&event.words);
                return Ok(self.ask(Request::new(Operation::StartAttempt(start)), seed));
            }
            "directory" => {
                self.host.directory(first)?;
                return Ok(vec!["ok".into()]);
            }
            "breaches" => {
                self.host.breaches(first)?;
                return Ok(vec!["ok".into()]);
            }
            "account" => {
                let changes = event.words.get(1..).unwrap_or_default();
                self.host.change(&AccountId(first.into()), changes)?;
                return Ok(vec!["ok".into()]);
            }
            "sign-in" => {
                let password = event.words[1..].join(" ");
                let said = self.host.sign_in(&AccountId(first.into()), &password)?;
                return Ok(vec![said.into()]);
            }
            "lift" => {
                self.host.lift(first)?;
                return Ok(vec!["ok".into()]);
            }
            "sweep" => {
                self.host.sweep(seed);
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
        match self.host.ask(request, seed) {
            Ok(Answer::Started(started)) => {
                let id = started.attempt.id;
                self.attempts
                    .insert(self.current.clone(), (id, started.token));
                self.see(started.attempt)
            }
            Ok(Answer::Attempt(attempt)) => self.see(attempt),
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

    /// Ends a call as `pressed`, `missed` or `failed`. Returns the state of the attempt, or
    /// `unheard` if none waits for the call.
    fn end_call(&mut self, how: &str, seed: [u8; 32]) -> Result<Vec<String>, String> {
        let end = match how {
            "pressed" => CallEnd::KeyPressed,
            "missed" => CallEnd::NoAnswer,
            "failed" => CallEnd::Failed,
            _ => return Err(format!("{how}: no such end of a call")),
        };
        if !self.host.end_call(end, seed)? {
            return Ok(vec!["unheard".into()]);
        }
        let (id, token) = self
            .attempts
            .get(&self.current)
            .cloned()
            .ok_or("no attempt yet")?;
        Ok(self.ask(Request::new(Operation::Look(id)).with_token(&token), seed))
    }

    /// The typed text, with the placeholder of a code replaced.
    ///
    /// `$code` is the last sent code, and `$code1` the first. `$app` is what the app shows,
    /// `$app-30s` what it showed 30 seconds before, and `$app2` what the second app shows.
    fn typed_code(&mut self, text: &str) -> Result<String, String> {
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

    fn sent_code(&mut self, number: &str) -> Result<String, String> {
        let codes = self.host.codes();
        let code = match number.parse::<usize>() {
            Ok(number) => codes.get(number - 1),
            Err(_) => codes.last(),
        };
        code.cloned().ok_or("no such code was sent".into())
    }

    fn app_code(&mut self, which: &str) -> Result<String, String> {
        let (index, offset) = match which.strip_prefix('2') {
            Some(offset) => (1, offset),
            None => (0, which),
        };
        let offset: i64 = match offset.strip_suffix('s') {
            Some(seconds) => seconds.parse().map_err(|_| "an offset is like -30s")?,
            None => 0,
        };
        let at = Timestamp::from_seconds(self.now.seconds() + offset);
        let app = self.host.app(index).ok_or("no such app")?;
        Ok(code_at(&app.secret, app.algorithm, app.period, at))
    }

    /// The answers: `right`, `sloppy` (right apart from case and spaces), `punctuated` (right apart
    /// from a hyphen and a full stop), `wrong` (one of them), `missing` (one of them), `blank`,
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
        // Only the first question can be one in custom words.
        let number = |text: &QuestionText| match text {
            QuestionText::Predefined(number) => *number,
            QuestionText::Custom(_) => 1,
        };
        let asked = step.questions.iter();
        let asked: Vec<(u16, u8)> = asked.map(|it| (it.id, number(&it.text))).collect();
        let Some(last) = asked.last().copied() else {
            return Ok(Proof::Answers(Vec::new()));
        };
        let right = |number: u8| format!("Answer {number}");
        let mut answers: Vec<postern_protocol::Answer> = Vec::new();
        for (id, number) in asked {
            let text = match (how, id == last.0) {
                ("none", _) | ("missing", true) => continue,
                ("right" | "twice", _) | ("wrong" | "missing" | "blank", false) => right(number),
                ("sloppy", _) => format!("  aNSWER \u{a0} {number} "),
                ("punctuated", _) => format!("Answer-{number}."),
                ("wrong", true) => "something else".into(),
                ("blank", true) => "  ".into(),
                _ => return Err(format!("{how}: no such way to answer")),
            };
            answers.push(answer(id, text));
        }
        if how == "twice" {
            answers.push(answer(last.0, right(last.1)));
        }
        Ok(Proof::Answers(answers))
    }
}

/// The identifier that the person gives, and the values that the portal passes along.
fn start(words: &[String]) -> StartAttempt {
    let said = |name: &str| {
        let mut values = words.iter().filter_map(|word| word.strip_prefix(name));
        values.next().map(str::to_owned)
    };
    let is_portals = |word: &&String| {
        ["return-to=", "state=", "portal=", "tenant="]
            .iter()
            .any(|it| word.starts_with(it))
    };
    let identifier: Vec<&str> = words
        .iter()
        .filter(|word| !is_portals(word))
        .map(String::as_str)
        .collect();
    StartAttempt {
        identifier: identifier.join(" "),
        tenant: said("tenant="),
        locale: "nl".into(),
        support_code: SupportCode(Guid::from_random(7)),
        work: None,
        via: Via {
            return_to: said("return-to="),
            state: said("state="),
            portal: said("portal="),
        },
    }
}

/// Compares the result with the expectation. Every expected word has to be there. A word that is
/// there need not be expected. Of the commands, each one has to be expected.
fn compare(
    event: &Event,
    reply: &[String],
    commands: Option<&[Vec<String>]>,
) -> Result<(), String> {
    let is_as_expected = is_told(&event.reply, reply)
        && event
            .commands
            .as_ref()
            .zip(commands)
            .is_none_or(|(expected, commands)| {
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
        commands.map_or("(unseen)".into(), list)
    ))
}

fn is_told(expected: &[String], told: &[String]) -> bool {
    expected.first() == told.first() && expected.iter().all(|word| told.contains(word))
}
