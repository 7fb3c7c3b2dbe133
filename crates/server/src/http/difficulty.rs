//! The difficulty of the proof of work: the settings of an administrator, and the resulting
//! difficulty of one challenge.

use postern_host::work::Hardness;
use serde::Deserialize;

use crate::pressure::PerHour;

/// Maximum iterations for each guess. More would take a phone half a second for each guess.
const COST_MAX: u32 = 200_000;

/// Average number of guesses for each number of leading zeros of a key. Each further zero is
/// sixteen times as hard.
const GUESSES: [u32; 4] = [1, 16, 256, 4096];

const RISES_TO_MAX: u32 = 10;

/// Maximum of the failure limits: no tenant has more failures in an hour.
const FAILURES_MAX: u32 = 1_000_000;

/// From this factor on, a challenge asks for sixteen times the guesses, and each guess costs a
/// sixteenth. Verifying one then costs the service less, and never more than three times the usual
/// cost.
const MORE_GUESSES_FROM: u32 = 4;

/// The difficulty of challenges, as checked settings.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(try_from = "WrittenDifficulty")]
pub struct Difficulty(WrittenDifficulty);

/// The settings as an administrator writes them.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenDifficulty {
    /// Iterations for each guess.
    cost: u32,
    /// Guesses on average.
    guesses: u32,
    /// Attempts a minute in one process that count as ordinary.
    ordinary_per_minute: u32,
    /// Twice as many attempts make a challenge twice as hard, up to this factor.
    rises_to: u32,
    /// Failed proofs an hour in all processes that count as ordinary for a tenant.
    tenant_failures_per_hour: u32,
    /// Failed proofs an hour in all processes that count as ordinary for a network.
    network_failures_per_hour: u32,
}

impl Default for WrittenDifficulty {
    /// A second on a phone of the cheapest kind: `postern_host::work` says how that is reckoned.
    fn default() -> Self {
        Self {
            cost: 2_000,
            guesses: 256,
            ordinary_per_minute: 60,
            rises_to: 4,
            tenant_failures_per_hour: PerHour::default().tenant,
            network_failures_per_hour: PerHour::default().network,
        }
    }
}

impl TryFrom<WrittenDifficulty> for Difficulty {
    type Error = String;

    fn try_from(written: WrittenDifficulty) -> Result<Self, String> {
        if !(1..=COST_MAX).contains(&written.cost) {
            return Err(format!("cost must be from 1 to {COST_MAX}"));
        }
        if !GUESSES.contains(&written.guesses) {
            return Err("guesses must be 1, 16, 256 or 4096".into());
        }
        if written.ordinary_per_minute == 0 {
            return Err("ordinary-per-minute must be at least 1".into());
        }
        if !(1..=RISES_TO_MAX).contains(&written.rises_to) {
            return Err(format!("rises-to must be from 1 to {RISES_TO_MAX}"));
        }
        for (key, failures) in [
            ("tenant-failures-per-hour", written.tenant_failures_per_hour),
            (
                "network-failures-per-hour",
                written.network_failures_per_hour,
            ),
        ] {
            if !(1..=FAILURES_MAX).contains(&failures) {
                return Err(format!("{key} is 1 to {FAILURES_MAX}"));
            }
        }
        Ok(Self(written))
    }
}

impl Difficulty {
    /// The factor for the number of attempts that were begun in the last minute.
    pub(super) fn times_of_load(self, in_a_minute: u32) -> u32 {
        let times = in_a_minute / self.0.ordinary_per_minute;
        times.clamp(1, self.0.rises_to)
    }

    /// The factor that failed proofs call for, within its limits.
    pub(crate) fn times_of_pressure(self, times: u32) -> u32 {
        times.clamp(1, self.0.rises_to)
    }

    /// Failed proofs an hour that count as ordinary.
    pub(crate) const fn failures_per_hour(self) -> PerHour {
        PerHour {
            tenant: self.0.tenant_failures_per_hour,
            network: self.0.network_failures_per_hour,
        }
    }

    /// Average iterations to solve a challenge that is `times` as hard.
    pub(crate) fn iterations(self, times: u32) -> u64 {
        self.times(times).iterations()
    }

    /// The hardness of a challenge that is `times` as hard.
    pub(super) fn times(self, times: u32) -> Hardness {
        let WrittenDifficulty { cost, guesses, .. } = self.0;
        let digits = guesses.ilog2() / 4;
        let cost = cost.saturating_mul(times);
        if times < MORE_GUESSES_FROM {
            return Hardness { cost, digits };
        }
        Hardness {
            cost: cost.div_ceil(16),
            digits: digits + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Difficulty, Hardness};

    #[test]
    fn work_rises_with_what_is_begun_and_falls_again() {
        let difficulty = Difficulty::default();
        for (in_a_minute, times) in [(0, 1), (119, 1), (120, 2), (180, 3), (100_000, 4)] {
            assert_eq!(
                difficulty.times_of_load(in_a_minute),
                times,
                "{in_a_minute}"
            );
        }
    }

    #[test]
    fn what_is_so_many_times_as_hard_is_dear_to_solve_and_cheap_to_verify() {
        let difficulty = Difficulty::default();
        for (times, cost, digits) in [
            (1, 2_000, 2),
            (2, 4_000, 2),
            (3, 6_000, 2),
            (4, 500, 3),
            (8, 1_000, 3),
            (16, 2_000, 3),
            (32, 4_000, 3),
        ] {
            let hardness = difficulty.times(times);
            assert_eq!(hardness, Hardness { cost, digits }, "{times}");
            assert_eq!(hardness.iterations(), 512_000 * u64::from(times));
        }
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for wrong in [
            r#"{"cost": 0}"#,
            r#"{"guesses": 0}"#,
            r#"{"guesses": 300}"#,
            r#"{"guesses": 65536}"#,
            r#"{"ordinary-per-minute": 0}"#,
            r#"{"rises-to": 11}"#,
            r#"{"tenant-failures-per-hour": 0}"#,
            r#"{"network-failures-per-hour": 1000001}"#,
            r#"{"costs": 1}"#,
        ] {
            assert!(
                serde_json::from_str::<Difficulty>(wrong).is_err(),
                "{wrong}"
            );
        }
    }
}
