//! The development mailbox: letters are not sent but shown, to people on this machine.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use postern_engine::CallId;
use postern_protocol::Timestamp;

use crate::clock::Clock;
use crate::delivery::{Carrier, NotCarried};
use crate::letter::Letter;

/// Letters shown; more than a person scrolls through.
const LETTERS_MAX: usize = 200;

/// What has arrived, newest first.
pub struct Mailbox {
    letters: Mutex<VecDeque<Delivered>>,
    clock: Clock,
}

/// Something that arrived.
#[derive(Clone, Debug)]
pub struct Delivered {
    /// When it arrived.
    pub at: Timestamp,
    /// Whom it is for.
    pub to: String,
    /// What stands above it.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// BCP 47 tag of the language that it is in; empty where it has none of its own.
    pub language: &'static str,
    /// `ltr`, `rtl` or `auto`.
    pub direction: &'static str,
    /// The code that it brings, if it brings one.
    pub code: Option<String>,
    /// The call that it is, if it is one and still rings.
    pub call: Option<CallId>,
}

impl Mailbox {
    /// An empty one.
    pub fn new(clock: Clock) -> Self {
        Self {
            letters: Mutex::default(),
            clock,
        }
    }

    /// Everything, newest first.
    pub fn all(&self) -> Vec<Delivered> {
        self.letters().iter().cloned().collect()
    }

    /// Forgets everything.
    pub fn clear(&self) {
        self.letters().clear();
    }

    /// The newest code that was sent to that address; it is given once.
    pub fn take_code(&self, to: &str) -> Option<String> {
        self.letters()
            .iter_mut()
            .filter(|letter| letter.to == to)
            .find_map(|letter| letter.code.take())
    }

    /// The newest call that rings: it rings no more.
    pub fn take_call(&self) -> Option<CallId> {
        self.letters()
            .iter_mut()
            .find_map(|letter| letter.call.take())
    }

    /// Whether that call rang; it does not any more.
    pub fn hang_up(&self, call: CallId) -> bool {
        let mut letters = self.letters();
        let ringing = letters.iter_mut().find(|letter| letter.call == Some(call));
        ringing.is_some_and(|letter| letter.call.take().is_some())
    }

    fn letters(&self) -> std::sync::MutexGuard<'_, VecDeque<Delivered>> {
        // A letter is put there whole or not at all.
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
