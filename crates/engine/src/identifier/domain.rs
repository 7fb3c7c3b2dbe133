//! Domains as the DNS has them.

use alloc::string::String;

use idna::AsciiDenyList;

/// A domain with its letters as the DNS has them (UTS 46): small, and each label that has other
/// letters as its A-label. `None` for what can be no domain.
///
/// ```
/// use postern_engine::identifier::a_label;
///
/// assert_eq!(a_label("MÜNCHEN。example").as_deref(), Some("xn--mnchen-3ya.example"));
/// assert_eq!(a_label("xn--mnchen-3ya.example").as_deref(), Some("xn--mnchen-3ya.example"));
/// assert_eq!(a_label("contoso example"), None);
/// ```
pub fn a_label(domain: &str) -> Option<String> {
    let domain = domain.trim();
    let ascii = idna::domain_to_ascii_cow(domain.as_bytes(), AsciiDenyList::URL).ok()?;
    let ascii = ascii.trim_end_matches('.');
    (!ascii.is_empty()).then(|| ascii.into())
}
