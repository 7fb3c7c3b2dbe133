//! The wizard's own files, as they were built: with the headers of their `_headers`, compressed beforehand, and nothing else.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::{Service, not_found};

/// The file that says which answers carry which headers.
const HEADERS_FILE: &str = "_headers";
/// What is served at `/`.
const INDEX: &str = "index.html";
/// The end of the name of a file that is another one, compressed.
const BROTLI: &str = ".br";

include!(concat!(env!("OUT_DIR"), "/site.rs"));

/// Built files.
pub struct Site {
    files: BTreeMap<String, File>,
}

struct File {
    plain: Bytes,
    brotli: Option<Bytes>,
    headers: HeaderMap,
}

impl Site {
    /// The files that are part of this program; none where it was built without.
    ///
    /// # Errors
    ///
    /// When their headers are malformed.
    pub fn embedded() -> anyhow::Result<Self> {
        let files = EMBEDDED.iter();
        Self::new(files.map(|(name, bytes)| ((*name).to_owned(), Bytes::from_static(bytes))))
    }

    /// The files of a directory.
    ///
    /// # Errors
    ///
    /// When they cannot be read, or their headers are malformed.
    pub fn read(directory: &Path) -> anyhow::Result<Self> {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(directory)
            .with_context(|| format!("{} cannot be read", directory.display()))?
        {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                let name = entry.file_name().to_string_lossy().into_owned();
                files.push((name, Bytes::from(std::fs::read(entry.path())?)));
            }
        }
        Self::new(files)
    }

    /// Whether there is a wizard among them.
    pub fn has_wizard(&self) -> bool {
        self.files.contains_key(INDEX)
    }

    fn new(files: impl IntoIterator<Item = (String, Bytes)>) -> anyhow::Result<Self> {
        let mut files: BTreeMap<String, Bytes> = files.into_iter().collect();
        let rules = files.remove(HEADERS_FILE).unwrap_or_default();
        let rules = rules_of(std::str::from_utf8(&rules)?)?;
        let named = files.iter().filter(|(name, _)| !name.ends_with(BROTLI));
        let named = named.map(|(name, plain)| {
            let mut headers = HeaderMap::new();
            headers.insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static(media_type(name)),
            );
            for (path, rule) in &rules {
                let fits = match path.strip_suffix('*') {
                    Some(start) => format!("/{name}").starts_with(start),
                    None => *path == format!("/{name}"),
                };
                if fits {
                    headers.extend(rule.clone());
                }
            }
            let file = File {
                plain: plain.clone(),
                brotli: files.get(&format!("{name}{BROTLI}")).cloned(),
                headers,
            };
            (name.clone(), file)
        });
        Ok(Self {
            files: named.collect(),
        })
    }
}

/// Paths, and under each the headers that its answers carry.
fn rules_of(text: &str) -> anyhow::Result<Vec<(String, HeaderMap)>> {
    let mut rules: Vec<(String, HeaderMap)> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        if line.starts_with('/') {
            rules.push((line.trim().to_owned(), HeaderMap::new()));
            continue;
        }
        let (name, value) = line
            .split_once(':')
            .with_context(|| format!("neither a path nor a header: {line}"))?;
        let (_, headers) = rules
            .last_mut()
            .with_context(|| format!("a header before any path: {line}"))?;
        headers.insert(
            name.trim().parse::<HeaderName>()?,
            HeaderValue::from_str(value.trim())?,
        );
    }
    Ok(rules)
}

pub(super) async fn serve(
    State(service): State<Arc<Service>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let name = match uri.path().trim_start_matches('/') {
        "" => INDEX,
        name => name,
    };
    // Nothing but a file that there is: a page that does not exist must not look as if it did.
    let Some(file) = service.site.files.get(name) else {
        return not_found();
    };
    if method != Method::GET && method != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let mut answer = file.headers.clone();
    let body = match &file.brotli {
        Some(compressed) => {
            answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
            if takes_brotli(&headers) {
                answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
                compressed.clone()
            } else {
                file.plain.clone()
            }
        }
        None => file.plain.clone(),
    };
    (answer, body).into_response()
}

/// Whether `Accept-Encoding` names brotli and does not refuse it (RFC 9110 section 12.5.3).
fn takes_brotli(headers: &HeaderMap) -> bool {
    let values = headers.get_all(header::ACCEPT_ENCODING).iter();
    let mut codings = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    codings.any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let is_refused = weight
            .trim()
            .strip_prefix("q=")
            .and_then(|weight| weight.parse::<f32>().ok())
            .is_some_and(|weight| weight <= 0.0);
        name.trim().eq_ignore_ascii_case("br") && !is_refused
    })
}

fn media_type(name: &str) -> &'static str {
    let extension = Path::new(name)
        .extension()
        .and_then(|extension| extension.to_str());
    match extension {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(value: &'static str) -> bool {
        let value = HeaderValue::from_static(value);
        takes_brotli(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, value)]))
    }

    #[test]
    fn brotli_is_given_to_whoever_takes_it() {
        assert!(asks("gzip, deflate, br"));
        assert!(asks("br;q=0.5"));
        assert!(!asks("gzip"));
        assert!(!asks("br;q=0, gzip"));
        assert!(!asks("brotli"));
    }

    #[test]
    fn a_file_has_the_headers_of_every_rule_that_fits() {
        let rules = "/*\n  X-A: 1\n  X-B: 1\n/a.js\n  X-B: 2\n";
        let file =
            |name: &str, text: &'static str| (name.to_owned(), Bytes::from_static(text.as_bytes()));
        let site = Site::new([
            file("_headers", rules),
            file("a.js", "1"),
            file("a.js.br", "2"),
            file("b.js", "3"),
        ]);
        let site = site.unwrap();
        assert_eq!(site.files.len(), 2);
        let value = |name: &str, header: &str| {
            site.files[name].headers[header]
                .to_str()
                .unwrap()
                .to_owned()
        };
        assert_eq!(
            (value("a.js", "x-a"), value("a.js", "x-b")),
            ("1".into(), "2".into())
        );
        assert_eq!(value("b.js", "x-b"), "1");
        assert!(site.files["a.js"].brotli.is_some());
        assert!(Site::new([file("_headers", "X-A: 1")]).is_err());
    }
}
