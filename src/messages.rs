//! The messages explain problems in words. Only this file turns problems into sentences.
//!
//! The page never shows text that a server wrote. The same words appear in the summary and at the
//! field.

use postern_flow::reset::{Screen, Trouble, TypedTrouble, Wizard};
use postern_kit::browser::{self, is_soon};
use postern_kit::page::Explanation;
use postern_kit::parts::button::SEND;
use postern_phone::ParseError;
use postern_protocol::password::{PasswordRefusal, TermList};
use postern_protocol::{
    DirectoryRule, Method, Notice, ProblemKind, Purpose, QuestionText, Refusal, RefusedNumberType,
    Step, Timestamp,
};

use crate::desk::Desk;
use crate::words::Words;
use postern_protocol::decimal;

/// The current problems, in the current language of the page.
pub(crate) fn explained(desk: Desk) -> Vec<Explanation> {
    explain(desk, desk.words(), &desk.wizard())
}

/// The name of the field for the answer to a question.
pub(crate) fn answer_field(question: u16) -> String {
    ["answer-", &decimal(question)].concat()
}

/// The words of a question.
pub(crate) fn question(words: Words, text: &QuestionText) -> String {
    match text {
        QuestionText::Predefined(number) => predefined(words, *number),
        QuestionText::Custom(own) => own.clone(),
    }
}

/// A notice in words; `None` for one that the page shows elsewhere.
pub(crate) fn said(words: Words, notice: &Notice) -> Option<String> {
    match notice {
        Notice::ExtensionStripped(extension) => Some(words.phone_extension_stripped(extension)),
        Notice::CodeSentAgain => Some(words.code_sent_again()),
        // The contact section itself shows the time.
        Notice::HelpRequested => None,
        Notice::MethodLocked { until } => {
            let time = browser::format_lock_end(words.language().tag, *until);
            Some(words.method_locked(&time))
        }
    }
}

/// The lock under which the attempt continues, and the tries that the person still has here.
pub(crate) fn lock(words: Words, wizard: &Wizard) -> Option<String> {
    let (until, left) = wizard.lock()?;
    let time = browser::format_lock_end(words.language().tag, until);
    Some(words.still_open(left.into(), &time))
}

fn explain(desk: Desk, words: Words, wizard: &Wizard) -> Vec<Explanation> {
    let Some(trouble) = wizard.trouble() else {
        return Vec::new();
    };
    let at = |name: &str, text: String| Explanation {
        field: Some(desk.id(name)),
        text,
    };
    let alone = |text: String| Explanation { field: None, text };
    match trouble {
        Trouble::Lost => vec![alone(words.lost_body())],
        Trouble::Service => vec![alone(words.lost_service())],
        Trouble::Typed(TypedTrouble::AnswersEmpty(empty)) => unanswered(words, wizard, empty)
            .into_iter()
            .map(|(id, text)| at(&answer_field(id), text))
            .collect(),
        Trouble::Typed(trouble) => {
            let (field, text) = typed(words, wizard, trouble);
            vec![at(field, text)]
        }
        // The page shows one problem at a time: the first rule that the password breaks.
        Trouble::Judged(ProblemKind::PasswordRefused(refusals)) => refusals
            .first()
            .map(|refusal| at("password", password(words, refusal)))
            .into_iter()
            .collect(),
        Trouble::Judged(kind) => {
            let (field, text) = judged(words, wizard, kind);
            let mut explained = vec![match field {
                Some(field) => at(&field, text),
                None => alone(text),
            }];
            if let ProblemKind::CodeWrong { .. } = kind
                && let Some(lock) = lock(words, wizard)
            {
                explained.push(alone(lock));
            }
            explained
        }
    }
}

fn typed(words: Words, wizard: &Wizard, trouble: &TypedTrouble) -> (&'static str, String) {
    let digits = || {
        if let Screen::Code(step) = wizard.screen() {
            step.length.digits().into()
        } else {
            0
        }
    };
    match trouble {
        TypedTrouble::IdentifierEmpty => ("identifier", words.identify_empty()),
        TypedTrouble::IdentifierTooLong => {
            ("identifier", words.identify_too_long(identifier_max()))
        }
        TypedTrouble::PurposeEmpty => ("purpose", words.purpose_empty()),
        TypedTrouble::MethodEmpty => ("method", words.method_empty()),
        TypedTrouble::Phone(error) => ("phone", phone(words, *error)),
        TypedTrouble::PhoneNotAllowed(number_type) => {
            ("phone", refused_number(words, *number_type))
        }
        TypedTrouble::CodeEmpty => ("code", words.code_empty()),
        TypedTrouble::CodeTooShort => ("code", words.code_too_short(digits())),
        TypedTrouble::CodeTooLong => ("code", words.code_too_long(digits())),
        TypedTrouble::AnswersEmpty(_) => unreachable!("has a field for each question"),
        TypedTrouble::PasswordEmpty => ("password", words.password_empty()),
    }
}

fn identifier_max() -> u32 {
    u32::try_from(postern_protocol::IDENTIFIER_LENGTH_MAX).unwrap_or(u32::MAX)
}

fn unanswered(words: Words, wizard: &Wizard, empty: &[u16]) -> Vec<(u16, String)> {
    let Screen::Questions(step) = wizard.screen() else {
        return Vec::new();
    };
    let asked = step
        .questions
        .iter()
        .filter(|asked| empty.contains(&asked.id));
    asked
        .map(|asked| {
            (
                asked.id,
                words.questions_empty(&question(words, &asked.text)),
            )
        })
        .collect()
}

fn phone(words: Words, error: ParseError) -> String {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    match error {
        ParseError::Empty => words.phone_empty(),
        ParseError::NoCountryCode => words.phone_no_country(),
        ParseError::UnknownCountryCode { code } => words.phone_unknown_country(&decimal(code)),
        ParseError::TooShort { possible } => words.phone_too_short(number(possible.shortest())),
        ParseError::TooLong { possible } => words.phone_too_long(number(possible.longest())),
        ParseError::ImpossibleLength { .. } => words.phone_length(),
        ParseError::Letters { position } => words.phone_letters(number(position)),
        ParseError::UnexpectedCharacter { position } => words.phone_character(number(position)),
        ParseError::InputTooLong => words.phone_malformed(),
    }
}

/// The reason why the service sends nothing to numbers of this type.
fn refused_number(words: Words, number_type: RefusedNumberType) -> String {
    match number_type {
        RefusedNumberType::PremiumRate => words.phone_premium_rate(),
        RefusedNumberType::SharedCost => words.phone_shared_cost(),
        RefusedNumberType::Pager => words.phone_pager(),
        RefusedNumberType::Voicemail => words.phone_voicemail(),
    }
}

/// The count that a wrong-code message shows. Under a lock, the lock message shows the tries
/// instead.
fn counted(wizard: &Wizard, tries_left: u8) -> u32 {
    wizard.lock().map_or(tries_left, |_| 0).into()
}

#[expect(clippy::too_many_lines, reason = "a table")]
fn judged(words: Words, wizard: &Wizard, kind: &ProblemKind) -> (Option<String>, String) {
    let authenticator = matches!(
        wizard.attempt().map(|attempt| &attempt.step),
        Some(Step::EnterCode(step)) if step.method == Method::AuthenticatorCode
    );
    let unlocking = wizard
        .attempt()
        .is_some_and(|attempt| attempt.purpose == Purpose::Unlock);
    let named = |text: String| (Some("identifier".to_owned()), text);
    let code = |text: String| (Some("code".to_owned()), text);
    let gate = |text: String| {
        let field = if unlocking {
            None
        } else {
            Some("password".to_owned())
        };
        (field, text)
    };
    match kind {
        ProblemKind::IdentifierEmpty => named(words.identify_empty()),
        ProblemKind::IdentifierTooLong => named(words.identify_too_long(identifier_max())),
        ProblemKind::IdentifierMalformed => named(words.identify_malformed()),
        ProblemKind::OrganisationMissing => named(words.identify_organisation_missing()),
        ProblemKind::OrganisationOther { tenant_name } => {
            named(words.identify_organisation_other(tenant_name))
        }
        ProblemKind::PortalNotListed => named(words.identify_portal_not_listed()),
        ProblemKind::OrganisationUnknown => named(words.identify_organisation_unknown()),
        ProblemKind::WorkRefused => named(words.identify_work_refused()),
        ProblemKind::PhoneMalformed => (Some("phone".into()), words.phone_malformed()),
        ProblemKind::PhoneNotAllowed { number_type } => {
            (Some("phone".into()), refused_number(words, *number_type))
        }
        ProblemKind::PhoneMismatch { tries_left } => (
            Some("phone".into()),
            words.phone_mismatch(u32::from(*tries_left)),
        ),
        ProblemKind::ResendTooSoon { retry_at } => (None, wait(words, wizard, *retry_at)),
        ProblemKind::MethodLocked { until } => {
            let time = browser::format_lock_end(words.language().tag, *until);
            let closed = || words.method_locked(&time);
            (None, lock(words, wizard).unwrap_or_else(closed))
        }
        ProblemKind::TooManyRequests { retry_at } => {
            let time = browser::format_time_from(words.language().tag, *retry_at);
            (None, words.lost_many(&time))
        }
        // The page reports a code that is too short before it sends anything.
        ProblemKind::CodeMalformed { length } => code(words.code_too_long(length.digits().into())),
        ProblemKind::CodeWrong { tries_left } if authenticator => {
            code(words.code_wrong_authenticator(u32::from(*tries_left)))
        }
        ProblemKind::CodeWrong { tries_left } => {
            code(words.code_wrong(counted(wizard, *tries_left)))
        }
        // Only a new code helps: these problems link to the button that requests one.
        ProblemKind::CodeExpired => (Some(SEND.to_owned()), words.code_expired()),
        ProblemKind::CodeSuperseded => code(words.code_superseded()),
        ProblemKind::CodeUsed if authenticator => code(words.code_used_authenticator()),
        ProblemKind::CodeUsed => code(words.code_used()),
        ProblemKind::CodeSpent { tries_left } => (
            Some(SEND.to_owned()),
            words.code_spent(u32::from(*tries_left)),
        ),
        ProblemKind::AnswersIncomplete => (None, words.questions_incomplete()),
        ProblemKind::AnswersWrong { tries_left } => {
            let first = if let Screen::Questions(step) = wizard.screen() {
                step.questions.first().map(|asked| answer_field(asked.id))
            } else {
                None
            };
            (first, words.questions_wrong(u32::from(*tries_left)))
        }
        ProblemKind::PasswordRefused(_) => unreachable!("has a sentence for each rule"),
        ProblemKind::DirectoryRefused(rule) => gate(match rule {
            DirectoryRule::Policy => words.password_directory_policy(),
            DirectoryRule::History => words.password_directory_history(),
            DirectoryRule::MinimumAge => words.password_directory_age(),
            DirectoryRule::Length => words.password_directory_length(),
            DirectoryRule::Quality => words.password_directory_quality(),
        }),
        ProblemKind::DirectoryUnreachable if unlocking => {
            gate(words.unlock_directory_unreachable())
        }
        ProblemKind::DirectoryUnreachable => gate(words.password_directory_unreachable()),
        ProblemKind::BreachServiceUnreachable => gate(words.password_breach_unreachable()),
        ProblemKind::DirectoryMisconfigured if unlocking => {
            gate(words.unlock_directory_misconfigured())
        }
        ProblemKind::DirectoryMisconfigured => gate(words.password_directory_misconfigured()),
        ProblemKind::OutcomeUnknown if unlocking => gate(words.unlock_outcome_unknown()),
        ProblemKind::OutcomeUnknown => gate(words.password_outcome_unknown()),
        ProblemKind::AttemptUnknown
        | ProblemKind::NotExpected
        | ProblemKind::MethodNotOffered
        | ProblemKind::KeyReused
        | ProblemKind::KeyInUse
        | ProblemKind::Malformed
        | ProblemKind::Internal => (None, words.lost_service()),
    }
}

/// The time at which the person can request another code. If a countdown is visible beside it, the
/// message contains no time of day.
fn wait(words: Words, wizard: &Wizard, retry_at: Timestamp) -> String {
    match (wizard.screen(), wizard.attempt()) {
        (Screen::Code(_), Some(attempt)) if is_soon(retry_at, attempt.now) => {
            words.code_wait_soon()
        }
        _ => words.code_wait(&browser::format_time_from(words.language().tag, retry_at)),
    }
}

/// The message for a rule that the password breaks.
fn password(words: Words, refusal: &PasswordRefusal) -> String {
    match refusal {
        PasswordRefusal::ControlCharacter => words.password_control_character(),
        PasswordRefusal::TooShort { min, actual } => {
            words.password_too_short((*min).into(), min.saturating_sub(*actual).into())
        }
        PasswordRefusal::TooLong { max } => words.password_too_long((*max).into()),
        PasswordRefusal::NotAscii => words.password_not_ascii(),
        PasswordRefusal::TooFewClasses { required, .. } => {
            words.password_too_few_classes((*required).into())
        }
        PasswordRefusal::Repetition => words.password_repetition(),
        PasswordRefusal::Sequence => words.password_sequence(),
        PasswordRefusal::Date => words.password_date(),
        PasswordRefusal::ContainsIdentifier => words.password_contains_identifier(),
        PasswordRefusal::ContainsOtherIdentifier => words.password_contains_other_identifier(),
        PasswordRefusal::ContainsName => words.password_contains_name(),
        PasswordRefusal::ContainsTenant => words.password_contains_tenant(),
        PasswordRefusal::Banned => words.password_banned(),
        PasswordRefusal::BannedCustom => words.password_banned_custom(),
        PasswordRefusal::TooGuessable { lists, .. } if lists.contains(&TermList::Custom) => {
            words.password_too_guessable_custom()
        }
        PasswordRefusal::TooGuessable { .. } => words.password_too_guessable(),
        PasswordRefusal::SameAsCurrent => words.password_directory_history(),
    }
}

/// The title of a refusal, in the person's words.
pub(crate) fn refusal_title(refusal: Refusal) -> fn(Words) -> String {
    match refusal {
        Refusal::TenantDisabled => Words::refusal_tenant_disabled_title,
        Refusal::NoPolicy => Words::refusal_no_policy_title,
        Refusal::NotLicensed => Words::refusal_not_licensed_title,
        Refusal::NotInGroup => Words::refusal_not_in_group_title,
        Refusal::AccountNotEnabled => Words::refusal_account_not_enabled_title,
        Refusal::CouldNotVerify => Words::refusal_could_not_verify_title,
        Refusal::NotProperlyConfigured => Words::refusal_not_properly_configured_title,
        Refusal::ManagedElsewhere => Words::refusal_managed_elsewhere_title,
        Refusal::WriteBackNotEnabled => Words::refusal_write_back_not_enabled_title,
        Refusal::OnPremisesAdminAction => Words::refusal_on_premises_admin_action_title,
        Refusal::OnPremisesConnectivity => Words::refusal_on_premises_connectivity_title,
    }
}

/// The predefined questions, by number from 1. If the service is newer than this page and sends an
/// unknown number, the page shows the number.
fn predefined(words: Words, number: u8) -> String {
    macro_rules! by_number {
        ($($number:literal => $method:ident),+ $(,)?) => {
            match number {
                $($number => words.$method(),)+
                other => decimal(other),
            }
        };
    }
    by_number! {
        1 => question_1, 2 => question_2, 3 => question_3, 4 => question_4, 5 => question_5,
        6 => question_6, 7 => question_7, 8 => question_8, 9 => question_9, 10 => question_10,
        11 => question_11, 12 => question_12, 13 => question_13, 14 => question_14, 15 => question_15,
        16 => question_16, 17 => question_17, 18 => question_18, 19 => question_19, 20 => question_20,
        21 => question_21, 22 => question_22, 23 => question_23, 24 => question_24, 25 => question_25,
        26 => question_26, 27 => question_27, 28 => question_28, 29 => question_29, 30 => question_30,
        31 => question_31, 32 => question_32, 33 => question_33, 34 => question_34, 35 => question_35,
    }
}
