//! `postern-phone` in a separate page, which passes it the table of numbering plans as the wizard's
//! page does.

use std::cell::OnceCell;

use postern_phone::{Plans, Region};
use wasm_bindgen::prelude::wasm_bindgen;

#[path = "../../../../../crates/phone/benches/contestants/postern.rs"]
mod contestant;
#[path = "../../kept.rs"]
pub mod kept;

thread_local! {
    static PLANS: OnceCell<Plans<'static>> = const { OnceCell::new() };
}

/// Stores the table. Returns whether it is valid.
#[wasm_bindgen]
pub fn read(table: Vec<u8>) -> bool {
    // The table stays as long as the page.
    let Ok(plans) = Plans::read(table.leak()) else {
        return false;
    };
    PLANS.with(|cell| {
        cell.get_or_init(|| plans);
    });
    true
}

/// The result before the table has loaded.
#[wasm_bindgen]
pub fn check_shape(input: &str, region: &str) -> bool {
    postern_phone::check_shape(input, Region::parse(region)).is_ok()
}

/// The E.164 form, and whether the number is assigned.
#[wasm_bindgen]
pub fn answer(input: &str, region: &str) -> String {
    PLANS.with(|cell| {
        cell.get().map_or_else(String::new, |plans| {
            contestant::answer(plans, input, region)
        })
    })
}

/// Answers for stored inputs, as for text that a person typed into a page.
#[wasm_bindgen]
pub fn answer_kept(group: usize, repetitions: u32) -> usize {
    PLANS.with(|cell| {
        cell.get().map_or(0, |plans| {
            kept::answer_all(group, repetitions, |input, region| {
                contestant::answer(plans, input, region)
            })
        })
    })
}
