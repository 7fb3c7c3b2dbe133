//! The engine's own reference caller as a host, so that the scenarios play the code of the demo.

use std::cell::RefCell;
use std::rc::Rc;

use postern_engine::CallEnd;
use postern_engine::account::{AccountId, Authenticator};
use postern_engine::command::{Command, MailContent};
use postern_engine::ledger::Entry;
use postern_host::{Answer, Need, Request};
use postern_protocol::{Problem, Timestamp};
use postern_world::World;

use super::play::Host;
use super::{order, setup};

/// A world with a watcher.
pub(crate) struct Watched {
    world: World,
    /// The number of requests. Each has a key of its own, as over HTTP.
    asked: u32,
    told: Rc<RefCell<Told>>,
}

/// What the watcher of the world has seen.
#[derive(Default)]
struct Told {
    commands: Vec<Vec<String>>,
    codes: Vec<String>,
    now: Timestamp,
}

impl Told {
    fn hear(&mut self, command: &Command) {
        self.commands.push(order::command(command, self.now));
        match command {
            Command::SendText(text) => self.codes.push(text.code.reveal().to_owned()),
            Command::SendMail(mail) => {
                if let MailContent::Code { code, .. } = &mail.content {
                    self.codes.push(code.reveal().to_owned());
                }
            }
            Command::PlaceCall(_)
            | Command::Record(_)
            | Command::Audit(_)
            | Command::RenewAnswers(_)
            | Command::WriteBack(_)
            | Command::UnlockAccount(_) => {}
        }
    }
}

impl Watched {
    pub(crate) fn new(beginning: setup::Beginning, reader: impl FnMut(Need) + 'static) -> Self {
        let setup::Beginning {
            mut world,
            passwords,
        } = beginning;
        for (id, password) in &passwords {
            world.directory.give_password(id, password, [0; 16]);
        }
        let told = Rc::new(RefCell::new(Told::default()));
        let heard = Rc::clone(&told);
        world.watch(move |command| heard.borrow_mut().hear(command));
        world.watch_reads(reader);
        Self {
            world,
            asked: 0,
            told,
        }
    }

    fn now(&self) -> Timestamp {
        self.told.borrow().now
    }
}

impl Host for Watched {
    fn tell_time(&mut self, now: Timestamp) {
        let mut told = self.told.borrow_mut();
        told.now = now;
        told.commands.clear();
    }

    fn ask(&mut self, mut request: Request, seed: [u8; 32]) -> Result<Answer, Problem> {
        let now = self.now();
        self.asked += 1;
        request.idempotency_key = Some(format!("{:022}", self.asked));
        self.world.call(request, now, seed)
    }

    fn directory(&mut self, state: &str) -> Result<(), String> {
        setup::directory(&mut self.world, state)
    }

    fn breaches(&mut self, state: &str) -> Result<(), String> {
        setup::breaches(&mut self.world, state)
    }

    fn change(&mut self, id: &AccountId, changes: &[String]) -> Result<(), String> {
        let account = self.world.directory.account_mut(id);
        let account = account.ok_or("no such account")?;
        changes
            .iter()
            .try_for_each(|word| setup::change(account, word))
    }

    fn sign_in(&mut self, id: &AccountId, password: &str) -> Result<&'static str, String> {
        let account = self.world.directory.account(id).ok_or("no such account")?;
        Ok(if account.person.is_locked {
            "locked-out"
        } else if self.world.directory.is_password(id, password) {
            "welcome"
        } else {
            "wrong"
        })
    }

    fn lift(&mut self, identifier: &str) -> Result<(), String> {
        let now = self.now();
        self.world.record(identifier, &Entry::Lift, now);
        Ok(())
    }

    fn sweep(&mut self, seed: [u8; 32]) {
        let now = self.now();
        self.world.sweep(now, seed);
    }

    fn end_call(&mut self, end: CallEnd, seed: [u8; 32]) -> Result<bool, String> {
        let ringing = self.world.outbox.ringing().map(|call| call.id);
        let (call, now) = (ringing.ok_or("no call rings")?, self.now());
        Ok(self.world.end_call(call, end, now, seed).is_some())
    }

    fn commands(&mut self) -> Option<Vec<Vec<String>>> {
        Some(self.told.borrow().commands.clone())
    }

    fn codes(&mut self) -> Vec<String> {
        self.told.borrow().codes.clone()
    }

    fn app(&mut self, index: usize) -> Option<Authenticator> {
        let account = self.world.directory.accounts().next()?;
        account.registration.authenticators.get(index).cloned()
    }
}
