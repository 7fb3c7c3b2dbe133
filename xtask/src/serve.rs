//! `cargo xtask serve`: serves a built page like a static host, with its own `_headers` and its
//! precompressed files. A missing file is a 404: the page has one address, and no other address
//! shows it.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result, ensure};
use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::{self, Next},
    response::Response,
};
use axum_server::tls_rustls::RustlsConfig;
use tower_http::services::ServeDir;

mod rules;
mod tls;

use crate::page::Page;
use rules::Rules;

#[derive(clap::Args, Clone)]
pub(crate) struct ServeOptions {
    /// The name of a page, such as wizard, or a directory.
    pub(crate) directory: PathBuf,
    /// The port to serve on.
    #[arg(long, default_value_t = 8081)]
    pub(crate) port: u16,
    /// The address to serve on.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub(crate) host: IpAddr,
    /// Serves HTTP/2 over TLS with a new certificate.
    #[arg(long)]
    pub(crate) tls: bool,
}

/// The directory of a page, or the directory itself.
fn site(named: &Path) -> PathBuf {
    let page = named.to_str().and_then(|name| Page::named(name).ok());
    page.map_or_else(|| named.to_owned(), Page::site)
}

/// Serves until interrupted.
///
/// # Errors
/// When the directory is not a built page, or the port is taken.
pub(crate) fn run(options: &ServeOptions) -> Result<()> {
    let directory = site(&options.directory);
    let listener = listen(options.host, options.port)?;
    let scheme = if options.tls { "https" } else { "http" };
    let name = if options.host.is_loopback() {
        "localhost".to_owned()
    } else {
        options.host.to_string()
    };
    println!(
        "serving {} at {scheme}://{name}:{}",
        directory.display(),
        options.port
    );
    serve(listener, &directory, options.tls)
}

/// Serves in the background until this program ends. For port 0 it chooses a free one. Returns the
/// port.
///
/// # Errors
/// When the port is taken.
pub(crate) fn in_background(directory: &Path, port: u16, tls: bool) -> Result<u16> {
    let listener = listen(IpAddr::V4(Ipv4Addr::LOCALHOST), port)?;
    let port = listener.local_addr()?.port();
    let directory = directory.to_owned();
    std::thread::spawn(move || {
        if let Err(error) = serve(listener, &directory, tls) {
            eprintln!("the server of {} stopped: {error:#}", directory.display());
        }
    });
    Ok(port)
}

fn listen(host: IpAddr, port: u16) -> Result<TcpListener> {
    let address = SocketAddr::new(host, port);
    let listener = TcpListener::bind(address).with_context(|| {
        format!("could not serve on {address}: choose another port with --port")
    })?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

fn serve(listener: TcpListener, directory: &Path, tls: bool) -> Result<()> {
    let router = router(directory)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let service = router.into_make_service();
        if tls {
            let config = RustlsConfig::from_config(Arc::new(tls::config()?));
            axum_server::from_tcp_rustls(listener, config)?
                .serve(service)
                .await?;
        } else {
            axum_server::from_tcp(listener)?.serve(service).await?;
        }
        Ok(())
    })
}

fn router(directory: &Path) -> Result<Router> {
    ensure!(
        directory.join("index.html").is_file(),
        "{} has no index.html: build it first",
        directory.display()
    );
    let rules = Arc::new(Rules::read(directory)?);
    let files = ServeDir::new(directory).precompressed_br();
    Ok(Router::new()
        .fallback_service(files)
        .layer(middleware::from_fn_with_state(rules, with_headers)))
}

/// Adds the headers that `_headers` sets for the path to any answer.
async fn with_headers(State(rules): State<Arc<Rules>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    for (name, value) in rules.of(&path) {
        response.headers_mut().insert(name.clone(), value.clone());
    }
    response
        .headers_mut()
        .insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    response
}
