//! What waits to leave: written with the judgement that ordered it, sealed, and carried soon after, at least once.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use hmac::{Hmac, Mac};
use postern_engine::command::{Call, Letterhead, Mail, MailContent, Text};
use postern_protocol::{Method, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use tokio::sync::Notify;

use crate::keys::Keys;
use crate::seal::Seal;
use crate::store::{Lane, Leased, Waiting};

/// One thing to be carried to one address.
#[derive(Deserialize, Serialize)]
pub(crate) enum Parcel {
    /// A text.
    Text(Text),
    /// A mail, to the first of its addresses; to nobody, where it has none.
    Mail(Mail),
    /// A call.
    Call(Call),
}

impl Parcel {
    /// Its kind, in logs and numbers.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Mail(_) => "mail",
            Self::Call(_) => "call",
        }
    }

    /// Where it waits.
    pub(crate) const fn lane(&self) -> Lane {
        match self {
            Self::Text(_) => Lane::Text,
            Self::Mail(_) => Lane::Mail,
            Self::Call(_) => Lane::Call,
        }
    }

    /// The method that it is for; `None` if it brings word of what has happened.
    pub(crate) const fn method(&self) -> Option<Method> {
        match self {
            Self::Text(_) => Some(Method::MobileSms),
            Self::Call(call) => Some(call.method),
            Self::Mail(mail) => match &mail.content {
                MailContent::Code { .. } => Some(Method::Email),
                MailContent::PasswordReset { .. }
                | MailContent::AccountUnlocked { .. }
                | MailContent::Locked { .. }
                | MailContent::AdministratorPasswordReset { .. }
                | MailContent::HelpRequest(_) => None,
            },
        }
    }

    /// Whose it is.
    pub(crate) const fn letterhead(&self) -> &Letterhead {
        match self {
            Self::Text(text) => &text.letterhead,
            Self::Mail(mail) => &mail.letterhead,
            Self::Call(call) => &call.letterhead,
        }
    }

    /// Whether it is for nobody.
    pub(crate) const fn is_for_nobody(&self) -> bool {
        match self {
            Self::Text(_) | Self::Call(_) => false,
            Self::Mail(mail) => mail.to.is_empty(),
        }
    }

    const fn deadline(&self) -> Timestamp {
        match self {
            Self::Text(text) => text.deadline,
            Self::Mail(mail) => mail.deadline,
            Self::Call(call) => call.deadline,
        }
    }
}

/// Seals parcels, and tells the carriers that there are some.
pub struct Outbox {
    seal: Seal,
    key: [u8; 32],
    /// One for each lane.
    waiting: [Notify; Lane::ALL.len()],
    /// Parcels that this process could not open.
    unopened: Mutex<BTreeSet<i64>>,
}

impl Outbox {
    /// With the deployment's keys.
    pub fn new(keys: impl Into<Keys>) -> Self {
        let keys = keys.into();
        Self {
            seal: Seal::new(&keys, "outbox"),
            key: keys.first().derived("outbox reference"),
            waiting: Lane::ALL.map(|_| Notify::new()),
            unopened: Mutex::default(),
        }
    }

    /// What parcels are sealed with.
    pub(crate) const fn seal(&self) -> &Seal {
        &self.seal
    }

    /// A parcel could not be opened. It stays; whether it is the first that is told of.
    pub(crate) fn keep_unopened(&self, id: i64) -> bool {
        let mut unopened = self.unopened();
        let is_first = unopened.is_empty();
        unopened.insert(id);
        is_first
    }

    /// How many parcels this process could not open: they were sealed with a key that it does not have.
    pub(crate) fn unopened_count(&self) -> usize {
        self.unopened().len()
    }

    fn unopened(&self) -> MutexGuard<'_, BTreeSet<i64>> {
        self.unopened.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn text(&self, text: Text) -> anyhow::Result<Waiting> {
        self.sealed(&Parcel::Text(text))
    }

    pub(crate) fn call(&self, call: Call) -> anyhow::Result<Waiting> {
        self.sealed(&Parcel::Call(call))
    }

    /// One parcel for each address, so that one that does not work keeps no other from its mail; and one for a mail that is
    /// for nobody.
    pub(crate) fn mails(&self, mail: Mail) -> anyhow::Result<Vec<Waiting>> {
        let Mail {
            to,
            content,
            deadline,
            letterhead,
        } = mail;
        let mut parcel = Parcel::Mail(Mail {
            to: Vec::new(),
            content,
            deadline,
            letterhead,
        });
        if to.is_empty() {
            return Ok(vec![self.sealed(&parcel)?]);
        }
        let mut waiting = Vec::with_capacity(to.len());
        for address in to {
            if let Parcel::Mail(mail) = &mut parcel {
                mail.to = vec![address];
            }
            waiting.push(self.sealed(&parcel)?);
        }
        Ok(waiting)
    }

    /// Opens what was sealed here.
    pub(crate) fn open(&self, sealed: &[u8]) -> anyhow::Result<Parcel> {
        self.seal.open(sealed)
    }

    /// What names a parcel to those who get it: the same each time it is tried, so that a mail program keeps it once.
    pub(crate) fn reference(&self, leased: &Leased) -> String {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes a key of any length");
        mac.update(&leased.id.to_be_bytes());
        mac.update(&leased.deadline.seconds().to_be_bytes());
        if let Some(attempt) = leased.attempt {
            mac.update(&attempt.0.to_bytes());
        }
        let digest = mac.finalize().into_bytes();
        digest[..16]
            .iter()
            .fold(String::new(), |name, byte| format!("{name}{byte:02x}"))
    }

    /// Something waits in that lane.
    pub(crate) fn wake(&self, lane: Lane) {
        self.waiting[lane as usize].notify_one();
    }

    /// Until something waits in that lane.
    pub(crate) async fn woken(&self, lane: Lane) {
        self.waiting[lane as usize].notified().await;
    }

    fn sealed(&self, parcel: &Parcel) -> anyhow::Result<Waiting> {
        Ok(Waiting {
            lane: parcel.lane(),
            attempt: parcel.letterhead().attempt,
            tenant: parcel.letterhead().tenant.clone(),
            sealed: self.seal.close(parcel)?,
            deadline: parcel.deadline(),
        })
    }
}
