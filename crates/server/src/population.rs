//! Counts of the methods that each tenant's people have on file. They are counted once a day, kept
//! in the store, and used by every replica from the same moment on. Decoys are drawn from them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use postern_engine::{EngineKey, Population, Tenant};
use postern_protocol::Timestamp;
use serde::{Deserialize, Serialize};
use tracing::warn;

use crate::clock::Clock;
use crate::directory::Directories;
use crate::keys::Keys;
use crate::seal::Seal;
use crate::store::Counts;

/// How often people are counted.
const COUNTED_EVERY: Duration = Duration::from_hours(24);

/// How long after counting the counts come into use. By then every replica has read them.
const VALID_AFTER: Duration = Duration::from_mins(2);

/// How often a replica reads the counts of others.
pub(crate) const READ_EVERY: Duration = Duration::from_mins(1);

/// People are counted again at once if their number has changed by one part in this many.
const CHANGE_COUNTS: u64 = 20;

/// The counts that this process knows.
pub(crate) struct Populations {
    seal: Seal,
    known: ArcSwap<BTreeMap<String, Vec<Counted>>>,
}

/// A count in its stored form.
#[derive(Clone, Deserialize, Serialize)]
struct KeptCount {
    /// The number of accounts, including those that may not reset.
    people: u64,
    population: Population,
}

/// A count that is valid from a moment on.
#[derive(Clone)]
struct Counted {
    valid_from: Timestamp,
    people: u64,
    population: Arc<Population>,
}

impl Populations {
    /// With the deployment's keys.
    pub(crate) fn new(keys: &Keys) -> Self {
        Self {
            seal: Seal::new(keys, "populations"),
            known: ArcSwap::default(),
        }
    }

    /// The population that decoys are drawn from at a moment. [`Population::uncounted`] if nothing
    /// was counted.
    pub(crate) fn at(&self, tenant: &Tenant, now: Timestamp) -> Arc<Population> {
        let known = self.known.load();
        let counts = || known.get(tenant.id()).into_iter().flatten();
        let begun = counts().filter(|counted| counted.valid_from <= now);
        let last = begun.max_by_key(|counted| counted.valid_from);
        let counted = last.or_else(|| counts().min_by_key(|counted| counted.valid_from));
        counted
            .map(|counted| counted.population.clone())
            .unwrap_or_default()
    }

    /// Reads the counts of others, and counts if it is time to.
    pub(crate) async fn renew(
        &self,
        tenants: &[Tenant],
        (store, directories): (&dyn Counts, &Directories),
        key: &EngineKey,
        clock: &Clock,
    ) {
        let mut known = BTreeMap::clone(&self.known.load());
        known.retain(|domain, _| tenants.iter().any(|tenant| tenant.id() == domain));
        for tenant in tenants {
            let renewed = self.renewed(tenant, (store, directories), key, clock).await;
            match renewed {
                Ok(counts) => {
                    known.insert(tenant.id().to_owned(), counts);
                }
                Err(error) => warn!(
                    tenant = tenant.id(),
                    error = format!("{error:#}"),
                    "the server could not count the people of a tenant"
                ),
            }
        }
        self.known.store(Arc::new(known));
    }

    async fn renewed(
        &self,
        tenant: &Tenant,
        (store, directories): (&dyn Counts, &Directories),
        key: &EngineKey,
        clock: &Clock,
    ) -> anyhow::Result<Vec<Counted>> {
        let kept = store.populations(tenant.id()).await?;
        // A count that cannot be opened is counted again.
        let opened = kept.iter().filter_map(|(valid_from, sealed)| {
            let kept: KeptCount = self.seal.open(sealed).ok()?;
            Some(Counted {
                valid_from: *valid_from,
                people: kept.people,
                population: Arc::new(kept.population),
            })
        });
        let mut counts: Vec<Counted> = opened.collect();
        let last = counts.iter().max_by_key(|counted| counted.valid_from);
        let directory = directories.of(tenant);
        let people = directory.people(tenant).await?;
        let now = clock.now();
        let is_current = last.is_some_and(|last| {
            now < last.valid_from + COUNTED_EVERY
                && people.abs_diff(last.people) <= last.people / CHANGE_COUNTS
        });
        if is_current {
            return Ok(counts);
        }
        let population = directory.population(tenant, key).await?;
        let kept = KeptCount { people, population };
        // The first population is used at once: no decoy has been shown from an earlier one.
        let valid_from = if last.is_some() {
            now + VALID_AFTER
        } else {
            now
        };
        let sealed = self.seal.close(&kept)?;
        let domain = tenant.id();
        store.keep_population(domain, valid_from, sealed).await?;
        counts.push(Counted {
            valid_from,
            people,
            population: Arc::new(kept.population),
        });
        Ok(counts)
    }
}
