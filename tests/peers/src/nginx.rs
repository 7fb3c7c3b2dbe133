//! A real reverse proxy on this machine: Debian's nginx, with a server block as an administrator
//! writes it.

use std::fs;

use tokio::net::TcpStream;

use crate::folder::Folder;
use crate::process::{Process, free_port, until};

/// The place of the program in Debian.
const PROGRAM: &str = "/usr/sbin/nginx";

/// A proxy.
pub struct Nginx {
    port: u16,
    _process: Process,
    _folder: Folder,
}

impl Nginx {
    /// Starts one with these locations in its server block.
    ///
    /// # Panics
    ///
    /// When it is not installed or does not start: a test that needs it must not pass without.
    pub async fn start(locations: &str) -> Self {
        let folder = Folder::new("nginx");
        let port = free_port();
        let path = folder.path().display();
        let config = format!(
            r"daemon off;
master_process off;
pid {path}/pid;
error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path {path}/body;
    proxy_temp_path {path}/proxy;
    fastcgi_temp_path {path}/fastcgi;
    uwsgi_temp_path {path}/uwsgi;
    scgi_temp_path {path}/scgi;
    server {{
        listen 127.0.0.1:{port};
        {locations}
    }}
}}
"
        );
        let file = folder.path().join("nginx.conf");
        fs::write(&file, config).expect("there is room for its configuration");
        let process = Process::start(|command| {
            command
                .arg(PROGRAM)
                .args(["-e", "stderr", "-p"])
                .arg(folder.path())
                .arg("-c")
                .arg(&file);
        });
        until("nginx listens", async || {
            TcpStream::connect(("127.0.0.1", port)).await.ok()
        })
        .await;
        Self {
            port,
            _folder: folder,
            _process: process,
        }
    }

    /// The address of the proxy, without a slash at its end.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}
