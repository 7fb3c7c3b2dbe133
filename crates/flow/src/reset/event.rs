//! The events of the wizard, and their effects.

use postern_protocol::{Method, Purpose, Timestamp};

use super::reply::{Failure, Reply};
use super::request::Request;
use super::screen::Place;
use crate::plans::PlanTable;

/// An event for the wizard.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "an event lives as long as the call that takes it"
)]
pub enum Event {
    /// The page was loaded, with or without an earlier attempt or its result.
    Opened {
        resume: bool,
        done_before: Option<DoneBefore>,
    },
    /// A form was sent.
    Submitted(Form),
    /// An answer to the request with this number.
    Answered {
        number: u32,
        result: Result<Reply, Failure>,
        now: Timestamp,
    },
    /// The person wants to send the lost request again.
    Retried,
    /// The person goes back by one place.
    Back,
    /// The person wants another method at this gate.
    OtherMethod,
    /// The person wants another account.
    OtherAccount,
    /// The browser's history moved to the place with this name.
    HistoryMoved(Option<String>),
    /// The page returned to the foreground or online: the wizard asks for the current step.
    Woke,
    /// The wait between two looks is over.
    WaitOver,
    /// The page returned from the back-forward cache.
    Restored,
    /// The attempt's time is over by this device's clock.
    TimeIsUp,
    /// The person wants to start over.
    StartedOver,
    /// The refusal may be over now: the person tries the same again.
    TriedAgain,
    /// The person decided to stay.
    Stayed,
    /// The person asks the administrators for help.
    AskedForHelp,
    /// The numbering plans have loaded.
    PlansArrived(PlanTable),
}

/// The form that a screen sends.
#[derive(Debug)]
pub enum Form {
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

/// An effect of an event. Only `session.rs` runs effects.
#[derive(Debug)]
pub enum Effect {
    /// Send this request, and return the answer with this number.
    Send { number: u32, request: Request },
    /// Send the request with this number again, with the same idempotency key.
    SendAgain { number: u32 },
    /// Fetch the numbering plans: the person may soon type a number.
    FetchPlans,
    /// Report the end of the wait after this number of milliseconds.
    LookIn { milliseconds: u32 },
    /// The attempt has reached its purpose: a reload begins a new one. Until then the person can
    /// ask the administrators for help with it.
    Close,
    /// This browser must keep nothing of the attempt.
    Forget,
    /// Keep the result in this tab until it begins another attempt, so that the person has no doubt
    /// after a reload.
    TellOf(DoneBefore),
    /// The service uses another format than this page: reload the page if a newer one exists.
    Renew,
    /// A new place: add it to the browser's history.
    Visit(Place),
    /// The place does not change, whatever the history says.
    Correct(Place),
}

/// The result of an earlier attempt of this tab. The page keeps nothing else of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct DoneBefore {
    pub at: Timestamp,
    pub purpose: Purpose,
}
