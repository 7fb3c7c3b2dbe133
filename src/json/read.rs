//! Reads a JSON tree as the types of the protocol.
//!
//! The names are those of serde's derives in `postern_protocol`, which the service uses to read and
//! write. They are repeated here because the compiler generates a derived reader again for each
//! type and each format: a third of the page.
//!
//! If a value does not fit, the reader sets a flag and continues with an arbitrary value. It checks
//! the flag once at the end. A reader that stops at the first misfit would need code at each such
//! stop to drop the values that it has read so far.

use std::cell::Cell;

use postern_protocol::password::{
    CharacterClass, PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN, PasswordRefusal, PasswordRules,
    TermList,
};
use postern_protocol::{
    AnswerQuestions, Attempt, AttemptId, AwaitCall, ChooseMethod, ChoosePassword, CodeLength,
    CorrelationId, DirectoryRule, Done, EndReason, EnterCode, EnterPhone, Gates, Guid, Help,
    Method, Notice, Offer, Problem, ProblemKind, Purpose, Question, QuestionText, Refusal, Refused,
    RefusedNumberType, Started, Step, SupportCode, Timestamp,
};

use super::tree::Json;

/// Reads a tree as one value; `None` if it does not fit.
pub(crate) fn read<T: FromJson>(json: &Json) -> Option<T> {
    let fits = Cell::new(true);
    let value = T::from_json(Reading { json, fits: &fits });
    fits.get().then_some(value)
}

/// A type that can be read from JSON.
pub(crate) trait FromJson: Sized {
    /// Returns the value. If the JSON does not fit, it sets the flag and returns an arbitrary
    /// value.
    fn from_json(from: Reading<'_>) -> Self;
}

/// A place in a tree, and the flag that records whether everything has fitted so far.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    json: &'a Json,
    fits: &'a Cell<bool>,
}

impl<'a> Reading<'a> {
    /// Records that the JSON does not fit.
    pub(crate) fn misfit(self) {
        self.fits.set(false);
    }

    /// Unwraps a value. If it is `None`, records a misfit and returns the default.
    fn fitting<T: Default>(self, value: Option<T>) -> T {
        if value.is_none() {
            self.misfit();
        }
        value.unwrap_or_default()
    }

    fn at(self, json: &'a Json) -> Self {
        Self { json, ..self }
    }

    /// The members of an object.
    pub(crate) fn members(self) -> impl Iterator<Item = (&'a str, Self)> {
        let members: &[_] = if let Json::Object(members) = self.json {
            members
        } else {
            self.misfit();
            &[]
        };
        members
            .iter()
            .map(move |(name, json)| (name.as_str(), self.at(json)))
    }

    /// The member with this name, if it exists.
    fn member(self, name: &str) -> Option<Self> {
        self.members()
            .find(|(own, _)| *own == name)
            .map(|(_, json)| json)
    }

    /// The field with this name; a missing field is read as null.
    pub(crate) fn field<T: FromJson>(self, name: &str) -> T {
        T::from_json(self.member(name).unwrap_or(self.at(&Json::Null)))
    }

    /// Reads a variant: its name, or an object with one member that has the name of the variant.
    /// Returns the number and the content of the variant.
    fn variant(self, names: &[&str]) -> (usize, Self) {
        let (name, content) = match self.json {
            Json::Text(name) => (name.as_str(), self.at(&Json::Null)),
            Json::Object(members) if members.len() == 1 => {
                self.members().next().unwrap_or(("", self))
            }
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::List(_) | Json::Object(_) => {
                ("", self)
            }
        };
        let number = names.iter().position(|own| *own == name);
        (self.fitting(number), content)
    }

    fn integer(self) -> i64 {
        if let Json::Number(number) = self.json {
            *number
        } else {
            self.misfit();
            0
        }
    }

    fn text(self) -> &'a str {
        if let Json::Text(text) = self.json {
            text
        } else {
            self.misfit();
            ""
        }
    }

    /// Checks that a variant without content has none.
    fn nothing(self) {
        if !matches!(self.json, Json::Null) {
            self.misfit();
        }
    }
}

// The shapes.

/// A struct, with one member for each field.
macro_rules! object {
    ($type:ident { $($field:ident),+ $(,)? }) => {
        impl FromJson for $type {
            fn from_json(from: Reading<'_>) -> Self {
                Self { $($field: from.field(stringify!($field))),+ }
            }
        }
    };
}

/// An enum, with each variant by its name: alone, around a value, or around an object. A misfit
/// gives the first variant.
macro_rules! variants {
    ($type:ident {
        $first_name:literal $first:ident $(($($first_value:tt)+))? $({ $($first_field:ident),+ })?
        $(, $name:literal $variant:ident $(($($value:tt)+))? $({ $($field:ident),+ })?)* $(,)?
    }) => {
        impl FromJson for $type {
            fn from_json(from: Reading<'_>) -> Self {
                let (number, content) = from.variant(&[$first_name $(, $name)*]);
                let mut next = 0;
                $(next += 1;
                if number == next {
                    return variants!(@read content $variant $(($($value)+))? $({ $($field),+ })?);
                })*
                variants!(@read content $first $(($($first_value)+))? $({ $($first_field),+ })?)
            }
        }
    };
    (@read $content:ident $variant:ident) => {{
        $content.nothing();
        Self::$variant
    }};
    (@read $content:ident $variant:ident (_)) => { Self::$variant(FromJson::from_json($content)) };
    (@read $content:ident $variant:ident { $($field:ident),+ }) => {
        Self::$variant { $($field: $content.field(stringify!($field))),+ }
    };
}

macro_rules! integers {
    ($($type:ident)+) => {
        $(impl FromJson for $type {
            fn from_json(from: Reading<'_>) -> Self {
                from.fitting(from.integer().try_into().ok())
            }
        })+
    };
}

integers!(u8 u16 u32);

impl FromJson for bool {
    fn from_json(from: Reading<'_>) -> Self {
        from.fitting(match from.json {
            Json::Bool(value) => Some(*value),
            Json::Null | Json::Number(_) | Json::Text(_) | Json::List(_) | Json::Object(_) => None,
        })
    }
}

impl FromJson for String {
    fn from_json(from: Reading<'_>) -> Self {
        from.text().to_owned()
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(from: Reading<'_>) -> Self {
        if let Json::Null = from.json {
            None
        } else {
            Some(T::from_json(from))
        }
    }
}

impl<T: FromJson> FromJson for Box<T> {
    fn from_json(from: Reading<'_>) -> Self {
        Self::new(T::from_json(from))
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(from: Reading<'_>) -> Self {
        let items: &[_] = if let Json::List(items) = from.json {
            items
        } else {
            from.misfit();
            &[]
        };
        items
            .iter()
            .map(|item| T::from_json(from.at(item)))
            .collect()
    }
}

// The types.

impl FromJson for Timestamp {
    fn from_json(from: Reading<'_>) -> Self {
        Self::from_seconds(from.integer())
    }
}

impl FromJson for CodeLength {
    fn from_json(from: Reading<'_>) -> Self {
        let length = u8::from_json(from).try_into();
        length.unwrap_or_else(|_| {
            from.misfit();
            Self::DEFAULT
        })
    }
}

macro_rules! guids {
    ($($type:ident)+) => {
        $(impl FromJson for $type {
            fn from_json(from: Reading<'_>) -> Self {
                Self(guid(from))
            }
        })+
    };
}

guids!(AttemptId CorrelationId SupportCode);

fn guid(from: Reading<'_>) -> Guid {
    from.text().parse().unwrap_or_else(|_| {
        from.misfit();
        Guid::from_random(0)
    })
}

impl FromJson for Attempt {
    fn from_json(from: Reading<'_>) -> Self {
        Self {
            id: from.field("id"),
            correlation_id: from.field("correlation_id"),
            support_code: from.field("support_code"),
            tenant_name: from.field("tenant_name"),
            default_region: from.field("default_region"),
            identifier: from.field("identifier"),
            purpose: from.field("purpose"),
            asks_purpose: from.field("asks_purpose"),
            now: from.field("now"),
            expires_at: from.field("expires_at"),
            gates: from.field("gates"),
            step: from.field("step"),
            locked_until: from.field("locked_until"),
            help: from.field("help"),
            // This member is optional.
            notices: from
                .member("notices")
                .map(FromJson::from_json)
                .unwrap_or_default(),
        }
    }
}

object!(Started { attempt, token });
object!(Problem { kind, attempt });
object!(Gates { required, passed });
object!(Help {
    url,
    can_request,
    requested_at
});
object!(Offer { method, hint });
object!(ChooseMethod { gate, offers });
object!(EnterPhone {
    gate,
    offers,
    method,
    hint,
    tries_left
});
object!(EnterCode {
    gate,
    offers,
    method,
    hint,
    length,
    tries_left,
    is_spent,
    expires_at,
    resend_at
});
object!(AwaitCall {
    gate,
    offers,
    method,
    hint,
    called_at,
    retry_at,
    failed
});
object!(AnswerQuestions {
    gate,
    offers,
    questions,
    tries_left
});
object!(Question { id, text });
object!(ChoosePassword {
    rules,
    directory_rules,
    outcome_unknown
});
object!(Done {
    at,
    effective_in_minutes,
    notified,
    sign_in_url
});
object!(Refused { refusal, at });
variants!(Purpose { "reset" Reset, "unlock" Unlock });
variants!(Method {
    "email" Email,
    "mobile-sms" MobileSms,
    "mobile-call" MobileCall,
    "office-call" OfficeCall,
    "questions" Questions,
    "authenticator-code" AuthenticatorCode,
});
variants!(Step {
    "choose-purpose" ChoosePurpose,
    "choose-method" ChooseMethod(_),
    "enter-phone" EnterPhone(_),
    "enter-code" EnterCode(_),
    "await-call" AwaitCall(_),
    "answer-questions" AnswerQuestions(_),
    "choose-password" ChoosePassword(_),
    "confirm-unlock" ConfirmUnlock,
    "writing-back" WritingBack,
    "done" Done(_),
    "refused" Refused(_),
    "locked" Locked { until },
    "ended" Ended { reason },
});
variants!(QuestionText { "predefined" Predefined(_), "custom" Custom(_) });
variants!(EndReason { "expired" Expired, "cancelled" Cancelled, "superseded" Superseded });
variants!(Notice {
    "extension-stripped" ExtensionStripped(_),
    "code-sent-again" CodeSentAgain,
    "help-requested" HelpRequested,
    "method-locked" MethodLocked { until },
});
variants!(Refusal {
    "tenant-disabled" TenantDisabled,
    "write-back-not-enabled" WriteBackNotEnabled,
    "no-policy" NoPolicy,
    "not-licensed" NotLicensed,
    "not-in-group" NotInGroup,
    "not-properly-configured" NotProperlyConfigured,
    "on-premises-admin-action" OnPremisesAdminAction,
    "on-premises-connectivity" OnPremisesConnectivity,
    "could-not-verify" CouldNotVerify,
    "account-not-enabled" AccountNotEnabled,
    "managed-elsewhere" ManagedElsewhere,
});
variants!(ProblemKind {
    "identifier-empty" IdentifierEmpty,
    "identifier-too-long" IdentifierTooLong,
    "identifier-malformed" IdentifierMalformed,
    "organisation-missing" OrganisationMissing,
    "organisation-unknown" OrganisationUnknown,
    "organisation-other" OrganisationOther { tenant_name },
    "portal-not-listed" PortalNotListed,
    "work-refused" WorkRefused,
    "attempt-unknown" AttemptUnknown,
    "not-expected" NotExpected,
    "method-not-offered" MethodNotOffered,
    "phone-malformed" PhoneMalformed,
    "phone-not-allowed" PhoneNotAllowed { number_type },
    "phone-mismatch" PhoneMismatch { tries_left },
    "resend-too-soon" ResendTooSoon { retry_at },
    "code-malformed" CodeMalformed { length },
    "code-wrong" CodeWrong { tries_left },
    "code-expired" CodeExpired,
    "code-superseded" CodeSuperseded,
    "code-used" CodeUsed,
    "code-spent" CodeSpent { tries_left },
    "answers-incomplete" AnswersIncomplete,
    "answers-wrong" AnswersWrong { tries_left },
    "method-locked" MethodLocked { until },
    "password-refused" PasswordRefused(_),
    "directory-refused" DirectoryRefused(_),
    "directory-unreachable" DirectoryUnreachable,
    "breach-service-unreachable" BreachServiceUnreachable,
    "directory-misconfigured" DirectoryMisconfigured,
    "outcome-unknown" OutcomeUnknown,
    "too-many-requests" TooManyRequests { retry_at },
    "key-reused" KeyReused,
    "key-in-use" KeyInUse,
    "malformed" Malformed,
    "internal" Internal,
});
variants!(RefusedNumberType {
    "premium-rate" PremiumRate,
    "shared-cost" SharedCost,
    "pager" Pager,
    "voicemail" Voicemail,
});
variants!(DirectoryRule {
    "policy" Policy,
    "history" History,
    "minimum-age" MinimumAge,
    "length" Length,
    "quality" Quality,
});
variants!(PasswordRefusal {
    "control-character" ControlCharacter,
    "too-short" TooShort { min, actual },
    "too-long" TooLong { max },
    "not-ascii" NotAscii,
    "too-few-classes" TooFewClasses { required, missing },
    "repetition" Repetition,
    "sequence" Sequence,
    "date" Date,
    "contains-identifier" ContainsIdentifier,
    "contains-other-identifier" ContainsOtherIdentifier,
    "contains-name" ContainsName,
    "contains-tenant" ContainsTenant,
    "banned" Banned,
    "banned-custom" BannedCustom,
    "too-guessable" TooGuessable { score, required, lists },
    "same-as-current" SameAsCurrent,
});
variants!(CharacterClass { "lower" Lower, "upper" Upper, "digit" Digit, "symbol" Symbol });
variants!(TermList { "global" Global, "custom" Custom });

impl FromJson for PasswordRules {
    fn from_json(from: Reading<'_>) -> Self {
        let rules = Self {
            min_length: from.field("min_length"),
            max_length: from.field("max_length"),
            classes_required: from.field("classes_required"),
            ascii_only: from.field("ascii_only"),
        };
        let lengths_fit =
            PASSWORD_LENGTH_MIN <= rules.min_length && rules.min_length <= rules.max_length;
        let classes_fit = usize::from(rules.classes_required) <= CharacterClass::ALL.len();
        if !(lengths_fit && rules.max_length <= PASSWORD_LENGTH_MAX && classes_fit) {
            from.misfit();
        }
        rules
    }
}
