//! The parts of the portals' pages.

const PAGE: &str = include_str!("page.html");
pub(super) const STYLE: &str = include_str!("portal.css");
pub(super) const HOSTILE_STYLE: &str = include_str!("hostile.css");
pub(crate) const SCRIPT: &str = include_str!("portal.js");

/// The tag that loads the element, with a mark in the place of the origin.
pub(super) const LOAD: &str = "<script type=\"module\" src=\"ORIGINembed/postern.js\"></script>";

/// A page with this head and this content, with the origin in the place of its mark.
pub(super) fn page(origin: &str, head: &[&str], content: &[&str]) -> String {
    PAGE.replace("HEAD", &head.join("\n"))
        .replace("CONTENT", &content.join("\n"))
        .replace("ORIGIN", origin)
}
