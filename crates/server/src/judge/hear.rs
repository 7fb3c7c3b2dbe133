//! The judge as a host: it reads from the store and the directory what a hearing needs.

use postern_engine::{Breach, Case, Population};
use postern_host::{Heard, Hearing, Moment, Named, Surroundings};
use tracing::{Span, field, trace};

use super::failure::Unanswered;
use super::{Caller, Judge};
use crate::random;
use crate::settings::Settings;

impl Judge {
    /// What every hearing knows without reading anything.
    pub(super) fn around<'a>(&'a self, settings: &'a Settings) -> Surroundings<'a> {
        Surroundings {
            tenants: &settings.tenants,
            keys: self.keys.ring(),
            banned: self.banned,
            asks_breaches: self.breaches.load().is_some(),
        }
    }

    /// Reads everything that a hearing needs, until there is a judgement, or an answer without one.
    pub(super) async fn hear(
        &self,
        mut hearing: Hearing<'_>,
        caller: &Caller,
    ) -> Result<Heard, Unanswered> {
        loop {
            if let Some(need) = hearing.need() {
                trace!(%need, "reads");
            }
            hearing = match hearing {
                Hearing::Attempt(needed) => {
                    let kept = self.store.attempt(needed.id()).await?;
                    let hearing = needed.give(kept);
                    hearing.case().inspect(|case| log_as(case));
                    hearing
                }
                Hearing::Record(needed) => {
                    let now = self.clock.now();
                    let recorded = self.store.reply(needed.key(), now).await?;
                    needed.give(recorded)
                }
                Hearing::Person(needed) => {
                    let tenant = needed.tenant();
                    let directory = self.directories.of(tenant);
                    let found = match needed.named() {
                        Named::Identifier(named) => directory.find(tenant, named).await?,
                        Named::Account(id) | Named::Decoy(id) => {
                            directory.person(tenant, id).await?
                        }
                    };
                    needed.give(found)
                }
                Hearing::Registration(needed) => {
                    let of = self.registrations.of(needed.tenant(), needed.account());
                    let registration = of.await?;
                    needed.give(registration)
                }
                Hearing::Ledger(needed) => {
                    let ledger = self.store.ledger(needed.subject()).await?;
                    needed.give(ledger)
                }
                Hearing::Health(needed) => {
                    let tenant = needed.tenant();
                    let health = self.directories.of(tenant).health(tenant).await;
                    needed.give(health)
                }
                Hearing::Breach(needed) => {
                    let breach = match self.breaches.load_full() {
                        Some(breaches) => breaches.look_up(needed.password()).await,
                        None => Breach::NotFound,
                    };
                    needed.give(breach)
                }
                Hearing::Ready(ready) => {
                    self.weigh(&ready, caller).await?;
                    let now = self.clock.now();
                    let tenant = ready.tenant();
                    let population = tenant.map(|tenant| self.populations.at(tenant, now));
                    let population = population.as_deref();
                    ready.judge(&Moment {
                        now,
                        seed: random::bytes(),
                        population: population.unwrap_or(Population::uncounted()),
                    })
                }
                Hearing::Over(heard) => return Ok(heard),
            }
        }
    }
}

/// Adds the ids of the attempt to all later log lines of the request.
pub(super) fn log_as(case: &Case) {
    let span = Span::current();
    span.record("sid", field::display(case.id()));
    span.record("cid", field::display(case.correlation_id()));
    span.record("support_code", field::display(case.support_code()));
    span.record("short_code", field::display(case.support_code().short()));
}
