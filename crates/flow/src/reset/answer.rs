//! Applies a reply or a failure to the wizard.

use postern_protocol::{Attempt, Method, Problem, ProblemKind, StartMethod, Step, Timestamp};

use super::reply::{Failure, Reply};
use super::request::Request;
use super::{Busy, DoneBefore, Effect, Flight, Phase, Place, Trouble, Wizard, screen};

/// The delay between two looks while a call rings or the directory writes, in milliseconds.
const LOOK_AGAIN: u32 = 2_000;

/// Whether the person stays at the place to which they stepped back, as long as that place exists:
/// the request does not lead to another step.
fn stays(busy: Busy) -> bool {
    busy.is_silent() || busy == Busy::AskingForHelp
}

impl Wizard {
    pub(super) fn answered(
        &mut self,
        number: u32,
        result: Result<Reply, Failure>,
        now: Timestamp,
    ) -> Vec<Effect> {
        let Flight::Away {
            number: current,
            busy,
        } = self.flight
        else {
            return Vec::new();
        };
        if current != number {
            return Vec::new();
        }
        self.flight = Flight::Landed;
        match result {
            Ok(reply) => match screen::only_way(&reply.attempt.step).filter(|_| !stays(busy)) {
                Some(method) if !self.goes_straight => {
                    let effects = self.go_straight(method, busy);
                    self.notices.clone_from(&reply.attempt.notices);
                    effects
                }
                _ => self.arrive(reply.attempt, busy, now),
            },
            Err(Failure::Problem(problem)) => self.judged(problem, busy, now),
            Err(Failure::Lost) => self.lost(number, busy, Trouble::Lost),
            Err(Failure::Service) => {
                let mut effects = self.lost(number, busy, Trouble::Service);
                effects.push(Effect::Renew);
                effects
            }
        }
    }

    /// Starts the only method of a gate, because there is nothing to choose. Until the answer
    /// comes, the person sees the earlier step.
    fn go_straight(&mut self, method: Method, busy: Busy) -> Vec<Effect> {
        self.goes_straight = true;
        let start = StartMethod {
            method,
            phone: None,
        };
        self.send(Request::StartMethod(start), busy)
    }

    /// Replaces the attempt by the judge's description.
    fn arrive(&mut self, attempt: Attempt, busy: Busy, now: Timestamp) -> Vec<Effect> {
        let before = self.attempt().map(|old| screen::place(old, self.detour));
        let went_straight = std::mem::take(&mut self.goes_straight);
        let trail = screen::trail(&attempt);
        let detour = self
            .detour
            .filter(|place| stays(busy) && (trail.contains(place) || *place == Place::Leave));
        self.detour = detour;
        let mut effects = Vec::new();
        effects.extend(self.wait(&attempt.step));
        if self.plans.is_none() && screen::offers_phone(&attempt.step) {
            effects.push(Effect::FetchPlans);
        }
        let after = screen::place(&attempt, self.detour);
        // Notices about one place do not apply to another. The exception are notices at a choice
        // that the wizard skipped.
        if (before != Some(after) && !went_straight) || !attempt.notices.is_empty() {
            self.notices.clone_from(&attempt.notices);
        }
        self.done_before = None;
        if let Step::Done(done) = &attempt.step {
            let done = DoneBefore {
                at: done.at,
                purpose: attempt.purpose,
            };
            self.done_before = Some(done);
            effects.push(Effect::Close);
            effects.push(Effect::TellOf(done));
        }
        self.phase = Phase::Active {
            clock_offset: attempt.now.seconds().saturating_sub(now.seconds()),
            attempt,
        };
        if (busy.is_silent() || busy == Busy::Resuming) && self.is_lifted() {
            return self.identify_anew();
        }
        if before != Some(after) {
            self.trouble = None;
            effects.push(if busy == Busy::Resuming {
                Effect::Correct(after)
            } else {
                Effect::Visit(after)
            });
        }
        effects
    }

    fn judged(&mut self, problem: Problem, busy: Busy, now: Timestamp) -> Vec<Effect> {
        let Problem { kind, attempt } = problem;
        if matches!(kind, ProblemKind::AttemptUnknown) {
            // The attempt was purged: for the person it has ended. If this page never showed the
            // attempt, the page says nothing about it. If the attempt was over, the wizard asks
            // about it only if a lock stopped it.
            if !self.is_over() && self.attempt().is_some() {
                return self.end();
            }
            if !self.is_over() || busy.is_silent() {
                return self.identify_anew();
            }
            self.say(Trouble::Judged(kind));
            return Vec::new();
        }
        if busy == Busy::Ending && attempt.is_none() {
            return self.end();
        }
        let was_over = self.is_over();
        let effects = match attempt {
            Some(attempt) => self.arrive(*attempt, busy, now),
            None => Vec::new(),
        };
        // A step that changed by itself needs no explanation of the problem.
        let is_unexpected = matches!(kind, ProblemKind::NotExpected);
        let moved = is_unexpected || (self.is_over() && !was_over);
        if !moved && !busy.is_silent() {
            self.say(Trouble::Judged(kind));
        }
        effects
    }

    /// Waits for the next look at a step that changes by itself, unless a wait is already under
    /// way.
    fn wait(&mut self, step: &Step) -> Option<Effect> {
        if self.waits || !matches!(step, Step::AwaitCall(_) | Step::WritingBack) {
            return None;
        }
        self.waits = true;
        Some(Effect::LookIn {
            milliseconds: LOOK_AGAIN,
        })
    }

    fn lost(&mut self, number: u32, busy: Busy, trouble: Trouble) -> Vec<Effect> {
        if busy == Busy::Ending {
            return self.end();
        }
        if busy == Busy::Silent {
            // The person does not wait for a look, and the next look may succeed.
            let step = self.attempt().map(|attempt| attempt.step.clone());
            return step.and_then(|step| self.wait(&step)).into_iter().collect();
        }
        self.flight = Flight::Lost { number, busy };
        self.say(trouble);
        Vec::new()
    }
}
