//! What of HTTP can be configured: the table `[http]` of the configuration.

use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use serde::Deserialize;

/// How many requests are answered at once by default: more than a database with sixteen connections keeps busy.
const CONCURRENCY_MAX: NonZeroUsize = NonZeroUsize::new(512).expect("it is not 0");

/// A header that has not come after so long does not come: ten seconds are enough for a phone on the worst of networks.
const HEADER_SECONDS: NonZeroU32 = NonZeroU32::new(10).expect("it is not 0");

/// Longer than the slowest directory is waited for.
const REQUEST_SECONDS: NonZeroU32 = NonZeroU32::new(75).expect("it is not 0");

/// The table `[http]`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Settings {
    /// Networks (CIDR) of the proxies whose `Forwarded` and `X-Forwarded-For` are believed. Default: none, and the client
    /// is whoever connects.
    pub trusted_proxies: Vec<IpNet>,
    /// Certificate and key, to speak HTTPS. Default: none, and a proxy in front of the service does.
    pub tls: Option<TlsFiles>,
    /// Whether `/api/v1/openapi.json` describes the API to anybody who asks. Default: `false` (OWASP ASVS 5.0, 13.4.5).
    pub openapi: bool,
    /// Requests that are answered at once, at most; those beyond get 503 at once. At least 1. Default: 512.
    pub concurrency_max: NonZeroUsize,
    /// Seconds that a TLS handshake may take, and the headers of a request, and that a connection may be idle. At least 1.
    /// Default: 10.
    pub header_seconds: NonZeroU32,
    /// Seconds that a request may take in all, and that stopping may take. At least 1, and more than the slowest directory
    /// needs. Default: 75.
    pub request_seconds: NonZeroU32,
    /// Networks (CIDR) that may read `/metrics`, beside this machine. Default: none.
    pub metrics_networks: Vec<IpNet>,
}

/// The table `[http.tls]`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TlsFiles {
    /// The file with the certificate and those between it and the root, PEM. Read again when it changes.
    pub certificate: PathBuf,
    /// The file with its private key, PEM. Read again when it changes.
    pub key: PathBuf,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            trusted_proxies: Vec::new(),
            tls: None,
            openapi: false,
            concurrency_max: CONCURRENCY_MAX,
            header_seconds: HEADER_SECONDS,
            request_seconds: REQUEST_SECONDS,
            metrics_networks: Vec::new(),
        }
    }
}

impl Settings {
    pub(crate) fn header_within(&self) -> Duration {
        Duration::from_secs(self.header_seconds.get().into())
    }

    pub(crate) fn request_within(&self) -> Duration {
        Duration::from_secs(self.request_seconds.get().into())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_left_out_has_its_default_and_what_is_unknown_is_refused() {
        let read = serde_json::from_value::<Settings>;
        assert_eq!(read(json!({})).unwrap(), Settings::default());
        let settings = read(json!({
            "trusted-proxies": ["10.0.0.0/8", "fd00::/8"],
            "tls": { "certificate": "a.pem", "key": "b.pem" },
            "request-seconds": 1,
        }));
        let settings = settings.unwrap();
        assert_eq!(settings.trusted_proxies.len(), 2);
        assert_eq!(settings.request_within(), Duration::from_secs(1));
        assert_eq!(settings.header_seconds, HEADER_SECONDS);
        for wrong in [
            json!({ "trusted_proxies": [] }),
            json!({ "trusted-proxies": ["10.0.0.0"] }),
            json!({ "concurrency-max": 0 }),
            json!({ "header-seconds": 0 }),
            json!({ "tls": { "certificate": "a.pem" } }),
        ] {
            assert!(read(wrong.clone()).is_err(), "{wrong}");
        }
    }
}
