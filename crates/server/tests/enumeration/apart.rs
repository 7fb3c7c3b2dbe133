//! Decides whether two samples of times distinguish two kinds of people, or differ only as two
//! samples of one kind do.

#![expect(clippy::cast_precision_loss, reason = "a few thousand")]

use std::iter;

/// The maximum probability that a run distinguishes anything where nothing differs.
pub(crate) const CHANCE: f64 = 0.01;

/// The result of a comparison.
#[derive(Clone, Copy)]
pub(crate) enum Verdict {
    /// The distance of the two is within the range that chance produces for samples of one
    /// distribution.
    Alike,
    /// The distance of the two is larger than that.
    ToldApart,
    /// The distance of two samples of the same kind is larger than that: the computer was
    /// disturbed, and the comparison has no meaning.
    Disturbed,
}

impl Verdict {
    /// The result for two kinds at this distance, if two samples of one kind have the distance
    /// `null`.
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

/// The distance that none of these comparisons exceeds by chance, except in one run of a hundred.
///
/// Two samples of one distribution, of `size` each and of 458 at least, are farther apart than `d`
/// with a probability of at most 2·exp(−`size`·d²): F. Wei and R. M. Dudley, Two-sample
/// Dvoretzky–Kiefer–Wolfowitz inequalities, Statistics & Probability Letters 82 (2012). Each
/// comparison gets an equal part of [`CHANCE`] (Bonferroni), which is valid for any dependence
/// between them.
pub(crate) fn bound(size: usize, comparisons: usize) -> f64 {
    ((2.0 * comparisons as f64 / CHANCE).ln() / size as f64).sqrt()
}

/// The largest difference between the shares of the two samples up to any time (Kolmogorov and
/// Smirnov). Both are sorted.
pub(crate) fn distance(one: &[f64], other: &[f64]) -> f64 {
    let share = |sample: &[f64], slowest: f64| {
        sample.partition_point(|it| *it <= slowest) as f64 / sample.len() as f64
    };
    let moments = one.iter().chain(other);
    let differences = moments.map(|at| (share(one, *at) - share(other, *at)).abs());
    differences.fold(0.0, f64::max)
}

/// The smallest shift of one whole sample that makes the two distinguishable: the resolution of the
/// comparison. Both are sorted.
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
