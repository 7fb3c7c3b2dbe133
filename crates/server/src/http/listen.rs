//! Connections: HTTP/1.1, and over TLS also HTTP/2, with limits, until the service stops.
//!
//! The protocol is known before its first byte, so that no connection waits forever for protocol
//! detection.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulConnection;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;
use tracing::{debug, warn};

use super::base;
use super::connections::{Connected, Connections, Opened};
use super::settings::HttpSettings;
use super::tls::Tls;

/// Maximum bytes of all headers of a request: twice what browsers and proxies send at most.
const HEADER_BYTES_MAX: u32 = 16 * 1024;

/// Maximum bytes that are read ahead on an HTTP/1.1 connection: the headers and a little more.
const BUFFER_BYTES_MAX: usize = 32 * 1024;

/// Maximum requests at once on an HTTP/2 connection: the minimum that RFC 9113 section 6.5.2
/// recommends.
const STREAMS_MAX: u32 = 100;

/// Wait after an error of the listener. A process that is out of files soon gets the same error
/// again.
const ACCEPT_AGAIN_AFTER: Duration = Duration::from_millis(100);

/// Serves connections until it receives the order to stop. Then it closes idle connections. It
/// closes the others when their requests are answered, or when their time is up.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    tls: Option<Arc<Tls>>,
    settings: HttpSettings,
    stop: CancellationToken,
) {
    let open = Connections::new();
    let base_path: Arc<str> = settings.base_path.as_str().into();
    let places = Arc::new(Semaphore::new(open.max()));
    let connections = TaskTracker::new();
    let enough = CancellationToken::new();
    loop {
        let accepted = async {
            let place = places.clone().acquire_owned().await;
            (listener.accept().await, place)
        };
        let (accepted, place) = tokio::select! {
            () = stop.cancelled() => break,
            accepted = accepted => accepted,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                warn!(%error, "the server could not accept a connection");
                tokio::time::sleep(ACCEPT_AGAIN_AFTER).await;
                continue;
            }
        };
        let connection = Connection {
            opened: open.open(peer, &settings),
            base_path: base_path.clone(),
            router: router.clone(),
            header_within: settings.header_within(),
            stop: stop.clone(),
        };
        let (tls, enough) = (tls.clone(), enough.clone());
        connections.spawn(async move {
            let _place = place;
            let connected = connection.opened.connected().clone();
            tokio::select! {
                () = connection.run(stream, tls) => {}
                () = enough.cancelled() => {}
                () = connected.cut_off() => {}
            }
        });
    }
    drop(listener);
    connections.close();
    if tokio::time::timeout(settings.request_within(), connections.wait())
        .await
        .is_err()
    {
        warn!("the server cut connections whose requests did not finish in time");
        enough.cancel();
        connections.wait().await;
    }
}

struct Connection {
    opened: Opened,
    base_path: Arc<str>,
    router: Router,
    header_within: Duration,
    stop: CancellationToken,
}

impl Connection {
    async fn run(self, stream: TcpStream, tls: Option<Arc<Tls>>) {
        // Answers are small and sent in one piece, so there is no reason to wait for more data.
        let _sooner = stream.set_nodelay(true);
        let Some(tls) = tls else {
            return self.http1(stream).await;
        };
        let shaken = tokio::select! {
            shaken = tokio::time::timeout(self.header_within, tls.acceptor().accept(stream)) => shaken,
            () = self.stop.cancelled() => return,
        };
        match shaken {
            Ok(Ok(stream)) if stream.get_ref().1.alpn_protocol() == Some(b"h2") => {
                self.http2(stream).await;
            }
            Ok(Ok(stream)) => self.http1(stream).await,
            Ok(Err(error)) => debug!(%error, "a TLS handshake failed"),
            Err(_) => debug!("a TLS handshake took too long"),
        }
    }

    async fn http1(self, stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) {
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.header_within)
            .max_buf_size(BUFFER_BYTES_MAX)
            .max_header_size(HEADER_BYTES_MAX as usize)
            .serve_connection(TokioIo::new(stream), self.service());
        self.finish(connection).await;
    }

    async fn http2(self, stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) {
        let connection = http2::Builder::new(TokioExecutor::new())
            .timer(TokioTimer::new())
            .keep_alive_interval(self.header_within)
            .keep_alive_timeout(self.header_within)
            .max_concurrent_streams(STREAMS_MAX)
            .max_header_list_size(HEADER_BYTES_MAX)
            .serve_connection(TokioIo::new(stream), self.service());
        self.finish(connection).await;
    }

    fn service(
        &self,
    ) -> impl hyper::service::Service<
        Request<Incoming>,
        Response = axum::response::Response,
        Error = Infallible,
        Future: Send + 'static,
    > + Send
    + 'static {
        let (connected, router): (Arc<Connected>, _) =
            (self.opened.connected().clone(), self.router.clone());
        let base_path = self.base_path.clone();
        hyper::service::service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(connected.clone());
            base::take_off(&base_path, &mut request);
            router.clone().oneshot(request)
        })
    }

    async fn finish(self, connection: impl GracefulConnection<Error = hyper::Error>) {
        let mut connection = pin!(connection);
        let done = tokio::select! {
            done = connection.as_mut() => done,
            () = self.stop.cancelled() => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = done {
            debug!(%error, "a connection failed");
        }
    }
}
