//! A bad network: a connection to a page that holds some of its files back until their release, or
//! breaks off once. With it a test can use the page before the wizard or the numbering plans are
//! there, for any time.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use anyhow::{Context, Result};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::watch,
    task::JoinHandle,
};

use crate::{process::local, site::Site};

/// The wizard: a part of the first line of requests for WebAssembly.
pub(crate) const WIZARD: &str = ".wasm";
/// A part of the first line of requests for the numbering plans.
pub(crate) const PLANS: &str = ".bin";
/// The end of a request without a body. The page sends no requests with a body.
const END: &[u8] = b"\r\n\r\n";
const REQUEST_BYTES_MAX: usize = 64 * 1024;
/// The number of bytes that pass before an answer breaks off.
const BROKEN_OFF_AFTER: u64 = 20_000;

/// The fault of requests for certain files.
#[derive(Clone)]
enum Fault {
    /// The request waits for the release.
    Held(watch::Receiver<bool>),
    /// The first answer breaks off. The value is true once one has.
    BreaksOffOnce(Arc<AtomicBool>),
}

/// A connection to a page.
pub(crate) struct Held {
    /// The page's address on this connection.
    pub(crate) url: String,
    released: Arc<watch::Sender<bool>>,
    broke_off: Arc<AtomicBool>,
    listening: JoinHandle<()>,
}

impl Held {
    /// Opens a connection to a page, without the files whose requests have `held` in their first
    /// line.
    ///
    /// # Errors
    /// If no port is free.
    pub(crate) async fn way_to(site: &Site, held: &'static str) -> Result<Self> {
        let released = Arc::new(watch::Sender::new(false));
        let fault = Fault::Held(released.subscribe());
        Self::open(site, held, fault, (released, Arc::default())).await
    }

    /// Opens a connection to a page that breaks off in the middle of the first file whose request
    /// has `part` in its first line.
    ///
    /// # Errors
    /// If no port is free.
    pub(crate) async fn breaking_off(site: &Site, part: &'static str) -> Result<Self> {
        let broke_off = Arc::<AtomicBool>::default();
        let fault = Fault::BreaksOffOnce(broke_off.clone());
        let released = Arc::new(watch::Sender::new(true));
        Self::open(site, part, fault, (released, broke_off)).await
    }

    async fn open(
        site: &Site,
        held: &'static str,
        fault: Fault,
        (released, broke_off): (Arc<watch::Sender<bool>>, Arc<AtomicBool>),
    ) -> Result<Self> {
        let server: u16 = site
            .url
            .trim_end_matches('/')
            .rsplit(':')
            .next()
            .and_then(|port| port.parse().ok())
            .context("the page's address ends in a port")?;
        let listener = TcpListener::bind(local(0)).await?;
        let url = format!("http://{}/", listener.local_addr()?);
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(pass(stream, server, held, fault.clone()));
            }
        });
        Ok(Self {
            url,
            released,
            broke_off,
            listening,
        })
    }

    /// Whether an answer has broken off.
    pub(crate) fn has_broken_off(&self) -> bool {
        self.broke_off.load(Ordering::Relaxed)
    }

    /// Releases the held files.
    pub(crate) fn release(&self) {
        self.released.send_replace(true);
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// Passes a connection on. It ends when either side ends it, or in the middle of an answer that
/// breaks off.
async fn pass(page: TcpStream, server: u16, held: &str, fault: Fault) -> Result<()> {
    let (from_page, mut to_page) = page.into_split();
    let (mut from_server, to_server) = TcpStream::connect(local(server)).await?.into_split();
    let breaks_off = tokio::select! {
        ended = requests(from_page, to_server, held, fault) => ended?,
        ended = copy(&mut from_server, &mut to_page) => return ended.map(drop).map_err(Into::into),
    };
    if breaks_off.is_some() {
        copy(&mut from_server.take(BROKEN_OFF_AFTER), &mut to_page).await?;
    }
    Ok(())
}

/// Passes requests on one by one, and holds the requests for held files until the release.
///
/// Returns the connection to the server, which has to stay open, if the answer to the last request
/// has to break off.
async fn requests(
    mut from_page: OwnedReadHalf,
    mut to_server: OwnedWriteHalf,
    held: &str,
    mut fault: Fault,
) -> Result<Option<OwnedWriteHalf>> {
    let mut read = Vec::new();
    loop {
        while let Some(end) = read.windows(END.len()).position(|window| window == END) {
            let request: Vec<u8> = read.drain(..end + END.len()).collect();
            let text = String::from_utf8_lossy(&request);
            let is_meant = text.lines().next().is_some_and(|line| line.contains(held));
            match &mut fault {
                Fault::Held(released) if is_meant => {
                    released.wait_for(|released| *released).await?;
                }
                Fault::BreaksOffOnce(once) if is_meant && !once.swap(true, Ordering::Relaxed) => {
                    to_server.write_all(&request).await?;
                    return Ok(Some(to_server));
                }
                Fault::Held(_) | Fault::BreaksOffOnce(_) => {}
            }
            to_server.write_all(&request).await?;
        }
        let mut chunk = [0; 4096];
        let length = from_page.read(&mut chunk).await?;
        if length == 0 || read.len() > REQUEST_BYTES_MAX {
            return Ok(None);
        }
        read.extend_from_slice(&chunk[..length]);
    }
}
