//! A mail as HTML: the same words as its text, the code large and in a line of its own.
//!
//! Nothing in it is fetched, leads anywhere or has a colour, so that it looks the same in the dark
//! and with images turned off.

use crate::markup::escaped;
use crate::words::{END, ISOLATE, ISOLATE_LEFT_TO_RIGHT, Language, without_isolates};

const PAGE: &str = include_str!("mail.html");

/// A page of its own from sentences that are not escaped yet.
pub(super) fn page(
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
    // Nothing that is put there holds a comment: every `<` of it is escaped or ours.
    PAGE.replace("<!--language-->", language.tag)
        .replace("<!--direction-->", language.direction.as_str())
        .replace("<!--subject-->", &escaped(&without_isolates(subject)))
        .replace("<!--body-->", body.trim_end())
}

/// What was filled in stands apart, as HTML says it.
fn marked(text: &str) -> String {
    escaped(text)
        .replace(ISOLATE, "<bdi>")
        .replace(ISOLATE_LEFT_TO_RIGHT, "<bdi dir=\"ltr\">")
        .replace(END, "</bdi>")
}
