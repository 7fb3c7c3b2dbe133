//! The world as a host: it reads from itself what a hearing needs, and changes in itself what a
//! judgement changes.

use postern_engine::{Case, Command, Digest, Population, Written};
use postern_host::{
    Changes, Commit, Direct, Dispatch, Heard, Hearing, Judgement, Kept, Moment, Named, Reply,
    Versioned, Versions,
};
use postern_protocol::{Problem, ProblemKind};

use crate::world::{NONE_BANNED, Stored, Tick, World};
use crate::{CallStatus, Message};

/// The maximum number of kept audit events.
const AUDIT_MAX: usize = 1_000;

impl World {
    /// Reads everything that a hearing needs, until there is a judgement, or an answer without one.
    pub(crate) fn hear(&self, mut hearing: Hearing<'_>, tick: &mut Tick) -> Heard {
        loop {
            tick.reads.extend(hearing.need());
            hearing = match hearing {
                Hearing::Attempt(needed) => {
                    let kept = self.attempts.get(&needed.id());
                    needed.give(kept.map(|stored| self.kept(stored)))
                }
                Hearing::Record(needed) => {
                    let recorded = self.remembered.recall(needed.key(), tick.now);
                    needed.give(recorded)
                }
                Hearing::Person(needed) => {
                    let found = match needed.named() {
                        Named::Account(id) | Named::Decoy(id) => self.directory.account(id),
                        Named::Identifier(identifier) => {
                            self.directory.find(needed.tenant().id(), identifier)
                        }
                    };
                    needed.give(found.map(|account| account.person.clone()))
                }
                Hearing::Registration(needed) => {
                    let found = self.directory.account(needed.account());
                    let registered = found.map(|account| account.registration.clone());
                    needed.give(registered.unwrap_or_default())
                }
                Hearing::Ledger(needed) => {
                    let ledger = self.ledgers.get(needed.subject());
                    let value = ledger.cloned().unwrap_or_default();
                    needed.give(Versioned { value, version: 0 })
                }
                Hearing::Health(needed) => needed.give(self.write_back),
                Hearing::Breach(needed) => {
                    let breach = self.breaches.look_up(needed.password());
                    needed.give(breach)
                }
                Hearing::Ready(ready) => {
                    let population = ready.tenant().map(|tenant| {
                        let people = self.directory.of(tenant.domain());
                        Population::of(people, tenant, self.key())
                    });
                    ready.judge(&Moment {
                        now: tick.now,
                        seed: tick.dice.bytes(),
                        population: &population.unwrap_or_default(),
                    })
                }
                Hearing::Over(heard) => return heard,
            }
        }
    }

    fn kept(&self, stored: &Stored) -> Kept {
        let subject = stored.attempt.case().map(Case::subject_key);
        let ledger = subject.and_then(|subject| self.ledgers.get(subject));
        Kept {
            attempt: Versioned {
                value: stored.attempt.clone(),
                version: 0,
            },
            token: *stored.token.as_bytes(),
            ledger: Versioned {
                value: ledger.cloned().unwrap_or_default(),
                version: 0,
            },
        }
    }

    /// Makes the changes of a judgement, runs the command that cannot wait, and returns the reply.
    /// `None` if the changes conflict with others.
    pub(crate) fn settle(&mut self, heard: Heard, tick: &mut Tick) -> Option<Reply> {
        let reads = core::mem::take(&mut tick.reads);
        if let Some(reader) = &mut self.reader {
            reads.into_iter().for_each(reader);
        }
        let judgement = match heard {
            Heard::Judged(judgement) => judgement,
            Heard::Answered(reply) => return Some(*reply),
        };
        match self.in_the_way(&judgement, tick) {
            Commit::Done(_) => {}
            Commit::Conflict => return None,
            Commit::Burnt => {
                let problem = Problem::new(ProblemKind::WorkRefused);
                return Some(Reply::Problem(problem));
            }
        }
        if let Some(watcher) = &mut self.watcher {
            judgement.commands().iter().for_each(watcher);
        }
        let (reply, changes) = judgement.settle();
        let Some(direct) = self.make(changes, tick) else {
            return Some(reply);
        };
        let kept = direct.kept(Versions::default());
        let Direct {
            command, receipt, ..
        } = direct;
        let Some(written) = self.write(&command, tick) else {
            return Some(reply);
        };
        let around = self.surroundings(&NONE_BANNED);
        let hearing = Hearing::of_writing(around, kept, written, receipt);
        let heard = self.hear(hearing, tick);
        self.settle(heard, tick)
    }

    /// What prevents the changes of a judgement.
    fn in_the_way(&self, judgement: &Judgement, tick: &Tick) -> Commit {
        let recorded = judgement.taken_key();
        if recorded.is_some_and(|key| self.remembered.recall(key, tick.now).is_some()) {
            return Commit::Conflict;
        }
        match judgement.solved() {
            Some(solved) if self.burnt.contains_key(&solved.nonce) => Commit::Burnt,
            Some(_) | None => Commit::Done(Versions::default()),
        }
    }

    /// Makes the changes of a judgement. Returns the command that cannot wait, if there is one.
    fn make(&mut self, changes: Changes, tick: &Tick) -> Option<Direct> {
        if let Some(change) = changes.attempt {
            let stored = Stored {
                attempt: change.attempt.value,
                token: Digest::new(change.token),
            };
            self.attempts.insert(change.id, stored);
        }
        if let Some((subject, ledger)) = changes.ledger {
            self.ledgers.insert(subject, ledger.value);
        }
        self.audit.extend(changes.audit);
        let excess = self.audit.len().saturating_sub(AUDIT_MAX);
        self.audit.drain(..excess);
        let help = changes.help.map(Dispatch::Mail);
        for dispatch in changes.outbox.into_iter().chain(help) {
            match dispatch {
                Dispatch::Text(text) => self.outbox.put(Message::Text(text), tick.now),
                Dispatch::Mail(mail) if mail.to.is_empty() => {}
                Dispatch::Mail(mail) => self.outbox.put(Message::Mail(mail), tick.now),
                Dispatch::Call(call) => {
                    let call = Message::Call(call, CallStatus::Ringing);
                    self.outbox.put(call, tick.now);
                }
            }
        }
        if let Some(record) = changes.record {
            self.remembered.remember(record, tick.now);
        }
        if let Some(solved) = changes.burnt {
            self.burnt.insert(solved.nonce, solved.expires_at);
        }
        if let Some(renew) = &changes.renewed {
            self.directory.renew_answers(renew);
        }
        changes.direct
    }

    /// The directory's result of a command that cannot wait. `None` if the host dies before it gets
    /// the answer.
    fn write(&mut self, command: &Command, tick: &mut Tick) -> Option<Written> {
        match command {
            Command::WriteBack(write) => {
                let salt = tick.dice.bytes();
                let password = write.password.reveal();
                self.directory.write_back(&write.account, password, salt)
            }
            Command::UnlockAccount(unlock) => self.directory.unlock(&unlock.account),
            Command::Record(_)
            | Command::Audit(_)
            | Command::SendText(_)
            | Command::SendMail(_)
            | Command::PlaceCall(_)
            | Command::RenewAnswers(_) => None,
        }
    }
}
