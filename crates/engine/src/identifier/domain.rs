//! Domains in the form of the DNS.

use alloc::string::String;

use idna::AsciiDenyList;

/// A domain in the form of the DNS (UTS 46): in lower case, with each label that has other letters
/// as its A-label. `None` for a text that cannot be a domain.
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
