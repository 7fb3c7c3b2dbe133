//! The crate `phonenumber` in a separate page. It includes its metadata.

use wasm_bindgen::prelude::wasm_bindgen;

#[path = "../../../../../crates/phone/benches/contestants/phonenumber.rs"]
mod contestant;

/// The E.164 form, and whether the number is assigned.
#[wasm_bindgen]
pub fn answer(input: &str, region: &str) -> String {
    contestant::answer(input, region)
}
