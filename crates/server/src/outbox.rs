//! The outbox: messages that wait to be carried. Each is sealed and committed together with the
//! judgement that ordered it. It is carried soon after, at least once.

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

/// One message for one address.
#[derive(Deserialize, Serialize)]
pub(crate) enum Parcel {
    /// A text.
    Text(Text),
    /// A mail, to the first of its addresses. The mail of a decoy has none.
    Mail(Mail),
    /// A call.
    Call(Call),
    /// A mail to an administrator about requests for help that got no mail of their own.
    Digest(Digest),
}

/// The number of people of a tenant who asked for help and got no mail of their own.
#[derive(Deserialize, Serialize)]
pub(crate) struct Digest {
    /// The address of the administrator.
    pub(crate) to: String,
    /// The id of the tenant.
    pub(crate) tenant: String,
    /// The name of the tenant.
    pub(crate) tenant_name: String,
    /// The language of the mail.
    pub(crate) locale: String,
    /// The number of people.
    pub(crate) more: i64,
    /// When the first person of the hour asked.
    pub(crate) since: Timestamp,
    /// The end of that hour.
    pub(crate) until: Timestamp,
    /// The moment from which the mail is useless.
    pub(crate) deadline: Timestamp,
}

impl Parcel {
    /// The name of its kind, in logs and metrics.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Mail(_) | Self::Digest(_) => "mail",
            Self::Call(_) => "call",
        }
    }

    /// The lane that it waits in.
    pub(crate) const fn lane(&self) -> Lane {
        match self {
            Self::Text(_) => Lane::Text,
            Self::Mail(_) | Self::Digest(_) => Lane::Mail,
            Self::Call(_) => Lane::Call,
        }
    }

    /// The method that it is part of; `None` if it is a notification.
    pub(crate) const fn method(&self) -> Option<Method> {
        match self {
            Self::Text(_) => Some(Method::MobileSms),
            Self::Call(call) => Some(call.method),
            Self::Digest(_) => None,
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

    /// The attempt that ordered it; `None` if no attempt did.
    pub(crate) const fn letterhead(&self) -> Option<&Letterhead> {
        match self {
            Self::Text(text) => Some(&text.letterhead),
            Self::Mail(mail) => Some(&mail.letterhead),
            Self::Call(call) => Some(&call.letterhead),
            Self::Digest(_) => None,
        }
    }

    /// The tenant that it belongs to.
    fn tenant(&self) -> &str {
        match self {
            Self::Text(text) => &text.letterhead.tenant,
            Self::Mail(mail) => &mail.letterhead.tenant,
            Self::Call(call) => &call.letterhead.tenant,
            Self::Digest(digest) => &digest.tenant,
        }
    }

    /// Whether it is the mail of a decoy, which has no recipient.
    pub(crate) const fn has_no_recipient(&self) -> bool {
        match self {
            Self::Text(_) | Self::Call(_) | Self::Digest(_) => false,
            Self::Mail(mail) => mail.to.is_empty(),
        }
    }

    const fn deadline(&self) -> Timestamp {
        match self {
            Self::Text(text) => text.deadline,
            Self::Mail(mail) => mail.deadline,
            Self::Call(call) => call.deadline,
            Self::Digest(digest) => digest.deadline,
        }
    }
}

/// Seals parcels, and wakes the carriers.
pub struct Outbox {
    seal: Seal,
    key: [u8; 32],
    /// A wake-up for each lane.
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

    /// The seal of parcels.
    pub(crate) const fn seal(&self) -> &Seal {
        &self.seal
    }

    /// Notes a parcel that could not be opened. It stays in the outbox. Returns whether it is the
    /// first one.
    pub(crate) fn keep_unopened(&self, id: i64) -> bool {
        let mut unopened = self.unopened();
        let is_first = unopened.is_empty();
        unopened.insert(id);
        is_first
    }

    /// The number of parcels that this process could not open, since it lacks their key.
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

    /// One parcel for each address, so that a failing address does not delay the others. A mail
    /// without a recipient gets one parcel.
    pub(crate) fn mails(&self, mut mail: Mail) -> anyhow::Result<Vec<Waiting>> {
        let to = std::mem::take(&mut mail.to);
        let mut parcel = Parcel::Mail(mail);
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

    pub(crate) fn digest(&self, digest: Digest) -> anyhow::Result<Waiting> {
        self.sealed(&Parcel::Digest(digest))
    }

    /// Opens a sealed parcel.
    pub(crate) fn open(&self, sealed: &[u8]) -> anyhow::Result<Parcel> {
        self.seal.open(sealed)
    }

    /// The reference of a parcel for its recipient. It is the same for each try, so that a mail
    /// program shows the mail once.
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

    /// Wakes a lane, since it has a new parcel.
    pub(crate) fn wake(&self, lane: Lane) {
        self.waiting[lane as usize].notify_one();
    }

    /// Waits until a lane is woken.
    pub(crate) async fn woken(&self, lane: Lane) {
        self.waiting[lane as usize].notified().await;
    }

    fn sealed(&self, parcel: &Parcel) -> anyhow::Result<Waiting> {
        Ok(Waiting {
            lane: parcel.lane(),
            attempt: parcel.letterhead().map(|letterhead| letterhead.attempt),
            tenant: parcel.tenant().to_owned(),
            sealed: self.seal.close(parcel)?,
            deadline: parcel.deadline(),
        })
    }
}

#[cfg(test)]
mod tests {
    use postern_engine::EngineKey;
    use postern_protocol::{AttemptId, CorrelationId, Guid, SupportCode};

    use super::*;

    const DEADLINE: Timestamp = Timestamp::from_seconds(1_700_000_300);

    fn mail(to: &[&str]) -> Mail {
        Mail {
            to: to.iter().map(ToString::to_string).collect(),
            content: MailContent::PasswordReset { at: DEADLINE },
            is_app_disabled: false,
            deadline: DEADLINE,
            letterhead: Letterhead {
                tenant: "contoso.example".into(),
                tenant_name: "Contoso".into(),
                locale: "en".into(),
                identifier: "ada@contoso.example".into(),
                attempt: AttemptId(Guid::from_random(1)),
                correlation_id: CorrelationId(Guid::from_random(2)),
                support_code: SupportCode(Guid::from_random(3)),
            },
        }
    }

    #[test]
    fn the_mail_of_a_decoy_waits_as_one_to_a_single_address_does() {
        let outbox = Outbox::new(EngineKey::new([1; 32]));
        for (to, parcels) in [
            (&[][..], 1),
            (&["ada@home.example"], 1),
            (&["ada@home.example", "ada@contoso.example"], 2),
        ] {
            let waiting = outbox.mails(mail(to)).expect("they can be sealed");
            assert_eq!(waiting.len(), parcels, "{to:?}");
            for (number, waiting) in waiting.iter().enumerate() {
                let kept = (waiting.lane, waiting.deadline, waiting.tenant.as_str());
                assert_eq!(kept, (Lane::Mail, DEADLINE, "contoso.example"));
                assert_eq!(waiting.attempt, Some(AttemptId(Guid::from_random(1))));
                let parcel = outbox.open(&waiting.sealed).expect("it was sealed here");
                let Parcel::Mail(mail) = &parcel else {
                    panic!("it is a mail");
                };
                assert_eq!(mail.to.first().map(String::as_str), to.get(number).copied());
                assert_eq!(parcel.has_no_recipient(), to.is_empty());
            }
        }
    }
}
