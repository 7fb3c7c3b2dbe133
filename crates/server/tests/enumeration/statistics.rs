//! Tests of the statistics that distinguish times: they detect differences, and rarely report one
//! that does not exist.

use super::apart::{Verdict, bound, distance, told_from};

const SIZE: usize = 500;

/// Times as a service has them: most are near two milliseconds, and some are much longer.
fn sample(random: &mut fastrand::Rng, slower: f64) -> Vec<f64> {
    let times = (0..SIZE).map(|_| 2.0 - (1.0 - random.f64()).ln() * 0.5 + slower);
    let mut times: Vec<f64> = times.collect();
    times.sort_by(f64::total_cmp);
    times
}

#[test]
fn the_bound_grows_with_comparisons_and_falls_with_calls() {
    for (size, comparisons, expected) in [
        // The value of a table of the distribution: 1.628 times the root of 2 / 500.
        (500, 1, "0.103"),
        (500, 54, "0.136"),
        (1_000, 54, "0.096"),
        (1_000, 108, "0.100"),
    ] {
        assert_eq!(format!("{:.3}", bound(size, comparisons)), expected);
    }
}

#[test]
fn the_distance_is_the_largest_difference_of_shares() {
    for (one, other, expected) in [
        (&[1.0, 2.0, 3.0, 4.0], &[1.0, 2.0, 3.0, 4.0], 0.0),
        (&[1.0, 2.0, 3.0, 4.0], &[1.0, 2.0, 3.0, 5.0], 0.25),
        (&[1.0, 2.0, 3.0, 4.0], &[3.0, 4.0, 5.0, 6.0], 0.5),
        (&[1.0, 2.0, 3.0, 4.0], &[5.0, 6.0, 7.0, 8.0], 1.0),
    ] {
        assert!((distance(one, other) - expected).abs() < 1e-9);
    }
}

#[test]
fn a_family_of_equals_is_told_apart_once_in_a_hundred_runs_and_by_the_bound_of_one_comparison_far_more_often()
 {
    const RUNS: usize = 100;
    const COMPARISONS: usize = 36;
    let mut random = fastrand::Rng::with_seed(11);
    let (of_family, of_one) = (bound(SIZE, COMPARISONS), bound(SIZE, 1));
    let mut told = (0, 0);
    for _ in 0..RUNS {
        let distances = (0..COMPARISONS)
            .map(|_| distance(&sample(&mut random, 0.0), &sample(&mut random, 0.0)));
        let farthest = distances.fold(0.0, f64::max);
        told.0 += usize::from(farthest > of_family);
        told.1 += usize::from(farthest > of_one);
    }
    assert!(told.0 <= 2, "{told:?}");
    assert!((10..60).contains(&told.1), "{told:?}");
}

#[test]
fn who_is_slower_is_told_apart_and_a_disturbed_machine_is_no_verdict() {
    let mut random = fastrand::Rng::with_seed(11);
    let bound = bound(SIZE, 36);
    let [one, same] = [0.0; 2].map(|slower| sample(&mut random, slower));
    let slower = sample(&mut random, 0.2);
    let (null, apart) = (distance(&one, &same), distance(&one, &slower));
    for (distance, null, expected) in [
        (null, null, "alike"),
        (apart, null, "told apart"),
        (apart, apart, "disturbed"),
        (null, apart, "disturbed"),
    ] {
        assert_eq!(Verdict::of(distance, null, bound).as_str(), expected);
    }
    let told_from = told_from(&one, &same, bound);
    assert!((0.02..0.2).contains(&told_from), "{told_from}");
}
