//! Tests of HTTPS: HTTP/1.1 and HTTP/2 over TLS, with a certificate that can change while the
//! service runs.

#![expect(
    clippy::unwrap_used,
    reason = "a connection that is not as it should be fails its test, and says why"
)]

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use crate::support::log::Log;
use crate::support::server::Server;
use axum::body::Body;
use http_body_util::BodyExt;
use hyper::client::conn::http2::{self, SendRequest};
use hyper::{Request, Version};
use hyper_util::rt::{TokioExecutor, TokioIo};
use postern_peers::process::until;
use postern_server::http::{HttpSettings, Tls, TlsFiles};
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::{self, ClientConfig, ProtocolVersion, RootCertStore};

pub(super) const NAME: &str = "reset.contoso.example";

pub(super) fn files(directory: &TempDir) -> TlsFiles {
    TlsFiles {
        certificate: directory.path().join("certificate.pem"),
        key: directory.path().join("key.pem"),
    }
}

/// Writes a new certificate and its key into these files.
pub(super) fn issue(files: &TlsFiles) -> CertificateDer<'static> {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed([NAME.to_owned()]).unwrap();
    write(&files.certificate, &cert.pem());
    write(&files.key, &signing_key.serialize_pem());
    cert.der().clone()
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
}

async fn connect(
    server: &Server,
    trusted: &CertificateDer<'static>,
    protocol: &[u8],
    version: &'static rustls::SupportedProtocolVersion,
) -> std::io::Result<TlsStream<TcpStream>> {
    connect_to(server.running.address, trusted, protocol, version).await
}

/// Connects to this address, if it has the certificate.
pub(super) async fn connect_to(
    address: SocketAddr,
    trusted: &CertificateDer<'static>,
    protocol: &[u8],
    version: &'static rustls::SupportedProtocolVersion,
) -> std::io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let provider = Arc::new(ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[version])
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![protocol.to_vec()];
    let connector = TlsConnector::from(Arc::new(config));
    let stream = TcpStream::connect(address).await?;
    connector.connect(NAME.try_into().unwrap(), stream).await
}

async fn is_taken(server: &Server, trusted: &CertificateDer<'static>) -> bool {
    connect(server, trusted, b"h2", &rustls::version::TLS13)
        .await
        .is_ok()
}

async fn start(files: &TlsFiles) -> Server {
    Server::start(HttpSettings {
        tls: Some(files.clone()),
        ..HttpSettings::default()
    })
    .await
}

#[tokio::test]
async fn http_1_1_and_http_2_are_spoken_over_tls_1_2_and_1_3() {
    let directory = TempDir::new().unwrap();
    let files = files(&directory);
    let certificate = issue(&files);
    let server = start(&files).await;
    let request = || {
        let request = Request::get(format!("https://{NAME}/healthz"));
        request.header("Host", NAME).body(Body::empty()).unwrap()
    };

    let version = &rustls::version::TLS13;
    let stream = connect(&server, &certificate, b"h2", version)
        .await
        .unwrap();
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
    let io = TokioIo::new(stream);
    let shaken = http2::handshake(TokioExecutor::new(), io).await;
    let (mut sender, connection) = shaken.unwrap();
    tokio::spawn(connection);
    let response = sender.send_request(request()).await.unwrap();
    assert_eq!(
        (response.version(), response.status().as_u16()),
        (Version::HTTP_2, 200)
    );
    let body = response.into_body().collect().await.unwrap();
    assert_eq!(&body.to_bytes()[..], b"ok\n");

    let version = &rustls::version::TLS12;
    let stream = connect(&server, &certificate, b"http/1.1", version)
        .await
        .unwrap();
    let spoken = stream.get_ref().1.protocol_version();
    assert_eq!(spoken, Some(ProtocolVersion::TLSv1_2));
    let shaken = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = shaken.unwrap();
    tokio::spawn(connection);
    let response = sender.send_request(request()).await.unwrap();
    assert_eq!(
        (response.version(), response.status().as_u16()),
        (Version::HTTP_11, 200)
    );
}

#[tokio::test]
async fn a_client_that_does_not_speak_tls_gets_no_answer() {
    let directory = TempDir::new().unwrap();
    let files = files(&directory);
    issue(&files);
    let server = start(&files).await;
    let answer = server.raw("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert!(!answer.contains("HTTP/1.1 200"), "{answer}");
}

#[tokio::test]
async fn a_new_certificate_is_taken_and_a_bad_one_keeps_the_old() {
    let directory = TempDir::new().unwrap();
    let files = files(&directory);
    let first = issue(&files);
    let server = start(&files).await;
    let tls = server.running.tls.clone().unwrap();
    assert!(is_taken(&server, &first).await);

    let second = issue(&files);
    tls.reload().unwrap();
    assert!(is_taken(&server, &second).await);
    assert!(!is_taken(&server, &first).await);

    // First a key that does not belong to the certificate, then no key.
    let other = KeyPair::generate().unwrap();
    for bad in [other.serialize_pem(), "garbage".to_owned()] {
        write(&files.key, &bad);
        let error = format!("{:#}", tls.reload().unwrap_err());
        assert!(
            error.contains("key.pem") && !error.contains("PRIVATE"),
            "{error}"
        );
        assert!(is_taken(&server, &second).await);
    }
    // The service reports it once.
    tls.reload().unwrap();
    fs::remove_file(&files.key).unwrap();
    assert!(tls.reload().is_err());
    assert!(is_taken(&server, &second).await);
    let third = issue(&files);
    tls.reload().unwrap();
    assert!(is_taken(&server, &third).await);
}

/// A connection of a client that stays in use.
async fn open(server: &Server, trusted: &CertificateDer<'static>) -> SendRequest<Body> {
    let version = &rustls::version::TLS13;
    let stream = connect(server, trusted, b"h2", version).await.unwrap();
    let io = TokioIo::new(stream);
    let (sender, connection) = http2::handshake(TokioExecutor::new(), io).await.unwrap();
    tokio::spawn(connection);
    sender
}

async fn answers(sender: &mut SendRequest<Body>) -> bool {
    let request = Request::get(format!("https://{NAME}/healthz"));
    let sent = sender.send_request(request.body(Body::empty()).unwrap());
    sent.await.is_ok_and(|answer| answer.status() == 200)
}

/// The test waits for the check that happens every ten seconds, as in production.
#[tokio::test]
async fn a_certificate_renewed_on_disk_is_served_without_a_restart_and_cuts_no_connection_off() {
    let log = Log::shared();
    let directory = TempDir::new().unwrap();
    let files = files(&directory);
    let first = issue(&files);
    let server = start(&files).await;
    let mut before = open(&server, &first).await;
    assert!(answers(&mut before).await);

    let second = issue(&files);
    until("the new certificate is served", async || {
        is_taken(&server, &second).await.then_some(())
    })
    .await;
    assert!(!is_taken(&server, &first).await);
    assert!(answers(&mut before).await);
    let mut after = open(&server, &second).await;

    write(&files.certificate, "garbage");
    let path = files.certificate.display().to_string();
    let complaint = until("the log complains", async || {
        let mut lines = log.lines().into_iter();
        lines.find(|line| {
            line["fields"]["message"]
                == "the new certificate cannot be used: the server keeps the old one"
                && line["fields"]["error"].as_str().unwrap().contains(&path)
        })
    })
    .await;
    assert_eq!(complaint["level"], "WARN");
    assert!(is_taken(&server, &second).await);
    assert!(answers(&mut before).await && answers(&mut after).await);
}

#[test]
fn a_service_does_not_begin_with_a_bad_certificate() {
    let directory = TempDir::new().unwrap();
    let files = files(&directory);
    assert!(Tls::open(files.clone()).is_err());
    issue(&files);
    write(&files.certificate, "");
    assert!(Tls::open(files).is_err());
}
