//! `_headers`: the headers that a static host sends with each file, in the format of Netlify,
//! Cloudflare Pages and others. `cargo xtask serve` reads the same file, so that tests use the
//! deployed headers. No header is repeated for a file: hosts differ in whether the later one wins
//! or both are sent.

use std::{fmt::Write, fs, path::Path};

use anyhow::Result;

use super::{files::files, names::is_named_after_content};

/// The name of the file.
pub(crate) const FILE: &str = "_headers";

/// Headers for every file, in addition to the policy.
const SECURITY: [(&str, &str); 4] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    (
        "Permissions-Policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Headers for a page, which no other origin may load.
const OWN: [(&str, &str); 1] = [("Cross-Origin-Resource-Policy", "same-origin")];
/// Headers for other files, which portals load. The files are the same for every client, and
/// requests for them carry no credentials.
const SHARED: [(&str, &str); 2] = [
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("Access-Control-Allow-Origin", "*"),
];

/// Headers for a worker's script. The page of a frame starts it too, and requires this header of
/// everything it starts (HTML standard, "cross-origin embedder policies").
const WORKER: (&str, [(&str, &str); 1]) = (
    "work.js",
    [("Cross-Origin-Embedder-Policy", "require-corp")],
);

/// One year, which is as long as caches keep anything.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Cached, but revalidated each time. Unlike `no-store` it lets the back button work without the
/// network.
const ASK_FIRST: &str = "no-cache";

/// Writes the file.
pub(super) fn write(staging: &Path, policy: &str) -> Result<()> {
    let mut text = for_every_file(policy)?;
    rule(&mut text, "")?;
    for file in files(staging)? {
        rule(&mut text, &file)?;
    }
    Ok(fs::write(staging.join(FILE), text)?)
}

fn for_every_file(policy: &str) -> Result<String> {
    let mut text = format!("/*\n  Content-Security-Policy: {policy}\n");
    say(&mut text, &SECURITY)?;
    Ok(text)
}

/// The rule for one file. The page itself has an empty name.
fn rule(text: &mut String, file: &str) -> Result<()> {
    let caching = if is_named_after_content(file) {
        FOR_EVER
    } else {
        ASK_FIRST
    };
    writeln!(text, "/{file}\n  Cache-Control: {caching}")?;
    say(text, if is_page(file) { &OWN } else { &SHARED })?;
    if file == WORKER.0 {
        say(text, &WORKER.1)?;
    }
    Ok(())
}

fn say(text: &mut String, headers: &[(&str, &str)]) -> Result<()> {
    for (name, value) in headers {
        writeln!(text, "  {name}: {value}")?;
    }
    Ok(())
}

fn is_page(file: &str) -> bool {
    file.is_empty() || Path::new(file).extension().is_some_and(|it| it == "html")
}

#[cfg(test)]
mod tests {
    use super::{for_every_file, rule};

    #[test]
    fn every_file_is_sent_with_the_policy_and_what_else_browsers_go_by() {
        let text = for_every_file("default-src 'none'").expect("a string takes it");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "/*");
        for line in [
            "  Content-Security-Policy: default-src 'none'",
            "  X-Content-Type-Options: nosniff",
            "  Referrer-Policy: no-referrer",
            "  Cross-Origin-Opener-Policy: same-origin",
        ] {
            assert!(lines.contains(&line), "{line}: {text}");
        }
    }

    #[test]
    fn a_portal_may_load_every_file_but_a_page() {
        let of = |file: &str| {
            let mut text = String::new();
            rule(&mut text, file).expect("a string takes it");
            text
        };
        for file in ["embed/postern.js", "postern-0123456789abcdef.wasm"] {
            let text = of(file);
            assert!(
                text.contains("\n  Access-Control-Allow-Origin: *\n"),
                "{text}"
            );
            assert!(
                text.contains("\n  Cross-Origin-Resource-Policy: cross-origin\n"),
                "{text}"
            );
        }
        for page in ["", "index.html"] {
            let text = of(page);
            assert!(!text.contains("Access-Control"), "{text}");
            assert!(
                text.contains("\n  Cross-Origin-Resource-Policy: same-origin\n"),
                "{text}"
            );
        }
    }
}
