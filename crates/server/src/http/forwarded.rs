//! The headers in which proxies name the client.

use serde::Deserialize;

/// The header in which the trusted proxies name the client.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum ForwardedHeader {
    /// `Forwarded` (RFC 7239).
    Forwarded,
    /// The header `X-Forwarded-For`.
    XForwardedFor,
}

impl ForwardedHeader {
    /// The other header.
    pub(super) const fn other(self) -> Self {
        match self {
            Self::Forwarded => Self::XForwardedFor,
            Self::XForwardedFor => Self::Forwarded,
        }
    }

    /// The name of the header, as in a proxy's configuration.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Forwarded => "Forwarded",
            Self::XForwardedFor => "X-Forwarded-For",
        }
    }
}
