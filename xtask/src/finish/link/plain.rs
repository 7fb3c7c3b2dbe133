//! Removes the parts of wasm-bindgen's script that no browser in the README needs, and those that
//! only a debugger needs. That saves 650 bytes of brotli (`cargo xtask bench link`).

use anyhow::{Context, Result, ensure};

/// wasm-bindgen's fallback for browsers without `FinalizationRegistry`. Ours all have it.
const WITHOUT_REGISTRY: &str = "(typeof FinalizationRegistry === 'undefined')\n    ? { register: () => {}, unregister: () => {} }\n    : ";

/// The fallback for browsers that cannot encode into existing memory.
const WITHOUT_ENCODING: (&str, &str) = ("if (!('encodeInto' in cachedTextEncoder)) {", "\n}\n");

/// The code that grows a string's buffer. The page's strings are short, and each is written in one
/// step.
const WITH_REALLOCATION: &str = ", wasm.__wbindgen_realloc)";

/// The `instanceof` check that is protected against missing classes.
const WITH_CARE: (&str, &str, &str) = (
    "let result;\n            try {\n                result = ",
    ";\n            } catch (_) {\n                result = false;\n            }\n            const ret = result;\n            return ret;",
    "return ",
);

/// Functions with simpler replacements: the beginning of each, and its replacement.
const PLAINER: [(&str, &str); 7] = [
    // A server with the wrong media type for wasm gets no warning, and the wasm is not streamed.
    (
        "async function __wbg_load(module, imports) {",
        "async function __wbg_load(response, imports) {\n    \
         return response.headers.get('Content-Type') === 'application/wasm'\n        \
         ? WebAssembly.instantiateStreaming(response, imports)\n        \
         : WebAssembly.instantiate(await response.arrayBuffer(), imports);",
    ),
    // Every page passes the address of the wasm.
    (
        "async function __wbg_init_once(module_or_path) {",
        "async function __wbg_init_once({ module_or_path }) {\n    \
         const { instance } = await __wbg_load(await fetch(module_or_path), __wbg_get_imports());\n    \
         return __wbg_finalize_init(instance);",
    ),
    (
        "function __wbg_finalize_init(instance, module) {",
        "function __wbg_finalize_init(instance) {\n    \
         wasm = instance.exports;\n    \
         wasm.__wbindgen_start();\n    \
         return wasm;",
    ),
    // A memory that has grown has a new buffer.
    (
        "function getDataViewMemory0() {",
        "function getDataViewMemory0() {\n    \
         if (cachedDataViewMemory0?.buffer !== wasm.memory.buffer) cachedDataViewMemory0 = new DataView(wasm.memory.buffer);\n    \
         return cachedDataViewMemory0;",
    ),
    (
        "function getUint8ArrayMemory0() {",
        "function getUint8ArrayMemory0() {\n    \
         if (cachedUint8ArrayMemory0?.buffer !== wasm.memory.buffer) cachedUint8ArrayMemory0 = new Uint8Array(wasm.memory.buffer);\n    \
         return cachedUint8ArrayMemory0;",
    ),
    // Without the loop for ASCII, which helps only with longer texts than those of the page.
    (
        "function passStringToWasm0(arg, malloc, realloc) {",
        "function passStringToWasm0(arg, malloc) {\n    \
         const buf = cachedTextEncoder.encode(arg);\n    \
         const ptr = malloc(buf.length, 1) >>> 0;\n    \
         getUint8ArrayMemory0().set(buf, ptr);\n    \
         WASM_VECTOR_LEN = buf.length;\n    \
         return ptr;",
    ),
    // Works around a limit of Safari's decoder at two gigabytes, which no page decodes.
    (
        "function decodeText(bytes) {",
        "function decodeText(bytes) {\n    \
         return cachedTextDecoder.decode(bytes);",
    ),
];

/// Replaces these parts of the script.
///
/// # Errors
/// When the script of wasm-bindgen no longer has one of these parts.
pub(super) fn plainly(glue: &str) -> Result<String> {
    ensure!(glue.contains(WITHOUT_REGISTRY), "no {WITHOUT_REGISTRY}");
    ensure!(glue.contains(WITH_REALLOCATION), "no {WITH_REALLOCATION}");
    let (start, end, plainly) = WITH_CARE;
    ensure!(glue.contains(start) && glue.contains(end), "no {start}");
    let glue = glue
        .replace(WITHOUT_REGISTRY, "")
        .replace(WITH_REALLOCATION, ")")
        .replace(start, plainly)
        .replace(end, ";");
    let mut plain = known_functions(&glue);
    let (start, end) = WITHOUT_ENCODING;
    plain = without(&plain, start, end, "")?;
    for (start, left) in PLAINER {
        plain = without(&plain, start, "\n}\n", &format!("{left}\n}}\n"))?;
    }
    Ok(plain)
}

/// Replaces the part of the script from `start` to `end`.
fn without(script: &str, start: &str, end: &str, left: &str) -> Result<String> {
    let (before, rest) = script
        .split_once(start)
        .with_context(|| format!("the script of wasm-bindgen has no {start}"))?;
    let (_, after) = rest
        .split_once(end)
        .with_context(|| format!("{start} has no end"))?;
    Ok([before, left, after].concat())
}

/// Removes the checks whether our own functions exist:
/// `typeof page.f == 'function' ? page.f : notDefined('page.f')`.
fn known_functions(script: &str) -> String {
    let lines = script.lines().map(|line| {
        let asked = line
            .split_once(": typeof ")
            .and_then(|(name, rest)| Some((name, rest.split_once(" == 'function' ? ")?.0)));
        match asked {
            Some((name, function)) if line.ends_with(&format!("notDefined('{function}'),")) => {
                format!("{name}: {function},\n")
            }
            _ => format!("{line}\n"),
        }
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::{known_functions, without};

    #[test]
    fn our_own_functions_are_there() {
        let script = "a: typeof page.idle == 'function' ? page.idle : notDefined('page.idle'),\n\
                      b: typeof other == 'function' ? other : else,\n";
        assert_eq!(
            known_functions(script),
            "a: page.idle,\nb: typeof other == 'function' ? other : else,\n"
        );
    }

    #[test]
    fn what_is_no_longer_said_as_it_was_is_told() {
        let script = "function f() {\n    a();\n}\ng();\n";
        let plain = without(script, "function f() {", "\n}\n", "function f() {}\n");
        assert_eq!(plain.ok().as_deref(), Some("function f() {}\ng();\n"));
        assert!(without(script, "function h() {", "\n}\n", "").is_err());
    }
}
