use alloc::format;

use super::*;
use crate::EngineKey;

const DAY: Duration = Duration::from_hours(24);

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds)
}

const fn count(counter: Counter) -> Entry {
    Entry::Count {
        counter,
        alias: None,
    }
}

#[test]
fn a_try_counts_until_the_window_has_passed_it() {
    let mut ledger = Ledger::default();
    ledger.apply(&count(Counter::Text), at(0));
    let hour = Duration::from_hours(1);
    assert_eq!(ledger.count(Counter::Text, hour, at(3599)), 1);
    assert_eq!(ledger.count(Counter::Text, hour, at(3600)), 0);
}

#[test]
fn what_was_asked_for_too_soon_makes_no_pause_longer() {
    let mut ledger = Ledger::default();
    let pause = Duration::from_secs(30);
    assert_eq!(ledger.last_apart(Counter::Mail, pause), None);
    for (moment, last) in [
        (1, 1),
        (2, 1),
        (30, 1),
        (31, 31),
        (60, 31),
        (61, 61),
        (99, 99),
    ] {
        ledger.apply(&count(Counter::Mail), at(moment));
        let found = ledger.last_apart(Counter::Mail, pause);
        assert_eq!(found, Some(at(last)), "{moment}");
    }
}

#[test]
fn a_success_clears_counters_and_lock_but_not_resets() {
    let mut ledger = Ledger::default();
    for counter in [Counter::Identity, Counter::Reset] {
        ledger.apply(&count(counter), at(0));
    }
    let lock = Lock::new(Blocked::SmsCodes, at(9));
    ledger.apply(&Entry::Lock(lock), at(0));
    ledger.apply(&Entry::ClearCounters { alias: None }, at(1));
    assert_eq!(ledger.count(Counter::Identity, DAY, at(1)), 0);
    assert_eq!(ledger.count(Counter::Reset, DAY, at(1)), 1);
    assert_eq!(ledger.lock(at(1)), None);
}

#[test]
fn no_list_grows_without_end() {
    let key = EngineKey::new([0; 32]);
    let mut ledger = Ledger::default();
    for moment in 0..500_u16 {
        let digest = key.digest("test", &[&moment.to_be_bytes()]);
        let now = at(i64::from(moment));
        ledger.apply(&count(Counter::Mail), now);
        let why = Retirement::Superseded;
        ledger.apply(&Entry::RetireCode { digest, why }, now);
    }
    assert_eq!(ledger.count(Counter::Mail, DAY, at(500)), MOMENTS_MAX);
    assert_eq!(ledger.retired.len(), RETIRED_CODES_MAX);
}

#[test]
fn a_retired_code_is_recognised_for_two_hours() {
    let digest = EngineKey::new([0; 32]).digest("test", &[]);
    let mut ledger = Ledger::default();
    let why = Retirement::Expired;
    ledger.apply(&Entry::RetireCode { digest, why }, at(0));
    assert_eq!(ledger.retired(&digest, at(7199)), Some(why));
    assert_eq!(ledger.retired(&digest, at(7200)), None);
}

/// An account has more identifiers than the limit of separate counts. The further identifier
/// changes nothing that is shown under another, and every limit still applies.
#[test]
fn an_identifier_beyond_those_that_are_counted_apart_shows_nothing_of_them() {
    let key = EngineKey::new([7; 32]);
    let alias = |number: usize| {
        let identifier = crate::Identifier::parse(&format!("ada{number}@contoso.example"));
        crate::alias(&key, None, &identifier.unwrap())
    };
    for counter in [Counter::Identity, Counter::Mail, Counter::Help] {
        let mut ledger = Ledger::default();
        let count = |number| Entry::Count {
            counter,
            alias: Some(alias(number)),
        };
        for number in 0..ALIASES_MAX {
            ledger.apply(&count(number), at(0));
        }
        let shown = |ledger: &Ledger, number| {
            let seen = ledger.seen_under(alias(number));
            assert_eq!(
                seen.count(counter, DAY, at(2)),
                ledger.count_under(alias(number), counter, DAY, at(2))
            );
            (seen, ledger.failures_under(alias(number), at(2)))
        };
        let before: Vec<_> = (0..ALIASES_MAX).map(|it| shown(&ledger, it)).collect();
        // The seventeenth identifier, and twenty more, several times.
        for number in ALIASES_MAX..ALIASES_MAX + 21 {
            for _ in 0..3 {
                ledger.apply(&count(number), at(1));
            }
            assert_eq!(shown(&ledger, number), (Ledger::default(), 0));
        }
        let after: Vec<_> = (0..ALIASES_MAX).map(|it| shown(&ledger, it)).collect();
        assert_eq!(after, before);
        assert_eq!(ledger.count(counter, DAY, at(1)), ALIASES_MAX + 63);
        // A success under it clears nothing of the others, and the next day it can have its own
        // counts.
        let alias_of = |number| Some(alias(number));
        let clears = Entry::ClearCounters {
            alias: alias_of(ALIASES_MAX),
        };
        ledger.apply(&clears, at(2));
        let cleared: Vec<_> = (0..ALIASES_MAX).map(|it| shown(&ledger, it)).collect();
        assert_eq!(cleared, before);
        let tomorrow = at(0) + DAY;
        ledger.apply(&count(ALIASES_MAX), tomorrow);
        assert_eq!(
            ledger.count_under(alias(ALIASES_MAX), counter, DAY, tomorrow),
            1
        );
    }
}
