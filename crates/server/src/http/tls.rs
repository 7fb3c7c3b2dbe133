//! TLS 1.2 and 1.3, by rustls. The certificate is read again when its file changes.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context;
use arc_swap::ArcSwap;
use sha2::{Digest, Sha256};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use super::settings::TlsFiles;
use crate::files;

/// How often the files are checked. Certificates are renewed days before they end.
const LOOK_EVERY: Duration = Duration::from_secs(10);

/// The present certificate with its key.
pub struct Tls {
    files: TlsFiles,
    config: ArcSwap<ServerConfig>,
    /// The digest of the files that were read last, valid or not, so that each content is checked
    /// once.
    seen: Mutex<[u8; 32]>,
}

impl Tls {
    /// Reads the files.
    ///
    /// # Errors
    ///
    /// When the files cannot be read, or the key does not fit the certificate.
    pub fn open(files: TlsFiles) -> anyhow::Result<Arc<Self>> {
        let bytes = read(&files)?;
        let config = config(&files, &bytes)?;
        Ok(Arc::new(Self {
            files,
            config: ArcSwap::from_pointee(config),
            seen: Mutex::new(digest(&bytes)),
        }))
    }

    /// Reads the files again. If they have an error, the previous certificate stays in use. Open
    /// connections keep their certificate.
    ///
    /// # Errors
    ///
    /// As for [`open`](Self::open), once for each content.
    pub fn reload(&self) -> anyhow::Result<()> {
        let bytes = read(&self.files)?;
        let digest = digest(&bytes);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if *seen == digest {
            return Ok(());
        }
        *seen = digest;
        self.config.store(Arc::new(config(&self.files, &bytes)?));
        info!("the server now uses the new certificate");
        Ok(())
    }

    /// Reads the files again whenever they change.
    pub(crate) async fn watch(self: Arc<Self>, stop: CancellationToken) {
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
            let this = self.clone();
            let reloaded = tokio::task::spawn_blocking(move || this.reload()).await;
            match reloaded.map_err(anyhow::Error::from) {
                Ok(Ok(())) => {}
                Ok(Err(error)) | Err(error) => {
                    warn!(
                        error = format!("{error:#}"),
                        "the new certificate cannot be used: the server keeps the old one"
                    );
                }
            }
        }
    }

    pub(super) fn acceptor(&self) -> TlsAcceptor {
        self.config.load_full().into()
    }
}

/// Certificate and key.
type Pair = (Vec<u8>, Vec<u8>);

fn read(files: &TlsFiles) -> anyhow::Result<Pair> {
    let read = |path| files::read(path, files::PEM_BYTES_MAX).map_err(anyhow::Error::msg);
    Ok((read(&files.certificate)?, read(&files.key)?))
}

fn digest((certificate, key): &Pair) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(Sha256::digest(certificate));
    hash.update(Sha256::digest(key));
    hash.finalize().into()
}

fn config(files: &TlsFiles, (certificate, key): &Pair) -> anyhow::Result<ServerConfig> {
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(certificate).collect();
    let chain =
        chain.with_context(|| format!("{} is not a PEM file", files.certificate.display()))?;
    let key = PrivateKeyDer::from_pem_slice(key)
        .with_context(|| format!("{} has no private key", files.key.display()))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .with_context(|| {
            format!(
                "{} and {} do not belong together",
                files.certificate.display(),
                files.key.display()
            )
        })?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}
