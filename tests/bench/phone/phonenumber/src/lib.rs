//! The crate `phonenumber` in a page of its own. It brings its metadata along.

use wasm_bindgen::prelude::wasm_bindgen;

#[path = "../../../../../crates/phone/benches/contestants/phonenumber.rs"]
mod contestant;

/// E.164 and whether it is assigned.
#[wasm_bindgen]
pub fn answer(input: &str, region: &str) -> String {
    contestant::answer(input, region)
}
