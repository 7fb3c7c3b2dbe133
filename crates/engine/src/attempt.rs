//! The attempt: the state that it is in, as a store keeps it.

mod parts;

use serde::{Deserialize, Serialize};

use crate::states::{
    AnsweringQuestions, Arriving, AwaitingCall, ChoosingMethod, ChoosingPassword, ChoosingPurpose,
    ConfirmingUnlock, Done, Ended, EnteringAuthenticatorCode, EnteringCode, EnteringPhone, Locked,
    Refused, WritingBack,
};

/// One try at getting back in, from identifier to end.
///
/// Give it what happens ([`Input`](crate::Input)) and what is known at that moment ([`Context`](crate::Context)); it gives itself back as it is then,
/// what to answer, and what to do. In JSON it is what a store keeps: it holds no password, code or answer.
///
/// ```
/// use postern_engine::command::{Command, MailContent};
/// use postern_engine::ledger::Ledger;
/// use postern_engine::{Attempt, Breach, Context, EngineKey, Identify, Input, Policy, Population, Tenant, WriteBackHealth};
/// use postern_protocol::password::BannedList;
/// use postern_protocol::{Guid, Method, Step, SupportCode, Timestamp, Via};
///
/// let tenant = Tenant { policy: Some(Policy::default()), ..Tenant::new("contoso.example", "Contoso") };
/// let context = Context {
///     now: Timestamp::from_seconds(1_700_000_000),
///     seed: [1; 32],
///     key: &EngineKey::new([2; 32]),
///     tenant: Some(&tenant),
///     account: None,
///     population: Population::uncounted(),
///     ledger: &Ledger::default(),
///     write_back: WriteBackHealth::Healthy,
///     breach: Breach::NotFound,
///     banned: &BannedList::EMPTY,
/// };
/// let identify = Input::Identify(Identify {
///     identifier: "nobody@contoso.example".into(),
///     tenant: None,
///     locale: "en".into(),
///     support_code: SupportCode(Guid::from_random(3)),
///     via: Via::default(),
///     page: None,
/// });
/// let outcome = Attempt::default().handle(identify, &context);
///
/// // No account has this identifier. The answer does not show that: methods are offered as for an account.
/// let Ok(seen) = outcome.reply else { panic!("an identifier is no problem") };
/// let Step::ChooseMethod(choice) = seen.step else { panic!("the first gate is there") };
/// let start = Input::StartMethod { method: choice.offers[0].method, phone: None };
/// let outcome = outcome.attempt.handle(start, &context);
/// assert!(outcome.reply.is_ok());
/// let leads_nowhere = |command: &Command| match command {
///     Command::SendMail(mail) => mail.to.is_empty(),
///     command => !matches!(command, Command::SendText(_) | Command::PlaceCall(_)),
/// };
/// assert!(outcome.commands.iter().all(leads_nowhere));
/// ```
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Attempt {
    /// The person has not said who they are.
    Arriving(Arriving),
    /// Reset or unlock?
    ChoosingPurpose(ChoosingPurpose),
    /// Which method for this gate?
    ChoosingMethod(ChoosingMethod),
    /// The number on file has to be typed.
    EnteringPhone(EnteringPhone),
    /// A code was sent.
    EnteringCode(EnteringCode),
    /// An app shows a code.
    EnteringAuthenticatorCode(EnteringAuthenticatorCode),
    /// A call was placed.
    AwaitingCall(AwaitingCall),
    /// Questions are asked.
    AnsweringQuestions(AnsweringQuestions),
    /// Every gate is passed: which password?
    ChoosingPassword(ChoosingPassword),
    /// Every gate is passed: unlock?
    ConfirmingUnlock(ConfirmingUnlock),
    /// The directory is being written to.
    WritingBack(WritingBack),
    /// Back in.
    Done(Done),
    /// Not possible.
    Refused(Refused),
    /// Too many tries.
    Locked(Locked),
    /// Over.
    Ended(Ended),
}

impl Default for Attempt {
    /// Where every attempt begins.
    fn default() -> Self {
        Self::Arriving(Arriving {})
    }
}
