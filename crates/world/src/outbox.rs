//! The sent messages: texts, mails and calls, newest last.
//!
//! Nothing is really sent. The demo shows the messages on a phone and in a mailbox, and the tests
//! read codes from them.

use alloc::vec::Vec;

use postern_engine::CallId;
use postern_engine::command::{Call, Mail, Text};
use postern_protocol::Timestamp;
use serde::{Deserialize, Serialize};

/// The maximum number of kept deliveries: more than a person scrolls through.
const DELIVERIES_MAX: usize = 200;

/// All sent messages.
#[derive(Default, Deserialize, Serialize)]
pub struct Outbox {
    deliveries: Vec<Delivery>,
    last_number: u32,
}

/// A sent message.
#[derive(Deserialize, Serialize)]
pub struct Delivery {
    /// The number of the delivery, counted from 1 and never used twice.
    pub number: u32,
    /// When the message left.
    pub at: Timestamp,
    /// The message itself.
    pub message: Message,
}

/// A text, a mail or a call.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Message {
    /// A text message.
    Text(Text),
    /// A mail message.
    Mail(Mail),
    /// A call, and its status.
    Call(Call, CallStatus),
}

/// The status of a call.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallStatus {
    /// The call rings.
    Ringing,
    /// The person pressed `#`.
    Answered,
    /// The person did not press `#`.
    Missed,
}

impl Outbox {
    /// All deliveries, oldest first.
    pub fn deliveries(&self) -> &[Delivery] {
        &self.deliveries
    }

    /// The last call that rings.
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

    /// Ends a call that rings. Returns whether it was ringing.
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
