//! The HTML form of a mail: the same words as its text, with the code large and in a line of its
//! own.
//!
//! The HTML loads nothing, has no links and no colours. So it looks the same in dark mode and
//! without images.

use crate::markup::escaped;
use crate::words::{END, ISOLATE, ISOLATE_LEFT_TO_RIGHT, Language, without_isolates};

const PAGE: &str = include_str!("mail.html");

/// A whole page from sentences that are not escaped yet.
pub(crate) fn page(
    language: &Language,
    subject: &str,
    code: Option<&str>,
    paragraphs: &[String],
) -> String {
    let mut body = match code {
        Some(code) => format!(
            "<p style=\"margin:0 0 16px;font-size:32px;line-height:1.25;font-weight:bold;letter-spacing:2px;white-space:nowrap\"><bdi dir=\"ltr\">{}</bdi></p>\n",
            escaped(code)
        ),
        None => format!(
            "<h1 style=\"margin:0 0 16px;font-size:20px;line-height:1.25\">{}</h1>\n",
            marked(subject)
        ),
    };
    body.extend(
        paragraphs
            .iter()
            .map(|paragraph| format!("<p style=\"margin:0 0 16px\">{}</p>\n", marked(paragraph))),
    );
    // The inserted text contains no comment: every `<` in it is escaped or comes from this module.
    PAGE.replace("<!--language-->", language.about.tag)
        .replace("<!--direction-->", language.about.direction.as_str())
        .replace("<!--subject-->", &escaped(&without_isolates(subject)))
        .replace("<!--body-->", body.trim_end())
}

/// Replaces isolates around inserted text with the elements that HTML has for them.
fn marked(text: &str) -> String {
    escaped(text)
        .replace(ISOLATE, "<bdi>")
        .replace(ISOLATE_LEFT_TO_RIGHT, "<bdi dir=\"ltr\">")
        .replace(END, "</bdi>")
}
