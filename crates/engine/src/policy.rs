//! A tenant's policy: the number of gates, the methods, and the limits.
//!
//! [`PolicySettings`] is what an administrator writes. A [`Policy`] can only be made from valid
//! settings, so no later code checks them again.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use postern_protocol::{CODE_LENGTH_MAX, CODE_LENGTH_MIN, CodeLength, Method};
use serde::{Deserialize, Serialize};

use crate::ledger::TRIES_MAX;
use crate::proof::gates::Factor;
use crate::throttle::{Limit, Throttles};

/// How long a code works if the policy does not set it (Microsoft Entra documentation,
/// `passwords-faq`).
const CODE_LIFETIME_SECONDS_DEFAULT: u16 = 5 * 60;

/// The longest time that a code may work (OWASP ASVS 5.0, 6.5.5; NIST SP 800-63B-4 section 4.2.1.2
/// for texts).
const CODE_LIFETIME_SECONDS_MAX: u16 = 10 * 60;

/// The shortest time that a code may work: a text may take most of a minute to arrive.
const CODE_LIFETIME_SECONDS_MIN: u16 = 60;

/// How long a person has to wait before they can ask for another code. Most texts arrive within 20
/// seconds (Microsoft Entra documentation, `passwords-faq`). A second code that is sent sooner
/// would retire the first one before it arrives.
const RESEND_COOL_DOWN_SECONDS_DEFAULT: u16 = 30;

/// The longest cool-down. A longer one would outlast an ordinary code.
const RESEND_COOL_DOWN_SECONDS_MAX: u16 = 5 * 60;

/// How long an attempt lasts (Microsoft Entra documentation, `passwords-faq`).
const SESSION_SECONDS_DEFAULT: u16 = 15 * 60;

/// The limits of an attempt's time. The shortest has room for a code. The longest is four times the
/// reference's.
const SESSION_SECONDS: core::ops::RangeInclusive<u16> = 5 * 60..=60 * 60;

/// The limits of the number of questions, as in the reference (Microsoft Entra documentation,
/// `concept-authentication-security-questions`).
const QUESTIONS: core::ops::RangeInclusive<u8> = 3..=5;

/// The choices of an administrator. The defaults are the reference's: one gate, mail or text, every
/// account.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct PolicySettings {
    /// The number of proofs that a person has to give: 1 or 2. Administrators always give two.
    pub gates_required: u8,
    /// The methods that can pass a gate. Administrators never have questions, whatever this list
    /// says.
    pub methods: Vec<Method>,
    /// The accounts that may use self-service.
    pub scope: Scope,
    /// Whether the page asks people if they want to unlock the account without a new password.
    pub separate_unlock: bool,
    /// The number of questions to register: 3 to 5.
    pub questions_to_register: u8,
    /// The number of questions to answer: 3 to 5, and no more than registered.
    pub questions_to_reset: u8,
    /// The number of digits of a code: 6 to 10.
    pub code_length: CodeLength,
    /// How long a code works: 60 to 600 seconds.
    pub code_lifetime_seconds: u16,
    /// How long a person has to wait before they can ask for another code: up to 300 seconds, and
    /// less than the lifetime of a code.
    pub resend_cool_down_seconds: u16,
    /// How long an attempt lasts: 300 to 3600 seconds.
    pub session_seconds: u16,
    /// What a lock closes.
    pub lock: LockScope,
    /// The limits of tries.
    pub throttles: Throttles,
}

/// What a lock closes after too many wrong tries.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LockScope {
    /// Every method of the account, as in the reference.
    #[default]
    Account,
    /// The method with the wrong tries, and no other.
    Method,
}

/// Who may use self-service.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Every account.
    #[default]
    All,
    /// Members of these groups. [`Person::groups`](crate::Person::groups) includes groups that
    /// contain the person's groups.
    Groups(Vec<String>),
}

impl Default for PolicySettings {
    fn default() -> Self {
        Self {
            gates_required: 1,
            methods: Vec::from([Method::Email, Method::MobileSms]),
            scope: Scope::All,
            separate_unlock: false,
            questions_to_register: 5,
            questions_to_reset: 3,
            code_length: CodeLength::DEFAULT,
            code_lifetime_seconds: CODE_LIFETIME_SECONDS_DEFAULT,
            resend_cool_down_seconds: RESEND_COOL_DOWN_SECONDS_DEFAULT,
            session_seconds: SESSION_SECONDS_DEFAULT,
            lock: LockScope::default(),
            throttles: Throttles::REFERENCE,
        }
    }
}

/// A policy with valid settings.
///
/// ```
/// use postern_engine::policy::{Policy, PolicyError, PolicySettings};
/// use postern_protocol::Method;
///
/// let settings = PolicySettings { gates_required: 2, ..PolicySettings::default() };
/// assert!(Policy::new(settings).is_ok());
///
/// let settings = PolicySettings { methods: vec![Method::AuthenticatorCode], ..PolicySettings::default() };
/// assert_eq!(Policy::new(settings), Err(PolicyError::AuthenticatorAlone));
/// ```
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "PolicySettings", into = "PolicySettings")]
pub struct Policy(PolicySettings);

/// Why settings are invalid.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PolicyError {
    /// The number of gates is neither one nor two.
    Gates,
    /// The methods cannot pass so many gates. Mobile text and mobile call are one phone and pass
    /// one gate together.
    TooFewMethods,
    /// The authenticator app would be the only way through a gate (Microsoft Entra documentation,
    /// `concept-sspr-howitworks`): a person who loses the phone with the app could not get back in.
    AuthenticatorAlone,
    /// The number of questions to register or to answer is not 3 to 5, or more have to be answered
    /// than registered.
    Questions,
    /// A code has fewer than 6 digits or more than 10.
    CodeLength,
    /// A code works for less than 60 seconds or for more than 600.
    CodeLifetime,
    /// The cool-down is more than 300 seconds, or not less than the lifetime of a code.
    ResendCoolDown,
    /// An attempt lasts less than 300 seconds or more than 3600.
    Session,
    /// A limit allows no tries or more than 100, a window has no seconds or more than a day, the
    /// codes per day are none or more than 100, or a lock has no seconds.
    Throttles,
}

impl Policy {
    /// Makes a policy from valid settings.
    ///
    /// # Errors
    ///
    /// The first problem of the settings.
    pub fn new(settings: PolicySettings) -> Result<Self, PolicyError> {
        let mut settings = settings;
        settings.methods.sort_unstable();
        settings.methods.dedup();
        check(&settings)?;
        Ok(Self(settings))
    }

    /// The settings.
    pub const fn settings(&self) -> &PolicySettings {
        &self.0
    }

    /// Whether a method is enabled.
    pub fn allows(&self, method: Method) -> bool {
        self.0.methods.contains(&method)
    }

    pub(crate) fn code_lifetime(&self) -> Duration {
        Duration::from_secs(u64::from(self.0.code_lifetime_seconds))
    }

    pub(crate) fn resend_cool_down(&self) -> Duration {
        Duration::from_secs(u64::from(self.0.resend_cool_down_seconds))
    }

    pub(crate) fn session(&self) -> Duration {
        Duration::from_secs(u64::from(self.0.session_seconds))
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self::new(PolicySettings::default()).expect("the default settings make a policy")
    }
}

impl TryFrom<PolicySettings> for Policy {
    type Error = PolicyError;

    fn try_from(settings: PolicySettings) -> Result<Self, PolicyError> {
        Self::new(settings)
    }
}

impl From<Policy> for PolicySettings {
    fn from(policy: Policy) -> Self {
        policy.0
    }
}

fn check(settings: &PolicySettings) -> Result<(), PolicyError> {
    let ensure = |holds: bool, error| if holds { Ok(()) } else { Err(error) };
    let gates = usize::from(settings.gates_required);
    ensure((1..=2).contains(&gates), PolicyError::Gates)?;
    ensure(
        Factor::count(&settings.methods) >= gates,
        PolicyError::TooFewMethods,
    )?;
    let others: Vec<Method> = settings
        .methods
        .iter()
        .copied()
        .filter(|method| *method != Method::AuthenticatorCode)
        .collect();
    ensure(
        Factor::count(&others) >= gates,
        PolicyError::AuthenticatorAlone,
    )?;
    ensure(
        QUESTIONS.contains(&settings.questions_to_register)
            && QUESTIONS.contains(&settings.questions_to_reset)
            && settings.questions_to_reset <= settings.questions_to_register,
        PolicyError::Questions,
    )?;
    ensure(
        (CODE_LENGTH_MIN..=CODE_LENGTH_MAX).contains(&settings.code_length.digits()),
        PolicyError::CodeLength,
    )?;
    ensure(
        (CODE_LIFETIME_SECONDS_MIN..=CODE_LIFETIME_SECONDS_MAX)
            .contains(&settings.code_lifetime_seconds),
        PolicyError::CodeLifetime,
    )?;
    ensure(
        settings.resend_cool_down_seconds <= RESEND_COOL_DOWN_SECONDS_MAX
            && settings.resend_cool_down_seconds < settings.code_lifetime_seconds,
        PolicyError::ResendCoolDown,
    )?;
    ensure(
        SESSION_SECONDS.contains(&settings.session_seconds),
        PolicyError::Session,
    )?;
    let Throttles {
        identity,
        phone_number,
        text,
        mail,
        call,
        codes_per_day,
        authenticator_code,
        questions,
        refused_password,
        reset,
        help,
        lock_seconds,
    } = settings.throttles;
    ensure(
        [
            identity,
            phone_number,
            text,
            mail,
            call,
            authenticator_code,
            questions,
            refused_password,
            reset,
            help,
        ]
        .into_iter()
        .all(Limit::is_possible)
            && (1..=TRIES_MAX).contains(&codes_per_day)
            && lock_seconds > 0,
        PolicyError::Throttles,
    )
}

impl fmt::Display for PolicyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Gates => "gates-required is 1 or 2",
            Self::TooFewMethods => {
                "methods: fewer ways are enabled than gates-required asks for; mobile-sms and mobile-call are one phone and count once"
            }
            Self::AuthenticatorAlone => {
                "methods: beside authenticator-code there have to be as many other ways as gates-required says, since a person who lost the phone \
                 with the app needs them: add email, mobile-sms or another"
            }
            Self::Questions => {
                "questions-to-register and questions-to-reset are 3 to 5, and no more to reset than to register"
            }
            Self::CodeLength => "code-length is 6 to 10 digits",
            Self::CodeLifetime => "code-lifetime-seconds is 60 to 600",
            Self::ResendCoolDown => {
                "resend-cool-down-seconds is at most 300, and less than code-lifetime-seconds"
            }
            Self::Session => "session-seconds is 300 to 3600",
            Self::Throttles => {
                "a limit is 1 to 100 tries in 1 to 86400 seconds, codes-per-day is 1 to 100, and a lock lasts a second at least"
            }
        })
    }
}

impl core::error::Error for PolicyError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(change: impl FnOnce(&mut PolicySettings)) -> Result<Policy, PolicyError> {
        let mut settings = PolicySettings::default();
        change(&mut settings);
        Policy::new(settings)
    }

    #[test]
    fn an_authenticator_needs_as_many_others_as_there_are_gates() {
        use Method::{AuthenticatorCode, Email, MobileCall, MobileSms};
        let policy = |gates, methods: &[Method]| {
            with(|settings| {
                settings.gates_required = gates;
                settings.methods = methods.to_vec();
            })
            .map(|_| ())
        };
        let alone = Err(PolicyError::AuthenticatorAlone);
        assert_eq!(policy(1, &[AuthenticatorCode]), alone);
        assert_eq!(policy(1, &[AuthenticatorCode, Email]), Ok(()));
        assert_eq!(policy(2, &[AuthenticatorCode, Email]), alone);
        assert_eq!(policy(2, &[AuthenticatorCode, Email, MobileSms]), Ok(()));
        assert_eq!(
            policy(2, &[MobileCall, MobileSms]),
            Err(PolicyError::TooFewMethods)
        );
    }

    #[test]
    fn what_is_out_of_bounds_makes_no_policy() {
        assert_eq!(with(|it| it.gates_required = 0), Err(PolicyError::Gates));
        assert_eq!(with(|it| it.gates_required = 3), Err(PolicyError::Gates));
        assert_eq!(
            with(|it| it.methods.clear()),
            Err(PolicyError::TooFewMethods)
        );
        assert_eq!(
            with(|it| it.questions_to_reset = 2),
            Err(PolicyError::Questions)
        );
        assert_eq!(
            with(|it| it.questions_to_register = 6),
            Err(PolicyError::Questions)
        );
        assert_eq!(
            with(|it| (it.questions_to_register, it.questions_to_reset) = (3, 4)),
            Err(PolicyError::Questions)
        );
        assert_eq!(
            with(|it| it.code_lifetime_seconds = 601),
            Err(PolicyError::CodeLifetime)
        );
        assert_eq!(
            with(|it| it.code_lifetime_seconds = 59),
            Err(PolicyError::CodeLifetime)
        );
        assert_eq!(
            with(|it| it.resend_cool_down_seconds = it.code_lifetime_seconds),
            Err(PolicyError::ResendCoolDown)
        );
        assert_eq!(
            with(|it| it.session_seconds = 299),
            Err(PolicyError::Session)
        );
        assert_eq!(
            with(|it| it.throttles.mail.tries = 101),
            Err(PolicyError::Throttles)
        );
        assert_eq!(
            with(|it| it.throttles.text.window_seconds = 0),
            Err(PolicyError::Throttles)
        );
        for codes_per_day in [0, 101] {
            assert_eq!(
                with(|it| it.throttles.codes_per_day = codes_per_day),
                Err(PolicyError::Throttles)
            );
        }
    }

    #[test]
    fn a_policy_that_makes_no_sense_cannot_be_read_either() {
        let read = |text| serde_json::from_str::<Policy>(text);
        assert!(read(r#"{"gates-required": 2}"#).is_ok());
        assert!(read(r#"{"gates-required": 3}"#).is_err());
        assert!(read(r#"{"code-length": 99}"#).is_err());
    }
}
