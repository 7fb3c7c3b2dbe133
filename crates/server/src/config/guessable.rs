//! Recognises keys that are not random, and therefore easy to guess.

/// Maximum length in digits of a part that a key may not consist of repeatedly. 32 digits are 16
/// bytes.
const PERIOD_MAX: usize = 32;

/// How many digits are read as one number, and up to how many different steps between neighbouring
/// numbers mean that the key counts up, down or both. Of random keys fewer than one in 2⁸⁰ has so
/// few steps.
const STEPS_MAX: [(usize, usize); 5] = [(1, 3), (2, 3), (4, 3), (8, 2), (16, 1)];

/// Whether the hexadecimal digits of a key repeat, or count.
pub(super) fn is_guessable(key: &[u8]) -> bool {
    let digits: Vec<u64> = key
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 0xf])
        .map(u64::from)
        .collect();
    (1..=PERIOD_MAX).any(|period| repeats(&digits, period))
        || STEPS_MAX
            .iter()
            .any(|(width, most)| steps(&digits, *width) <= *most)
}

fn repeats(digits: &[u64], period: usize) -> bool {
    digits
        .iter()
        .zip(digits.iter().skip(period))
        .all(|(one, next)| one == next)
}

/// The number of different steps between neighbouring numbers of `width` digits.
fn steps(digits: &[u64], width: usize) -> usize {
    let number = |digits: &[u64]| digits.iter().fold(0, |number, digit| number << 4 | digit);
    let numbers: Vec<u64> = digits.chunks(width).map(number).collect();
    let mask = u64::MAX >> (64 - 4 * width);
    let mut steps: Vec<u64> = numbers
        .windows(2)
        .map(|pair| pair[1].wrapping_sub(pair[0]) & mask)
        .collect();
    steps.sort_unstable();
    steps.dedup();
    steps.len()
}
