//! The settings of the HTTP server: the table `[http]` of the configuration.

use std::net::{Ipv4Addr, SocketAddr};
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use serde::Deserialize;

use super::forwarded::ForwardedHeader;

/// Default maximum of requests that are answered at once. They keep more than a database with
/// sixteen connections busy.
const CONCURRENCY_MAX: NonZeroUsize = NonZeroUsize::new(512).expect("it is not 0");

/// Default timeout for headers, in seconds. Ten seconds are enough for a phone on the worst
/// network.
const HEADER_SECONDS: NonZeroU32 = NonZeroU32::new(10).expect("it is not 0");

/// Default timeout for a request, in seconds. It is longer than the timeout of the slowest
/// directory.
const REQUEST_SECONDS: NonZeroU32 = NonZeroU32::new(75).expect("it is not 0");

/// The table `[http]`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct HttpSettings {
    /// Networks (CIDR) of the proxies in front of the service. Default: none, and the client is the
    /// peer of the connection.
    pub trusted_proxies: Vec<IpNet>,
    /// The header in which those proxies name the client, `"x-forwarded-for"` or `"forwarded"`. No
    /// other header is believed. Default: none, and all clients behind a proxy count as one.
    pub forwarded_header: Option<ForwardedHeader>,
    /// Certificate and key for HTTPS. Default: none, and a proxy in front of the service speaks
    /// HTTPS.
    pub tls: Option<TlsFiles>,
    /// Whether `/api/v1/openapi.json` describes the API to every client. Default: `false` (OWASP
    /// ASVS 5.0, 13.4.5).
    pub openapi: bool,
    /// Maximum requests to the API that are answered at once, and the same number for files.
    /// Further requests get 503 at once. A request whose body has not arrived yet does not count.
    /// At least 1. Default: 512.
    pub concurrency_max: NonZeroUsize,
    /// Timeout in seconds for a TLS handshake, for the headers of a request, and for an idle
    /// connection. At least 1. Default: 10.
    pub header_seconds: NonZeroU32,
    /// Timeout in seconds for a whole request, and for stopping. At least 1, and more than the
    /// slowest directory needs. Default: 75.
    pub request_seconds: NonZeroU32,
    /// The listener of the service's own metrics.
    pub metrics: Metrics,
    /// The path that the whole service is under, such as `/reset`. Empty at the root. It comes from
    /// the key `base-path` of the configuration.
    #[serde(skip)]
    pub base_path: String,
}

/// The table `[http.metrics]`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Metrics {
    /// The address that serves `/metrics` and nothing else. Default: `127.0.0.1:9464`, if no other
    /// service uses it.
    pub listen: SocketAddr,
    /// Networks (CIDR) that may read it, in addition to this machine. Default: none.
    pub networks: Vec<IpNet>,
}

/// The default port of OpenTelemetry exporters.
const METRICS_PORT: u16 = 9464;

impl Default for Metrics {
    fn default() -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, METRICS_PORT).into(),
            networks: Vec::new(),
        }
    }
}

/// The table `[http.tls]`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TlsFiles {
    /// The PEM file with the certificate, and those between it and the root. The service reads it
    /// again when it changes.
    pub certificate: PathBuf,
    /// The PEM file with the private key. The service reads it again when it changes.
    pub key: PathBuf,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            trusted_proxies: Vec::new(),
            forwarded_header: None,
            tls: None,
            openapi: false,
            concurrency_max: CONCURRENCY_MAX,
            header_seconds: HEADER_SECONDS,
            request_seconds: REQUEST_SECONDS,
            metrics: Metrics::default(),
            base_path: String::new(),
        }
    }
}

impl HttpSettings {
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
        let read = serde_json::from_value::<HttpSettings>;
        assert_eq!(read(json!({})).unwrap(), HttpSettings::default());
        let settings = read(json!({
            "trusted-proxies": ["10.0.0.0/8", "fd00::/8"],
            "forwarded-header": "x-forwarded-for",
            "metrics": { "listen": "[::1]:9000", "networks": ["192.0.2.0/24"] },
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
            json!({ "forwarded-header": "x-real-ip" }),
            json!({ "metrics": { "listen": "localhost" } }),
            json!({ "concurrency-max": 0 }),
            json!({ "header-seconds": 0 }),
            json!({ "tls": { "certificate": "a.pem" } }),
        ] {
            assert!(read(wrong.clone()).is_err(), "{wrong}");
        }
    }
}
