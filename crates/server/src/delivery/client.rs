//! HTTP requests to other services: encrypted, with a time limit and a limit on the answer's size,
//! and without following redirects.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow, bail, ensure};
use reqwest::{RequestBuilder, redirect};
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use url::Url;

use super::carrier::NotCarried;
use crate::files;

/// How many bytes of a carrier's answer are read. The relevant part is at its beginning.
const ANSWER_MAX: usize = 4 * 1024;

/// An HTTP client.
pub(crate) struct HttpClient(reqwest::Client);

/// The answer to a request.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The part of the body that was read.
    pub(crate) body: String,
}

impl Answer {
    fn new(status: u16, body: &[u8]) -> Self {
        let body = String::from_utf8_lossy(body).into_owned();
        Self { status, body }
    }

    /// Classifies an answer without success. Either the request was at fault, or the service or our
    /// account with it (RFC 9110 section 15.5, RFC 6585 section 4).
    pub(super) fn not_carried(&self, why: anyhow::Error) -> NotCarried {
        let is_ours = (400..500).contains(&self.status);
        if is_ours && !matches!(self.status, 401 | 403 | 404 | 407 | 408 | 429) {
            NotCarried::Deferred(why)
        } else {
            NotCarried::Yet(why)
        }
    }
}

impl HttpClient {
    /// A client with a timeout. It trusts the authorities of a PEM file in addition to those of the
    /// machine.
    pub(crate) fn new(timeout_seconds: u64, ca_file: Option<&Path>) -> anyhow::Result<Self> {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if let Some(path) = ca_file {
            let unread = || {
                format!(
                    "ca-file: {} contains no certificate that can be read",
                    path.display()
                )
            };
            let pem = files::read(path, files::PEM_BYTES_MAX);
            let pem = pem.map_err(|why| anyhow!("ca-file: {why}"))?;
            for authority in CertificateDer::pem_slice_iter(&pem) {
                roots.add(authority.with_context(unread)?)?;
            }
        }
        let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(redirect::Policy::none())
            .no_proxy()
            .timeout(Duration::from_secs(timeout_seconds))
            .build()?;
        Ok(Self(client))
    }

    /// The client that builds requests.
    pub(crate) const fn requests(&self) -> &reqwest::Client {
        &self.0
    }

    /// Sends a request and reads the beginning of the answer. An error contains nothing of the
    /// request.
    pub(super) async fn send(request: RequestBuilder) -> anyhow::Result<Answer> {
        let (status, mut body) = read(request, ANSWER_MAX).await?;
        body.truncate(ANSWER_MAX);
        Ok(Answer::new(status, &body))
    }

    /// Sends a request and reads the whole answer. More than `bytes_max` bytes are an error.
    pub(crate) async fn send_for_all(
        request: RequestBuilder,
        bytes_max: usize,
    ) -> anyhow::Result<Answer> {
        let (status, body) = read(request, bytes_max + 1).await?;
        ensure!(body.len() <= bytes_max, "more than {bytes_max} bytes");
        Ok(Answer::new(status, &body))
    }
}

/// Status and body of an answer. Reads until the body has `enough` bytes.
async fn read(request: RequestBuilder, enough: usize) -> anyhow::Result<(u16, Vec<u8>)> {
    let mut response = request.send().await.map_err(told)?;
    let status = response.status().as_u16();
    let mut body = Vec::new();
    while body.len() < enough {
        let Some(chunk) = response.chunk().await.map_err(told)? else {
            break;
        };
        body.extend_from_slice(&chunk);
    }
    Ok((status, body))
}

/// An error without the requested address, which may contain a secret.
fn told(error: reqwest::Error) -> anyhow::Error {
    let what = if error.is_timeout() {
        "no answer in time"
    } else if error.is_connect() {
        "no connection"
    } else {
        "no answer"
    };
    // Reports the innermost cause only, since the client's layers add nothing but their names.
    let error = error.without_url();
    let mut cause: &dyn std::error::Error = &error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    anyhow!("{what}: {cause}")
}

/// Host and port of an address, without its other parts.
pub(crate) fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port_or_known_default() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// Parses an address that may receive secrets: encrypted, or on this machine.
pub(crate) fn secure_url(text: &str) -> anyhow::Result<Url> {
    let url = Url::parse(text)
        .map_err(|_| anyhow!("{text} is not an address such as https://gateway.example/send"))?;
    let host = url.host_str().unwrap_or_default();
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(host) => Ok(url),
        _ => bail!("{text} must begin with https://, unless it is on this machine"),
    }
}

/// Whether a host name means this machine.
pub(super) fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || address
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::secure_url;

    #[test]
    fn only_this_machine_is_spoken_to_in_the_clear() {
        for taken in [
            "https://sms.example/send",
            "http://127.0.0.1:13013/",
            "http://localhost/",
            "http://[::1]:80/",
        ] {
            assert!(secure_url(taken).is_ok(), "{taken}");
        }
        for refused in [
            "http://sms.example/",
            "http://localhost.example/",
            "http://127.0.0.1.example/",
            "ftp://127.0.0.1/",
            "sms.example",
        ] {
            assert!(secure_url(refused).is_err(), "{refused}");
        }
    }
}
