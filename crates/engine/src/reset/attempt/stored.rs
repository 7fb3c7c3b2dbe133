//! The stored form of an attempt, and the form of earlier versions.

use alloc::boxed::Box;

use serde::{Deserialize, Deserializer};

use crate::Case;
use crate::proof::{
    AnsweringQuestions, AwaitingCall, EnteringAuthenticatorCode, EnteringCode, EnteringPhone,
    Proving,
};
use crate::reset::attempt::{Attempt, Open};
use crate::reset::states::{ChoosingPassword, Done, Ended, Locked, Refused, State, WritingBack};

impl<'de> Deserialize<'de> for Attempt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Stored::deserialize(deserializer)? {
            Stored::Arriving => Self::Arriving,
            Stored::Open(open) => Self::Open(*open),
            Stored::ChoosingPurpose(it) => it.at(State::ChoosingPurpose),
            Stored::ChoosingMethod(it) => it.at(State::ChoosingMethod),
            Stored::EnteringPhone(it) => it.at_gate(),
            Stored::EnteringCode(it) => it.at_gate(),
            Stored::EnteringAuthenticatorCode(it) => it.at_gate(),
            Stored::AwaitingCall(it) => it.at_gate(),
            Stored::AnsweringQuestions(it) => it.at_gate(),
            Stored::ChoosingPassword(it) => it.opened(),
            Stored::ConfirmingUnlock(it) => it.at(State::ConfirmingUnlock),
            Stored::WritingBack(it) => it.opened(),
            Stored::Done(it) => it.opened(),
            Stored::Refused(it) => it.opened(),
            Stored::Locked(it) => it.opened(),
            Stored::Ended(it) => it.opened(),
        })
    }
}

/// The present form, `open`, and the form of version 0.1, in which each state contained the case.
/// The old form is readable for one release.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Stored {
    Arriving,
    Open(Box<Open>),
    ChoosingPurpose(Within<NoData>),
    ChoosingMethod(Within<NoData>),
    EnteringPhone(Within<EnteringPhone>),
    EnteringCode(Within<EnteringCode>),
    EnteringAuthenticatorCode(Within<EnteringAuthenticatorCode>),
    AwaitingCall(Within<AwaitingCall>),
    AnsweringQuestions(Within<AnsweringQuestions>),
    ChoosingPassword(Within<ChoosingPassword>),
    ConfirmingUnlock(Within<NoData>),
    WritingBack(Within<WritingBack>),
    Done(Within<Done>),
    Refused(Within<Refused>),
    Locked(Within<Locked>),
    Ended(Within<Ended>),
}

/// A state that contains the case.
#[derive(Deserialize)]
struct Within<S> {
    case: Box<Case>,
    #[serde(flatten)]
    state: S,
}

#[derive(Deserialize)]
struct NoData {}

impl<S: Into<State>> Within<S> {
    fn opened(self) -> Attempt {
        Open::new(*self.case, self.state).into()
    }
}

impl<P: Into<Proving>> Within<P> {
    fn at_gate(self) -> Attempt {
        Open::new(*self.case, self.state.into()).into()
    }
}

impl Within<NoData> {
    fn at(self, state: State) -> Attempt {
        Open::new(*self.case, state).into()
    }
}
