//! A slow network: a way to a page on which some of its files are held back until they are released.
//! With it a test can be at the page before the wizard is, or the numbering plans are, for as long as it likes.

use std::sync::Arc;

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

/// The wizard: what a request for WebAssembly has in its first line.
pub(crate) const WIZARD: &str = ".wasm";
/// The numbering plans, likewise.
pub(crate) const PLANS: &str = ".bin";
/// The end of a request without a body, and a page sends no other.
const END: &[u8] = b"\r\n\r\n";
const REQUEST_BYTES_MAX: usize = 64 * 1024;

/// The way to a page.
pub(crate) struct Held {
    /// The page's address on this way.
    pub(crate) url: String,
    released: Arc<watch::Sender<bool>>,
    listening: JoinHandle<()>,
}

impl Held {
    /// Opens a way to a page, without the files whose requests have `held` in their first line.
    ///
    /// # Errors
    /// When no port is free.
    pub(crate) async fn way_to(site: &Site, held: &'static str) -> Result<Self> {
        let server: u16 = site
            .url
            .trim_end_matches('/')
            .rsplit(':')
            .next()
            .and_then(|port| port.parse().ok())
            .context("the page's address ends in a port")?;
        let listener = TcpListener::bind(local(0)).await?;
        let url = format!("http://{}/", listener.local_addr()?);
        let released = Arc::new(watch::Sender::new(false));
        let listening = tokio::spawn({
            let released = released.clone();
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(pass(stream, server, held, released.subscribe()));
                }
            }
        });
        Ok(Self {
            url,
            released,
            listening,
        })
    }

    /// Lets through what was held back.
    pub(crate) fn release(&self) {
        self.released.send_replace(true);
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// Passes a connection on; it ends when either side ends it.
async fn pass(
    page: TcpStream,
    server: u16,
    held: &str,
    released: watch::Receiver<bool>,
) -> Result<()> {
    let (from_page, mut to_page) = page.into_split();
    let (mut from_server, to_server) = TcpStream::connect(local(server)).await?.into_split();
    tokio::select! {
        ended = requests(from_page, to_server, held, released) => ended,
        ended = copy(&mut from_server, &mut to_page) => ended.map(drop).map_err(Into::into),
    }
}

/// Passes requests on one by one, and those for what is held back not before they may.
async fn requests(
    mut from_page: OwnedReadHalf,
    mut to_server: OwnedWriteHalf,
    held: &str,
    mut released: watch::Receiver<bool>,
) -> Result<()> {
    let mut read = Vec::new();
    loop {
        while let Some(end) = read.windows(END.len()).position(|window| window == END) {
            let request: Vec<u8> = read.drain(..end + END.len()).collect();
            let text = String::from_utf8_lossy(&request);
            if text.lines().next().is_some_and(|line| line.contains(held)) {
                released.wait_for(|released| *released).await?;
            }
            to_server.write_all(&request).await?;
        }
        let mut chunk = [0; 4096];
        let length = from_page.read(&mut chunk).await?;
        if length == 0 || read.len() > REQUEST_BYTES_MAX {
            return Ok(());
        }
        read.extend_from_slice(&chunk[..length]);
    }
}
