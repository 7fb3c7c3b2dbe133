//! The violations of the page's policy, as the browsers themselves report them, in every engine and
//! from the first byte on. A listener in the page would miss violations while the page loads.

use std::{
    mem,
    sync::{Arc, Mutex},
};

use anyhow::Result;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use crate::process::local;

/// The maximum length of a report. A longer one is cut off.
const REPORT_BYTES_MAX: usize = 64 * 1024;
const ANSWER: &[u8] = b"HTTP/1.1 204 No Content\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

/// A port that receives the reports of violations.
pub(crate) struct Reports {
    pub(crate) port: u16,
    received: Arc<Mutex<Vec<String>>>,
    listening: JoinHandle<()>,
}

impl Reports {
    /// Begins to listen.
    ///
    /// # Errors
    /// If no port is free.
    pub(crate) async fn collect() -> Result<Self> {
        let listener = TcpListener::bind(local(0)).await?;
        let port = listener.local_addr()?.port();
        let received = Arc::<Mutex<Vec<String>>>::default();
        let listening = tokio::spawn({
            let received = received.clone();
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(receive(stream, received.clone()));
                }
            }
        });
        Ok(Self {
            port,
            received,
            listening,
        })
    }

    /// The reports since the last call.
    pub(crate) fn take(&self) -> Vec<String> {
        mem::take(
            &mut *self
                .received
                .lock()
                .expect("no thread panics with the reports in hand"),
        )
    }
}

impl Drop for Reports {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// Receives one report, and drops everything else.
async fn receive(mut stream: TcpStream, received: Arc<Mutex<Vec<String>>>) {
    let mut request = Vec::new();
    let body = loop {
        if let Some(body) = body(&request) {
            break body;
        }
        let mut chunk = [0; 4096];
        match stream.read(&mut chunk).await {
            Ok(read @ 1..) if request.len() < REPORT_BYTES_MAX => {
                request.extend_from_slice(&chunk[..read]);
            }
            _ => return,
        }
    };
    received
        .lock()
        .expect("no thread panics with the reports in hand")
        .push(body);
    let _ = stream.write_all(ANSWER).await;
}

/// The body of a request, when all of it has arrived.
fn body(request: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(request);
    let (head, body) = text.split_once("\r\n\r\n")?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().ok())?
    })?;
    body.get(..length).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::body;

    #[test]
    fn a_report_is_there_once_all_of_its_body_is() {
        let request = "POST / HTTP/1.1\r\nHost: x\r\ncontent-length: 4\r\n\r\n";
        assert_eq!(body(request.as_bytes()), None);
        assert_eq!(body(format!("{request}{{}}").as_bytes()), None);
        assert_eq!(
            body(format!("{request}{{  }}").as_bytes()).as_deref(),
            Some("{  }")
        );
    }

    #[test]
    fn a_request_that_promises_no_body_is_no_report() {
        assert_eq!(body(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"), None);
    }
}
