//! The problems of requests, as problem details (RFC 9457).
//!
//! The page turns the kind into words in the person's language, and never shows text from a server.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use postern_phone::NumberType;
use postern_wire_derive::wire;

use crate::password::PasswordRefusal;
use crate::{Attempt, CodeLength, Timestamp};

/// A request that failed, and the attempt after it.
#[wire(no_schema)]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Problem {
    /// The problem, with the data that the page needs to explain it.
    pub kind: ProblemKind,
    /// The attempt, if the request belongs to a known one.
    pub attempt: Option<Box<Attempt>>,
}

impl Problem {
    /// A problem without an attempt.
    pub const fn new(kind: ProblemKind) -> Self {
        Self {
            kind,
            attempt: None,
        }
    }
}

/// The kinds of problem. On the wire, `type` is [`type_uri`](Self::type_uri).
#[wire]
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ProblemKind {
    /// Nothing was typed where an identifier belongs.
    IdentifierEmpty,
    /// More than an identifier can be.
    IdentifierTooLong,
    /// What was typed can be read as more than one identifier, or as none.
    IdentifierMalformed,
    /// A user name was typed without the organisation that it belongs to, on a page that is no
    /// organisation's.
    OrganisationMissing,
    /// No organisation here has the domain that was typed. Which ones there are is public.
    OrganisationUnknown,
    /// The identifier belongs to another organisation than the page does.
    OrganisationOther {
        /// What the organisation of the page calls itself.
        tenant_name: String,
    },
    /// The organisation does not list the page of a portal that asks; nothing begins there.
    PortalNotListed,
    /// The proof of work is missing, wrong, used or too old: solve a new one.
    WorkRefused,
    /// There is no such attempt, or the token does not open it.
    AttemptUnknown,
    /// The step that the attempt is at does not take this request; the attempt says where it is.
    NotExpected,
    /// The method is not offered for this gate.
    MethodNotOffered,
    /// What was typed cannot be a phone number.
    PhoneMalformed,
    /// The number is of a type that is neither called nor texted; nothing was judged.
    PhoneNotAllowed {
        /// The type of the number.
        number_type: RefusedNumberType,
    },
    /// The number is not the one on file.
    PhoneMismatch {
        /// Wrong numbers until the lock, the one that locks among them: with 1, the next wrong one
        /// locks.
        tries_left: u8,
    },
    /// Another code was asked for too soon.
    ResendTooSoon {
        /// When it may be asked for.
        retry_at: Timestamp,
    },
    /// Not as many digits as the code has; nothing was judged.
    CodeMalformed {
        /// How many it has.
        length: CodeLength,
    },
    /// Not the code.
    CodeWrong {
        /// Wrong codes until the lock, the one that locks among them: with 1, the next wrong one
        /// locks.
        tries_left: u8,
    },
    /// The code was right once: its time is over.
    CodeExpired,
    /// An earlier code; a newer one was sent since.
    CodeSuperseded,
    /// The code was used already.
    CodeUsed,
    /// Too many wrong tries: the code is dead, another one has to be asked for.
    CodeSpent {
        /// Wrong codes until the lock, the one that locks among them: with 1, the next wrong one
        /// locks.
        tries_left: u8,
    },
    /// Not every question was answered; nothing was judged.
    AnswersIncomplete,
    /// One answer at least is wrong. The attempt has other questions now.
    AnswersWrong {
        /// Wrong tries until the lock, the one that locks among them: with 1, the next wrong one
        /// locks.
        tries_left: u8,
    },
    /// Too many wrong tries have closed this method; the attempt says which others are open.
    MethodLocked {
        /// When it is open again.
        until: Timestamp,
    },
    /// The password breaks these rules. Every gate stays passed.
    PasswordRefused(Vec<PasswordRefusal>),
    /// The directory refused the password by a rule of its own. Every gate stays passed.
    DirectoryRefused(DirectoryRule),
    /// The directory (`SSPR_0030`) cannot be reached now. Every gate stays passed.
    DirectoryUnreachable,
    /// The service for breached passwords cannot be reached now, and no password is taken without
    /// its answer. Every gate stays passed.
    BreachServiceUnreachable,
    /// The directory does not let us do this (`SSPR_0029`). Every gate stays passed.
    DirectoryMisconfigured,
    /// The directory did not say whether it was done. Every gate stays passed.
    OutcomeUnknown,
    /// More requests than are taken; try again at that moment.
    TooManyRequests {
        /// When it can be tried again.
        retry_at: Timestamp,
    },
    /// The same idempotency key came with another request.
    KeyReused,
    /// The request with this idempotency key is still being done.
    KeyInUse,
    /// A body that is not what the API describes.
    Malformed,
    /// The service broke.
    Internal,
}

/// The types of numbers that are never called or texted.
#[wire]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum RefusedNumberType {
    /// Dearer than other numbers: its owner earns from each call.
    PremiumRate,
    /// Paid for by both sides.
    SharedCost,
    /// A pager.
    Pager,
    /// An answering machine.
    Voicemail,
}

impl RefusedNumberType {
    /// The refused type of a number. `None` for a type that the service calls or texts.
    pub const fn of(number_type: NumberType) -> Option<Self> {
        match number_type {
            NumberType::PremiumRate => Some(Self::PremiumRate),
            NumberType::SharedCost => Some(Self::SharedCost),
            NumberType::Pager => Some(Self::Pager),
            NumberType::Voicemail => Some(Self::Voicemail),
            NumberType::FixedLine
            | NumberType::Mobile
            | NumberType::TollFree
            | NumberType::Personal
            | NumberType::Voip
            | NumberType::Uan => None,
        }
    }
}

/// As much as a directory says of the rule that refused a password.
#[wire]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DirectoryRule {
    /// Some rule: length, classes, history or age. Active Directory does not say which.
    Policy,
    /// It was used before.
    History,
    /// The last change was too short a time ago.
    MinimumAge,
    /// Too short.
    Length,
    /// Not varied enough.
    Quality,
}

impl ProblemKind {
    /// The `type` member of the problem: a reference that the service resolves to a page about it.
    pub fn type_uri(&self) -> String {
        ["/problems/", self.name()].concat()
    }

    /// The HTTP status of the problem (RFC 9110; 429 by RFC 6585).
    pub const fn status(&self) -> u16 {
        match self {
            Self::Malformed
            | Self::IdentifierEmpty
            | Self::IdentifierTooLong
            | Self::IdentifierMalformed
            | Self::OrganisationMissing => 400,
            // A client without the right token must not learn whether the attempt exists.
            Self::AttemptUnknown => 401,
            Self::PortalNotListed => 403,
            Self::NotExpected | Self::KeyInUse => 409,
            Self::ResendTooSoon { .. } | Self::TooManyRequests { .. } => 429,
            Self::Internal | Self::DirectoryMisconfigured => 500,
            Self::DirectoryUnreachable | Self::BreachServiceUnreachable => 503,
            Self::OutcomeUnknown => 504,
            Self::OrganisationUnknown
            | Self::OrganisationOther { .. }
            | Self::WorkRefused
            | Self::MethodNotOffered
            | Self::PhoneMalformed
            | Self::PhoneNotAllowed { .. }
            | Self::PhoneMismatch { .. }
            | Self::CodeMalformed { .. }
            | Self::CodeWrong { .. }
            | Self::CodeExpired
            | Self::CodeSuperseded
            | Self::CodeUsed
            | Self::CodeSpent { .. }
            | Self::MethodLocked { .. }
            | Self::AnswersIncomplete
            | Self::AnswersWrong { .. }
            | Self::PasswordRefused(_)
            | Self::DirectoryRefused(_)
            | Self::KeyReused => 422,
        }
    }
}
