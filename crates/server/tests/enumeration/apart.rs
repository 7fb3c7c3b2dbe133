//! Whether two samples of times tell two kinds of people apart, or differ as two samples of one
//! kind do.

#![expect(clippy::cast_precision_loss, reason = "a few thousand")]

use std::iter;

/// How likely it is at most that a run tells anything apart where nothing differs.
pub(crate) const CHANCE: f64 = 0.01;

/// What a comparison comes to.
#[derive(Clone, Copy)]
pub(crate) enum Verdict {
    /// The two are no farther apart than chance brings samples of one distribution.
    Alike,
    /// The two are farther apart than that.
    ToldApart,
    /// Two samples of the same kind are farther apart than that: the machine was disturbed, and the
    /// comparison says nothing.
    Disturbed,
}

impl Verdict {
    /// Of two kinds that are so far apart, where two samples of one kind are so far apart.
    pub(crate) fn of(distance: f64, null: f64, bound: f64) -> Self {
        if null > bound {
            Self::Disturbed
        } else if distance > bound {
            Self::ToldApart
        } else {
            Self::Alike
        }
    }

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Alike => "alike",
            Self::ToldApart => "told apart",
            Self::Disturbed => "disturbed",
        }
    }
}

/// The distance that none of so many comparisons exceeds by chance, but in one run of a hundred.
///
/// Two samples of one distribution, of `size` each and of 458 at least, are farther apart than `d`
/// with a probability of at most 2·exp(−`size`·d²): F. Wei and R. M. Dudley, Two-sample
/// Dvoretzky–Kiefer–Wolfowitz inequalities, Statistics & Probability Letters 82 (2012). Each
/// comparison gets an equal part of [`CHANCE`] (Bonferroni), which holds however they depend on
/// each other.
pub(crate) fn bound(size: usize, comparisons: usize) -> f64 {
    ((2.0 * comparisons as f64 / CHANCE).ln() / size as f64).sqrt()
}

/// The largest difference between the shares of two samples that are at most as slow as anything
/// (Kolmogorov and Smirnov). Both are sorted.
pub(crate) fn distance(one: &[f64], other: &[f64]) -> f64 {
    let share = |sample: &[f64], slowest: f64| {
        sample.partition_point(|it| *it <= slowest) as f64 / sample.len() as f64
    };
    let moments = one.iter().chain(other);
    let differences = moments.map(|at| (share(one, *at) - share(other, *at)).abs());
    differences.fold(0.0, f64::max)
}

/// By how much one sample has to be slower than the other, all of it, to be told apart: what the
/// comparison can see. Both are sorted.
pub(crate) fn told_from(one: &[f64], other: &[f64], bound: f64) -> f64 {
    let is_told = |slower: f64| {
        let slower: Vec<f64> = other.iter().map(|it| it + slower).collect();
        distance(one, &slower) > bound
    };
    let doubled = iter::successors(Some(0.001), |it| Some(it * 2.0));
    let mut most = doubled
        .take(40)
        .find(|it| is_told(*it))
        .unwrap_or(f64::INFINITY);
    let mut least = 0.0;
    while most - least > 0.001 && most.is_finite() {
        let middle = f64::midpoint(least, most);
        if is_told(middle) {
            most = middle;
        } else {
            least = middle;
        }
    }
    most
}
