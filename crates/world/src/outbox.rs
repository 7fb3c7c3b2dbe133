//! What has left: texts, mails and calls, newest last.
//!
//! Nothing is really sent. The demo shows it on a phone and in a mailbox; the tests read codes out
//! of it.

use alloc::vec::Vec;

use postern_engine::CallId;
use postern_engine::command::{Call, Mail, Text};
use postern_protocol::Timestamp;
use serde::{Deserialize, Serialize};

/// Deliveries kept; more than a person scrolls through.
const DELIVERIES_MAX: usize = 200;

/// Everything that has left.
#[derive(Default, Deserialize, Serialize)]
pub struct Outbox {
    deliveries: Vec<Delivery>,
    last_number: u32,
}

/// Something that has left.
#[derive(Deserialize, Serialize)]
pub struct Delivery {
    /// Counted from 1 and never used twice.
    pub number: u32,
    /// When it left.
    pub at: Timestamp,
    /// What it is.
    pub message: Message,
}

/// A text, a mail or a call.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Message {
    /// A text.
    Text(Text),
    /// A mail.
    Mail(Mail),
    /// A call, and what became of it.
    Call(Call, CallStatus),
}

/// What became of a call.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallStatus {
    /// It rings.
    Ringing,
    /// `#` was pressed.
    Answered,
    /// It was not.
    Missed,
}

impl Outbox {
    /// Everything that has left, oldest first.
    pub fn deliveries(&self) -> &[Delivery] {
        &self.deliveries
    }

    /// A call that rings.
    pub fn ringing(&self) -> Option<&Call> {
        self.deliveries
            .iter()
            .rev()
            .find_map(|delivery| match &delivery.message {
                Message::Call(call, CallStatus::Ringing) => Some(call),
                Message::Call(_, CallStatus::Answered | CallStatus::Missed)
                | Message::Text(_)
                | Message::Mail(_) => None,
            })
    }

    pub(crate) fn put(&mut self, message: Message, at: Timestamp) {
        self.last_number += 1;
        self.deliveries.push(Delivery {
            number: self.last_number,
            at,
            message,
        });
        let excess = self.deliveries.len().saturating_sub(DELIVERIES_MAX);
        self.deliveries.drain(..excess);
    }

    /// Whether that call rang; it does not any more.
    pub(crate) fn hang_up(&mut self, id: CallId, status: CallStatus) -> bool {
        for delivery in &mut self.deliveries {
            if let Message::Call(call, ringing @ CallStatus::Ringing) = &mut delivery.message
                && call.id == id
            {
                *ringing = status;
                return true;
            }
        }
        false
    }
}
