//! The person's view of an attempt, as a pure state machine: events in, state and effects out.
//!
//! The judge's attempt is the truth; this adds only where the person has stepped back to, what is
//! in flight, and what went wrong last. No framework and no browser in here, so that all of it runs
//! in native tests.

mod answer;
mod form;
mod over;
mod reply;
mod screen;
mod shown;
#[cfg(test)]
mod tests;

use postern_protocol::{
    Attempt, Gates, Method, Notice, ProblemKind, Purpose, RefusedNumberType, Step, Timestamp,
};

pub(crate) use reply::{Failure, Reply};
pub(crate) use screen::{Place, Screen};

use crate::backend::Request;
use crate::plans::PlanTable;

/// What is shown, what was typed and may be shown again, and what is under way.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wizard {
    phase: Phase,
    /// The place the person has stepped back to; `None` at the judge's own step.
    detour: Option<Place>,
    flight: Flight,
    trouble: Option<Trouble>,
    notices: Vec<Notice>,
    /// What was typed where it may be needed again. Never a code, an answer or a password.
    typed: Typed,
    /// Counts the problems, so that the same one twice is still told twice.
    turn: u32,
    /// Requests sent so far: tells a late answer from a current one.
    requests: u32,
    /// Whether a wait between two looks is under way: there is never more than one.
    waits: bool,
    /// The numbering plans, once they are here.
    plans: Option<PlanTable>,
    /// Whether the only method of a gate is being started unasked: that is done once.
    goes_straight: bool,
    /// What this tab has done before, until it begins another attempt.
    done_before: Option<DoneBefore>,
    /// Whether what is shown came of what the person did last, and not by itself.
    led: bool,
}

/// What an attempt of this tab has brought about: all that is still told of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct DoneBefore {
    pub(crate) at: Timestamp,
    pub(crate) purpose: Purpose,
}

/// Whether there is an attempt.
#[derive(Clone, Debug, Default)]
#[expect(
    clippy::large_enum_variant,
    reason = "there is one wizard, and it holds an attempt for most of its life"
)]
enum Phase {
    /// The person has not said who they are.
    #[default]
    Start,
    /// An attempt from before the page was loaded is being looked up.
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
pub(crate) enum Flight {
    /// No request is under way.
    #[default]
    Landed,
    /// Sent and not answered. The number tells a late answer from a current one.
    Away { number: u32, busy: Busy },
    /// No answer came; it can be sent again as it was.
    Lost { number: u32, busy: Busy },
}

/// What a request keeps the person waiting for; silent ones do not.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Busy {
    Starting,
    Resuming,
    Choosing,
    Sending(Method),
    Checking,
    SettingPassword,
    Unlocking,
    AskingForHelp,
    Silent,
    /// The time is up by this device's clock. Silent as well.
    Ending,
}

/// What went wrong with the last request.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Trouble {
    /// What was typed needs another look, found by the page itself.
    Typed(TypedTrouble),
    /// The judge said so.
    Judged(ProblemKind),
    /// No answer came.
    Lost,
    /// An answer came that is none.
    Service,
}

/// What the page itself can say of what was typed, before anything is sent.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum TypedTrouble {
    IdentifierEmpty,
    IdentifierTooLong,
    PurposeEmpty,
    MethodEmpty,
    Phone(postern_phone::ParseError),
    /// The number is of a type that is neither called nor texted.
    PhoneNotAllowed(RefusedNumberType),
    CodeEmpty,
    CodeTooShort,
    CodeTooLong,
    /// The questions left unanswered, by number.
    AnswersEmpty(Vec<u16>),
    PasswordEmpty,
}

/// Why a form was not sent.
enum Unsent {
    /// What was typed needs another look.
    Typed(TypedTrouble),
    /// The judge is at the wanted step already.
    AlreadyThere,
}

/// What may be typed once only.
#[derive(Clone, Debug, Default)]
struct Typed {
    identifier: String,
    phone: String,
}

/// Something happened.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "an event lives as long as the call that takes it"
)]
pub(crate) enum Event {
    /// The page was loaded, with or without an attempt from before, or what came of one.
    Opened {
        resume: bool,
        done_before: Option<DoneBefore>,
    },
    /// A form was sent.
    Submitted(Form),
    /// An answer to the request of that number.
    Answered {
        number: u32,
        result: Result<Reply, Failure>,
        now: Timestamp,
    },
    /// The lost request is wanted again.
    Retried,
    /// One place back.
    Back,
    /// Another way through this gate is wanted.
    OtherMethod,
    /// It is about another account.
    OtherAccount,
    /// The browser's history was moved to the place of that name.
    HistoryMoved(Option<String>),
    /// The page came back to the foreground, or the connection did: where are we?
    Woke,
    /// The wait between two looks is over.
    WaitOver,
    /// The page came back out of the back-forward cache.
    Restored,
    /// The attempt's time is over by this device's clock.
    TimeIsUp,
    /// The person wants to start over.
    StartedOver,
    /// What was refused may pass by now: the same once more.
    TriedAgain,
    /// The person stays where they were after all.
    Stayed,
    /// The administrators are wanted.
    AskedForHelp,
    /// The numbering plans are here.
    PlansArrived(PlanTable),
}

/// What a screen sends.
#[derive(Debug)]
pub(crate) enum Form {
    Identify(String),
    Purpose(Option<Purpose>),
    Method(Option<Method>),
    Phone(String),
    Resend,
    Code(String),
    Answers(Vec<(u16, String)>),
    Password(String),
    Unlock,
}

/// What has to be done about it. Only `session.rs` does it.
#[derive(Debug)]
pub(crate) enum Effect {
    /// Send this, and answer with that number.
    Send { number: u32, request: Request },
    /// Send again what was sent under that number, with the same idempotency key.
    SendAgain { number: u32 },
    /// Fetch the numbering plans: a number may soon be typed.
    FetchPlans,
    /// Say that the wait is over, in that many milliseconds.
    LookIn { milliseconds: u32 },
    /// The attempt has done what it was for: a reload begins anew. Until then the administrators
    /// can be asked for help with it.
    Close,
    /// Nothing of the attempt may stay behind in this browser.
    Forget,
    /// What was done is told in this tab until it begins another attempt, so that a reload does not
    /// leave it in doubt.
    TellOf(DoneBefore),
    /// The service speaks otherwise than this page: load the page again if there is another by now.
    Renew,
    /// A new place: put it into the browser's history.
    Visit(Place),
    /// The place stays, whatever the history says.
    Correct(Place),
}

impl Busy {
    /// Whether the person does not wait for the answer.
    const fn is_silent(self) -> bool {
        matches!(self, Self::Silent | Self::Ending)
    }
}

impl Wizard {
    /// The judge's attempt, once there is one.
    pub(crate) fn attempt(&self) -> Option<&Attempt> {
        match &self.phase {
            Phase::Active { attempt, .. } => Some(attempt),
            Phase::Start | Phase::Resuming => None,
        }
    }

    /// Whether there is an attempt of which nothing more can be asked.
    fn is_over(&self) -> bool {
        self.attempt()
            .is_some_and(|attempt| screen::is_over(&attempt.step))
    }

    /// The gates on the way in; none where there is no way in, or none any more.
    pub(crate) fn gates(&self) -> Option<Gates> {
        self.attempt()
            .filter(|attempt| matches!(attempt.step, Step::Done(_)) || !self.is_over())
            .map(|attempt| attempt.gates)
    }

    /// Seconds to add to this device's clock to get the judge's.
    pub(crate) fn clock_offset(&self) -> i64 {
        match &self.phase {
            Phase::Active { clock_offset, .. } => *clock_offset,
            Phase::Start | Phase::Resuming => 0,
        }
    }

    /// What is shown.
    pub(crate) fn screen(&self) -> Screen {
        match &self.phase {
            Phase::Start => Screen::Identify,
            Phase::Resuming => Screen::Resuming,
            Phase::Active { attempt, .. } => Screen::of(attempt, self.detour),
        }
    }

    /// The request under way or lost.
    pub(crate) fn flight(&self) -> Flight {
        self.flight
    }

    /// What the person is waiting for.
    pub(crate) fn busy(&self) -> Option<Busy> {
        match self.flight {
            Flight::Away { busy, .. } if !busy.is_silent() => Some(busy),
            Flight::Away { .. } | Flight::Landed | Flight::Lost { .. } => None,
        }
    }

    /// What went wrong last, on the screen that is shown.
    pub(crate) fn trouble(&self) -> Option<&Trouble> {
        self.trouble.as_ref()
    }

    /// What the last answer said besides its step.
    pub(crate) fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// Changes whenever a problem has to be told, the same one again among them.
    pub(crate) fn turn(&self) -> u32 {
        self.turn
    }

    /// The identifier: as the judge has read it, without what cannot be seen, and before that as
    /// typed.
    pub(crate) fn identifier(&self) -> &str {
        match self.attempt() {
            Some(attempt) => &attempt.identifier,
            None => &self.typed.identifier,
        }
    }

    /// When the attempt ends; `None` where none is open.
    pub(crate) fn ends_at(&self) -> Option<Timestamp> {
        self.attempt()
            .filter(|attempt| !screen::is_over(&attempt.step))
            .map(|attempt| attempt.expires_at)
    }

    /// The phone number as typed.
    pub(crate) fn phone(&self) -> &str {
        &self.typed.phone
    }

    /// The only way in: takes an event, and says what is to be done about it.
    pub(crate) fn handle(&mut self, event: Event) -> Vec<Effect> {
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

    /// Nothing of the attempt that was is left but what belongs to the page.
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
            // A second press of the button while the first is under way.
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
        // The button that asks for help stands in the last warning too, which stays.
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

    /// Nothing of what went wrong, or was brought about, is said any more.
    fn unsay(&mut self) {
        self.trouble = None;
        self.notices.clear();
    }

    fn say(&mut self, trouble: Trouble) {
        self.turn = self.turn.wrapping_add(1);
        self.trouble = Some(trouble);
        // What is wrong is said alone.
        self.notices.clear();
    }

    fn back(&mut self) -> Vec<Effect> {
        let before = self
            .attempt()
            .and_then(|attempt| screen::place_before(attempt, self.detour));
        match before {
            Some(place) => self.step_to(Some(place)),
            None => Vec::new(),
        }
    }

    /// To the first step, as Back leads there; behind a passed gate to the question whether to
    /// leave.
    fn other_account(&mut self) -> Vec<Effect> {
        if self.is_over() {
            return self.start_over();
        }
        let first = self
            .attempt()
            .and_then(|attempt| screen::trail(attempt).first().copied());
        first.map_or_else(Vec::new, |place| self.step_to(Some(place)))
    }

    fn history_moved(&mut self, name: Option<&str>) -> Vec<Effect> {
        let Some(attempt) = self.attempt() else {
            return Vec::new();
        };
        if self.is_over() {
            // Behind an attempt that is over there is only the beginning.
            return self.start_over();
        }
        let here = screen::place(attempt, self.detour);
        let known = screen::trail(attempt)
            .into_iter()
            .find(|place| Some(place.name().as_str()) == name);
        let wanted = known.unwrap_or(Place::Leave);
        if wanted == here {
            return Vec::new();
        }
        let detour = (wanted != screen::place(attempt, None)).then_some(wanted);
        self.detour = detour;
        self.unsay();
        if known.is_none() {
            vec![Effect::Correct(Place::Leave)]
        } else {
            Vec::new()
        }
    }

    fn step_to(&mut self, detour: Option<Place>) -> Vec<Effect> {
        let Some(attempt) = self.attempt() else {
            return Vec::new();
        };
        let before = screen::place(attempt, self.detour);
        let after = screen::place(attempt, detour);
        self.detour = detour;
        self.unsay();
        if before == after {
            Vec::new()
        } else {
            vec![Effect::Visit(after)]
        }
    }

    /// Whatever was under way when the page was left is asked for again: its answer may have come
    /// while nothing listened, or never. What was sent goes under the same key, so that it is done
    /// once.
    fn restored(&mut self) -> Vec<Effect> {
        // What was done is told, and nothing of it is shown.
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
