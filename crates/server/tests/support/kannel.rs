//! A real text gateway on this machine: Kannel's bearerbox and smsbox, and its fake network, in a folder of their own.

use std::fs;
use std::fs::File;
use std::net::TcpStream;
use std::path::PathBuf;

use tempfile::TempDir;

use super::process::{Process, free_port, until};

pub(crate) const USERNAME: &str = "postern";
pub(crate) const PASSWORD: &str = "open & sesame";

/// Where Debian's `kannel-extras` has the network that is none.
const FAKE_NETWORK: &str = "/usr/lib/kannel/test/fakesmsc";

/// A gateway and its network.
pub(crate) struct Kannel {
    folder: TempDir,
    port: u16,
    _processes: [Process; 3],
}

impl Kannel {
    /// Starts one.
    ///
    /// # Panics
    ///
    /// When it is not installed or does not start: a test that needs it must not pass without.
    pub(crate) async fn start() -> Self {
        let folder = TempDir::new().expect("there is room for a gateway");
        let [admin, boxes, network, port] = [(); 4].map(|()| free_port());
        let config = folder.path().join("kannel.conf");
        let text = format!(
            r#"group = core
admin-port = {admin}
admin-interface = "127.0.0.1"
admin-password = none
smsbox-port = {boxes}
smsbox-interface = "127.0.0.1"
box-allow-ip = "127.0.0.1"
box-deny-ip = "*.*.*.*"

group = smsc
smsc = fake
port = {network}
connect-allow-ip = "127.0.0.1"

group = smsbox
bearerbox-host = "127.0.0.1"
sendsms-port = {port}
sendsms-interface = "127.0.0.1"

group = sendsms-user
username = "{USERNAME}"
password = "{PASSWORD}"
default-sender = 12345
concatenation = true
max-messages = 10
"#
        );
        fs::write(&config, text).expect("there is room for its configuration");
        let said = |name: &str| {
            let log = File::create(folder.path().join(name)).expect("there is room for a log");
            log.try_clone()
                .map(|again| (log, again))
                .expect("a log can be shared")
        };
        let start = |program: &str, arguments: &[&str], log: &str| {
            let (out, err) = said(log);
            Process::start(|command| {
                command.arg(program).args(arguments).stdout(out).stderr(err);
            })
        };
        let config = config.to_str().expect("its path is text");
        let bearerbox = start("bearerbox", &[config], "bearerbox.log");
        listening(boxes).await;
        listening(network).await;
        let network = network.to_string();
        let smsbox = start("smsbox", &[config], "smsbox.log");
        let fake = start(
            FAKE_NETWORK,
            &[
                "-H",
                "127.0.0.1",
                "-r",
                &network,
                "-m",
                "0",
                "1 2 text none",
            ],
            "network.log",
        );
        listening(port).await;
        let kannel = Self {
            folder,
            port,
            _processes: [bearerbox, smsbox, fake],
        };
        until("the network is there", async || {
            kannel.log().contains("Connecting to").then_some(())
        })
        .await;
        kannel
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn log(&self) -> String {
        let path: PathBuf = self.folder.path().join("network.log");
        fs::read(path).map_or_else(
            |_| String::new(),
            |bytes| String::from_utf8_lossy(&bytes).into_owned(),
        )
    }

    /// Waits until a text has arrived whose last line is that of a code, and gives whom it is for and what it says.
    pub(crate) async fn received(&self) -> (String, String) {
        until("a text", async || {
            let (to, text) = put_together(&self.log())?;
            let last = text.lines().last()?;
            (last.starts_with('@') && last.contains('#')).then_some((to, text))
        })
        .await
    }
}

/// What the network got, in the order that it came in: each line is `Got message 1: <from to kind text>`, the text of
/// kind `data` encoded as in a URL, with `udh` before it where it is one part of several.
fn put_together(log: &str) -> Option<(String, String)> {
    let mut whom = None;
    let mut ucs2 = Vec::new();
    let mut plain = Vec::new();
    for line in log.lines().filter(|line| line.ends_with('>')) {
        let Some((_, message)) = line.split_once("Got message ") else {
            continue;
        };
        let message = message.split_once('<')?.1.strip_suffix('>')?;
        let words: Vec<&str> = message.splitn(6, ' ').collect();
        match words.as_slice() {
            [_, to, "udh", _, "data", data] | [_, to, "data", data, ..] => {
                whom = Some((*to).to_owned());
                ucs2.extend(bytes(data));
            }
            [_, to, "text", ..] => {
                whom = Some((*to).to_owned());
                plain.push(message.splitn(4, ' ').nth(3)?.to_owned());
            }
            // Its protocol ends with the line, and so a text of several is several messages.
            _ => plain.push(message.to_owned()),
        }
    }
    let units: Vec<u16> = ucs2
        .chunks_exact(2)
        .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
        .collect();
    let text = String::from_utf16(&units).ok()? + &plain.join("\n");
    Some((whom?, text))
}

fn bytes(encoded: &str) -> Vec<u8> {
    let spaced = encoded.replace('+', " ");
    percent_encoding::percent_decode_str(&spaced).collect()
}

async fn listening(port: u16) {
    until("a port is listened to", async || {
        TcpStream::connect(("127.0.0.1", port)).ok()
    })
    .await;
}
