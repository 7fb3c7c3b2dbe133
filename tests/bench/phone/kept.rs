//! Inputs in the page's own memory, as for typed text. Both modules contain this code, so that its
//! size does not affect their difference.

use std::cell::RefCell;
use std::hint::black_box;

use wasm_bindgen::prelude::wasm_bindgen;

/// Inputs with their regions.
type Group = Vec<(String, String)>;

thread_local! {
    static KEPT: RefCell<Vec<Group>> = const { RefCell::new(Vec::new()) };
}

/// Stores inputs: one line for each, and its region on the next line. Returns their number.
#[wasm_bindgen]
pub fn keep(lines: &str) -> usize {
    let lines: Vec<&str> = lines.lines().collect();
    let pairs = lines.chunks_exact(2);
    let group = pairs.map(|pair| (pair[0].to_owned(), pair[1].to_owned()));
    KEPT.with_borrow_mut(|kept| {
        kept.push(group.collect());
        kept.len() - 1
    })
}

/// Answers all of them, this number of times; returns the total length of the answers.
pub(crate) fn answer_all(
    group: usize,
    repetitions: u32,
    answer: impl Fn(&str, &str) -> String,
) -> usize {
    KEPT.with_borrow(|kept| {
        let group = kept.get(group).map_or(&[][..], Vec::as_slice);
        let mut length = 0;
        for _ in 0..repetitions {
            for (input, region) in group {
                length += answer(black_box(input), region).len();
            }
        }
        length
    })
}
