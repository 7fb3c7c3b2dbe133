//! Mails to the administrators of a tenant: at most ten in an hour, and then one mail with the
//! number of further requests.
//!
//! The hour begins with the first request and is counted in the store, so that every process has
//! the same count. Invented identifiers count like others: they cause the same mails.

use std::time::Duration;

use postern_engine::command::Mail;
use postern_engine::{Tenant, help_recipients};
use postern_protocol::Timestamp;

use super::Judge;
use crate::outbox::{Digest, Outbox};
use crate::store::{Changes, HelpChange, HelpHour, Lane, Waiting};

/// The maximum number of requests for help per tenant in an hour that cause a mail.
const MAILS_MAX: i64 = 10;

/// The time in which requests are counted together.
const HOUR: Duration = Duration::from_hours(1);

/// How long delivery of the number is tried. After that it is no longer useful.
const DIGEST_LIFE: Duration = Duration::from_hours(24);

impl Judge {
    /// Counts a request for help. Returns the mails to send, and the new count.
    pub(super) async fn ask_for_help(
        &self,
        tenant: &Tenant,
        mail: Mail,
        now: Timestamp,
    ) -> anyhow::Result<(Vec<Waiting>, HelpChange)> {
        let before = self.store.help_hour(tenant.id()).await?;
        let locale = mail.letterhead.locale.clone();
        let (mut waiting, after) = match &before {
            Some(hour) if now.since(hour.begun_at) < HOUR => {
                let asked = hour.asked.saturating_add(1);
                let begun_at = hour.begun_at;
                (
                    Vec::new(),
                    HelpHour {
                        begun_at,
                        asked,
                        locale,
                    },
                )
            }
            Some(_) | None => {
                let over = before.as_ref();
                let digests = over.map(|hour| digests(&self.outbox, tenant, hour, now));
                let (begun_at, asked) = (now, 1);
                (
                    digests.transpose()?.unwrap_or_default(),
                    HelpHour {
                        begun_at,
                        asked,
                        locale,
                    },
                )
            }
        };
        if after.asked <= MAILS_MAX {
            waiting.extend(self.outbox.mails(mail)?);
        }
        let change = HelpChange {
            tenant: tenant.id().to_owned(),
            before,
            after: Some(after),
        };
        Ok((waiting, change))
    }

    /// Sends administrators the number of requests without a mail, for hours that are over. Returns
    /// the number of these hours.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn tell_of_help(&self, limit: i64) -> anyhow::Result<usize> {
        let now = self.clock.now();
        let over = self.store.help_hours(now - HOUR, limit).await?;
        let settings = self.settings.load_full();
        let count = over.len();
        for (name, hour) in over {
            let tenant = settings.tenant_kept_as(&name);
            let digests = tenant.map(|tenant| digests(&self.outbox, tenant, &hour, now));
            let changes = Changes {
                outbox: digests.transpose()?.unwrap_or_default(),
                help: Some(HelpChange {
                    tenant: name,
                    before: Some(hour),
                    after: None,
                }),
                ..Changes::default()
            };
            // Another process may have been first, or another request may have changed the ledger.
            if self.store.commit(changes, now).await?.is_done() {
                self.outbox.wake(Lane::Mail);
            }
        }
        Ok(count)
    }
}

/// One mail for each administrator, if there were requests without a mail.
fn digests(
    outbox: &Outbox,
    tenant: &Tenant,
    hour: &HelpHour,
    now: Timestamp,
) -> anyhow::Result<Vec<Waiting>> {
    let more = hour.asked.saturating_sub(MAILS_MAX);
    if more <= 0 {
        return Ok(Vec::new());
    }
    let addresses = help_recipients(tenant).into_iter();
    let digests = addresses.map(|to| {
        outbox.digest(Digest {
            to,
            tenant: tenant.id().to_owned(),
            tenant_name: tenant.name.clone(),
            locale: hour.locale.clone(),
            more,
            since: hour.begun_at,
            until: hour.begun_at + HOUR,
            deadline: now + DIGEST_LIFE,
        })
    });
    digests.collect()
}
