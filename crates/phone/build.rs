//! Compiles the world's numbering plans into one table.
//!
//! The plans come from the `phonenumber` crate, which ships the metadata of Google's libphonenumber
//! as patterns. This program does all the work on patterns, so that a program judges a number by
//! table look-ups alone.

#[path = "build/action.rs"]
mod action;
#[path = "build/automaton.rs"]
mod automaton;
#[path = "build/code.rs"]
mod code;
#[path = "build/layout.rs"]
mod layout;
#[path = "build/metadata.rs"]
mod metadata;
#[path = "build/pattern.rs"]
mod pattern;
#[path = "build/prefix.rs"]
mod prefix;
#[path = "build/table.rs"]
mod table;
#[path = "build/types.rs"]
mod types;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::{env, fs};

use action::Prepended;
use automaton::{Arena, NodeId};
use layout::Layout;
use metadata::Plan;
use table::Table;

/// The index for a missing plan.
const NONE: u8 = u8::MAX;

/// The number of letters from A to Z.
const LETTERS: usize = 26;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");

    // Without the feature this compiles no table, so a crate that reads one from elsewhere does not
    // wait for it.
    if env::var_os("CARGO_FEATURE_EMBEDDED").is_some() {
        let directory = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
        fs::write(directory.join("plans.bin"), compile()).expect("OUT_DIR can be written to");
    }
}

/// The table. `src/table.rs` names its parts in this order.
fn compile() -> Vec<u8> {
    let codes = metadata::calling_codes();
    let plans: Vec<(usize, &Plan)> = metadata::in_order(&codes).collect();
    let mut arena = Arena::new();
    let mut prepended = Prepended::new();
    let roots = roots(&mut arena, &mut prepended, &codes, &plans);
    let layout = Layout::new(&arena, &roots);

    let mut table = Table::default();
    table.words(codes.iter().map(|code| code.code));
    table.bytes(by_digits(&codes));
    table.bytes(plans[codes.len()..].iter().map(|&(code, _)| byte(code)));
    table.bytes(plans.iter().flat_map(|(_, plan)| letters(plan)));
    table.bytes(by_letters(&plans));
    table.words(
        plans
            .iter()
            .map(|(_, plan)| length_set(&plan.general.lengths)),
    );
    table.bytes(prepended.bytes());
    table.words(roots.iter().map(|&id| layout.number(id)));
    layout.write(&mut table);
    table.finish()
}

/// The roots of the automata: of each kind one for every plan, or for every plan that has one.
fn roots(
    arena: &mut Arena,
    prepended: &mut Prepended,
    codes: &[metadata::CallingCode],
    plans: &[(usize, &Plan)],
) -> Vec<NodeId> {
    let prefixes: Vec<prefix::Roots> = plans
        .iter()
        .enumerate()
        .map(|(index, &(code, plan))| {
            let is_main = index < codes.len();
            prefix::roots(arena, prepended, codes[code].code, plan, is_main)
        })
        .collect();
    let mut roots: Vec<NodeId> = Vec::new();
    roots.extend(plans.iter().map(|(_, plan)| types::numbers(arena, plan)));
    roots.extend(
        plans
            .iter()
            .map(|(_, plan)| types::leading_digits(arena, plan)),
    );
    roots.extend(prefixes.iter().map(|roots| roots.national));
    roots.extend(prefixes.iter().map(|roots| roots.international));
    roots.extend(prefixes.iter().map(|roots| roots.kept));
    roots.extend(prefixes[codes.len()..].iter().map(|roots| roots.taken));
    roots.push(prefix::uncommon(arena, codes));
    roots
}

/// The calling code at the beginning of any three digits.
fn by_digits(codes: &[metadata::CallingCode]) -> Vec<u8> {
    let mut by_digits = vec![NONE; 1000];
    for (index, code) in codes.iter().enumerate() {
        let code = usize::from(code.code);
        let places = match code {
            0..10 => 100,
            10..100 => 10,
            _ => 1,
        };
        by_digits[code * places..][..places].fill(byte(index));
    }
    by_digits
}

/// The plan of the region with any two letters.
fn by_letters(plans: &[(usize, &Plan)]) -> Vec<u8> {
    let mut by_letters = vec![NONE; LETTERS * LETTERS];
    for (index, (_, plan)) in plans.iter().enumerate() {
        if let [first @ b'A'..=b'Z', second @ b'A'..=b'Z'] = letters(plan) {
            by_letters[usize::from(first - b'A') * LETTERS + usize::from(second - b'A')] =
                byte(index);
        }
    }
    by_letters
}

/// The index of a plan, as in the table.
fn byte(index: usize) -> u8 {
    let byte = u8::try_from(index).ok();
    byte.filter(|&byte| byte != NONE)
        .expect("there are fewer than 255 plans")
}

/// Two letters, or zeros for a service of the whole world.
fn letters(plan: &Plan) -> [u8; 2] {
    match plan.region.as_bytes() {
        b"001" => [0, 0],
        region => region.try_into().expect("a region has two letters"),
    }
}

/// One bit for each length. The lowest bit is for two digits.
fn length_set(lengths: &BTreeSet<u16>) -> u16 {
    assert!(!lengths.is_empty(), "every plan has numbers");
    lengths.iter().fold(0, |set, length| {
        assert!(
            (2..=17).contains(length),
            "libphonenumber knows numbers of 2 to 17 digits"
        );
        set | 1 << (length - 2)
    })
}
