//! Removes the texts of panics.
//!
//! A page that panics shows that it is broken, independently of the message. Still the text, the
//! source position and the code that formats them would be linked: 8.6 KB of brotli. So this module
//! changes the object file before the linker searches for reachable code. The functions that begin
//! a panic get another body: it makes the page show that it is broken, and stops. The code before
//! the call no longer passes them any arguments.

use std::{collections::HashSet, ops::Range};

use anyhow::{Context, Result, ensure};
use wasm_encoder::{CustomSection, Encode, Module, RawSection};
use wasmparser::{
    FunctionBody, KnownCustom, Linking, LinkingSectionReader, Parser, Payload, RelocAddendKind,
    RelocSectionReader, RelocationType, SymbolFlags, SymbolInfo, TypeRef,
};

mod words;

/// Functions that begin a panic, as parts of mangled names: those that the compiler calls, and
/// those of the standard library behind them.
const ENTRIES: [&str; 22] = [
    "9panicking9panic_fmt",
    "9panicking5panic17h",
    "9panicking18panic_bounds_check",
    "9panicking11panic_const",
    "9panicking13panic_nounwind",
    "9panicking13panic_display",
    "9panicking14panic_explicit",
    "9panicking13assert_failed",
    "9panicking19assert_failed_inner",
    "9panicking15panic_str_2015",
    "9panicking20panic_with_hook",
    "9panicking15rust_panic_with_hook",
    "9panicking13begin_panic",
    "rust_begin_unwind",
    "6option13expect_failed",
    "6option13unwrap_failed",
    "6result13unwrap_failed",
    "5slice5index16slice_index_fail",
    "3str16slice_error_fail",
    "4cell22panic_already_borrowed",
    "4cell30panic_already_mutably_borrowed",
    "5alloc18handle_alloc_error",
];
/// The import that shows that the page is broken: a function of the script, as wasm-bindgen names
/// it.
const SHOW_BROKEN: &str = "__wbg_showBroken_";

const CALL: u8 = 0x10;
const UNREACHABLE: u8 = 0x00;
const NOP: u8 = 0x01;
const END: u8 = 0x0b;
/// The length of a body with no locals, a call with five bytes for its function, unreachable, and
/// end.
const SHORTEST: usize = 9;

/// The object file with panics without texts.
///
/// # Errors
/// When the input is not an object file of a page.
pub(super) fn cut(object: &[u8]) -> Result<Vec<u8>> {
    let file = Object::read(object)?;
    let mut code = object
        .get(file.code.clone())
        .context("the code ends with the file")?
        .to_vec();
    let mut cut: Vec<Range<usize>> = Vec::new();
    let mut calls = Vec::new();
    for body in &file.entries {
        let bytes = code
            .get_mut(body.clone())
            .context("a function ends with the code")?;
        bytes.fill(NOP);
        bytes[0] = 0;
        bytes[1] = CALL;
        // The linker writes the number of the function here.
        bytes[2..7].copy_from_slice(&[0x80, 0x80, 0x80, 0x80, 0x00]);
        bytes[7] = UNREACHABLE;
        let last = bytes.len() - 1;
        bytes[last] = END;
        calls.push(u32::try_from(body.start + 2)?);
        cut.push(body.clone());
    }
    ensure!(
        !cut.is_empty(),
        "the object has no function that begins a panic"
    );
    for place in &file.named {
        let bytes = code
            .get_mut(place.clone())
            .context("a constant ends with the code")?;
        // Writes zero, padded to the same number of bytes.
        let last = bytes.len() - 1;
        bytes.fill(0x80);
        bytes[last] = 0;
        cut.push(place.clone());
    }

    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(object) {
        let payload = payload?;
        if let Payload::CustomSection(custom) = &payload
            && custom.name() == "reloc.CODE"
            && let KnownCustom::Reloc(relocations) = custom.as_known()
        {
            module.section(&relocated(&relocations, &cut, &calls, file.show_broken)?);
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            let range = in_file(range)?;
            let data = if range == file.code {
                &code[..]
            } else {
                object.get(range).context("a section ends with the file")?
            };
            module.section(&RawSection { id, data });
        }
    }
    Ok(module.finish())
}

/// The relevant parts of an object file.
struct Object {
    /// The range of the code section.
    code: Range<usize>,
    /// The bodies of the functions that begin a panic, relative to that section.
    entries: Vec<Range<usize>>,
    /// Constants in the code that only a panic uses, relative to that section.
    named: Vec<Range<usize>>,
    /// The symbol of the function that shows that the page is broken.
    show_broken: u32,
}

impl Object {
    fn read(object: &[u8]) -> Result<Self> {
        let (mut imported, mut code, mut bodies) = (0, 0..0, Vec::<FunctionBody<'_>>::new());
        let (mut begin_panics, mut show_broken) = (Vec::new(), None);
        let mut relocated = HashSet::new();
        for payload in Parser::new(0).parse_all(object) {
            let payload = payload?;
            if let Payload::ImportSection(imports) = &payload {
                for import in imports.clone().into_imports() {
                    imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            } else if let Payload::CodeSectionStart {
                unchecked_range: range,
                ..
            } = &payload
            {
                code = in_file(range.clone())?;
            } else if let Payload::CodeSectionEntry(body) = &payload {
                bodies.push(body.clone());
            } else if let Payload::CustomSection(custom) = &payload {
                if let KnownCustom::Linking(linking) = custom.as_known() {
                    (begin_panics, show_broken) = symbols(&linking)?;
                } else if custom.name() == "reloc.CODE"
                    && let KnownCustom::Reloc(relocations) = custom.as_known()
                {
                    for entry in relocations.entries() {
                        relocated.insert(usize::try_from(entry?.offset)?);
                    }
                }
            }
        }
        let start = code.start;
        let in_code = |range: Range<usize>| range.start - start..range.end - start;
        let mut entries = Vec::new();
        let mut cut = Vec::new();
        for function in begin_panics {
            let own = function.checked_sub(imported);
            let Some(body) = own.and_then(|own| bodies.get(own)) else {
                continue;
            };
            let range = in_file(body.range())?;
            if range.len() >= SHORTEST {
                entries.push(in_code(range));
                cut.push(function);
            }
        }
        let named = words::of_panics(&bodies, imported, &cut)?;
        Ok(Self {
            entries,
            named: named
                .into_iter()
                .map(in_code)
                .filter(|place| relocated.contains(&place.start))
                .collect(),
            code,
            show_broken: show_broken
                .context("the object does not import the function that reports a broken page")?,
        })
    }
}

/// Converts a range of the file to `usize`.
fn in_file(range: Range<u64>) -> Result<Range<usize>> {
    Ok(usize::try_from(range.start)?..usize::try_from(range.end)?)
}

/// The functions that begin a panic, and the symbol of the function that replaces them.
fn symbols(linking: &LinkingSectionReader<'_>) -> Result<(Vec<usize>, Option<u32>)> {
    let (mut begin_panics, mut show_broken) = (Vec::new(), None);
    for part in linking.subsections() {
        let Linking::SymbolTable(symbols) = part? else {
            continue;
        };
        for (place, symbol) in (0..).zip(symbols) {
            let SymbolInfo::Func { flags, index, name } = symbol? else {
                continue;
            };
            let name = name.unwrap_or_default();
            if flags.contains(SymbolFlags::UNDEFINED) {
                if name.contains(SHOW_BROKEN) {
                    show_broken = Some(place);
                }
            } else if ENTRIES.iter().any(|entry| name.contains(entry)) {
                begin_panics.push(usize::try_from(index)?);
            }
        }
    }
    Ok((begin_panics, show_broken))
}

/// The relocations of the code: without those of removed parts, and with those of the new calls.
fn relocated<'a>(
    relocations: &RelocSectionReader<'_>,
    cut: &[Range<usize>],
    calls: &[u32],
    show_broken: u32,
) -> Result<CustomSection<'a>> {
    let section = relocations.section_index();
    let mut kept = Vec::new();
    for entry in relocations.entries() {
        let entry = entry?;
        let place = usize::try_from(entry.offset)?;
        if !cut.iter().any(|body| body.contains(&place)) {
            let has_addend = entry.ty.addend_kind() != RelocAddendKind::None;
            let addend = has_addend.then_some(entry.addend);
            kept.push((entry.offset, entry.ty, entry.index, addend));
        }
    }
    kept.extend(
        calls
            .iter()
            .map(|place| (*place, RelocationType::FunctionIndexLeb, show_broken, None)),
    );
    kept.sort_by_key(|(place, ..)| *place);
    let mut data = Vec::new();
    section.encode(&mut data);
    u32::try_from(kept.len())?.encode(&mut data);
    for (place, kind, symbol, addend) in kept {
        data.push(kind as u8);
        place.encode(&mut data);
        symbol.encode(&mut data);
        if let Some(addend) = addend {
            addend.encode(&mut data);
        }
    }
    Ok(CustomSection {
        name: "reloc.CODE".into(),
        data: data.into(),
    })
}
