//! What is public about an organisation: a client reads it before the person says who they are.

use alloc::string::String;
use alloc::vec::Vec;

use postern_wire_derive::wire;

use crate::password::PasswordRules;

/// The answer to `GET /api/v1/tenants/{domain}`: branding, locales, help, rules. Nothing secret.
#[wire]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Tenant {
    /// The domain asked about.
    pub domain: String,
    /// What the organisation calls itself.
    pub name: String,
    /// BCP 47 tags of the languages it wants, most wanted first; empty for all there are.
    pub locales: Vec<String>,
    /// The helpdesk, as in [`Help::url`](crate::Help::url).
    pub help_url: Option<String>,
    /// Where people sign in.
    pub sign_in_url: Option<String>,
    /// Its picture for light pages, in the place of its name: an address relative to that of this
    /// answer (RFC 3986 section 5).
    pub logo_url: Option<String>,
    /// Its picture for dark pages, in the same way. Where there is none, the name stays.
    pub logo_dark_url: Option<String>,
    /// Origins of the pages that may contain the wizard, each as a browser writes it (RFC 6454
    /// section 6.2).
    pub portals: Vec<String>,
    /// What a new password is held to.
    pub password_rules: PasswordRules,
}
