//! `/problems/…`: a type URI resolves to its section of `docs/problems.md`.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::problem;

/// The documentation of all problems.
const INDEX: &str = include_str!("../../../../docs/problems.md");

pub(super) async fn show(Path(name): Path<String>) -> Response {
    match section(&name) {
        Some(text) => {
            let media_type = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
            (media_type, text).into_response()
        }
        None => problem::of_status(StatusCode::NOT_FOUND),
    }
}

/// The names of all kinds. Each has a section.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    let sections = INDEX.split("\n## ").skip(1);
    sections.filter_map(|section| section.lines().next())
}

/// The section from its heading to the next.
fn section(name: &str) -> Option<&'static str> {
    let mut sections = INDEX.split("\n## ").skip(1);
    sections.find(|section| section.lines().next() == Some(name))
}
