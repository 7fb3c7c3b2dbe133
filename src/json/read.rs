//! What a tree of JSON says, as the types of the protocol.
//!
//! The names are those of serde's derives in `postern_protocol`, which the service reads and writes with. They stand here a
//! second time because a derived reader is compiled for each type and each format anew: a third of the page.

use postern_protocol::password::{
    CharacterClass, PASSWORD_LENGTH_MAX, PasswordRefusal, PasswordRules, TermList,
};
use postern_protocol::work::{Challenge, Parameters, Payload, Solution};
use postern_protocol::{
    AnswerQuestions, Attempt, AttemptId, AwaitCall, ChooseMethod, ChoosePassword, CodeLength,
    CorrelationId, DirectoryRule, Done, EndReason, EnterCode, EnterPhone, Gates, Guid, Help,
    Method, Notice, Offer, Problem, ProblemKind, Purpose, Question, QuestionText, Refusal, Refused,
    Started, Step, SupportCode, Timestamp,
};

use super::{Json, Members};

/// What can be read from JSON.
pub(crate) trait FromJson: Sized {
    /// The value, if the tree is one.
    fn from_json(json: Json) -> Option<Self>;

    /// What stands for a member that is not there; nothing, unless it may be left out.
    fn absent() -> Option<Self> {
        None
    }
}

/// Takes the member of that name out of an object.
fn take(members: &mut Members, name: &str) -> Option<Json> {
    let at = members.iter().position(|(own, _)| own == name)?;
    Some(members.swap_remove(at).1)
}

fn member<T: FromJson>(members: &mut Members, name: &str) -> Option<T> {
    take(members, name).map_or_else(T::absent, T::from_json)
}

/// A variant: its name, or an object with one member that is named after it.
fn variant(json: Json) -> Option<(String, Option<Json>)> {
    match json {
        Json::Text(name) => Some((name, None)),
        Json::Object(mut members) if members.len() == 1 => {
            members.pop().map(|(name, content)| (name, Some(content)))
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::List(_) | Json::Object(_) => None,
    }
}

fn object(json: Json) -> Option<Members> {
    match json {
        Json::Object(members) => Some(members),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::List(_) => None,
    }
}

// The shapes.

/// A struct, each of its fields a member. Where the wire has another name for it, that stands in front.
macro_rules! object {
    ($type:ident { $($field:ident $(= $name:literal)?),+ $(,)? }) => {
        impl FromJson for $type {
            fn from_json(json: Json) -> Option<Self> {
                let mut members = object(json)?;
                Some(Self { $($field: member(&mut members, object!(@name $field $($name)?))?),+ })
            }
        }
    };
    (@name $field:ident $name:literal) => { $name };
    (@name $field:ident) => { stringify!($field) };
}

/// An enum, each variant by its name: alone, around a value, or around an object.
macro_rules! variants {
    ($type:ident { $($name:literal $variant:ident $(($($value:tt)+))? $({ $($field:ident),+ })?),+ $(,)? }) => {
        impl FromJson for $type {
            fn from_json(json: Json) -> Option<Self> {
                let (name, content) = variant(json)?;
                Some(match name.as_str() {
                    $($name => variants!(@read content $variant $(($($value)+))? $({ $($field),+ })?),)+
                    _ => return None,
                })
            }
        }
    };
    (@read $content:ident $variant:ident) => {
        if $content.is_none() { Self::$variant } else { return None }
    };
    (@read $content:ident $variant:ident (_)) => { Self::$variant(FromJson::from_json($content?)?) };
    (@read $content:ident $variant:ident { $($field:ident),+ }) => {{
        let mut members = object($content?)?;
        Self::$variant { $($field: member(&mut members, stringify!($field))?),+ }
    }};
}

macro_rules! integers {
    ($($type:ident)+) => {
        $(impl FromJson for $type {
            fn from_json(json: Json) -> Option<Self> {
                i64::from_json(json)?.try_into().ok()
            }
        })+
    };
}

impl FromJson for i64 {
    fn from_json(json: Json) -> Option<Self> {
        if let Json::Number(number) = json {
            Some(number)
        } else {
            None
        }
    }
}

integers!(u8 u16 u32);

impl FromJson for bool {
    fn from_json(json: Json) -> Option<Self> {
        if let Json::Bool(value) = json {
            Some(value)
        } else {
            None
        }
    }
}

impl FromJson for String {
    fn from_json(json: Json) -> Option<Self> {
        if let Json::Text(text) = json {
            Some(text)
        } else {
            None
        }
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(json: Json) -> Option<Self> {
        if let Json::Null = json {
            Some(None)
        } else {
            T::from_json(json).map(Some)
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: FromJson> FromJson for Box<T> {
    fn from_json(json: Json) -> Option<Self> {
        T::from_json(json).map(Self::new)
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(json: Json) -> Option<Self> {
        let Json::List(items) = json else { return None };
        items.into_iter().map(T::from_json).collect()
    }
}

// The types.

impl FromJson for Timestamp {
    fn from_json(json: Json) -> Option<Self> {
        i64::from_json(json).map(Self::from_seconds)
    }
}

impl FromJson for CodeLength {
    fn from_json(json: Json) -> Option<Self> {
        u8::from_json(json).and_then(|digits| Self::try_from(digits).ok())
    }
}

impl FromJson for Guid {
    fn from_json(json: Json) -> Option<Self> {
        String::from_json(json)?.parse().ok()
    }
}

macro_rules! guids {
    ($($type:ident)+) => {
        $(impl FromJson for $type {
            fn from_json(json: Json) -> Option<Self> {
                Guid::from_json(json).map(Self)
            }
        })+
    };
}

guids!(AttemptId CorrelationId SupportCode);

/// The notices, which may be left out.
struct Notices(Vec<Notice>);

impl FromJson for Notices {
    fn from_json(json: Json) -> Option<Self> {
        Vec::from_json(json).map(Self)
    }

    fn absent() -> Option<Self> {
        Some(Self(Vec::new()))
    }
}

impl FromJson for Attempt {
    fn from_json(json: Json) -> Option<Self> {
        let mut members = object(json)?;
        let notices: Notices = member(&mut members, "notices")?;
        Some(Self {
            id: member(&mut members, "id")?,
            correlation_id: member(&mut members, "correlation_id")?,
            support_code: member(&mut members, "support_code")?,
            tenant_name: member(&mut members, "tenant_name")?,
            default_region: member(&mut members, "default_region")?,
            identifier: member(&mut members, "identifier")?,
            purpose: member(&mut members, "purpose")?,
            asks_purpose: member(&mut members, "asks_purpose")?,
            now: member(&mut members, "now")?,
            expires_at: member(&mut members, "expires_at")?,
            gates: member(&mut members, "gates")?,
            step: member(&mut members, "step")?,
            help: member(&mut members, "help")?,
            notices: notices.0,
        })
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
    hint
});
object!(EnterCode {
    gate,
    offers,
    method,
    hint,
    length,
    tries_left,
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
    questions
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
object!(Payload {
    challenge,
    solution
});
object!(Challenge {
    parameters,
    signature
});
object!(Solution { counter, derived_key = "derivedKey" });
object!(Parameters {
    algorithm,
    cost,
    expires_at = "expiresAt",
    key_length = "keyLength",
    key_prefix = "keyPrefix",
    key_signature = "keySignature",
    nonce,
    salt,
});

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
variants!(EndReason { "expired" Expired, "cancelled" Cancelled });
variants!(Notice {
    "extension-stripped" ExtensionStripped(_),
    "number-not-in-plan" NumberNotInPlan,
    "code-sent-again" CodeSentAgain,
    "help-requested" HelpRequested,
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
    "work-refused" WorkRefused,
    "attempt-unknown" AttemptUnknown,
    "not-expected" NotExpected,
    "method-not-offered" MethodNotOffered,
    "phone-malformed" PhoneMalformed,
    "phone-mismatch" PhoneMismatch { tries_left },
    "resend-too-soon" ResendTooSoon { retry_at },
    "code-malformed" CodeMalformed { length },
    "code-wrong" CodeWrong { tries_left },
    "code-expired" CodeExpired,
    "code-superseded" CodeSuperseded,
    "code-used" CodeUsed,
    "code-spent" CodeSpent,
    "answers-incomplete" AnswersIncomplete,
    "answers-wrong" AnswersWrong { tries_left },
    "password-refused" PasswordRefused(_),
    "directory-refused" DirectoryRefused(_),
    "directory-unreachable" DirectoryUnreachable,
    "directory-misconfigured" DirectoryMisconfigured,
    "outcome-unknown" OutcomeUnknown,
    "too-many-requests" TooManyRequests { retry_at },
    "key-reused" KeyReused,
    "key-in-use" KeyInUse,
    "malformed" Malformed,
    "internal" Internal,
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
    "contains-identifier" ContainsIdentifier,
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
    fn from_json(json: Json) -> Option<Self> {
        let mut members = object(json)?;
        let rules = Self {
            min_length: member(&mut members, "min_length")?,
            max_length: member(&mut members, "max_length")?,
            classes_required: member(&mut members, "classes_required")?,
            ascii_only: member(&mut members, "ascii_only")?,
        };
        let lengths_fit = 1 <= rules.min_length && rules.min_length <= rules.max_length;
        let classes_fit = usize::from(rules.classes_required) <= CharacterClass::ALL.len();
        (lengths_fit && rules.max_length <= PASSWORD_LENGTH_MAX && classes_fit).then_some(rules)
    }
}
