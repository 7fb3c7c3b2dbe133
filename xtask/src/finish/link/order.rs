//! The order of the functions in the wasm: those that are alike side by side.
//!
//! Brotli pays less for what it has seen shortly before. The linker puts functions crate by crate;
//! here each is followed by the one that shares the most with it, of those that are left.

use std::{cmp::Ordering, collections::BTreeMap};

use anyhow::{Context, Result};
use wasm_encoder::{Module, NameMap, NameSection, RawSection};
use wasmparser::{Parser, Payload, TypeRef};

/// How many bytes in a row count as something that two functions can share.
const SHARED_BYTES: usize = 4;

/// The same module with other names for its functions, and no other custom section: in the order of
/// these names, like lies beside like.
///
/// # Errors
/// When it is no wasm.
pub(super) fn named_by_likeness(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::new();
    let mut imported = 0;
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if let Payload::ImportSection(imports) = &payload {
            for import in imports.clone().into_imports() {
                imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
            }
        } else if let Payload::CodeSectionEntry(body) = &payload {
            bodies.push(body.as_bytes());
        } else if let Payload::CustomSection(_) = &payload {
            // What is there for tools: no browser reads it.
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
            let data = wasm.get(range).context("a section ends with the file")?;
            module.section(&RawSection { id, data });
        }
    }
    let mut functions = NameMap::new();
    for (index, rank) in (imported..).zip(ranks(&bodies)) {
        functions.append(index, &format!("{rank:08}"));
    }
    let mut names = NameSection::new();
    names.functions(&functions);
    module.section(&names);
    Ok(module.finish())
}

/// The place of each body in the order: the shortest comes first, and after each the one that is
/// most like it.
fn ranks(bodies: &[&[u8]]) -> Vec<usize> {
    let pieces: Vec<Vec<&[u8]>> = bodies.iter().map(|body| pieces(body)).collect();
    let mut having: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
    for (index, pieces) in pieces.iter().enumerate() {
        for piece in pieces {
            having.entry(piece).or_default().push(index);
        }
    }
    let mut ranks = vec![None; bodies.len()];
    let mut next = (0..bodies.len()).min_by_key(|index| (bodies[*index].len(), bodies[*index]));
    let mut rank = 0;
    while let Some(current) = next {
        ranks[current] = Some(rank);
        rank += 1;
        let mut shared = vec![0; bodies.len()];
        for index in pieces[current]
            .iter()
            .filter_map(|piece| having.get(piece))
            .flatten()
        {
            shared[*index] += 1;
        }
        let likeness = |index: usize| Likeness {
            shared: shared[index],
            in_all: pieces[current].len() + pieces[index].len() - shared[index],
        };
        let left = (0..bodies.len()).filter(|index| ranks[*index].is_none());
        next = left.max_by(|one, two| {
            let by_likeness = likeness(*one).cmp(&likeness(*two));
            // Whatever decides, the same functions always come in the same order.
            by_likeness.then_with(|| bodies[*two].cmp(bodies[*one]))
        });
    }
    ranks.into_iter().flatten().collect()
}

/// What a function has that another could have too, each once and in order.
fn pieces(body: &[u8]) -> Vec<&[u8]> {
    let mut pieces: Vec<&[u8]> = body.windows(SHARED_BYTES).collect();
    pieces.sort_unstable();
    pieces.dedup();
    pieces
}

/// How much of two functions is the same: the part that both have of what either has (Jaccard's
/// index).
#[derive(PartialEq, Eq)]
struct Likeness {
    shared: usize,
    in_all: usize,
}

impl Ord for Likeness {
    fn cmp(&self, other: &Self) -> Ordering {
        // Two that have nothing share nothing.
        (self.shared * other.in_all.max(1)).cmp(&(other.shared * self.in_all.max(1)))
    }
}

impl PartialOrd for Likeness {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{CodeSection, Function, FunctionSection, TypeSection};
    use wasmparser::{KnownCustom, Name, NameSectionReader};

    use super::*;

    /// A module of functions that each do nothing, so many times in so many ways.
    fn module(functions: &[&[i32]]) -> Vec<u8> {
        let (mut types, mut kinds, mut code) = (
            TypeSection::new(),
            FunctionSection::new(),
            CodeSection::new(),
        );
        types.ty().function([], []);
        for constants in functions {
            kinds.function(0);
            let mut function = Function::new([]);
            for constant in *constants {
                function.instructions().i32_const(*constant).drop();
            }
            function.instructions().end();
            code.function(&function);
        }
        let mut module = Module::new();
        module.section(&types).section(&kinds).section(&code);
        module.finish()
    }

    fn names(wasm: &[u8]) -> Vec<String> {
        let mut names = Vec::new();
        for payload in Parser::new(0).parse_all(wasm) {
            if let Payload::CustomSection(custom) = payload.expect("it is wasm")
                && let KnownCustom::Name(section) = custom.as_known()
            {
                names.extend(names_in(section));
            }
        }
        names
    }

    fn names_in(section: NameSectionReader<'_>) -> Vec<String> {
        let functions = section.into_iter().filter_map(|name| match name {
            Ok(Name::Function(functions)) => Some(functions),
            _ => None,
        });
        let naming = functions.flatten();
        naming
            .map(|naming| naming.expect("it is a name").name.to_owned())
            .collect()
    }

    #[test]
    fn the_shortest_comes_first_and_after_each_what_is_most_like_it() {
        let wasm = module(&[
            &[1, 2, 3],
            &[7, 8, 9],
            &[1, 2, 3, 4, 5, 6],
            &[7, 8, 9, 1, 2],
            &[],
        ]);
        let named = named_by_likeness(&wasm).expect("it is wasm");
        assert_eq!(
            names(&named),
            ["00000001", "00000004", "00000002", "00000003", "00000000"]
        );
    }

    #[test]
    fn what_had_names_has_these_alone() {
        let wasm = module(&[&[1], &[]]);
        let once = named_by_likeness(&wasm).expect("it is wasm");
        let twice = named_by_likeness(&once).expect("it is wasm");
        assert_eq!(once, twice);
    }

    #[test]
    fn what_is_no_wasm_is_refused() {
        assert!(named_by_likeness(b"<!doctype html>").is_err());
    }
}
