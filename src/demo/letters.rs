//! The messages that left the host, as their recipients would read them: in words, in the current
//! language of the page.
//!
//! A letter keeps its outline and not its wording, so it follows the language of the page.

use postern_engine::{CallId, Code};
use postern_letters::{Outline, Speaker, mail, menu, text};
use postern_protocol::Timestamp;
use postern_world::{CallStatus, Delivery, Message, World};

use crate::words::Words;

/// A message that arrived.
#[derive(Clone)]
pub(super) struct Letter {
    /// The number of the letter, counted from 1 and never used twice.
    pub(super) number: u32,
    /// The time of arrival.
    pub(super) at: Timestamp,
    /// The name of the organisation that sent it.
    pub(super) tenant: String,
    /// The recipients.
    pub(super) to: Vec<String>,
    /// How the letter arrived.
    pub(super) medium: Medium,
    /// The content of the letter.
    outline: Outline,
}

/// How a message arrives.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Medium {
    /// A text with a code.
    Text,
    /// A call.
    Call { id: CallId, status: CallStatus },
    /// A mail.
    Mail,
}

/// Of the letters only a call changes, when it has ended.
impl PartialEq for Letter {
    fn eq(&self, other: &Self) -> bool {
        (self.number, self.medium) == (other.number, other.medium)
    }
}

/// All letters that arrived, newest first.
pub(super) fn all(world: &World) -> Vec<Letter> {
    world.outbox.deliveries().iter().rev().map(letter).collect()
}

impl Letter {
    /// A key that distinguishes the letter from every other. A call gets another key when it has
    /// ended.
    pub(super) fn state(&self) -> (u32, Option<bool>) {
        let answered = match self.medium {
            Medium::Text
            | Medium::Mail
            | Medium::Call {
                status: CallStatus::Ringing,
                ..
            } => None,
            Medium::Call {
                status: CallStatus::Answered,
                ..
            } => Some(true),
            Medium::Call {
                status: CallStatus::Missed,
                ..
            } => Some(false),
        };
        (self.number, answered)
    }

    /// Whether the letter goes to the mailbox and not to the phone.
    pub(super) fn is_mail(&self) -> bool {
        self.medium == Medium::Mail
    }

    /// The code in the letter, if there is one.
    pub(super) fn code(&self) -> Option<&str> {
        self.outline.code.as_ref().map(Code::reveal)
    }

    /// The subject line; texts and calls have none.
    pub(super) fn subject(&self, words: Words) -> Option<String> {
        let subject = self.outline.subject.as_ref()?;
        Some(words.say(subject))
    }

    /// The text of the letter.
    pub(super) fn body(&self, words: Words) -> String {
        self.outline.say(&words).join(" ")
    }
}

fn letter(delivery: &Delivery) -> Letter {
    let (to, letterhead, medium, outline) = match &delivery.message {
        Message::Text(message) => {
            let outline = text(message, delivery.at);
            let to = vec![message.to.clone()];
            (to, &message.letterhead, Medium::Text, outline)
        }
        Message::Call(call, status) => {
            let outline = Outline {
                subject: None,
                paragraphs: vec![vec![menu(&call.letterhead.tenant_name)]],
                code: None,
            };
            let (id, status) = (call.id, *status);
            let medium = Medium::Call { id, status };
            (vec![call.to.clone()], &call.letterhead, medium, outline)
        }
        Message::Mail(message) => {
            let outline = mail(message, delivery.at, None);
            let to = message.to.clone();
            (to, &message.letterhead, Medium::Mail, outline)
        }
    };
    Letter {
        number: delivery.number,
        at: delivery.at,
        tenant: letterhead.tenant_name.clone(),
        to,
        medium,
        outline,
    }
}
