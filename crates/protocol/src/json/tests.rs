//! Compares the page's own JSON code with serde's, which the service uses to read and write: both
//! must agree on every type.

mod requests;

use alloc::borrow::ToOwned as _;
use alloc::boxed::Box;
use alloc::string::{String, ToString as _};
use alloc::vec;
use alloc::vec::Vec;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::tree::DEPTH_MAX;
use super::{FromJson, Raw, ToJson, Writer, from_str, is_json, to_string};
use crate::password::{CharacterClass, PasswordRefusal, PasswordRules, TermList};
use crate::{
    AnswerQuestions, Attempt, AttemptId, AwaitCall, ChooseMethod, ChoosePassword, CodeLength,
    CorrelationId, DirectoryRule, Done, EndReason, EnterCode, EnterPhone, Gates, Guid, Help,
    Method, Notice, Offer, Problem, ProblemKind, Purpose, Question, QuestionText, Refusal, Refused,
    RefusedNumberType, Started, Step, SupportCode, Timestamp,
};

const NOW: Timestamp = Timestamp::from_seconds(1_760_000_000);

fn offers() -> Vec<Offer> {
    let methods = [
        Method::Email,
        Method::MobileSms,
        Method::MobileCall,
        Method::OfficeCall,
        Method::Questions,
        Method::AuthenticatorCode,
    ];
    let hint = |method: Method| (method != Method::Questions).then(|| "42".to_owned());
    methods
        .map(|method| Offer {
            method,
            hint: hint(method),
        })
        .to_vec()
}

fn steps() -> Vec<Step> {
    let (gate, method) = (1, Method::MobileSms);
    let hint = || "“\u{2066}a•••\u{2069}”\t\\ / \u{1f511}".to_owned();
    let mut steps = vec![
        Step::ChoosePurpose,
        Step::ChooseMethod(ChooseMethod {
            gate: 2,
            offers: offers(),
        }),
        Step::EnterPhone(EnterPhone {
            gate,
            offers: Vec::new(),
            method,
            hint: hint(),
            tries_left: 6,
        }),
        Step::EnterCode(EnterCode {
            gate,
            offers: offers(),
            method: Method::AuthenticatorCode,
            hint: None,
            length: CodeLength::AUTHENTICATOR,
            tries_left: 0,
            is_spent: true,
            expires_at: None,
            resend_at: None,
        }),
        Step::EnterCode(EnterCode {
            gate,
            offers: offers(),
            method,
            hint: Some(hint()),
            length: CodeLength::DEFAULT,
            tries_left: 5,
            is_spent: false,
            expires_at: Some(NOW),
            resend_at: Some(NOW),
        }),
        Step::AwaitCall(AwaitCall {
            gate,
            offers: offers(),
            method: Method::OfficeCall,
            hint: hint(),
            called_at: NOW,
            retry_at: Timestamp::from_seconds(-1),
            failed: true,
        }),
        Step::AnswerQuestions(AnswerQuestions {
            gate,
            offers: offers(),
            questions: [QuestionText::Predefined(35), QuestionText::Custom(hint())]
                .map(|text| Question { id: 65_535, text })
                .to_vec(),
            tries_left: 1,
        }),
        Step::ChoosePassword(ChoosePassword {
            rules: PasswordRules::reference(),
            directory_rules: true,
            outcome_unknown: false,
        }),
        Step::ConfirmUnlock,
        Step::WritingBack,
        Step::Done(Done {
            at: NOW,
            effective_in_minutes: 2,
            notified: vec![hint(), String::new()],
            sign_in_url: Some("https://contoso.example/".into()),
        }),
        Step::Locked { until: NOW },
    ];
    let refused = |refusal| Step::Refused(Refused { refusal, at: NOW });
    steps.extend(Refusal::ALL.map(refused));
    let reasons = [
        EndReason::Expired,
        EndReason::Cancelled,
        EndReason::Superseded,
    ];
    steps.extend(reasons.map(|reason| Step::Ended { reason }));
    steps
}

fn attempt(step: Step) -> Attempt {
    Attempt {
        id: AttemptId(Guid::from_random(1)),
        correlation_id: CorrelationId(Guid::from_random(2)),
        support_code: SupportCode(Guid::from_random(3)),
        tenant_name: Some("Contoso \"B.V.\"".into()),
        default_region: Some("NL".into()),
        identifier: "ada@contoso.example".into(),
        purpose: Purpose::Unlock,
        asks_purpose: true,
        now: NOW,
        expires_at: NOW,
        gates: Gates {
            required: 2,
            passed: 1,
        },
        step,
        locked_until: Some(NOW),
        help: Help {
            url: Some("mailto:help@contoso.example".into()),
            can_request: true,
            requested_at: Some(NOW),
        },
        notices: vec![
            Notice::ExtensionStripped("12".into()),
            Notice::CodeSentAgain,
            Notice::HelpRequested,
            Notice::MethodLocked { until: NOW },
        ],
    }
}

fn refusals() -> Vec<PasswordRefusal> {
    use PasswordRefusal as R;
    vec![
        R::ControlCharacter,
        R::TooShort { min: 8, actual: 1 },
        R::TooLong { max: 256 },
        R::NotAscii,
        R::TooFewClasses {
            required: 3,
            missing: CharacterClass::ALL.to_vec(),
        },
        R::Repetition,
        R::Sequence,
        R::Date,
        R::ContainsIdentifier,
        R::ContainsOtherIdentifier,
        R::ContainsName,
        R::ContainsTenant,
        R::Banned,
        R::BannedCustom,
        R::TooGuessable {
            score: 4,
            required: 5,
            lists: vec![TermList::Global, TermList::Custom],
        },
        R::SameAsCurrent,
    ]
}

fn problems() -> Vec<ProblemKind> {
    use ProblemKind as P;
    let mut problems = vec![
        P::IdentifierEmpty,
        P::IdentifierTooLong,
        P::IdentifierMalformed,
        P::OrganisationMissing,
        P::OrganisationUnknown,
        P::OrganisationOther {
            tenant_name: "Contoso \"&\" Söhne".into(),
        },
        P::PortalNotListed,
        P::WorkRefused,
        P::AttemptUnknown,
        P::NotExpected,
        P::MethodNotOffered,
        P::PhoneMalformed,
        P::PhoneMismatch { tries_left: 4 },
        P::ResendTooSoon { retry_at: NOW },
        P::CodeMalformed {
            length: CodeLength::DEFAULT,
        },
        P::CodeWrong { tries_left: 255 },
        P::CodeExpired,
        P::CodeSuperseded,
        P::CodeUsed,
        P::CodeSpent { tries_left: 1 },
        P::MethodLocked { until: NOW },
        P::AnswersIncomplete,
        P::AnswersWrong { tries_left: 1 },
        P::PasswordRefused(refusals()),
        P::DirectoryUnreachable,
        P::BreachServiceUnreachable,
        P::DirectoryMisconfigured,
        P::OutcomeUnknown,
        P::TooManyRequests { retry_at: NOW },
        P::KeyReused,
        P::KeyInUse,
        P::Malformed,
        P::Internal,
    ];
    let rules = [
        DirectoryRule::Policy,
        DirectoryRule::History,
        DirectoryRule::MinimumAge,
        DirectoryRule::Length,
        DirectoryRule::Quality,
    ];
    problems.extend(rules.map(P::DirectoryRefused));
    let number_types = [
        RefusedNumberType::PremiumRate,
        RefusedNumberType::SharedCost,
        RefusedNumberType::Pager,
        RefusedNumberType::Voicemail,
    ];
    problems.extend(number_types.map(|number_type| P::PhoneNotAllowed { number_type }));
    problems
}

/// Runs both readers on one text: they must return the same value, or both nothing. Then runs both
/// writers on the value.
fn agree<T: FromJson + ToJson + DeserializeOwned + Serialize>(text: &str) -> bool {
    let ours = from_str::<T>(text);
    let serdes = serde_json::from_str::<T>(text).ok();
    let again = |value: &Option<T>| serde_json::to_value(value).expect("it can be written");
    assert_eq!(again(&ours), again(&serdes), "{text}");
    let written: Value = serde_json::from_str(&to_string(&ours)).expect("it is JSON");
    assert_eq!(written, again(&ours), "{text}");
    ours.is_some()
}

/// Every value that differs from this one in one place.
fn mutants(value: &Value) -> Vec<Value> {
    let others = [
        json!(null),
        json!(true),
        json!(-1),
        json!(7),
        json!(256),
        json!(70_000),
        json!(9_007_199_254_740_993_i64),
        json!(1.5),
        json!(""),
        json!("reset"),
        json!([]),
        json!({}),
    ];
    let mut mutants = others.to_vec();
    match value {
        Value::Object(members) => {
            for (name, inner) in members {
                let put = |inner: Option<Value>| {
                    let mut members = members.clone();
                    match inner {
                        Some(inner) => members.insert(name.clone(), inner),
                        None => members.remove(name),
                    };
                    Value::Object(members)
                };
                mutants.push(put(None));
                mutants.extend(
                    self::mutants(inner)
                        .into_iter()
                        .map(|inner| put(Some(inner))),
                );
            }
            let mut more = members.clone();
            more.insert("unheard_of".into(), json!([{}]));
            mutants.push(Value::Object(more));
        }
        Value::Array(items) => {
            for (at, inner) in items.iter().enumerate() {
                mutants.extend(self::mutants(inner).into_iter().map(|inner| {
                    let mut items = items.clone();
                    items[at] = inner;
                    Value::Array(items)
                }));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    mutants
}

/// Tests the value itself, all values that differ from it in one place, and the text cut off at
/// every position.
fn agree_all_around<T>(value: &T)
where
    T: FromJson + ToJson + DeserializeOwned + Serialize,
{
    let tree = serde_json::to_value(value).expect("it can be written");
    let text = tree.to_string();
    assert!(agree::<T>(&text), "{text} comes back");
    let spaced = serde_json::to_string_pretty(value).expect("it can be written");
    assert!(agree::<T>(&spaced), "{text} comes back with spaces");
    for mutant in mutants(&tree) {
        agree::<T>(&mutant.to_string());
    }
    for (end, _) in text.char_indices() {
        assert!(!agree::<T>(&text[..end]), "{}", &text[..end]);
    }
}

#[test]
fn every_step_is_read_as_serde_reads_it() {
    for step in steps() {
        agree_all_around(&step);
    }
}

#[test]
fn an_attempt_is_read_as_serde_reads_it_with_and_without_what_may_be_left_out() {
    let full = attempt(Step::ConfirmUnlock);
    agree_all_around(&full);
    agree_all_around(&Attempt {
        tenant_name: None,
        default_region: None,
        locked_until: None,
        help: Help::default(),
        notices: Vec::new(),
        ..full.clone()
    });
    agree_all_around(&Started {
        attempt: full,
        token: "aG91c2U".into(),
    });
}

#[test]
fn every_problem_is_read_as_serde_reads_it() {
    for kind in problems() {
        agree_all_around(&kind);
        agree_all_around(&Problem::new(kind));
    }
    agree_all_around(&Problem {
        kind: ProblemKind::NotExpected,
        attempt: Some(Box::new(attempt(Step::WritingBack))),
    });
}

#[test]
fn texts_are_json_or_not_as_for_serde() {
    let texts = [
        "",
        " ",
        "nul",
        "nulll",
        "null",
        " null ",
        "true",
        "fals",
        "-",
        "--1",
        "-1",
        "01",
        "1.0",
        "1e3",
        "+1",
        "9223372036854775807",
        "9223372036854775808",
        "\"",
        "\"a",
        "\"a\"b",
        r#""\"\\\/\b\f\n\r\t""#,
        r#""\u00e9""#,
        r#""\ud83d\udd11""#,
        r#""\ud83d""#,
        r#""\udd11""#,
        r#""\ud83d\u0041""#,
        r#""\ud83dx""#,
        r#""\u+0a1""#,
        r#""\u00""#,
        r#""\x""#,
        "\"\t\"",
        "[",
        "[]",
        "[ ]",
        "[1",
        "[1,",
        "[1,]",
        "[1 2]",
        "[1,2]",
        "]",
        "{",
        "{}",
        "{ }",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{\"a\" : 1 , \"b\" : [ ] }",
        "{a:1}",
        "{1:1}",
        "[1]]",
        "{}{}",
        "é",
        "[\"é\"]",
        "<!doctype html>",
    ];
    for text in texts {
        // The protocol has no fractions; apart from that, both readers accept the same JSON.
        let is_whole = |value: &Value| value.as_f64().is_none() || value.is_i64();
        let serdes = serde_json::from_str::<Value>(text).is_ok_and(|value| is_whole(&value));
        assert_eq!(is_json(text), serdes, "{text}");
    }
}

#[test]
fn what_is_nested_too_deeply_is_refused() {
    let nested = |depth: usize| ["[".repeat(depth), "]".repeat(depth)].concat();
    assert!(is_json(&nested(usize::from(DEPTH_MAX))));
    assert!(!is_json(&nested(usize::from(DEPTH_MAX) + 1)));
    assert!(!is_json(&nested(1_000_000)));
}

#[test]
fn what_is_written_is_json_whatever_is_in_it() {
    let all: String = ('\0'..='\u{2030}')
        .chain(['"', '\\', '\u{1f511}'])
        .collect();
    let mut writer = Writer::new();
    writer.open();
    writer.field("text", all.as_str());
    writer.field(&all, "");
    writer.field("number", &-7_i64);
    writer.field("list", &vec![Raw("1"), Raw("{}")]);
    writer.field("empty", &Vec::<u8>::new());
    writer.field("none", &None::<bool>);
    writer.field("both", &vec![true, false]);
    writer.close();
    let written = writer.finish();
    let read: Value = serde_json::from_str(&written).expect("it is JSON");
    let wanted = json!({
        "text": all.clone(), (all): "", "number": -7, "list": [1, {}], "empty": [], "none": null,
        "both": [true, false],
    });
    assert_eq!(read, wanted);
}
