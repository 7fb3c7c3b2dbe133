//! The person's view of an attempt, as a pure state machine: events in, state and effects out.
//!
//! The judge's attempt is authoritative. This state adds only the place to which the person has
//! stepped back, the request under way, and the last problem.

mod answer;
mod event;
mod form;
mod over;
mod reply;
mod request;
mod screen;
mod shown;
#[cfg(test)]
mod tests;
mod travel;

use std::rc::Rc;

use postern_protocol::{
    Attempt, Gates, Method, Notice, ProblemKind, RefusedNumberType, Step, Timestamp,
};

pub use event::{DoneBefore, Effect, Event, Form};
pub use reply::{Failure, Reply};
pub use request::Request;
pub use screen::{Place, Screen};

use crate::plans::PlanTable;

/// The state of the wizard: the shown step, the typed values that the page may show again, and the
/// request under way.
#[derive(Clone, Debug, Default)]
pub struct Wizard {
    phase: Phase,
    /// The place the person has stepped back to; `None` at the judge's own step.
    detour: Option<Place>,
    flight: Flight,
    trouble: Option<Trouble>,
    notices: Vec<Notice>,
    /// The typed values that the wizard can need again. It never contains a code, an answer or a
    /// password.
    typed: Typed,
    /// Counts the problems, so that the page also announces a repeated problem.
    turn: u32,
    /// The number of requests sent so far: it distinguishes a late answer from a current one.
    requests: u32,
    /// Whether a wait between two looks is under way: there is at most one.
    waits: bool,
    /// The numbering plans, after they have loaded.
    plans: Option<PlanTable>,
    /// Whether the wizard starts the only method of a gate without a question: it does this once.
    goes_straight: bool,
    /// The earlier result of this tab, until the tab begins another attempt.
    done_before: Option<DoneBefore>,
    /// Whether the current screen results from the person's last action and did not appear by
    /// itself.
    led: bool,
}

/// The phase of the wizard: it says whether there is an attempt.
#[derive(Clone, Debug, Default)]
#[expect(
    clippy::large_enum_variant,
    reason = "there is one wizard, and it holds an attempt for most of its life"
)]
enum Phase {
    /// The person has not entered an identifier.
    #[default]
    Start,
    /// The wizard looks up an attempt from before the page was loaded.
    Resuming,
    /// The attempt as the judge last described it.
    Active {
        attempt: Attempt,
        /// Seconds to add to this device's clock to get the judge's.
        clock_offset: i64,
    },
}

/// The request under way, or the one that was lost.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Flight {
    /// No request is under way.
    #[default]
    Landed,
    /// Sent and not answered. The number distinguishes a late answer from a current one.
    Away { number: u32, busy: Busy },
    /// No answer came; the wizard can send it again unchanged.
    Lost { number: u32, busy: Busy },
}

/// The purpose of a request under way. The person waits for it, except for silent ones.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Busy {
    Starting,
    Resuming,
    Choosing,
    Sending(Method),
    Checking,
    SettingPassword,
    Unlocking,
    AskingForHelp,
    Silent,
    /// The time is up by this device's clock. This request is also silent.
    Ending,
}

/// The problem of the last request.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Trouble {
    /// The page itself found a problem in the typed value.
    Typed(TypedTrouble),
    /// The judge reported the problem.
    Judged(ProblemKind),
    /// No answer came.
    Lost,
    /// The answer is not valid.
    Service,
}

/// The problems that the page itself can find in the typed value before it sends anything.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum TypedTrouble {
    IdentifierEmpty,
    IdentifierTooLong,
    PurposeEmpty,
    MethodEmpty,
    Phone(postern_phone::ParseError),
    /// The service neither calls nor texts numbers of this type.
    PhoneNotAllowed(RefusedNumberType),
    CodeEmpty,
    CodeTooShort,
    CodeTooLong,
    /// The questions left unanswered, by number.
    AnswersEmpty(Vec<u16>),
    PasswordEmpty,
}

/// The reason why a form was not sent.
enum Unsent {
    /// The page found a problem in the typed value.
    Typed(TypedTrouble),
    /// The judge is already at the wanted step.
    AlreadyThere,
}

/// The values that the person need not type twice.
#[derive(Clone, Debug, Default)]
struct Typed {
    identifier: String,
    phone: String,
}

impl Busy {
    /// Whether the request runs without the person waiting for it.
    const fn is_silent(self) -> bool {
        matches!(self, Self::Silent | Self::Ending)
    }
}

impl Wizard {
    /// The judge's attempt, if there is one.
    pub fn attempt(&self) -> Option<&Attempt> {
        match &self.phase {
            Phase::Active { attempt, .. } => Some(attempt),
            Phase::Start | Phase::Resuming => None,
        }
    }

    /// Whether there is an attempt that allows no more actions.
    fn is_over(&self) -> bool {
        self.attempt()
            .is_some_and(|attempt| screen::is_over(&attempt.step))
    }

    /// The gates of the attempt; `None` if there is no way in, or no longer one.
    pub fn gates(&self) -> Option<Gates> {
        self.attempt()
            .filter(|attempt| matches!(attempt.step, Step::Done(_)) || !self.is_over())
            .map(|attempt| attempt.gates)
    }

    /// Seconds to add to this device's clock to get the judge's.
    pub fn clock_offset(&self) -> i64 {
        match &self.phase {
            Phase::Active { clock_offset, .. } => *clock_offset,
            Phase::Start | Phase::Resuming => 0,
        }
    }

    /// The current screen.
    pub fn screen(&self) -> Screen {
        match &self.phase {
            Phase::Start => Screen::Identify,
            Phase::Resuming => Screen::Resuming,
            Phase::Active { attempt, .. } => Screen::of(attempt, self.detour),
        }
    }

    /// The request that is under way or lost.
    pub fn flight(&self) -> Flight {
        self.flight
    }

    /// The action that the person waits for.
    pub fn busy(&self) -> Option<Busy> {
        match self.flight {
            Flight::Away { busy, .. } if !busy.is_silent() => Some(busy),
            Flight::Away { .. } | Flight::Landed | Flight::Lost { .. } => None,
        }
    }

    /// The last problem on the current screen.
    pub fn trouble(&self) -> Option<&Trouble> {
        self.trouble.as_ref()
    }

    /// The notices of the last answer.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// Changes whenever the page has to announce a problem, including a repeated one.
    pub fn turn(&self) -> u32 {
        self.turn
    }

    /// The identifier: in the judge's form, without invisible characters, and before that as typed.
    pub fn identifier(&self) -> &str {
        match self.attempt() {
            Some(attempt) => &attempt.identifier,
            None => &self.typed.identifier,
        }
    }

    /// The time at which the attempt ends; `None` if no attempt is open.
    pub fn ends_at(&self) -> Option<Timestamp> {
        self.attempt()
            .filter(|attempt| !screen::is_over(&attempt.step))
            .map(|attempt| attempt.expires_at)
    }

    /// The phone number as typed.
    pub fn phone(&self) -> &str {
        &self.typed.phone
    }

    /// Handles an event, as [`handle`](Self::handle) does. Readers may still hold the state before
    /// it.
    pub fn update(state: &mut Rc<Self>, event: Event) -> Vec<Effect> {
        // Not in the page: its code would copy every type of an attempt once more.
        Rc::make_mut(state).handle(event)
    }

    /// The only entry point: handles an event, and returns the effects to run.
    pub fn handle(&mut self, event: Event) -> Vec<Effect> {
        self.led = match &event {
            Event::Submitted(_)
            | Event::Retried
            | Event::Back
            | Event::OtherMethod
            | Event::OtherAccount
            | Event::TriedAgain
            | Event::HistoryMoved(_)
            | Event::StartedOver
            | Event::Stayed
            | Event::AskedForHelp => true,
            Event::Opened { .. } | Event::TimeIsUp | Event::Restored => false,
            Event::Answered { .. } => self.led && self.busy().is_some(),
            Event::Woke | Event::WaitOver | Event::PlansArrived(_) => self.led,
        };
        match event {
            Event::Opened {
                resume: false,
                done_before,
            } => {
                self.done_before = done_before;
                Vec::new()
            }
            Event::Opened { resume: true, .. } => {
                self.begin_anew(Phase::Resuming);
                self.send(Request::Look, Busy::Resuming)
            }
            Event::Submitted(form) => self.submit(form),
            Event::Answered {
                number,
                result,
                now,
            } => self.answered(number, result, now),
            Event::Retried => self.retry(),
            Event::Back => self.back(),
            Event::OtherMethod => {
                let methods = self.attempt().and_then(screen::choice_of_methods);
                methods.map_or_else(Vec::new, |place| self.step_to(Some(place)))
            }
            Event::OtherAccount => self.other_account(),
            Event::HistoryMoved(name) => self.history_moved(name.as_deref()),
            Event::Woke if matches!(self.flight, Flight::Lost { .. }) => self.retry(),
            Event::Woke => self.look(),
            Event::WaitOver => {
                self.waits = false;
                self.look()
            }
            Event::TimeIsUp => self.time_is_up(),
            Event::Restored => self.restored(),
            Event::StartedOver => self.start_over(),
            Event::TriedAgain => self.try_again(),
            Event::Stayed => self.step_to(None),
            Event::AskedForHelp => {
                if self.busy().is_some() {
                    Vec::new()
                } else {
                    self.send(Request::AskForHelp, Busy::AskingForHelp)
                }
            }
            Event::PlansArrived(plans) => {
                self.plans = Some(plans);
                Vec::new()
            }
        }
    }

    /// Resets everything except the state that belongs to the page.
    fn begin_anew(&mut self, phase: Phase) {
        *self = Self {
            phase,
            turn: self.turn,
            requests: self.requests,
            waits: self.waits,
            plans: self.plans.take(),
            done_before: self.done_before,
            led: self.led,
            ..Self::default()
        };
    }

    fn submit(&mut self, form: Form) -> Vec<Effect> {
        if self.busy().is_some() {
            // This is a second press of the button while the first request is under way.
            return Vec::new();
        }
        match self.read(form) {
            Ok((request, busy)) => self.send(request, busy),
            Err(Unsent::Typed(trouble)) => {
                self.say(Trouble::Typed(trouble));
                Vec::new()
            }
            Err(Unsent::AlreadyThere) => self.step_to(None),
        }
    }

    fn send(&mut self, request: Request, busy: Busy) -> Vec<Effect> {
        let number = self.next_number();
        self.flight = Flight::Away { number, busy };
        // The last warning, which stays, also contains the button that asks for help.
        let is_asked_there = busy == Busy::AskingForHelp && self.is_last_warning();
        if !busy.is_silent() && !is_asked_there {
            self.unsay();
        }
        vec![Effect::Send { number, request }]
    }

    fn next_number(&mut self) -> u32 {
        self.requests = self.requests.wrapping_add(1);
        self.requests
    }

    fn look(&mut self) -> Vec<Effect> {
        match (&self.phase, self.flight) {
            (Phase::Active { attempt, .. }, Flight::Landed) if screen::may_move(&attempt.step) => {
                self.send(Request::Look, Busy::Silent)
            }
            (Phase::Start | Phase::Resuming | Phase::Active { .. }, _) => Vec::new(),
        }
    }

    fn retry(&mut self) -> Vec<Effect> {
        let Flight::Lost { number, busy } = self.flight else {
            return Vec::new();
        };
        self.trouble = None;
        self.flight = Flight::Away { number, busy };
        vec![Effect::SendAgain { number }]
    }

    /// Removes the last problem and the notices.
    fn unsay(&mut self) {
        self.trouble = None;
        self.notices.clear();
    }

    fn say(&mut self, trouble: Trouble) {
        self.turn = self.turn.wrapping_add(1);
        self.trouble = Some(trouble);
        // The page shows a problem without notices.
        self.notices.clear();
    }

    /// Repeats the request that was under way when the person left the page: its answer may have
    /// come while the page was inactive, or not at all. The repeated request uses the same key, so
    /// that the service executes it once.
    fn restored(&mut self) -> Vec<Effect> {
        // The page reports the result of the attempt, and shows nothing else of it.
        if self.done_before.is_some() && self.attempt().is_some() {
            return self.start_over();
        }
        match self.flight {
            Flight::Away { number, busy } | Flight::Lost { number, busy } if !busy.is_silent() => {
                self.flight = Flight::Lost { number, busy };
                self.retry()
            }
            Flight::Away { .. } | Flight::Lost { .. } | Flight::Landed => {
                self.flight = Flight::Landed;
                self.look()
            }
        }
    }
}
