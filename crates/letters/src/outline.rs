//! What a letter says, before a language says it.

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use postern_engine::Code;
use postern_engine::command::{Letterhead, Mail, MailContent, Text};
use postern_protocol::Timestamp;

use crate::helpdesk;
use crate::sentence::{Sentence, Speaker, Value};

/// How late a mail or text may leave so that the minute in which it leaves still counts. The outbox
/// takes a few seconds.
const LEAVES_WITHIN_SECONDS: i64 = 15;

/// The content of a letter.
#[derive(Clone)]
pub struct Outline {
    /// The subject of a mail. A text has none.
    pub subject: Option<Sentence>,
    /// The paragraphs, each with its sentences.
    pub paragraphs: Vec<Vec<Sentence>>,
    /// The code in the letter, if there is one.
    pub code: Option<Code>,
}

impl Outline {
    /// The paragraphs in the language of a speaker.
    pub fn say(&self, speaker: &impl Speaker) -> Vec<String> {
        let paragraph = |sentences: &Vec<Sentence>| {
            let said = sentences.iter().map(|sentence| speaker.say(sentence));
            said.collect::<Vec<_>>().join(" ")
        };
        self.paragraphs.iter().map(paragraph).collect()
    }
}

/// What a mail says that leaves now. `contact` is the address where the reader can report that the
/// request was not theirs: an `https:` or `mailto:` address.
pub fn mail(mail: &Mail, now: Timestamp, contact: Option<&str>) -> Outline {
    let head = &mail.letterhead;
    let own = &head.identifier;
    let of_other = |identifier: &str| helpdesk::harmless(identifier, &head.tenant);
    let (mut outline, is_notice) = match &mail.content {
        MailContent::Code { code, expires_at } => (of_code(head, code, now, *expires_at), false),
        MailContent::PasswordReset { at } => {
            let keys = ["mail-reset-subject", "mail-reset-body"];
            (about(head, keys, own, *at, None), true)
        }
        MailContent::AccountUnlocked { at } => {
            let keys = ["mail-unlocked-subject", "mail-unlocked-body"];
            (about(head, keys, own, *at, None), true)
        }
        MailContent::Locked { at, until } => {
            let keys = ["mail-locked-subject", "mail-locked-body"];
            (about(head, keys, own, *at, Some(*until)), true)
        }
        MailContent::AdministratorPasswordReset { identifier, at } => {
            let keys = ["mail-admin-reset-subject", "mail-admin-reset-body"];
            (about(head, keys, &of_other(identifier), *at, None), false)
        }
        MailContent::HelpRequest(request) => {
            let keys = ["mail-help-subject", "mail-help-body"];
            let identifier = of_other(&request.identifier);
            let mut outline = about(head, keys, &identifier, request.at, None);
            let lock = request.lock.as_ref();
            outline
                .paragraphs
                .extend(lock.map(|lock| helpdesk::locked(lock, head)));
            (outline, false)
        }
    };
    if mail.is_app_disabled {
        let sentence = Sentence::new("server-mail-app-disabled", []);
        outline.paragraphs.push(vec![sentence]);
    }
    if let Some(contact) = contact.filter(|_| is_notice) {
        let address = contact.strip_prefix("mailto:").unwrap_or(contact);
        let sentence = Sentence::new("server-mail-contact", [("address", address.into())]);
        outline.paragraphs.push(vec![sentence]);
    }
    outline
}

/// A mail with a code.
fn of_code(head: &Letterhead, code: &Code, now: Timestamp, until: Timestamp) -> Outline {
    let values = [
        ("identifier", head.identifier.as_str().into()),
        ("tenant", head.tenant_name.as_str().into()),
        ("minutes", Value::Number(minutes(now, until))),
        ("code", code.grouped().into()),
    ];
    Outline {
        subject: Some(Sentence::new("mail-code-subject", values.clone())),
        paragraphs: vec![vec![Sentence::new("mail-code-body", values)]],
        code: Some(code.clone()),
    }
}

/// A mail about what happened to an account. The support code has its short form, as on the page.
fn about(
    head: &Letterhead,
    [subject, body]: [&'static str; 2],
    identifier: &str,
    at: Timestamp,
    until: Option<Timestamp>,
) -> Outline {
    let mut values = vec![
        ("identifier", identifier.into()),
        ("time", at.into()),
        ("code", head.support_code.short().to_string().into()),
    ];
    values.extend(until.map(|until| ("until", until.next_minute().into())));
    Outline {
        subject: Some(Sentence::new(subject, values.clone())),
        paragraphs: vec![vec![Sentence::new(body, values)]],
        code: None,
    }
}

/// What a text message says that leaves now.
pub fn text(text: &Text, now: Timestamp) -> Outline {
    let values = [
        ("code", text.code.grouped().into()),
        ("tenant", text.letterhead.tenant_name.as_str().into()),
        ("minutes", Value::Number(minutes(now, text.deadline))),
    ];
    Outline {
        subject: None,
        paragraphs: vec![vec![Sentence::new("text-code-body", values)]],
        code: Some(text.code.clone()),
    }
}

/// What a call of a tenant says first: who calls, and which key to press.
pub fn menu(tenant: &str) -> Sentence {
    Sentence::new("voice-code-body", [("tenant", tenant.into())])
}

/// What a call says after the key was pressed.
pub fn pressed() -> Sentence {
    Sentence::new("server-voice-pressed", [])
}

/// The requests for help of an hour that got no mail of their own.
pub struct Digest<'a> {
    /// The name of the tenant.
    pub tenant_name: &'a str,
    /// The number of people.
    pub more: u32,
    /// When the first person of the hour asked.
    pub since: Timestamp,
    /// The end of that hour.
    pub until: Timestamp,
}

/// What a mail to an administrator says about such requests.
pub fn digest(digest: &Digest<'_>) -> Outline {
    let values = [
        ("more", Value::Number(digest.more)),
        ("tenant", digest.tenant_name.into()),
        ("time", digest.since.into()),
        ("until", digest.until.into()),
    ];
    Outline {
        subject: Some(Sentence::new("server-help-more-subject", values.clone())),
        paragraphs: vec![vec![Sentence::new("server-help-more-body", values)]],
        code: None,
    }
}

/// The whole minutes until a moment.
fn minutes(now: Timestamp, until: Timestamp) -> u32 {
    let seconds = until.seconds().saturating_sub(now.seconds());
    let minutes = seconds.saturating_add(LEAVES_WITHIN_SECONDS) / 60;
    u32::try_from(minutes.max(1)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_minutes_that_are_left_are_whole_ones() {
        let now = Timestamp::from_seconds(1_700_000_000);
        for (left, said) in [
            (600, 10),
            (300, 5),
            (297, 5),
            (284, 4),
            (110, 2),
            (20, 1),
            (-5, 1),
        ] {
            let until = Timestamp::from_seconds(now.seconds() + left);
            assert_eq!(minutes(now, until), said, "{left}");
        }
    }
}
