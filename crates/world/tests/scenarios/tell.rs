//! Replies, in words that scenarios can name.
//!
//! The first word is the kind. An expectation may leave out the others, and they may come in any
//! order.

use postern_protocol::password::PasswordRefusal;
use postern_protocol::{Attempt, Notice, Offer, Problem, ProblemKind, Purpose, Step, Timestamp};
use serde_json::Value;

/// The words of an attempt: its step, and everything else that the page can show.
pub(crate) fn attempt(attempt: &Attempt) -> Vec<String> {
    let mut words = step(&attempt.step, attempt.now);
    let purpose = match attempt.purpose {
        Purpose::Reset => "reset",
        Purpose::Unlock => "unlock",
    };
    words.push(format!("purpose={purpose}"));
    words.push(format!(
        "passed={}/{}",
        attempt.gates.passed, attempt.gates.required
    ));
    words.push(format!(
        "ends={}s",
        attempt.expires_at.since(attempt.now).as_secs()
    ));
    words.extend(
        attempt
            .tenant_name
            .iter()
            .map(|name| format!("tenant={name}")),
    );
    words.push(format!(
        "region={}",
        attempt.default_region.as_deref().unwrap_or("-")
    ));
    words.push(attempt.locked_until.map_or("lock=-".into(), |until| {
        format!("lock={}s", until.since(attempt.now).as_secs())
    }));
    words.extend(attempt.help.url.iter().map(|url| format!("help={url}")));
    if attempt.help.can_request {
        words.push("can-ask".into());
    }
    if let Some(at) = attempt.help.requested_at {
        words.push(format!("asked={}s", attempt.now.since(at).as_secs()));
    }
    words.extend(attempt.notices.iter().map(|notice| match notice {
        Notice::ExtensionStripped(extension) => format!("extension={extension}"),
        Notice::CodeSentAgain => "sent-again".into(),
        Notice::HelpRequested => "help-requested".into(),
        Notice::MethodLocked { until } => {
            format!("closed={}s", until.since(attempt.now).as_secs())
        }
    }));
    words
}

/// The words of a problem: its kind, then the step of the attempt, with an `@` before it.
pub(crate) fn problem(problem: &Problem) -> Vec<String> {
    let mut words = kind(&problem.kind);
    if let Some(seen) = &problem.attempt {
        let mut seen = attempt(seen);
        seen[0].insert(0, '@');
        words.extend(seen);
    }
    words
}

#[expect(clippy::too_many_lines, reason = "a table")]
fn step(step: &Step, now: Timestamp) -> Vec<String> {
    let after = |moment: Timestamp| moment.since(now).as_secs();
    let mut words: Vec<String> = Vec::new();
    let mut say = |word: String| words.push(word);
    match step {
        Step::ChoosePurpose => say("choose-purpose".into()),
        Step::ChooseMethod(step) => {
            say("choose-method".into());
            say(format!("gate={}", step.gate));
            say(offers(&step.offers));
            for offer in &step.offers {
                if let Some(hint) = &offer.hint {
                    say(format!("{}={hint}", offer.method.name()));
                }
            }
        }
        Step::EnterPhone(step) => {
            say("enter-phone".into());
            say(step.method.name().into());
            say(format!("gate={}", step.gate));
            say(format!("hint={}", step.hint));
            say(format!("tries={}", step.tries_left));
            say(format!("offers={}", offers(&step.offers)));
        }
        Step::EnterCode(step) => {
            say("enter-code".into());
            say(step.method.name().into());
            say(format!("gate={}", step.gate));
            say(format!("hint={}", step.hint.as_deref().unwrap_or("-")));
            say(format!("offers={}", offers(&step.offers)));
            say(format!("length={}", step.length.digits()));
            say(format!("tries={}", step.tries_left));
            if step.is_spent {
                say("spent".into());
            }
            say(step
                .expires_at
                .map_or("expires=-".into(), |at| format!("expires={}s", after(at))));
            say(step
                .resend_at
                .map_or("resend=-".into(), |at| format!("resend={}s", after(at))));
        }
        Step::AwaitCall(step) => {
            say("await-call".into());
            say(step.method.name().into());
            say(format!("gate={}", step.gate));
            say(format!("hint={}", step.hint));
            say(format!("offers={}", offers(&step.offers)));
            say(format!("retry={}s", after(step.retry_at)));
            if step.failed {
                say("failed".into());
            }
        }
        Step::AnswerQuestions(step) => {
            say("answer-questions".into());
            say(format!("gate={}", step.gate));
            say(format!("tries={}", step.tries_left));
            say(format!("count={}", step.questions.len()));
            say(format!("offers={}", offers(&step.offers)));
        }
        Step::ChoosePassword(step) => {
            say("choose-password".into());
            say(format!("min-length={}", step.rules.min_length));
            if step.directory_rules {
                say("directory-rules".into());
            }
            if step.outcome_unknown {
                say("outcome-unknown".into());
            }
        }
        Step::ConfirmUnlock => say("confirm-unlock".into()),
        Step::WritingBack => say("writing-back".into()),
        Step::Done(step) => {
            say("done".into());
            say(format!("in={}m", step.effective_in_minutes));
            say(format!("notified={}", step.notified.join(",")));
            say(format!(
                "sign-in={}",
                step.sign_in_url.as_deref().unwrap_or("-")
            ));
        }
        Step::Refused(step) => {
            say("refused".into());
            say(kebab(&step.refusal));
            say(step.refusal.code().unwrap_or("no-code").into());
        }
        Step::Locked { until } => {
            say("locked".into());
            say(format!("until={}s", after(*until)));
        }
        Step::Ended { reason } => {
            say("ended".into());
            say(kebab(reason));
        }
    }
    words
}

fn offers(offers: &[Offer]) -> String {
    let names: Vec<&str> = offers.iter().map(|offer| offer.method.name()).collect();
    names.join(",")
}

fn kind(kind: &ProblemKind) -> Vec<String> {
    let mut words = vec![kind.name().to_owned()];
    match kind {
        ProblemKind::PhoneMismatch { tries_left }
        | ProblemKind::CodeSpent { tries_left }
        | ProblemKind::CodeWrong { tries_left }
        | ProblemKind::AnswersWrong { tries_left } => words.push(format!("left={tries_left}")),
        ProblemKind::CodeMalformed { length } => words.push(format!("length={}", length.digits())),
        ProblemKind::PasswordRefused(refusals) => {
            for refusal in refusals {
                words.push(refusal.name().to_owned());
                if let PasswordRefusal::TooLong { max } = refusal {
                    words.push(format!("max={max}"));
                }
            }
        }
        ProblemKind::PhoneNotAllowed { number_type } => words.push(kebab(number_type)),
        ProblemKind::DirectoryRefused(rule) => words.push(kebab(rule)),
        ProblemKind::IdentifierEmpty
        | ProblemKind::IdentifierTooLong
        | ProblemKind::IdentifierMalformed
        | ProblemKind::OrganisationMissing
        | ProblemKind::OrganisationUnknown
        | ProblemKind::OrganisationOther { .. }
        | ProblemKind::PortalNotListed
        | ProblemKind::WorkRefused
        | ProblemKind::AttemptUnknown
        | ProblemKind::NotExpected
        | ProblemKind::MethodLocked { .. }
        | ProblemKind::MethodNotOffered
        | ProblemKind::PhoneMalformed
        | ProblemKind::ResendTooSoon { .. }
        | ProblemKind::CodeExpired
        | ProblemKind::CodeSuperseded
        | ProblemKind::CodeUsed
        | ProblemKind::AnswersIncomplete
        | ProblemKind::DirectoryUnreachable
        | ProblemKind::BreachServiceUnreachable
        | ProblemKind::DirectoryMisconfigured
        | ProblemKind::OutcomeUnknown
        | ProblemKind::TooManyRequests { .. }
        | ProblemKind::KeyReused
        | ProblemKind::KeyInUse
        | ProblemKind::Malformed
        | ProblemKind::Internal => {}
    }
    words
}

/// The name of an enum's variant on the wire, and its content after a space.
pub(crate) fn kebab(value: &impl serde::Serialize) -> String {
    fn name(value: &Value) -> String {
        match value {
            Value::String(name) => name.clone(),
            Value::Object(map) => {
                let words: Vec<String> = map
                    .iter()
                    .map(|(key, inside)| format!("{key} {}", name(inside)))
                    .collect();
                words.join(" ")
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => value.to_string(),
        }
    }
    name(&serde_json::to_value(value).expect("it serialises"))
}
