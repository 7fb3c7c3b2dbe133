//! `_headers`: what a static host sends with each file, in the format that Netlify, Cloudflare Pages and others read.
//! `cargo xtask serve` reads the same file, so what is tested is what is deployed.

use std::{fmt::Write, fs, path::Path};

use anyhow::Result;

use super::{files, names::is_named_after_content};

/// The name of the file.
pub(crate) const FILE: &str = "_headers";

/// For every file, beside the policy.
const SECURITY: [(&str, &str); 5] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    (
        "Permissions-Policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// A year, which is as long as caches keep anything.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Kept, but asked about each time. Unlike `no-store` it lets the back button work without the network.
const ASK_FIRST: &str = "no-cache";

/// Writes the file.
pub(super) fn write(staging: &Path, policy: &str) -> Result<()> {
    let mut text = for_every_file(policy)?;
    rule(&mut text, "/", ASK_FIRST)?;
    for file in files(staging)? {
        rule(
            &mut text,
            &format!("/{file}"),
            if is_named_after_content(&file) {
                FOR_EVER
            } else {
                ASK_FIRST
            },
        )?;
    }
    Ok(fs::write(staging.join(FILE), text)?)
}

fn for_every_file(policy: &str) -> Result<String> {
    let mut text = format!("/*\n  Content-Security-Policy: {policy}\n");
    for (name, value) in SECURITY {
        writeln!(text, "  {name}: {value}")?;
    }
    Ok(text)
}

fn rule(text: &mut String, path: &str, caching: &str) -> Result<()> {
    Ok(write!(text, "{path}\n  Cache-Control: {caching}\n")?)
}

#[cfg(test)]
mod tests {
    use super::for_every_file;

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
            "  Cross-Origin-Resource-Policy: same-origin",
        ] {
            assert!(lines.contains(&line), "{line}: {text}");
        }
    }
}
