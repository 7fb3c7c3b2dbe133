//! What leaves, in words: mails, texts and calls as the person gets them, in the language of their attempt.

use postern_engine::CallId;
use postern_engine::command::{Call, Letterhead, Mail, MailContent, Text};
use postern_protocol::Timestamp;

use crate::words::{Direction, Language, Languages};

/// Something to be carried to somebody.
#[derive(Clone, Debug)]
pub(crate) enum Letter {
    Mail(MailLetter),
    Text(TextLetter),
    Call(CallLetter),
}

/// A mail to one address.
#[derive(Clone, Debug)]
pub(crate) struct MailLetter {
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) language: &'static str,
    pub(crate) direction: Direction,
    /// The code in it, if it brings one.
    pub(crate) code: Option<String>,
}

/// A text message.
#[derive(Clone, Debug)]
pub(crate) struct TextLetter {
    /// E.164.
    pub(crate) to: String,
    pub(crate) text: String,
    /// The code in it.
    pub(crate) code: String,
}

/// A call.
#[derive(Clone, Debug)]
pub(crate) struct CallLetter {
    pub(crate) id: CallId,
    /// E.164.
    pub(crate) to: String,
    /// What is said.
    pub(crate) speech: String,
    pub(crate) language: &'static str,
}

/// Writes letters.
pub(crate) struct Writer {
    languages: Languages,
}

impl Writer {
    pub(crate) fn new() -> Self {
        Self {
            languages: Languages::read(),
        }
    }

    pub(crate) fn mail(&self, to: &str, mail: &Mail) -> MailLetter {
        let head = &mail.letterhead;
        let language = self.languages.of(&head.locale);
        let support_code = head.support_code.to_string();
        let about = |identifier: &str, at: Timestamp, subject: &str, body: &str| {
            let time = moment(at);
            let values = [
                ("identifier", identifier),
                ("time", &time),
                ("code", &support_code),
            ];
            (language.say(subject, &values), language.say(body, &values))
        };
        let (subject, text) = match &mail.content {
            MailContent::Code { code, expires_at } => {
                let time = time_of_day(*expires_at);
                let values = [
                    ("identifier", head.identifier.as_str()),
                    ("tenant", &head.tenant_name),
                    ("time", &time),
                    ("code", code.reveal()),
                ];
                let say = |key| language.say(key, &values);
                (say("mail-code-subject"), say("mail-code-body"))
            }
            MailContent::PasswordReset { at } => about(
                &head.identifier,
                *at,
                "mail-reset-subject",
                "mail-reset-body",
            ),
            MailContent::AccountUnlocked { at } => about(
                &head.identifier,
                *at,
                "mail-unlocked-subject",
                "mail-unlocked-body",
            ),
            MailContent::AdministratorPasswordReset { identifier, at } => about(
                identifier,
                *at,
                "mail-admin-reset-subject",
                "mail-admin-reset-body",
            ),
            MailContent::HelpRequest(request) => about(
                &request.identifier,
                request.at,
                "mail-help-subject",
                "mail-help-body",
            ),
        };
        MailLetter {
            to: to.to_owned(),
            subject: one_line(&subject),
            text,
            language: language.tag,
            direction: language.direction,
            code: match &mail.content {
                MailContent::Code { code, .. } => Some(code.reveal().to_owned()),
                MailContent::PasswordReset { .. }
                | MailContent::AccountUnlocked { .. }
                | MailContent::AdministratorPasswordReset { .. }
                | MailContent::HelpRequest(_) => None,
            },
        }
    }

    /// A text message. Its last line binds the code to the page that it is typed into (WICG, "Origin-bound one-time codes delivered via SMS").
    pub(crate) fn text(&self, text: &Text, host: &str) -> TextLetter {
        let language = self.language(&text.letterhead);
        let code = text.code.reveal();
        let time = time_of_day(text.deadline);
        let values = [
            ("code", code),
            ("tenant", text.letterhead.tenant_name.as_str()),
            ("time", &time),
        ];
        let said = one_line(&language.say("text-code-body", &values));
        TextLetter {
            to: text.to.clone(),
            text: format!("{said}\n\n@{host} #{code}"),
            code: code.to_owned(),
        }
    }

    pub(crate) fn call(&self, call: &Call) -> CallLetter {
        let language = self.language(&call.letterhead);
        let values = [("tenant", call.letterhead.tenant_name.as_str())];
        CallLetter {
            id: call.id,
            to: call.to.clone(),
            speech: language.say("voice-code-body", &values),
            language: language.tag,
        }
    }

    fn language(&self, head: &Letterhead) -> &Language {
        self.languages.of(&head.locale)
    }
}

/// Nothing that somebody typed begins another line, or another header.
fn one_line(text: &str) -> String {
    text.replace(['\r', '\n'], " ")
}

/// A moment for whoever reads it anywhere: the host does not know the person's time zone.
fn moment(at: Timestamp) -> String {
    format(at, "%Y-%m-%d %H:%M UTC")
}

fn time_of_day(at: Timestamp) -> String {
    format(at, "%H:%M UTC")
}

fn format(at: Timestamp, pattern: &str) -> String {
    jiff::Timestamp::from_second(at.seconds())
        .map(|at| at.strftime(pattern).to_string())
        .unwrap_or_default()
}
