//! The `_headers` file of a built page: paths, and the headers of their answers. A path may end in
//! `*`. If several rules match, later ones win.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use axum::http::{HeaderName, HeaderValue};

use crate::finish::HEADERS_FILE;

struct Rule {
    path: String,
    headers: Vec<(HeaderName, HeaderValue)>,
}

pub(super) struct Rules(Vec<Rule>);

impl Rules {
    /// Reads the rules of a directory. Without a `_headers` file there are none.
    pub(super) fn read(directory: &Path) -> Result<Self> {
        let path = directory.join(HEADERS_FILE);
        if !path.exists() {
            return Ok(Self(Vec::new()));
        }
        Self::parse(&fs::read_to_string(&path)?).with_context(|| format!("in {}", path.display()))
    }

    /// The headers for a path, in order.
    pub(super) fn of<'a>(
        &'a self,
        path: &'a str,
    ) -> impl Iterator<Item = &'a (HeaderName, HeaderValue)> {
        self.0
            .iter()
            .filter(|rule| rule.fits(path))
            .flat_map(|rule| &rule.headers)
    }

    fn parse(text: &str) -> Result<Self> {
        let mut rules: Vec<Rule> = Vec::new();
        for line in text
            .lines()
            .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        {
            if line.starts_with('/') {
                rules.push(Rule {
                    path: line.trim().to_owned(),
                    headers: Vec::new(),
                });
                continue;
            }
            let (name, value) = line
                .split_once(':')
                .with_context(|| format!("neither a path nor a header: {line}"))?;
            let rule = rules
                .last_mut()
                .with_context(|| format!("a header before any path: {line}"))?;
            rule.headers
                .push((name.trim().parse()?, value.trim().parse()?));
        }
        Ok(Self(rules))
    }
}

impl Rule {
    fn fits(&self, path: &str) -> bool {
        self.path
            .strip_suffix('*')
            .map_or(self.path == path, |start| path.starts_with(start))
    }
}

#[cfg(test)]
mod tests {
    use super::Rules;

    #[test]
    fn a_rule_holds_for_its_path_and_a_star_for_all_below() {
        let rules = Rules::parse("/*\n  X-A: 1\n/one.js\n  Cache-Control: immutable\n")
            .expect("the rules are well formed");
        let of = |path| {
            rules
                .of(path)
                .map(|(name, value)| format!("{name}={}", value.to_str().unwrap()))
                .collect::<Vec<_>>()
        };
        assert_eq!(of("/one.js"), ["x-a=1", "cache-control=immutable"]);
        assert_eq!(of("/one.jsx"), ["x-a=1"]);
    }

    #[test]
    fn a_header_without_a_path_is_an_error() {
        assert!(Rules::parse("  X-A: 1\n").is_err());
    }
}
