//! How often proofs failed lately, by tenant and by network, as far as it decides how much work is asked.
//!
//! One wrong guess at each of many people is below every limit on one person. It costs an attempt each, and here each makes
//! the next attempt of the same tenant and from the same network dearer. Decoys count like people.
//!
//! Counted in one process, as the load is, and forgotten over time: what an hour may have is taken off in each hour.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use postern_protocol::Timestamp;

/// Failed proofs an hour that are nothing special for a tenant: one of ten thousand people has a tenth of it.
const TENANT_PER_HOUR: u64 = 100;

/// Failed proofs an hour that are nothing special for a network: an office of a thousand people has a tenth of it.
const NETWORK_PER_HOUR: u64 = 30;

/// As many times as hard as this it gets at most, and as many hours later all is forgotten.
const TIMES_MAX: u64 = 10;

/// Networks that are remembered. Each failure costs a proof of work; who has more networks than this has others forgotten
/// that have failed less.
const NETWORKS_MAX: usize = 16_384;

/// Tenants that are remembered: more than one deployment has.
const TENANTS_MAX: usize = 4_096;

/// A failure in the unit that is forgotten by: each second takes off as many as an hour may have.
const FAILURE: u64 = 60 * 60;

/// The addresses that a client that has one of them may well have too: a /24 of version 4, or a /64 of version 6.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Network(IpAddr);

impl Network {
    /// That of an address.
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
#[derive(Debug, Default)]
pub(crate) struct Pressure {
    tenants: Mutex<Buckets<String>>,
    networks: Mutex<Buckets<Network>>,
}

impl Pressure {
    /// A proof failed.
    pub(crate) fn failed(&self, tenant: &str, network: Option<Network>, now: Timestamp) {
        let mut tenants = self.tenants.lock().unwrap_or_else(PoisonError::into_inner);
        tenants.add(tenant.to_owned(), TENANT_PER_HOUR, TENANTS_MAX, now);
        if let Some(network) = network {
            let mut networks = self.networks.lock().unwrap_or_else(PoisonError::into_inner);
            networks.add(network, NETWORK_PER_HOUR, NETWORKS_MAX, now);
        }
    }

    /// How many times as hard an attempt is for a tenant, at least.
    pub(crate) fn times_for(&self, tenant: &str, now: Timestamp) -> u32 {
        let tenants = self.tenants.lock().unwrap_or_else(PoisonError::into_inner);
        tenants.times(tenant, TENANT_PER_HOUR, now)
    }

    /// How many times as hard an attempt is from a network, at least.
    pub(crate) fn times_from(&self, network: Option<Network>, now: Timestamp) -> u32 {
        let networks = self.networks.lock().unwrap_or_else(PoisonError::into_inner);
        network.map_or(1, |network| networks.times(&network, NETWORK_PER_HOUR, now))
    }
}

#[derive(Debug)]
struct Buckets<K>(HashMap<K, Bucket>);

impl<K> Default for Buckets<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

/// What is left of the failures.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: u64,
    at: Timestamp,
}

impl Bucket {
    fn left(self, per_hour: u64, now: Timestamp) -> u64 {
        let forgotten = now.since(self.at).as_secs().saturating_mul(per_hour);
        self.left.saturating_sub(forgotten)
    }
}

impl<K: Eq + Hash + Clone> Buckets<K> {
    fn add(&mut self, name: K, per_hour: u64, most: usize, now: Timestamp) {
        if self.0.len() >= most && !self.0.contains_key(&name) {
            self.make_room(per_hour, now);
        }
        let bucket = self.0.entry(name).or_insert(Bucket { left: 0, at: now });
        let left = bucket.left(per_hour, now) + FAILURE;
        *bucket = Bucket {
            left: left.min(TIMES_MAX * per_hour * FAILURE),
            at: now,
        };
    }

    /// Forgets what is over, or else the one of which least is left.
    fn make_room(&mut self, per_hour: u64, now: Timestamp) {
        let before = self.0.len();
        self.0.retain(|_, bucket| bucket.left(per_hour, now) > 0);
        if self.0.len() < before {
            return;
        }
        let all = self.0.iter();
        let least = all.min_by_key(|(_, bucket)| bucket.left(per_hour, now));
        if let Some(least) = least.map(|(name, _)| name.clone()) {
            self.0.remove(&least);
        }
    }

    /// Once for what is nothing special, and once more for each time as much.
    fn times<Q>(&self, name: &Q, per_hour: u64, now: Timestamp) -> u32
    where
        K: std::borrow::Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        let left = self.0.get(name).map_or(0, |it| it.left(per_hour, now));
        let times = 1 + left / (per_hour * FAILURE);
        u32::try_from(times.min(TIMES_MAX)).unwrap_or(1)
    }
}

/// How many times as hard an attempt is, by what has failed before it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Times {
    /// For what others have failed: in the tenant, or from the network, whichever is more.
    pub(crate) others: u32,
    /// For what was failed under the identifier itself, on top of that.
    pub(crate) own: u32,
}

impl Times {
    /// As hard as usual.
    pub(crate) const ONCE: Self = Self { others: 1, own: 1 };

    /// All in all.
    pub(crate) const fn all(self) -> u32 {
        self.others.saturating_mul(self.own)
    }

    /// The total, where the load makes work so many times as hard for every client. The load and failed proofs do not
    /// add up.
    pub(crate) fn beside(self, load: u32) -> u32 {
        self.others.max(load).saturating_mul(self.own)
    }
}

/// How many times as hard an attempt is, under whose identifier proofs have failed so often in a day. A person who mistypes
/// once notices nothing; from the second failure on it is several times.
pub(crate) const fn times_of_failures(failures: usize) -> u32 {
    match failures {
        0 | 1 => 1,
        2 => 4,
        _ => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(1_700_000_000 + seconds)
    }

    fn network(address: &str) -> Network {
        Network::of(address.parse().expect("an address"))
    }

    #[test]
    fn failures_make_work_harder_for_their_tenant_and_network_and_are_forgotten() {
        const HOUR: i64 = 60 * 60;
        // Failures at once, seconds later, times for the tenant, times from the network.
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
            let pressure = Pressure::default();
            let own = Some(network("192.0.2.1"));
            for _ in 0..failures {
                pressure.failed("contoso.example", own, at(0));
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
        let pressure = Pressure::default();
        let worst = Some(network("198.51.100.1"));
        for _ in 0..60 {
            pressure.failed("contoso.example", worst, at(0));
        }
        for number in 0..17_000_u32 {
            let address = IpAddr::from(std::net::Ipv4Addr::from_bits(number << 8));
            pressure.failed("contoso.example", Some(Network::of(address)), at(0));
        }
        let networks = pressure.networks.lock().expect("no test has panicked");
        assert_eq!(networks.0.len(), NETWORKS_MAX);
        drop(networks);
        assert_eq!(pressure.times_from(worst, at(0)), 3);
    }

    #[test]
    fn one_honest_mistake_costs_nothing_and_more_cost_several_times_as_much() {
        let times = (0..7).map(times_of_failures).collect::<Vec<_>>();
        assert_eq!(times, [1, 1, 4, 8, 8, 8, 8]);
    }
}
