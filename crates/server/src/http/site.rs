//! The wizard's own files, as the build made them: compressed beforehand, with the headers of
//! their `_headers`. This module adds to the policy in those headers where violations are reported.
//! Everything but HTML is served with CORS open, since it holds no tenant's data.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::encoding::Coding;
use super::{links, reporting};
use crate::gzip::gzipped;

/// The file with the headers of the answers.
const HEADERS_FILE: &str = "_headers";
/// Scripts that pages of portals include. They name files of this build, which no longer exist
/// after an update of the service. So browsers must revalidate them each time.
const SCRIPTS: [&str; 2] = ["embed/postern.js", "embed/postern-frame.js"];
const ASKED_ABOUT: HeaderValue = HeaderValue::from_static("no-cache");
/// Another file that portals include, always under the same name. Browsers cache it for ten
/// minutes, and then revalidate it.
const PACKAGE: &str = "embed/npm/postern-reset.tgz";
const TEN_MINUTES: HeaderValue = HeaderValue::from_static("public, max-age=600, must-revalidate");
/// The file that `/` serves.
pub(super) const INDEX: &str = "index.html";
/// The suffix of a file's compressed form.
const BROTLI: &str = ".br";

include!(concat!(env!("OUT_DIR"), "/site.rs"));

/// The built files of the wizard.
pub struct Site {
    files: BTreeMap<String, File>,
}

/// A file in the forms that answers need.
pub(super) struct File {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    /// Identifies the content. Each form adds its own suffix.
    digest: String,
    headers: HeaderMap,
}

impl File {
    /// A file that portals include under a fixed name.
    pub(super) fn stable(name: &str, plain: Bytes) -> Self {
        let mut headers = headers_of(name);
        share(&mut headers);
        headers.insert(header::CACHE_CONTROL, TEN_MINUTES);
        Self {
            digest: digest(&plain),
            plain,
            brotli: None,
            gzip: None,
            headers,
        }
    }

    /// Adds a gzip form, if there is one.
    pub(super) fn with_gzip(self, gzip: Option<Bytes>) -> Self {
        Self { gzip, ..self }
    }

    fn form(&self, coding: Coding) -> Option<&Bytes> {
        match coding {
            Coding::Brotli => self.brotli.as_ref(),
            Coding::Gzip => self.gzip.as_ref(),
            Coding::Identity => Some(&self.plain),
        }
    }

    /// A strong entity tag, which is different for each form (RFC 9110 section 8.8.3.3).
    fn etag(&self, coding: Coding) -> String {
        let end = match coding {
            Coding::Brotli => "-br",
            Coding::Gzip => "-gzip",
            Coding::Identity => "",
        };
        format!("\"{}{end}\"", self.digest)
    }

    /// Content negotiation by `Accept-Encoding`, and 304 by `If-None-Match`.
    pub(super) fn answer(&self, asked: &HeaderMap) -> Response {
        let coding = Coding::choose(asked, |coding| self.form(coding).is_some());
        let mut answer = self.headers.clone();
        if self.brotli.is_some() || self.gzip.is_some() {
            answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        let etag = self.etag(coding);
        let is_known = names(asked, &etag);
        if let Ok(etag) = HeaderValue::from_str(&etag) {
            answer.insert(header::ETAG, etag);
        }
        if is_known {
            answer.remove(header::CONTENT_TYPE);
            return (StatusCode::NOT_MODIFIED, answer).into_response();
        }
        if let Some(value) = coding.header() {
            answer.insert(header::CONTENT_ENCODING, value);
        }
        let body = self.form(coding).unwrap_or(&self.plain).clone();
        (answer, body).into_response()
    }
}

impl Site {
    /// The files inside this program; none if it was built without them. The whole service is under
    /// `base`.
    ///
    /// # Errors
    ///
    /// When the headers in `_headers` are malformed.
    pub fn embedded(base: &str) -> anyhow::Result<Self> {
        let files = EMBEDDED.iter();
        let files = files.map(|(name, bytes)| ((*name).to_owned(), Bytes::from_static(bytes)));
        Self::new(files, base)
    }

    /// The files of a directory and its subdirectories. The whole service is under `base`.
    ///
    /// # Errors
    ///
    /// When they cannot be read, or the headers in `_headers` are malformed.
    pub fn read(directory: &Path, base: &str) -> anyhow::Result<Self> {
        let mut files = Vec::new();
        read_into(&mut files, directory, "")?;
        Self::new(files, base)
    }

    /// Whether the files include the wizard.
    pub fn has_wizard(&self) -> bool {
        self.files.contains_key(INDEX)
    }

    /// The answer with a file, for a request with these headers. `None` if there is no such file.
    pub(super) fn file(&self, name: &str, asked: &HeaderMap) -> Option<Response> {
        self.files.get(name).map(|file| file.answer(asked))
    }

    fn new(files: impl IntoIterator<Item = (String, Bytes)>, base: &str) -> anyhow::Result<Self> {
        let mut files: BTreeMap<String, Bytes> = files.into_iter().collect();
        let rules = files.remove(HEADERS_FILE).unwrap_or_default();
        let rules = rules_of(std::str::from_utf8(&rules)?)?;
        let named = files.iter().filter(|(name, _)| !name.ends_with(BROTLI));
        let named = named.map(|(name, plain)| {
            let mut headers = headers_of(name);
            for (path, rule) in &rules {
                let fits = match path.strip_suffix('*') {
                    Some(start) => format!("/{name}").starts_with(start),
                    None => *path == format!("/{name}"),
                };
                if fits {
                    headers.extend(rule.clone());
                }
            }
            if !is_page(name) {
                share(&mut headers);
            }
            if SCRIPTS.contains(&name.as_str()) {
                headers.insert(header::CACHE_CONTROL, ASKED_ABOUT);
            } else if name == PACKAGE {
                headers.insert(header::CACHE_CONTROL, TEN_MINUTES);
            }
            reporting::announce(&mut headers, base);
            if is_page(name) {
                let links = links::of_page(&String::from_utf8_lossy(plain));
                headers.extend(links.map(|links| (header::LINK, links)));
            }
            // A file that Brotli makes smaller is smaller with gzip too.
            let brotli = files.get(&format!("{name}{BROTLI}")).cloned();
            let gzip = brotli.is_some().then(|| gzipped(plain)).transpose()?;
            let file = File {
                plain: plain.clone(),
                brotli,
                gzip,
                digest: digest(plain),
                headers,
            };
            Ok((name.clone(), file))
        });
        Ok(Self {
            files: named.collect::<anyhow::Result<_>>()?,
        })
    }
}

/// Adds the files of a directory, each under its path relative to the first directory.
fn read_into(files: &mut Vec<(String, Bytes)>, directory: &Path, path: &str) -> anyhow::Result<()> {
    let entries = std::fs::read_dir(directory);
    let entries = entries.with_context(|| format!("{} cannot be read", directory.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = format!("{path}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_file() {
            files.push((name, Bytes::from(std::fs::read(entry.path())?)));
        } else if entry.file_type()?.is_dir() {
            read_into(files, &entry.path(), &format!("{name}/"))?;
        }
    }
    Ok(())
}

/// The headers that follow from the name of a file.
fn headers_of(name: &str) -> HeaderMap {
    let media_type = HeaderValue::from_static(media_type(name));
    HeaderMap::from_iter([(header::CONTENT_TYPE, media_type)])
}

/// Whether a file is a page, which other pages do not load.
fn is_page(name: &str) -> bool {
    media_type(name).starts_with("text/html")
}

/// Lets pages of every origin load a file, without credentials.
pub(super) fn share(headers: &mut HeaderMap) {
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
}

/// Reads paths, each with the headers that its answers carry.
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

/// Whether `If-None-Match` names a tag (RFC 9110 section 13.1.2). That header uses the weak
/// comparison.
fn names(headers: &HeaderMap, etag: &str) -> bool {
    let values = headers.get_all(header::IF_NONE_MATCH).iter();
    let mut tags = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim);
    tags.any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
}

/// Half of a SHA-256 in hexadecimal. That is enough to make collisions infeasible.
fn digest(plain: &Bytes) -> String {
    let hash: [u8; 32] = Sha256::digest(plain).into();
    format!(
        "{:032x}",
        u128::from_be_bytes(std::array::from_fn(|index| hash[index]))
    )
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
        Some("png") => "image/png",
        Some("jpg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("tgz") => "application/gzip",
        Some("txt") => "text/plain; charset=utf-8",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_that_is_known_is_not_sent_again_and_another_is() {
        let asks = |value: &'static str, etag: &str| {
            let value = HeaderValue::from_static(value);
            names(
                &HeaderMap::from_iter([(header::IF_NONE_MATCH, value)]),
                etag,
            )
        };
        assert!(asks("\"a\"", "\"a\""));
        assert!(asks("\"b\", W/\"a\"", "\"a\""));
        assert!(asks("*", "\"a\""));
        assert!(!asks("\"a\"", "\"a-br\""));
        assert!(!names(&HeaderMap::new(), "\"a\""));
    }

    #[test]
    fn a_file_has_the_headers_of_every_rule_that_fits() {
        let rules = "/*\n  X-A: 1\n  X-B: 1\n/a.js\n  X-B: 2\n";
        let file =
            |name: &str, text: &'static str| (name.to_owned(), Bytes::from_static(text.as_bytes()));
        let site = Site::new(
            [
                file("_headers", rules),
                file("a.js", "1"),
                file("a.js.br", "2"),
                file("b.js", "3"),
            ],
            "",
        );
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
        assert!(Site::new([file("_headers", "X-A: 1")], "").is_err());
    }
}
