//! wasm-bindgen's script without what none of the README's browsers needs, and without what only a debugger needs.

use anyhow::{Context, Result, ensure};

/// Where browsers have no registry, objects would never be told of.
const WITHOUT_REGISTRY: &str = "(typeof FinalizationRegistry === 'undefined')\n    ? { register: () => {}, unregister: () => {} }\n    : ";

/// Where browsers cannot encode into memory that is there.
const WITHOUT_ENCODING: (&str, &str) = ("if (!('encodeInto' in cachedTextEncoder)) {", "\n}\n");

/// Functions that are said more plainly: how each begins, and what it is then.
const PLAINER: [(&str, &str); 2] = [
    // A server that does not say that it is wasm gets no complaint, and the wasm no head start.
    (
        "async function __wbg_load(module, imports) {",
        "async function __wbg_load(response, imports) {\n    \
         return response.headers.get('Content-Type') === 'application/wasm'\n        \
         ? WebAssembly.instantiateStreaming(response, imports)\n        \
         : WebAssembly.instantiate(await response.arrayBuffer(), imports);",
    ),
    // Every page says where the wasm is, as an address.
    (
        "async function __wbg_init_once(module_or_path) {",
        "async function __wbg_init_once({ module_or_path }) {\n    \
         const { instance, module } = await __wbg_load(await fetch(module_or_path), __wbg_get_imports());\n    \
         return __wbg_finalize_init(instance, module);",
    ),
];

/// Says it plainly.
///
/// # Errors
/// When wasm-bindgen says it in another way than it did.
pub(super) fn plainly(glue: &str) -> Result<String> {
    ensure!(glue.contains(WITHOUT_REGISTRY), "no {WITHOUT_REGISTRY}");
    let mut plain = known_functions(&glue.replace(WITHOUT_REGISTRY, ""));
    let (start, end) = WITHOUT_ENCODING;
    plain = without(&plain, start, end, "")?;
    for (start, left) in PLAINER {
        plain = without(&plain, start, "\n}\n", &format!("{left}\n}}\n"))?;
    }
    Ok(plain)
}

/// The script with something else in the place of what begins and ends so.
fn without(script: &str, start: &str, end: &str, left: &str) -> Result<String> {
    let (before, rest) = script
        .split_once(start)
        .with_context(|| format!("the script of wasm-bindgen has no {start}"))?;
    let (_, after) = rest
        .split_once(end)
        .with_context(|| format!("{start} has no end"))?;
    Ok([before, left, after].concat())
}

/// The script without a look at whether our own functions are some: `typeof page.f == 'function' ? page.f : notDefined('page.f')`.
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
