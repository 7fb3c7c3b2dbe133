//! The development mailbox. It does not send letters, but shows them to people on this machine.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use postern_engine::CallId;
use postern_letters::Letter;
use postern_protocol::Timestamp;

use crate::clock::Clock;
use crate::delivery::{Carrier, NotCarried};

/// Maximum number of letters. A person does not scroll through more.
const LETTERS_MAX: usize = 200;

/// The letters that arrived, newest first.
pub struct Mailbox {
    letters: Mutex<VecDeque<Delivered>>,
    clock: Clock,
}

/// A letter that arrived.
#[derive(Clone, Debug)]
pub struct Delivered {
    /// When it arrived.
    pub at: Timestamp,
    /// The recipient.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// The content.
    pub text: String,
    /// BCP 47 tag of the letter's language. Empty if it has none of its own.
    pub language: &'static str,
    /// `ltr`, `rtl` or `auto`.
    pub direction: &'static str,
    /// The code in the letter, if there is one.
    pub code: Option<String>,
    /// The call, if the letter is one that still rings.
    pub call: Option<CallId>,
}

impl Mailbox {
    /// An empty mailbox.
    pub fn new(clock: Clock) -> Self {
        Self {
            letters: Mutex::default(),
            clock,
        }
    }

    /// All letters, newest first.
    pub fn all(&self) -> Vec<Delivered> {
        self.letters().iter().cloned().collect()
    }

    /// Removes all letters.
    pub fn clear(&self) {
        self.letters().clear();
    }

    /// The newest code that was sent to an address. Each code is returned once.
    pub fn take_code(&self, to: &str) -> Option<String> {
        self.letters()
            .iter_mut()
            .filter(|letter| letter.to == to)
            .find_map(|letter| letter.code.take())
    }

    /// The newest ringing call. It stops ringing.
    pub fn take_call(&self) -> Option<CallId> {
        self.letters()
            .iter_mut()
            .find_map(|letter| letter.call.take())
    }

    /// Whether a call was ringing. It stops ringing.
    pub fn hang_up(&self, call: CallId) -> bool {
        let mut letters = self.letters();
        let ringing = letters.iter_mut().find(|letter| letter.call == Some(call));
        ringing.is_some_and(|letter| letter.call.take().is_some())
    }

    fn letters(&self) -> std::sync::MutexGuard<'_, VecDeque<Delivered>> {
        // A letter is added in one step, so a panic cannot leave a part of one.
        self.letters.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Carrier for Mailbox {
    async fn carry(&self, letter: Letter) -> Result<(), NotCarried> {
        let at = self.clock.now();
        let delivered = match letter {
            Letter::Mail(mail) => Delivered {
                at,
                to: mail.to,
                subject: mail.subject,
                text: mail.text,
                language: mail.language,
                direction: mail.direction.as_str(),
                code: mail.code,
                call: None,
            },
            Letter::Text(text) => Delivered {
                at,
                to: text.to,
                subject: String::new(),
                text: text.text,
                language: "",
                direction: "auto",
                code: Some(text.code),
                call: None,
            },
            Letter::Call(call) => Delivered {
                at,
                to: call.to,
                subject: String::new(),
                text: call.speech.menu,
                language: call.speech.language,
                direction: "auto",
                code: None,
                call: Some(call.id),
            },
        };
        let mut letters = self.letters();
        letters.push_front(delivered);
        letters.truncate(LETTERS_MAX);
        Ok(())
    }
}
