//! The number of passed and failed tests, read from the output of test programs.

use std::{fmt, ops::AddAssign};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) passed: u32,
    pub(super) failed: u32,
}

impl Tally {
    /// A single check, such as the format, that holds.
    pub(super) const SUCCESS: Self = Self {
        passed: 1,
        failed: 0,
    };
    /// A check that does not hold, or a stage that did not run.
    pub(super) const FAILURE: Self = Self {
        passed: 0,
        failed: 1,
    };

    /// Reads every line of cargo like `test result: ok. 12 passed; 0 failed; …`.
    pub(super) fn of_cargo(output: &str) -> Self {
        let mut sum = Self::default();
        for line in output
            .lines()
            .filter_map(|line| line.trim().strip_prefix("test result: "))
        {
            sum += Self {
                passed: number_before(line, " passed"),
                failed: number_before(line, " failed"),
            };
        }
        sum
    }

    /// Reads the last line of a program that ends with `12 passed, 0 failed`.
    pub(super) fn of_last_line(output: &str) -> Self {
        let last = output
            .lines()
            .rev()
            .find(|line| !line.trim().is_empty())
            .unwrap_or_default();
        Self {
            passed: number_before(last, " passed"),
            failed: number_before(last, " failed"),
        }
    }

    /// The number of tests that ran, in words.
    pub(super) fn count(self) -> String {
        match (self.passed + self.failed, self.failed) {
            (1, 0) => "1 test".to_owned(),
            (all, 0) => format!("{all} tests"),
            (all, failed) => format!("{failed} of {all} failed"),
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// The number right before a word. A missing number counts as 0.
fn number_before(line: &str, word: &str) -> u32 {
    let before = line
        .split(word)
        .next()
        .filter(|before| before.len() < line.len());
    before
        .and_then(|before| before.rsplit(' ').next()?.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn results_of_all_test_programs_are_added_up() {
        let output = "running 2 tests\n\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\ntest result: FAILED. 10 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(
            Tally::of_cargo(output),
            Tally {
                passed: 12,
                failed: 3
            }
        );
    }

    #[test]
    fn a_program_that_says_nothing_ran_nothing() {
        assert_eq!(
            Tally::of_cargo("error: could not compile"),
            Tally::default()
        );
        assert_eq!(Tally::of_last_line("panicked"), Tally::default());
    }

    #[test]
    fn the_last_line_is_read_even_before_empty_ones() {
        assert_eq!(
            Tally::of_last_line("ok a\n41 passed, 2 failed\n\n"),
            Tally {
                passed: 41,
                failed: 2
            }
        );
    }

    #[test]
    fn a_tally_prints_as_it_is_read() {
        let tally = Tally {
            passed: 7,
            failed: 1,
        };
        assert_eq!(Tally::of_last_line(&tally.to_string()), tally);
    }
}
