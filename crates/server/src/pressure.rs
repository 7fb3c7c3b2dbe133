//! The number of recent failed proofs by tenant and by network. It influences the proof of work.
//!
//! One wrong guess at each of many people stays below every limit on one person. But each guess
//! needs an attempt. Here each failure makes the next attempt of the same tenant, and from the same
//! network, more expensive. Decoys count like people.
//!
//! Failures are forgotten over time: in each hour as many leak away as an hour may have (a leaky
//! bucket as a meter, ITU-T I.371). Each replica counts by itself and shares its counts through the
//! store every [`SHARED_EVERY`], so that no request waits for another replica.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hmac::{Hmac, Mac};
use postern_protocol::Timestamp;
use sha2::Sha256;

use crate::keys::Keys;
use crate::store::{Bucket as Shared, Counts, Poured, Result};

/// How often replicas share their counts.
pub(crate) const SHARED_EVERY: Duration = Duration::from_secs(5);

/// Maximum factor of the work, and the number of hours after which everything is forgotten.
const TIMES_MAX: i64 = 10;

/// Maximum number of remembered networks. Each failure costs a proof of work. An attacker with more
/// networks displaces networks with fewer failures.
const NETWORKS_MAX: usize = 16_384;

/// Maximum number of remembered tenants: no deployment has more.
const TENANTS_MAX: usize = 4_096;

/// Maximum buckets that one transaction writes.
const POURED_MAX: usize = 500;

/// Maximum buckets of other replicas that are read: those that make work harder.
const READ_MAX: i64 = 16_384;

/// Beginnings of the names of buckets.
const OF_TENANT: &str = "tenant ";
const OF_NETWORK: &str = "network ";

const HOUR: Duration = Duration::from_hours(1);
const HOUR_MS: i64 = 60 * 60 * 1_000;

/// Failed proofs an hour that count as ordinary.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct PerHour {
    /// For a tenant.
    pub(crate) tenant: u32,
    /// From a network.
    pub(crate) network: u32,
}

impl Default for PerHour {
    /// One for a hundred people: for a tenant of 10,000 people, and for 3,000 people who share a
    /// network.
    ///
    /// A person resets a password twice a year (Specops Software, 650,000 resets of 700
    /// organisations in 2023), which is once in a thousand working hours. Assume five times that in
    /// the worst hour, and two wrong tries for each reset. That makes one failure for a hundred
    /// people. On the other side, three of a million codes of an authenticator app are valid at a
    /// time. An attacker who stays below 100 tries an hour finds one of them with a probability of
    /// 0.7 % in a day.
    fn default() -> Self {
        Self {
            tenant: 100,
            network: 30,
        }
    }
}

/// The addresses that a client with one of them may well have too: an IPv4 /24 or an IPv6 /64.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Network(IpAddr);

impl Network {
    /// The network of an address.
    pub const fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(address) => {
                let [a, b, c, _] = address.octets();
                IpAddr::V4(std::net::Ipv4Addr::new(a, b, c, 0))
            }
            IpAddr::V6(address) => {
                let network = address.to_bits() >> 64 << 64;
                IpAddr::V6(std::net::Ipv6Addr::from_bits(network))
            }
        })
    }
}

/// Counts failed proofs.
pub(crate) struct Pressure {
    /// The key that names networks.
    key: [u8; 32],
    tenants: Mutex<Buckets>,
    networks: Mutex<Buckets>,
}

impl Pressure {
    /// With the keys of the deployment; the first one names networks.
    pub(crate) fn new(keys: &Keys) -> Self {
        Self {
            key: keys.first().derived("names of networks"),
            tenants: Mutex::new(Buckets::of(TENANTS_MAX)),
            networks: Mutex::new(Buckets::of(NETWORKS_MAX)),
        }
    }

    /// Counts a failed proof.
    pub(crate) fn failed(
        &self,
        tenant: &str,
        network: Option<Network>,
        an_hour: PerHour,
        now: Timestamp,
    ) {
        locked(&self.tenants).add(of_tenant(tenant), an_hour.tenant, now);
        if let Some(network) = network {
            locked(&self.networks).add(self.of_network(network), an_hour.network, now);
        }
    }

    /// The minimum factor of the work for an attempt of a tenant.
    pub(crate) fn times_for(&self, tenant: &str, now: Timestamp) -> u32 {
        locked(&self.tenants).times(&of_tenant(tenant), now)
    }

    /// The minimum factor of the work for an attempt from a network.
    pub(crate) fn times_from(&self, network: Option<Network>, now: Timestamp) -> u32 {
        network.map_or(1, |network| {
            locked(&self.networks).times(&self.of_network(network), now)
        })
    }

    /// Writes the new counts of this replica, and reads the buckets of all replicas that make work
    /// harder.
    ///
    /// # Errors
    ///
    /// When the store fails. Counts that were not written are written the next time.
    pub(crate) async fn share(&self, store: &dyn Counts, now: Timestamp) -> Result<()> {
        let mut unshared = locked(&self.tenants).take_unshared();
        unshared.extend(locked(&self.networks).take_unshared());
        unshared.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        let holds = HOUR * u32::try_from(TIMES_MAX).unwrap_or(u32::MAX);
        let mut parts = unshared.chunks(POURED_MAX);
        while let Some(part) = parts.next() {
            if let Err(error) = store.pour(part, now, holds).await {
                for poured in std::iter::once(part).chain(parts).flatten() {
                    self.buckets_of(&poured.name).give_back(poured);
                }
                return Err(error);
            }
        }
        for shared in store.fuller_than(now + HOUR, READ_MAX).await? {
            self.buckets_of(&shared.name).learn(shared, now);
        }
        Ok(())
    }

    fn of_network(&self, Network(address): Network) -> String {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes a key of any length");
        mac.update(address.to_string().as_bytes());
        let digest = mac.finalize().into_bytes();
        digest[..16]
            .iter()
            .fold(OF_NETWORK.to_owned(), |name, byte| {
                format!("{name}{byte:02x}")
            })
    }

    fn buckets_of(&self, name: &str) -> MutexGuard<'_, Buckets> {
        locked(if name.starts_with(OF_NETWORK) {
            &self.networks
        } else {
            &self.tenants
        })
    }
}

fn of_tenant(tenant: &str) -> String {
    format!("{OF_TENANT}{tenant}")
}

fn locked(buckets: &Mutex<Buckets>) -> MutexGuard<'_, Buckets> {
    buckets.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The remaining failures, by name of the bucket.
struct Buckets {
    most: usize,
    by_name: HashMap<String, Leaking>,
}

/// Moments and durations are in milliseconds.
#[derive(Clone, Copy, Default)]
struct Leaking {
    empty_at: i64,
    /// The part that was added here and is not in the store yet.
    unshared: i64,
}

impl Leaking {
    fn left(self, now: Timestamp) -> i64 {
        self.empty_at.saturating_sub(in_ms(now)).max(0)
    }
}

impl Buckets {
    fn of(most: usize) -> Self {
        Self {
            most,
            by_name: HashMap::new(),
        }
    }

    fn bucket(&mut self, name: String, now: Timestamp) -> &mut Leaking {
        if self.by_name.len() >= self.most && !self.by_name.contains_key(&name) {
            self.make_room(now);
        }
        self.by_name.entry(name).or_default()
    }

    fn add(&mut self, name: String, per_hour: u32, now: Timestamp) {
        let failure = HOUR_MS / i64::from(per_hour.max(1));
        let bucket = self.bucket(name, now);
        let left = (bucket.left(now) + failure).min(TIMES_MAX * HOUR_MS);
        bucket.empty_at = in_ms(now) + left;
        bucket.unshared = (bucket.unshared + failure).min(TIMES_MAX * HOUR_MS);
    }

    fn take_unshared(&mut self) -> Vec<Poured> {
        let buckets = self.by_name.iter_mut();
        let unshared = buckets.filter(|(_, bucket)| bucket.unshared > 0);
        let unshared = unshared.map(|(name, bucket)| Poured {
            name: name.clone(),
            ms: std::mem::take(&mut bucket.unshared),
        });
        unshared.collect()
    }

    /// Takes back a count that could not be shared.
    fn give_back(&mut self, poured: &Poured) {
        if let Some(bucket) = self.by_name.get_mut(&poured.name) {
            bucket.unshared = (bucket.unshared + poured.ms).min(TIMES_MAX * HOUR_MS);
        }
    }

    /// Learns a bucket from the store, which has at least what this replica shared.
    fn learn(&mut self, shared: Shared, now: Timestamp) {
        let bucket = self.bucket(shared.name, now);
        bucket.empty_at = bucket.empty_at.max(shared.empty_at_ms);
    }

    /// Removes empty buckets, or else the emptiest one.
    fn make_room(&mut self, now: Timestamp) {
        let before = self.by_name.len();
        self.by_name.retain(|_, bucket| bucket.left(now) > 0);
        if self.by_name.len() < before {
            return;
        }
        let all = self.by_name.iter();
        let least = all.min_by_key(|(_, bucket)| bucket.left(now));
        if let Some(least) = least.map(|(name, _)| name.clone()) {
            self.by_name.remove(&least);
        }
    }

    /// 1 for an ordinary number, and 1 more for each further such number.
    fn times(&self, name: &str, now: Timestamp) -> u32 {
        let left = self.by_name.get(name).map_or(0, |it| it.left(now));
        let times = 1 + left / HOUR_MS;
        u32::try_from(times.min(TIMES_MAX)).unwrap_or(1)
    }
}

/// A moment in milliseconds since 1970.
const fn in_ms(moment: Timestamp) -> i64 {
    moment.seconds().saturating_mul(1_000)
}

/// The factors of the work for an attempt, by the failures before it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Times {
    /// The factor for failures of others: in the tenant or from the network, whichever is greater.
    pub(crate) others: u32,
    /// The additional factor for failures under the identifier itself.
    pub(crate) own: u32,
}

impl Times {
    /// The usual work.
    pub(crate) const ONCE: Self = Self { others: 1, own: 1 };

    /// The product of both factors.
    pub(crate) const fn all(self) -> u32 {
        self.others.saturating_mul(self.own)
    }

    /// The product of both factors if the load calls for `load` as well. Load and failures of
    /// others do not add up.
    pub(crate) fn beside(self, load: u32) -> u32 {
        self.others.max(load).saturating_mul(self.own)
    }
}

/// The factor for the number of failures under an identifier in a day. A person who mistypes once
/// notices nothing. From the second failure on, the work is several times as hard.
pub(crate) const fn times_of_failures(failures: usize) -> u32 {
    match failures {
        0 | 1 => 1,
        2 => 4,
        _ => 8,
    }
}

#[cfg(test)]
mod tests {
    use postern_engine::EngineKey;

    use super::*;
    use crate::store::{Upkeep as _, temporary};

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(1_700_000_000 + seconds)
    }

    fn keys() -> Keys {
        EngineKey::new([42; 32]).into()
    }

    fn network(address: &str) -> Network {
        Network::of(address.parse().expect("an address"))
    }

    #[test]
    fn failures_make_work_harder_for_their_tenant_and_network_and_are_forgotten() {
        const HOUR: i64 = 60 * 60;
        // Failures at once, seconds later, factor for the tenant, factor from the network.
        for (failures, later, tenant, from) in [
            (0, 0, 1, 1),
            (1, 0, 1, 1),
            (29, 0, 1, 1),
            (30, 0, 1, 2),
            (30, 60, 1, 1),
            (60, 0, 1, 3),
            (60, HOUR, 1, 2),
            (60, 2 * HOUR, 1, 1),
            (99, 0, 1, 4),
            (100, 0, 2, 4),
            (300, 0, 4, 10),
            (300, HOUR, 3, 10),
            (300, 3 * HOUR, 1, 8),
            (5_000, 0, 10, 10),
            (5_000, HOUR, 10, 10),
            (5_000, 10 * HOUR, 1, 1),
        ] {
            let pressure = Pressure::new(&keys());
            let own = Some(network("192.0.2.1"));
            for _ in 0..failures {
                pressure.failed("contoso.example", own, PerHour::default(), at(0));
            }
            let now = at(later);
            let told = (
                pressure.times_for("contoso.example", now),
                pressure.times_from(own, now),
            );
            assert_eq!(told, (tenant, from), "{failures} failures, {later} s later");
            let others = (
                pressure.times_for("fabrikam.example", now),
                pressure.times_from(Some(network("192.0.3.1")), now),
                pressure.times_from(None, now),
            );
            assert_eq!(others, (1, 1, 1));
        }
    }

    #[test]
    fn a_network_is_a_24_of_version_4_or_a_64_of_version_6() {
        for (one, another, is_same) in [
            ("192.0.2.1", "192.0.2.255", true),
            ("192.0.2.1", "192.0.3.1", false),
            ("::ffff:192.0.2.1", "192.0.2.9", true),
            ("2001:db8::1", "2001:db8::ffff:0:0:1", true),
            ("2001:db8::1", "2001:db8:0:1::1", false),
        ] {
            assert_eq!(network(one) == network(another), is_same, "{one} {another}");
        }
    }

    #[test]
    fn memory_is_bounded_and_who_failed_most_is_remembered() {
        let pressure = Pressure::new(&keys());
        let worst = Some(network("198.51.100.1"));
        for _ in 0..60 {
            pressure.failed("contoso.example", worst, PerHour::default(), at(0));
        }
        for number in 0..17_000_u32 {
            let address = IpAddr::from(std::net::Ipv4Addr::from_bits(number << 8));
            let network = Some(Network::of(address));
            pressure.failed("contoso.example", network, PerHour::default(), at(0));
        }
        let networks = pressure.networks.lock().expect("no test has panicked");
        assert_eq!(networks.by_name.len(), NETWORKS_MAX);
        drop(networks);
        assert_eq!(pressure.times_from(worst, at(0)), 3);
    }

    #[tokio::test]
    async fn failures_at_one_replica_count_at_the_others_and_outlive_a_restart() {
        const HOUR: i64 = 60 * 60;
        let (_folder, store) = temporary::store(keys()).await;
        let own = Some(network("192.0.2.1"));
        let times = |pressure: &Pressure, now| {
            let tenant = pressure.times_for("contoso.example", now);
            (tenant, pressure.times_from(own, now))
        };
        let fail = |pressure: &Pressure, failures| {
            for _ in 0..failures {
                pressure.failed("contoso.example", own, PerHour::default(), at(0));
            }
        };
        let replicas = [(); 2].map(|()| Pressure::new(&keys()));
        let [one, other] = &replicas;
        // Failures at each replica, and the factors for the tenant and from the network once both
        // replicas know all failures.
        for (failures, expected) in [(20, (1, 2)), (40, (2, 5)), (500, (10, 10))] {
            for pressure in &replicas {
                fail(pressure, failures);
            }
            for pressure in [one, other, one] {
                let shared = pressure.share(&*store, at(0)).await;
                shared.expect("the store takes it");
            }
            for pressure in &replicas {
                assert_eq!(times(pressure, at(0)), expected, "{failures} at each");
            }
        }
        let started_again = Pressure::new(&keys());
        assert_eq!(times(&started_again, at(3 * HOUR)), (1, 1));
        let shared = started_again.share(&*store, at(3 * HOUR)).await;
        shared.expect("the store has it");
        assert_eq!(times(&started_again, at(3 * HOUR)), (8, 8));
        let forgotten = [9 * HOUR, 10 * HOUR, 11 * HOUR].map(at);
        for (now, rows) in forgotten.into_iter().zip([0, 2, 0]) {
            assert_eq!(store.prune(now, 100).await.expect("it prunes"), rows);
        }
    }

    #[tokio::test]
    async fn failures_that_could_not_be_shared_are_shared_the_next_time() {
        let (_folder, store) = temporary::store(keys()).await;
        let rename = async |statement: &'static str| {
            let mut write = store.write().await.expect("it writes");
            let renamed = sqlx::query(statement).execute(&mut *write).await;
            renamed.expect("the table is renamed");
            write.commit().await.expect("it is committed");
        };
        let own = Some(network("192.0.2.1"));
        let [one, other] = [(); 2].map(|()| Pressure::new(&keys()));
        for _ in 0..60 {
            one.failed("contoso.example", own, PerHour::default(), at(0));
        }
        rename("ALTER TABLE pressure RENAME TO away").await;
        assert!(one.share(&*store, at(0)).await.is_err());
        rename("ALTER TABLE away RENAME TO pressure").await;
        for pressure in [&one, &other] {
            let shared = pressure.share(&*store, at(0)).await;
            shared.expect("the store takes it");
        }
        assert_eq!(other.times_from(own, at(0)), 3);
    }

    #[test]
    fn one_honest_mistake_costs_nothing_and_more_cost_several_times_as_much() {
        let times = (0..7).map(times_of_failures).collect::<Vec<_>>();
        assert_eq!(times, [1, 1, 4, 8, 8, 8, 8]);
    }
}
