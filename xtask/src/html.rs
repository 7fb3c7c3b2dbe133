//! A minimal HTML reader for our own page: elements that name files, and inline scripts and styles.
//! It reads only HTML of ours, in lower case and with quoted attributes.

use std::ops::Range;

/// An opening tag, such as `link rel="icon" href="./icon.svg"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tag<'a>(&'a str);

impl<'a> Tag<'a> {
    /// The value of an attribute; empty for an attribute without a value.
    pub(crate) fn attribute(self, name: &str) -> Option<&'a str> {
        let mut rest = self.0.trim_end_matches('/').trim_end();
        // Skips the name of the element.
        rest = rest.split_once(char::is_whitespace)?.1;
        loop {
            rest = rest.trim_start();
            if rest.is_empty() {
                return None;
            }
            let end = rest
                .find(|letter: char| letter == '=' || letter.is_whitespace())
                .unwrap_or(rest.len());
            let (this, after) = rest.split_at(end);
            let (value, after) = match after.strip_prefix('=') {
                None => ("", after),
                Some(after) => match after.strip_prefix('"') {
                    Some(quoted) => quoted.split_once('"')?,
                    None => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
                },
            };
            if this == name {
                return Some(value);
            }
            rest = after;
        }
    }
}

/// An element with text in it, such as a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block<'a> {
    pub(crate) tag: Tag<'a>,
    /// The position of its text in the page.
    pub(crate) text: Range<usize>,
}

/// Every opening tag of an element.
pub(crate) fn tags<'a>(html: &'a str, element: &str) -> Vec<Tag<'a>> {
    openings(html, element)
        .map(|range| Tag(&html[range]))
        .collect()
}

/// Every element of a name whose text is not HTML: `script` and `style`.
pub(crate) fn blocks<'a>(html: &'a str, element: &str) -> Vec<Block<'a>> {
    let closing = format!("</{element}>");
    let block = |opening: Range<usize>| {
        let start = opening.end + 1;
        let end = start + html[start..].find(&closing)?;
        Some(Block {
            tag: Tag(&html[opening]),
            text: start..end,
        })
    };
    openings(html, element).filter_map(block).collect()
}

/// The page without its comments.
pub(crate) fn without_comments(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, comment)) = rest.split_once("<!--") {
        kept.push_str(before);
        let Some((_, after)) = comment.split_once("-->") else {
            return kept;
        };
        // A comment that is alone on its line is removed with the line.
        rest = if kept.ends_with('\n') {
            after.strip_prefix('\n').unwrap_or(after)
        } else {
            after
        };
    }
    kept + rest
}

/// The ranges between `<` and `>`.
fn openings<'a>(html: &'a str, element: &str) -> impl Iterator<Item = Range<usize>> + 'a {
    let opening = format!("<{element}");
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + html[from..].find(&opening)? + 1;
            let after = &html[start + opening.len() - 1..];
            from = start;
            if after.starts_with(|letter: char| {
                letter == '>' || letter == '/' || letter.is_whitespace()
            }) {
                let end = start + html[start..].find('>')?;
                from = end;
                return Some(start..end);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{blocks, tags, without_comments};

    const PAGE: &str = "<head><link rel=\"icon\" href=\"./icon.svg\" crossorigin/>\n<style>a{}</style></head>\n<links href=\"no\"><script type=\"module\">run(a > b)</script><script src=\"./x.js\"></script>";

    #[test]
    fn attributes_are_found_by_their_whole_name() {
        let links = tags(PAGE, "link");
        assert_eq!(links.len(), 1);
        assert_eq!(links[0].attribute("href"), Some("./icon.svg"));
        assert_eq!(links[0].attribute("crossorigin"), Some(""));
        assert_eq!(links[0].attribute("ref"), None);
        assert_eq!(links[0].attribute("link"), None);
    }

    #[test]
    fn blocks_hold_exactly_the_text_between_their_tags() {
        let scripts = blocks(PAGE, "script");
        assert_eq!(scripts.len(), 2);
        assert_eq!(&PAGE[scripts[0].text.clone()], "run(a > b)");
        assert_eq!(scripts[1].tag.attribute("src"), Some("./x.js"));
        assert!(scripts[1].text.is_empty());
        assert_eq!(&PAGE[blocks(PAGE, "style")[0].text.clone()], "a{}");
    }

    #[test]
    fn comments_go_and_take_their_own_line_with_them() {
        assert_eq!(
            without_comments("<p>\n<!-- why -->\na<!-- b -->c</p>"),
            "<p>\nac</p>"
        );
    }
}
