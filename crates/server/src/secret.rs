//! Secrets of the configuration. The configuration says where each secret is, and never contains
//! one.

use std::fmt;
use std::path::PathBuf;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use zeroize::Zeroizing;

use crate::files;

/// Shown in place of a secret.
const HIDDEN: &str = "•••";

/// Maximum bytes of a secret: far more than the longest token.
const BYTES_MAX: usize = 64 * 1024;

/// The error for a configuration key with a secret.
const EXPECTED: &str = "expected { env = \"NAME\" } or { file = \"/path\" }";

/// A password or a key that we use at another service, or to seal data.
///
/// In the configuration it is `{ env = "NAME" }`, a variable of the environment, or
/// `{ file = "/path" }`, a file whose last line end does not count. It is read once, with the
/// configuration. It has no `Display`, and its `Debug` shows nothing of it.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

/// The source of a secret: exactly one of the two.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Source {
    env: Option<String>,
    file: Option<PathBuf>,
}

/// Accepts only a table. The deserializer would read a list as the values of the table's keys.
struct TableOnly;

impl<'de> Visitor<'de> for TableOnly {
    type Value = Source;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a table")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Source, A::Error> {
        Source::deserialize(MapAccessDeserializer::new(map))
    }
}

impl Secret {
    /// A secret from text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text of the secret, for its use.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The value may be the secret itself, so no error repeats it.
        let source = deserializer.deserialize_any(TableOnly).map_err(|error| {
            // This error names the key, and there is no secret to repeat.
            if error.to_string().starts_with("missing field") {
                return error;
            }
            D::Error::custom(EXPECTED)
        })?;
        let text = match (source.env, source.file) {
            (None, None) => return Err(D::Error::custom(EXPECTED)),
            (Some(_), Some(_)) => {
                return Err(D::Error::custom(
                    "it has both env and file, but a secret is read from one of them: remove the other",
                ));
            }
            (Some(name), None) => std::env::var(&name).map_err(|_| {
                D::Error::custom(format!("the environment variable {name} is not set"))
            })?,
            (None, Some(path)) => {
                let bytes = files::read(&path, BYTES_MAX).map_err(D::Error::custom)?;
                let bytes = Zeroizing::new(bytes);
                let refused = |reason| D::Error::custom(format!("{} {reason}", path.display()));
                let text = std::str::from_utf8(&bytes);
                let text = text.map_err(|_| refused("is not in UTF-8: save it as UTF-8"))?;
                if let Some(reason) = spoilt(text) {
                    return Err(refused(reason));
                }
                text.strip_suffix('\n').unwrap_or(text).to_owned()
            }
        };
        if text.is_empty() {
            return Err(D::Error::custom("the secret is empty"));
        }
        Ok(Self::new(text))
    }
}

/// Characters that an editor adds invisibly, and that would become part of the secret.
fn spoilt(text: &str) -> Option<&'static str> {
    if text.starts_with('\u{feff}') {
        return Some(
            "begins with a byte order mark, as editors on Windows write it: save it as UTF-8 without one",
        );
    }
    if text.contains('\r') {
        return Some(
            "has a line that ends with CRLF, as editors on Windows write it: save it with LF",
        );
    }
    None
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(HIDDEN)
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    fn read(json: &str) -> Result<Secret, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    #[test]
    fn a_secret_comes_from_a_file_without_its_last_line_end() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("secret");
        std::fs::write(&path, "open sesame\n").expect("a file");
        let source = serde_json::json!({ "file": path }).to_string();
        let secret = read(&source).expect("a secret");
        assert_eq!(secret.reveal(), "open sesame");
    }

    #[test]
    fn what_an_editor_has_put_into_a_file_is_told() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("secret");
        let source = serde_json::json!({ "file": path }).to_string();
        for (text, told) in [
            ("open sesame\r\n", "CRLF"),
            ("open sesame\r", "CRLF"),
            ("\u{feff}open sesame\n", "byte order mark"),
        ] {
            std::fs::write(&path, text).expect("a file");
            let refused = read(&source).expect_err("no secret");
            assert!(refused.contains(told), "{refused}");
            assert!(!refused.contains("sesame"), "{refused}");
        }
    }

    #[test]
    fn a_secret_has_one_place() {
        let refused =
            read(r#"{ "env": "PATH", "file": "/nowhere/secret" }"#).expect_err("no secret");
        assert!(refused.contains("env and file"), "{refused}");
        for source in ["{}", r#"{ "environment": "PATH" }"#] {
            let refused = read(source).expect_err("no secret");
            assert!(refused.contains("expected { env"), "{refused}");
        }
    }

    #[test]
    fn a_secret_that_is_not_there_is_told_by_where_it_should_be() {
        let refused = read(r#"{ "env": "POSTERN_NOT_SET" }"#).expect_err("no secret");
        assert!(refused.contains("POSTERN_NOT_SET"), "{refused}");
        let refused = read(r#"{ "file": "/nowhere/secret" }"#).expect_err("no secret");
        assert!(refused.contains("/nowhere/secret"), "{refused}");
    }

    #[test]
    fn a_secret_written_into_the_configuration_is_refused_and_not_repeated() {
        let refused = read(r#""open sesame""#).expect_err("no secret");
        assert!(!refused.contains("sesame"), "{refused}");
        assert!(!format!("{:?}", Secret::new("open sesame")).contains("sesame"));
    }
}
