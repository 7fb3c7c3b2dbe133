//! What waits to leave: written with the judgement that ordered it, sealed, and carried soon after, at least once.

use postern_engine::EngineKey;
use postern_engine::command::{Call, Mail, Text};
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

use crate::seal::Seal;
use crate::store::Waiting;

/// One thing to be carried to one address.
#[derive(Deserialize, Serialize)]
pub(crate) enum Parcel {
    /// A text.
    Text(Text),
    /// A mail, to the first of its addresses.
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
}

/// Seals parcels, and tells the carriers that there are some.
pub struct Outbox {
    seal: Seal,
    waiting: Notify,
}

impl Outbox {
    /// With the deployment's secret.
    pub fn new(key: &EngineKey) -> Self {
        Self {
            seal: Seal::new(key, "outbox"),
            waiting: Notify::new(),
        }
    }

    pub(crate) fn text(&self, text: Text) -> anyhow::Result<Waiting> {
        let deadline = text.deadline;
        self.sealed(&Parcel::Text(text), deadline)
    }

    pub(crate) fn call(&self, call: Call) -> anyhow::Result<Waiting> {
        let deadline = call.deadline;
        self.sealed(&Parcel::Call(call), deadline)
    }

    /// One parcel for each address, so that one that does not work keeps no other from its mail.
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
        let mut waiting = Vec::with_capacity(to.len());
        for address in to {
            if let Parcel::Mail(mail) = &mut parcel {
                mail.to = vec![address];
            }
            waiting.push(self.sealed(&parcel, deadline)?);
        }
        Ok(waiting)
    }

    /// Opens what was sealed here.
    pub(crate) fn open(&self, sealed: &[u8]) -> anyhow::Result<Parcel> {
        self.seal.open(sealed)
    }

    /// Something waits.
    pub(crate) fn wake(&self) {
        self.waiting.notify_one();
    }

    /// Until something waits.
    pub(crate) async fn woken(&self) {
        self.waiting.notified().await;
    }

    fn sealed(
        &self,
        parcel: &Parcel,
        deadline: postern_protocol::Timestamp,
    ) -> anyhow::Result<Waiting> {
        Ok(Waiting {
            sealed: self.seal.close(parcel)?,
            deadline,
        })
    }
}
