//! Keys that are no random ones, and are guessed as easily as they are typed.

/// A key is no part of itself again and again: a part has as many digits at most, which are 16
/// bytes.
const PERIOD_MAX: usize = 32;

/// Digits that are read as one number, and how many different steps there are at most from one
/// number to the next in what counts up, down or both. Of random keys hardly one in 2⁸⁰ has so few.
const STEPS_MAX: [(usize, usize); 5] = [(1, 3), (2, 3), (4, 3), (8, 2), (16, 1)];

/// Whether the hexadecimal digits of a key are the same few again and again, or numbers that count.
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

/// How many different steps there are between neighbours among numbers of so many digits.
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
