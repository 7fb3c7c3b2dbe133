//! The order of the functions in the wasm: those that are alike side by side.
//!
//! Brotli pays less for what it has seen shortly before. The linker puts functions crate by crate; sorted by their types and then by
//! their bytes, they come to lie beside what they share the most with.

use std::cmp::Ordering;

use anyhow::{Context, Result};
use wasm_encoder::{Module, NameMap, NameSection, RawSection};
use wasmparser::{KnownCustom, Parser, Payload, TypeRef};

/// The same module with other names for its functions: in the order of these names, like lies beside like.
///
/// # Errors
/// When it is no wasm.
pub(super) fn named_by_likeness(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::new();
    let mut imported = 0;
    let mut types: Vec<u32> = Vec::new();
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if let Payload::ImportSection(imports) = &payload {
            for import in imports.clone().into_imports() {
                imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
            }
        } else if let Payload::FunctionSection(functions) = &payload {
            types = functions.clone().into_iter().collect::<Result<_, _>>()?;
        } else if let Payload::CodeSectionEntry(body) = &payload {
            bodies.push(body.as_bytes());
        } else if let Payload::CustomSection(custom) = &payload
            && matches!(custom.as_known(), KnownCustom::Name(_))
        {
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
            let data = wasm.get(range).context("a section ends with the file")?;
            module.section(&RawSection { id, data });
        }
    }
    let mut functions = NameMap::new();
    for (index, rank) in (imported..).zip(ranks(&bodies, |one, two| {
        (types.get(one), bodies[one]).cmp(&(types.get(two), bodies[two]))
    })) {
        functions.append(index, &format!("{rank:08}"));
    }
    let mut names = NameSection::new();
    names.functions(&functions);
    module.section(&names);
    Ok(module.finish())
}

/// The place of each item in the order, by indices.
fn ranks<T>(items: &[T], compare: impl Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by(|&one, &two| compare(one, two));
    let mut ranks = vec![0; order.len()];
    for (rank, index) in order.into_iter().enumerate() {
        ranks[index] = rank;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{CodeSection, Function, FunctionSection, TypeSection, ValType};
    use wasmparser::{Name, NameSectionReader};

    use super::*;

    /// A module with a function of each type, and so many `nop`s in it.
    fn module(functions: &[(u32, usize)]) -> Vec<u8> {
        let (mut types, mut kinds, mut code) = (
            TypeSection::new(),
            FunctionSection::new(),
            CodeSection::new(),
        );
        types.ty().function([], []);
        types.ty().function([ValType::I32], []);
        for &(kind, length) in functions {
            kinds.function(kind);
            let mut function = Function::new([]);
            for _ in 0..length {
                function.instructions().nop();
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
    fn functions_go_by_type_and_then_by_body() {
        let wasm = module(&[(1, 2), (0, 3), (1, 1), (0, 3)]);
        let named = named_by_likeness(&wasm).expect("it is wasm");
        assert_eq!(
            names(&named),
            ["00000002", "00000000", "00000003", "00000001"]
        );
    }

    #[test]
    fn what_had_names_has_these_alone() {
        let wasm = module(&[(0, 1), (0, 0)]);
        let once = named_by_likeness(&wasm).expect("it is wasm");
        let twice = named_by_likeness(&once).expect("it is wasm");
        assert_eq!(once, twice);
    }

    #[test]
    fn what_is_no_wasm_is_refused() {
        assert!(named_by_likeness(b"<!doctype html>").is_err());
    }
}
