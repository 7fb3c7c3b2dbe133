//! `postern-phone` in a page of its own, which hands it the table of numbering plans as the
//! wizard's page does.

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

/// Keeps the table. Whether it is one.
#[wasm_bindgen]
pub fn read(table: Vec<u8>) -> bool {
    // It stays for as long as the page does.
    let Ok(plans) = Plans::read(table.leak()) else {
        return false;
    };
    PLANS.with(|cell| {
        cell.get_or_init(|| plans);
    });
    true
}

/// What can be told before the table is here.
#[wasm_bindgen]
pub fn check_shape(input: &str, region: &str) -> bool {
    postern_phone::check_shape(input, Region::parse(region)).is_ok()
}

/// E.164 and whether it is assigned.
#[wasm_bindgen]
pub fn answer(input: &str, region: &str) -> String {
    PLANS.with(|cell| {
        cell.get().map_or_else(String::new, |plans| {
            contestant::answer(plans, input, region)
        })
    })
}

/// Answers to inputs that are in here already, as what was typed into a page is.
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
