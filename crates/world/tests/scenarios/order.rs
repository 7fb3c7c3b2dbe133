//! Commands, in words that scenarios can name.

use postern_engine::Page;
use postern_engine::command::{Command, MailContent};
use postern_engine::ledger::{Entry, Lock};
use postern_protocol::Timestamp;

use super::tell::kebab;

/// The words of a command of the engine.
pub(crate) fn command(command: &Command, now: Timestamp) -> Vec<String> {
    match command {
        Command::Record(Entry::Count { counter, .. }) => vec!["count".into(), kebab(counter)],
        Command::Record(Entry::Lock(lock)) => {
            let seconds = lock.until.since(now).as_secs();
            vec![
                "lock".into(),
                kebab(&lock.blocked),
                format!("for={seconds}s"),
            ]
        }
        Command::Record(Entry::ClearCounters { .. }) => vec!["clear".into()],
        Command::Record(Entry::Lift) => vec!["lift".into()],
        Command::Record(Entry::FailAuthenticators(apps)) => {
            let apps = apps.iter().map(|app| app.0.clone());
            core::iter::once("fail".into()).chain(apps).collect()
        }
        Command::Record(Entry::RetireCode { why, .. }) => vec!["retire".into(), kebab(why)],
        Command::Record(Entry::AcceptStep { authenticator, .. }) => {
            vec!["step".into(), authenticator.0.clone()]
        }
        Command::Audit(event) => {
            let mut words = vec!["audit".to_owned()];
            words.extend(kebab(&event.reason).split(' ').map(str::to_owned));
            words.push(kebab(&event.activity));
            words.push(kebab(&event.result));
            if let Some(concealed) = &event.concealed {
                words.push(format!("concealed={}", kebab(concealed).replace(' ', ":")));
            }
            words
        }
        Command::SendText(text) => {
            let page = match &text.page {
                Page::Own => "-".into(),
                Page::Framed(origin) => format!("framed:{origin}"),
                Page::Portals(origin) => format!("portals:{origin}"),
            };
            vec!["text".into(), text.to.clone(), format!("page={page}")]
        }
        Command::SendMail(mail) => {
            let mut words = vec!["mail".to_owned()];
            words.push(match &mail.content {
                MailContent::Code { .. } => "code".into(),
                MailContent::PasswordReset { .. } => "password-reset".into(),
                MailContent::AccountUnlocked { .. } => "account-unlocked".into(),
                MailContent::Locked { until, .. } => {
                    format!("locked={}s", until.since(now).as_secs())
                }
                MailContent::AdministratorPasswordReset { identifier, .. } => {
                    format!("administrator-reset={identifier}")
                }
                MailContent::HelpRequest(request) => format!("help={}", request.identifier),
            });
            if let MailContent::HelpRequest(request) = &mail.content {
                words.extend(lock(request.lock.as_ref(), now));
            }
            words.push(format!("recipients={}", mail.to.len()));
            words.extend(mail.to.iter().cloned());
            words.push(format!("locale={}", mail.letterhead.locale));
            words
        }
        Command::PlaceCall(call) => vec!["call".into(), call.to.clone()],
        Command::RenewAnswers(renew) => vec![
            "renew-answers".into(),
            renew.account.to_string(),
            renew.answers.len().to_string(),
        ],
        Command::WriteBack(write) => vec!["write-back".into(), write.account.to_string()],
        Command::UnlockAccount(unlock) => vec!["unlock".into(), unlock.account.to_string()],
    }
}

/// The lock in a mail for help: what was tried too often, when, and how long the lock lasts.
fn lock(lock: Option<&Lock>, now: Timestamp) -> Vec<String> {
    let Some(lock) = lock else {
        return vec!["lock=none".into()];
    };
    vec![
        format!("lock={}", kebab(&lock.blocked)),
        format!("since={}s", now.since(lock.since).as_secs()),
        format!("until={}s", lock.until.since(now).as_secs()),
    ]
}
