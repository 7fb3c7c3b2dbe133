//! The messages that left the host, as their recipients would read them: in words, in the current
//! language of the page.
//!
//! The host keeps the subject of a message and not its wording, so a message follows the language
//! of the page.

use postern_engine::command::MailContent;
use postern_engine::{CallId, Code};
use postern_protocol::Timestamp;
use postern_world::{CallStatus, Delivery, Message, World};

use crate::browser;
use crate::words::Words;

/// A message that arrived.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Letter {
    /// The number of the letter, counted from 1 and never used twice.
    pub(super) number: u32,
    /// The time of arrival.
    pub(super) at: Timestamp,
    /// The name of the organisation that sent it.
    pub(super) tenant: String,
    /// The recipients.
    pub(super) to: Vec<String>,
    /// The content of the letter.
    pub(super) content: Content,
}

/// The content of a message.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Content {
    /// A text with a code.
    Text { code: Digits, minutes: u32 },
    /// A call.
    Call { id: CallId, status: CallStatus },
    /// A mail.
    Mail {
        about: Mail,
        identifier: String,
        support_code: String,
    },
}

/// The subject of a mail.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Mail {
    Code {
        code: Digits,
        minutes: u32,
    },
    PasswordReset {
        at: Timestamp,
    },
    AccountUnlocked {
        at: Timestamp,
    },
    Locked {
        at: Timestamp,
        until: Timestamp,
    },
    AdministratorPasswordReset {
        administrator: String,
        at: Timestamp,
    },
    HelpRequest {
        at: Timestamp,
    },
}

/// A code in the form to type, and in grouped form.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Digits {
    plain: String,
    grouped: String,
}

/// All letters that arrived, newest first.
pub(super) fn all(world: &World) -> Vec<Letter> {
    world.outbox.deliveries().iter().rev().map(letter).collect()
}

impl Letter {
    /// A key that distinguishes the letter from every other. A call gets another key when it has
    /// ended.
    pub(super) fn state(&self) -> (u32, Option<bool>) {
        let answered = match &self.content {
            Content::Text { .. }
            | Content::Mail { .. }
            | Content::Call {
                status: CallStatus::Ringing,
                ..
            } => None,
            Content::Call {
                status: CallStatus::Answered,
                ..
            } => Some(true),
            Content::Call {
                status: CallStatus::Missed,
                ..
            } => Some(false),
        };
        (self.number, answered)
    }

    /// Whether the letter goes to the mailbox and not to the phone.
    pub(super) fn is_mail(&self) -> bool {
        matches!(self.content, Content::Mail { .. })
    }

    /// The code in the letter, if there is one.
    pub(super) fn code(&self) -> Option<&str> {
        match &self.content {
            Content::Text { code, .. }
            | Content::Mail {
                about: Mail::Code { code, .. },
                ..
            } => Some(&code.plain),
            Content::Mail { .. } | Content::Call { .. } => None,
        }
    }

    /// The subject line; texts and calls have none.
    pub(super) fn subject(&self, words: Words) -> Option<String> {
        let Content::Mail {
            about, identifier, ..
        } = &self.content
        else {
            return None;
        };
        Some(match about {
            Mail::Code { code, .. } => words.mail_code_subject(&code.grouped, &self.tenant),
            Mail::PasswordReset { .. } => words.mail_reset_subject(),
            Mail::AccountUnlocked { .. } => words.mail_unlocked_subject(),
            Mail::Locked { .. } => words.mail_locked_subject(),
            Mail::AdministratorPasswordReset { .. } => words.mail_admin_reset_subject(),
            Mail::HelpRequest { .. } => words.mail_help_subject(identifier),
        })
    }

    /// The text of the letter.
    pub(super) fn body(&self, words: Words) -> String {
        let language = words.language().tag;
        let day_and_time = |at| browser::format_day_and_time(language, at);
        let (about, identifier, support_code) = match &self.content {
            Content::Text { code, minutes } => {
                return words.text_code_body(&code.grouped, *minutes, &self.tenant);
            }
            Content::Call { .. } => return words.voice_code_body(&self.tenant),
            Content::Mail {
                about,
                identifier,
                support_code,
            } => (about, identifier, support_code),
        };
        match about {
            Mail::Code { code, minutes } => {
                words.mail_code_body(&code.grouped, identifier, *minutes, &self.tenant)
            }
            Mail::PasswordReset { at } => {
                words.mail_reset_body(support_code, identifier, &day_and_time(*at))
            }
            Mail::AccountUnlocked { at } => {
                words.mail_unlocked_body(support_code, identifier, &day_and_time(*at))
            }
            Mail::Locked { at, until } => words.mail_locked_body(
                support_code,
                identifier,
                &day_and_time(*at),
                &browser::format_lock_end(language, *until),
            ),
            Mail::AdministratorPasswordReset { administrator, at } => {
                words.mail_admin_reset_body(support_code, administrator, &day_and_time(*at))
            }
            Mail::HelpRequest { at } => {
                words.mail_help_body(support_code, identifier, &day_and_time(*at))
            }
        }
    }
}

fn letter(delivery: &Delivery) -> Letter {
    let (to, letterhead, content) = match &delivery.message {
        Message::Text(text) => {
            let content = Content::Text {
                code: digits(&text.code),
                minutes: minutes(delivery.at, text.deadline),
            };
            (vec![text.to.clone()], &text.letterhead, content)
        }
        Message::Call(call, status) => (
            vec![call.to.clone()],
            &call.letterhead,
            Content::Call {
                id: call.id,
                status: *status,
            },
        ),
        Message::Mail(mail) => {
            let content = Content::Mail {
                about: about(&mail.content, delivery.at),
                identifier: mail.letterhead.identifier.clone(),
                support_code: mail.letterhead.support_code.to_string(),
            };
            (mail.to.clone(), &mail.letterhead, content)
        }
    };
    Letter {
        number: delivery.number,
        at: delivery.at,
        tenant: letterhead.tenant_name.clone(),
        to,
        content,
    }
}

fn about(content: &MailContent, sent_at: Timestamp) -> Mail {
    match content {
        MailContent::Code { code, expires_at } => Mail::Code {
            code: digits(code),
            minutes: minutes(sent_at, *expires_at),
        },
        MailContent::PasswordReset { at } => Mail::PasswordReset { at: *at },
        MailContent::AccountUnlocked { at } => Mail::AccountUnlocked { at: *at },
        MailContent::Locked { at, until } => Mail::Locked {
            at: *at,
            until: *until,
        },
        MailContent::AdministratorPasswordReset { identifier, at } => {
            Mail::AdministratorPasswordReset {
                administrator: identifier.clone(),
                at: *at,
            }
        }
        MailContent::HelpRequest(request) => Mail::HelpRequest { at: request.at },
    }
}

fn digits(code: &Code) -> Digits {
    Digits {
        plain: code.reveal().to_owned(),
        grouped: code.grouped(),
    }
}

/// The number of minutes that a code works if it is sent now.
fn minutes(now: Timestamp, until: Timestamp) -> u32 {
    let seconds = until.seconds().saturating_sub(now.seconds());
    u32::try_from(seconds / 60).unwrap_or_default()
}
