//! The randomness of one call, derived from its seed.
//!
//! It uses HMAC-SHA-256 in counter mode (NIST SP 800-108r1 section 4.1), so that the same seed
//! always gives the same attempt: the host owns the randomness, and tests can repeat every outcome.

use alloc::string::String;
use alloc::vec::Vec;

use hmac::Mac;
use zeroize::Zeroize;

use crate::key::{KEY_LENGTH, mac};

/// A random generator for one call.
pub struct Dice {
    seed: [u8; KEY_LENGTH],
    counter: u32,
    block: [u8; KEY_LENGTH],
    used: usize,
}

impl Dice {
    /// A new generator.
    pub const fn new(seed: [u8; KEY_LENGTH]) -> Self {
        Self {
            seed,
            counter: 0,
            block: [0; KEY_LENGTH],
            used: KEY_LENGTH,
        }
    }

    /// Sixteen random bytes as a number.
    pub fn bits(&mut self) -> u128 {
        u128::from_be_bytes(core::array::from_fn(|_| self.byte()))
    }

    /// Random bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        core::array::from_fn(|_| self.byte())
    }

    /// `count` decimal digits. Every digit is equally likely.
    pub fn digits(&mut self, count: u8) -> String {
        (0..count)
            .map(|_| char::from(b'0' + self.below(10)))
            .collect()
    }

    /// A number below `bound`, which is at least 1. Every number is equally likely.
    pub fn below(&mut self, bound: u8) -> u8 {
        // The highest bytes would make some numbers more likely than others, so these bytes are
        // drawn again.
        let fair = u8::MAX - (u8::MAX % bound + 1) % bound;
        loop {
            let byte = self.byte();
            if byte <= fair {
                return byte % bound;
            }
        }
    }

    /// `count` of the items, in random order. Every selection is equally likely. If there are not
    /// more than `count` items, all of them.
    ///
    /// The function considers at most the first 255 items.
    pub fn pick<T: Copy>(&mut self, items: &[T], count: usize) -> Vec<T> {
        let mut rest = items.to_vec();
        rest.truncate(usize::from(u8::MAX));
        let mut picked = Vec::with_capacity(count);
        while picked.len() < count && !rest.is_empty() {
            let bound = u8::try_from(rest.len()).unwrap_or(u8::MAX);
            picked.push(rest.swap_remove(usize::from(self.below(bound))));
        }
        picked
    }

    fn byte(&mut self) -> u8 {
        if self.used == KEY_LENGTH {
            let mut mac = mac(&self.seed);
            mac.update(&self.counter.to_be_bytes());
            self.block = mac.finalize().into_bytes().into();
            self.counter += 1;
            self.used = 0;
        }
        let byte = self.block[self.used];
        self.used += 1;
        byte
    }
}

impl Drop for Dice {
    fn drop(&mut self) {
        self.seed.zeroize();
        self.block.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_and_another_does_not() {
        let draw = |seed| Dice::new([seed; KEY_LENGTH]).digits(40);
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
    }

    #[test]
    fn every_digit_is_about_as_likely() {
        let digits = Dice::new([3; KEY_LENGTH]).digits(250);
        for digit in '0'..='9' {
            let count = digits.matches(digit).count();
            assert!(
                (10..=45).contains(&count),
                "{digit} came {count} times in 250"
            );
        }
    }

    #[test]
    fn a_bound_of_one_and_bounds_that_divide_256_reach_every_number() {
        let mut dice = Dice::new([4; KEY_LENGTH]);
        assert_eq!(dice.below(1), 0);
        let drawn: Vec<u8> = (0..100).map(|_| dice.below(4)).collect();
        assert!((0..4).all(|number| drawn.contains(&number)));
    }

    #[test]
    fn a_pick_repeats_nothing_and_never_exceeds_what_there_is() {
        let mut dice = Dice::new([5; KEY_LENGTH]);
        let mut picked = dice.pick(&[1, 2, 3, 4, 5], 3);
        picked.sort_unstable();
        picked.dedup();
        assert_eq!(picked.len(), 3);
        assert_eq!(dice.pick(&[1, 2], 3).len(), 2);
    }
}
