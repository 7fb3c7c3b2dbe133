//! The attempt as the person may see it: where they are, and what that step needs to be shown.
//!
//! Enums are tagged by their key (`{"enter-code": {…}}`), which a small page can read without
//! buffering.

use alloc::string::String;
use alloc::vec::Vec;

use postern_wire_derive::wire;

use crate::password::PasswordRules;
use crate::{
    AttemptId, CodeLength, CorrelationId, Help, Method, Purpose, Refused, SupportCode, Timestamp,
};

/// One try at getting back in. The answer to every request.
#[wire]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Attempt {
    /// The SID.
    pub id: AttemptId,
    /// The CID.
    pub correlation_id: CorrelationId,
    /// What a caller reads to the helpdesk.
    pub support_code: SupportCode,
    /// What the organisation calls itself; `None` where the domain is not known.
    pub tenant_name: Option<String>,
    /// ISO 3166-1 code of the region whose phone numbers need no country code; `None` where the
    /// tenant has no such region.
    pub default_region: Option<String>,
    /// Who the person said they are, as typed.
    pub identifier: String,
    /// What the attempt is for.
    pub purpose: Purpose,
    /// Whether the person was or will be asked why they are here.
    pub asks_purpose: bool,
    /// The judge's clock, so that a page whose clock is wrong can still count down.
    pub now: Timestamp,
    /// When the attempt ends, 15 minutes after it began.
    pub expires_at: Timestamp,
    /// How far it has come.
    pub gates: Gates,
    /// What is asked now.
    pub step: Step,
    /// While a lock that was brought about in another attempt closes what this one may still be
    /// finished with: until when.
    pub locked_until: Option<Timestamp>,
    /// Who can help.
    pub help: Help,
    /// What the last request brought about that the step alone does not say.
    #[wire(default)]
    pub notices: Vec<Notice>,
}

/// How many proofs the policy asks, and how many were given.
#[wire]
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Gates {
    /// One or two.
    pub required: u8,
    /// Gates behind the person.
    pub passed: u8,
}

/// Where the person is.
#[wire]
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Step {
    /// Why are you having trouble?
    ChoosePurpose,
    /// Which method for this gate?
    ChooseMethod(ChooseMethod),
    /// Type the whole number on file.
    EnterPhone(EnterPhone),
    /// Enter the code that was sent, or that the authenticator app shows.
    EnterCode(EnterCode),
    /// Answer the call and press `#`.
    AwaitCall(AwaitCall),
    /// Answer the questions.
    AnswerQuestions(AnswerQuestions),
    /// Every gate is passed: choose a password.
    ChoosePassword(ChoosePassword),
    /// Every gate is passed: unlock the account.
    ConfirmUnlock,
    /// The directory is being written to; ask again in a moment.
    WritingBack,
    /// Back in.
    Done(Done),
    /// Not possible for this person now.
    Refused(Refused),
    /// Too many tries: possible again at that moment.
    Locked {
        /// When the lock ends.
        until: Timestamp,
    },
    /// The attempt has ended without a reset.
    Ended {
        /// Why it ended.
        reason: EndReason,
    },
}

/// A method that can be chosen, and the little that is said of where it leads.
#[wire]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Offer {
    /// The method.
    pub method: Method,
    /// The last two digits of the number that it reaches. Nothing of an address is shown: an offer
    /// is shown before any proof, and a decoy can show as much.
    pub hint: Option<String>,
}

/// The choice for a gate.
#[wire]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ChooseMethod {
    /// Which gate, from 1.
    pub gate: u8,
    /// What can be chosen; never what passed the gate before.
    pub offers: Vec<Offer>,
}

/// The number has to be typed in full before it is used.
#[wire]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EnterPhone {
    /// Which gate, from 1.
    pub gate: u8,
    /// What else could be chosen.
    pub offers: Vec<Offer>,
    /// What the number will be used for.
    pub method: Method,
    /// The last two digits of the number on file.
    pub hint: String,
    /// Wrong numbers until the lock, the one that locks among them: with 1, the next wrong one
    /// locks.
    pub tries_left: u8,
}

/// A code is waited for.
#[wire]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EnterCode {
    /// Which gate, from 1.
    pub gate: u8,
    /// What else could be chosen.
    pub offers: Vec<Offer>,
    /// Where the code comes from.
    pub method: Method,
    /// The last two digits of the number that it was sent to; `None` for an address and for an
    /// authenticator app.
    pub hint: Option<String>,
    /// How many digits it has.
    pub length: CodeLength,
    /// Wrong codes until the lock, the one that locks among them: with 1, the next wrong one locks.
    pub tries_left: u8,
    /// Whether so many wrong codes were entered that this one is dead: another one has to be asked
    /// for.
    pub is_spent: bool,
    /// When it stops working; `None` for an authenticator app.
    pub expires_at: Option<Timestamp>,
    /// When another may be asked for; `None` for an authenticator app.
    pub resend_at: Option<Timestamp>,
}

/// A call is under way.
#[wire]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AwaitCall {
    /// Which gate, from 1.
    pub gate: u8,
    /// What else could be chosen.
    pub offers: Vec<Offer>,
    /// Mobile or office.
    pub method: Method,
    /// The last two digits of the number called.
    pub hint: String,
    /// When the call was placed.
    pub called_at: Timestamp,
    /// From when "try again" is offered: ten seconds later, as the reference does.
    pub retry_at: Timestamp,
    /// Whether the call ended without the key being pressed.
    pub failed: bool,
}

/// Questions to answer, all of them rightly.
#[wire]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AnswerQuestions {
    /// Which gate, from 1.
    pub gate: u8,
    /// What else could be chosen.
    pub offers: Vec<Offer>,
    /// The questions, picked at random among those registered.
    pub questions: Vec<Question>,
    /// Wrong tries until the lock, the one that locks among them: with 1, the next wrong one locks.
    pub tries_left: u8,
}

/// A question that the person registered an answer to.
#[wire]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Question {
    /// Its number, to be given back with the answer.
    pub id: u16,
    /// What is asked.
    pub text: QuestionText,
}

/// The words of a question.
#[wire]
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum QuestionText {
    /// One of the 35 predefined ones, by number from 1: the page has them in every language.
    Predefined(u8),
    /// The tenant's own, in the tenant's own words.
    Custom(String),
}

/// A new password is asked.
#[wire]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ChoosePassword {
    /// What it is held to, as far as it can be said beforehand.
    pub rules: PasswordRules,
    /// Whether the directory has rules of its own that only it can judge.
    pub directory_rules: bool,
    /// The last answer of the directory was lost: the password may have been changed or not.
    pub outcome_unknown: bool,
}

/// What was brought about.
#[wire]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Done {
    /// When it was brought about.
    pub at: Timestamp,
    /// Minutes until the change has reached every system; 0 for at once.
    pub effective_in_minutes: u8,
    /// Where word of it was sent, masked.
    pub notified: Vec<String>,
    /// Where to go on: where the person came from, if the tenant lists it, or where people sign in.
    pub sign_in_url: Option<String>,
}

/// Why an attempt is over.
#[wire]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum EndReason {
    /// Its 15 minutes were up.
    Expired,
    /// The person left it.
    Cancelled,
    /// Another attempt at the same account was done while this one was open.
    Superseded,
}

/// Something to say beside the step.
#[wire]
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Notice {
    /// The number was used without its extension: neither text nor call can reach one.
    ExtensionStripped(String),
    /// Another code is on its way; the one before no longer works.
    CodeSentAgain,
    /// The administrators were told.
    HelpRequested,
    /// The method that was under way was locked meanwhile, in another attempt; others are open.
    MethodLocked {
        /// When it ends.
        until: Timestamp,
    },
}
