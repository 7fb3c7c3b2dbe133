//! A copy of the module beside it without `postern-phone`: it accepts the same input, stores the
//! same data and answers in the same form.

use std::cell::OnceCell;

use wasm_bindgen::prelude::wasm_bindgen;

#[path = "../../kept.rs"]
pub mod kept;

thread_local! {
    static TABLE: OnceCell<&'static [u8]> = const { OnceCell::new() };
}

/// Stores the table. Returns whether there was none before.
#[wasm_bindgen]
pub fn read(table: Vec<u8>) -> bool {
    TABLE.with(|cell| cell.set(table.leak()).is_ok())
}

/// Whether both exist.
#[wasm_bindgen]
pub fn check_shape(input: &str, region: &str) -> bool {
    !input.is_empty() && !region.is_empty()
}

/// Returns the input, and a word that depends on the rest.
#[wasm_bindgen]
pub fn answer(input: &str, region: &str) -> String {
    TABLE.with(|cell| {
        cell.get()
            .map_or_else(String::new, |table| answer_with(table, input, region))
    })
}

/// The same for stored inputs.
#[wasm_bindgen]
pub fn answer_kept(group: usize, repetitions: u32) -> usize {
    TABLE.with(|cell| {
        cell.get().map_or(0, |table| {
            kept::answer_all(group, repetitions, |input, region| {
                answer_with(table, input, region)
            })
        })
    })
}

fn answer_with(table: &[u8], input: &str, region: &str) -> String {
    let mut text = format_args!("{input}").to_string();
    text.push_str(if table.len() == region.len() {
        " unassigned"
    } else {
        " assigned"
    });
    text
}
