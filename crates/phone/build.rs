//! Compiles the world's numbering plans into one table.
//!
//! The plans come from the `phonenumber` crate, which ships the metadata of Google's libphonenumber as patterns.
//! All of a pattern's work is done here, so that at run time a number is judged by table look-ups alone.

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

use automaton::{Arena, NodeId};
use layout::Layout;
use metadata::Plan;
use prefix::Prepended;
use table::Table;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");

    // Without the table nothing is compiled: whoever reads one from elsewhere need not wait for it.
    if env::var_os("CARGO_FEATURE_EMBEDDED").is_some() {
        let directory = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
        fs::write(directory.join("plans.bin"), compile()).expect("OUT_DIR can be written to");
    }
}

/// The table, whose parts `src/table.rs` names in this order.
fn compile() -> Vec<u8> {
    let codes = metadata::calling_codes();
    let plans: Vec<(usize, &Plan)> = metadata::in_order(&codes).collect();
    let mut arena = Arena::new();
    let mut prepended = Prepended::new();
    let roots = roots(&mut arena, &mut prepended, &codes, &plans);
    let layout = Layout::new(&arena, &roots);

    let mut table = Table::default();
    table.words(codes.iter().map(|code| code.code));
    table.bytes(
        plans[codes.len()..]
            .iter()
            .map(|&(code, _)| u8::try_from(code).expect("there are fewer than 256 calling codes")),
    );
    table.bytes(plans.iter().flat_map(|(_, plan)| letters(plan)));
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

/// Where the automata begin: for each kind one of every plan, or of those that have one.
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

/// Two letters, or zeros for a service of the whole world.
fn letters(plan: &Plan) -> [u8; 2] {
    match plan.region.as_bytes() {
        b"001" => [0, 0],
        region => region.try_into().expect("a region has two letters"),
    }
}

/// A bit for each length, the lowest for two digits.
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
