//! The Content-Security-Policy: what the page may load and run, with the hash of every inline
//! script and style. It has neither `unsafe-inline` nor `unsafe-eval`. Compiling wasm needs
//! `wasm-unsafe-eval`.

use std::fmt::Write;

use anyhow::{Context, Result, ensure};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use crate::html;

/// The policy follows this element.
const CHARSET: &str = "<meta charset=\"utf-8\">";

/// Writes the policy into the page's head and returns it as the server sends it.
pub(super) fn seal(html: &mut String) -> Result<String> {
    let policy = format!(
        "default-src 'none'; script-src 'self'{} 'wasm-unsafe-eval'; style-src 'self'{}; img-src 'self' data:; \
         connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'",
        sources(html, "script"),
        sources(html, "style"),
    );
    ensure!(
        !html.contains(" style=\""),
        "the page has a style attribute, which its own policy forbids"
    );
    // The charset comes first: browsers look for it only in the first 1024 bytes.
    let charset = html
        .find(CHARSET)
        .with_context(|| format!("index.html has no {CHARSET}"))?
        + CHARSET.len();
    html.insert_str(
        charset,
        &format!("\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">"),
    );
    // Browsers ignore this directive in a meta element, and complain about it in the console.
    Ok(policy + "; frame-ancestors 'none'")
}

/// ` 'sha256-…'` for each inline element with a given name. Scripts that hold only data do not run,
/// and need no hash.
fn sources(html: &str, element: &str) -> String {
    let mut sources = String::new();
    for block in html::blocks(html, element) {
        let is_data = block
            .tag
            .attribute("type")
            .is_some_and(|kind| !matches!(kind, "module" | "text/javascript"));
        if block.tag.attribute("src").is_some() || is_data {
            continue;
        }
        let hash = STANDARD.encode(Sha256::digest(&html[block.text]));
        write!(sources, " 'sha256-{hash}'").expect("a string takes every write");
    }
    sources
}

#[cfg(test)]
mod tests {
    use super::seal;

    const PAGE: &str = "<html><head><meta charset=\"utf-8\"><style>a{}</style><script type=\"application/json\">{}</script></head><body><script>alert(1)</script><script src=\"./x.js\"></script></body></html>";

    #[test]
    fn every_inline_script_and_style_is_named_by_its_hash_and_nothing_else_is() {
        let policy = seal(&mut PAGE.to_owned()).expect("the page has a charset");
        // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
        assert!(policy.contains("script-src 'self' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=' 'wasm-unsafe-eval';"), "{policy}");
        assert!(policy.contains("style-src 'self' 'sha256-"), "{policy}");
        assert_eq!(policy.matches("sha256-").count(), 2);
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
    }

    #[test]
    fn the_page_carries_the_policy_before_anything_that_it_rules() {
        let mut page = PAGE.to_owned();
        seal(&mut page).expect("the page has a charset");
        assert!(page.find("Content-Security-Policy") < page.find("<style>"));
        assert!(!page.contains("frame-ancestors"));
    }

    #[test]
    fn nothing_is_embedded_no_address_is_moved_and_no_page_frames_this_one() {
        let policy = seal(&mut PAGE.to_owned()).expect("the page has a charset");
        let directives: Vec<&str> = policy.split("; ").collect();
        for directive in [
            "default-src 'none'",
            "object-src 'none'",
            "base-uri 'none'",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ] {
            assert!(directives.contains(&directive), "{directive}: {policy}");
        }
        // Nothing is loaded from another origin.
        assert!(
            !policy.contains("http") && !policy.contains('*'),
            "{policy}"
        );
    }

    #[test]
    fn a_style_attribute_is_refused() {
        assert!(seal(&mut PAGE.replace("<body>", "<body style=\"color:red\">")).is_err());
    }
}
