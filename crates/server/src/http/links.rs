//! The header `Link` (RFC 8288): names the files that a page preloads before the page itself
//! arrives, so that script and wasm load while the page is being read.

use std::fmt::Write;

use axum::http::HeaderValue;

/// The files that a page loads first, as a header. `None` if it names none.
///
/// The header is read from the page, so that both always name the same files. It reads the elements
/// `link` of the head, in the form that our build writes.
pub(super) fn of_page(page: &str) -> Option<HeaderValue> {
    let head = page.split("</head>").next()?;
    let elements = head.split("<link ").skip(1);
    let links: Vec<String> = elements
        .filter_map(|rest| link(rest.split('>').next()?))
        .collect();
    HeaderValue::from_str(&links.join(", "))
        .ok()
        .filter(|links| !links.is_empty())
}

/// The link of an element with these attributes, if it preloads something.
fn link(attributes: &str) -> Option<String> {
    let value = |name: &str| {
        let (_, rest) = attributes.split_once(&format!("{name}=\""))?;
        rest.split('"').next()
    };
    let rel = value("rel").filter(|rel| matches!(*rel, "preload" | "modulepreload"))?;
    let href = value("href").filter(|href| !href.contains(['<', '>', '&', ' ']))?;
    let mut link = format!("<{href}>; rel={rel}");
    for name in ["as", "type", "integrity"] {
        if let Some(value) = value(name) {
            write!(link, "; {name}=\"{value}\"").ok()?;
        }
    }
    if attributes.contains("crossorigin") {
        link.push_str("; crossorigin");
    }
    Some(link)
}

#[cfg(test)]
mod tests {
    use super::of_page;

    #[test]
    fn what_a_page_preloads_is_told_with_it() {
        let page = r#"<!doctype html><head>
<link rel="icon" href="data:image/svg+xml,%3Csvg">
<link rel="stylesheet" href="./a.css">
<link rel="modulepreload" href="./postern-1.js">
<link rel="preload" href="./postern-2.wasm" as="fetch" type="application/wasm" crossorigin>
</head><body><link rel="preload" href="./late.js"></body>"#;
        let links = of_page(page).expect("it has some");
        assert_eq!(
            links,
            "<./postern-1.js>; rel=modulepreload, \
             <./postern-2.wasm>; rel=preload; as=\"fetch\"; type=\"application/wasm\"; crossorigin"
        );
        assert_eq!(of_page("<p>Hello</p>"), None);
    }
}
