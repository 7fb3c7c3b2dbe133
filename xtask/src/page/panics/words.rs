//! Finds the values that only a panic uses: texts, source positions, and formatters of values.
//!
//! A panic without a text needs none of them. But as long as the code before the call names them,
//! the linker keeps them, together with the code of the formatters. Everything that is named
//! between the last jump or call and the call that begins the panic is for the panic, since nothing
//! else follows.

use std::{collections::HashSet, ops::Range};

use anyhow::{Context, Result};
use wasmparser::{FunctionBody, Operator};

/// The positions of constants that only a panic uses, in bytes from the start of the file.
///
/// `bodies` are the module's own functions; the first has the number `imported`. `begin_panics` are
/// the numbers of the functions that begin a panic. This function also finds functions that do
/// nothing but call one of them.
///
/// # Errors
/// When a body is invalid.
pub(super) fn of_panics(
    bodies: &[FunctionBody<'_>],
    imported: usize,
    begin_panics: &[usize],
) -> Result<Vec<Range<usize>>> {
    let mut begin_panics: HashSet<usize> = begin_panics.iter().copied().collect();
    loop {
        let mut found = Vec::new();
        let known = begin_panics.len();
        for (function, body) in (imported..).zip(bodies) {
            let named = named(body, &begin_panics)?;
            if named.is_all {
                begin_panics.insert(function);
            }
            found.extend(named.places);
        }
        if begin_panics.len() == known {
            return Ok(found);
        }
    }
}

/// The constants that one function names for panics.
struct Named {
    places: Vec<Range<usize>>,
    /// Whether the function does nothing but begin a panic.
    is_all: bool,
}

fn named(body: &FunctionBody<'_>, begin_panics: &HashSet<usize>) -> Result<Named> {
    let mut operators = body.get_operators_reader()?;
    let (mut places, mut since) = (Vec::new(), Vec::new());
    let (mut is_first, mut is_all) = (true, false);
    while !operators.eof() {
        let start = operators.original_position();
        let operator = operators.read()?;
        let end = operators.original_position();
        if let Operator::I32Const { .. } = operator {
            // Skips the byte of the opcode.
            since.push(usize::try_from(start)? + 1..usize::try_from(end)?);
        } else if let Operator::Call { function_index } = operator {
            let function = usize::try_from(function_index).context("a function's number")?;
            if begin_panics.contains(&function) {
                places.append(&mut since);
                is_all |= is_first;
            }
            since.clear();
            is_first = false;
        } else if leads_elsewhere(&operator) {
            since.clear();
            is_first = false;
        }
    }
    Ok(Named { places, is_all })
}

/// Whether the code after an operator may be reached from elsewhere, or not at all.
fn leads_elsewhere(operator: &Operator<'_>) -> bool {
    matches!(
        operator,
        Operator::CallIndirect { .. }
            | Operator::ReturnCall { .. }
            | Operator::ReturnCallIndirect { .. }
            | Operator::Block { .. }
            | Operator::Loop { .. }
            | Operator::If { .. }
            | Operator::Else
            | Operator::End
            | Operator::Br { .. }
            | Operator::BrIf { .. }
            | Operator::BrTable { .. }
            | Operator::Return
            | Operator::Unreachable
    )
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        CodeSection, Function, FunctionSection, InstructionSink, Module, TypeSection, ValType,
    };
    use wasmparser::{Parser, Payload};

    use super::*;

    /// The number of the function that begins a panic. No function is imported.
    const PANIC: u32 = 0;
    /// A constant with as many bytes as the linker needs for an address.
    const TEXT: i32 = 0x7fff_ffff;

    type Body = fn(&mut InstructionSink<'_>);

    /// The found positions in functions with these bodies, each as the number of the function and
    /// the index of the constant in it.
    fn places(bodies: &[Body]) -> Vec<(usize, usize)> {
        let (mut types, mut functions, mut code) = (
            TypeSection::new(),
            FunctionSection::new(),
            CodeSection::new(),
        );
        types.ty().function([ValType::I32], []);
        let panic: Body = |body| {
            body.unreachable();
        };
        for body in [&[panic][..], bodies].concat() {
            functions.function(0);
            let mut function = Function::new([]);
            body(&mut function.instructions());
            function.instructions().end();
            code.function(&function);
        }
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&code);
        let module = module.finish();
        let bodies: Vec<FunctionBody<'_>> = Parser::new(0)
            .parse_all(&module)
            .filter_map(|payload| {
                if let Payload::CodeSectionEntry(body) = payload.expect("it is wasm") {
                    Some(body)
                } else {
                    None
                }
            })
            .collect();
        let found = of_panics(&bodies, 0, &[PANIC as usize]).expect("they are bodies");
        let mut constants = Vec::new();
        for (number, body) in bodies.iter().enumerate() {
            let mut reader = body.get_operators_reader().expect("it is a body");
            let mut place = 0;
            while !reader.eof() {
                let at = reader.original_position();
                if let Operator::I32Const { .. } = reader.read().expect("it is an operator") {
                    constants.push((usize::try_from(at).expect("it is small") + 1, number, place));
                    place += 1;
                }
            }
        }
        let named = |start| {
            constants
                .iter()
                .find(|(at, ..)| *at == start)
                .map(|(_, number, place)| (*number, *place))
        };
        found
            .iter()
            .filter_map(|place| named(place.start))
            .collect()
    }

    #[test]
    fn only_what_is_named_right_before_a_panic_is_for_it() {
        let body: Body = |body| {
            body.i32_const(TEXT).drop();
            body.local_get(0).if_(wasm_encoder::BlockType::Empty);
            body.i32_const(TEXT)
                .i32_const(TEXT)
                .drop()
                .call(PANIC)
                .unreachable();
            body.end();
            body.i32_const(TEXT).drop();
        };
        assert_eq!(places(&[body]), [(1, 1), (1, 2)]);
    }

    #[test]
    fn what_another_call_may_have_got_stays() {
        let body: Body = |body| {
            body.i32_const(TEXT).call(2);
            body.i32_const(TEXT).call(PANIC).unreachable();
        };
        let other: Body = |body| {
            body.i32_const(TEXT).drop();
        };
        assert_eq!(places(&[body, other]), [(1, 1)]);
    }

    #[test]
    fn what_does_nothing_else_than_panic_is_a_panic_itself() {
        let calls: Body = |body| {
            body.i32_const(TEXT).call(2).unreachable();
        };
        let does_nothing_else: Body = |body| {
            body.local_get(0).call(PANIC).unreachable();
        };
        let returns_at_times: Body = |body| {
            body.local_get(0)
                .if_(wasm_encoder::BlockType::Empty)
                .return_()
                .end();
            body.local_get(0).call(PANIC).unreachable();
        };
        assert_eq!(places(&[calls, does_nothing_else]), [(1, 0)]);
        assert_eq!(places(&[calls, returns_at_times]), []);
    }
}
