//! The path that the whole service is under, if the host serves other things too.

use serde::de::{Deserialize, Deserializer, Error};

/// A path such as `/reset`. Empty at the root.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct BasePath(String);

impl BasePath {
    /// The path with a leading slash and no trailing slash. Empty at the root.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn parse(text: &str) -> Option<Self> {
        let is_plain =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        let is_part = |part: &str| {
            !part.is_empty() && part != "." && part != ".." && part.bytes().all(is_plain)
        };
        let parts = text.strip_prefix('/')?;
        (parts.is_empty() || parts.split('/').all(is_part))
            .then(|| Self(text.trim_end_matches('/').to_owned()))
    }
}

impl<'de> Deserialize<'de> for BasePath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            D::Error::custom(
                "expected a path such as /reset: with a slash at its beginning, none at its end, and no character that an address escapes",
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::BasePath;

    #[test]
    fn a_base_path_begins_with_a_slash_and_ends_without() {
        let parse = |text| BasePath::parse(text).map(|path| path.0);
        for (text, path) in [
            ("/reset", "/reset"),
            ("/a/b-c.d_e~f", "/a/b-c.d_e~f"),
            ("/", ""),
        ] {
            assert_eq!(parse(text).as_deref(), Some(path), "{text}");
        }
        for text in [
            "", "reset", "/reset/", "//", "/a//b", "/..", "/a/./b", "/ü", "/a b", "/a?b", "/%20",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
